"""Every number that shapes a proposal, named, with its unit and what turning it up does."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final

from .errors import InstanceError

EARTH_RADIUS_KM: Final = 6371.0088  # mean radius, IUGG
DEFAULT_HARD_NEEDS: Final = ("wheelchair", "allergy")


@dataclass(frozen=True, slots=True)
class Weights:
    """Terms of the score (closeness .. household), the order of aims (company, hard_to_place), constants of the rules.

    The score of a pair is the sum of the six terms; each term is its weight times a share between 0 and 1.
    """

    closeness: float = 0.45
    closeness_km: float = 20.0
    interests: float = 0.25
    preference: float = 0.10
    waiting: float = 0.10
    waiting_full_days: float = 14.0
    languages: float = 0.05
    household: float = 0.05
    company: float = 3.0
    hard_to_place: float = 0.5
    hard_party: float = 3.0
    hard_population: float = 2000.0
    hard_needs: tuple[str, ...] = DEFAULT_HARD_NEEDS
    keep: float = 0.05
    detour_factor: float = 1.3
    adult_age: float = 18.0


DESCRIPTIONS: Final[Mapping[str, str]] = {
    "closeness": "Share: exp(-travel km / closeness_km). Higher: nearer pairs, less regard for common ground.",
    "closeness_km": "Kilometres after which closeness has fallen to 37 %. Higher: distance matters less among "
    "reachable hosts.",
    "interests": "Share: cosine of the two interest lists. Higher: more common ground, longer ways.",
    "preference": "Share: 1 for the first occasion named, 1/2 for the second, 1/3 for the third. Higher: "
    "first choices kept.",
    "waiting": "Share: waiting days / waiting_full_days, at most 1. Higher: whoever waited longest goes "
    "first when seats are short.",
    "waiting_full_days": "Days of waiting that count in full.",
    "languages": "Share: 1 when both name a common language. Higher: shared language counts more.",
    "household": "Share: 1 when the seeker's household wish is the host's household.",
    "company": "Worth of one more seeker with company, in score units; above the largest score it comes "
    "before everything else.",
    "hard_to_place": "Worth of a hard-to-place seeker on top of company; below company. Higher: they are served "
    "first, at a price shown.",
    "hard_party": "Parties of this size and more are hard to place.",
    "hard_population": "Seekers in places with fewer people are hard to place (when the instance names the "
    "population).",
    "hard_needs": "Needs that make a seeker hard to place.",
    "keep": "What a pending proposal's replacement must win per changed pair, in score units, before it is replaced.",
    "detour_factor": "Travel distance = great circle times this factor (roads are not straight); 1.0 is the "
    "great circle itself.",
    "adult_age": "Seekers younger than this are never matched by the machine.",
}

_POSITIVE: Final = {"closeness_km", "waiting_full_days"}


def parse_weights(raw: object) -> Weights:
    """Weights from an instance's `weights` object; raises InstanceError naming the entry."""
    if not isinstance(raw, dict):
        raise InstanceError("weights", "must be an object")
    known = {field.name for field in fields(Weights)}
    values: dict[str, object] = {}
    for name, value in raw.items():
        if name not in known:
            raise InstanceError(f"weights.{name}", "unknown weight")
        values[name] = _needs(value) if name == "hard_needs" else _number(name, value)
    return Weights(**values)  # type: ignore[arg-type]


def _needs(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise InstanceError("weights.hard_needs", "must be a list of names")
    return tuple(value)


def _number(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise InstanceError(f"weights.{name}", "must be a number")
    number = float(value)
    if not math.isfinite(number) or number < 0:
        raise InstanceError(f"weights.{name}", "must be a finite number, not negative")
    if name in _POSITIVE and number == 0:
        raise InstanceError(f"weights.{name}", "must be above 0")
    if name == "detour_factor" and number < 1:
        raise InstanceError("weights.detour_factor", "must be at least 1")
    return number
