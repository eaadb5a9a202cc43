"""Words by number: whatever stands between two spaces is taken apart once and remembered with the rows of the model."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np

from .features import MOST_WORDS, spoken
from .language import tongues
from .names import Begin, Begins
from .net import Answers, Net
from .rules import CUE_CHARS
from .split import Split, split
from .tables import NONE, Array, Growing, Lists, Table
from .vocabulary import Vocabulary, Word

_KEPT = 30_000  # pieces remembered
_FEW = 6  # texts for which arrays do not pay
_START = 1  # the piece before the first; piece 0 is empty
_NOTHING = np.zeros(0, np.int64)
SIZE, FIRST, LAST, HAS, LETTERS, WORDS, OWN, OTHER, BEGINS, WIDTH = range(10)
"""Facts of a piece: how many words, name of the first and of the last (-1 none that the model knows, -2 no word), which
of GROUPS it holds, how many groups of letters, what `tongues` says of it, and whether a name of a place may begin."""


@dataclass(slots=True)
class Known:
    """What is known of each piece: rows, classes, what its groups of letters weigh, facts, and its words as the net
    knows them; and what the net says of words."""

    rows: tuple[Array, Array]
    kinds: tuple[Array, Array]
    spelt: Array
    facts: Array
    words: tuple[Array, Array]
    answers: Answers


@dataclass(slots=True)
class Said:
    """The pieces of texts by number, one text after the other, each begun by the piece before the first; how many each
    has; of each text where names of places may begin, None if that was not asked; and what is known of the pieces."""

    pieces: Array
    sizes: Array
    begins: Sequence[Begins | None]
    known: Known


class Pieces:
    """What stands between two spaces, by number. begins: what names may begin in a piece. Safe to share between
    threads."""

    def __init__(
        self, row: Mapping[str, int], letters: Array, begins: Callable[[str], Sequence[Begin]], net: Net
    ) -> None:  # fmt: skip
        self._row, self._begins_of = row, begins
        self.vocabulary = Vocabulary(row, letters, net)
        self._lock = threading.Lock()
        self._forget()

    def _forget(self) -> None:
        """Begins anew, so that an endless stream of new words fills no memory."""
        self._number: dict[str, int] = {}
        self._size: list[int] = []
        self._begins: list[Sequence[Begin]] = []
        self._rows, self._kinds, self._words = Lists(), Lists(), Lists()
        self._facts, self._spelt = Growing(np.int64), Growing(np.float32)
        self._keys = Table(_NOTHING, _NOTHING)
        self.vocabulary.forget()
        self._learn([""])
        self._add([[self.vocabulary.begin]], [(0, 0, 0)], [()])
        self._facts.array()[WIDTH + SIZE] = self._size[_START] = 0

    def said(self, lows: Sequence[str]) -> Said:
        """Texts by their pieces."""
        with self._lock:
            if len(self._size) > _KEPT:
                self._forget()
            return self._said(lows) if len(lows) >= _FEW else self._few(lows)

    def _few(self, lows: Sequence[str]) -> Said:
        lists = [self._numbers(low[:CUE_CHARS]) for low in lows]
        sizes = np.array([len(one) for one in lists])
        return Said(np.fromiter(chain.from_iterable(lists), np.int64), sizes, [None] * len(lows), self._known())

    def _said(self, lows: Sequence[str]) -> Said:
        parted = split([low if len(low) <= CUE_CHARS else "" for low in lows])
        pieces = self._told(parted)
        known = self._known()
        bounds = np.searchsorted(parted.text, np.arange(len(lows) + 1))
        words = np.concatenate([[0], np.cumsum(known.facts[pieces, SIZE])])
        begins: list[Begins | None] = list(self._where(parted, pieces, len(lows)))
        lists = np.insert(pieces, bounds[:-1], _START)
        sizes = np.diff(bounds) + 1
        odd = [n for n, low in enumerate(lows) if len(low) > CUE_CHARS]
        odd += np.flatnonzero(np.diff(words[bounds]) > MOST_WORDS).tolist()
        if odd:
            each = np.split(lists, np.cumsum(sizes)[:-1])
            for n in odd:
                each[n], begins[n] = np.array(self._numbers(lows[n][:CUE_CHARS]), np.int64), None
            lists, sizes = np.concatenate(each), np.array([len(one) for one in each])
        return Said(lists, sizes, begins, self._known())

    def _told(self, parted: Split) -> Array:
        """The number of each piece; those that are new are learnt."""
        pieces = self._keys.find(parted.keys)
        new = np.flatnonzero(pieces == NONE)
        if len(new):
            keys, first = np.unique(parted.keys[new], return_index=True)
            self._keys.add(keys, np.array(self._numbered([parted.piece(n) for n in new[first].tolist()]), np.int64))
            pieces[new] = self._keys.find(parted.keys[new])
        return pieces

    def _where(self, parted: Split, pieces: Array, texts: int) -> list[list[tuple[int, Sequence[Begin]]]]:
        out: list[list[tuple[int, Sequence[Begin]]]] = [[] for _ in range(texts)]
        there = np.flatnonzero(self._known().facts[:, BEGINS][pieces])
        what = map(self._begins.__getitem__, pieces[there].tolist())
        for text, place, begins in zip(parted.text[there].tolist(), parted.place[there].tolist(), what, strict=True):
            out[text].append((place, begins))
        return out

    def _numbers(self, low: str) -> list[int]:
        """The pieces of a text by number, behind the one that stands before the first."""
        if "\n" in low:
            low = low.replace("\n", " \n ")
        found = [_START, *self._numbered(low.split(" "))]
        if len(low) <= MOST_WORDS or sum(map(self._size.__getitem__, found)) <= MOST_WORDS:
            return found
        return [_START, *self._numbered(spoken(low))]

    def _numbered(self, pieces: Sequence[str]) -> list[int]:
        number = self._number
        if new := [piece for piece in dict.fromkeys(pieces) if piece not in number]:
            self._learn(new)
        return [number[piece] for piece in pieces]

    def _learn(self, pieces: Sequence[str]) -> None:
        """Takes apart pieces that are new."""
        self._number.update(zip(pieces, range(len(self._size), len(self._size) + len(pieces)), strict=True))
        said = self.vocabulary.words([spoken(piece) for piece in pieces])
        self._add(said, [tongues(piece) for piece in pieces], [self._begins_of(piece) for piece in pieces])

    def _add(
        self, said: Sequence[Sequence[Word]], told: Sequence[tuple[int, int, int]], begins: Sequence[Sequence[Begin]]
    ) -> None:
        self._rows.extend([[*chain.from_iterable(word.rows for word in words), *self._beside(words)] for words in said])
        self._kinds.extend([[kind for word in words for kind in word.kinds] for words in said])
        self._words.extend([[word.number for word in words] for words in said])
        spelt, letters = self.vocabulary.spelt(said)
        self._spelt.extend(spelt.ravel())
        facts = [
            (
                len(words),
                words[0].name if words else -2,
                words[-1].name if words else -2,
                _held(words),
                count,
                *of,
                len(some),
            )
            for words, count, of, some in zip(said, letters.tolist(), told, begins, strict=True)
        ]
        self._facts.extend(np.array(facts, np.int64).ravel())
        self._size += map(len, said)
        self._begins += begins

    def _beside(self, words: Sequence[Word]) -> list[int]:
        """Rows of two words side by side."""
        pairs = [self._row.get(f"b:{one.mark} {other.mark}") for one, other in pairwise(words)]
        return [at for at in pairs if at is not None]

    def _known(self) -> Known:
        facts, spelt = self._facts.array().reshape(-1, WIDTH), self._spelt.array()
        rows, kinds, words = (one.arrays() for one in (self._rows, self._kinds, self._words))
        return Known(rows, kinds, spelt.reshape(len(facts), -1), facts, words, self.vocabulary.listener.answers())


def _held(words: Sequence[Word]) -> int:
    """Which of GROUPS words belong to."""
    has = 0
    for word in words:
        has |= word.has
    return has
