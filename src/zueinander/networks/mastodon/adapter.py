"""Mastodon and servers that speak its API. Polling is the truth, streams hasten it; README.md says what it can see."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from zueinander.networks import web
from zueinander.networks.mastodon import reading
from zueinander.networks.mastodon.poll import Poller
from zueinander.networks.mastodon.stream import SILENCE, Streams
from zueinander.networks.port import (
    BadSettings,
    Batch,
    Connection,
    Figure,
    Malformed,
    Outgoing,
    Posted,
    Rechecked,
    Refused,
    Rules,
    Sent,
    Standing,
    Tools,
)
from zueinander.networks.texts import fold_tag, line, mastodon_length, web_address

RULES = Rules(
    automatic=frozenset({"mention", "reply", "direct", "opt_in"}),
    answer_window=None,
    answer_within=timedelta(hours=24),
    max_length=500,
    count=mastodon_length,
    counted_in="characters",
    disclosure="Automatische Antwort:",
    may_write_first=False,
)

_LOOK_FOR_STOP = 0.25


@dataclass(frozen=True, slots=True)
class Settings:
    """`poll_seconds` lie between two rounds of two requests and one for each hashtag; a server allows one a second."""

    base_url: str
    token: str
    hashtags: tuple[str, ...]
    poll_seconds: float = 15.0

    @classmethod
    def of(cls, connection: Connection) -> Settings:
        token = connection.secrets.get("token", "").strip()
        if not token or not token.isascii() or any(character.isspace() for character in token):
            raise BadSettings("token", "Das Zugangstoken fehlt oder ist unvollständig.")
        try:
            pause = float(connection.settings.get("poll_seconds", "") or 15)
        except ValueError:
            raise BadSettings("poll_seconds", "Der Abstand muss eine Zahl sein.") from None
        server = web.base_url("server", connection.settings.get("server", ""))
        tags = tuple(fold_tag(tag) for tag in connection.hashtags)
        return cls(server, token, tags, max(0.05, pause))


class MastodonAdapter:
    network = reading.NETWORK
    rules = RULES
    idempotent = True
    remembers = timedelta(minutes=50)
    """The server knows an Idempotency-Key for an hour; the rest is for the way there."""

    def __init__(self, settings: Settings, tools: Tools) -> None:
        self._settings, self._tools = settings, tools
        self._us: reading.Us | None = None

    # -- the server -------------------------------------------------------------------------------------------------

    def call(
        self,
        method: str,
        path: str,
        params: web.Params = (),
        *,
        json: object = None,
        form: Mapping[str, str] | None = None,
        key: str = "",
    ) -> Any:
        """One request with our token; raises `web.Trouble`."""
        headers = {"authorization": f"Bearer {self._settings.token}", "accept": "application/json"}
        if key:
            headers["idempotency-key"] = key
        url = f"{self._settings.base_url}{path}"
        now = self._tools.clock.now()
        return web.call(self._tools.http, method, url, params=params, headers=headers, json=json, form=form, now=now)

    def us(self) -> reading.Us:
        """Who we are there, asked once; raises `web.Trouble`."""
        if self._us is None:
            raw = self.call("GET", "/api/v1/accounts/verify_credentials")
            if not isinstance(raw, Mapping) or "id" not in raw:
                raise web.Trouble("the server does not say who we are")
            # account names live on the domain of the profile page, which may differ from the API's host
            page = web_address(raw.get("url")) or self._settings.base_url
            self._us = reading.Us(str(raw["id"]), line(raw.get("acct")), urlsplit(page).netloc)
        return self._us

    # -- listen -----------------------------------------------------------------------------------------------------

    def follow(self, url: str, params: web.Params) -> AbstractContextManager[httpx.Response]:
        """A stream of the server; closed by who opened it. Never compressed: an event shall not wait for the next."""
        headers = {"authorization": f"Bearer {self._settings.token}", "accept": "text/event-stream"}
        headers["accept-encoding"] = "identity"
        return self._tools.http.stream("GET", url, params=list(params), headers=headers, timeout=SILENCE)

    def listen(self, cursor: str | None, stop: threading.Event) -> Iterator[Batch]:
        """Rounds of polling; between two rounds what the server's streams say, as soon as they say it."""
        poller = Poller(self, self._settings.hashtags, cursor, self._tools.clock)
        backoff = web.Backoff(stop, first=min(1.0, self._settings.poll_seconds))
        streams: Streams | None = None
        try:
            while not stop.is_set():
                pause = self._settings.poll_seconds
                try:
                    yield from poller.round()
                    streams = streams or self._streams()
                    backoff.reset()
                except web.Trouble as trouble:
                    if trouble.status in (401, 403):
                        raise Refused(trouble.reason) from trouble
                    if trouble.reason.startswith("unreadable"):
                        yield poller.unreadable(trouble.reason)
                    pause = backoff.seconds(trouble.pause)
                yield from self._meanwhile(pause, poller, streams, stop)
        finally:
            if streams is not None:
                streams.close()

    def _streams(self) -> Streams:
        return Streams(self, self._settings.base_url, self.us().account_id, self._settings.hashtags)

    def _meanwhile(
        self, seconds: float, poller: Poller, streams: Streams | None, stop: threading.Event
    ) -> Iterator[Batch]:
        if streams is None:
            stop.wait(seconds)
            return
        until = time.monotonic() + seconds
        while not stop.is_set() and (left := until - time.monotonic()) > 0:
            if said := streams.take(min(left, _LOOK_FOR_STOP)):
                yield poller.told(said)

    # -- say, take back, look again -----------------------------------------------------------------------------------

    def send(self, outgoing: Outgoing) -> Sent:
        """Public replies are posted "unlisted": answered, but not pushed into everybody's timeline."""
        try:
            us = self.us()
        except web.Trouble as trouble:
            raise trouble.for_sender() from trouble
        body: dict[str, object] = {"status": self._with_mention(outgoing, us), "language": outgoing.lang}
        body["visibility"] = {"direct": "direct", "reply": "unlisted", "public": "public"}[outgoing.kind]
        if outgoing.in_reply_to:
            body["in_reply_to_id"] = reading.local(outgoing.in_reply_to)
        if not outgoing.text.strip() or not self.rules.fits(str(body["status"])):
            raise Refused("text empty or too long")
        try:
            answer = self.call("POST", "/api/v1/statuses", json=body, key=outgoing.idempotency_key)
            return Sent(reading.native(us, answer["id"]), web_address(answer.get("url")))
        except web.Trouble as trouble:
            raise trouble.for_sender() from trouble

    publish = send

    def _with_mention(self, outgoing: Outgoing, us: reading.Us) -> str:
        """Only who is mentioned is notified and sees a direct message; our own server's people by name alone."""
        if outgoing.to is None or not outgoing.to.address:
            if outgoing.kind == "direct":
                raise Refused("nobody to write to")
            return outgoing.text
        mention = "@" + outgoing.to.address.lstrip("@").removesuffix(f"@{us.host}")
        return outgoing.text if mention.casefold() in outgoing.text.casefold() else f"{mention} {outgoing.text}"

    def delete(self, native_id: str) -> None:
        try:
            self.call("DELETE", f"/api/v1/statuses/{quote(reading.local(native_id), safe='')}")
        except web.Trouble as trouble:
            if trouble.status not in (404, 410):
                raise trouble.for_sender() from trouble

    def declare_automation(self) -> None:
        try:
            self.call("PATCH", "/api/v1/accounts/update_credentials", form={"bot": "true"})
        except web.Trouble as trouble:
            raise trouble.for_sender() from trouble

    def still_there(self, native_ids: Sequence[str]) -> Rechecked:
        standing: dict[str, Standing] = dict.fromkeys(native_ids, "unknown")
        current: list[Posted] = []
        try:
            us = self.us()
            ours = [one for one in native_ids if one.partition("@")[2] == us.host]  # other servers count anew
            standing = dict.fromkeys(ours, "unknown")
            for native_id in ours:
                found = self._again(native_id, us)
                standing[native_id] = "gone" if found is None else "there"
                if isinstance(found, Posted):
                    current.append(found)
        except web.Trouble as trouble:
            return Rechecked(standing, tuple(current), trouble.pause)
        return Rechecked(standing, tuple(current))

    def _again(self, native_id: str, us: reading.Us) -> Posted | Malformed | None:
        """The post as it is now, None when it is gone; raises `web.Trouble` when the server does not say."""
        try:
            return reading.read_status(self._status(native_id), us, self._tools.clock.now())
        except web.Trouble as trouble:
            if trouble.status in (404, 410):
                return None
            raise

    def _status(self, native_id: str) -> Any:
        return self.call("GET", f"/api/v1/statuses/{quote(reading.local(native_id), safe='')}")

    def measure(self, native_ids: Sequence[str]) -> Mapping[str, tuple[Figure, ...]]:
        """Likes, shares, replies of posts; followers of our account. Mastodon counts no views."""
        names = {"favourites_count": "likes", "reblogs_count": "shares", "replies_count": "replies"}
        found: dict[str, tuple[Figure, ...]] = {}
        for native_id in native_ids:
            path = "/api/v1/accounts/verify_credentials"
            try:
                raw = self._status(native_id) if native_id else self.call("GET", path)
            except web.Trouble:
                continue
            now, wanted = self._tools.clock.now(), names if native_id else {"followers_count": "followers"}
            found[native_id] = tuple(
                Figure(name, raw[key], now) for key, name in wanted.items() if isinstance(raw.get(key), int)
            )
        return found


def make(connection: Connection, tools: Tools) -> MastodonAdapter:
    return MastodonAdapter(Settings.of(connection), tools)
