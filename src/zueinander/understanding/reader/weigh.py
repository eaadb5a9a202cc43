"""Adds up the model's weights for many texts at once. The rows are those of `features.extract`, each counted once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np

from .features import GIVES, GROUPS, KINDS, SHAPE, TAKES
from .tables import NONE as NO_ROW

Array = np.ndarray[Any, Any]
_BLOCK = 64  # texts whose weights are taken and added up while they are in the processor's cache
# places in the vector of what is known of a text besides words and cues
PLACES, WHEN, SOME, MUCH, SURE, RETWEET, REPLY, ASKS, LOUD, WIDTH = range(10)


class Signs:
    """Rows of the cues, of the shape of a text, and of what they say together."""

    def __init__(self, row: Mapping[str, int], cues: Sequence[str]) -> None:
        def rows(*names: str) -> Array:
            return np.array([row.get(name, NO_ROW) for name in names], np.int64)

        marks = [*cues, *SHAPE]
        self._cues = rows(*("R:" + name for name in cues))
        self._gives = np.array([name in GIVES for name in cues], np.int64)
        self._takes = np.array([name in TAKES for name in cues], np.int64)
        self._size = rows(*(f"S:size{n}" for n in range(7)))
        self._count = rows(*(f"S:{what}{n}" for what in ("places", "when", "both") for n in range(3))).reshape(3, 3)
        self._edges = rows("D:some", "D:much", "D:sure", "S:rt", "S:reply", "S:asks", "S:loud")
        self._absent = rows(*("S:no" + name for name in GROUPS))
        self._balance = rows(*(f"F:{g}-{t}" for g in range(4) for t in range(4))).reshape(4, 4)
        self._persons = rows(*(f"F:{g}{t}{p}{y}" for g in (0, 1) for t in (0, 1) for p in (0, 1) for y in (0, 1)))
        self._more = rows(*("F:more-" + which for which in ("gives", "takes", "even", "none")))
        self._pairs = rows(*(f"X:{one}&{other}" for one in marks for other in marks)).reshape(len(marks), len(marks))

    def rows(self, cues: Sequence[Sequence[int]], known: Array, size: Array, groups: Array) -> tuple[Array, Array]:
        """Rows, some of them NO_ROW, and the text of each. size: words of a text; groups: which of GROUPS it lacks."""
        texts = np.arange(len(cues))
        heard = np.fromiter(chain.from_iterable(cues), np.int64)
        of = np.repeat(texts, [len(one) for one in cues])
        given, taken = (np.bincount(of, side[heard], len(cues)).astype(np.int64) for side in (self._gives, self._takes))
        places, when = np.minimum(known[:, PLACES], 2), np.minimum(known[:, WHEN], 2)
        lacks = groups.astype(np.int64)
        person = 1 - (lacks[:, 0] & lacks[:, 1])
        several = np.minimum(given, 1) * 8 + np.minimum(taken, 1) * 4 + person * 2 + 1 - lacks[:, 2]
        more = np.where(given > taken, 0, np.where(taken > given, 1, np.where(given > 0, 2, 3)))
        parts = [
            self._cues[heard], self._size[np.minimum(size // 8, 6)], self._count[0][places], self._count[1][when],
            self._count[2][(places > 0) * 1 + (when > 0)], self._balance[np.minimum(given, 3), np.minimum(taken, 3)],
            self._persons[several], self._more[more], np.where(known[:, SOME:] > 0, self._edges, NO_ROW).ravel(),
            np.where(lacks > 0, self._absent, NO_ROW).ravel(),
        ]  # fmt: skip
        pairs, owner = self._together(heard, of, known, lacks)
        owners = [of, *[texts] * 7, np.repeat(texts, len(self._edges)), np.repeat(texts, len(self._absent)), owner]
        return np.concatenate([*parts, pairs]), np.concatenate(owners)

    def alone(self, cues: Sequence[int], known: Sequence[int], size: int, lacks: Sequence[int]) -> Array:
        """`rows` of one text."""
        given, taken = (int(side[cues].sum()) for side in (self._gives, self._takes))
        places, when = min(known[PLACES], 2), min(known[WHEN], 2)
        several = min(given, 1) * 8 + min(taken, 1) * 4 + (1 - lacks[0] * lacks[1]) * 2 + 1 - lacks[2]
        more = 0 if given > taken else 1 if taken > given else 2 if given else 3
        few = [
            self._size[min(size // 8, 6)], self._count[0, places], self._count[1, when],
            self._count[2, (places > 0) + (when > 0)], self._balance[min(given, 3), min(taken, 3)],
            self._persons[several], self._more[more],
        ]  # fmt: skip
        there = (*lacks[:3], known[ASKS], known[REPLY], known[RETWEET], not when, not places, known[SOME])
        marks = np.array([*cues, *(n for n, is_there in enumerate(there, len(self._cues)) if is_there)], np.int64)
        one, other = np.triu_indices(len(marks), 1)
        said = self._cues[cues], self._edges[np.array(known[SOME:], bool)], self._absent[np.array(lacks, bool)]
        return np.concatenate([few, *said, self._pairs[marks[one], marks[other]]])

    def _together(self, heard: Array, of: Array, known: Array, lacks: Array) -> tuple[Array, Array]:
        """Cues and shape in pairs."""
        there = np.empty((len(known), len(SHAPE)), np.bool_)
        there[:, :3], there[:, 3:6], there[:, 8] = lacks[:, :3], known[:, [ASKS, REPLY, RETWEET]], known[:, SOME]
        there[:, 6], there[:, 7] = known[:, WHEN] == 0, known[:, PLACES] == 0
        text, shape = np.nonzero(there)
        owner = np.concatenate([of, text])
        mark = np.concatenate([heard, shape + len(self._cues)])
        order = np.argsort(owner, kind="stable")
        owner, mark = owner[order], mark[order]
        stop = np.searchsorted(owner, owner, side="right")
        first = np.arange(len(mark))
        rest = stop - first - 1
        one = np.repeat(first, rest)
        other = one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(rest) - rest, rest)
        return self._pairs[mark[one], mark[other]], owner[one]


def chains(kinds: Array, owner: Array, twos: Array, threes: Array) -> tuple[Array, Array]:
    """Rows of the classes of words in their order, and the text of each."""
    near = owner[1:] == owner[:-1]
    two = np.flatnonzero(near)
    three = np.flatnonzero(near[1:] & near[:-1])
    return np.concatenate(
        [twos[kinds[two], kinds[two + 1]], threes[kinds[three], kinds[three + 1], kinds[three + 2]]]
    ), np.concatenate([owner[two], owner[three]])


def orders(row: Mapping[str, int]) -> tuple[Array, Array]:
    """The rows of two and of three classes of words in their order."""
    size, number = len(KINDS), {kind: i for i, kind in enumerate(KINDS)}
    twos, threes = np.full((size, size), NO_ROW, np.int32), np.full((size, size, size), NO_ROW, np.int32)
    for name, at in row.items():
        if name[:2] in ("C:", "T:"):
            where = tuple(number.get(kind, -1) for kind in name[2:].split(">"))
            if -1 not in where:  # else it names a class that is no more
                (twos if len(where) == 2 else threes)[where] = at
    return twos, threes


def weighed(keys: Array, bits: int, texts: int, weights: Array) -> Array:
    """[text, intent] -> what the rows add up to. keys: text << bits | row, in any order and any number of times;
    weights: [row, intent], with a last row of zeros."""
    keys = np.concatenate([keys, np.arange(texts, dtype=keys.dtype) << bits | len(weights) - 1])
    keys.sort()
    first = np.ones(len(keys), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    keys = keys.take(np.flatnonzero(first))
    bounds = np.searchsorted(keys, np.arange(texts + 1, dtype=keys.dtype) << bits)
    rows, count = keys & (1 << bits) - 1, np.diff(bounds) - 1
    sums = np.empty((texts, weights.shape[1]), weights.dtype)
    for at in range(0, texts, _BLOCK):
        some = bounds[at : at + _BLOCK + 1]
        said = weights.take(rows[some[0] : some[-1]], axis=0)
        np.add.reduceat(said, some[:-1] - some[0], axis=0, out=sums[at : at + _BLOCK])
    found: Array = sums / np.sqrt(count + 20.0)[:, None]
    return found


def chances(sums: Array) -> Array:
    """[text, intent] -> probability."""
    powers = np.exp(sums - sums.max(1, keepdims=True))
    found: Array = powers / powers.sum(1, keepdims=True)
    return found
