"""What we say on Bluesky: posts, replies, direct messages, the label that we are a machine; and taking it back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from zueinander.networks import web
from zueinander.networks.bluesky import reading
from zueinander.networks.bluesky.facets import facets_for
from zueinander.networks.bluesky.xrpc import Session, split_uri
from zueinander.networks.port import Clock, Outgoing, Refused, Sent
from zueinander.networks.texts import graphemes

MAX_POST = 300
"""Graphemes."""
MAX_DIRECT = 1_000
"""Graphemes of a direct message."""
_PROFILE = "app.bsky.actor.profile"


class Voice:
    """All methods raise `Refused` or `Unclear`, except `record` and `views` (`web.Trouble`)."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self._session, self._clock = session, clock

    def send(self, outgoing: Outgoing) -> Sent:
        limit = MAX_DIRECT if outgoing.kind == "direct" else MAX_POST
        if not 0 < graphemes(outgoing.text) <= limit or len(outgoing.text.encode()) > 10 * limit:
            raise Refused("text empty or too long")
        try:
            return self._direct(outgoing) if outgoing.kind == "direct" else self._post(outgoing)
        except web.Trouble as trouble:
            raise trouble.for_sender() from trouble
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise Refused(f"unusable answer or address: {error}"[:200]) from error

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
        now = self._clock.now()
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
        view = self.views([uri]).get(uri)
        if view is not None:
            viewer, author = view.get("viewer") or {}, (view.get("author") or {}).get("viewer") or {}
            if viewer.get("replyDisabled") or author.get("blockedBy") or author.get("blocking"):
                raise Refused("the author wants no replies here")
            cid, record = view["cid"], view["record"]
        else:
            cid, record = self.record(uri)
        parent = {"uri": uri, "cid": cid}
        root = (record.get("reply") or {}).get("root") or parent
        return {"root": {"uri": root["uri"], "cid": root["cid"]}, "parent": parent}

    def record(self, uri: str) -> tuple[str, Mapping[str, Any]]:
        repo, collection, rkey = split_uri(uri)
        params = [("repo", repo), ("collection", collection), ("rkey", rkey)]
        answer = self._session.get("com.atproto.repo.getRecord", params)
        return answer["cid"], answer["value"]

    def views(self, uris: Sequence[str]) -> dict[str, Any]:
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
            return dict(self.record(f"at://{did}/{_PROFILE}/self")[1])
        except web.Trouble as trouble:
            if trouble.status == 400:
                return {"$type": _PROFILE}
            raise

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


def record_key(idempotency_key: str) -> str:
    """A valid record key (TID) that is always the same for one idempotency key; its time is without meaning.

    Source: atproto specification "TID", 13 characters of base32-sortable, top bit 0. The time lies before 2023, since
    servers may refuse keys from the future.
    """
    alphabet = "234567abcdefghijklmnopqrstuvwxyz"
    drawn = int.from_bytes(hashlib.sha256(idempotency_key.encode()).digest()[:8], "big")
    number = (1_500_000_000_000_000 + drawn % 170_000_000_000_000 << 10) | (drawn >> 54)
    return "".join(alphabet[number >> shift & 31] for shift in range(60, -1, -5))
