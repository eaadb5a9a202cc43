"""A list of patterns, of which only those are tried that can match a text, and only where (`scan.py`). The answers are
the same as trying all of them everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .scan import SCANNER


class Sieve:
    """`candidates` gives the numbers of patterns that may match, `matching` of those that do, both in rising order."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self.patterns = list(patterns)
        self._number = [SCANNER.enrol(pattern.pattern) for pattern in self.patterns]
        self._width = [SCANNER.width(number) for number in self._number]
        self._mine = {number: i for i, number in enumerate(self._number)}
        self._sure = [SCANNER.exact(number) for number in self._number]

    def candidates(self, low: str) -> list[int]:
        mine = self._mine
        return sorted([mine[number] for number in SCANNER.find(low) if number in mine])

    def matching(self, low: str) -> list[int]:
        sure = self._sure
        return [n for n in self.candidates(low) if sure[n] or self.search(n, low)]

    def search(self, which: int, low: str) -> re.Match[str] | None:
        """The first match of one pattern."""
        ends = SCANNER.find(low).get(self._number[which])
        return None if ends is None else self.patterns[which].search(low, max(0, ends[0] - self._width[which]))

    def finditer(self, which: int, low: str) -> Iterator[re.Match[str]]:
        """All matches of one pattern."""
        ends = SCANNER.find(low).get(self._number[which])
        return iter(()) if ends is None else between(self.patterns[which], low, ends, self._width[which])


def between(pattern: re.Pattern[str], low: str, ends: tuple[int, int], width: int) -> Iterator[re.Match[str]]:
    """All matches of a pattern of which it is known between which two places they end."""
    at = max(0, ends[0] - width)
    while at < ends[1] and (match := pattern.search(low, at)):
        yield match
        at = match.end() + (match.end() == match.start())


class Gated:
    """One such pattern."""

    __slots__ = ("_sieve", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = re.compile(pattern)
        self._sieve = Sieve([self.pattern])

    def search(self, low: str) -> re.Match[str] | None:
        return self._sieve.search(0, low)

    def finditer(self, low: str) -> Iterator[re.Match[str]]:
        return self._sieve.finditer(0, low)
