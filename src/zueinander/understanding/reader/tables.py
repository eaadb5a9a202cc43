"""Numbers in memory that NumPy looks up many at a time, and that grow while they are used; and names as numbers, for
files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
NONE = -1


class Growing:
    """Numbers one after another. What `array` gave stays as it was."""

    def __init__(self, kind: type[np.generic]) -> None:
        self._room, self._size = np.empty(1 << 10, kind), 0

    def __len__(self) -> int:
        return self._size

    def extend(self, items: Sequence[float] | Array) -> None:
        stop = self._size + len(items)
        if stop > len(self._room):
            room = np.empty(2 * stop, self._room.dtype)
            room[: self._size] = self._room[: self._size]
            self._room = room
        self._room[self._size : stop] = items
        self._size = stop

    def array(self) -> Array:
        return self._room[: self._size]


class Lists:
    """Lists of numbers, one after another."""

    def __init__(self) -> None:
        self._ends, self._items = Growing(np.int64), Growing(np.int32)
        self._ends.extend([0])

    def extend(self, lists: Sequence[Sequence[int]]) -> None:
        self._ends.extend(len(self._items) + np.cumsum([len(items) for items in lists]))
        self._items.extend(list(chain.from_iterable(lists)))

    def arrays(self) -> tuple[Array, Array]:
        """Where each list begins, one more than there are; and all items."""
        return self._ends.array(), self._items.array()


def spread(lists: tuple[Array, Array], which: Array, owner: Array) -> tuple[Array, Array]:
    """The items of the lists named, and the owner of each."""
    bounds, items = lists
    begin = bounds.take(which)
    sizes = bounds.take(which + 1) - begin
    begin -= np.cumsum(sizes) - sizes
    at = np.repeat(begin, sizes)
    at += np.arange(len(at))
    return items.take(at), np.repeat(owner, sizes)


class Table:
    """Numbers by keys of 63 bits, each at the first free place from where its hash points."""

    def __init__(self, keys: Array, numbers: Array) -> None:
        self._count = 0
        self._make(4)
        self.add(keys, numbers)

    def _make(self, bits: int) -> None:
        self._bits = bits
        self._keys, self._numbers = np.full(1 << bits, NONE, np.int64), np.full(1 << bits, NONE, np.int64)

    def add(self, keys: Array, numbers: Array) -> None:
        """Keys that were not there, each once."""
        self._count += len(keys)
        if self._count * 2 > len(self._keys):
            there = self._keys != NONE
            keys, numbers = np.append(self._keys[there], keys), np.append(self._numbers[there], numbers)
            self._make((self._count * 3).bit_length())
        slot, left = self._slot(keys), np.arange(len(keys))
        while len(left):
            free = left[self._keys[slot[left]] == NONE]
            self._keys[slot[free]] = keys[free]  # of several the last one stays
            self._numbers[slot[free]] = numbers[free]
            left = left[self._keys[slot[left]] != keys[left]]
            slot[left] = slot[left] + 1 & len(self._keys) - 1

    def _slot(self, keys: Array) -> Array:
        return (keys.view(np.uint64) * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(64 - self._bits)).astype(np.int64)

    def find(self, keys: Array) -> Array:
        """The number of each key; NONE where there is none."""
        slot = self._slot(keys)
        found, numbers = self._keys.take(slot), self._numbers.take(slot)
        open_ = np.flatnonzero(found != keys)
        numbers[open_] = NONE
        open_ = open_[found[open_] != NONE]
        while len(open_):
            slot[open_] = slot[open_] + 1 & len(self._keys) - 1
            found = self._keys[slot[open_]]
            hit = found == keys[open_]
            numbers[open_[hit]] = self._numbers[slot[open_[hit]]]
            open_ = open_[~hit & (found != NONE)]
        return numbers


def packed(names: Iterable[str]) -> Array:
    """One after another, with a character between them that no text has: a line break is a word, too."""
    return np.frombuffer("\0".join(names).encode(), np.uint8)


def unpacked(data: Array) -> list[str]:
    """What `packed` packed."""
    return bytes(data).decode().split("\0") if len(data) else []
