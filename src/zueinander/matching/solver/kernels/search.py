"""Best slots for one seeker, nearest branches first, whole branches left out when they cannot matter."""

from __future__ import annotations

import numpy as np

from ..instance import F64, I32, I64
from .jit import inlined, kernel
from .pair import NEVER, chord2, closeness, seat_price, shared, suits
from .tables import Market, Seeking, Slots, Terms, Tree

LEAF = 8
DEPTH = 128


@inlined
def box_chord2(s: Seeking, i: int, tree: Tree, node: int) -> float:
    """Least squared chord from seeker i to anything below the node."""
    total = 0.0
    for axis in range(3):
        x = s.xyz[i, axis]
        gap = max(tree.box[node, axis] - x, x - tree.box[node, axis + 3])
        if gap > 0.0:
            total += gap * gap
    return total


@inlined
def insert(found: I32, value: F64, worth: F64, filled: int, slot: int, net: float, gross: float) -> int:
    """Put a slot into the list sorted by net value, best first; returns how many are filled."""
    k = found.shape[0]
    at = filled if filled < k else k - 1
    while at > 0 and value[at - 1] < net:
        found[at] = found[at - 1]
        value[at] = value[at - 1]
        worth[at] = worth[at - 1]
        at -= 1
    found[at] = slot
    value[at] = net
    worth[at] = gross
    return filled + 1 if filled < k else k


@inlined
def limit(node: int, i: int, head: float, rest: float, s: Seeking, tree: Tree, terms: Terms) -> float:
    """No slot below the node is worth more to seeker i than this; NEVER when a hard rule excludes them all."""
    if tree.seats[node] < s.party[i] or s.needs[i] & ~tree.accepts[node] or tree.low[node] == np.inf:
        return NEVER
    near = box_chord2(s, i, tree, node)
    if near > s.reach[i]:
        return NEVER
    return s.share[i] * (head + rest + closeness(near, terms)) - tree.low[node]  # type: ignore[no-any-return]


@inlined
def scan_leaf(
    i: int, start: int, stop: int, near: float, head: float, floor: float, filled: int,
    s: Seeking, t: Slots, m: Market, terms: Terms, found: I32, value: F64, worth: F64,
) -> int:  # fmt: skip
    """Try every slot of a leaf; `near` is the most that closeness can give there, which spares most exponentials."""
    k = found.shape[0]
    for j in range(start, stop):
        chord = chord2(s, i, t, j)
        if chord > s.reach[i] or not suits(s, i, t, j):
            continue
        ground = head + shared(s, i, t, j, terms)
        price = seat_price(m, t, j, m.size[i])
        cut = floor if filled < k else value[k - 1]
        if s.share[i] * (ground + near) - price <= cut:
            continue
        gross = s.share[i] * (ground + closeness(chord, terms))
        if gross - price > cut:
            filled = insert(found, value, worth, filled, j, gross - price, gross)
    return filled


@inlined
def best_slots(
    i: int, floor: float, s: Seeking, t: Slots, tree: Tree, m: Market, terms: Terms,
    found: I32, value: F64, worth: F64, stack: I64, bounds: F64,
) -> int:  # fmt: skip
    """The slots with the highest worth minus price above `floor`, best first, over all occasions of seeker i."""
    k = found.shape[0]
    filled = 0
    rest = (terms.interests if s.norm[i] > 0.0 else 0.0) + (terms.languages if s.languages[i] else 0.0)
    rest += terms.household if s.household[i] >= 0 else 0.0
    for e in range(s.occ_ptr[i], s.occ_end[i]):
        o = s.occ[e]
        if o < 0:
            continue
        head = s.base[i] + s.pref[e]
        top = limit(tree.offset[o] + 1, i, head, rest, s, tree, terms) if tree.leaves[o] > 0 else NEVER
        size = 0
        if top > floor:
            stack[0] = 1
            bounds[0] = top
            size = 1
        while size > 0:
            size -= 1
            r = stack[size]
            if bounds[size] <= (floor if filled < k else value[k - 1]):
                continue
            if r >= tree.leaves[o]:
                start = tree.first[o] + (r - tree.leaves[o]) * LEAF
                stop = min(start + LEAF, tree.first[o + 1])
                near = (bounds[size] + tree.low[tree.offset[o] + r]) / s.share[i] - head - rest
                filled = scan_leaf(i, start, stop, near, head, floor, filled, s, t, m, terms, found, value, worth)
                continue
            size = push_children(i, 2 * r, o, head, rest, s, tree, terms, stack, bounds, size, floor)
    return filled


@inlined
def push_children(
    i: int, child: int, o: int, head: float, rest: float, s: Seeking, tree: Tree, terms: Terms,
    stack: I64, bounds: F64, size: int, floor: float,
) -> int:  # fmt: skip
    """Both children onto the stack, the more promising one on top."""
    left = limit(tree.offset[o] + child, i, head, rest, s, tree, terms)
    right = limit(tree.offset[o] + child + 1, i, head, rest, s, tree, terms)
    first, second = child, child + 1
    if left > right:
        first, second = second, first
        left, right = right, left
    if left > floor:
        stack[size] = first
        bounds[size] = left
        size += 1
    if right > floor:
        stack[size] = second
        bounds[size] = right
        size += 1
    return size


@kernel
def ranked(i: int, k: int, s: Seeking, t: Slots, tree: Tree, m: Market, terms: Terms) -> tuple[I32, F64]:
    """The k best slots for seeker i at the market's prices."""
    found, value, worth = np.empty(k, np.int32), np.empty(k), np.empty(k)
    stack, bounds = np.empty(DEPTH, np.int64), np.empty(DEPTH)
    filled = best_slots(i, NEVER / 2, s, t, tree, m, terms, found, value, worth, stack, bounds)
    return found[:filled], value[:filled]
