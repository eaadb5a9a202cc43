"""The file format of a captured or invented day, and its translation into events.

JSON Lines, UTF-8. The first line describes the day (`day`, `invented`, `about`); every other line has `at` ("HH:MM")
and is one of: a post or message (`id`, `author`, `name`, `text`; optional `seen_in`, `channel`, `to_us`,
`in_reply_to`, `version`, `no_republish`), a deletion (`deletes`: id), an account's end (`account`, `status`) or new
name (`account`, `renamed`). A repeated `id` with another `version` is an edit. In texts `{jahr}` stands for the year of
the season and `{wochentag 24.12.}` for the weekday of that date in it, so that a day stays true every December.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any, cast

import orjson

from zueinander.networks.port import AccountGone, AccountStatus, Author, Deleted, Event, Malformed, Posted, Renamed
from zueinander.networks.texts import MAX_FRAME, clean, excerpt, hashtags_in, identifier, line

NETWORK = "replay"
_WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_PLACEHOLDER = re.compile(r"\{(jahr|wochentag (\d{1,2})\.(\d{1,2})\.)\}")
_STATUSES = ("active", "deactivated", "suspended", "takendown", "deleted")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the day: `minute` counts from midnight; `content` is the parsed line, or what it is instead."""

    minute: int
    content: dict[str, Any] | Malformed


def days() -> tuple[str, ...]:
    """The days that come with the software."""
    folder = files("zueinander.networks.replay").joinpath("days")
    return tuple(
        sorted(entry.name.removesuffix(".jsonl") for entry in folder.iterdir() if entry.name.endswith(".jsonl"))
    )


def bundled(day: str) -> bytes:
    """The bytes of a day that comes with the software; KeyError if there is none of that name."""
    if day not in days():
        raise KeyError(day)
    return files("zueinander.networks.replay").joinpath("days", f"{day}.jsonl").read_bytes()


def entries(raw: bytes) -> Iterator[Entry]:
    """The lines after the describing one; an unreadable line becomes `Malformed` at the time of the line before it."""
    minute = 0
    for number, text in enumerate(raw.split(b"\n"), 1):
        if number == 1 or not text.strip():
            continue
        try:
            if len(text) > MAX_FRAME:
                raise ValueError("too large")
            content = orjson.loads(text)
            hour, minutes = content["at"].split(":")
            minute = int(hour) * 60 + int(minutes)
            yield Entry(minute, content)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            yield Entry(minute, Malformed(NETWORK, f"line {number}: {type(error).__name__}", excerpt(text)))


def season_year(now: datetime) -> int:
    """January still belongs to the season of the December before it."""
    return now.year - 1 if now.month == 1 else now.year


def resolve(text: str, year: int) -> str:
    def put(match: re.Match[str]) -> str:
        if match[1] == "jahr":
            return str(year)
        return _WEEKDAYS[date(year, int(match[3]), int(match[2])).weekday()]

    return _PLACEHOLDER.sub(put, text)


def to_event(entry: Entry, at: datetime, year: int) -> Event:
    """What an adapter delivers for this line, said at `at`."""
    if isinstance(entry.content, Malformed):
        return entry.content
    try:
        return _event(entry.content, at, year)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return Malformed(NETWORK, f"{type(error).__name__}: {error}"[:100], excerpt(orjson.dumps(entry.content)))


def _event(content: dict[str, Any], at: datetime, year: int) -> Event:
    if "deletes" in content:
        return Deleted(NETWORK, identifier(content["deletes"]))
    if "renamed" in content:
        return Renamed(NETWORK, Author(identifier(content["account"]), line(content["renamed"])))
    if "status" in content:
        if content["status"] not in _STATUSES:
            raise ValueError("unknown status")
        return AccountGone(NETWORK, identifier(content["account"]), cast(AccountStatus, content["status"]))
    return _posted(content, at, year)


def _posted(content: dict[str, Any], at: datetime, year: int) -> Posted:
    native_id, author = identifier(content["id"]), identifier(content["author"])
    cleaned = clean(resolve(content["text"], year))
    channel = content.get("channel", "public")
    if channel not in ("public", "direct"):
        raise ValueError("unknown channel")
    return Posted(
        network=NETWORK,
        native_id=native_id,
        uri=f"replay:{native_id}",
        version=str(content.get("version", "1")),
        author=Author(author, line(content.get("name", author)), f"@{author}"),
        text=cleaned.text,
        posted_at=at,
        channel=channel,
        mentions_us=bool(content.get("to_us")),
        reply_to_us=bool(content.get("reply_to_us")),
        hashtags=hashtags_in(cleaned.text),
        lang=line(content.get("lang", "de"), 20),
        thread_id=line(content.get("in_reply_to", "")) or native_id,
        in_reply_to=line(content.get("in_reply_to", "")),
        no_republish=bool(content.get("no_republish")),
        notes=cleaned.notes,
        extra={"seen_in": line(content.get("seen_in", NETWORK))},
    )


def spoken_at(minute: int, begun: datetime, speed: float) -> datetime:
    """At speed 0 the day lies in the 24 hours before `begun`; else a minute of it takes 60/`speed` seconds."""
    if speed <= 0:
        return begun - timedelta(minutes=24 * 60 - minute)
    return begun + timedelta(minutes=minute / speed)
