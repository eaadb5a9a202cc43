"""Deterministic states of the automaton in `automaton.py`, made when a text first needs them (the way of Google's RE2)
and kept for the next. What is found never depends on it.

A state is a set of nodes and the kind of the character before (0 none, 1 a sign, 2 a letter or digit). In `steps` the
state after a class of characters stands at state + class: states are named by the place of their row. Of those that
seek, the ones at which something has just ended begin at an odd place, the others at an even one.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any

import numpy as np

from .automaton import CHAR, MATCH, Nodes

Array = np.ndarray[Any, Any]
UNKNOWN = 0  # the row of this number leads to itself only: a step that was never made
_ROOM = 1 << 10  # rows at first
Key = tuple[int, bytes, bytes]  # kind of the character before, nodes, what has just ended; both as `_set` gives them


class States:
    """Rows of steps that grow as they are needed."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes
        self.width = nodes.signs + 1 + (nodes.signs + 1) % 2
        self._keys: list[Key] = [(0, b"", b"")]
        self._rows: dict[Key, int] = {}
        self._kept: Any = None
        self.steps: Array = np.zeros(0, np.int32)
        self._room(_ROOM)

    def __getstate__(self) -> dict[str, Any]:
        self._unpack()
        state = {name: value for name, value in vars(self).items() if name not in ("view", "_rows")}
        before, opened, ended = zip(*self._keys, strict=True)
        kept = bytes(before), _packed(opened), _packed(ended)
        return {**state, "steps": self.steps[: len(self._keys) * self.width], "_keys": [], "_kept": kept}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        self._room(len(self) + _ROOM)

    def _unpack(self) -> None:
        """Gives kept states their keys back, without which no state can be added; many texts need no new state."""
        if self._kept is not None:
            before, opened, ended = self._kept
            self._keys = list(zip(before, _unpacked(opened), _unpacked(ended), strict=True))
            self._rows = {key: at * self.width + self._odd(key) for at, key in enumerate(self._keys) if at}
            self._kept = None

    def __len__(self) -> int:
        return len(self._keys) if self._kept is None else len(self._kept[0])

    def _room(self, rows: int) -> None:
        steps = np.zeros(rows * self.width, np.int32)
        steps[: len(self.steps)] = self.steps
        self.steps = steps
        self.view: Any = memoryview(steps)  # type: ignore[arg-type]

    def row(self, key: Key) -> int:
        """The state of this key, a new one if there was none."""
        found = self._rows.get(key)
        if found is None:
            found = self._rows[key] = len(self._keys) * self.width + self._odd(key)
            self._keys.append(key)
            if len(self._keys) * self.width > len(self.steps):
                self._room(len(self._keys) * 3 // 2)
            self._made(found, key)
        return found

    def _odd(self, key: Key) -> bool:
        """Whether the row of a state begins one place later."""
        return False

    def _made(self, row: int, key: Key) -> None:
        """What a new state needs beside its row."""

    def _moved(self, opened: Iterable[int], before: int, sign: int) -> tuple[set[int], set[int]]:
        """What is reached from open nodes by a class of characters, and what ended before it."""
        nodes = self.nodes
        todo = list(opened)
        seen, reached, ended = set(todo), set[int](), set[int]()
        for node in todo:  # grows while it is walked: behind an assertion there may be another
            kind, what, then = nodes.nodes[node]
            if kind == CHAR:
                if nodes.member[what][sign]:
                    reached.update(nodes.opened(then))
            elif kind == MATCH:
                ended.add(what)
            elif nodes.holds(what, before, sign):
                more = nodes.opened(then) - seen
                seen |= more
                todo += sorted(more)
        return reached, ended


def _set(numbers: Iterable[int]) -> bytes:
    """A set of numbers as bytes, which take half the room of a tuple and need no number by itself when unpacked."""
    return array("i", sorted(numbers)).tobytes()


def _numbers(kept: bytes) -> array[int]:
    return array("i", kept)


def _packed(sets: Sequence[bytes]) -> tuple[list[int], bytes]:
    return [len(one) for one in sets], b"".join(sets)


def _unpacked(packed: tuple[list[int], bytes]) -> Iterator[bytes]:
    sizes, items = packed
    return (items[start:stop] for start, stop in pairwise(accumulate(sizes, initial=0)))


class Seeking(States):
    """What may begin anywhere in a text. `ends` says of a state what has just ended."""

    def __init__(self, nodes: Nodes, root: int) -> None:
        self.ends: dict[int, tuple[int, ...]] = {}
        self._root = root
        self._fresh: dict[tuple[int, int], tuple[set[int], set[int]]] = {}
        self._table: tuple[Array, Array, Array] | None = None
        super().__init__(nodes)
        self.start = self.row((0, b"", b""))

    def step(self, state: int, sign: int) -> int:
        """The state after a class of characters; remembered."""
        self._unpack()
        before, opened, _ = self._keys[state // self.width]
        fresh = self._fresh.get((before, sign))
        if fresh is None:
            fresh = self._fresh[before, sign] = self._moved(self.nodes.opened(self._root), before, sign)
        reached, ended = self._moved(_numbers(opened), before, sign)
        key = self.nodes.kind_of(sign), _set(reached | fresh[0]), _set(ended | fresh[1])
        new = self.steps[state + sign] = self.row(key)
        return new

    def _odd(self, key: Key) -> bool:
        return bool(key[2])

    def _made(self, row: int, key: Key) -> None:
        self._table = None
        if key[2]:
            self.ends[row] = tuple(_numbers(key[2]))

    def table(self) -> tuple[Array, Array, Array]:
        """`ends` as arrays: for each row of `steps` a number, and where the numbers' ends begin in a list."""
        if self._table is None:
            number = np.zeros(len(self.steps) // self.width + 1, np.int32)
            number[np.array(list(self.ends), np.int64) // self.width] = np.arange(len(self.ends))
            sizes = [0, *map(len, self.ends.values())]
            ends = np.array([e for ends in self.ends.values() for e in ends], np.int32)
            self._table = number, np.cumsum(sizes, dtype=np.int32), ends
        return self._table


class Following(States):
    """Patterns from where they begin: whether they come to an end. Two states lead only to themselves: GONE, of which
    nothing is left, and MATCHED; all others are greater."""

    def __init__(self, nodes: Nodes, roots: Iterable[int]) -> None:
        super().__init__(nodes)
        self.gone, self.matched = self.row((0, b"", b"")), self.row((0, b"", _set([1])))
        for row in (self.gone, self.matched):
            self.steps[row : row + self.width] = row
        starts = [[self._start(root, before) for before in range(3)] for root in roots]
        self.starts = np.array(starts, np.int32).reshape(-1, 3)
        self.start = starts

    def _start(self, root: int, before: int) -> int:
        return self.row((before, _set(self.nodes.opened(root)), b""))

    def step(self, state: int, sign: int) -> int:
        """The state after a class of characters; remembered."""
        self._unpack()
        before, opened, _ = self._keys[state // self.width]
        reached, ended = self._moved(_numbers(opened), before, sign)
        if ended:
            new = self.matched
        elif not reached:
            new = self.gone
        else:
            new = self.row((self.nodes.kind_of(sign), _set(reached), b""))
        self.steps[state + sign] = new
        return new
