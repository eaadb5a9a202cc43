"""The public stream: posts under our hashtags, mentions, replies; deletions and account changes of everybody.

Deletions carry no content and we keep no list, so every deletion of a post is passed on; who stores posts looks up
which of them it knows.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import cast

from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus, InvalidURI
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from zueinander.networks import web
from zueinander.networks.bluesky import frames, reading
from zueinander.networks.bluesky.merging import Piece
from zueinander.networks.bluesky.profiles import Profiles
from zueinander.networks.port import AccountGone, AccountStatus, Author, Clock, Deleted, Event, Renamed
from zueinander.networks.texts import identifier, line

MAX_EVENT = 8_000_000
"""Bytes of a frame; a commit of the firehose may have 2 MB of blocks."""
_TOGETHER = 200
_AT_MOST = 0.5
_IDLE = 5.0
_TOO_LARGE = 1009
_LOST_PLACE = ("CursorTooOld", "FutureCursor", "OutdatedCursor")
_GAP = "Der Datenstrom von Bluesky hat eine Lücke. Was in ihr geschrieben wurde, suchen wir nach, so gut es geht."
_SKIPPED = "Ein übergroßes Ereignis von Bluesky wurde übersprungen."
_STATUSES = ("active", "deactivated", "suspended", "takendown", "deleted")


class _PlaceLost(Exception):  # noqa: N818  an answer of the server
    pass


class Stream:
    """A source for `merging`; its place is "<wire> <url> <seq>", worth nothing when wire or server is another.

    `silence`: after so many seconds without a sign of life from the server the connection is given up.
    """

    def __init__(
        self,
        wire: frames.Wire,
        url: str,
        interest: Callable[[], reading.Interest],
        profiles: Profiles,
        clock: Clock,
        catch_up: Callable[[], list[Event]],
        silence: float = 40.0,
        from_beginning: bool = False,
    ) -> None:
        self._wire, self._url, self._silence = wire, url, silence
        self._interest, self._profiles, self._clock, self._catch_up = interest, profiles, clock, catch_up
        self._first = 0 if from_beginning else None
        self._seq: int | None = None
        self._events: list[Event] = []
        self._since = time.monotonic()

    def __call__(self, place: str | None, put: Callable[[Piece], None], stop: threading.Event) -> None:
        self._seq = self._remembered(place)
        backoff = web.Backoff(stop, first=0.5, most=60.0)
        if self._seq is None:
            self._fill(put, _GAP if place else "")
            self._seq = self._first
        leap = 1
        while not stop.is_set():
            before = self._seq
            try:
                self._follow(put, stop)
            except _PlaceLost:
                self._seq = None
                self._fill(put, _GAP)
            except ConnectionClosed as closed:
                if closed.sent is not None and closed.sent.code == _TOO_LARGE:
                    self._seq, leap = (self._seq or 0) + leap, min(leap * 2, 1024)
                    self._put(put, _SKIPPED)
            except (OSError, InvalidHandshake, InvalidURI, web.Trouble):
                pass
            if self._events:
                self._put(put)
            if self._seq != before:
                backoff.reset()
            if backoff.pause():
                return

    def _remembered(self, place: str | None) -> int | None:
        words = (place or "").split(" ")
        if len(words) == 3 and words[:2] == [self._wire, self._url] and words[2].isdecimal():
            return int(words[2])
        return None

    def _fill(self, put: Callable[[Piece], None], gap: str) -> None:
        try:
            put(Piece(tuple(self._catch_up()), None, gap))
        except web.Trouble:
            put(Piece((), None, gap))

    def _follow(self, put: Callable[[Piece], None], stop: threading.Event) -> None:
        """One connection from its beginning to its end."""
        interest = self._interest()
        needles = interest.needles()
        with self._connect() as socket:
            while not stop.is_set():
                try:
                    raw = socket.recv(timeout=0.25)
                except TimeoutError:
                    self._flush(put)
                    continue
                self._take(raw, interest, needles)
                self._flush(put)

    def _connect(self) -> ClientConnection:
        try:
            return connect(
                frames.address(self._wire, self._url, self._seq),
                subprotocols=[Subprotocol("xrpc.v1.json")] if self._wire == "jetstream" else None,
                open_timeout=self._silence / 2,
                close_timeout=1.0,
                ping_interval=self._silence / 2,
                ping_timeout=self._silence / 2,
                max_size=MAX_EVENT,
                user_agent_header="zueinander",
            )
        except InvalidStatus as refused:
            body = (refused.response.body or b"")[:2000].decode("utf-8", "replace")
            if refused.response.status_code == 400 and any(word in body for word in _LOST_PLACE):
                raise _PlaceLost from refused
            raise

    def _take(self, raw: bytes | str, interest: reading.Interest, needles: tuple[bytes, ...]) -> None:
        try:
            frame = frames.read(self._wire, raw, needles)
        except frames.Unreadable as unreadable:
            self._events.append(reading.malformed(str(unreadable), raw))
            return
        if frame is None:
            return
        if frame.error:
            if any(word in frame.error for word in _LOST_PLACE):
                raise _PlaceLost
            raise OSError(frame.error)
        if frame.seq and self._seq is not None and frame.seq <= self._seq:
            return
        for happening in frame.happenings:
            event = self._event(happening, interest)
            if event is not None:
                self._events.append(event)
        self._seq = frame.seq or self._seq

    def _event(self, happening: frames.Happening, interest: reading.Interest) -> Event | None:
        try:
            if happening.kind in ("create", "update"):
                return self._post(happening, interest)
            if happening.kind == "delete":
                return Deleted(reading.NETWORK, identifier(happening.uri))
            did = identifier(happening.did)
            known = self._profiles.forget(did)
            if happening.kind == "identity":
                return self._renamed(did, line(happening.content), known)
            status = happening.content if happening.content in _STATUSES else "deactivated"
            return AccountGone(reading.NETWORK, did, cast(AccountStatus, status))
        except ValueError as error:
            return reading.malformed(str(error), repr(happening)[:2000])

    def _post(self, happening: frames.Happening, interest: reading.Interest) -> Event | None:
        if happening.did == interest.did:
            return None
        if not isinstance(happening.content, dict):
            return reading.malformed("post without a record", happening.uri)
        if not reading.look(happening.content, interest).relevant:
            # an edit that took our hashtag away took back what was said under it
            return Deleted(reading.NETWORK, identifier(happening.uri)) if happening.kind == "update" else None
        profile = self._profiles.of(happening.did)
        now = self._clock.now()
        return reading.read_post(happening.uri, happening.cid, happening.content, profile, interest, now)

    def _renamed(self, did: str, handle: str, known: bool) -> Event | None:
        """The stream need not say the new handle; then it is asked for, but only of people we have just met."""
        if handle:
            return Renamed(reading.NETWORK, Author(did, "", f"@{handle}", f"https://bsky.app/profile/{did}"))
        return Renamed(reading.NETWORK, self._profiles.of(did).author) if known else None

    def _flush(self, put: Callable[[Piece], None]) -> None:
        """What has come, soon; when nothing comes, a sign from time to time that we are connected."""
        waited = time.monotonic() - self._since
        if len(self._events) >= _TOGETHER or waited > (_AT_MOST if self._events else _IDLE):
            self._put(put)

    def _put(self, put: Callable[[Piece], None], gap: str = "") -> None:
        place = None if self._seq is None else f"{self._wire} {self._url} {self._seq}"
        events, self._events, self._since = tuple(self._events), [], time.monotonic()
        put(Piece(events, place, gap))
