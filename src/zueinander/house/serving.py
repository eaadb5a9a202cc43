"""What gunicorn is told (`--config python:zueinander.house.serving`)."""

from __future__ import annotations

import ctypes
import gc
import signal
from pathlib import Path
from typing import Any

_PR_SET_PDEATHSIG = 1

threads = 4
timeout = 60
graceful_timeout = 10
control_socket_disable = True
accesslog = None  # addresses hold personal links, and no network address is kept
logger_class = "zueinander.house.discretion.DiscreetLogger"
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else "/tmp"


def die_with_parent(signum: int = signal.SIGTERM) -> None:
    """From now on the kernel sends this process the signal when its parent dies, however that happens."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signum)


def post_fork(arbiter: Any, worker: Any) -> None:
    """A worker that outlives its killed master would hold the port, and the next master could not begin."""
    die_with_parent(signal.SIGKILL)


def post_worker_init(worker: Any) -> None:
    """Ready to serve."""
    settle()


def settle() -> None:
    """Loads every page, then tells Python not to look through what is loaded for garbage any more: that took a quarter
    of a second of one page in thirty."""
    from django.urls import get_resolver

    get_resolver().reverse_dict  # noqa: B018 (reading it loads all views)
    gc.collect()
    gc.freeze()
