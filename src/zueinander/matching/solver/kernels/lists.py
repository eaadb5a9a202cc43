"""Every seeker of a season in turn: what could be gained at frozen prices, and which slots are worth knowing."""

from __future__ import annotations

import numpy as np

from ..instance import F64, I64
from .bidding import Lists
from .blocks import DEPTH, NODE_PRICE, NODE_SEATS, OUT, PRICE, SEATS, WIDTH, Asker, Blocks, apart, asker, best_at, room
from .jit import inlined, kernel
from .pair import chord2, suits
from .tables import F32, Seeking, Slots, Terms


@kernel
def gains(rows: I64, floor: F64, s: Seeking, t: Slots, b: Blocks, price: F64, terms: Terms) -> F64:
    """For each row of seekers the highest worth minus price over all slots, or `floor` if that is more.

    A floor known to be reached spares most of the search.
    """
    out = floor.copy()
    f = room(1)
    for n in range(len(rows)):
        if best_at(rows[n], floor[n], s, t, b, price, terms, f) > 0:
            out[n] = f.value[0]
    return out


@inlined
def known_at(i: int, slot: int, known: int, lists: Lists) -> bool:
    """Whether the slot is among the first `known` of list i."""
    for e in range(known):  # noqa: SIM110 - generators do not compile
        if lists.cand[i, e] == slot:
            return True
    return False


@inlined
def worst_at(i: int, party: int, net: float, price: F64, lists: Lists) -> int:
    """Where list i, which is full, holds the least at these prices; -1 when everything there is better than `net`."""
    at = -1
    for e in range(lists.cand.shape[1]):
        other = lists.gross[i, e] - party * price[lists.cand[i, e]]
        if other < net:
            at, net = e, other
    return at


@inlined
def enough(i: int, party: int, price: F64, lists: Lists, best: F64) -> float:
    """What the list's len(best)-th best slot brings at these prices, 0 if there are not so many: less is of no use."""
    best[:] = 0.0
    last = len(best) - 1
    for e in range(lists.filled[i]):
        net = lists.gross[i, e] - party * price[lists.cand[i, e]]
        if net > best[last]:
            at = last
            while at > 0 and best[at - 1] < net:
                best[at] = best[at - 1]
                at -= 1
            best[at] = net
    return best[last]  # type: ignore[no-any-return]


@kernel
def enlarge(rows: I64, k: int, s: Seeking, t: Slots, b: Blocks, price: F64, terms: Terms, lists: Lists) -> None:
    """Add the k best slots at these prices to the rows' lists; in a full list they replace the worst."""
    f, best = room(k), np.empty(k // 2)
    for n in range(len(rows)):
        i = rows[n]
        known = lists.filled[i]
        for c in range(best_at(i, enough(i, s.party[i], price, lists, best), s, t, b, price, terms, f)):
            if known_at(i, f.slot[c], known, lists):
                continue
            at = known if known < lists.cand.shape[1] else worst_at(i, s.party[i], f.value[c], price, lists)
            if at >= 0:
                known = max(known, at + 1)
                lists.cand[i, at], lists.gross[i, at] = f.slot[c], f.gross[c]
        lists.filled[i] = known


@inlined
def seat_below(c: int, i: int, least: np.float32, s: Seeking, t: Slots, b: Blocks) -> np.float32:
    """The least price below `least` in block c of a slot that keeps every hard rule, else `least`."""
    for n in range(WIDTH):
        if b.number[c, PRICE, n] < least and b.number[c, SEATS, n] >= s.party[i]:
            j = b.slot[c, n]
            if suits(s, i, t, j) and chord2(s, i, t, j) <= s.reach[i]:
                least = b.number[c, PRICE, n]
    return least


@inlined
def floor_price(n: int, i: int, a: Asker, b: Blocks, s: Seeking) -> np.float32:
    """No seat below the node is cheaper; -OUT when a hard rule excludes everything."""
    if s.needs[i] & ~b.accepts[n] or b.node[n, NODE_SEATS] < a.party or apart(n, a, b) > a.reach:
        return -OUT
    return b.node[n, NODE_PRICE]  # type: ignore[no-any-return]


@kernel
def cheapest(rows: I64, s: Seeking, t: Slots, b: Blocks, terms: Terms) -> F32:
    """For each row of seekers the least price of a seat that keeps every hard rule; at most 1 / party."""
    out = np.empty(len(rows), np.float32)
    stack, bounds = np.empty(DEPTH, np.int64), np.empty(DEPTH, np.float32)
    for n in range(len(rows)):
        i = rows[n]
        a = asker(i, s, terms)
        least = np.float32(1.0) / a.party
        for e in range(s.occ_ptr[i], s.occ_end[i]):
            o = s.occ[e]
            if o < 0 or b.leaves[o] == 0:
                continue
            stack[0], bounds[0] = 1, floor_price(b.offset[o] + 1, i, a, b, s)
            size = 1
            while size > 0:
                size -= 1
                r = stack[size]
                if bounds[size] >= least:
                    continue
                if r >= b.leaves[o]:
                    least = seat_below(b.block[o] + r - b.leaves[o], i, least, s, t, b)
                    continue
                size = both(b.offset[o], r, size, least, i, a, b, s, stack, bounds)
        out[n] = least
    return out


@inlined
def both(
    base: int, r: int, size: int, least: np.float32, i: int, a: Asker, b: Blocks, s: Seeking, stack: I64, bounds: F32
) -> int:
    """Both children of node r with a seat below `least` onto the stack, the cheaper (else the nearer) one on top."""
    left, right = floor_price(base + 2 * r, i, a, b, s), floor_price(base + 2 * r + 1, i, a, b, s)
    child, other = 2 * r, 2 * r + 1
    if left < right or (left == right and apart(base + 2 * r, a, b) < apart(base + 2 * r + 1, a, b)):
        child, other = other, child
        left, right = right, left
    if left < least:
        stack[size], bounds[size] = child, left
        size += 1
    if right < least:
        stack[size], bounds[size] = other, right
        size += 1
    return size
