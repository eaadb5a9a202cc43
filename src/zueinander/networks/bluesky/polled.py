"""What has to be asked for again and again: direct messages, and notifications as a second net under the stream."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from zueinander.networks import web
from zueinander.networks.bluesky import reading
from zueinander.networks.bluesky.merging import Piece
from zueinander.networks.bluesky.profiles import Profiles
from zueinander.networks.bluesky.xrpc import Session
from zueinander.networks.port import Clock, Event, Refused

_CONVERSATIONS = 100
_REASONS = ("mention", "reply", "quote")
_NO_MESSAGES = ("Bad token", "ScopeMissing")


class Messages:
    """Direct messages by the log of all conversations; the place is the log's cursor.

    Where our app password has no access to messages, the source says so once and looks again every ten minutes.
    """

    def __init__(self, session: Session, profiles: Profiles, clock: Clock, every: float) -> None:
        self._session, self._profiles, self._clock, self._every = session, profiles, clock, every

    def __call__(self, place: str | None, put: Callable[[Piece], None], stop: threading.Event) -> None:
        backoff, told = web.Backoff(stop, first=self._every), False
        while not stop.is_set():
            try:
                if place is None:
                    put(Piece(tuple(self._unread()), None))
                place = self._log(place, put)
                backoff.reset()
                if stop.wait(self._every):
                    return
            except web.Trouble as trouble:
                refused = any(word in trouble.reason for word in _NO_MESSAGES)
                if refused and not told:
                    put(Piece((), None, "Das App-Passwort darf keine Direktnachrichten lesen."))
                    told = True
                _raise_if_locked_out(trouble, self._session)
                if backoff.pause(timedelta(minutes=10) if refused else trouble.pause):
                    return

    def _unread(self) -> list[Event]:
        """Before the first look into the log: what waits in conversations, requests of strangers among them."""
        found: list[Event] = []
        answer = self._session.get("chat.bsky.convo.listConvos", [("limit", str(_CONVERSATIONS))], chat=True)
        for convo in answer.get("convos") or []:
            unread = min(int(convo.get("unreadCount") or 0), 100)
            if not unread:
                continue
            params = [("convoId", convo["id"]), ("limit", str(unread))]
            messages = self._session.get("chat.bsky.convo.getMessages", params, chat=True).get("messages") or []
            found += self._read(reversed(messages), convo["id"])
        return found

    def _log(self, place: str | None, put: Callable[[Piece], None]) -> str | None:
        while True:
            params = [("cursor", place)] if place else []
            answer = self._session.get("chat.bsky.convo.getLog", params, chat=True)
            entries = answer.get("logs") or []
            events: list[Event] = []
            for entry in entries:
                if isinstance(entry, dict) and str(entry.get("$type", "")).endswith("#logCreateMessage"):
                    events += self._read([entry.get("message")], entry.get("convoId"))
            behind = answer.get("cursor") or place
            if events or behind != place:
                put(Piece(tuple(events), behind))
            if not entries or behind == place:
                return behind
            place = behind

    def _read(self, messages: Any, convo_id: object) -> list[Event]:
        found: list[Event] = []
        for message in messages:
            if isinstance(message, dict) and str(message.get("$type", "")).endswith("#deletedMessageView"):
                continue
            sender = message.get("sender") if isinstance(message, dict) else None
            did = sender.get("did") if isinstance(sender, dict) else None
            if not isinstance(did, str):
                found.append(reading.malformed("message without sender", message))
            elif did != self._session.did:
                found.append(reading.read_message(message, convo_id, self._profiles.of(did), self._clock.now()))
        return found


class Notifications:
    """Mentions and replies as the AppView tells them, the stream aside; the place is the time of the newest."""

    def __init__(
        self,
        session: Session,
        profiles: Profiles,
        interest: Callable[[], reading.Interest],
        clock: Clock,
        every: float,
    ) -> None:
        self._session, self._profiles, self._interest = session, profiles, interest
        self._clock, self._every = clock, every

    def __call__(self, place: str | None, put: Callable[[Piece], None], stop: threading.Event) -> None:
        backoff = web.Backoff(stop, first=self._every, most=600.0)
        while not stop.is_set():
            try:
                place = self._round(place or "", put)
                backoff.reset()
                if stop.wait(self._every):
                    return
            except web.Trouble as trouble:
                _raise_if_locked_out(trouble, self._session)
                if backoff.pause(trouble.pause):
                    return

    def _round(self, place: str, put: Callable[[Piece], None]) -> str:
        events: list[Event] = []
        newest, cursor = place, ""
        for _ in range(10):
            params = [("limit", "50"), *(("reasons", reason) for reason in _REASONS)]
            answer = self._session.get("app.bsky.notification.listNotifications", params + _if("cursor", cursor))
            page = [one for one in answer.get("notifications") or [] if isinstance(one, dict)]
            fresh = [one for one in page if str(one.get("indexedAt", "")) > place]
            events += [event for one in fresh if (event := self._event(one)) is not None]
            newest = max([newest, *(str(one.get("indexedAt", ""))[:40] for one in fresh)])
            cursor = answer.get("cursor") or ""
            if not cursor or len(fresh) < len(page):
                break
        if newest != place:
            put(Piece(tuple(reversed(events)), newest))
            self._session.post("app.bsky.notification.updateSeen", {"seenAt": self._clock.now().isoformat()})
        return newest

    def _event(self, one: dict[str, Any]) -> Event | None:
        try:
            if one["reason"] not in _REASONS or one["author"]["did"] == self._session.did:
                return None
            profile = self._profiles.take(one["author"])
        except (KeyError, TypeError, AttributeError):
            return reading.malformed("notification", one)
        now = self._clock.now()
        return reading.read_post(one.get("uri", ""), one.get("cid"), one.get("record"), profile, self._interest(), now)


def _if(name: str, value: str) -> list[tuple[str, str]]:
    return [(name, value)] if value else []


def _raise_if_locked_out(trouble: web.Trouble, session: Session) -> None:
    """Only a refused login makes coming again useless; everything else may pass."""
    if trouble.status == 401 and "AuthenticationRequired" in trouble.reason:
        raise Refused("Bluesky does not accept our handle and app password") from trouble
