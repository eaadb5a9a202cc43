"""A whole season searched at frozen prices: slots in blocks that the processor compares side by side.

Single precision decides only what is looked at; what is found is counted in double precision.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from ..instance import F64, I32, I64, U64
from .jit import allocating, inlined
from .pair import chord2, closeness, is_forbidden, popcount, shared
from .tables import F32, Seeking, Slots, Terms

WIDTH = 16
DEPTH = 64
X, Y, Z, NORM, PRICE, SEATS, YOUNGEST, OLDEST, HOUSEHOLD = range(9)
NUMBERS = 9
ACCEPTS, REQUIRES, LANGUAGES, TAGS = range(4)
NODE_PRICE, NODE_SEATS, NODE_NORM, NODE_NUMBERS = 6, 7, 8, 9  # after the box
SLACK = 2e-5  # of a worth of one: above every rounding of single precision
POINT = np.float32(3e-7)  # above the rounding of a distance on the unit sphere, about two metres
OUT = np.float32(-1e9)


class Blocks(NamedTuple):
    """Slots WIDTH by WIDTH, one row per column within a block, and a tree over the blocks of each occasion.

    Blocks are in an order of their own; `slot` names the slot of every place (-1: empty). The blocks of occasion o
    start at row `block[o]`. Nodes are numbered as in `Tree`, the leaf of block b is node `leaf[b]`; a row of `node`
    holds the box, the least price of a seat, the largest table and the largest norm, `accepts` and `tags` whatever
    anybody below accepts and likes (the first 64 interests).
    """

    slot: I32
    number: F32
    mask: U64
    block: I64
    leaf: I64
    leaves: I64
    offset: I64
    node: F32
    accepts: U64
    tags: U64


class Asker(NamedTuple):
    """One seeker in single precision, rounded up: `tag` is what one common interest is worth at a host's norm of 1."""

    x: np.float32
    y: np.float32
    z: np.float32
    reach: np.float32
    party: np.float32
    age: np.float32
    household: np.float32
    tag: np.float32
    other: int  # interests beyond the first 64
    rest: np.float32  # the most that language and household can be worth, and SLACK


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
    rest = terms.languages if s.languages[i] else 0.0
    rest += terms.household if s.household[i] >= 0 else 0.0
    rest += SLACK * max(1.0, 0.25 * (s.base[i] + terms.closeness + terms.interests + rest))
    other = 0
    for w in range(1, s.tags.shape[1]):
        other += popcount(s.tags[i, w])
    reach = math.sqrt(s.reach[i]) + POINT
    return Asker(
        np.float32(s.xyz[i, 0]),
        np.float32(s.xyz[i, 1]),
        np.float32(s.xyz[i, 2]),
        np.float32(reach * reach * 1.00001),
        np.float32(s.party[i]),
        np.float32(s.age[i]),
        np.float32(s.household[i]),
        np.float32(terms.interests * s.norm[i]),
        other,
        np.float32(rest),
    )


@inlined
def fading(x: np.float32) -> np.float32:
    """Never below exp(-x), and little above it up to x = 3."""
    one = np.float32(1.0)
    sixth, twentyfourth = np.float32(1.0 / 6.0), np.float32(1.0 / 24.0)
    more = sixth + x * (twentyfourth + x * np.float32(1.0 / 120.0))
    return one / (one + x * (one + x * (np.float32(0.5) + x * more)))


@inlined
def beyond(node: F32, low: int, at: np.float32) -> np.float32:
    """How far `at` is outside the box on one axis."""
    return max(np.float32(0.0), max(node[low] - at, at - node[low + 3]))


@inlined
def apart(n: int, a: Asker, b: Blocks) -> np.float32:
    """Least squared chord from the seeker to anything below the node."""
    gx, gy, gz = beyond(b.node[n], 0, a.x), beyond(b.node[n], 1, a.y), beyond(b.node[n], 2, a.z)
    return gx * gx + gy * gy + gz * gz


