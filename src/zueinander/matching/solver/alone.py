"""Why somebody stays without company, and which table comes closest: what calls for hosts are written from."""

from __future__ import annotations

import numpy as np

from .explain import unmatched_reason
from .instance import I64
from .problem import Problem
from .result import Language, Nearest, Unmatched
from .scoring import RULES, broken_rules, travel_km

_HARDNESS = {
    "adult": 0,
    "occasion": 1,
    "distance": 1,
    "seats": 20,
    "conditions": 20,
    "requires": 20,
    "age": 20,
    "forbidden": 1000,
}


def explain_alone(problem: Problem, seeker: int, language: Language = "de") -> Unmatched:
    """The honest reason for one seeker, looking at every slot of every host."""
    instance = problem.instance
    s = instance.seekers
    code, fitting, nearest, host = _look_around(problem, seeker)
    if 0 <= s.age[seeker] < instance.weights.adult_age:
        code, nearest = "minor", None
    elif s.occ_ptr[seeker] == s.occ_ptr[seeker + 1]:
        code = "no_occasion"
    reason = unmatched_reason(instance, seeker, code, fitting, nearest, host, language)
    return Unmatched(s.ids[seeker], code, reason, nearest)


def _look_around(problem: Problem, seeker: int) -> tuple[str, int, Nearest | None, int]:
    instance = problem.instance
    slots = np.arange(len(problem.slots.host))
    if len(slots) == 0:
        return "no_host", 0, None, -1
    hosts = problem.slots.host.astype(np.int64)
    occasions = problem.slots.occ.astype(np.int64)
    who = np.full(len(slots), seeker, dtype=np.int64)
    seats = instance.hosts.slot_seats[problem.row_of_slot].astype(np.int64)
    broken = broken_rules(instance, who, hosts, occasions, seats)
    km = travel_km(instance, who, hosts)
    fits = ~np.logical_or.reduce([flags for name, flags in broken.items() if name != "adult"])
    others = ~fits & ~broken["forbidden"]
    nearest_slot = _closest(broken, km, others)
    nearest = None
    host = -1
    if nearest_slot >= 0:
        host = int(hosts[nearest_slot])
        misses = tuple(rule for rule in RULES if rule != "adult" and broken[rule][nearest_slot])
        name = instance.vocabulary.occasions[occasions[nearest_slot]]
        nearest = Nearest(instance.hosts.ids[host], name, float(km[nearest_slot]), misses)
    if fits.any():
        return "taken", len(np.unique(hosts[fits])), nearest, host
    wanted = ~broken["occasion"]
    if not wanted.any():
        return "no_host", 0, nearest, host
    only_far = wanted & ~np.logical_or.reduce(
        [flags for name, flags in broken.items() if name not in ("distance", "adult")]
    )
    near = wanted & ~broken["distance"]
    return ("rules" if near.any() and not only_far.any() else "distance"), 0, nearest, host


def _closest(broken: dict[str, np.ndarray], km: np.ndarray, among: np.ndarray) -> int:
    """A table that fits but for day or distance goes before any other; then the shorter way."""
    rows: I64 = np.flatnonzero(among)
    if len(rows) == 0:
        return -1
    misses = sum(_HARDNESS[rule] * broken[rule][rows].astype(np.int64) for rule in RULES)
    return int(rows[np.lexsort((rows, km[rows], np.asarray(misses) // 20))[0]])
