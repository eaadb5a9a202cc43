"""What the server tells by itself (Server-Sent Events of its streaming API), so that nobody waits for the next round.

Polling stays the truth: what a stream misses or drops, the next round brings. One connection for the user stream
(mentions, private mentions, deletions) and one for each hashtag; https://docs.joinmastodon.org/methods/streaming/
"""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol

import httpx
import orjson

from zueinander.networks import web
from zueinander.networks.port import BadSettings

SILENCE = httpx.Timeout(10.0, read=45.0)
"""Seconds; a server gives a sign of life every 15."""
MOST_TAGS = 8
"""Hashtags with a connection of their own; more are polled only, out of regard for the server."""
_WAITING, _LONGEST_ID = 1000, 64
_FIRST_PAUSE, _LONGEST_PAUSE = 5.0, 600.0
_USER = "user"
_STATUSES = ("update", "status.update", "status_update")
"""A new status and an edited one; the last is how some servers that imitate Mastodon write it."""
_BROKEN = (web.Trouble, BadSettings, httpx.HTTPError, httpx.InvalidURL, OSError, RuntimeError)
"""No stream, a broken one, or one that is closed under the reader."""


class Told(NamedTuple):
    """One thing a stream said: a status as it is now, or the number of one that is gone."""

    status: object = None
    gone: str = ""


class Server(Protocol):
    def call(self, method: str, path: str, params: web.Params = ()) -> Any: ...

    def follow(self, url: str, params: web.Params) -> contextlib.AbstractContextManager[httpx.Response]: ...


class Streams:
    """Threads that end by themselves when `close` was called; `take` never waits longer than it is told to."""

    def __init__(self, server: Server, own_url: str, our_id: str, hashtags: tuple[str, ...]) -> None:
        self._server, self._own_url, self._our_id = server, own_url, our_id
        self._told: queue.Queue[Told] = queue.Queue(_WAITING)
        self._ended = threading.Event()
        self._open: dict[str, httpx.Response] = {}
        self._lock = threading.Lock()
        wanted = {_USER: ()} | {f"hashtag?{tag}": (("tag", tag),) for tag in hashtags[:MOST_TAGS]}
        for name, params in wanted.items():
            threading.Thread(target=self._run, args=(name, params), name=f"stream-{name}", daemon=True).start()

    def take(self, seconds: float) -> list[Told]:
        """What was said since the last time; waits at most so long for the first of it."""
        said: list[Told] = []
        with contextlib.suppress(queue.Empty):
            said.append(self._told.get(timeout=seconds))
            while len(said) < _WAITING:
                said.append(self._told.get_nowait())
        return said

    def close(self) -> None:
        """Wakes the threads out of their reading; they are not waited for."""
        self._ended.set()
        with self._lock:
            for answer in self._open.values():
                _hang_up(answer)

    def _run(self, name: str, params: web.Params) -> None:
        backoff = web.Backoff(self._ended, first=_FIRST_PAUSE, most=_LONGEST_PAUSE)
        while not self._ended.is_set():
            with contextlib.suppress(*_BROKEN):  # the rounds of polling go on without it
                if self._follow(name, params):
                    backoff.reset()
            if backoff.pause():
                return

    def _follow(self, name: str, params: web.Params) -> bool:
        """One connection from its beginning to its end; whether the server gave us one."""
        stream = name.partition("?")[0]
        with self._server.follow(f"{self._base()}/api/v1/streaming/{stream}", params) as answer:
            kind = answer.headers.get("content-type", "")
            if answer.status_code != 200 or not kind.startswith("text/event-stream"):
                return False
            with self._lock:
                self._open[name] = answer
            try:
                for event, data in events(answer.iter_bytes()):
                    if self._ended.is_set():
                        break
                    self._put(told(event, data, self._our_id if stream == _USER else None))
            finally:
                with self._lock:
                    del self._open[name]
        return True

    def _put(self, said: Told | None) -> None:
        if said is not None:
            with contextlib.suppress(queue.Full):  # the next round of polling brings it
                self._told.put_nowait(said)

    def _base(self) -> str:
        """Where the server streams: `configuration.urls.streaming` of its instance, else its own address."""
        try:
            instance = self._server.call("GET", "/api/v2/instance")
            url = instance["configuration"]["urls"]["streaming"]
        except (web.Trouble, KeyError, TypeError):
            return self._own_url
        if not isinstance(url, str):
            return self._own_url
        return web.base_url("server", url.replace("wss://", "https://", 1).replace("ws://", "http://", 1))


def _hang_up(answer: httpx.Response) -> None:
    stream = answer.extensions.get("network_stream")
    line = stream.get_extra_info("socket") if stream is not None else None
    if isinstance(line, socket.socket):
        with contextlib.suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)


def told(event: str, data: bytes, our_id: str | None) -> Told | None:
    """What an event means for us; None for what does not concern us. `our_id` is given for the user stream, which also
    carries everything of those our account follows."""
    if event == "delete":
        number = data.decode("utf-8", "replace").strip('" ')
        return Told(gone=number) if number.isalnum() and len(number) <= _LONGEST_ID else None
    if event not in _STATUSES and event != "notification":
        return None
    try:
        said = orjson.loads(data)
    except ValueError:
        return Told(status=data[:2000].decode("utf-8", "replace"))
    if event == "notification":
        mention = isinstance(said, Mapping) and said.get("type") == "mention"
        return Told(status=said.get("status")) if mention else None
    if our_id is None:
        return Told(status=said)
    mentions = said.get("mentions") if isinstance(said, Mapping) else None
    if not isinstance(mentions, list):
        return None
    named = any(isinstance(one, Mapping) and str(one.get("id")) == our_id for one in mentions)
    return Told(status=said) if named else None


def events(chunks: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    """Server-Sent Events: name and data of each; comments, which are signs of life, as ("", b"").

    Raises `web.Trouble` when one is larger than any answer we would read.
    """
    rest, name, data, size = b"", "", list[bytes](), 0
    for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        size += len(chunk)
        if size > web.MAX_ANSWER:
            raise web.Trouble("event too large")
        for raw in lines:
            text = raw.rstrip(b"\r")
            if text.startswith(b":"):
                yield "", b""
            elif text.startswith(b"event:"):
                name = text[6:].strip().decode("utf-8", "replace")
            elif text.startswith(b"data:"):
                data.append(text[5:].strip())
            elif not text:
                if name:
                    yield name, b"\n".join(data)
                name, data, size = "", [], len(rest)