@inlined
def ceiling(n: int, i: int, head: float, a: Asker, b: Blocks, s: Seeking, terms: Terms) -> np.float32:
    """Nothing below the node is worth more than this; OUT when a hard rule excludes everything."""
    node = b.node[n]
    if s.needs[i] & ~b.accepts[n] or node[NODE_SEATS] < a.party:
        return OUT
    near = apart(n, a, b)
    if near > a.reach:
        return OUT
    close = np.float32(terms.closeness) * fading(np.float32(terms.scale) * np.float32(math.sqrt(near)))
    common = np.float32(np.int64(popcount(s.tags[i, 0] & b.tags[n])) + a.other)  # |A & B| / sqrt |B| <= sqrt |A & B|
    ground = a.tag * min(common * node[NODE_NORM], np.float32(math.sqrt(common)))
    return np.float32(head) + a.rest + close + ground - a.party * node[NODE_PRICE]  # type: ignore[no-any-return]


@inlined
def compare(c: int, i: int, head: np.float32, a: Asker, b: Blocks, s: Seeking, terms: Terms, out: F32) -> None:
    """Upper bounds of worth minus price in block c, OUT where a hard rule is broken.

    `head` is what every slot there is worth, with SLACK. One straight pass without branches over contiguous rows: the
    compiler makes vector code of it.
    """
    needs, traits, tongues, mine = s.needs[i], s.traits[i], s.languages[i], s.tags[i, 0]
    home = np.float32(terms.household) if s.household[i] >= 0 else np.float32(0.0)
    near, scale = np.float32(terms.closeness), np.float32(terms.scale)
    for n in range(WIDTH):
        dx, dy, dz = b.number[c, X, n] - a.x, b.number[c, Y, n] - a.y, b.number[c, Z, n] - a.z
        chord = dx * dx + dy * dy + dz * dz
        bad = (needs & ~b.mask[c, ACCEPTS, n]) | (b.mask[c, REQUIRES, n] & ~traits)
        ok = (bad == np.uint64(0)) & (chord <= a.reach) & (b.number[c, SEATS, n] >= a.party)
        ok &= (b.number[c, YOUNGEST, n] <= a.age) & (a.age <= b.number[c, OLDEST, n])
        common = np.float32(np.int64(popcount(mine & b.mask[c, TAGS, n])))
        worth = head + a.tag * common * b.number[c, NORM, n] - a.party * b.number[c, PRICE, n]
        worth += near * fading(scale * max(np.float32(0.0), np.float32(math.sqrt(chord)) - POINT))
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
    c: int, i: int, head: float, floor: float, filled: int,
    s: Seeking, t: Slots, b: Blocks, price: F64, terms: Terms, f: Found,
) -> int:  # fmt: skip
    """Count the slots of block c exactly that may beat the list; returns how many the list holds."""
    k = len(f.slot)
    for n in range(WIDTH):
        cut = floor if filled < k else f.value[k - 1]
        if f.buffer[n] <= cut:
            continue
        j = b.slot[c, n]
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
    first = ceiling(b.offset[o] + 2 * r, i, head, a, b, s, terms)
    second = ceiling(b.offset[o] + 2 * r + 1, i, head, a, b, s, terms)
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
    slack = a.rest - (np.float32(terms.languages) if s.languages[i] else np.float32(0.0))
    slack -= np.float32(terms.household) if s.household[i] >= 0 else np.float32(0.0)
    k, filled = len(f.slot), 0
    for e in range(s.occ_ptr[i], s.occ_end[i]):
        o = s.occ[e]
        if o < 0 or b.leaves[o] == 0:
            continue
        head = s.base[i] + s.pref[e]
        f.stack[0], f.bounds[0] = 1, ceiling(b.offset[o] + 1, i, head, a, b, s, terms)
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
            c = b.block[o] + r - b.leaves[o]
            compare(c, i, np.float32(head) + slack, a, b, s, terms, f.buffer)
            filled = look_into(c, i, head, floor, filled, s, t, b, price, terms, f)
    return filled


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
