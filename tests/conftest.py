"""The tests' own data folder: keys and embedded database of a run never touch an installation's."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("ZUEINANDER_DATA", os.path.join(tempfile.gettempdir(), "zueinander-tests"))
