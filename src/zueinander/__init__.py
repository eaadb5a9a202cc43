"""zueinander: software for help organisations that grow out of a hashtag."""

__version__ = "0.1.0"
