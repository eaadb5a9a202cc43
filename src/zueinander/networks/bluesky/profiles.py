"""Names and labels of people, asked only for those whose posts concern us and remembered for a while."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Any

from zueinander.networks import web
from zueinander.networks.bluesky.reading import Profile, label_values
from zueinander.networks.bluesky.xrpc import Session
from zueinander.networks.port import Author, Tools
from zueinander.networks.texts import line

_KEPT = 20_000
_FRESH = timedelta(hours=6)
_FRESH_UNKNOWN = timedelta(minutes=5)


class Profiles:
    """Asks the AppView, and where it does not answer the PLC directory for the handle. Safe between threads."""

    def __init__(self, session: Session, plc: str, tools: Tools) -> None:
        self._session, self._plc, self._tools = session, plc, tools
        self._kept: OrderedDict[str, tuple[datetime, Profile]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, did: str) -> Profile:
        """Never raises: somebody nobody knows has only their DID and is `known=False`."""
        now = self._tools.clock.now()
        with self._lock:
            kept = self._kept.get(did)
        if kept and now - kept[0] < (_FRESH if kept[1].known else _FRESH_UNKNOWN):
            return kept[1]
        profile = self._ask(did)
        with self._lock:
            self._kept[did] = (now, profile)
            self._kept.move_to_end(did)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return profile

    def take(self, view: Any) -> Profile:
        """The profile inside a post or notification, which needs no question."""
        did, handle = line(view["did"]), line(view.get("handle"))
        author = Author(did, line(view.get("displayName")) or handle, f"@{handle}", f"https://bsky.app/profile/{did}")
        return Profile(author, label_values(view.get("labels")), True)

    def forget(self, did: str) -> bool:
        """Whether there was something to forget."""
        with self._lock:
            return self._kept.pop(did, None) is not None

    def _ask(self, did: str) -> Profile:
        try:
            return self.take(self._session.get("app.bsky.actor.getProfile", [("actor", did)]))
        except (web.Trouble, KeyError, TypeError, AttributeError):
            handle = self._handle(did)
            page = f"https://bsky.app/profile/{did}"
            return Profile(Author(did, handle or did, f"@{handle}" if handle else "", page), frozenset(), False)

    def _handle(self, did: str) -> str:
        try:
            now = self._tools.clock.now()
            document = web.call(self._tools.http, "GET", f"{self._plc}/{did}", now=now)
            return line(document["alsoKnownAs"][0]).removeprefix("at://")
        except (web.Trouble, KeyError, TypeError, IndexError):
            return ""
