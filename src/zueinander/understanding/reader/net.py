"""The third part of the model: a small convolutional network over the words in their order (after Kim 2014,
"Convolutional Neural Networks for Sentence Classification"), which hears what a sum over words cannot: that the same
word means another thing beside another.

A word is the sum of its own vector (when it was seen often enough in training), those of its clusters (`clusters.py`)
and that of its class (`features.py`). One filter looks at single words, one at two side by side; of each the strongest
answer in the text counts, of the first the mean as well. What the filters say of a word is worked out once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from .clusters import DEPTHS, paths
from .features import KINDS, known_as
from .reading import INTENTS
from .tables import Growing

Array = np.ndarray[Any, Any]
SIZE = 64  # numbers that a word is, and answers of each filter
SMOOTH = 5.0  # added to the number of words that a mean is taken of
SHARE = 0.4  # of the net in what the model says
_FEW = 16  # texts for which going word by word through all of them does not pay
COLUMNS = len(INTENTS) + 1  # what is weighed of a text: each intent, and whether a wish is somebody else's
PAD = 0  # the number of what stands before and behind a text
_KIND = {kind: i + 1 for i, kind in enumerate(KINDS)}


@lru_cache(maxsize=1)
def branches() -> dict[tuple[int, int], int]:
    """(depth, path down to there) -> row among the vectors of clusters; row 0 is no cluster."""
    known = sorted({(depth, path & (1 << depth) - 1) for path in {*paths().values()} for depth in DEPTHS})
    return {branch: i + 1 for i, branch in enumerate(known)}


def clusters(word: str) -> list[int]:
    """Rows of the clusters of a folded word, one a depth; 0 where it is in none."""
    path = paths().get(word)
    if path is None:
        return [0] * len(DEPTHS)
    return [branches()[depth, path & (1 << depth) - 1] for depth in DEPTHS]


def kind(word: str) -> int:
    """Row of the class of a folded word; 0 for none."""
    return _KIND.get(known_as(word)[1], 0)


@dataclass(slots=True)
class Weights:
    """Vectors of words (row 0: a word not known), clusters and classes (row 0: none), [row, SIZE]; filters [SIZE,
    SIZE] with their thresholds; and what their answers say of each column, [3 * SIZE, COLUMNS], of each
    intent while it is trained."""

    word: Array
    cluster: Array
    kind: Array
    one: Array
    first: Array
    second: Array
    one_bias: Array
    two_bias: Array
    out: Array
    bias: Array

    def arrays(self) -> dict[str, Array]:
        return {one.name: getattr(self, one.name) for one in fields(self)}


@dataclass(slots=True)
class Net:
    """Known words, and the weights."""

    words: Sequence[str]
    weights: Weights
    _rows: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self._rows = {word: i + 1 for i, word in enumerate(self.words)}

    def row(self, word: str) -> int:
        return self._rows.get(word, 0)

    def vectors(self, words: Sequence[str]) -> Array:
        """[word, SIZE]"""
        w = self.weights
        found = w.word[[self.row(word) for word in words]] + w.kind[[kind(word) for word in words]]
        summed: Array = np.maximum(found + w.cluster[[clusters(word) for word in words]].sum(1), 0.0)
        return summed


def silent() -> Net:
    """A net that says nothing of any text."""
    shapes = {"out": (3 * SIZE, COLUMNS), "bias": (COLUMNS,), "one_bias": (SIZE,), "two_bias": (SIZE,)}
    tables = {"word": 1, "cluster": len(branches()) + 1, "kind": len(KINDS) + 1}
    return Net(
        [], Weights(**{f.name: np.zeros(shapes.get(f.name, (tables.get(f.name, SIZE), SIZE))) for f in fields(Weights)})
    )


class Answers(NamedTuple):
    """What the filters say of words: to each alone, as the first and as the second of two. [word, SIZE]"""

    one: Array
    first: Array
    second: Array


class Listener:
    """What a net says of texts, whose words it knows by number. To be used by one thread at a time, but for `sums`."""

    def __init__(self, net: Net) -> None:
        self._net = net
        self.forget()

    def forget(self) -> None:
        """Forgets all words, so that an endless stream of new ones fills no memory."""
        self._numbers = {"": PAD}
        self._new: list[str] = []
        self._one, self._first, self._second = (Growing(np.float32) for _ in range(3))
        for answers in (self._one, self._first, self._second):
            answers.extend(np.zeros(SIZE))

    def numbers(self, words: Sequence[str]) -> list[int]:
        """The words of a text or a part of it by number."""
        return [self._numbers[word] if word in self._numbers else self._numbered(word) for word in words]

    def _numbered(self, word: str) -> int:
        self._new.append(word)
        number = self._numbers[word] = len(self._numbers)
        return number

    def answers(self) -> Answers:
        """What the filters say of each word so far; it stays as it is."""
        if self._new:
            w = self._net.weights
            vectors = self._net.vectors(self._new).astype(np.float64)  # in double, so that their order changes nothing
            self._new = []
            self._one.extend(np.maximum(vectors @ w.one + w.one_bias, 0.0).ravel())
            self._first.extend((vectors @ w.first).ravel())
            self._second.extend((vectors @ w.second).ravel())
        return Answers(*(answers.array().reshape(-1, SIZE) for answers in (self._one, self._first, self._second)))

    def sums(self, answers: Answers, words: Array) -> Array:
        """[text, column]: what the net adds. words: numbers of all words of all texts, PAD before each text's first."""
        w = self._net.weights
        found: Array = SHARE * (self.heard(answers, words) @ w.out + w.bias)
        return found

    def heard(self, answers: Answers, words: Array) -> Array:
        """[text, 3 * SIZE]: what the net hears of the same."""
        begin = np.flatnonzero(words == PAD)
        count = np.diff(begin, append=len(words))
        hear = _beside if len(begin) > _FEW else _alone
        best, pair, total = hear(answers, words, begin, count)
        mean = total / (count - 1 + SMOOTH)[:, None]  # in double, so that company changes no digit that is shown
        return np.hstack([best, np.maximum(pair + self._net.weights.two_bias, 0.0), mean])


def _alone(to: Answers, words: Array, begin: Array, count: Array) -> tuple[Array, Array, Array]:
    """[text, SIZE]: the strongest answer to a word, to two words, and the sum of the answers to words."""
    single, double = to.one.take(words, axis=0), to.first.take(words, axis=0)
    double[:-1] += to.second.take(words[1:], axis=0)
    each = [np.cumsum(one, axis=0)[-1] for one in np.split(single, begin[1:])]  # word after word, as `_beside` does
    return np.maximum.reduceat(single, begin), np.maximum.reduceat(double, begin), np.array(each)


def _beside(to: Answers, words: Array, begin: Array, count: Array) -> tuple[Array, Array, Array]:
    """The same of many texts, all first words, then all second ones, which is four times as fast."""
    order = np.argsort(-count, kind="stable")
    start, longest = begin[order], int(count.max())
    still = len(order) - np.searchsorted(np.sort(count), np.arange(longest), side="right")
    words = np.append(words, PAD)
    best, total = np.zeros((2, len(order), SIZE), np.float32)
    pair = np.full((len(order), SIZE), -np.inf, np.float32)
    for place, number in enumerate(still.tolist()):
        at = start[:number] + place
        now = words[at]
        single, double = to.one.take(now, axis=0), to.first.take(now, axis=0)
        double += to.second.take(words[at + 1], axis=0)
        np.maximum(best[:number], single, out=best[:number])
        np.maximum(pair[:number], double, out=pair[:number])
        total[:number] += single
    back = np.argsort(order)
    return best[back], pair[back], total[back]
