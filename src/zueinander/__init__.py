"""zueinander: software for help organisations that grow out of a hashtag."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # read when NumPy is loaded: one core is enough, the others serve people

__version__ = "0.1.0"
