"""One pass over texts for all patterns of the reader at once.

Every pattern that is asked of folded text is enrolled here, before the first text. The automaton (`automaton.py`,
`lazy.py`) tells which can match, and between which two places their matches end; only there Python's `re` is asked
where they lie. A pattern that the automaton does not name has no match.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from .automaton import AHEAD, Builder, symbol
from .lazy import FULL, run

Array = np.ndarray[Any, Any]
Ends = tuple[int, int]
_STATES, _POOL, _TABLE = 65_000, 1 << 23, 1 << 17


def _rows(states: int, signs: int) -> Array:
    """Transitions, each state beginning at a line of the processor's cache: the usual letters fill the first line."""
    wide = -(-signs // 32) * 32
    room = np.empty(states * wide + 32, np.uint16)
    skip = -room.ctypes.data % 64 // 2
    return room[skip : skip + states * wide].reshape(states, wide)


class _Store:
    """The states made so far, and the places to work in."""

    def __init__(self, nodes: int, forks: int, patterns: int, signs: int, pool: int = _POOL) -> None:
        states = _STATES
        self.arrays = (
            _rows(states, signs),
            np.zeros(states + 1, np.int32),
            np.empty(states, np.int32),
            np.empty(states, np.int32),
            np.empty(pool, np.int32),
            np.full(_TABLE, -1, np.int32),
            np.full((patterns + 2, 3), -1, np.int32),
            np.empty(states, np.uint8),
        )
        self.counters = np.zeros(2, np.int64)
        size = nodes + forks + patterns + 8
        self.work = (
            np.zeros(nodes, np.int64), np.empty(size, np.int32), np.empty(size, np.int32), np.empty(size, np.int32),
            np.zeros(1, np.int64),
        )  # fmt: skip


class Scanner:
    """The enrolled patterns and, once a text has been read, their automaton."""

    def __init__(self) -> None:
        self._builder = Builder()
        self._numbers: dict[str, int] = {}
        self._starts: list[int] = []
        self._program: Any = None
        self._store: Any = None
        self._lock = threading.RLock()
        self._last = threading.local()

    def enrol(self, pattern: str) -> int:
        """The number under which the pattern is found."""
        with self._lock:
            number = self._numbers.get(pattern)
            if number is None:
                number = self._numbers[pattern] = len(self._starts)
                self._starts.append(self._builder.add(pattern))
                self._program = None
            return number

    @property
    def patterns(self) -> list[str]:
        """The patterns, in the order of their numbers."""
        return list(self._numbers)

    def exact(self, number: int) -> bool:
        """Whether a find is a match without a second look."""
        return self._builder.exact[number]

    def width(self, number: int) -> int:
        """The greatest length of a match."""
        return self._builder.width[number]

    def find(self, low: str) -> Mapping[int, Ends]:
        """Numbers of the patterns that may match, all others do not; with the first and the last place where a match
        may end."""
        last = self._last
        if getattr(last, "low", None) is not low:
            self.tell(low, self.find_all([low])[0])
        found: Mapping[int, Ends] = last.found
        return found

    def tell(self, low: str, found: Mapping[int, Ends]) -> None:
        """Remembers what was found in a text, for this thread's next questions about it."""
        self._last.low, self._last.found = low, found

    def find_all(self, lows: Sequence[str]) -> list[Mapping[int, Ends]]:
        """`find` for many texts in one pass."""
        with self._lock:
            if self._program is None:
                self._make()
            rows = self._rows(*self._signs(lows), len(lows))
        rows = rows[np.argsort(rows[:, 0], kind="stable")]
        numbers, firsts, lasts = (rows[:, i].tolist() for i in (1, 2, 3))
        ends = list(zip(firsts, lasts, strict=True))
        at = np.searchsorted(rows[:, 0], np.arange(len(lows) + 1)).tolist()
        return [dict(zip(numbers[a:b], ends[a:b], strict=True)) for a, b in pairwise(at)]

    def _rows(self, signs: Array, starts: Array, texts: int) -> Array:
        """What `run` finds, with more room where it asks for it."""
        room = 1_000 + len(signs)
        out = np.empty((texts * len(self._starts), 4), np.int32)
        while True:
            store, found = self._store, np.empty((room, 3), np.int32)
            size = run(
                signs, starts, AHEAD, self._program, store.arrays, store.counters, store.work, found, out
            )  # fmt: skip
            if size >= 0:
                return out[:size]
            if size == FULL:
                self._store = self._fresh(len(store.arrays[4]) * 2)
            else:
                room *= 4

    def _make(self) -> None:
        p = self._builder.program(self._starts, list(self._numbers))
        self._program = (
            p.kind,
            p.what,
            p.then,
            p.fork_at,
            p.forks,
            p.roots,
            p.member,
            p.is_word,
            p.is_break,
            p.owner,
            p.asked,
        )
        self._store = self._fresh(_POOL)
        codes = np.fromiter((p.classes[symbol(chr(code))] for code in range(0x10000)), np.uint8, 0x10000)
        self._classes = codes
        self._end = len(p.is_word) - 1
        self._symbols = p.classes

    def _fresh(self, pool: int) -> _Store:
        kind, forks, is_word = self._program[0], self._program[4], self._program[7]
        return _Store(len(kind), len(forks), len(self._starts), len(is_word), pool)

    def _signs(self, lows: Sequence[str]) -> tuple[Array, Array]:
        """Classes of the characters of all texts, each text closed by the class of the end; where each begins."""
        joined = "\x00".join(lows) + "\x00"
        codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
        starts = np.cumsum(np.array([0, *map(len, lows)], np.int64) + 1) - 1
        high = codes > 0xFFFF
        signs = self._classes[np.where(high, 0, codes)]
        for code in np.unique(codes[high]).tolist():
            signs[codes == code] = self._symbols[symbol(chr(code))]
        signs[starts[1:] - 1] = self._end
        return signs, starts


SCANNER = Scanner()
