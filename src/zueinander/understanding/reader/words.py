"""Words by number: whatever stands between two spaces is taken apart once and remembered with the rows of the model."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np

from .features import GROUPS, KINDS, MOST_WORDS, spoken, token
from .language import tongues
from .letters import groups
from .names import Begin, Begins
from .net import PAD, Answers, Listener, Net
from .rules import CUE_CHARS
from .split import Split, split
from .tables import NONE, Array, Growing, Lists, Table

_KEPT = 60_000  # pieces remembered
_FEW = 6  # texts for which arrays do not pay
_START = 1  # the piece before the first; piece 0 is empty
_KIND = {kind: i for i, kind in enumerate(KINDS)}
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
        self._row, self._letters, self._begins_of = row, letters, begins
        self.listener = Listener(net)
        pairs = [(name[2:].rpartition(" "), at) for name, at in row.items() if name.startswith("b:")]
        self._name = {name: i for i, name in enumerate(dict.fromkeys(n for p, _ in pairs for n in (p[0], p[2])))}
        known = [(self._name[first], self._name[second], at) for (first, _, second), at in pairs]
        first, second, at = np.array(known, np.int64).reshape(-1, 3).T
        self._pairs = Table(first << 32 | second, at)
        self._lock = threading.Lock()
        self._forget()

    def _forget(self) -> None:
        """Begins anew, so that an endless stream of new words fills no memory."""
        self._number: dict[str, int] = {}
        self._size: list[int] = []
        self._begins: list[Sequence[Begin]] = []
        self._rows, self._kinds, self._facts = Lists(), Lists(), Growing(np.int64)
        self._words = Lists()
        self.listener.forget()
        self._spelt = Growing(np.float32)
        self._keys = Table(_NOTHING, _NOTHING)
        self._learn("")
        self._words.add([PAD])
        self._add([("<", "<", ())], [], [0] * 5)

    def pairs(self, first: Array, second: Array) -> Array:
        """The row of two words side by side, by their names."""
        return self._pairs.find(first << 32 | second)

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
            self._keys.add(keys, np.array([self._numbered(parted.piece(n)) for n in new[first].tolist()], np.int64))
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
        pieces = low.split(" ")
        try:
            found = [_START, *map(self._number.__getitem__, pieces)]
        except KeyError:
            found = [_START, *map(self._numbered, pieces)]
        if len(low) <= MOST_WORDS or sum(map(self._size.__getitem__, found)) <= MOST_WORDS:
            return found
        return [_START, *map(self._numbered, spoken(low))]

    def _numbered(self, piece: str) -> int:
        known = self._number.get(piece)
        return self._learn(piece) if known is None else known

    def _learn(self, piece: str) -> int:
        said = spoken(piece)
        self._words.add(self.listener.numbers(said))
        letters = [number for word in said for number in groups(word)]
        begins = self._begins_of(piece)
        facts = [len(letters), *tongues(piece), len(begins)]
        number = self._number[piece] = self._add([token(word) for word in said], letters, facts, begins)
        return number

    def _add(
        self, words: Sequence[tuple[str, str, Sequence[str]]], letters: Sequence[int], facts: Sequence[int],
        begins: Sequence[Begin] = (),
    ) -> int:  # fmt: skip
        row = self._row
        features = [feature for _, _, own in words for feature in own]
        features += ["b:" + one[0] + " " + other[0] for one, other in pairwise(words)]
        self._rows.add([row[feature] for feature in features if feature in row])
        kinds = [kind for _, kind, _ in words if kind]
        self._kinds.add([_KIND[k] for kind in kinds for k in ((kind, "<") if kind == "." else (kind,))])
        names = [self._name.get(word, -1) for word, _, _ in words] or [-2]
        has = sum(1 << i for i, name in enumerate(GROUPS) if name in kinds)
        size = len(words) if words and words[0][0] != "<" else 0
        self._facts.extend([size, names[0], names[-1], has, *facts])
        self._spelt.extend(self._letters[list(letters)].sum(0))
        self._size.append(size)
        self._begins.append(begins)
        return len(self._size) - 1

    def _known(self) -> Known:
        facts, spelt = self._facts.array().reshape(-1, WIDTH), self._spelt.array()
        rows, kinds, words = (one.arrays() for one in (self._rows, self._kinds, self._words))
        return Known(rows, kinds, spelt.reshape(len(facts), -1), facts, words, self.listener.answers())
