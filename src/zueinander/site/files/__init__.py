"""The process on the public port: published pages from memory, everything else passed on to the application."""
