"""What stands between spaces in many texts, found at once and told apart by a key of 63 bits.

A key is a polynomial over the characters, its base drawn anew by every process: whoever writes a text cannot make two
words that share a key, and among a hundred million different ones no two are likely to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import SystemRandom
from typing import Any

import numpy as np

from .codes import codes

Array = np.ndarray[Any, Any]
_BASE, _MIX, _LAST = (SystemRandom().getrandbits(64) | 1 for _ in range(3))
_HALF = np.uint64(32)


class _Powers:
    """Powers of the base and of its inverse."""

    def __init__(self) -> None:
        self._kept = self._made(1 << 12)

    def _made(self, size: int) -> tuple[Array, Array]:
        up, down = (np.full(size, base, np.uint64) for base in (_BASE, pow(_BASE, -1, 1 << 64)))
        return np.multiply.accumulate(up), np.multiply.accumulate(down)

    def __call__(self, size: int) -> tuple[Array, Array]:
        """At least so many."""
        if size > len(self._kept[0]):
            self._kept = self._made(size * 2)
        return self._kept


_POWERS = _Powers()


@dataclass(slots=True)
class Split:
    """Pieces of several texts in their order: key, text, and place in that text; and where they are in `whole`."""

    keys: Array
    text: Array
    place: Array
    whole: str
    begin: Array
    stop: Array

    def piece(self, number: int) -> str:
        return self.whole[self.begin[number] : self.stop[number]]


def split(lows: Sequence[str]) -> Split:
    """The pieces of folded texts; a line break is one by itself."""
    spaced = [low.replace("\n", " \n ") if "\n" in low else low for low in lows]
    whole = "\0".join(spaced) + "\0"
    signs = codes(whole)
    gaps = np.flatnonzero((signs == 32) | (signs == 0))
    begin = np.concatenate([[0], gaps[:-1] + 1])
    real = np.flatnonzero(gaps > begin)
    begin, stop = begin[real], gaps[real]
    ends = np.cumsum(np.array([len(one) + 1 for one in spaced]))
    text = np.repeat(np.arange(len(lows)), np.diff(np.searchsorted(begin, ends), prepend=0))
    starts = np.concatenate([[0], ends[:-1]])
    place = begin - starts[text]
    keys = _keys(signs, starts, ends, begin, stop, place)
    if "\n" in whole:
        breaks = signs == 10
        lines = np.cumsum(breaks)
        place -= 2 * (lines[begin] - lines[starts[text]]) - breaks[begin]
    return Split(keys, text, place, whole, begin, stop)


def _keys(signs: Array, starts: Array, ends: Array, begin: Array, stop: Array, place: Array) -> Array:
    mixed = signs.astype(np.uint64)
    mixed *= np.uint64(_MIX)
    mixed ^= mixed >> _HALF
    up, down = _POWERS(int((ends - starts).max()))
    mixed *= up[np.arange(len(signs)) - np.repeat(starts, ends - starts)]
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(mixed)])
    found = (sums[stop] - sums[begin]) * down[place]
    found ^= found >> _HALF
    found *= np.uint64(_LAST)
    keys: Array = (found >> np.uint64(1)).view(np.int64)
    return keys
