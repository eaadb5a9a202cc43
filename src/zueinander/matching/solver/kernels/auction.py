"""Parties bid for seats until nobody wants to move (Bertsekas' auction, with several parties per table).

Each bid raises the sum of bids in its slot by at least epsilon, so the auction ends.
"""

from __future__ import annotations

import numpy as np

from ..instance import F64, I32
from .jit import allocating, inlined, kernel
from .pair import eviction_costs, seat_price
from .search import DEPTH, LEAF, best_slots
from .tables import Market, Seeking, Slots, Terms, Tree


@inlined
def refresh(j: int, t: Slots, tree: Tree, m: Market, best: F64) -> None:
    """Recompute what seats of slot j cost, and the least price on the way up the tree."""
    most = m.cost.shape[1]
    eviction_costs(m, j, most, best)
    for g in range(most):
        m.cost[j, g] = best[g + 1]
    o = t.occ[j]
    leaf = (j - tree.first[o]) // LEAF
    r = leaf + tree.leaves[o]
    start = tree.first[o] + leaf * LEAF
    low = np.inf
    for other in range(start, min(start + LEAF, tree.first[o + 1])):
        low = min(low, m.cost[other, 0])
    while r >= 1 and tree.low[tree.offset[o] + r] != low:
        tree.low[tree.offset[o] + r] = low
        r //= 2
        if r >= 1:
            low = min(tree.low[tree.offset[o] + 2 * r], tree.low[tree.offset[o] + 2 * r + 1])


@inlined
def remove(i: int, m: Market) -> None:
    """Party i gives its seats up."""
    j = m.at[i]
    last = m.held_ptr[j] + m.sitting[j] - 1
    for e in range(m.held_ptr[j], last + 1):
        if m.held[e] == i:
            m.held[e] = m.held[last]
            break
    m.sitting[j] -= 1
    m.free[j] += m.size[i]
    m.at[i] = -1
    m.paid[i] = 0.0


@inlined
def seat(i: int, j: int, bid: float, m: Market) -> None:
    """Party i takes free seats of slot j."""
    m.held[m.held_ptr[j] + m.sitting[j]] = i
    m.sitting[j] += 1
    m.free[j] -= m.size[i]
    m.at[i] = j
    m.paid[i] = bid


@allocating
def evict(j: int, need: int, m: Market, out: I32) -> int:
    """Free at least `need` seats of slot j at the least sum of bids; the parties that go are written to `out`."""
    need -= m.free[j]
    if need <= 0:
        return 0
    held = m.held[m.held_ptr[j] : m.held_ptr[j] + m.sitting[j]].copy()
    best = np.full(need + 1, np.inf)
    best[0] = 0.0
    chosen = np.zeros((len(held), need + 1), np.bool_)
    for h in range(len(held)):
        for g in range(need, 0, -1):
            other = best[max(0, g - m.size[held[h]])] + m.paid[held[h]]
            if other < best[g]:
                best[g] = other
                chosen[h, g] = True
    gone = 0
    g = need
    for h in range(len(held) - 1, -1, -1):
        if g > 0 and chosen[h, g]:
            g = max(0, g - m.size[held[h]])
            out[gone] = held[h]
            gone += 1
            remove(held[h], m)
    return gone


@inlined
def appraise(i: int, t: Slots, m: Market) -> tuple[int, float, float]:
    """Best known candidate of party i, its net worth, and the second best's (never below 0: staying alone)."""
    best, first, second = -1, 0.0, 0.0
    for c in range(m.filled[i]):
        j = m.cand[i, c]
        net = m.worth[i, c] - seat_price(m, t, j, m.size[i])
        if net > first:
            best, second, first = j, first, net
        elif net > second:
            second = net
    return best, first, second


@kernel
def auction(
    queue: I32, waiting: int, epsilon: float, s: Seeking, t: Slots, tree: Tree, m: Market, terms: Terms
) -> tuple[int, int]:
    """Let the first `waiting` parties of `queue` (a ring as long as there are parties) bid until all rest.

    Returns the number of bids and of searches.
    """
    k = m.cand.shape[1]
    found, value, worth = np.empty(k, np.int32), np.empty(k), np.empty(k)
    stack, bounds = np.empty(DEPTH, np.int64), np.empty(DEPTH)
    best = np.empty(m.cost.shape[1] + 1)
    gone = np.empty(max(1, m.most_held), np.int32)
    head, bids, searches = 0, 0, 0
    ring = len(queue)
    while waiting > 0:
        i = queue[head]
        head = head + 1 if head + 1 < ring else 0
        waiting -= 1
        j, first, second = -1, 0.0, 0.0
        if m.filled[i] >= 0:
            j, first, second = appraise(i, t, m)
        if m.filled[i] < 0 or second < m.beyond[i]:
            searches += 1
            filled = best_slots(i, 0.0, s, t, tree, m, terms, found, value, worth, stack, bounds)
            for c in range(filled):
                m.cand[i, c] = found[c]
                m.worth[i, c] = worth[c]
            m.filled[i] = filled
            m.beyond[i] = value[k - 1] if filled == k else 0.0
            j, first, second = appraise(i, t, m)
        if j < 0:
            continue
        bids += 1
        price = seat_price(m, t, j, m.size[i])
        n = evict(j, m.size[i], m, gone)
        seat(i, j, price + first - second + epsilon, m)
        refresh(j, t, tree, m, best)
        for e in range(n):
            tail = head + waiting
            queue[tail if tail < ring else tail - ring] = gone[e]
            waiting += 1
    return bids, searches


@kernel
def refresh_slot(j: int, t: Slots, tree: Tree, m: Market) -> None:
    """Bring the prices of slot j and of the branches above it up to date."""
    refresh(j, t, tree, m, np.empty(m.cost.shape[1] + 1))


@kernel
def vacate(i: int, t: Slots, tree: Tree, m: Market) -> int:
    """Party i leaves its slot, which is returned (-1 when it had none)."""
    j = m.at[i]
    if j >= 0:
        remove(i, m)
        refresh(j, t, tree, m, np.empty(m.cost.shape[1] + 1))
    return j  # type: ignore[no-any-return]


@kernel
def make_room(j: int, need: int, t: Slots, tree: Tree, m: Market) -> I32:
    """Free seats of slot j at the least loss; the parties that had to go."""
    gone = np.empty(max(1, m.most_held), np.int32)
    n = evict(j, need, m, gone)
    refresh(j, t, tree, m, np.empty(m.cost.shape[1] + 1))
    return gone[:n]


@kernel
def sit_down(rows: I32, slot: I32, paid: F64, m: Market) -> None:
    """Every party of `rows` takes free seats of its slot. Prices are not yet brought up to date."""
    for n in range(len(rows)):
        seat(rows[n], slot[rows[n]], paid[rows[n]], m)


@kernel
def refresh_all(t: Slots, tree: Tree, m: Market) -> None:
    """Bring all prices up to date."""
    best = np.empty(m.cost.shape[1] + 1)
    for j in range(len(t.occ)):
        refresh(j, t, tree, m, best)
