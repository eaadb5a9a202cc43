"""Records and views of Bluesky as events; all of them come from strangers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import orjson

from zueinander.networks.bluesky.facets import tags_and_mentions
from zueinander.networks.port import Author, Malformed, Posted
from zueinander.networks.texts import clean, excerpt, fold_tag, hashtags_in, identifier, line, parse_time, unique_tags

NETWORK = "bluesky"
POST = "app.bsky.feed.post"
_NOT_IN_PUBLIC = {"!no-unauthenticated", "!hide", "!warn", "porn", "sexual", "nudity", "graphic-media"}


class Profile(NamedTuple):
    """`known` is False when nobody could be asked: then nothing of this person is republished."""

    author: Author
    labels: frozenset[str]
    known: bool


@dataclass(frozen=True, slots=True)
class Interest:
    """What of the whole network concerns us."""

    did: str
    handle: str
    hashtags: frozenset[str]

    def needles(self) -> tuple[bytes, ...]:
        """Bytes of which one is in every frame that concerns us, or none at all if that cannot be promised."""
        if not all(tag.isascii() for tag in self.hashtags):
            return ()
        return tuple(word.encode() for word in (self.did.lower(), self.handle.lower(), *self.hashtags) if word)


class Found(NamedTuple):
    """A post that concerns us, or not (`relevant`)."""

    relevant: bool
    tags: tuple[str, ...]
    mentions_us: bool
    reply_to_us: bool


def look(record: Mapping[str, Any], interest: Interest) -> Found:
    """Whether a record is about our hashtags, mentions us, or answers us. Never raises."""
    text = record.get("text")
    text = text[:20_000] if isinstance(text, str) else ""
    written, mentioned = tags_and_mentions(record)
    tags = unique_tags([*written, *hashtags_in(text)])
    handle = interest.handle.casefold()
    mentions_us = interest.did in mentioned or bool(handle and f"@{handle}" in text.casefold())
    reply_to_us = _ref(record, "parent").startswith(f"at://{interest.did}/")
    on_topic = any(fold_tag(tag) in interest.hashtags for tag in tags)
    return Found(on_topic or mentions_us or reply_to_us, tags, mentions_us, reply_to_us)


def _ref(record: Mapping[str, Any], which: str) -> str:
    reply = record.get("reply")
    ref = reply.get(which) if isinstance(reply, Mapping) else None
    uri = ref.get("uri") if isinstance(ref, Mapping) else None
    return uri if isinstance(uri, str) and uri.startswith("at://") and len(uri) < 500 else ""


def read_post(
    uri: str, cid: object, record: object, profile: Profile, interest: Interest, now: datetime
) -> Posted | Malformed:
    """Never raises: what is no post is `Malformed`."""
    try:
        if not isinstance(record, Mapping) or not isinstance(record.get("text"), str):
            raise TypeError("no text")
        return _post(identifier(uri), identifier(cid), record, profile, interest, now)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return malformed(f"post: {type(error).__name__}: {error}", record)


def malformed(reason: str, raw: object) -> Malformed:
    try:
        shown: object = raw if isinstance(raw, bytes | str) else orjson.dumps(raw)
    except TypeError:
        shown = repr(raw)[:2000]
    return Malformed(NETWORK, line(reason, 100), excerpt(shown))


def _post(uri: str, cid: str, record: Mapping[str, Any], profile: Profile, interest: Interest, now: datetime) -> Posted:
    found = look(record, interest)
    cleaned = clean(record["text"])
    did, rkey = uri.split("/")[2], uri.rpartition("/")[2]
    langs = record.get("langs")
    return Posted(
        network=NETWORK,
        native_id=uri,
        uri=uri,
        version=cid,
        author=profile.author,
        text=cleaned.text,
        posted_at=parse_time(record.get("createdAt"), now),
        mentions_us=found.mentions_us,
        reply_to_us=found.reply_to_us,
        hashtags=found.tags,
        lang=line(langs[0], 20) if isinstance(langs, list) and langs else "",
        url=f"https://bsky.app/profile/{did}/post/{rkey}",
        thread_id=_ref(record, "root") or uri,
        in_reply_to=_ref(record, "parent"),
        no_republish=not profile.known or bool((_self_labels(record) | profile.labels) & _NOT_IN_PUBLIC),
        automatic="bot" in profile.labels,
        notes=cleaned.notes,
    )


def _self_labels(record: Mapping[str, Any]) -> frozenset[str]:
    labels = record.get("labels")
    values = labels.get("values") if isinstance(labels, Mapping) else None
    return label_values(values)


def label_values(values: object) -> frozenset[str]:
    found = [one.get("val") for one in values if isinstance(one, Mapping)] if isinstance(values, list) else []
    return frozenset(value for value in found if isinstance(value, str))


def read_message(message: object, convo_id: object, profile: Profile, now: datetime) -> Posted | Malformed:
    """A direct message (chat.bsky.convo.defs#messageView)."""
    try:
        if not isinstance(message, Mapping):
            raise TypeError("no object")
        cleaned = clean(message["text"])
        convo = identifier(convo_id)
        native_id = f"dm:{convo}/{identifier(message['id'])}"
        return Posted(
            network=NETWORK,
            native_id=native_id,
            uri=native_id,
            version="1",
            author=profile.author,
            text=cleaned.text,
            posted_at=parse_time(message.get("sentAt"), now),
            channel="direct",
            hashtags=hashtags_in(cleaned.text),
            thread_id=f"dm:{convo}",
            no_republish=True,
            automatic="bot" in profile.labels,
            notes=cleaned.notes,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return malformed(f"message: {type(error).__name__}: {error}", message)
