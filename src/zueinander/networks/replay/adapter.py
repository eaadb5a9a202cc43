"""Plays a captured day as if it arrived now. What is sent to its people is remembered here and goes nowhere."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

from zueinander.networks.port import (
    BadSettings,
    Batch,
    Connection,
    Deleted,
    Event,
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
from zueinander.networks.replay import script
from zueinander.networks.texts import graphemes

RULES = Rules(
    automatic=frozenset({"mention", "reply", "direct", "form", "opt_in"}),
    answer_window=None,
    answer_within=timedelta(hours=24),
    max_length=2_000,
    count=graphemes,
    counted_in="graphemes",
    disclosure="Diese Antwort kommt automatisch.",
)
_AT_ONCE = 25
"""Events in a batch when the day is played at once."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`speed` 0: at once; 60: a minute of the day each second. `year` 0: the season of today."""

    raw: bytes
    speed: float
    year: int

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Settings:
        day = given.get("day", "") or script.days()[0]
        try:
            raw = Path(day).read_bytes() if day.endswith(".jsonl") else script.bundled(day)
        except (KeyError, OSError):
            raise BadSettings("day", "Diesen Tag gibt es nicht.") from None
        try:
            speed, year = float(given.get("speed", "") or 0), int(given.get("year", "") or 0)
        except ValueError:
            raise BadSettings("speed", "Tempo und Jahr müssen Zahlen sein.") from None
        if not 0 <= speed <= 100_000 or not (year == 0 or 1990 <= year <= 9000):
            raise BadSettings("speed", "Tempo oder Jahr liegen außerhalb des Möglichen.")
        return cls(raw, speed, year)


class ReplayAdapter:
    network = script.NETWORK
    rules = RULES
    idempotent = True

    def __init__(self, settings: Settings, tools: Tools) -> None:
        self._settings = settings
        self._clock = tools.clock
        self._entries = list(script.entries(settings.raw))
        self.sent: dict[str, Outgoing] = {}
        """What was said, by native id of the answer; for a look in tests and demonstrations."""

    def listen(self, cursor: str | None, stop: threading.Event) -> Iterator[Batch]:
        """Plays once from behind `cursor` ("line@begin") to the end of the day, then only shows signs of life."""
        done, begun = self._where(cursor)
        year = self._settings.year or script.season_year(begun)
        for group in self._groups(done):
            at = self._at(group[-1], begun)
            if self._settings.speed and stop.wait(max(0.0, (at - self._clock.now()).total_seconds())):
                return
            events = [script.to_event(entry, self._at(entry, begun), year) for entry in group]
            done += len(group)
            yield Batch(tuple(events), f"{done}@{begun.isoformat()}", self._clock.now())
            if stop.is_set():
                return
        while not stop.wait(1.0):
            yield Batch((), f"{done}@{begun.isoformat()}", self._clock.now())

    def _at(self, entry: script.Entry, begun: datetime) -> datetime:
        """When played at a speed, the first line comes at once."""
        offset = self._entries[0].minute if self._settings.speed else 0
        return script.spoken_at(entry.minute - offset, begun, self._settings.speed)

    def _groups(self, done: int) -> Iterator[list[script.Entry]]:
        rest = self._entries[done:]
        if self._settings.speed:
            for _, together in groupby(rest, key=lambda entry: entry.minute):
                yield list(together)
        else:
            for start in range(0, len(rest), _AT_ONCE):
                yield rest[start : start + _AT_ONCE]

    def _where(self, cursor: str | None) -> tuple[int, datetime]:
        if not cursor:
            return 0, self._clock.now()
        done, _, begun = cursor.partition("@")
        try:
            return int(done), datetime.fromisoformat(begun)
        except ValueError:
            raise Refused(f"not a cursor of a replay: {cursor[:40]}") from None

    def send(self, outgoing: Outgoing) -> Sent:
        if not self.rules.fits(outgoing.text):
            raise Refused("text empty or too long")
        native_id = "sent-" + hashlib.sha256(outgoing.idempotency_key.encode()).hexdigest()[:20]
        self.sent.setdefault(native_id, outgoing)
        return Sent(native_id)

    publish = send

    def delete(self, native_id: str) -> None:
        self.sent.pop(native_id, None)

    def still_there(self, native_ids: Sequence[str]) -> Rechecked:
        """As the day ends: deleted in it is gone, said in it is there."""
        events = self._all()
        gone = {event.native_id for event in events if isinstance(event, Deleted)}
        current = {event.native_id: event for event in events if isinstance(event, Posted)}
        standing: dict[str, Standing] = {
            native_id: "there" if native_id in current and native_id not in gone else "gone" for native_id in native_ids
        }
        return Rechecked(standing, tuple(current[key] for key, value in standing.items() if value == "there"))

    def measure(self, native_ids: Sequence[str]) -> Mapping[str, tuple[Figure, ...]]:
        """Invented but steady figures, so that a demonstration has something to show."""
        now = self._clock.now()
        return {
            native_id: (Figure("likes", 3 + len(native_id) * 7, now), Figure("shares", len(native_id), now))
            for native_id in native_ids
        }

    def _all(self) -> list[Event]:
        begun = self._clock.now()
        year = self._settings.year or script.season_year(begun)
        found = [script.to_event(entry, begun, year) for entry in self._entries]
        return [event for event in found if not isinstance(event, Malformed)]


def make(connection: Connection, tools: Tools) -> ReplayAdapter:
    return ReplayAdapter(Settings.of(connection.settings), tools)
