"""Help numbers as dated data: who answers, for whom, when, and on which day a human last checked it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

Audience = Literal["all", "young", "old", "emergency"]
COUNTRIES = ("DE", "AT", "CH")
STALE_AFTER = timedelta(days=90)

_FILE = Path(__file__).with_name("helplines.toml")
_ZONES = {"DE": ZoneInfo("Europe/Berlin"), "AT": ZoneInfo("Europe/Vienna"), "CH": ZoneInfo("Europe/Zurich")}


@dataclass(frozen=True, slots=True)
class Hours:
    """Days as ISO weekdays (1 Monday to 7 Sunday), the same hours on each."""

    days: frozenset[int]
    start: time
    end: time

    def hold(self, moment: datetime) -> bool:
        return moment.isoweekday() in self.days and self.start <= moment.time() < self.end


@dataclass(frozen=True, slots=True)
class Helpline:
    """`hours` None: day and night."""

    country: str
    audience: Audience
    name: str
    numbers: tuple[str, ...]
    hours: Hours | None
    web: str
    source: str
    checked: date

    @property
    def always(self) -> bool:
        return self.hours is None

    def open_at(self, moment: datetime) -> bool:
        return self.hours is None or self.hours.hold(moment.astimezone(_ZONES[self.country]))

    @property
    def calls(self) -> list[tuple[str, str]]:
        """Each number as read, and as a telephone dials it."""
        return [(number, number.replace(" ", "")) for number in self.numbers]


@lru_cache(maxsize=1)
def helplines() -> tuple[Helpline, ...]:
    """All lines in the order of the file; a line that lacks something raises at once, not in somebody's night."""
    return tuple(_line(entry) for entry in tomllib.loads(_FILE.read_text("utf-8"))["line"])


def _line(entry: dict[str, Any]) -> Helpline:
    if entry["country"] not in COUNTRIES or entry["audience"] not in ("all", "young", "old", "emergency"):
        raise ValueError(f"{entry['name']}: unknown country or audience")
    if not entry["numbers"] or not all(number.replace(" ", "").isdigit() for number in entry["numbers"]):
        raise ValueError(f"{entry['name']}: a number must be digits and spaces")
    return Helpline(
        entry["country"],
        entry["audience"],
        entry["name"],
        tuple(entry["numbers"]),
        _hours(entry["open"]),
        entry.get("web", ""),
        entry["source"],
        entry["checked"],
    )


def _hours(given: str | dict[str, Any]) -> Hours | None:
    if isinstance(given, str):
        if given != "always":
            raise ValueError(f"{given!r} says no hours")
        return None
    return Hours(frozenset(given["days"]), time.fromisoformat(given["from"]), time.fromisoformat(given["until"]))


def for_everybody() -> list[Helpline]:
    """One line for each country that answers day and night, for the strip on every page."""
    return [line for line in helplines() if line.audience == "all" and line.always]


def for_young(moment: datetime) -> list[Helpline]:
    """Lines for under-18s, those that answer at this moment first; each country also has a line that always answers."""
    young = [line for line in helplines() if line.audience == "young"]
    closed = [line for line in young if not line.open_at(moment)]
    instead = [line for line in for_everybody() if line.country in {shut.country for shut in closed}]
    return [line for line in young if line.open_at(moment)] + instead + closed


def stale(today: date) -> list[Helpline]:
    """Lines nobody has checked for 90 days."""
    return [line for line in helplines() if today - line.checked > STALE_AFTER]
