"""The model over many texts at once: what `features.extract` names, found by number (`weigh.py`)."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .features import GIVES, GROUPS, KINDS, SHAPE, TAKES, spoken, token
from .fold import Folded
from .letters import groups
from .reading import Evidence
from .rules import CUE_CHARS, CUES, stretch
from .weigh import NO_ROW, WIDTH, weigh

Array = np.ndarray[Any, Any]
_KEPT = 60_000  # words remembered with their rows
_NAMES = [name for name, _ in CUES]


@dataclass(slots=True)
class Case:
    """What is known of one text: its folded words, the numbers of its cues, and the vector of `features.known`."""

    low: str
    cues: Sequence[int]
    known: Sequence[int]


class Words:
    """Numbers of words, learned as they come, with the rows of each."""

    def __init__(self, row: Mapping[str, int], letters: Array) -> None:
        self._row, self._letters = row, letters
        pairs = [(name[2:].rpartition(" "), at) for name, at in row.items() if name.startswith("b:")]
        self.names = {name: i for i, name in enumerate(dict.fromkeys(n for p, _ in pairs for n in (p[0], p[2])))}
        self.kinds = {kind: i for i, kind in enumerate(KINDS)}
        self._pairs(pairs)
        size = len(self.kinds)
        self._twos = np.full((size, size), NO_ROW, np.int32)
        self._threes = np.full((size, size, size), NO_ROW, np.int32)
        for name, at in row.items():
            if name[:2] not in ("C:", "T:"):
                continue
            where = tuple(self.kinds.get(kind, -1) for kind in name[2:].split(">"))
            if -1 not in where:  # else it names a class that is no more
                (self._twos if len(where) == 2 else self._threes)[where] = at
        self.forget()

    def _pairs(self, pairs: Sequence[tuple[tuple[str, str, str], int]]) -> None:
        size = 1 << max(4, (len(pairs) * 2).bit_length())
        self._keys, self._rows = np.full(size, -1, np.int64), np.full(size, NO_ROW, np.int32)
        for (first, _, second), at in pairs:
            key = self.names[first] << 32 | self.names[second]
            slot = (key * 0x9E3779B97F4A7C15 & (1 << 64) - 1) >> 20 & size - 1
            while self._keys[slot] != -1:
                slot = slot + 1 & size - 1
            self._keys[slot], self._rows[slot] = key, at

    def forget(self) -> None:
        """Begins anew, so that an endless stream of new words fills no memory."""
        self._number: dict[str, int] = {}
        self._own: list[int] = []
        self._ends, self._name, self._kind, self._sizes = [0], list[int](), list[int](), list[int]()
        self._spelt = np.zeros((1_000, self._letters.shape[1]), np.float32)
        self._tables: Any = None

    def numbers(self, low: str) -> list[int]:
        """The words of a text by number."""
        known = self._number
        words = spoken(low)
        try:
            return [known[word] for word in words]
        except KeyError:
            return [known[word] if word in known else self._learn(word) for word in words]

    def _learn(self, word: str) -> int:
        name, kind, own = token(word)
        number = self._number[word] = len(self._name)
        self._own += [self._row[feature] for feature in own if feature in self._row]
        self._ends.append(len(self._own))
        self._name.append(self.names.get(name, -1))
        self._kind.append(self.kinds[kind] if kind else -1)
        self._spell(number, word)
        self._tables = None
        return number

    def _spell(self, number: int, word: str) -> None:
        numbers = groups(word)
        self._sizes.append(len(numbers))
        if number == len(self._spelt):
            self._spelt = np.concatenate([self._spelt, np.zeros_like(self._spelt)])
        self._spelt[number] = self._letters[list(numbers)].sum(0)

    def tables(self) -> Any:
        """The arrays `weigh` asks for."""
        if self._tables is None:
            self._tables = (
                *(np.array(part or [0], np.int32) for part in (self._ends, self._own, self._name, self._kind)),
                self._keys, self._rows, self._twos, self._threes,
                self.names.get("<", -1), self.kinds["<"], self.kinds["."],
                np.array(self._sizes or [0], np.int32), self._spelt,
            )  # fmt: skip
        return self._tables

    @property
    def full(self) -> bool:
        return len(self._name) > _KEPT


def _sign_tables(row: Mapping[str, int]) -> Any:
    def rows(*names: str) -> Array:
        return np.array([row.get(name, NO_ROW) for name in names], np.int32)

    marks = [*_NAMES, *SHAPE]
    return (
        rows(*("R:" + name for name in _NAMES)),
        np.array([name in GIVES for name in _NAMES], np.int32),
        np.array([name in TAKES for name in _NAMES], np.int32),
        rows(*(f"S:size{n}" for n in range(7))),
        rows("S:places0", "S:places1", "S:places2"),
        rows("S:when0", "S:when1", "S:when2"),
        rows("S:both0", "S:both1", "S:both2"),
        rows("D:some", "D:much", "D:sure"),
        rows(*("S:no" + name for name in GROUPS)),
        rows("S:rt", "S:reply", "S:asks", "S:loud"),
        rows(*(f"F:{g}-{t}" for g in range(4) for t in range(4))).reshape(4, 4),
        rows(*(f"F:{g}{t}{p}{y}" for g in (0, 1) for t in (0, 1) for p in (0, 1) for y in (0, 1))).reshape(2, 2, 2, 2),
        rows(*("F:more-" + which for which in ("gives", "takes", "even", "none"))),
        rows(*(f"X:{one}&{other}" for one in marks for other in marks)).reshape(len(marks), len(marks)),
    )


class Judge:
    """Probabilities for texts, from rows of weights by name and of groups of letters by number. Safe to share between
    threads."""

    def __init__(self, row: Mapping[str, int], weights: Array, bias: Array, letters: Array) -> None:
        self._words, self._signs = Words(row, letters), _sign_tables(row)
        self._weights, self._bias = weights, bias
        rows = self._signs[0]
        self._cue_weights = np.where(rows[:, None] >= 0, weights[rows], 0.0).T.tolist()
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

    def scores(self, cases: Sequence[Case], temperature: float) -> Array:
        """[text, intent] -> probability; the same text gives the same in any company."""
        with self._lock:
            if self._words.full:
                self._words.forget()
            words = [self._words.numbers(case.low) for case in cases]
            tables = self._words.tables()
        out = np.empty((len(cases), len(self._bias)))
        weigh(
            _starts(words), _flat(words), _starts([case.cues for case in cases]), _flat([c.cues for c in cases]),
            np.array([case.known for case in cases], np.int32).reshape(-1, WIDTH),
            np.array([self._words.kinds[name] for name in GROUPS], np.int32), tables, self._signs,
            self._weights, self._bias, temperature, np.zeros(len(self._weights), np.int32), out,
        )  # fmt: skip
        return out


def _starts(rows: Sequence[Sequence[int]]) -> Array:
    return np.cumsum([0, *map(len, rows)])


def _flat(rows: Sequence[Sequence[int]]) -> Array:
    return np.array([n for row in rows for n in row], np.int32)
