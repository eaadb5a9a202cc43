"""Small repairs of a running market: who would like a seat that has become free."""

from __future__ import annotations

import numpy as np

from ..instance import I32, I64
from .auction import refresh
from .jit import inlined, kernel
from .pair import NEVER, chord2, closeness, seat_price, shared, suits
from .tables import Market, Seeking, Slots, Terms, Tree


@inlined
def worth_of(i: int, j: int, s: Seeking, t: Slots, terms: Terms) -> float:
    """Worth of the pair, NEVER when a hard rule forbids it."""
    for e in range(s.occ_ptr[i], s.occ_end[i]):
        if s.occ[e] == t.occ[j]:
            chord = chord2(s, i, t, j)
            if chord > s.reach[i] or not suits(s, i, t, j):
                return NEVER
            return s.share[i] * (s.base[i] + s.pref[e] + shared(s, i, t, j, terms) + closeness(chord, terms))  # type: ignore[no-any-return]
    return NEVER


@kernel
def suitors(j: int, k: int, rows: I64, margin: float, s: Seeking, t: Slots, m: Market, terms: Terms) -> I32:
    """Up to k parties of `rows` that would gain more than `margin` by moving to slot j today, most first."""
    found, gain = np.empty(k, np.int32), np.empty(k)
    filled = 0
    for n in range(len(rows)):
        i = rows[n]
        if m.at[i] == j or m.size[i] > t.seats[j]:
            continue
        worth = worth_of(i, j, s, t, terms)
        if worth <= NEVER:
            continue
        net = worth - seat_price(m, t, j, m.size[i])
        if m.at[i] >= 0:
            net -= worth_of(i, m.at[i], s, t, terms)
        if net > margin and (filled < k or net > gain[k - 1]):
            at = filled if filled < k else k - 1
            while at > 0 and gain[at - 1] < net:
                gain[at], found[at] = gain[at - 1], found[at - 1]
                at -= 1
            gain[at], found[at] = net, i
            filled = min(k, filled + 1)
    return found[:filled]


@kernel
def willing(j: int, rows: I64, s: Seeking, t: Slots, terms: Terms) -> I64:
    """Those of `rows` for whom slot j keeps every hard rule."""
    keep = np.zeros(len(rows), np.bool_)
    for n in range(len(rows)):
        keep[n] = worth_of(rows[n], j, s, t, terms) > NEVER
    return rows[keep]


@kernel
def relax(
    j: int, most: int, rows: I64, epsilon: float, s: Seeking, t: Slots, tree: Tree, m: Market, terms: Terms
) -> I32:
    """Seats of slot j became cheaper: whoever could now go there defends the own seat with no more than that is worth.

    This makes other seats cheaper in turn; the slots it reached (at most `most`, j first) are returned.
    """
    touched = np.empty(most, np.int32)
    best = np.empty(m.cost.shape[1] + 1)
    touched[0] = j
    known, done = 1, 0
    while done < known:
        a = touched[done]
        done += 1
        for n in range(len(rows)):
            i = rows[n]
            b = m.at[i]
            if b < 0 or b == a or m.paid[i] <= epsilon:
                continue
            other = worth_of(i, a, s, t, terms)
            if other <= NEVER:
                continue
            bid = worth_of(i, b, s, t, terms) - other + seat_price(m, t, a, m.size[i]) + epsilon
            if bid < m.paid[i] - epsilon:
                m.paid[i] = max(0.0, bid)
                refresh(b, t, tree, m, best)
                if known < most and not np.any(touched[:known] == b):
                    touched[known] = b
                    known += 1
    return touched[:known]
