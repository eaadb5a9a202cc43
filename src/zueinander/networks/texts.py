"""Making what strangers send harmless and bounded, before anybody else sees it; and counting as networks count."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import urlsplit

import regex

MAX_TEXT = 20_000
"""Characters of a text that are kept; the longest text a network of ours allows in one message is 10,000."""
MAX_NAME = 200
MAX_ID = 600
MAX_URL = 2_000
MAX_HASHTAGS = 50
MAX_EXCERPT = 300
MAX_FRAME = 1_000_000
"""Bytes of one event that are looked at; more is refused as "too large"."""

_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_BREAKS = re.compile("\r\n?|\u2028|\u2029|\x0b|\x0c|\x85")
_HASHTAG = re.compile(r"(?<![\w&/])[#＃](\w*[^\W\d_]\w*)")
_URL = re.compile(r"https?://\S+")
_MAIL = re.compile(r"[^@\s<>\"',;:()\[\]\\]{1,64}@(?:[^@\s.<>\"',;:()\[\]\\]+\.)+[^@\s.<>\"',;:()\[\]\\]{2,63}")
_MENTION = re.compile(r"(?<![\w@])(@[\w.-]*\w)@[\w.-]*\w")


class Cleaned(NamedTuple):
    """`notes` names what was done: "controls", "direction" (invisible characters removed), "cut" (limit reached)."""

    text: str
    notes: tuple[str, ...]


def clean(raw: str, limit: int = MAX_TEXT) -> Cleaned:
    """Line breaks made "\\n", control and text-direction characters removed, cut to `limit` characters."""
    notes = []
    text = raw
    if len(text) > 4 * limit:
        text = text[: 4 * limit]  # a 10 MB text is not worth four passes
        notes.append("cut")
    text = _BREAKS.sub("\n", text)
    for name, pattern in (("controls", _CONTROL), ("direction", _DIRECTION)):
        text, count = pattern.subn("", text)
        if count:
            notes.append(name)
    text = text.strip()
    if len(text) > limit:
        text = text[: limit - 1].rstrip() + "…"
        notes.append("cut")
    return Cleaned(text, tuple(dict.fromkeys(notes)))


def line(raw: object, limit: int = MAX_NAME) -> str:
    """One clean line of whatever came (not a string: empty), for names, subjects and ids."""
    if not isinstance(raw, str):
        return ""
    return " ".join(clean(raw, limit).text.split())


def identifier(raw: object) -> str:
    """An id unchanged, or ValueError when it is empty, too long or holds anything invisible: ids are never mended."""
    if not isinstance(raw, str) or not raw or len(raw) > MAX_ID:
        raise ValueError("id missing or too long")
    if clean(raw, MAX_ID).text != raw or any(character.isspace() for character in raw):
        raise ValueError("id with invisible characters")
    return raw


def excerpt(raw: object) -> str:
    """What is shown of something nobody can read."""
    if isinstance(raw, bytes | bytearray):
        raw = bytes(raw[: 4 * MAX_EXCERPT]).decode("utf-8", "replace")
    return line(raw if isinstance(raw, str) else repr(raw), MAX_EXCERPT)


def web_address(raw: object) -> str:
    """An http(s) address a person may be led to, or an empty string."""
    if not isinstance(raw, str) or len(raw) > MAX_URL or clean(raw, MAX_URL).text != raw:
        return ""
    try:
        parts = urlsplit(raw)
    except ValueError:
        return ""
    return raw if parts.scheme in ("http", "https") and parts.hostname and " " not in raw else ""


def mail_address(raw: str) -> str:
    """A single plausible mail address, domain in lower case, or an empty string; no header can be smuggled in it."""
    given = raw.strip()
    if len(given) > 254 or not _MAIL.fullmatch(given) or clean(given, 254).text != given:
        return ""
    local, _, domain = given.rpartition("@")
    return f"{local}@{domain.lower()}"


def is_loopback(host: str | None) -> bool:
    """True for this machine only; names other than localhost are never resolved."""
    if host is None:
        return False
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def hashtags_in(text: str) -> tuple[str, ...]:
    """The hashtags of a plain text, without "#", as written, each once."""
    return unique_tags(_HASHTAG.findall(text))


def unique_tags(tags: list[str]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for tag in tags:
        tidy = line(tag, 100).lstrip("#＃")
        if tidy:
            seen.setdefault(fold_tag(tidy), tidy)
    return tuple(seen.values())[:MAX_HASHTAGS]


def fold_tag(tag: str) -> str:
    """Two spellings of one hashtag fold to the same text."""
    return unicodedata.normalize("NFKC", tag).casefold().lstrip("#")


def graphemes(text: str) -> int:
    """What a reader would call characters (Bluesky counts these)."""
    return len(regex.findall(r"\X", text))


def mastodon_length(text: str) -> int:
    """Characters as Mastodon counts them: a link is 23, a mention counts without its server."""
    return graphemes(_MENTION.sub(r"\1", _URL.sub("x" * 23, text)))


def not_after(moment: datetime, now: datetime) -> datetime:
    """A stated time may lie; it is never taken as later than `now`, and always aware."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(aware.astimezone(UTC), now)


def parse_time(raw: object, now: datetime) -> datetime:
    """An ISO 8601 time, or `now` when it cannot be read or lies in the future."""
    try:
        return not_after(datetime.fromisoformat(str(raw)), now)
    except (ValueError, OverflowError):
        return now
