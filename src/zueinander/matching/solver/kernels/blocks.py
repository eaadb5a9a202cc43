"""A whole season searched at frozen prices: slots in blocks that the processor compares side by side.

Single precision decides only what is looked at; what is found is counted in double precision.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from ..instance import F64, I32, I64, U64
from .bidding import Lists
from .jit import allocating, inlined, kernel
from .pair import chord2, closeness, is_forbidden, popcount, shared
from .tables import F32, Seeking, Slots, Terms

WIDTH = 16
DEPTH = 64
X, Y, Z, NORM, PRICE, SEATS, YOUNGEST, OLDEST, HOUSEHOLD = range(9)
NUMBERS = 9
ACCEPTS, REQUIRES, LANGUAGES, TAGS = range(4)
SLACK = 2e-5  # above every rounding of single precision in a worth
OUT = np.float32(-1e9)


class Blocks(NamedTuple):
    """Slots WIDTH by WIDTH, one row per column within a block, and a tree over the blocks of each occasion.

    Block b of occasion o is row `block[o] + b` of `number` and `mask`; its slots start at `first[o] + WIDTH * b`.
    Nodes are numbered as in `Tree`; a row of `node` holds the box, the least price of a seat and the largest table.
    """

    number: F32
    mask: U64
    first: I64
    block: I64
    leaves: I64
    offset: I64
    node: F32
    accepts: U64


class Asker(NamedTuple):
    """One seeker in single precision; `reach` and `rest` (the most that common ground can be worth) rounded up."""

    x: np.float32
    y: np.float32
    z: np.float32
    reach: np.float32
    party: np.float32
    age: np.float32
    household: np.float32
    tag: np.float32
    rest: np.float32


class Found(NamedTuple):
    """Room for one search: the list, best first (worth minus price in `value`, worth in `gross`), and its scratch."""

    slot: I32
    value: F64
    gross: F64
    stack: I64
    bounds: F32
    buffer: F32


@inlined
def asker(i: int, s: Seeking, terms: Terms) -> Asker:
    """Seeker i as the blocks are asked for."""
    rest = (terms.interests if s.norm[i] > 0.0 else 0.0) + (terms.languages if s.languages[i] else 0.0)
    rest += terms.household if s.household[i] >= 0 else 0.0
    return Asker(
        np.float32(s.xyz[i, 0]),
        np.float32(s.xyz[i, 1]),
        np.float32(s.xyz[i, 2]),
        np.float32(s.reach[i] * 1.001 + 1e-12),
        np.float32(s.party[i]),
        np.float32(s.age[i]),
        np.float32(s.household[i]),
        np.float32(terms.interests * s.norm[i]),
        np.float32(rest + SLACK),
    )


@inlined
def beyond(node: F32, low: int, at: np.float32) -> np.float32:
    """How far `at` is outside the box on one axis."""
    return max(np.float32(0.0), max(node[low] - at, at - node[low + 3]))


@inlined
def ceiling(n: int, head: float, a: Asker, needs: np.uint64, b: Blocks, terms: Terms) -> np.float32:
    """Nothing below the node is worth more than this; OUT when a hard rule excludes everything."""
    node = b.node[n]
    if needs & ~b.accepts[n] or node[7] < a.party:
        return OUT
    gx, gy, gz = beyond(node, 0, a.x), beyond(node, 1, a.y), beyond(node, 2, a.z)
    near = gx * gx + gy * gy + gz * gz
    if near > a.reach:
        return OUT
    close = np.float32(terms.closeness) * np.float32(math.exp(-np.float32(terms.scale) * math.sqrt(near)))
    return np.float32(head) + a.rest + close - a.party * node[6]  # type: ignore[no-any-return]


@inlined
def compare(c: int, i: int, head: np.float32, a: Asker, b: Blocks, s: Seeking, terms: Terms, out: F32) -> None:
    """Upper bounds of worth minus price in block c, OUT where a hard rule is broken; `head` is all but common ground.

    One straight pass without branches over contiguous rows: the compiler makes vector code of it.
    """
    needs, traits, tongues, mine = s.needs[i], s.traits[i], s.languages[i], s.tags[i, 0]
    home = np.float32(terms.household) if s.household[i] >= 0 else np.float32(0.0)
    for n in range(WIDTH):
        dx, dy, dz = b.number[c, X, n] - a.x, b.number[c, Y, n] - a.y, b.number[c, Z, n] - a.z
        bad = (needs & ~b.mask[c, ACCEPTS, n]) | (b.mask[c, REQUIRES, n] & ~traits)
        ok = (bad == np.uint64(0)) & (dx * dx + dy * dy + dz * dz <= a.reach) & (b.number[c, SEATS, n] >= a.party)
        ok &= (b.number[c, YOUNGEST, n] <= a.age) & (a.age <= b.number[c, OLDEST, n])
        common = np.float32(np.int64(popcount(mine & b.mask[c, TAGS, n])))
        worth = head + a.tag * common * b.number[c, NORM, n] - a.party * b.number[c, PRICE, n]
        worth += np.float32(terms.languages) if tongues & b.mask[c, LANGUAGES, n] else np.float32(0.0)
        worth += home if b.number[c, HOUSEHOLD, n] == a.household else np.float32(0.0)
        out[n] = worth if ok else OUT
    for w in range(1, b.mask.shape[1] - TAGS):
        mine = s.tags[i, w]
        for n in range(WIDTH):
            common = np.float32(np.int64(popcount(mine & b.mask[c, TAGS + w, n])))
            out[n] += a.tag * common * b.number[c, NORM, n]


@inlined
def keep_best(j: int, net: float, worth: float, filled: int, f: Found) -> int:
    """Put a slot into the list; returns how many it holds."""
    k = len(f.slot)
    at = filled if filled < k else k - 1
    while at > 0 and f.value[at - 1] < net:
        f.slot[at], f.value[at], f.gross[at] = f.slot[at - 1], f.value[at - 1], f.gross[at - 1]
        at -= 1
    f.slot[at], f.value[at], f.gross[at] = j, net, worth
    return filled + 1 if filled < k else k


@inlined
def look_into(
    start: int, i: int, head: float, floor: float, filled: int,
    s: Seeking, t: Slots, price: F64, terms: Terms, f: Found,
) -> int:  # fmt: skip
    """Count the slots of a block exactly that may beat the list; returns how many the list holds."""
    k = len(f.slot)
    for n in range(WIDTH):
        cut = floor if filled < k else f.value[k - 1]
        if f.buffer[n] <= cut:
            continue
        j = start + n
        chord = chord2(s, i, t, j)
        if chord > s.reach[i] or is_forbidden(s, i, t.host[j]):
            continue
        worth = head + shared(s, i, t, j, terms) + closeness(chord, terms)
        net = worth - s.party[i] * price[j]
        if net > cut:
            filled = keep_best(j, net, worth, filled, f)
    return filled


@inlined
def branch(
    o: int, r: int, size: int, cut: float, i: int, head: float,
    a: Asker, b: Blocks, s: Seeking, terms: Terms, f: Found,
) -> int:  # fmt: skip
    """Both children of node r that may beat `cut` onto the stack, the more promising one on top.

    Where both promise the same, seekers look in different places first: tables at one spot are known to somebody each.
    """
    first = ceiling(b.offset[o] + 2 * r, head, a, s.needs[i], b, terms)
    second = ceiling(b.offset[o] + 2 * r + 1, head, a, s.needs[i], b, terms)
    child, other = 2 * r, 2 * r + 1
    if first > second or (first == second and (i * 2654435761 + r * 40503) >> 15 & 1):
        child, other = other, child
        first, second = second, first
    if first > cut:
        f.stack[size], f.bounds[size] = child, first
        size += 1
    if second > cut:
        f.stack[size], f.bounds[size] = other, second
        size += 1
    return size


@inlined
def best_at(
    i: int, floor: float, s: Seeking, t: Slots, b: Blocks, price: F64, terms: Terms, f: Found
) -> int:  # fmt: skip
    """Fill `f` with the slots whose worth minus price is highest and above `floor`, over all occasions of seeker i."""
    a = asker(i, s, terms)
    k, filled = len(f.slot), 0
    for e in range(s.occ_ptr[i], s.occ_end[i]):
        o = s.occ[e]
        if o < 0 or b.leaves[o] == 0:
            continue
        head = s.base[i] + s.pref[e]
        f.stack[0], f.bounds[0] = 1, ceiling(b.offset[o] + 1, head, a, s.needs[i], b, terms)
        size = 1
        while size > 0:
            size -= 1
            r, top = f.stack[size], f.bounds[size]
            cut = floor if filled < k else f.value[k - 1]
            if top <= cut:
                continue
            if r < b.leaves[o]:
                size = branch(o, r, size, cut, i, head, a, b, s, terms, f)
                continue
            place = r - b.leaves[o]
            known = top + a.party * b.node[b.offset[o] + r, 6] - a.rest + np.float32(SLACK)
            compare(b.block[o] + place, i, known, a, b, s, terms, f.buffer)
            filled = look_into(b.first[o] + WIDTH * place, i, head, floor, filled, s, t, price, terms, f)
    return filled


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


@allocating
def room(k: int) -> Found:
    """Room for lists of k."""
    return Found(
        np.empty(k, np.int32),
        np.empty(k),
        np.empty(k),
        np.empty(DEPTH, np.int64),
        np.empty(DEPTH, np.float32),
        np.empty(WIDTH, np.float32),
    )


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
