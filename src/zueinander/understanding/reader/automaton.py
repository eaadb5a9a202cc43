"""Regular expressions as one nondeterministic automaton, in arrays that `lazy.py` runs over texts.

Words of folded text come down to some fifty classes of characters that no pattern tells apart. What a deterministic
automaton cannot carry is left out, so that it hears at least what the pattern matches, and the pattern is marked as not
exact: looking ahead and behind, the bounds of long gaps like [^.!?]{0,80}, and `$` before a final line break.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser
from typing import Any

import numpy as np

from .literals import required

Array = np.ndarray[Any, Any]
Symbols = frozenset[int]

CHAR, EITHER, ASSERT, MATCH = range(4)
BEGIN, END, LAST, EDGE, NO_EDGE = range(5)
_AT = {
    sre.AT_BEGINNING: BEGIN,
    sre.AT_BEGINNING_STRING: BEGIN,
    sre.AT_END: END,
    sre.AT_END_STRING: LAST,
    sre.AT_BOUNDARY: EDGE,
    sre.AT_NON_BOUNDARY: NO_EDGE,
}
AHEAD = 4  # characters of a pattern that have to be there before it is followed
_LONG_GAP = 10  # counting further than this makes too many states

_LISTED = "äöü°€♪♫🎵🎶😂😄😅😜🙄🙈🤣"
_OTHERS = ("\u0663", "ж", "\u2028", "¡")  # a digit, a letter, a space and a sign that no pattern names
ALPHABET = [chr(code) for code in range(128)] + list(_LISTED) + list(_OTHERS)
_SYMBOL = {char: number for number, char in enumerate(ALPHABET)}
_USUAL = " enisratdhulcgmobwfkzpv.,?"
_FIRST_OTHER = len(ALPHABET) - len(_OTHERS)
_TESTS = {
    sre.CATEGORY_DIGIT: re.compile(r"\d"),
    sre.CATEGORY_NOT_DIGIT: re.compile(r"\D"),
    sre.CATEGORY_SPACE: re.compile(r"\s"),
    sre.CATEGORY_NOT_SPACE: re.compile(r"\S"),
    sre.CATEGORY_WORD: re.compile(r"\w"),
    sre.CATEGORY_NOT_WORD: re.compile(r"\W"),
}
_CATEGORY = {kind: frozenset(n for n, c in enumerate(ALPHABET) if test.match(c)) for kind, test in _TESTS.items()}
_ALL = frozenset(range(len(ALPHABET)))
_WORD = _CATEGORY[sre.CATEGORY_WORD]


def symbol(char: str) -> int:
    """The number of the symbol that stands for a character of folded text."""
    known = _SYMBOL.get(char)
    if known is not None:
        return known
    which = 0 if char.isdecimal() else 1 if char.isalnum() or char == "_" else 2 if char.isspace() else 3
    return _FIRST_OTHER + which


@dataclass(slots=True)
class Program:
    """The automaton. Nodes: `kind`, `what` (set, assertion or pattern number), `then` (next node or row of `forks`)."""

    kind: Array
    what: Array
    then: Array
    fork_at: Array  # start of each row in `forks`, one longer than the rows
    forks: Array
    roots: Array  # first node of each pattern, then of all beginnings, then of all gates
    owner: Array  # gate -> pattern
    asked: Array  # pattern -> how many gates it has
    member: Array  # [set, class] -> 0 or 1
    classes: Array  # symbol -> class
    is_word: Array  # class -> 0 or 1
    is_break: Array  # class -> 1 for the line break


@dataclass(slots=True)
class Builder:
    """Adds patterns; equal rests are kept once."""

    nodes: list[tuple[int, int, int]] = field(default_factory=list)
    exact: list[bool] = field(default_factory=list)
    width: list[int] = field(default_factory=list)
    _known: dict[Any, int] = field(default_factory=dict)
    _sets: dict[Symbols, int] = field(default_factory=dict)
    _forks: list[tuple[int, ...]] = field(default_factory=list)
    _sure: bool = True

    def add(self, pattern: str) -> int:
        """The node where the pattern begins; its number is the count of those before it."""
        number = len(self.exact)
        parsed = _parser.parse(pattern)
        self._sure = True
        start = self._run(list(parsed), self._node(MATCH, number, 0))
        self.exact.append(self._sure)
        self.width.append(min(int(parsed.getwidth()[1]), 1 << 20))
        return start

    def _node(self, kind: int, what: int, then: int) -> int:
        found = self._known.get((kind, what, then))
        if found is None:
            found = self._known[kind, what, then] = len(self.nodes)
            self.nodes.append((kind, what, then))
        return found

    def either(self, ways: Iterable[int]) -> int:
        """A node that goes on with any of the others."""
        unique = tuple(dict.fromkeys(ways))
        if len(unique) == 1:
            return unique[0]
        found = self._known.get(unique)
        if found is None:
            self._forks.append(unique)
            found = self._known[unique] = self._node(EITHER, 0, len(self._forks) - 1)
        return found

    def _one_of(self, symbols: Symbols, then: int) -> int:
        return self._node(CHAR, self._sets.setdefault(symbols, len(self._sets)), then)

    def _run(self, items: Sequence[Any], then: int) -> int:
        for kind, value in reversed(items):
            then = self._item(kind, value, then)
        return then

    def _item(self, kind: Any, value: Any, then: int) -> int:
        if kind is sre.SUBPATTERN:
            return self._run(list(value[3]), then)
        if kind is sre.BRANCH:
            return self.either([self._run(list(branch), then) for branch in value[1]])
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            return self._repeat(value[0], value[1], list(value[2]), then)
        if kind is sre.AT:
            self._sure &= value is not sre.AT_END
            return self._node(ASSERT, _AT[value], then)
        if kind in (sre.ASSERT, sre.ASSERT_NOT):
            self._sure = False
            return then
        return self._one_of(self._symbols(kind, value), then)

    def _repeat(self, least: int, most: Any, body: list[Any], then: int) -> int:
        single = len(body) == 1 and body[0][0] in (sre.IN, sre.ANY, sre.NOT_LITERAL, sre.LITERAL)
        if most is not sre.MAXREPEAT and single and most - least > _LONG_GAP:
            self._sure, most = False, sre.MAXREPEAT
        if most is sre.MAXREPEAT:
            self._forks.append(())
            row = len(self._forks) - 1
            loop = self._node(EITHER, 0, row)
            self._forks[row] = (self._run(body, loop), then)
            end = loop
        else:
            end = then
            for _ in range(most - least):
                end = self.either([self._run(body, end), then])
        for _ in range(least):
            end = self._run(body, end)
        return end

    def _symbols(self, kind: Any, value: Any) -> Symbols:
        if kind is sre.LITERAL:
            return frozenset([self._named(value)])
        if kind is sre.NOT_LITERAL:
            return _ALL - {_SYMBOL[chr(value)]}
        if kind is sre.ANY:
            return _ALL - {_SYMBOL["\n"]}
        if kind is not sre.IN:
            raise ValueError(f"{kind} in a pattern of the reader")
        found: set[int] = set()
        for inner, what in value:
            if inner is sre.LITERAL:
                found.add(self._named(what))
            elif inner is sre.RANGE:
                found.update(n for n, c in enumerate(ALPHABET) if what[0] <= ord(c) <= what[1])
            elif inner is sre.CATEGORY:
                found |= _CATEGORY[what]
        return _ALL - found if value[0][0] is sre.NEGATE else frozenset(found)

    def _named(self, code: int) -> int:
        """A letter that folded text never holds, as é, stands for its like, and a finding is looked at again."""
        self._sure &= chr(code) in _SYMBOL
        return symbol(chr(code))

    def beginnings(self, starts: Sequence[int]) -> int:
        """The first node of an automaton for the first AHEAD characters of all patterns; pattern n ends as
        len(starts) + n."""
        return self.either([self._cut(node, AHEAD, len(starts) + n, {}) for n, node in enumerate(starts)])

    def gates(self, patterns: Sequence[str]) -> tuple[int, Array, Array]:
        """The first node of an automaton for the strings that patterns need; gate g ends as 2 * patterns + 1 + g.
        Then the pattern of each gate, and how many gates each pattern has."""
        owners: list[int] = []
        tree: dict[Any, Any] = {}
        for number, pattern in enumerate(patterns):
            for strings in required(pattern):
                for string in sorted(strings):
                    branch = tree
                    for char in string:
                        branch = branch.setdefault(symbol(char), {})
                    branch.setdefault(None, []).append(2 * len(patterns) + 1 + len(owners))
                owners.append(number)
        return self._tree(tree), np.array(owners, np.int32), np.bincount(owners, minlength=len(patterns))

    def _tree(self, tree: dict[Any, Any]) -> int:
        ways = [self._node(MATCH, end, 0) for end in tree.get(None, ())]
        ways += [self._one_of(frozenset([s]), self._tree(rest)) for s, rest in tree.items() if s is not None]
        return self.either(ways)

    def _cut(self, node: int, left: int, number: int, known: dict[tuple[int, int], int]) -> int:
        found = known.get((node, left))
        if found is None:
            kind, what, then = self.nodes[node]
            if kind == MATCH or (kind == CHAR and left == 0):
                found = self._node(MATCH, number, 0)
            elif kind == EITHER:
                known[node, left] = self.either([])  # a loop that comes back without a character adds nothing
                found = self.either([self._cut(n, left, number, known) for n in self._forks[then]])
            else:
                found = self._node(kind, what, self._cut(then, left - (kind == CHAR), number, known))
            known[node, left] = found
        return found

    def program(self, starts: Sequence[int], patterns: Sequence[str]) -> Program:
        """The arrays for patterns that begin at `starts`."""
        gate, owner, asked = self.gates(patterns)
        roots = [*starts, self.beginnings(starts), gate]
        breaks = frozenset([_SYMBOL["\n"]])
        kinds = {s: n for n, s in enumerate(dict.fromkeys([*self._sets, _WORD, breaks]))}
        marks = [bytes(n in s for s in kinds) for n in range(len(ALPHABET))]
        usual = [marks[_SYMBOL[char]] for char in _USUAL]  # neighbours in memory
        unlike = {mark: n for n, mark in enumerate(dict.fromkeys([*usual, *marks]))}
        classes = np.array([unlike[mark] for mark in marks], np.uint8)
        member = np.frombuffer(b"".join(unlike), np.uint8).reshape(len(unlike), -1).T
        end = np.zeros((len(member), 1), np.uint8)  # the class behind the text belongs to nothing
        member = np.ascontiguousarray(np.hstack([member, end]))
        nodes = np.array(self.nodes, np.int32)
        sizes = [0, *(len(row) for row in self._forks)]
        return Program(
            kind=nodes[:, 0].astype(np.uint8),
            what=np.ascontiguousarray(nodes[:, 1]),
            then=np.ascontiguousarray(nodes[:, 2]),
            fork_at=np.cumsum(sizes).astype(np.int32),
            forks=np.array([n for row in self._forks for n in row] or [0], np.int32),
            roots=np.array(roots, np.int32),
            owner=owner,
            asked=asked.astype(np.int32),
            member=member,
            classes=classes,
            is_word=member[kinds[_WORD]].copy(),
            is_break=member[kinds[breaks]].copy(),
        )
