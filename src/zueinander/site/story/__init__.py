"""The story's public pages: written as files, served without the application."""
