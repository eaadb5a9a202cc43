"""One pass over texts for all patterns of the reader at once.

Every pattern that is asked of folded text is enrolled here, before the first text. The automaton (`automaton.py`) tells
where which pattern may match: first the strings are sought that patterns need, then the first characters of patterns,
then each pattern is followed from where it may begin. Only there Python's `re` is asked.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from .automaton import Builder, Program
from .follow import PATTERN, TEXT, Array, Find, Machine, alone, together
from .warm import load

_FEW = 6  # texts for which arrays do not pay
_MOST = 180_000  # states


Places = Sequence[int]
Heard = Mapping[int, Mapping[int, Places]]
"""What may match a text: by number of the block of patterns, and of the pattern in it (rising), where its matches may
begin (rising). No match begins elsewhere."""
NOTHING: Mapping[int, Places] = {}


class _Last(threading.local):
    """The text last spoken of in a thread."""

    told: tuple[str | None, Heard] = None, {}


class Scanner:
    """The enrolled patterns and, once a text has been read, their automaton."""

    def __init__(self) -> None:
        self.patterns: list[str] = []
        self._blocks: dict[tuple[str, ...], int] = {}
        self.places: list[tuple[int, int]] = []  # of each pattern its block and its number there
        self._program: Program | None = None
        self._machine: Machine | None = None
        self._lock = threading.RLock()
        self.last = _Last()

    def enrol(self, patterns: Sequence[str]) -> int:
        """The number of this block of patterns."""
        with self._lock:
            block = tuple(patterns)
            number = self._blocks.get(block)
            if number is None:
                number = self._blocks[block] = len(self._blocks)
                self.patterns += block
                self.places += [(number, which) for which in range(len(block))]
                self._program = self._machine = None
            return number

    def exact(self, block: int) -> list[bool]:
        """Of each pattern of a block whether a find is a match without a second look."""
        exact = self.machine.exact
        return [sure for (number, _), sure in zip(self.places, exact, strict=True) if number == block]

    @property
    def program(self) -> Program:
        with self._lock:
            if self._program is None:
                self._program = _built(self.patterns)
            return self._program

    @property
    def machine(self) -> Machine:
        """The states made so far, those kept to begin with; begun anew when there are too many."""
        with self._lock:
            if self._machine is None or self._machine.size > _MOST:
                self._machine = load(self.patterns) or Machine(self.program)
            return self._machine

    def find(self, low: str) -> Heard:
        """What may match in a text."""
        if self.last.told[0] is not low:
            self.tell(low, self.find_all([low])[0])
        return self.last.told[1]

    def tell(self, low: str, heard: Heard) -> None:
        """Remembers what was found in a text, for this thread's next questions about it."""
        self.last.told = low, heard

    def find_all(self, lows: Sequence[str]) -> list[Heard]:
        """`find` for many texts in one pass."""
        with self._lock:
            machine = self.machine
            if len(lows) < _FEW:
                return [self._heard(alone(machine, low)) for low in lows]
            return self._each(together(machine, lows), len(lows))

    def _heard(self, finds: Sequence[Find]) -> Heard:
        heard: dict[int, dict[int, list[int]]] = {}
        for pattern, place in finds:
            block, which = self.places[pattern]
            heard.setdefault(block, {}).setdefault(which, []).append(place)
        return heard

    def _each(self, keys: Array, texts: int) -> list[Heard]:
        groups = keys >> PATTERN
        first = np.flatnonzero(np.diff(groups, prepend=-1))
        places = (keys & (1 << PATTERN) - 1).tolist()
        out: list[dict[int, dict[int, list[int]]]] = [{} for _ in range(texts)]
        bounds = [*first.tolist(), len(places)]
        mask, where = (1 << TEXT - PATTERN) - 1, self.places
        for group, (begin, stop) in zip(groups[first].tolist(), pairwise(bounds), strict=True):
            block, which = where[group & mask]
            heard = out[group >> TEXT - PATTERN]
            if block in heard:
                heard[block][which] = places[begin:stop]
            else:
                heard[block] = {which: places[begin:stop]}
        return list(out)


def _built(patterns: Sequence[str]) -> Program:
    builder = Builder()
    return builder.program([builder.add(pattern) for pattern in patterns], patterns)


SCANNER = Scanner()
