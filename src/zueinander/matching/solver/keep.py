"""Reruns stay calm: pending proposals are kept unless what replaces them is clearly better."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from .instance import I64
from .problem import Problem
from .scoring import broken_rules, score

Placing = dict[int, int]  # seeker row -> slot


@dataclass(slots=True)
class Change:
    """A set of moves that stand or fall together: nobody outside it is touched by them."""

    seekers: list[int]
    slots: set[int]


def keep_proposed(problem: Problem, seekers: I64, slots: I64) -> tuple[I64, I64]:
    """The new pairs, with every pending one put back whose replacement is not clearly better.

    Old and new differ in groups of moves that hang together by shared tables. A group is taken over when it places more
    parties, or as many and more hard-to-place ones, or else gains `weights.keep` in score per changed pair. So a rerun
    of an unchanged instance changes nothing: the groups once turned down are turned down again.
    """
    old = still_possible(problem)
    if not old:
        return seekers, slots
    new: Placing = dict(zip(seekers.tolist(), slots.tolist(), strict=True))
    merged = dict(new)
    for change in _changes(old, new):
        if not _clearly_better(problem, change, old, new):
            for who in change.seekers:
                merged.pop(who, None)
                if who in old:
                    merged[who] = old[who]
    rows = np.array(sorted(merged), dtype=np.int64)
    return rows, np.array([merged[int(row)] for row in rows], dtype=np.int64)


def still_possible(problem: Problem) -> Placing:
    """Pending proposals that break no rule today, in the order given, while seats last."""
    pending = problem.instance.proposed
    if not pending:
        return {}
    row_of = {(int(h), int(o)): n for n, (h, o) in enumerate(zip(problem.slots.host, problem.slots.occ, strict=True))}
    known = [(s, row_of[h, o]) for s, h, o in pending if (h, o) in row_of]
    who = np.array([s for s, _ in known], dtype=np.int64)
    slot = np.array([j for _, j in known], dtype=np.int64)
    host, occ = problem.slots.host[slot].astype(np.int64), problem.slots.occ[slot].astype(np.int64)
    broken = broken_rules(problem.instance, who, host, occ, problem.seats[slot].astype(np.int64))
    fine = ~np.logical_or.reduce(list(broken.values()))
    left, placed = problem.seats.copy(), Placing()
    may = set(problem.open.tolist())
    for (s, j), ok in zip(known, fine.tolist(), strict=True):
        if ok and s in may and s not in placed and left[j] >= problem.seeking.party[s]:
            placed[s] = j
            left[j] -= problem.seeking.party[s]
    return placed


def _changes(old: Placing, new: Placing) -> Iterable[Change]:
    """The differences in groups that share tables."""
    moved = [who for who in sorted(old.keys() | new.keys()) if old.get(who) != new.get(who)]
    group: dict[int, int] = {}

    def root(slot: int) -> int:
        while group.setdefault(slot, slot) != slot:
            group[slot] = group[group[slot]]
            slot = group[slot]
        return slot

    for who in moved:
        tables = [placing[who] for placing in (old, new) if who in placing]
        group[root(tables[0])] = root(tables[-1])
    found: dict[int, Change] = {}
    for who in moved:
        tables = [placing[who] for placing in (old, new) if who in placing]
        change = found.setdefault(root(tables[0]), Change([], set()))
        change.seekers.append(who)
        change.slots.update(tables)
    return found.values()


def _clearly_better(problem: Problem, change: Change, old: Placing, new: Placing) -> bool:
    before, after = (_worth(problem, change, placing) for placing in (old, new))
    if before[:2] != after[:2]:
        return after[:2] > before[:2]
    return after[2] > before[2] + problem.instance.weights.keep * len(change.seekers)


def _worth(problem: Problem, change: Change, placing: Placing) -> tuple[int, int, float]:
    """Parties placed, hard-to-place ones among them, sum of scores."""
    who = np.array([s for s in change.seekers if s in placing], dtype=np.int64)
    slot = np.array([placing[int(s)] for s in who], dtype=np.int64)
    host, occ = problem.slots.host[slot].astype(np.int64), problem.slots.occ[slot].astype(np.int64)
    total = float(score(problem.instance, who, host, occ).sum()) if len(who) else 0.0
    return len(who), int(problem.instance.seekers.hard[who].sum()), total
