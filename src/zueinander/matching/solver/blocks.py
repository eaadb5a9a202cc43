"""Slots in blocks for `kernels.blocks`, at given prices."""

from __future__ import annotations

from typing import Any

import numpy as np

from .instance import F64, I64, U64
from .kernels.blocks import (
    ACCEPTS,
    HOUSEHOLD,
    LANGUAGES,
    NORM,
    NUMBERS,
    OLDEST,
    PRICE,
    REQUIRES,
    SEATS,
    TAGS,
    WIDTH,
    YOUNGEST,
    Blocks,
)
from .kernels.tables import F32
from .problem import Problem

_BOX = np.float32(2e-7)  # above the rounding of a coordinate: a box holds all its points
_NOWHERE = (9.0, 9.0, 9.0, -9.0, -9.0, -9.0, 1e9, -1.0)


def build_blocks(problem: Problem, price: F64) -> Blocks:
    """All slots with the seats that are left; every seat of slot j costs `price[j]`."""
    first: I64 = problem.tree.first
    counts = -(-np.diff(first) // WIDTH)
    leaves = np.array([1 << int(n - 1).bit_length() if n else 0 for n in counts], dtype=np.int64)
    block = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    offset = np.concatenate([[0], np.cumsum(2 * leaves)]).astype(np.int64)
    number, mask = _columns(problem, price, first, block)
    node: F32 = np.tile(np.array(_NOWHERE, dtype=np.float32), (int(offset[-1]), 1))
    accepts: U64 = np.zeros(int(offset[-1]), dtype=np.uint64)
    for o in range(len(counts)):
        if counts[o]:
            _grow(problem, price, (int(first[o]), int(first[o + 1])), int(offset[o]), int(leaves[o]), node, accepts)
    return Blocks(number, mask, first, block, leaves, offset, node, accepts)


def _columns(problem: Problem, price: F64, first: I64, block: I64) -> tuple[F32, U64]:
    t, words = problem.slots, problem.slots.tags.shape[1]
    place = np.arange(len(t.occ)) - first[t.occ] + WIDTH * block[t.occ]
    row, lane = place // WIDTH, place % WIDTH
    number: F32 = np.zeros((int(block[-1]), NUMBERS, WIDTH), dtype=np.float32)
    mask: U64 = np.zeros((int(block[-1]), TAGS + words, WIDTH), dtype=np.uint64)
    number[:, SEATS] = -1.0  # an empty place seats nobody
    numbers: dict[int, Any] = {NORM: t.norm, PRICE: price, SEATS: problem.seats, YOUNGEST: t.age_min}
    numbers |= {OLDEST: t.age_max, HOUSEHOLD: t.household} | {axis: t.xyz[:, axis] for axis in range(3)}
    masks: dict[int, Any] = {ACCEPTS: t.accepts, REQUIRES: t.requires, LANGUAGES: t.languages}
    masks |= {TAGS + word: t.tags[:, word] for word in range(words)}
    for at, column in numbers.items():
        number[row, at, lane] = column
    for at, column in masks.items():
        mask[row, at, lane] = column
    return number, mask


def _grow(
    problem: Problem, price: F64, reach: tuple[int, int], base: int, leaves: int, node: F32, accepts: U64
) -> None:
    """The tree over the blocks of one occasion, whose slots are `reach`."""
    start, stop = reach
    t = problem.slots
    cuts = np.arange(start, stop, WIDTH)
    here = slice(base + leaves, base + leaves + len(cuts))
    node[here, :3] = np.minimum.reduceat(t.xyz[:stop], cuts, axis=0) - _BOX
    node[here, 3:6] = np.maximum.reduceat(t.xyz[:stop], cuts, axis=0) + _BOX
    node[here, 6] = np.minimum.reduceat(price[:stop], cuts)
    node[here, 7] = np.maximum.reduceat(problem.seats[:stop], cuts)
    accepts[here] = np.bitwise_or.reduceat(t.accepts[:stop], cuts)
    width = leaves
    while width > 1:
        left, right = (slice(base + width + side, base + 2 * width, 2) for side in (0, 1))
        width //= 2
        up = slice(base + width, base + 2 * width)
        for part, best in ((slice(0, 3), np.minimum), (slice(3, 6), np.maximum)):
            node[up, part] = best(node[left, part], node[right, part])
        node[up, 6] = np.minimum(node[left, 6], node[right, 6])
        node[up, 7] = np.maximum(node[left, 7], node[right, 7])
        accepts[up] = accepts[left] | accepts[right]
