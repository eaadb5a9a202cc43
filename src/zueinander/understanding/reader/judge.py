"""The model over many texts at once: what `features.extract` names, found by number (`weigh.py`)."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

from .features import GROUPS
from .fold import Folded
from .language import doubtful
from .reading import Evidence
from .rules import CUE_CHARS, CUES, stretch
from .weigh import WIDTH, Signs, chains, chances, orders, weighed
from .words import Pieces, spread

Array = np.ndarray[Any, Any]
_TEXTS = 12  # bits for the number of a text among those read together
_NAMES = [name for name, _ in CUES]


@dataclass(slots=True)
class Case:
    """What is known of one text: its folded words, the numbers of its cues, and the vector of `features.known`."""

    low: str
    cues: Sequence[int]
    known: Sequence[int]


class Judge:
    """Probabilities for texts, from rows of weights by name and of groups of letters by number. Safe to share between
    threads."""

    def __init__(self, row: Mapping[str, int], weights: Array, bias: Array, letters: Array) -> None:
        self._pieces, self._signs, self._orders = Pieces(row, letters), Signs(row, _NAMES), orders(row)
        self._weights = np.ascontiguousarray(np.vstack([weights, np.zeros(len(bias))]).T, np.float32)
        self._bias = bias
        self._bits = len(weights).bit_length()
        self._kind: Any = np.int32 if self._bits < 31 - _TEXTS else np.int64
        rows = [row.get("R:" + name, -1) for name in _NAMES]
        self._cue_weights = [[float(kind[at]) if at >= 0 else 0.0 for at in rows] for kind in self._weights]
        self._lock = threading.Lock()

    def reasons(self, head: Folded, cues: Sequence[int], intent: int, most: int = 3) -> list[Evidence]:
        """The cues that spoke most for the intent, strongest first, with their place in the text as written."""
        low, out = head.low[:CUE_CHARS], []
        weights = self._cue_weights[intent]
        best = sorted([(weights[cue], _NAMES[cue], cue) for cue in cues if weights[cue] > 0], reverse=True)
        for _, _, cue in best[:most]:
            where = stretch(cue, low)
            if where and where[1] > where[0]:
                out.append(Evidence(_NAMES[cue], *head.span(*where)))
        return out

    def scores(self, cases: Sequence[Case], temperature: float) -> tuple[Array, list[bool]]:
        """[text, intent] -> probability, the same text gives the same in any company; and which texts may be in another
        language."""
        with self._lock:
            if self._pieces.full:
                self._pieces.forget()
            lists = [self._pieces.numbers(case.low) for case in cases]
            rows, kinds, spelt, facts = self._pieces.arrays()
        texts = np.arange(len(cases), dtype=self._kind)
        sizes = np.fromiter(map(len, lists), np.int64, len(lists))
        piece = np.fromiter(chain.from_iterable(lists), np.int64, int(sizes.sum()))
        of = np.repeat(texts, sizes)
        begin = np.cumsum(sizes) - sizes
        fact = facts[piece]
        groups = np.bitwise_or.reduceat(fact[:, 3], begin)
        lacks = groups[:, None] >> np.arange(len(GROUPS)) & 1 ^ 1
        known = np.array([case.known for case in cases], np.int64).reshape(-1, WIDTH)
        found = [
            spread(rows, piece, of),
            chains(*spread(kinds, piece, of), *self._orders),
            self._between(piece, of, fact),
            self._signs.rows([case.cues for case in cases], known, np.add.reduceat(fact[:, 0], begin), lacks),
        ]
        keys = np.concatenate([self._keys(row, owner) for row, owner in found])
        sums = self._bias + weighed(keys, self._bits, len(cases), self._weights)
        letters, *tongues = (np.add.reduceat(fact[:, i], begin) for i in (4, 5, 6, 7))
        sums += np.add.reduceat(spelt[piece], begin) / np.sqrt(letters + 20.0)[:, None]
        return chances(sums / temperature), doubtful(*tongues).tolist()

    def _keys(self, row: Array, owner: Array) -> Array:
        there = np.flatnonzero(row >= 0)
        keys: Array = owner[there].astype(self._kind) << self._bits | row[there].astype(self._kind)
        return keys

    def _between(self, piece: Array, of: Array, fact: Array) -> tuple[Array, Array]:
        """Rows of the last word of a piece with the first of the next, and the text of each."""
        said = np.flatnonzero(fact[:, 1] > -2)
        first, second = fact[said[:-1], 2], fact[said[1:], 1]
        near = np.flatnonzero((of[said[1:]] == of[said[:-1]]) & (first >= 0) & (second >= 0))
        return self._pieces.pairs.rows(first[near], second[near]), of[said[near]]
