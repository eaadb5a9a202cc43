"""The nodes of the nondeterministic automaton of `automaton.py`, and what is reached from them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
CHAR, EITHER, ASSERT, MATCH = range(4)
BEGIN, END, LAST, EDGE, NO_EDGE, OUTSIDE = range(6)


class Triples:
    """Three numbers a node, one after another: as tuples two hundred thousand nodes would fill 25 MB."""

    def __init__(self, nodes: Iterable[tuple[int, int, int]]) -> None:
        self._items = array("i", chain.from_iterable(nodes))

    def __getitem__(self, node: int) -> tuple[int, int, int]:
        kind, what, then = self._items[3 * node : 3 * node + 3]
        return kind, what, then

    def of(self, kind: int) -> Iterator[int]:
        """The nodes of a kind."""
        return (node for node, found in enumerate(self._items[::3]) if found == kind)


class _Ways(dict[int, tuple[bytes, tuple[int, ...]]]):
    """The ways of nodes, each worked out once."""

    def __init__(self, nodes: Nodes) -> None:
        super().__init__()
        self._nodes = nodes

    def __missing__(self, node: int) -> tuple[bytes, tuple[int, ...]]:
        found = self[node] = self._nodes.way(node)
        return found


@dataclass(slots=True)
class Nodes:
    """The automaton. A node: kind, what (set, assertion, what ends), and then (the next node or a row of `forks`)."""

    nodes: Triples
    forks: list[tuple[int, ...]]
    member: list[bytes]  # set -> class -> 0 or 1
    is_word: bytes  # class -> 0 or 1
    is_break: bytes  # class -> 1 for the line break
    _open: dict[int, tuple[int, ...]] = field(default_factory=dict)
    _ways: _Ways = field(init=False)
    _held: dict[tuple[int, int, int], tuple[set[int], bool]] = field(default_factory=dict)
    _ends: dict[int, list[int]] = field(default_factory=dict)
    _of: dict[int, frozenset[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._ways = _Ways(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return Nodes, (self.nodes, self.forks, self.member, self.is_word, self.is_break)

    @property
    def signs(self) -> int:
        """How many classes there are; the last one stands behind the text."""
        return len(self.is_word)

    def kind_of(self, sign: int) -> int:
        """Of a character before: 1 a sign, 2 a letter or digit."""
        return 1 + self.is_word[sign]

    def holds(self, what: int, before: int, sign: int) -> bool:
        """Whether an assertion is true between a kind of character and the class that follows."""
        end = sign == len(self.is_word) - 1
        if what == BEGIN:
            return before == 0
        if what in (LAST, END):
            return end or (what == END and bool(self.is_break[sign]))
        if what == OUTSIDE:
            return before != 2
        return ((before == 2) != bool(self.is_word[sign])) == (what == EDGE)

    def opened(self, node: int) -> tuple[int, ...]:
        """What can be reached without a character and without an assertion."""
        found = self._open.get(node)
        if found is None:
            found = self._open[node] = tuple(n for n in self._walked([node], EITHER) if self.nodes[n][0] != EITHER)
        return found

    def _walked(self, todo: list[int], *through: int) -> list[int]:
        """These nodes and all that are reached through nodes of such kinds."""
        seen = set(todo)
        for one in todo:  # grows while it is walked
            kind, _, then = self.nodes[one]
            if kind in through:
                more = {*self.forks[then]} if kind == EITHER else {then}
                todo += more - seen
                seen |= more
        return todo

    def moved(self, opened: Iterable[int], before: int, sign: int) -> set[int]:
        """What is reached from open nodes by a class of characters."""
        ways = map(self._ways.__getitem__, opened)
        reached = set[int]().union(*[then for member, then in ways if member[sign]])
        for node in self.of(ASSERT).intersection(opened):
            reached |= self._behind(node, before, sign)[0]
        return reached

    def way(self, node: int) -> tuple[bytes, tuple[int, ...]]:
        """Which classes may lead an open node on, and to what: nothing if that is asserted first."""
        kind, what, then = self.nodes[node]
        if kind == CHAR:
            return self.member[what], self.opened(then)
        behind = {self.nodes[n][1] for n in self._past(node) if self.nodes[n][0] == CHAR}
        any_of = bytes(map(any, zip(*map(self.member.__getitem__, behind), strict=True)))
        return any_of or bytes(self.signs), ()

    def _past(self, node: int) -> list[int]:
        """What is behind an assertion, and behind those behind it, whether they hold or not."""
        return self._walked([node], EITHER, ASSERT)

    def _behind(self, node: int, before: int, sign: int) -> tuple[set[int], bool]:
        """What is reached from behind an assertion by a class, and whether a match ends there: nothing and no where it
        does not hold."""
        key = node, before, sign
        found = self._held.get(key)
        if found is None:
            kind, what, then = self.nodes[node]
            found = self._held[key] = set[int](), False
            if kind == ASSERT and self.holds(what, before, sign):
                near = self.opened(then)
                ends = not self.of(MATCH).isdisjoint(near) or self.matched(near, before, sign)
                found = self._held[key] = self.moved(near, before, sign), ends
        return found

    def matched(self, opened: Iterable[int], before: int, sign: int) -> bool:
        """Whether a match ends before a class of characters, behind an assertion."""
        return any(self._behind(n, before, sign)[1] for n in self.of(ASSERT).intersection(opened))

    def of(self, kind: int) -> frozenset[int]:
        """All nodes of a kind."""
        found = self._of.get(kind)
        if found is None:
            found = self._of[kind] = frozenset(self.nodes.of(kind))
        return found

    def ending(self, opened: Iterable[int]) -> set[int]:
        """What ends at open nodes, or behind their assertions if these hold."""
        ended = {self.nodes[n][1] for n in self.of(MATCH).intersection(opened)}
        for node in self.of(ASSERT).intersection(opened):
            found = self._ends.get(node)
            if found is None:
                found = self._ends[node] = [self.nodes[n][1] for n in self.of(MATCH).intersection(self._past(node))]
            ended.update(found)
        return ended

    def moving(self, opened: Iterable[int]) -> Array:
        """Of each class whether it may lead one of the nodes on."""
        members = {member for member, _ in map(self._ways.__getitem__, opened)}
        found = 0
        for member in members:
            found |= int.from_bytes(member, "little")
        return np.frombuffer(found.to_bytes(self.signs, "little"), np.bool_)
