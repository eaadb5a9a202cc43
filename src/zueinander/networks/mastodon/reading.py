"""Mastodon's entities (Status, Notification, Conversation of its REST API) as events; they come from strangers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import orjson

from zueinander.networks.html import to_text
from zueinander.networks.port import Author, Malformed, Posted
from zueinander.networks.texts import (
    clean,
    excerpt,
    hashtags_in,
    identifier,
    line,
    parse_time,
    unique_tags,
    web_address,
)

NETWORK = "mastodon"


class Us(NamedTuple):
    """Our account on the connected server: `account_id` is that server's own number of it."""

    account_id: str
    acct: str
    host: str


def native(us: Us, status_id: str) -> str:
    """A post's number is its server's own, so the server belongs to the name."""
    return f"{identifier(status_id)}@{us.host}"


def local(native_id: str) -> str:
    """The server's own number of a post."""
    return native_id.partition("@")[0]


def read_status(raw: object, us: Us, now: datetime) -> Posted | Malformed:
    """Never raises: what is not a status is `Malformed`."""
    try:
        if not isinstance(raw, Mapping):
            raise TypeError("no object")
        return _status(raw, us, now)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return Malformed(NETWORK, f"status: {type(error).__name__}: {error}"[:100], excerpt(_dump(raw)))


def _dump(raw: object) -> bytes:
    try:
        return orjson.dumps(raw)
    except (TypeError, ValueError):
        return repr(raw)[:2000].encode()


def _status(raw: Mapping[str, Any], us: Us, now: datetime) -> Posted:
    account, native_id = raw["account"], native(us, raw["id"])
    warning = line(raw.get("spoiler_text"))
    body = to_text(raw["content"])
    cleaned = clean(f"{warning}\n\n{body}" if warning else body)
    visibility = raw.get("visibility", "public")
    parent = raw.get("in_reply_to_id")
    tags = unique_tags([tag.get("name", "") for tag in raw.get("tags") or [] if isinstance(tag, Mapping)])
    return Posted(
        network=NETWORK,
        native_id=native_id,
        uri=line(raw.get("uri"), 2000) or native_id,
        version=line(raw.get("edited_at"), 40) or "1",
        author=read_account(account, us),
        text=cleaned.text,
        posted_at=parse_time(raw.get("created_at"), now),
        channel="direct" if visibility in ("direct", "private") else "public",
        mentions_us=any(str(one.get("id")) == us.account_id for one in raw.get("mentions") or []),
        reply_to_us=str(raw.get("in_reply_to_account_id")) == us.account_id,
        hashtags=tags or hashtags_in(cleaned.text),
        lang=line(raw.get("language"), 20),
        url=web_address(raw.get("url")),
        thread_id=native(us, parent) if parent else native_id,
        in_reply_to=native(us, parent) if parent else "",
        no_republish=visibility != "public" or bool(account.get("noindex")),
        via_bot_optout="#nobot" in to_text(str(account.get("note", ""))).casefold(),
        automatic=bool(account.get("bot")),
        notes=cleaned.notes,
    )


def read_account(raw: Mapping[str, Any], us: Us) -> Author:
    """The person's permanent name is the ActivityPub actor, the same on every server that shows them."""
    acct = line(raw["acct"])
    full = acct if "@" in acct else f"{acct}@{us.host}"
    page = web_address(raw.get("url"))
    return Author(
        native_id=identifier(raw.get("uri") or page or f"{identifier(str(raw['id']))}@{us.host}"),
        visible_name=line(raw.get("display_name")) or acct,
        address=f"@{full}",
        url=page,
    )


def is_ours(raw: object, us: Us) -> bool:
    account = raw.get("account") if isinstance(raw, Mapping) else None
    return isinstance(account, Mapping) and str(account.get("id")) == us.account_id
