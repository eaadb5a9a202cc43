"""The rules beside which the matcher is measured, over all tables: compiled, so that large seasons can be compared."""

from __future__ import annotations

import heapq

import numpy as np

from zueinander.matching.solver.instance import F64, I32, I64
from zueinander.matching.solver.kernels.auction import refresh, seat
from zueinander.matching.solver.kernels.jit import inlined, kernel
from zueinander.matching.solver.kernels.search import DEPTH, best_slots
from zueinander.matching.solver.kernels.tables import Market, Seeking, Slots, Terms, Tree
from zueinander.matching.solver.problem import Problem, build_tree, open_market

KNOWN = 8  # tables that a greedy seeker keeps in mind between two searches


@inlined
def stay(i: int, j: int, t: Slots, tree: Tree, m: Market, best: F64) -> None:
    """Party i takes seats of slot j for good."""
    seat(i, j, np.inf, m)
    refresh(j, t, tree, m, best)


@kernel
def in_turn(queue: I64, s: Seeking, t: Slots, tree: Tree, m: Market, terms: Terms) -> None:
    """Everybody of the queue in turn takes the best table that has seats left."""
    found, value, worth = np.empty(1, np.int32), np.empty(1), np.empty(1)
    stack, bounds, best = np.empty(DEPTH, np.int64), np.empty(DEPTH), np.empty(m.cost.shape[1] + 1)
    for n in range(len(queue)):
        if best_slots(queue[n], 0.0, s, t, tree, m, terms, found, value, worth, stack, bounds) > 0:
            stay(queue[n], found[0], t, tree, m, best)


@kernel
def best_pair_first(
    rows: I64, score: F64, s: Seeking, t: Slots, tree: Tree, m: Market, terms: Terms, found: I32, value: F64
) -> None:
    """Of all possible pairs the one with the highest score sits down, then the highest of what is left, to the end.

    `score` has room for every seeker, `found` and `value` for KNOWN tables of each. As both sides want the highest
    score, no seeker and host would rather have each other: it is the stable matching.
    """
    k = found.shape[1]
    worth, stack, bounds = np.empty(k), np.empty(DEPTH, np.int64), np.empty(DEPTH)
    best, at = np.empty(m.cost.shape[1] + 1), np.zeros(len(score), np.int32)
    count = np.zeros(len(score), np.int32)
    heap = [(0.0, 0) for _ in range(0)]
    for i in rows:
        count[i] = best_slots(i, 0.0, s, t, tree, m, terms, found[i], value[i], worth, stack, bounds)
        if count[i] > 0:
            heap.append((-value[i, 0], i))
    heapq.heapify(heap)
    while len(heap) > 0:
        _, i = heapq.heappop(heap)
        j = found[i, at[i]]
        if m.cost[j, s.party[i] - 1] == 0.0:
            stay(i, j, t, tree, m, best)
            continue
        while at[i] < count[i] and m.cost[found[i, at[i]], s.party[i] - 1] > 0.0:
            at[i] += 1
        if at[i] == count[i] and count[i] == k:
            at[i], count[i] = 0, best_slots(i, 0.0, s, t, tree, m, terms, found[i], value[i], worth, stack, bounds)
        if at[i] < count[i]:
            heapq.heappush(heap, (-value[i, at[i]], i))


def first_come(problem: Problem, rows: I64) -> I32:
    """The slot of every seeker, -1 for none, when they come in the order of `rows`."""
    market = open_market(problem, candidates=1)
    in_turn(rows, problem.seeking, problem.slots, _tree(problem), market, problem.terms)
    return market.at


def stable(problem: Problem) -> I32:
    """The slot of every seeker, -1 for none, in the stable matching."""
    market, n = open_market(problem, candidates=1), len(problem.seeking.party)
    best_pair_first(
        problem.open, np.zeros(n), problem.seeking, problem.slots, _tree(problem), market, problem.terms,
        np.zeros((n, KNOWN), np.int32), np.zeros((n, KNOWN)),
    )  # fmt: skip
    return market.at


def _tree(problem: Problem) -> Tree:
    """A tree of its own: prices are written into it."""
    return build_tree(problem.slots, len(problem.instance.vocabulary.occasions))
