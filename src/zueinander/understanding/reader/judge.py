"""The model over many texts at once: what `features.extract` names, found by number (`weigh.py`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .features import GROUPS
from .fold import Folded
from .language import doubtful
from .names import Begin
from .net import Net
from .reading import INTENTS, Evidence
from .rules import CUE_CHARS, CUES, stretch
from .tables import spread
from .weigh import WIDTH, Signs, chains, chances, orders, weighed
from .words import FIRST, HAS, LAST, LETTERS, OTHER, OWN, SIZE, WORDS, Pieces, Said

Array = np.ndarray[Any, Any]
_TEXTS = 12  # bits for the number of a text among those read together
_GROUPS = np.arange(len(GROUPS))
_NAMES = [name for name, _ in CUES]


@dataclass(slots=True)
class Case:
    """What is known of one text beside its words: the numbers of its cues, and the vector of `features.known`."""

    cues: Sequence[int]
    known: Sequence[int]


class Judge:
    """Probabilities for texts, from rows of weights by name and of groups of letters by number; the last row of weights
    is one of zeros. Safe to share between threads."""

    def __init__(
        self, row: Mapping[str, int], weights: Array, bias: Array, letters: Array,
        net: Net, begins: Callable[[str], Sequence[Begin]] = lambda piece: (),
    ) -> None:  # fmt: skip
        self._pieces, self._signs, self._orders = Pieces(row, letters, begins, net), Signs(row, _NAMES), orders(row)
        self.said = self._pieces.said
        self._weights, self._bias = weights, bias
        self._bits = (len(weights) - 1).bit_length()
        self._kind: Any = np.int32 if self._bits < 31 - _TEXTS else np.int64
        rows = [row.get("R:" + name, -1) for name in _NAMES]
        self._cue_weights = [[float(kind[at]) if at >= 0 else 0.0 for at in rows] for kind in self._weights.T]

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

    def scores(self, said: Said, cases: Sequence[Case], temperature: float) -> tuple[Array, list[float], list[bool]]:
        """[text, intent] -> probability, the same text gives the same in any company; what speaks for it that a wish is
        somebody else's; and which texts may be in another language."""
        texts = np.arange(len(cases), dtype=self._kind)
        piece, of, begin = said.pieces, np.repeat(texts, said.sizes), np.cumsum(said.sizes) - said.sizes
        fact = said.known.facts.take(piece, axis=0)
        groups = np.bitwise_or.reduceat(fact[:, HAS], begin)
        lacks = groups[:, None] >> _GROUPS & 1 ^ 1
        sizes = np.add.reduceat(fact[:, SIZE], begin)
        if len(cases) == 1:
            alone = self._signs.alone(cases[0].cues, cases[0].known, int(sizes[0]), lacks[0].tolist())
            signs = alone, np.zeros(len(alone), self._kind)
        else:
            known = np.array([case.known for case in cases], np.int64).reshape(-1, WIDTH)
            signs = self._signs.rows([case.cues for case in cases], known, sizes, lacks)
        found = [
            spread(said.known.rows, piece, of),
            chains(*spread(said.known.kinds, piece, of), *self._orders),
            self._between(of, fact),
            signs,
        ]
        keys = self._keys(*map(np.concatenate, zip(*found, strict=True)))
        sums = self._bias + weighed(keys, self._bits, len(cases), self._weights)
        letters, *tongues = (np.add.reduceat(fact[:, i], begin) for i in (LETTERS, WORDS, OWN, OTHER))
        sums += np.add.reduceat(said.known.spelt.take(piece, axis=0), begin) / np.sqrt(letters + 20.0)[:, None]
        words = spread(said.known.words, piece, of)[0]
        sums += self._pieces.vocabulary.listener.sums(said.known.answers, words)
        wide = len(INTENTS)
        return chances(sums[:, :wide] / temperature), sums[:, wide].tolist(), doubtful(*tongues).tolist()

    def _keys(self, row: Array, owner: Array) -> Array:
        there = np.flatnonzero(row >= 0)
        keys: Array = owner[there].astype(self._kind) << self._bits | row[there].astype(self._kind)
        return keys

    def _between(self, of: Array, fact: Array) -> tuple[Array, Array]:
        """Rows of the last word of a piece with the first of the next, and the text of each."""
        said = np.flatnonzero(fact[:, FIRST] > -2)
        first, second = fact[said[:-1], LAST], fact[said[1:], FIRST]
        near = np.flatnonzero((of[said[1:]] == of[said[:-1]]) & (first >= 0) & (second >= 0))
        return self._pieces.vocabulary.pairs(first[near], second[near]), of[said[near]]
