"""How many people live where a listing is: in a village it is harder to find company."""

from __future__ import annotations

from functools import lru_cache

from zueinander.understanding.reader import lookup

_NEAR = 0.1  # degrees: a listing's place is coarse, and the name may stand for another place as well


@lru_cache(maxsize=50_000)
def people_in(place: str, country: str, lat: float, lon: float) -> int | None:
    """None for a place the gazetteer does not know by this name at this spot."""
    for known in lookup(place, country or None, limit=5):
        there = known.lat is not None and known.lon is not None and _close(known.lat, lat) and _close(known.lon, lon)
        if there and known.level == "city" and known.population:
            return known.population
    return None


def _close(one: float, other: float) -> bool:
    return abs(one - other) < _NEAR
