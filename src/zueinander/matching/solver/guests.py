"""Ranked seekers for one new host, the mirror image of `candidates.Index`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .explain import reasons
from .instance import F64, I64, Ident, Instance
from .kernels.guests import Wishes, best_guests
from .kernels.search import LEAF
from .kernels.tables import Seeking
from .parse import more_hosts
from .problem import build_seeking, build_slots, build_terms, curve_position, open_seekers
from .result import Language
from .scoring import terms, travel_km


@dataclass(frozen=True, slots=True)
class Guest:
    """A seeker for whom the host asked about keeps every hard rule; `score` is the sum of `terms`."""

    seeker: Ident
    occasion: str
    score: float
    terms: dict[str, float]
    km: float
    reasons: list[str]


class GuestIndex:
    """Open seekers made ready for questions; build it from an instance parsed with `growing=True`."""

    def __init__(self, instance: Instance) -> None:
        self._instance = replace(instance, weights=instance.weights)
        seeking = build_seeking(instance)
        aims = instance.weights.company + instance.weights.hard_to_place * instance.seekers.hard
        self._seeking = seeking._replace(base=seeking.base - aims)
        self._wishes = _wishes(self._seeking, open_seekers(instance))

    def candidates(self, host: dict[str, Any], k: int = 20, *, language: Language = "de") -> list[Guest]:
        """The k best seekers for a host given as in an instance file, best first, over all its occasions."""
        names = self._instance.vocabulary.occasions
        known = {**host, "seats": {o: n for o, n in host.get("seats", {}).items() if o in names}}
        row = more_hosts([known], self._instance)
        asked = replace(self._instance, hosts=row)
        slots, _ = build_slots(row)
        kept = build_terms(asked.weights)
        found: list[tuple[float, int, int]] = []
        for j in range(len(slots.host)):
            who, worth = best_guests(j, k, self._wishes, self._seeking, slots, kept)
            found += zip((-worth).tolist(), who.tolist(), [int(slots.occ[j])] * len(who), strict=True)
        found = sorted(found)[:k]
        seekers = np.array([i for _, i, _ in found], dtype=np.int64)
        occasions = np.array([o for _, _, o in found], dtype=np.int64)
        return _describe(asked, seekers, occasions, language)


def _describe(asked: Instance, seekers: I64, occasions: I64, language: Language) -> list[Guest]:
    host = np.zeros(len(seekers), dtype=np.int64)
    table = terms(asked, seekers, host, occasions)
    km = travel_km(asked, seekers, host)
    out = []
    for n, (i, o) in enumerate(zip(seekers.tolist(), occasions.tolist(), strict=True)):
        parts = {name: float(column[n]) for name, column in table.items()}
        said = reasons(asked, i, 0, o, parts, language)
        names = asked.seekers.ids[i], asked.vocabulary.occasions[o]
        out.append(Guest(*names, sum(parts.values()), parts, float(km[n]), said))
    return out


def _wishes(seeking: Seeking, rows: I64) -> Wishes:
    """Seekers along the space-filling curve, and what is true of everybody below each node."""
    order = rows[np.argsort(curve_position(seeking.xyz[rows]), kind="stable")]
    buckets = -(-len(order) // LEAF)
    leaves = 1 << (buckets - 1).bit_length() if buckets else 0
    best = seeking.base[order] + _dearest(seeking, order)
    days = np.array([_day_bits(seeking, int(i)) for i in order], dtype=np.uint64)
    full = np.uint64(0xFFFFFFFFFFFFFFFF)

    def up(ufunc: np.ufunc, column: Any, empty: Any) -> Any:
        level = np.full((2 * leaves, *column.shape[1:]), empty, dtype=column.dtype)
        if leaves:
            level[leaves : leaves + buckets] = ufunc.reduceat(column, np.arange(0, len(order), LEAF), axis=0)
        width = leaves
        while width > 1:
            half = width // 2
            level[half:width] = ufunc(level[width : 2 * width : 2], level[width + 1 : 2 * width : 2])
            width = half
        return level

    xyz = seeking.xyz[order]
    box: F64 = np.concatenate([up(np.minimum, xyz, 9.0), up(np.maximum, xyz, -9.0)], axis=1)
    return Wishes(
        row=order,
        leaves=leaves,
        box=np.ascontiguousarray(box),
        reach=up(np.maximum, seeking.reach[order], -1.0),
        party=up(np.minimum, seeking.party[order], np.iinfo(np.int32).max),
        needs=up(np.bitwise_and, seeking.needs[order], full),
        occasions=up(np.bitwise_or, days, 0),
        head=up(np.maximum, best, 0.0),
    )


def _dearest(seeking: Seeking, rows: I64) -> F64:
    """Preference of each seeker's first occasion, the highest it has."""
    return np.asarray(seeking.pref[seeking.occ_ptr[rows]])


def _day_bits(seeking: Seeking, i: int) -> int:
    mask = 0
    for o in seeking.occ[seeking.occ_ptr[i] : seeking.occ_end[i]].tolist():
        mask |= 1 << (o % 64)
    return mask
