"""Bluesky and other servers of the AT Protocol; see README.md for what it can and cannot see."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from zueinander.networks import web
from zueinander.networks.bluesky import merging, reading
from zueinander.networks.bluesky.facets import facets_for
from zueinander.networks.bluesky.frames import Wire
from zueinander.networks.bluesky.polled import Messages, Notifications
from zueinander.networks.bluesky.profiles import Profiles
from zueinander.networks.bluesky.stream import Stream
from zueinander.networks.bluesky.xrpc import Session, split_uri
from zueinander.networks.port import (
    BadSettings,
    Batch,
    Connection,
    Event,
    Figure,
    Outgoing,
    Posted,
    Rechecked,
    Refused,
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
    max_length=300,
    count=graphemes,
    counted_in="graphemes",
    disclosure="Automatische Antwort:",
)
MAX_DIRECT = 1_000
"""Graphemes of a direct message."""
_PROFILE = "app.bsky.actor.profile"
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

    # -- say --------------------------------------------------------------------------------------------------------

    def send(self, outgoing: Outgoing) -> Sent:
        limit = MAX_DIRECT if outgoing.kind == "direct" else self.rules.max_length
        if not 0 < graphemes(outgoing.text) <= limit or len(outgoing.text.encode()) > 10 * limit:
            raise Refused("text empty or too long")
        try:
            return self._direct(outgoing) if outgoing.kind == "direct" else self._post(outgoing)
        except web.Trouble as trouble:
            raise trouble.for_sender() from trouble
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise Refused(f"unusable answer or address: {error}"[:200]) from error

    publish = send

    def _direct(self, outgoing: Outgoing) -> Sent:
        """Nobody is written to who allows no messages: the chat service refuses, and so do we."""
        if outgoing.to is None:
            raise Refused("nobody to write to")
        params = [("members", outgoing.to.native_id)]
        convo = self._session.get("chat.bsky.convo.getConvoForMembers", params, chat=True)["convo"]["id"]
        message: dict[str, object] = {"text": outgoing.text}
        if facets := facets_for(outgoing.text):
            message["facets"] = facets
        body = {"convoId": convo, "message": message}
        answer = self._session.post("chat.bsky.convo.sendMessage", body, chat=True)
        return Sent(f"dm:{convo}/{answer['id']}")

    def _post(self, outgoing: Outgoing) -> Sent:
        rkey, did = record_key(outgoing.idempotency_key), self._session.did
        uri = f"at://{did}/{reading.POST}/{rkey}"
        page = f"https://bsky.app/profile/{did}/post/{rkey}"
        if self._own_record(rkey) is not None:
            return Sent(uri, page)
        now = self._tools.clock.now()
        record: dict[str, object] = {
            "$type": reading.POST,
            "text": outgoing.text,
            "createdAt": now.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "langs": [outgoing.lang],
        }
        if facets := facets_for(outgoing.text, self._known_handles(outgoing)):
            record["facets"] = facets
        if outgoing.in_reply_to:
            record["reply"] = self._reply_refs(outgoing.in_reply_to)
        body = {"repo": did, "collection": reading.POST, "rkey": rkey, "record": record}
        try:
            self._session.post("com.atproto.repo.createRecord", body)
        except web.Trouble:
            if self._own_record(rkey) is None:
                raise
        return Sent(uri, page)

    def _known_handles(self, outgoing: Outgoing) -> dict[str, str]:
        to = outgoing.to
        return {to.address: to.native_id} if to is not None and to.address.lstrip("@") else {}

    def _own_record(self, rkey: str) -> Any:
        params = [("repo", self._session.did), ("collection", reading.POST), ("rkey", rkey)]
        try:
            return self._session.get("com.atproto.repo.getRecord", params)
        except web.Trouble as trouble:
            if trouble.status == 400:
                return None
            raise

    def _reply_refs(self, uri: str) -> dict[str, object]:
        """Root and parent; `Refused` where the author wants no reply of ours or the post is gone."""
        view = self._views([uri]).get(uri)
        if view is not None:
            viewer, author = view.get("viewer") or {}, (view.get("author") or {}).get("viewer") or {}
            if viewer.get("replyDisabled") or author.get("blockedBy") or author.get("blocking"):
                raise Refused("the author wants no replies here")
            cid, record = view["cid"], view["record"]
        else:
            cid, record = self._record(uri)
        parent = {"uri": uri, "cid": cid}
        root = (record.get("reply") or {}).get("root") or parent
        return {"root": {"uri": root["uri"], "cid": root["cid"]}, "parent": parent}

    def _record(self, uri: str) -> tuple[str, Mapping[str, Any]]:
        repo, collection, rkey = split_uri(uri)
        params = [("repo", repo), ("collection", collection), ("rkey", rkey)]
        answer = self._session.get("com.atproto.repo.getRecord", params)
        return answer["cid"], answer["value"]

    def _views(self, uris: Sequence[str]) -> dict[str, Any]:
        """Posts as the AppView shows them to us; empty when there is none to ask."""
        try:
            answer = self._session.get("app.bsky.feed.getPosts", [("uris", uri) for uri in uris])
        except web.Trouble as trouble:
            if trouble.status == 429:
                raise
            return {}
        return {view["uri"]: view for view in answer.get("posts") or []}

    def declare_automation(self) -> None:
        """The self-label `bot` on our profile; everything else in it stays."""
        did = self._session.did
        try:
            record = self._own_profile(did)
            labels = record.get("labels") or {"$type": "com.atproto.label.defs#selfLabels", "values": []}
            if "bot" in reading.label_values(labels.get("values")):
                return
            labels["values"] = [*labels["values"], {"val": "bot"}]
            record["labels"] = labels
            body = {"repo": did, "collection": _PROFILE, "rkey": "self", "record": record}
            self._session.post("com.atproto.repo.putRecord", body)
        except web.Trouble as trouble:
            raise trouble.for_sender() from trouble

    def _own_profile(self, did: str) -> dict[str, Any]:
        try:
            return dict(self._record(f"at://{did}/{_PROFILE}/self")[1])
        except web.Trouble as trouble:
            if trouble.status == 400:
                return {"$type": _PROFILE}
            raise

    # -- take back, look again ----------------------------------------------------------------------------------------

    def delete(self, native_id: str) -> None:
        if native_id.startswith("dm:"):
            raise Refused("a direct message cannot be taken back")
        try:
            repo, collection, rkey = split_uri(native_id)
            if repo != self._session.did:
                raise Refused("not ours")
            body = {"repo": repo, "collection": collection, "rkey": rkey}
            self._session.post("com.atproto.repo.deleteRecord", body)
        except ValueError as error:
            raise Refused(str(error)) from error
        except web.Trouble as trouble:
            raise trouble.for_sender() from trouble

    def still_there(self, native_ids: Sequence[str]) -> Rechecked:
        """Posts by the AppView (which knows moderation, too), else by their record; messages cannot be asked for."""
        standing: dict[str, Standing] = dict.fromkeys(native_ids, "unknown")
        current: list[Posted] = []
        uris = [native_id for native_id in native_ids if native_id.startswith("at://")]
        for start in range(0, len(uris), 25):
            some = uris[start : start + 25]
            try:
                views = self._session.get("app.bsky.feed.getPosts", [("uris", uri) for uri in some]).get("posts") or []
            except web.Trouble:
                standing |= {uri: self._standing(uri) for uri in some}
                continue
            seen = {view.get("uri"): view for view in views}
            standing |= {uri: "there" if uri in seen else "gone" for uri in some}
            events = (self._from_view(view, self._interest()) for view in seen.values())
            current += [event for event in events if isinstance(event, Posted)]
        return Rechecked(standing, tuple(current))

    def _standing(self, uri: str) -> Standing:
        try:
            self._record(uri)
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
            for uri, view in self._views(uris[start : start + 25]).items():
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


def record_key(idempotency_key: str) -> str:
    """A valid record key (TID) that is always the same for one idempotency key; its time is without meaning.

    Source: atproto specification "TID", 13 characters of base32-sortable, top bit 0. The time lies before 2023, since
    servers may refuse keys from the future.
    """
    alphabet = "234567abcdefghijklmnopqrstuvwxyz"
    drawn = int.from_bytes(hashlib.sha256(idempotency_key.encode()).digest()[:8], "big")
    number = (1_500_000_000_000_000 + drawn % 170_000_000_000_000 << 10) | (drawn >> 54)
    return "".join(alphabet[number >> shift & 31] for shift in range(60, -1, -5))


def make(connection: Connection, tools: Tools) -> BlueskyAdapter:
    return BlueskyAdapter(Settings.of(connection), tools)
