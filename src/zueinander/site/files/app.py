"""The RSGI application that granian serves. Environment: PUBLISHED (folder), APPLICATION (socket, "" for none)."""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

from zueinander.site.files.memory import OURS, Entry, Header, Watched, encoding, same
from zueinander.site.files.passing import Application
from zueinander.site.files.visits import Visits

if TYPE_CHECKING:
    from granian._granian import RSGIHTTPProtocol as HTTPProtocol
    from granian.rsgi import Scope

_PR_SET_PDEATHSIG = 1
_GONE = "<!doctype html><html lang=de><meta charset=utf-8><title>Nichts hier</title><p>Diese Seite gibt es nicht mehr."
_HTML = [("content-type", "text/html; charset=utf-8"), ("cache-control", "public, max-age=5")]
_HSTS: Header = ("strict-transport-security", "max-age=31536000")


class Front:
    """Published pages from memory; the application is asked only for what is not published."""

    def __init__(self, published: Path, application: Application | None, *, more: tuple[Header, ...] = ()) -> None:
        self._tree = Watched(published, more=more)
        self._application = application
        self._visits = Visits(published.parent / "visits")

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """In each worker: it dies with its master, and reads the tree before the first request."""
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == 1:
            os._exit(1)
        self._tree.start()
        self._visits.start()

    async def __rsgi__(self, scope: Scope, proto: HTTPProtocol) -> None:
        entry = self._tree.shelf.get(scope.path)
        if entry is not None and scope.method in ("GET", "HEAD"):
            _send(entry, scope, proto)
            if scope.method == "GET":
                self._visits.count(scope.path)
        elif scope.path.startswith(OURS):
            self._not_ours(scope, proto)
        elif self._application is None:
            proto.response_str(404, _HTML, _GONE)
        else:
            await self._application.answer(scope, proto)

    def _not_ours(self, scope: Scope, proto: HTTPProtocol) -> None:
        if scope.path in self._tree.shelf:
            proto.response_str(405, [("allow", "GET, HEAD"), *_HTML], _GONE)
        elif f"{scope.path}/" in self._tree.shelf:
            proto.response_empty(308, [("location", f"{scope.path}/"), ("cache-control", "public, max-age=5")])
        else:
            proto.response_str(404, _HTML, _GONE)


def _send(entry: Entry, scope: Scope, proto: HTTPProtocol) -> None:
    headers = scope.headers
    answer = entry.by[encoding(headers.get("accept-encoding") or "")]
    known = headers.get("if-none-match")
    if known and same(known, answer.etag):
        proto.response_empty(304, answer.unchanged)
    elif scope.method == "HEAD":
        proto.response_empty(200, answer.empty)
    else:
        proto.response_bytes(200, answer.headers, answer.body)


def make() -> Front:
    """The application of this process, from its environment."""
    from zueinander.shared.config import config

    settings = config()
    socket = os.environ.get("APPLICATION", "")
    behind = Application(socket, trust_proxy=settings.trust_proxy) if socket else None
    published = Path(os.environ.get("PUBLISHED") or settings.data.absolute() / "public")
    return Front(published, behind, more=(_HSTS,) if settings.production else ())
