"""A list of patterns, of which only those are tried that can match a text, and only where they may begin (`scan.py`).
The answers are the same as trying all of them everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from .scan import NOTHING, SCANNER, Places

_last = SCANNER.last


class Sieve:
    """`candidates` gives the numbers of patterns that may match, `matching` of those that do, both in rising order."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self.patterns = list(patterns)
        self._block = SCANNER.enrol([pattern.pattern for pattern in self.patterns])
        self._exact: list[bool] = []

    def candidates(self, low: str) -> Mapping[int, Places]:
        """With the places where they may begin."""
        heard = _last.heard if _last.low is low else SCANNER.find(low)
        return heard.get(self._block, NOTHING)

    def matching(self, low: str) -> list[int]:
        found = self.candidates(low)
        if not found:
            return []
        exact = self._exact = self._exact or SCANNER.exact(self._block)
        return [n for n in found if exact[n] or self.search(n, low)]

    def search(self, which: int, low: str) -> re.Match[str] | None:
        """The first match of one pattern."""
        heard = _last.heard if _last.low is low else SCANNER.find(low)
        places = heard.get(self._block, NOTHING).get(which)
        if places:
            match = self.patterns[which].match
            for place in places:
                if found := match(low, place):
                    return found
        return None

    def finditer(self, which: int, low: str) -> Iterable[re.Match[str]]:
        """All matches of one pattern."""
        places = self.candidates(low).get(which)
        return at_places(self.patterns[which], low, places) if places else ()


def at_places(pattern: re.Pattern[str], low: str, places: Sequence[int]) -> Iterator[re.Match[str]]:
    """All matches of a pattern of which it is known where they may begin, none overlapping."""
    at = 0
    for place in places:
        if place >= at and (match := pattern.match(low, place)):
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

    def finditer(self, low: str) -> Iterable[re.Match[str]]:
        return self._sieve.finditer(0, low)
