"""Slots in blocks for `kernels.blocks`: laid out for certain prices, offered at any."""

from __future__ import annotations

from typing import Any

import numpy as np

from .instance import F64, I32, I64, U64
from .kernels.arrange import arrange
from .kernels.blocks import (
    ACCEPTS,
    HOUSEHOLD,
    LANGUAGES,
    NODE_NORM,
    NODE_NUMBERS,
    NODE_PRICE,
    NODE_SEATS,
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
from .kernels.tables import F32, Slots
from .problem import Problem

_BOX = np.float32(2e-7)  # above the rounding of a coordinate: a box holds all its points
SMALL = 0.1  # of worth: what differs by less in place and price is sorted by interests


def lay_out(problem: Problem, price: F64) -> Blocks:
    """All slots, every seat of slot j at `price[j]`. What is alike to those who search comes to the same block."""
    t = problem.slots
    first: I64 = problem.tree.first
    counts = -(-np.diff(first) // WIDTH)
    leaves = np.array([1 << int(n - 1).bit_length() if n else 0 for n in counts], dtype=np.int64)
    block = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    offset = np.concatenate([[0], np.cumsum(2 * leaves)]).astype(np.int64)
    occ = np.repeat(np.arange(len(counts)), counts)
    slot: I32 = np.full((int(block[-1]), WIDTH), -1, dtype=np.int32)
    slot.flat[np.arange(len(t.occ)) - first[t.occ] + WIDTH * block[t.occ]] = _order(problem, price, leaves)
    number, mask = _columns(t, slot)
    nodes = int(offset[-1])
    made = Blocks(
        slot=slot,
        number=number,
        mask=mask,
        block=block,
        leaf=offset[occ] + leaves[occ] + np.arange(len(occ)) - block[occ],
        leaves=leaves,
        offset=offset,
        node=np.full((nodes, NODE_NUMBERS), -1e9, dtype=np.float32),
        accepts=np.zeros(nodes, dtype=np.uint64),
        tags=np.zeros(nodes, dtype=np.uint64),
    )
    _grow(made)
    offer(made, price, problem.seats)
    return made


def offer(b: Blocks, price: F64, seats: I32) -> None:
    """Every seat of slot j costs `price[j]` from now on, and `seats[j]` of them are left."""
    b.number[:, PRICE] = np.where(b.slot < 0, np.float32(9e9), price[b.slot])
    b.number[:, SEATS] = np.where(b.slot < 0, np.float32(-1.0), seats[b.slot])
    b.node[b.leaf, NODE_PRICE] = b.number[:, PRICE].min(axis=1)
    b.node[b.leaf, NODE_SEATS] = b.number[:, SEATS].max(axis=1)
    for left, right, up in _levels(b):
        b.node[up, NODE_PRICE] = np.minimum(b.node[left, NODE_PRICE], b.node[right, NODE_PRICE])
        b.node[up, NODE_SEATS] = np.maximum(b.node[left, NODE_SEATS], b.node[right, NODE_SEATS])


def _order(problem: Problem, price: F64, leaves: I64) -> I64:
    """Slots by occasion, halved by place and price, whichever is worth more, and at last sorted by interests."""
    t, first, terms = problem.slots, problem.tree.first, problem.terms
    likes = np.zeros(len(t.occ), dtype=np.uint64)
    for bit in range(64):
        likes = (likes << np.uint64(1)) | ((t.tags[:, 0] >> np.uint64(bit)) & np.uint64(1))
    out, axes = np.arange(len(t.occ)), np.vstack([t.xyz.T * (terms.closeness * terms.scale), price])
    for o in range(len(leaves)):
        arrange(out[first[o] : first[o + 1]], int(leaves[o]), axes, likes, SMALL)
    return out


def _columns(t: Slots, slot: I32) -> tuple[F32, U64]:
    """What `kernels.blocks` compares, except for prices and seats."""
    there, words = slot >= 0, t.tags.shape[1]
    number: F32 = np.zeros((len(slot), NUMBERS, WIDTH), dtype=np.float32)
    mask: U64 = np.zeros((len(slot), TAGS + words, WIDTH), dtype=np.uint64)
    numbers: dict[int, Any] = {NORM: t.norm, YOUNGEST: t.age_min, OLDEST: t.age_max, HOUSEHOLD: t.household}
    numbers |= {axis: t.xyz[:, axis] for axis in range(3)}
    masks = {ACCEPTS: t.accepts, REQUIRES: t.requires, LANGUAGES: t.languages}
    masks |= {TAGS + word: t.tags[:, word] for word in range(words)}
    for at, column in numbers.items():
        number[:, at] = np.where(there, column[slot], 0)
    for at, bits in masks.items():
        mask[:, at] = np.where(there, bits[slot], 0)
    return number, mask


def _grow(b: Blocks) -> None:
    """What no price changes of the tree: boxes, the largest norm, accepted conditions, interests."""
    there = b.slot[:, None, :] >= 0
    b.node[:, :3], b.node[:, 3:6] = 9.0, -9.0
    b.node[b.leaf, :3] = np.where(there, b.number[:, :3], np.float32(9.0)).min(axis=2) - _BOX
    b.node[b.leaf, 3:6] = np.where(there, b.number[:, :3], np.float32(-9.0)).max(axis=2) + _BOX
    b.node[b.leaf, NODE_NORM] = b.number[:, NORM].max(axis=1)
    b.node[:, NODE_PRICE] = 9e9
    b.accepts[b.leaf] = np.bitwise_or.reduce(b.mask[:, ACCEPTS], axis=1)
    b.tags[b.leaf] = np.bitwise_or.reduce(b.mask[:, TAGS], axis=1)
    for left, right, up in _levels(b):
        b.node[up, :3] = np.minimum(b.node[left, :3], b.node[right, :3])
        b.node[up, 3:6] = np.maximum(b.node[left, 3:6], b.node[right, 3:6])
        b.node[up, NODE_NORM] = np.maximum(b.node[left, NODE_NORM], b.node[right, NODE_NORM])
        b.accepts[up] = b.accepts[left] | b.accepts[right]
        b.tags[up] = b.tags[left] | b.tags[right]


def _levels(b: Blocks) -> list[tuple[slice, slice, slice]]:
    """Left children, right children and parents, level by level upwards, of every occasion's tree."""
    out = []
    for base, leaves in zip(b.offset.tolist(), b.leaves.tolist(), strict=False):
        width = leaves
        while width > 1:
            below, width = base + width, width // 2
            stop = below + 2 * width
            out.append((slice(below, stop, 2), slice(below + 1, stop, 2), slice(base + width, below)))
    return out
