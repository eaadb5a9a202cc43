"""Runs only those of many patterns that can match at all.

From each regular expression follows a set of literals of which any match contains at least one (as in the prefilter of
Google's RE2). One Aho-Corasick pass over the text finds the literals; the few patterns they belong to are then tried.
The answer is the same as trying all of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser
from typing import Any

import ahocorasick_rs

from .scan import SCANNER

_MOST = 400  # a pattern that would need more literals than this is always tried


def literals(pattern: str) -> frozenset[str] | None:
    """Strings of which every match contains one, or None when nothing of use can be said."""
    found = _sequence(list(_parser.parse(pattern)))
    useful = found and len(found) <= _MOST and all(len(f) > 1 or not (f.isalnum() or f == " ") for f in found)
    return found if useful else None


def _worth(found: frozenset[str]) -> float:
    return min(map(len, found)) - len(found) / 200


def _sequence(items: list[Any]) -> frozenset[str] | None:
    """The best of: a run of plain letters, or what one part alone asks for."""
    choices: list[frozenset[str]] = []
    run: list[str] = [""]
    for kind, value in items:
        step = _letters(kind, value)
        if step is not None and len(run) * len(step) <= 24:
            run = [a + b for a in run for b in step]
            continue
        if all(run):
            choices.append(frozenset(run))
        run = list(step) if step else [""]
        inner = None if step is not None else _part(kind, value)
        if inner:
            choices.append(inner)
    if all(run):
        choices.append(frozenset(run))
    return max(choices, key=_worth, default=None)


def _letters(kind: Any, value: Any) -> list[str] | None:
    """The strings a part stands for, when these are few and exact."""
    if kind is sre.LITERAL:
        return [chr(value)]
    if kind is sre.AT:
        return [""]
    if kind is sre.IN and all(k is sre.LITERAL for k, _ in value) and len(value) <= 4:
        return [chr(v) for _, v in value]
    if kind is sre.MAX_REPEAT and value[0] == 0 and value[1] == 1:
        inner = _exact(list(value[2]))
        return ["", *inner] if inner and len(inner) <= 6 else None
    if kind is sre.SUBPATTERN:
        return _exact(list(value[3]))
    if kind is sre.BRANCH:
        parts = [_exact(list(branch)) for branch in value[1]]
        return [s for p in parts if p for s in p] if all(p is not None for p in parts) and len(parts) <= 12 else None
    return None


def _exact(items: list[Any]) -> list[str] | None:
    out = [""]
    for kind, value in items:
        step = _letters(kind, value)
        if step is None or len(out) * len(step) > 24:
            return None
        out = [a + b for a in out for b in step]
    return out


def _part(kind: Any, value: Any) -> frozenset[str] | None:
    if kind is sre.SUBPATTERN:
        return _sequence(list(value[3]))
    if kind is sre.BRANCH:
        parts = [_sequence(list(branch)) for branch in value[1]]
        return frozenset().union(*[p for p in parts if p]) if all(parts) else None
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT) and value[0] >= 1:
        return _sequence(list(value[2]))
    return None


class Sieve:
    """`candidates` gives the numbers of patterns that may match, `matching` of those that do, both in rising order."""

    def __init__(self, patterns: Sequence[re.Pattern[str]], *, scan: bool = True) -> None:
        """scan=False keeps to the literals, whatever the scanner knows."""
        self.patterns = list(patterns)
        self._numbers = {SCANNER.enrol(pattern): i for i, pattern in enumerate(self.patterns)} if scan else {}
        self._trying = [i for number, i in self._numbers.items() if not SCANNER.trusted(number)]
        self._mine = frozenset(self._numbers)
        self._sure = frozenset(
            i for number, i in self._numbers.items() if SCANNER.exact(number) and SCANNER.trusted(number)
        )
        owners: dict[str, list[int]] = {}
        self.always: list[int] = []
        for number, pattern in enumerate(self.patterns):
            found = literals(pattern.pattern)
            if found is None:
                self.always.append(number)
            for literal in found or ():
                owners.setdefault(literal, []).append(number)
        self._owners = [tuple(v) for v in owners.values()]
        self._auto = ahocorasick_rs.AhoCorasick(list(owners)) if owners else None

    def candidates(self, low: str) -> list[int]:
        numbers = self._numbers
        scanned = SCANNER.find(low) if numbers else None
        if scanned is not None:
            return sorted({*self._trying, *[numbers[n] for n in scanned & self._mine]})
        found = set(self.always)
        if self._auto is not None:
            owners = self._owners
            seen = {hit[0] for hit in self._auto.find_matches_as_indexes(low, overlapping=True)}
            for which in seen:
                found.update(owners[which])
        return sorted(found)

    def matching(self, low: str) -> list[int]:
        sure = self._sure if SCANNER.find(low) is not None else frozenset()
        return [n for n in self.candidates(low) if n in sure or self.patterns[n].search(low)]
