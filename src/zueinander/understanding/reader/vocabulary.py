"""The words of which the pieces of `words.py` are made, each learnt once."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from .features import GROUPS, KINDS, described
from .letters import weights
from .net import PAD, Listener, Net
from .tables import Array, Growing, Table

_KIND = {kind: i for i, kind in enumerate(KINDS)}
_HAS = {name: 1 << i for i, name in enumerate(GROUPS)}


class Word(NamedTuple):
    """A word: its number for the net, as the model writes it, its name among pairs (-1: none), its classes, which of
    GROUPS they are, and the rows of its features."""

    number: int
    mark: str
    name: int
    kinds: Sequence[int]
    has: int
    rows: Sequence[int]


class Vocabulary:
    """Words as the model knows them: row of each feature by its name, weights of groups of letters, the net."""

    def __init__(self, row: Mapping[str, int], letters: Array, net: Net) -> None:
        self.row, self.listener = row, Listener(net)
        self._letters = np.vstack([letters, np.zeros((1, letters.shape[1]), letters.dtype)])
        self._name: dict[str, int] = {}
        keys, rows = array("q"), array("q")
        for name, at in row.items():
            if name.startswith("b:"):
                first, _, second = name[2:].rpartition(" ")
                keys.append(self._named(first) << 32 | self._named(second))
                rows.append(at)
        self._pairs = Table(np.array(keys), np.array(rows))
        self.begin = Word(PAD, "<", self._name.get("<", -1), (_KIND["<"],), 0, ())
        self.forget()

    def _named(self, word: str) -> int:
        return self._name.setdefault(word, len(self._name))

    def forget(self) -> None:
        """Forgets all words."""
        self._words: dict[str, Word] = {}
        self.listener.forget()
        self._spelt, self._count = Growing(np.float32), Growing(np.int64)  # of each word by number, PAD the first
        self._spelt.extend(self._letters[-1])
        self._count.extend([0])

    def pairs(self, first: Array, second: Array) -> Array:
        """The row of two words side by side, by their names."""
        return self._pairs.find(first << 32 | second)

    def words(self, said: Sequence[Sequence[str]]) -> list[list[Word]]:
        """Each list of words; new ones are learnt."""
        known = self._words
        new = [word for word in dict.fromkeys(word for words in said for word in words) if word not in known]
        if new:
            known.update((word, self._met(word, n)) for word, n in zip(new, self.listener.numbers(new), strict=True))
            spelt, count = weights(new, self._letters)
            self._spelt.extend(spelt.ravel())
            self._count.extend(count)
        return [[known[word] for word in words] for words in said]

    def _met(self, word: str, number: int) -> Word:
        mark, kind, own = described(word)
        rows = [at for at in map(self.row.get, own) if at is not None]
        kinds = (_KIND["."], _KIND["<"]) if kind == "." else (_KIND[kind],) if kind else ()
        return Word(number, mark, self._name.get(mark, -1), kinds, _HAS.get(kind, 0), rows)

    def spelt(self, lists: Iterable[Sequence[Word]]) -> tuple[Array, Array]:
        """What the groups of letters of several lists of words weigh, and how many they are."""
        numbers = [[PAD, *(word.number for word in words)] for words in lists]  # reduceat knows no empty list
        sizes = np.array([len(one) for one in numbers])
        begin, all_ = np.cumsum(sizes) - sizes, np.concatenate(numbers)
        spelt = self._spelt.array().reshape(-1, self._letters.shape[1]).take(all_, axis=0)
        return np.add.reduceat(spelt, begin, axis=0), np.add.reduceat(self._count.array().take(all_), begin)
