"""Rounds of polling: hashtag timelines, notifications, conversations; each remembers its own place.

A post that reaches our server late gets an id older than ones already seen (ids follow the author's clock), and an edit
keeps its id. So besides going on behind the newest id, every few minutes the last hour is read again, and what is known
in that version is not delivered a second time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Protocol
from urllib.parse import quote

import orjson

from zueinander.networks import web
from zueinander.networks.mastodon import reading
from zueinander.networks.mastodon.stream import Told
from zueinander.networks.port import Batch, Clock, Deleted, Event, Malformed, Posted, Refused

PAGE = 40
FIRST_PAGES = 5
"""Pages of the past that are fetched when there is no cursor yet."""
AGAIN_EVERY = timedelta(minutes=5)
AGAIN_FROM = timedelta(hours=1)
_REMEMBERED = 20_000
_GONE = "~"
"""Sorts behind every version, which is "1" or the moment of an edit: what is gone does not come back."""
_NOTIFICATIONS = "notifications"


class Server(Protocol):
    def call(self, method: str, path: str, params: web.Params = ()) -> Any: ...

    def us(self) -> reading.Us: ...


class Poller:
    """The cursor is JSON: `at` has the newest id seen of every source, `ago` the one from an hour before."""

    def __init__(self, server: Server, hashtags: tuple[str, ...], cursor: str | None, clock: Clock) -> None:
        self._server, self._hashtags, self._clock = server, hashtags, clock
        state = _parse(cursor)
        self._at: dict[str, str] = state["at"]
        self._ago: dict[str, str] = state["ago"]
        self._marks: list[tuple[datetime, dict[str, str]]] = []
        self._known: OrderedDict[str, str] = OrderedDict()
        self._reread_at = clock.now()  # first thing after a start: read again what a crash may have cut off

    def round(self) -> Iterator[Batch]:
        """Everything new since the round before, ending with a batch even if there was nothing."""
        self._server.us()
        reread = self._clock.now() >= self._reread_at
        for tag in self._hashtags:
            yield from self._source(f"tag:{tag}", f"/api/v1/timelines/tag/{quote(tag, safe='')}", (), reread)
        wanted = (("types[]", "mention"), ("include_filtered", "true"))
        yield from self._source(_NOTIFICATIONS, "/api/v1/notifications", wanted, reread)
        last = [one.get("last_status") for one in self._page("/api/v1/conversations", (("limit", str(PAGE)),))]
        if reread:
            self._mark()
        yield self._batch([status for status in last if status is not None])

    def told(self, said: list[Told]) -> Batch:
        """What streams said between two rounds; the cursor stays where the rounds have brought it."""
        us, events = self._server.us(), list[Event]()
        for one in said:
            if one.gone:
                gone = reading.native(us, one.gone)
                self._note(gone, _GONE)
                events.append(Deleted(reading.NETWORK, gone))
            else:
                events.extend(self._new([one.status]))
        return Batch(tuple(events), self._cursor(), self._clock.now())

    def unreadable(self, reason: str) -> Batch:
        return Batch((Malformed(reading.NETWORK, "answer", reason),), self._cursor(), self._clock.now())

    def _source(self, name: str, path: str, extra: web.Params, reread: bool) -> Iterator[Batch]:
        before = self._ago.get(name) if reread and name in self._ago else self._at.get(name)
        if before is None:
            yield from self._first(name, path, extra)
            return
        while True:
            page = self._page(path, (*extra, ("min_id", before), ("limit", str(PAGE))))
            ids = [str(one["id"]) for one in page if one.get("id")]
            if ids:
                before = max(ids, key=_order)
                self._at[name] = max(before, self._at.get(name, before), key=_order)
                yield self._batch(_statuses(name, list(reversed(page))))
            if len(page) < PAGE or not ids:
                return

    def _first(self, name: str, path: str, extra: web.Params) -> Iterator[Batch]:
        """Backwards through the past, delivered oldest first; only the last batch moves the cursor."""
        pages: list[list[dict[str, Any]]] = []
        params: list[tuple[str, str]] = []
        while len(pages) < FIRST_PAGES:
            page = self._page(path, (*extra, *params, ("limit", str(PAGE))))
            if not page:
                break
            pages.append(page)
            params = [("max_id", min((str(one.get("id")) for one in page), key=_order))]
            if len(page) < PAGE:
                break
        ids = [str(one["id"]) for page in pages for one in page if one.get("id")]
        for page in reversed(pages[1:]):
            yield self._batch(_statuses(name, list(reversed(page))))
        self._at[name] = max(ids, key=_order) if ids else "0"
        self._ago.setdefault(name, min(ids, key=_order) if len(ids) >= FIRST_PAGES * PAGE else "0")
        yield self._batch(_statuses(name, list(reversed(pages[0]))) if pages else [])

    def _page(self, path: str, params: web.Params) -> list[dict[str, Any]]:
        answer = self._server.call("GET", path, params)
        if not isinstance(answer, list):
            raise web.Trouble(f"unreadable answer of {path}")
        return [one if isinstance(one, dict) else {"content": one} for one in answer]

    def _batch(self, statuses: list[object]) -> Batch:
        return Batch(tuple(self._new(statuses)), self._cursor(), self._clock.now())

    def _new(self, statuses: list[object]) -> Iterator[Event]:
        us, now = self._server.us(), self._clock.now()
        for raw in statuses:
            if not reading.is_ours(raw, us):
                event = reading.read_status(raw, us, now)
                if self._is_new(event):
                    yield event

    def _is_new(self, event: Event) -> bool:
        """Whether it was not delivered yet in this version or a later one; a stream may be late."""
        name, version = (event.native_id, event.version) if isinstance(event, Posted) else (repr(event), "1")
        if version <= self._known.get(name, ""):
            return False
        self._note(name, version)
        return True

    def _note(self, name: str, version: str) -> None:
        self._known[name] = version
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)

    def _mark(self) -> None:
        now = self._clock.now()
        self._reread_at = now + AGAIN_EVERY
        self._marks.append((now, dict(self._at)))
        while len(self._marks) > 1 and self._marks[1][0] <= now - AGAIN_FROM:
            self._marks.pop(0)
        if self._marks[0][0] <= now - AGAIN_FROM:
            self._ago |= self._marks[0][1]

    def _cursor(self) -> str:
        return orjson.dumps({"at": self._at, "ago": self._ago}).decode()


def _statuses(name: str, page: list[dict[str, Any]]) -> list[object]:
    return [one.get("status") for one in page] if name == _NOTIFICATIONS else list(page)


def _order(some_id: str) -> tuple[int, str]:
    """Ids are numbers without a fixed length on Mastodon and sortable text of one length elsewhere."""
    return len(some_id), some_id


def _parse(cursor: str | None) -> dict[str, dict[str, str]]:
    try:
        state = orjson.loads(cursor or '{"at": {}, "ago": {}}')
        return {"at": dict(state["at"]), "ago": dict(state["ago"])}
    except (ValueError, KeyError, TypeError):
        raise Refused("not a cursor of Mastodon") from None
