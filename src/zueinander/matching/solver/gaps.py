"""Slot tables with room for hosts who come later."""

from __future__ import annotations

import numpy as np

from .instance import I64
from .kernels.search import LEAF
from .kernels.tables import Slots, Tree

_FILLED = 6  # of LEAF slots per leaf


def with_gaps(slots: Slots, occasions: int) -> tuple[Slots, I64]:
    """The slots with two empty places in every leaf (host -1, no seats), and where each place's slot came from (-1)."""
    first = np.searchsorted(slots.occ, np.arange(occasions + 1))
    source, places = [], []
    for o in range(occasions):
        count = int(first[o + 1] - first[o])
        leaves = max(1, -(-count // _FILLED))
        at = np.full((leaves, LEAF), -1, dtype=np.int64)
        at[:, :_FILLED].flat[:count] = np.arange(first[o], first[o + 1])
        source.append(at.ravel())
        places.append(np.full(leaves * LEAF, o, dtype=np.int32))
    where = np.concatenate([*source, np.zeros(0, dtype=np.int64)])
    occ = np.concatenate([*places, np.zeros(0, dtype=np.int32)])
    return _spread(slots, where, occ), where


def _spread(slots: Slots, where: I64, occ: np.ndarray) -> Slots:
    gap = where < 0
    stand_in = np.maximum.accumulate(np.where(gap, 0, where))  # a neighbour's place keeps boxes small
    if len(slots.host) == 0:
        blank = {
            name: np.zeros((len(where), *column.shape[1:]), column.dtype) for name, column in slots._asdict().items()
        }
        spread = Slots(**blank)
    else:
        spread = Slots(**{name: column[stand_in] for name, column in slots._asdict().items()})
    spread.seats[gap] = 0
    spread.host[gap] = -1
    return spread._replace(occ=occ)


def widen(tree: Tree, slots: Slots, j: int) -> None:
    """Let every branch above slot j know it: box, largest table, accepted conditions."""
    o = int(slots.occ[j])
    r = int((j - tree.first[o]) // LEAF + tree.leaves[o])
    while r >= 1:
        node = int(tree.offset[o]) + r
        np.minimum(tree.box[node, :3], slots.xyz[j], out=tree.box[node, :3])
        np.maximum(tree.box[node, 3:], slots.xyz[j], out=tree.box[node, 3:])
        tree.seats[node] = max(tree.seats[node], slots.seats[j])
        tree.accepts[node] |= slots.accepts[j]
        r //= 2


def nearest_gap(tree: Tree, slots: Slots, o: int, point: np.ndarray) -> int:
    """A free place for a slot at `point`, in the leaf closest to it; -1 when the occasion has none left."""
    start, stop = int(tree.first[o]), int(tree.first[o + 1])
    free = np.flatnonzero(slots.host[start:stop] == -1) + start
    if len(free) == 0:
        return -1
    node = tree.offset[o] + tree.leaves[o] + (free - start) // LEAF
    outside = np.maximum(0.0, np.maximum(tree.box[node, :3] - point, point - tree.box[node, 3:]))
    return int(free[np.argmin((outside**2).sum(axis=1))])
