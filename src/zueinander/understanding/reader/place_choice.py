"""Which of several places of one name is meant, and what it is to the person."""

from __future__ import annotations

import math
import re

from .place_words import EVENT, LANDS, ORIGIN
from .places import Place

ALONE = 0.95  # how sure a name is that only one place has
_OPENS = frozenset(" ,(")
_BEHIND = re.compile(r"(?:,? |\(| \()(?:in )?([a-zäöü]{1,13})\b")


def within(found: list[Place], land: tuple[str, str] | None) -> list[Place]:
    """Those in the country and state that was named, all when there are none."""
    if land is None:
        return found
    country, state = land
    inside = [p for p in found if p.country == country and (not state or p.state == state)]
    return inside or found


def role(before: list[str]) -> str:
    """Where the person is, what happens there, where they come from, or a place only mentioned."""
    if not before:
        return "here"
    if before[-1] in ("nach", "richtung", "via"):
        return "other"
    if before[-1] in ("aus", "us", "from") and not ORIGIN.isdisjoint(before[-3:-1]):
        return "origin"
    return "event" if before[-1] in ("in", "bei") and not EVENT.isdisjoint(before[-3:-1]) else "here"


def land(low: str, end: int) -> tuple[str, str] | None:
    """The country and state whose short form stands behind a name."""
    match = _BEHIND.match(low, end) if low[end : end + 1] in _OPENS else None
    return LANDS.get(match[1]) if match else None


def choose(found: list[Place], anchors: list[Place], home: str) -> tuple[Place, float]:
    if len(found) == 1:
        return found[0], ALONE
    scored = sorted(((_weight(p, anchors, home), p) for p in found), key=lambda s: -s[0])
    share = 1 / sum(math.exp(s - scored[0][0]) for s, _ in scored)
    return scored[0][1], round(min(ALONE, share), 3)


def _weight(place: Place, anchors: list[Place], home: str) -> float:
    weight = math.log(place.population + 300) + (1.5 if place.country == home else 0.0) + (place.level == "region")
    for anchor in anchors:
        if anchor is not place and anchor.lat and anchor.lon and place.lat and place.lon:
            far = math.hypot((anchor.lat - place.lat) * 111, (anchor.lon - place.lon) * 72)
            weight += 4 * math.exp(-far / 30)
    return weight
