"""Every write about money."""
