"""Bluesky and other servers of the AT Protocol; see README.md for what it can and cannot see."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from zueinander.networks import web
from zueinander.networks.bluesky import merging, reading
from zueinander.networks.bluesky.frames import Wire
from zueinander.networks.bluesky.polled import Messages, Notifications
from zueinander.networks.bluesky.profiles import Profiles
from zueinander.networks.bluesky.saying import MAX_POST, Voice
from zueinander.networks.bluesky.stream import Stream
from zueinander.networks.bluesky.xrpc import Session
from zueinander.networks.port import (
    BadSettings,
    Batch,
    Connection,
    Event,
    Figure,
    Outgoing,
    Posted,
    Rechecked,
    Rules,
    Sent,
    Standing,
    Tools,
)
from zueinander.networks.texts import fold_tag, graphemes

RULES = Rules(
    automatic=frozenset({"mention", "reply", "direct", "opt_in"}),
    answer_window=None,
    answer_within=timedelta(hours=24),
    max_length=MAX_POST,
    count=graphemes,
    counted_in="graphemes",
    disclosure="Automatische Antwort:",
)
_DID = re.compile(r"did:(plc|web):[A-Za-z0-9._:%-]{1,200}")


@dataclass(frozen=True, slots=True)
class Settings:
    """`stream_url` without path. `plc` and `chat_did` differ from the defaults only on networks of one's own.

    Seconds: between two looks for messages and notifications, and of silence after which a stream is given up.
    `from_beginning`: the first time, read all the stream still has (on the real network days) instead of searching.
    """

    server: str
    identifier: str
    password: str
    hashtags: frozenset[str]
    wire: Wire = "jetstream"
    stream_url: str = "wss://jetstream.us-east.bsky.network"
    plc: str = "https://plc.directory"
    chat_did: str = "did:web:api.bsky.chat"
    messages_every: float = 5.0
    notifications_every: float = 60.0
    silence: float = 40.0
    from_beginning: bool = False

    @classmethod
    def of(cls, connection: Connection) -> Settings:
        given = connection.settings
        wire, chat_did = given.get("wire") or "jetstream", given.get("chat_did") or "did:web:api.bsky.chat"
        if wire not in ("jetstream", "firehose"):
            raise BadSettings("wire", "Der Datenstrom muss jetstream oder firehose sein.")
        if not _DID.fullmatch(chat_did):
            raise BadSettings("chat_did", "Das ist keine DID.")
        stream_url = given.get("stream_url") or "wss://jetstream.us-east.bsky.network"
        return cls(
            server=web.base_url("server", given.get("server") or "https://bsky.social"),
            identifier=given.get("handle", "").strip().removeprefix("@"),
            password=connection.secrets.get("app_password", "").strip(),
            hashtags=frozenset(fold_tag(tag) for tag in connection.hashtags),
            wire=cast(Wire, wire),
            stream_url=web.base_url("stream_url", stream_url, schemes=("wss", "ws")),
            plc=web.base_url("plc", given.get("plc") or "https://plc.directory"),
            chat_did=chat_did,
            messages_every=_seconds(given, "messages_every", 5.0),
            notifications_every=_seconds(given, "notifications_every", 60.0),
            silence=_seconds(given, "silence", 40.0),
            from_beginning=given.get("from_beginning") == "1",
        )


def _seconds(given: Mapping[str, str], name: str, default: float) -> float:
    try:
        return max(0.05, float(given.get(name, "") or default))
    except ValueError:
        raise BadSettings(name, "Das muss eine Zahl von Sekunden sein.") from None


class BlueskyAdapter:
    network = reading.NETWORK
    rules = RULES
    idempotent = False
    idempotent_kinds = frozenset({"reply", "public"})
    """A post's record key follows from the idempotency key; a direct message cannot be given one."""

    def __init__(self, settings: Settings, tools: Tools) -> None:
        self._settings, self._tools = settings, tools
        self._session = Session(settings.server, settings.identifier, settings.password, settings.chat_did, tools)
        self._voice = Voice(self._session, tools.clock)
        self._profiles = Profiles(self._session, settings.plc, tools)

    def _interest(self) -> reading.Interest:
        return reading.Interest(self._session.did, self._session.handle, self._settings.hashtags)

    # -- listen -----------------------------------------------------------------------------------------------------

    def listen(self, cursor: str | None, stop: threading.Event) -> Iterator[Batch]:
        settings, clock = self._settings, self._tools.clock
        stream = Stream(
            settings.wire,
            settings.stream_url,
            self._interest,
            self._profiles,
            clock,
            self._search,
            settings.silence,
            settings.from_beginning,
        )
        sources: dict[str, merging.Source] = {
            "stream": stream,
            "messages": Messages(self._session, self._profiles, clock, settings.messages_every),
            "notifications": Notifications(
                self._session, self._profiles, self._interest, clock, settings.notifications_every
            ),
        }
        return merging.merge(sources, cursor, stop, clock)

    def _search(self) -> list[Event]:
        """One bounded look back by search where the stream cannot help; Bluesky asks not to poll it."""
        interest, found = self._interest(), dict[str, Event]()
        since = (self._tools.clock.now() - timedelta(days=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
        for tag in sorted(interest.hashtags):
            params = [("q", f"#{tag}"), ("tag", tag), ("since", since), ("sort", "latest"), ("limit", "100")]
            for view in self._session.get("app.bsky.feed.searchPosts", params).get("posts") or []:
                event = self._from_view(view, interest)
                if isinstance(event, Posted) and reading.look(view["record"], interest).relevant:
                    found[event.native_id] = event
        return list(reversed(found.values()))

    def _from_view(self, view: Any, interest: reading.Interest) -> Event:
        try:
            profile = self._profiles.take(view["author"])
            labels = profile.labels | reading.label_values(view.get("labels"))
            uri, cid, record = view["uri"], view["cid"], view["record"]
        except (KeyError, TypeError, AttributeError):
            return reading.malformed("post view", view)
        return reading.read_post(uri, cid, record, profile._replace(labels=labels), interest, self._tools.clock.now())

    # -- say and take back -------------------------------------------------------------------------------------------

    def send(self, outgoing: Outgoing) -> Sent:
        return self._voice.send(outgoing)

    publish = send

    def delete(self, native_id: str) -> None:
        self._voice.delete(native_id)

    def declare_automation(self) -> None:
        """The self-label `bot` on our profile; everything else in it stays."""
        self._voice.declare_automation()

    # -- look again ---------------------------------------------------------------------------------------------------

    def still_there(self, native_ids: Sequence[str]) -> Rechecked:
        """Posts by the AppView (which knows moderation, too), else by their record; messages cannot be asked for."""
        uris = [native_id for native_id in native_ids if native_id.startswith("at://")]
        standing: dict[str, Standing] = dict.fromkeys(uris, "unknown")
        current: list[Posted] = []
        for start in range(0, len(uris), 25):
            some = uris[start : start + 25]
            try:
                views = self._session.get("app.bsky.feed.getPosts", [("uris", uri) for uri in some]).get("posts") or []
            except web.Trouble as trouble:
                if trouble.status in (0, 429):
                    return Rechecked(standing, tuple(current), trouble.pause)
                standing |= {uri: self._standing(uri) for uri in some}
                continue
            seen = {view.get("uri"): view for view in views}
            standing |= {uri: "there" if uri in seen else "gone" for uri in some}
            events = (self._from_view(view, self._interest()) for view in seen.values())
            current += [event for event in events if isinstance(event, Posted)]
        return Rechecked(standing, tuple(current))

    def _standing(self, uri: str) -> Standing:
        try:
            self._voice.record(uri)
        except web.Trouble as trouble:
            return "gone" if trouble.status == 400 and "RecordNotFound" in trouble.reason else "unknown"
        except (KeyError, TypeError, ValueError):
            return "unknown"
        return "there"

    def measure(self, native_ids: Sequence[str]) -> Mapping[str, tuple[Figure, ...]]:
        """Likes, shares, replies and quotes of posts; followers of our account. Bluesky counts no views."""
        now, found = self._tools.clock.now(), dict[str, tuple[Figure, ...]]()
        uris = [native_id for native_id in native_ids if native_id.startswith("at://")]
        names = {"likeCount": "likes", "repostCount": "shares", "replyCount": "replies", "quoteCount": "quotes"}
        for start in range(0, len(uris), 25):
            for uri, view in self._voice.views(uris[start : start + 25]).items():
                found[uri] = _figures(view, names, now)
        if "" in native_ids:
            try:
                profile = self._session.get("app.bsky.actor.getProfile", [("actor", self._session.did)])
                found[""] = _figures(profile, {"followersCount": "followers"}, now)
            except web.Trouble:
                pass
        return found


def _figures(view: Mapping[str, Any], names: Mapping[str, str], now: datetime) -> tuple[Figure, ...]:
    return tuple(Figure(name, view[key], now) for key, name in names.items() if isinstance(view.get(key), int))


def make(connection: Connection, tools: Tools) -> BlueskyAdapter:
    return BlueskyAdapter(Settings.of(connection), tools)
