"""How listings become rows of the matcher's instance, and what a volunteer should look out for. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

_YOUNGEST = {"0-17": 0, "18-29": 18, "30-44": 30, "45-59": 45, "60-74": 60, "75-": 75}
_SHORT_ANSWER = timedelta(hours=24)
_EARLIER = 0.1
_FIRST_DAYS = 0.1  # a first season is never thought to grow more than tenfold
_NEAR = timedelta(days=4)  # asking takes two days, getting to know each other and travelling the rest


@dataclass(frozen=True, slots=True)
class Offered:
    """One date of a listing: the matcher's name of the occasion and how many places are free (or wanted)."""

    occasion: str
    free: int


@dataclass(frozen=True, slots=True)
class Side:
    """What the matcher may know of a listing; no name, no words of the person."""

    id: str
    lat: float
    lon: float
    radius_km: int
    party: int
    dates: Sequence[Offered]
    needs: Sequence[str]
    accepts: Sequence[str]
    interests: Sequence[str]
    languages: Sequence[str]
    household_wish: str
    household_is: str
    age_band: str
    waiting_days: float
    place: str


def youngest(age_band: str) -> int | None:
    """The lowest age of a band, None when no age is known."""
    return _YOUNGEST.get(age_band)


def seeker_row(side: Side) -> dict[str, Any]:
    """A seeking listing as in an instance file. What it asks of a household is a hard condition, not a preference."""
    wish = [f"household:{side.household_wish}"] if side.household_wish else []
    row: dict[str, Any] = {
        "id": side.id, "lat": side.lat, "lon": side.lon, "radius_km": side.radius_km, "party": side.party,
        "occasions": [d.occasion for d in side.dates], "conditions": [*dict.fromkeys(side.needs), *wish],
        "traits": [*(f"accepts:{a}" for a in dict.fromkeys(side.accepts)), *_is(side)],
        "interests": [*dict.fromkeys(side.interests)], "languages": [*dict.fromkeys(side.languages)],
        "household": side.household_wish or None, "waiting_days": max(0.0, side.waiting_days),
        "place": side.place or None,
    }  # fmt: skip
    age = youngest(side.age_band)
    return row if age is None else {**row, "age": age}


def host_row(side: Side) -> dict[str, Any]:
    """An offering listing as in an instance file. What the host needs, the guest has to accept."""
    wish = [f"is:{side.household_wish}"] if side.household_wish else []
    accepts = dict.fromkeys(side.accepts, True)
    if side.household_is:
        accepts[f"household:{side.household_is}"] = True
    return {
        "id": side.id, "lat": side.lat, "lon": side.lon, "seats": {d.occasion: d.free for d in side.dates},
        "accepts": accepts, "requires": [*(f"accepts:{n}" for n in dict.fromkeys(side.needs)), *wish],
        "interests": [*dict.fromkeys(side.interests)], "languages": [*dict.fromkeys(side.languages)],
        "household": side.household_is or None, "place": side.place or None,
    }  # fmt: skip


def _is(side: Side) -> list[str]:
    """Who would come; a woman who comes alone is somebody alone, too."""
    alone = ["is:single"] if side.household_is == "women" and side.party == 1 else []
    return [f"is:{side.household_is}", *alone] if side.household_is else []


def pin_fits(seeker: dict[str, Any], host: dict[str, Any], occasion: str, left: dict[tuple[str, str], int]) -> bool:
    """Whether a pair set by hand can still be kept; `left` counts seats per (host, occasion) and is lowered if so."""
    place = (host["id"], occasion)
    free = left.setdefault(place, host["seats"].get(occasion, 0))
    if free < seeker["party"] or 0 <= seeker.get("age", 99) < 18:
        return False
    left[place] = free - int(seeker["party"])
    return True


def no_time_to_wait(today: date, occasion: date) -> bool:
    """So near the day that both need the time that is left, whoever may still come."""
    return occasion - today <= _NEAR


def share_come(days_before: Sequence[int], days_left: int) -> float:
    """Which share of an earlier season had come so many days before its end; `days_before`: when each one came."""
    return sum(days >= days_left for days in days_before) / max(1, len(days_before))


def share_passed(days_since_first: int, days_left: int) -> float:
    """Which share of a season has come when it is the first one: as if they came evenly, until it is too late."""
    ahead = max(0, days_left - _NEAR.days)
    passed = max(1, days_since_first - days_left)
    return max(_FIRST_DAYS, passed / (passed + ahead))


def still_to_come(here: int, share: float, before: int) -> int:
    """How many more will come when `here` are `share` of a season. `before`: how many an earlier one had in all (0 if
    there was none), which counts as much as a tenth of this one.
    """
    known = _EARLIER if before else 0.0
    return round((here + known * before) / (share + known) * (1.0 - share))


def decision_deadline(now: datetime, occasion_starts: datetime) -> datetime:
    """By when a volunteer should have looked at a proposal: within a day, sooner when the occasion is near."""
    return max(now, min(now + _SHORT_ANSWER, now + (occasion_starts - now) / 4))
