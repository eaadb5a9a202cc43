"""The process on the public port, and how it finds the application behind it."""

from __future__ import annotations

import os

from zueinander.shared.config import config

SOCKET = "APPLICATION"  # environment of the children of `up`: the Unix socket of the web process


def socket_of_web() -> str:
    """Where the web process listens behind `files`; "" when it runs alone."""
    return os.environ.get(SOCKET, "")


def files() -> int:
    """Published pages from memory; the rest from the web process, when `up` has started one beside."""
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    settings = config()
    Granian(
        "zueinander.site.files.app:make", factory=True, address=settings.host, port=settings.port,
        interface=Interfaces.RSGI, http=HTTPModes.http1, websockets=False, workers=min(2, os.cpu_count() or 1),
        log_level=LogLevels.warning, respawn_failed_workers=True, workers_kill_timeout=10, backlog=4096,
    ).serve()  # fmt: skip
    return 0
