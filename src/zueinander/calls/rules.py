"""Grouping people who wait so that nobody can be recognised. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from zueinander.shared.geo import distance_km

FEWEST = 3  # fewer people than this are never told of in public
NEAR_KM = 60.0
Key = TypeVar("Key")
COUNTRIES = {"DE": "Deutschland", "AT": "Österreich", "CH": "der Schweiz"}


@dataclass(frozen=True, slots=True)
class Town:
    """A town large enough that its name tells nothing about one person."""

    name: str
    country: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Waiting(Generic[Key]):
    """Somebody (a listing's id) who waits for company on an occasion."""

    who: str
    occasion: Key
    country: str
    lat: float
    lon: float


def area_of(waiting: Waiting[Key], towns: Sequence[Town]) -> str:
    """The nearest large town within 60 km, as "Raum Mannheim"; "" when there is none."""
    best, at = NEAR_KM, ""
    for town in towns:
        if (
            abs(town.lat - waiting.lat) < 0.6
            and (km := distance_km(waiting.lat, waiting.lon, town.lat, town.lon)) < best
        ):
            best, at = km, f"im Raum {town.name}"
    return at


def gaps(people: Iterable[Waiting[Key]], towns: Sequence[Town]) -> dict[tuple[Key, str], int]:
    """How many wait, by (occasion, area).

    Whoever is one of fewer than three there counts for the country; fewer than three even there are left out.
    """
    near: dict[tuple[Key, str], list[Waiting[Key]]] = defaultdict(list)
    for person in people:
        near[person.occasion, area_of(person, towns)].append(person)
    found = {place: len(group) for place, group in near.items() if place[1] and len(group) >= FEWEST}
    wide: dict[tuple[Key, str], int] = defaultdict(int)
    for place, group in near.items():
        if place not in found:
            for person in group:
                wide[place[0], f"in {COUNTRIES[person.country]}" if person.country in COUNTRIES else ""] += 1
    return found | {place: n for place, n in wide.items() if place[1] and n >= FEWEST}


def words(hashtag: str, occasion: str, area: str, waiting: int, address: str) -> str:
    """The appeal: how many, where roughly, for when, and what a reader can do. No name, no town of a person."""
    return (
        f"Für {occasion} suchen {area} noch {waiting} Menschen Gesellschaft. Ist an deinem Tisch ein Platz frei? "
        f"Schreib uns oder melde dich hier: {address} #{hashtag}"
    )
