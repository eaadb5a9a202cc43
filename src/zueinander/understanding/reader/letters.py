"""Groups of letters of a word, by number: what the second half of the model weighs.

Unlike the words and signs of `features.py` they are counted as often as they occur, and every group has a number, so
that a word nobody has written before still says something: by its stem, its ending, or the way it is misspelt.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

NUMBERS = 1 << 15
_SHORTEST, _LONGEST, _CHARS = 2, 5, 24


_CRC = np.array([zlib.crc32(bytes([n ^ 0xFF])) ^ 0xFF000000 for n in range(256)], np.uint32)  # steps of its table


@lru_cache(maxsize=60_000)
def groups(word: str) -> tuple[int, ...]:
    """Numbers of all groups of two to five letters of a folded word, its begin and end counted as letters."""
    low = f" {word[:_CHARS]} ".encode()
    sizes = range(_SHORTEST, _LONGEST + 1)
    return tuple(zlib.crc32(low[i : i + n]) % NUMBERS for n in sizes for i in range(len(low) - n + 1))


def weights(words: Sequence[str], of: Array) -> tuple[Array, Array]:
    """Of each word what its groups weigh together, by `of`, which has a row of zeros behind those of the groups; and
    how many they are. The same as word by word through `groups`, but for the last digit."""
    spelt = [f" {word[:_CHARS]} ".encode() for word in words]
    sizes = np.array([len(one) for one in spelt])
    signs = np.frombuffer(b"".join(spelt) + bytes(_LONGEST), np.uint8)
    begin, total = np.cumsum(sizes) - sizes, int(sizes.sum())
    left = np.repeat(begin + sizes, sizes) - np.arange(total)
    found, count = np.zeros((len(words), of.shape[1]), np.float32), np.zeros(len(words), np.int64)
    state = np.full(total, 0xFFFFFFFF, np.uint32)
    for size in range(1, _LONGEST + 1):
        state = _CRC[(state ^ signs[size - 1 : size - 1 + total]) & 0xFF] ^ state >> np.uint32(8)
        if size >= _SHORTEST:
            which = np.where(left >= size, (state ^ np.uint32(0xFFFFFFFF)) % NUMBERS, NUMBERS)
            found += np.add.reduceat(of.take(which, axis=0), begin, axis=0)
            count += np.maximum(sizes - size + 1, 0)
    return found, count
