"""An order of slots in which blocks of neighbours are small boxes, and within a neighbourhood of a like mind."""

from __future__ import annotations

import numpy as np

from ..instance import F64, I64, U64
from .blocks import DEPTH, WIDTH
from .jit import inlined, kernel


@inlined
def select(order: I64, key: F64, start: int, stop: int, at: int) -> None:
    """Reorder `order[start:stop]` so that nothing before place `at` has a greater key than anything from there on."""
    low, high = start, stop - 1
    while low < high:
        pivot = key[order[(low + high) // 2]]
        left, right = low, high
        while left <= right:
            while key[order[left]] < pivot:
                left += 1
            while key[order[right]] > pivot:
                right -= 1
            if left <= right:
                order[left], order[right] = order[right], order[left]
                left += 1
                right -= 1
        if at <= right:
            high = right
        elif at >= left:
            low = left
        else:
            return


@kernel
def arrange(order: I64, leaves: int, axes: F64, likes: U64, small: float) -> None:
    """Halve `order` again and again across its longest side, until that is below `small`; then sort it by `likes`.

    Every half but the last fills a power of two of blocks, as the tree over them is laid out.
    """
    starts, stops, widths = np.empty(DEPTH, np.int64), np.empty(DEPTH, np.int64), np.empty(DEPTH, np.int64)
    starts[0], stops[0], widths[0] = 0, len(order), leaves
    size = 1
    while size > 0:
        size -= 1
        start, stop, width = starts[size], stops[size], widths[size]
        axis, side = -1, small
        for a in range(len(axes)):
            low, high = np.inf, -np.inf
            for n in range(start, stop):
                x = axes[a, order[n]]
                low, high = min(low, x), max(high, x)
            if high - low > side:
                axis, side = a, high - low
        if width == 1:
            continue
        if axis < 0:
            mine = order[start:stop]
            order[start:stop] = mine[np.argsort(likes[mine])]
            continue
        half = width // 2
        cut = start + half * WIDTH
        if cut >= stop:
            starts[size], stops[size], widths[size] = start, stop, half
            size += 1
            continue
        select(order, axes[axis], start, stop, cut)
        starts[size], stops[size], widths[size] = start, cut, half
        starts[size + 1], stops[size + 1], widths[size + 1] = cut, stop, half
        size += 2
