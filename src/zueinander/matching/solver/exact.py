"""Small instances to the proven optimum, by HiGHS (through SciPy), one aim after the other.

Also spares a small run the compilation of the kernels.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, vstack

from .instance import F64, I64, Instance
from .problem import Problem
from .scoring import broken_rules, score

PAIR_LIMIT = 40_000  # seeker-slot pairs looked at one by one
EDGE_LIMIT = 1_500  # feasible ones among them
_SECONDS = 5.0


@dataclass(slots=True)
class Edges:
    """Feasible (seeker, slot) pairs and their scores; `slot` counts in the problem's slot order."""

    seeker: I64
    slot: I64
    score: F64


@dataclass(slots=True)
class Optimum:
    """Chosen edges, and proven limits: of the number of pairs, and of their score under that number."""

    chosen: I64
    count_bound: int
    value_bound: float


def small_edges(problem: Problem) -> Edges | None:
    """All feasible pairs, or None when the instance is not small."""
    if len(problem.open) * len(problem.seats) > PAIR_LIMIT:
        return None
    edges = feasible_edges(problem, problem.open, np.arange(len(problem.seats)))
    return edges if len(edges.seeker) <= EDGE_LIMIT else None


def feasible_edges(problem: Problem, seekers: I64, slots: I64) -> Edges:
    """Every pair of the two lists that breaks no rule."""
    i = np.repeat(seekers, len(slots))
    j = np.tile(slots, len(seekers))
    host, occ = problem.slots.host[j].astype(np.int64), problem.slots.occ[j].astype(np.int64)
    broken = broken_rules(problem.instance, i, host, occ, problem.seats[j].astype(np.int64))
    ok = ~np.logical_or.reduce(list(broken.values()))
    i, j, host, occ = i[ok], j[ok], host[ok], occ[ok]
    return Edges(i, j, score(problem.instance, i, host, occ))


def solve_exactly(problem: Problem, edges: Edges) -> Optimum | None:
    """Most parties, then most hard-to-place ones among them, then the highest score; None if it takes long."""
    instance: Instance = problem.instance
    if len(edges.seeker) == 0:
        return Optimum(np.zeros(0, dtype=np.int64), 0, 0.0)
    seats_rule = _seats_rule(problem, edges)
    hard = instance.seekers.hard[edges.seeker].astype(np.float64)
    aims = [np.ones(len(hard)), hard, edges.score]
    if not hard.any() or instance.weights.hard_to_place == 0:
        del aims[1]
    rules = [seats_rule]
    chosen = np.zeros(0, dtype=np.int64)
    count = 0
    for n, aim in enumerate(aims):
        found = milp(
            -aim,
            constraints=rules,
            integrality=np.ones(len(aim)),
            bounds=Bounds(0, 1),
            options={"time_limit": _SECONDS, "mip_rel_gap": 1e-9},
        )
        if found.status != 0:
            return None
        chosen = np.flatnonzero(found.x > 0.5)
        reached = round(float(aim[chosen].sum())) if n < len(aims) - 1 else 0
        count = len(chosen) if n == 0 else count
        rules = [*rules, LinearConstraint(csr_array(aim[None, :]), reached - 0.5, np.inf)]
    value = float(edges.score[chosen].sum())
    return Optimum(chosen, count, value + 1e-9 * max(1.0, value))


def _seats_rule(problem: Problem, edges: Edges) -> LinearConstraint:
    """Each party sits at one table at most; parties at a table need no more than its seats."""
    columns = np.arange(len(edges.seeker))
    people, who = np.unique(edges.seeker, return_inverse=True)
    tables, where = np.unique(edges.slot, return_inverse=True)
    party = problem.seeking.party[edges.seeker].astype(np.float64)
    once = csr_array((np.ones(len(columns)), (who, columns)), shape=(len(people), len(columns)))
    room = csr_array((party, (where, columns)), shape=(len(tables), len(columns)))
    limits = np.concatenate([np.ones(len(people)), problem.seats[tables]])
    return LinearConstraint(vstack([once, room], format="csr"), -np.inf, limits)
