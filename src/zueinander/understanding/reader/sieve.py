"""A list of patterns, of which only those are tried that can match a text, and only where they may begin (`scan.py`).
The answers are the same as trying all of them everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from .scan import NOTHING, SCANNER, Places

_last = SCANNER.last
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzäöü")


class Sieve:
    """`candidates` gives the numbers of patterns that may match, `matching` of those that do, both in rising order."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self.patterns = list(patterns)
        self.block = SCANNER.enrol([pattern.pattern for pattern in self.patterns])
        self._exact: list[bool] = []

    def candidates(self, low: str) -> Mapping[int, Places]:
        """With the places where they may begin."""
        said, heard = _last.told
        return (heard if said is low else SCANNER.find(low)).get(self.block, NOTHING)

    def matching(self, low: str) -> list[int]:
        found = self.candidates(low)
        if not found:
            return []
        exact, patterns = self._exact or self._learn(), self.patterns
        return [n for n, places in found.items() if exact[n] or first(patterns[n], low, places)]

    def _learn(self) -> list[bool]:
        self._exact = SCANNER.exact(self.block)
        return self._exact

    def search(self, which: int, low: str) -> re.Match[str] | None:
        """The first match of one pattern."""
        said, heard = _last.told  # here and below not by `candidates`: it is asked some fifty times a text
        found = (heard if said is low else SCANNER.find(low)).get(self.block)
        return first(self.patterns[which], low, found[which]) if found and which in found else None

    def finditer(self, which: int, low: str) -> Sequence[re.Match[str]]:
        """All matches of one pattern."""
        said, heard = _last.told
        found = (heard if said is low else SCANNER.find(low)).get(self.block)
        return at_places(self.patterns[which], low, found[which]) if found and which in found else ()


def first(pattern: re.Pattern[str], low: str, places: Places) -> re.Match[str] | None:
    """The first match of a pattern of which it is known where it may begin."""
    for place in places:
        if found := pattern.match(low, place):
            return found
    return None


def at_places(pattern: re.Pattern[str], low: str, places: Places) -> list[re.Match[str]]:
    """All of its matches, none overlapping."""
    out, at = [], 0
    for place in places:
        if place >= at and (match := pattern.match(low, place)):
            out.append(match)
            at = match.end() + (match.end() == match.start())
    return out


def word_begins(low: str, tails: Places, letter: Callable[[str], bool], most: int = 0) -> list[int]:
    """Where the words of such letters begin at whose end the tails stand; with `most` any place so many letters before
    a tail, too, as a word may begin behind a hyphen."""
    out: list[int] = []
    reached = 0
    for tail in tails:
        begin, least = tail, max(reached, tail - most if most else 0)
        while begin > least and letter(low[begin - 1]):
            begin -= 1
        if most:
            out += range(begin, tail)
        elif begin < tail and not (begin and letter(low[begin - 1])):  # else the word was there with the tail before
            out.append(begin)
        reached = tail
    return out


class Tailed:
    """A pattern that begins with a word of small letters, as any word of a text might: sought is its `tail`, and from
    there one goes back to where the word begins."""

    def __init__(self, pattern: str, tail: str) -> None:
        self.pattern = re.compile(pattern)
        self._tail = Sieve([re.compile(tail)])

    def finditer(self, low: str) -> Sequence[re.Match[str]]:
        tails = self._tail.candidates(low)
        return at_places(self.pattern, low, word_begins(low, tails[0], LETTERS.__contains__)) if tails else ()


class Gated:
    """One such pattern."""

    __slots__ = ("_pattern", "_source", "block")

    def __init__(self, pattern: str) -> None:
        self._source = pattern
        self._pattern: re.Pattern[str] | None = None
        self.block = SCANNER.enrol([pattern])

    @property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when a text may match it: most texts ask few, and a process is to be ready soon."""
        if self._pattern is None:
            self._pattern = re.compile(self._source)
        return self._pattern

    def search(self, low: str) -> re.Match[str] | None:
        said, heard = _last.told
        found = (heard if said is low else SCANNER.find(low)).get(self.block)
        return first(self.pattern, low, found[0]) if found else None

    def finditer(self, low: str) -> Sequence[re.Match[str]]:
        said, heard = _last.told
        found = (heard if said is low else SCANNER.find(low)).get(self.block)
        return at_places(self.pattern, low, found[0]) if found else ()


class AnyOf:
    """Several of them, to be asked first: where nothing of all this may match, it need not be asked one by one."""

    __slots__ = ("_blocks",)

    def __init__(self, *asked: Sieve | Gated) -> None:
        self._blocks = frozenset(one.block for one in asked)

    def heard(self, low: str) -> bool:
        """Whether any of them may match."""
        said, heard = _last.told
        return not self._blocks.isdisjoint(heard if said is low else SCANNER.find(low))
