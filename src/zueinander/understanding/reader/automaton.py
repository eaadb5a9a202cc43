"""Regular expressions as one nondeterministic automaton, of which `states.py` makes a deterministic one.

Words of folded text come down to some fifty classes of characters that no pattern tells apart. What a deterministic
automaton cannot carry is left out, so that it hears at least what the pattern matches, and the pattern is marked as not
exact: looking ahead and behind, the bounds of long gaps like [^.!?]{0,80}, and `$` before a final line break.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from re import _constants as sre  # type: ignore[attr-defined, unused-ignore]
from re import _parser  # type: ignore[attr-defined, unused-ignore]
from typing import Any

from .literals import required
from .nodes import ASSERT, BEGIN, CHAR, EDGE, EITHER, END, LAST, MATCH, NO_EDGE, OUTSIDE, Nodes, Triples

Symbols = frozenset[int]

_AT = {
    sre.AT_BEGINNING: BEGIN,
    sre.AT_BEGINNING_STRING: BEGIN,
    sre.AT_END: END,
    sre.AT_END_STRING: LAST,
    sre.AT_BOUNDARY: EDGE,
    sre.AT_NON_BOUNDARY: NO_EDGE,
}
_LETTER = [(sre.IN, [(sre.CATEGORY, sre.CATEGORY_WORD)])]  # (?<!\w), OUTSIDE a word
AHEAD = 5  # characters of a pattern that have to be there before it is followed
_LONG_GAP = 10  # counting further than this makes too many states

_LISTED = "äöü°€♪♫🎵🎶😂😄😅😜🙄🙈🤣"
_OTHERS = ("\u0663", "ж", "\u2028", "¡")  # a digit, a letter, a space and a sign that no pattern names
ALPHABET = [chr(code) for code in range(128)] + list(_LISTED) + list(_OTHERS)
_SYMBOL = {char: number for number, char in enumerate(ALPHABET)}
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
    """The automaton of all patterns and what else is known of them."""

    nodes: Nodes
    starts: list[int]  # first node of each pattern
    begin: int  # first node of all beginnings; one ends as pattern * (AHEAD + 1) + characters
    gate: int  # first node of all strings that patterns need; a string ends as its number
    owner: list[int]  # string -> pattern, rising
    classes: bytes  # symbol -> class
    exact: list[bool]  # whether a find of the pattern is a match without a second look


@dataclass(slots=True)
class Builder:
    """Adds patterns; equal rests are kept once."""

    nodes: list[tuple[int, int, int]] = field(default_factory=list)
    exact: list[bool] = field(default_factory=list)
    _known: dict[Any, int] = field(default_factory=dict)
    _sets: dict[Symbols, int] = field(default_factory=dict)
    _forks: list[tuple[int, ...]] = field(default_factory=list)
    _sure: bool = True

    def add(self, pattern: str) -> int:
        """The node where the pattern begins; its number is the count of those before it."""
        number = len(self.exact)
        self._sure = True
        parsed = _parser.parse(pattern)
        if not parsed.getwidth()[0]:
            raise ValueError(f"may match nothing at all: {pattern}")
        start = self._run(list(parsed), self._node(MATCH, number, 0))
        self.exact.append(self._sure)
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
        found = self._known.get((EITHER, unique))
        if found is None:
            self._forks.append(unique)
            found = self._known[EITHER, unique] = self._node(EITHER, 0, len(self._forks) - 1)
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
        if kind is sre.ASSERT and value[0] > 0 and self.nodes[then][0] == MATCH:
            return self._run(list(value[1]), then)  # what has to follow at the very end
        if kind is sre.ASSERT_NOT and value[0] < 0 and list(value[1]) == _LETTER:
            return self._node(ASSERT, OUTSIDE, then)
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
        """The first node of an automaton for the first AHEAD characters of all patterns, or all of a shorter one."""
        return self.either([self._cut(node, AHEAD, n * (AHEAD + 1), {}) for n, node in enumerate(starts)])

    def gates(self, patterns: Sequence[str]) -> tuple[int, list[int]]:
        """The first node of an automaton for the strings that patterns need, and the pattern of each set of them."""
        owners: list[int] = []
        tree: dict[Any, Any] = {}
        for number, pattern in enumerate(patterns):
            for strings in required(pattern):
                for string in sorted(strings):
                    branch = tree
                    for char in string:
                        branch = branch.setdefault(symbol(char), {})
                    branch.setdefault(None, []).append(len(owners))
                owners.append(number)
        return self._tree(tree), owners

    def _tree(self, tree: dict[Any, Any]) -> int:
        ways = [self._node(MATCH, end, 0) for end in tree.get(None, ())]
        ways += [self._one_of(frozenset([s]), self._tree(rest)) for s, rest in tree.items() if s is not None]
        return self.either(ways)

    def _cut(self, node: int, left: int, number: int, known: dict[tuple[int, int], int]) -> int:
        found = known.get((node, left))
        if found is None:
            kind, what, then = self.nodes[node]
            if kind == MATCH or (kind == CHAR and left == 0):
                found = self._node(MATCH, number + AHEAD - left, 0)
            elif kind == EITHER:
                known[node, left] = self.either([])  # a loop that comes back without a character adds nothing
                found = self.either([self._cut(n, left, number, known) for n in self._forks[then]])
            else:
                found = self._node(kind, what, self._cut(then, left - (kind == CHAR), number, known))
            known[node, left] = found
        return found

    def program(self, starts: Sequence[int], patterns: Sequence[str]) -> Program:
        """All of it, for patterns that begin at `starts`."""
        gate, owner = self.gates(patterns)
        begin = self.beginnings(starts)
        breaks = frozenset([_SYMBOL["\n"]])
        kinds = {s: n for n, s in enumerate(dict.fromkeys([*self._sets, _WORD, breaks]))}
        marks = [bytes(n in s for s in kinds) for n in range(len(ALPHABET))]
        unlike = {mark: n for n, mark in enumerate(dict.fromkeys(marks))}
        rows = zip(*unlike, strict=True)
        member = [bytes(row) + b"\0" for row in rows]  # the class behind the text belongs to nothing
        nodes = Nodes(Triples(self.nodes), self._forks, member, member[kinds[_WORD]], member[kinds[breaks]])
        classes = bytes(unlike[mark] for mark in marks)
        return Program(nodes, list(starts), begin, gate, owner, classes, self.exact)
