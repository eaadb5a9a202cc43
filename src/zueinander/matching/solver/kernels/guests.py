"""The mirror image of the search: the best seekers for one slot of a new host."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..instance import F64, I32, I64, U64
from .jit import inlined, kernel
from .local import worth_of
from .pair import NEVER, closeness
from .search import DEPTH, LEAF
from .tables import Seeking, Slots, Terms


class Wishes(NamedTuple):
    """Seekers in search order, one implicit tree over all; `needs` is what everybody below a node needs."""

    row: I64
    leaves: int
    box: F64
    reach: F64
    party: I32
    needs: U64
    occasions: U64
    head: F64


@inlined
def top(w: Wishes, node: int, j: int, t: Slots, rest: float, terms: Terms) -> float:
    """No seeker below the node is worth more in slot j than this."""
    if (
        w.party[node] > t.seats[j]
        or w.needs[node] & ~t.accepts[j]
        or not w.occasions[node] >> np.uint64(t.occ[j] % 64) & np.uint64(1)
    ):
        return NEVER
    near = 0.0
    for axis in range(3):
        x = t.xyz[j, axis]
        gap = max(w.box[node, axis] - x, x - w.box[node, axis + 3])
        if gap > 0.0:
            near += gap * gap
    return NEVER if near > w.reach[node] else w.head[node] + rest + closeness(near, terms)


@kernel
def best_guests(j: int, k: int, w: Wishes, s: Seeking, t: Slots, terms: Terms) -> tuple[I64, F64]:
    """The k seekers worth most in slot j, best first."""
    found, value = np.empty(k, np.int64), np.empty(k)
    stack, bounds = np.empty(DEPTH, np.int64), np.empty(DEPTH)
    rest = terms.interests * (t.norm[j] > 0.0) + terms.languages + terms.household
    filled, size = 0, 0
    bounds[0] = top(w, 1, j, t, rest, terms) if w.leaves > 0 else NEVER
    if bounds[0] > NEVER:
        stack[0], size = 1, 1
    while size > 0:
        size -= 1
        r = stack[size]
        if filled == k and bounds[size] <= value[k - 1]:
            continue
        if r >= w.leaves:
            start = (r - w.leaves) * LEAF
            for n in range(start, min(start + LEAF, len(w.row))):
                worth = worth_of(w.row[n], j, s, t, terms)
                if worth <= NEVER or (filled == k and worth <= value[k - 1]):
                    continue
                at = filled if filled < k else k - 1
                while at > 0 and value[at - 1] < worth:
                    value[at], found[at] = value[at - 1], found[at - 1]
                    at -= 1
                value[at], found[at] = worth, w.row[n]
                filled = min(k, filled + 1)
            continue
        left, right = top(w, 2 * r, j, t, rest, terms), top(w, 2 * r + 1, j, t, rest, terms)
        first = 2 * r if left <= right else 2 * r + 1
        for child, bound in ((first, min(left, right)), (4 * r + 1 - first, max(left, right))):
            if bound > NEVER:
                stack[size], bounds[size] = child, bound
                size += 1
    return found[:filled], value[:filled]
