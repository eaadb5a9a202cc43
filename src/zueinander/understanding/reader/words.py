"""Words by number: whatever stands between two spaces is taken apart once and remembered with the rows of the model."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from .features import GROUPS, KINDS, MOST_WORDS, spoken, token
from .language import tongues
from .letters import groups

Array = np.ndarray[Any, Any]
NO_ROW = -1
_KEPT = 60_000  # pieces remembered
_START = 1  # the piece before the first; piece 0 is empty
_KIND = {kind: i for i, kind in enumerate(KINDS)}


class Lists:
    """Lists of numbers, one after another, that grow."""

    def __init__(self) -> None:
        self._ends, self._items = array("q", [0]), array("i")

    def add(self, items: Sequence[int]) -> None:
        self._items.extend(items)
        self._ends.append(len(self._items))

    def arrays(self) -> tuple[Array, Array]:
        """Where each list begins, one more than there are; and all items."""
        return np.array(self._ends), np.array(self._items)


def spread(lists: tuple[Array, Array], which: Array, owner: Array) -> tuple[Array, Array]:
    """The items of the lists named, and the owner of each."""
    bounds, items = lists
    begin = bounds[which]
    sizes = bounds[which + 1] - begin
    begin -= np.cumsum(sizes) - sizes
    at = np.repeat(begin, sizes)
    at += np.arange(len(at))
    return items[at], np.repeat(owner, sizes)


class Pairs:
    """Rows by pairs of numbers: a table of keys, each at the first free place from where its hash points."""

    def __init__(self, first: Array, second: Array, rows: Array) -> None:
        size = 1 << max(4, (len(rows) * 3).bit_length())
        self._keys, self._rows = np.full(size, -1, np.int64), np.full(size, NO_ROW, np.int64)
        keys = first << 32 | second
        slot, left = self._slot(keys), np.arange(len(keys))
        while len(left):
            free = self._keys[slot[left]] < 0
            self._keys[slot[left[free]]] = keys[left[free]]  # of several the last one stays
            self._rows[slot[left[free]]] = rows[left[free]]
            left = left[self._keys[slot[left]] != keys[left]]
            slot[left] = slot[left] + 1 & size - 1

    def _slot(self, keys: Array) -> Array:
        return (keys.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(44)).astype(np.int64) & len(
            self._keys
        ) - 1

    def rows(self, first: Array, second: Array) -> Array:
        """The row of each pair; NO_ROW where there is none."""
        keys = first << 32 | second
        slot = self._slot(keys)
        found = self._keys[slot]
        open_ = np.flatnonzero((found != keys) & (found >= 0))
        while len(open_):
            slot[open_] = slot[open_] + 1 & len(self._keys) - 1
            found = self._keys[slot[open_]]
            open_ = open_[(found != keys[open_]) & (found >= 0)]
        return np.where(self._keys[slot] == keys, self._rows[slot], NO_ROW)


class Pieces:
    """What stands between two spaces, by number."""

    def __init__(self, row: Mapping[str, int], letters: Array) -> None:
        self._row, self._letters = row, letters
        pairs = [(name[2:].rpartition(" "), at) for name, at in row.items() if name.startswith("b:")]
        self._name = {name: i for i, name in enumerate(dict.fromkeys(n for p, _ in pairs for n in (p[0], p[2])))}
        known = [(self._name[first], self._name[second], at) for (first, _, second), at in pairs]
        self.pairs = Pairs(*np.array(known, np.int64).reshape(-1, 3).T)
        self.forget()

    def forget(self) -> None:
        """Begins anew, so that an endless stream of new words fills no memory."""
        self._number: dict[str, int] = {}
        self._size: list[int] = []
        self._rows, self._kinds, self._facts = Lists(), Lists(), Lists()
        self._spelt = np.zeros((1_000, self._letters.shape[1]), np.float32)
        self._arrays: tuple[Any, Any, Array, Array] | None = None
        self._learn("")
        self._add([("<", "<", ())], 0, 0)

    @property
    def full(self) -> bool:
        return len(self._size) > _KEPT

    def numbers(self, low: str) -> list[int]:
        """The pieces of a text by number, behind the one that stands before the first."""
        if "\n" in low:
            low = low.replace("\n", " \n ")
        known = self._number
        pieces = low.split(" ")
        try:
            found = [_START, *map(known.__getitem__, pieces)]
        except KeyError:
            found = [_START, *(known[piece] if piece in known else self._learn(piece) for piece in pieces)]
        if len(low) <= MOST_WORDS or sum(map(self._size.__getitem__, found)) <= MOST_WORDS:
            return found
        words = spoken(low)
        return [_START, *(known[word] if word in known else self._learn(word) for word in words)]

    def _learn(self, piece: str) -> int:
        said = spoken(piece)
        letters = self._spell(said)
        number = self._number[piece] = self._add([token(word) for word in said], len(said), letters, *tongues(piece))
        return number

    def _add(self, words: Sequence[tuple[str, str, Sequence[str]]], size: int, letters: int, *rest: int) -> int:
        row = self._row
        features = [feature for _, _, own in words for feature in own]
        features += ["b:" + one[0] + " " + other[0] for one, other in pairwise(words)]
        self._rows.add([row[feature] for feature in features if feature in row])
        kinds = [kind for _, kind, _ in words if kind]
        self._kinds.add([_KIND[k] for kind in kinds for k in ((kind, "<") if kind == "." else (kind,))])
        names = [self._name.get(word, -1) for word, _, _ in words] or [-2]
        has = sum(1 << i for i, name in enumerate(GROUPS) if name in kinds)
        self._facts.add([size, names[0], names[-1], has, letters, *(rest or (0, 0, 0))])
        self._size.append(size)
        self._arrays = None
        return len(self._size) - 1

    def _spell(self, words: Sequence[str]) -> int:
        """Keeps what the groups of letters of the next piece weigh together; how many there are."""
        numbers = [number for word in words for number in groups(word)]
        at = len(self._size)
        if at == len(self._spelt):
            self._spelt = np.concatenate([self._spelt, np.zeros_like(self._spelt)])
        self._spelt[at] = self._letters[numbers].sum(0)
        return len(numbers)

    def arrays(self) -> tuple[tuple[Array, Array], tuple[Array, Array], Array, Array]:
        """Of each piece the rows, the classes, what its groups of letters weigh, and the facts: how many words, name of
        the first and of the last (-1 none that the model knows, -2 no word), which of GROUPS it holds, how many groups
        of letters, and what `tongues` says of it."""
        if self._arrays is None:
            facts = self._facts.arrays()[1].astype(np.int64).reshape(-1, 8)
            self._arrays = self._rows.arrays(), self._kinds.arrays(), self._spelt[: len(facts)], facts
        return self._arrays
