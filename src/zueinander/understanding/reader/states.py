"""Deterministic states of the automaton in `automaton.py`, made when a text first needs them (the way of Google's RE2)
and kept for the next. What is found never depends on it.

A state is a set of nodes and the kind of the character before (0 none, 1 a sign, 2 a letter or digit). In `steps` the
state after a class of characters stands at state + class: states are named by the place of their row. Of those that
seek, the ones at which something has just ended begin at an odd place, the others at an even one. Most classes lead a
state where they lead any other, or nowhere; these steps are there from the beginning, once they are known.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import accumulate, pairwise, product
from typing import Any

import numpy as np

from .nodes import ASSERT, MATCH, Nodes

Array = np.ndarray[Any, Any]
UNKNOWN = 0  # the row of this number leads to itself only: a step that was never made
_ROOM = 1 << 10  # rows at first
Key = bytes  # the kind of the character before, and the nodes, rising: as one, for there are many


class States:
    """Rows of steps that grow as they are needed."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes
        self.width = nodes.signs + 1 + (nodes.signs + 1) % 2
        self._keys: list[Key] = [_key(0, ())]
        self._rows: dict[Key, int] = {}
        self._kept: Any = None
        self.steps: Array = np.zeros(0, np.int32)
        self._room(_ROOM)

    def __getstate__(self) -> dict[str, Any]:
        self._unpack()
        state = {name: value for name, value in vars(self).items() if name not in ("view", "_rows")}
        kept = [len(key) for key in self._keys], b"".join(self._keys)
        steps = self.steps[: (len(self._keys) + _ROOM) * self.width]  # with some room where there is any
        return {**state, "steps": steps, "_keys": [], "_kept": kept}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        self._room(len(self.steps) // self.width * 5 // 4)  # now, as growing later needs the room twice

    def _unpack(self) -> None:
        """Gives kept states their keys back, without which no state can be added; many texts need no new state."""
        if self._kept is not None:
            sizes, keys = self._kept
            self._keys = [keys[start:stop] for start, stop in pairwise(accumulate(sizes, initial=0))]
            rows = range(0, len(self._keys) * self.width, self.width)
            self._rows = dict(zip(self._keys[1:], rows[1:], strict=True))
            self._rows.update((self._keys[row // self.width], row) for row in self._odd())
            self._kept = None

    def __len__(self) -> int:
        return len(self._keys) if self._kept is None else len(self._kept[0])

    def _room(self, rows: int) -> None:
        steps = np.zeros(rows * self.width, np.int32)
        steps[: len(self.steps)] = self.steps
        self._take(steps)

    def _take(self, steps: Array) -> None:
        self.steps = steps
        self.view: Any = memoryview(steps)  # type: ignore[arg-type]

    def _new(self, key: Key, odd: bool = False) -> int:
        """A state with this key, of which no step is known."""
        number = len(self._keys)
        found = self._rows[key] = number * self.width + odd
        self._keys.append(key)
        if (number + 1) * self.width > len(self.steps):
            self._room((number + 1) * 3 // 2)
        return found

    def _odd(self) -> Iterable[int]:
        """The rows that begin one place later."""
        return ()

    def _fill(self, row: int, usual: Array | int, nodes: Iterable[int]) -> None:
        """The steps that lead no node of a state on are the usual ones; the others stay unknown."""
        moving = self.nodes.moving(nodes)
        self.steps[row : row + len(moving)] = np.where(moving, UNKNOWN, usual)


def _key(before: int, nodes: Iterable[int]) -> Key:
    return array("i", [before, *sorted(nodes)]).tobytes()


def _told(key: Key) -> tuple[int, array[int]]:
    """The kind of the character before, and the nodes."""
    nodes = array("i", key)
    return nodes[0], nodes[1:]


class Seeking(States):
    """What may begin anywhere in a text. `ends` says of a state what has just ended, or will if an assertion holds."""

    def __init__(self, nodes: Nodes, root: int) -> None:
        self.ends: dict[int, tuple[int, ...]] = {}
        self._table: tuple[Array, Array, Array] | None = None
        super().__init__(nodes)
        self._root = root
        self._fresh: dict[tuple[int, int], set[int]] = {}
        self._usual = np.full((3, nodes.signs), UNKNOWN, np.int32)
        self.start = self._row(_key(0, ()), ())

    def settle(self) -> None:
        """Makes the states to which the usual steps lead, which takes half a second and spares most later steps."""
        self._unpack()
        for before, sign in product(range(3), range(self.nodes.signs)):
            fresh = self._begun(before, sign)
            self._usual[before, sign] = self._row(_key(self.nodes.kind_of(sign), fresh), fresh)
        for key, row in self._rows.items():  # those made before the usual steps were known
            before, nodes = _told(key)
            self._fill(row, self._usual[before], nodes)

    def _begun(self, before: int, sign: int) -> set[int]:
        """What begins with a class of characters."""
        found = self._fresh.get((before, sign))
        if found is None:
            first = self.nodes.opened(self._root)
            found = self._fresh[before, sign] = self.nodes.moved(first, before, sign)
        return found

    def step(self, state: int, sign: int) -> int:
        """The state after a class of characters; remembered."""
        self._unpack()
        before, opened = _told(self._keys[state // self.width])
        moved = self.nodes.moved(opened, before, sign)
        reached = moved | self._begun(before, sign)
        kind = self.nodes.kind_of(sign)
        key = _key(kind, reached)
        new = self._rows.get(key)
        if new is None:
            new = self._row(key, reached)
            self._fill(new, self._usual[kind], reached)
        if not moved:
            self._usual[before, sign] = new
        self.steps[state + sign] = new
        return new

    def _row(self, key: Key, reached: Iterable[int]) -> int:
        found = self._rows.get(key)
        if found is None:
            ended = self.nodes.ending(reached)
            found = self._new(key, bool(ended))
            if ended:
                self.ends[found] = tuple(sorted(ended))
                self._table = None
        return found

    def _odd(self) -> Iterable[int]:
        return self.ends

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
        self.gone, self.matched = self._new(_key(0, ())), self._new(_key(1, ()))
        for row in (self.gone, self.matched):
            self.steps[row : row + self.width] = row
        starts = [[self._row(before, nodes.opened(root)) for before in range(3)] for root in roots]
        self.starts = np.array(starts, np.int32).reshape(-1, 3)
        self.start = starts

    def _row(self, before: int, opened: Iterable[int]) -> int:
        """The state of these nodes. What was before is of no account to those that assert nothing."""
        key = _key(0 if self.nodes.of(ASSERT).isdisjoint(opened) else before, opened)
        found = self._rows.get(key)
        if found is None:
            found = self._new(key)
            if not self.nodes.ending(opened):  # else any class may show that it has come to its end
                self._fill(found, self.gone, opened)
        return found

    def step(self, state: int, sign: int) -> int:
        """The state after a class of characters; remembered."""
        self._unpack()
        before, opened = _told(self._keys[state // self.width])
        reached = self.nodes.moved(opened, before, sign)
        if not self.nodes.of(MATCH).isdisjoint(reached) or self.nodes.matched(opened, before, sign):
            new = self.matched
        else:
            new = self._row(self.nodes.kind_of(sign), reached) if reached else self.gone
        self.steps[state + sign] = new
        return new
