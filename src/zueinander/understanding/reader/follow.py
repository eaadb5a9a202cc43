"""Runs the automaton over one text, step by step, or over many at once, a column of characters at a time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from .automaton import AHEAD, Program, symbol
from .codes import Table, codes
from .states import UNKNOWN, Following, Seeking

Array = np.ndarray[Any, Any]
Find = tuple[int, int]  # a pattern, and where it may begin
TEXT, PATTERN = 40, 20  # in the keys of many finds: text << TEXT | pattern << PATTERN | place
_SPAN = AHEAD + 1
_FEW = 24  # steps for which arrays do not pay
_STRIDE = 4  # steps after which those that came to an end are set apart
_FAR = 48  # characters from where on it is remembered where a pattern that is followed has been


class _Signs(dict[int, int]):
    """Code of a character -> its class."""

    def __init__(self, classes: bytes) -> None:
        super().__init__()
        self._classes = classes

    def __reduce__(self) -> tuple[Any, ...]:
        return _Signs, (self._classes,)

    def __missing__(self, code: int) -> int:
        found = self[code] = self._classes[symbol(chr(code))]
        return found


class Machine:
    """The states made so far of one program. Grows while it reads."""

    def __init__(self, program: Program) -> None:
        nodes = program.nodes
        self.end, self.is_word = nodes.signs - 1, nodes.is_word
        self.exact, self.owner = program.exact, program.owner
        self.asked = np.bincount(np.array(program.owner, np.int64), minlength=len(program.starts))
        self.unasked = np.flatnonzero(self.asked == 0).tolist()
        self.cut = [divmod(end, _SPAN) for end in range(len(program.starts) * _SPAN)]  # pattern, characters through
        self.first_gate = np.searchsorted(program.owner, np.arange(len(program.starts)))
        self.gates = Seeking(nodes, program.gate)
        self.begins = Seeking(nodes, program.begin)
        self.follows = Following(nodes, program.starts)
        self.sign = _Signs(program.classes)
        self.signs = Table(self.sign.__getitem__, np.uint8)

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "signs"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        self.signs = Table(self.sign.__getitem__, np.uint8)

    @property
    def size(self) -> int:
        """How many states there are."""
        return len(self.gates) + len(self.begins) + len(self.follows)


def alone(machine: Machine, low: str) -> list[Find]:
    """What may match a text, in order."""
    text = machine.signs(codes(low)).tobytes() + bytes([machine.end])
    latest = _latest(machine, text)
    maybe = set()
    for at, ends in _sought(machine.begins, text):
        for end in ends:
            pattern, back = machine.cut[end]
            if pattern in latest and latest[pattern] >= at - back:
                maybe.add((pattern, at - back))
    known: dict[tuple[int, int], bool] = {}
    return [find for find in sorted(maybe) if _matches(machine, text, find, known)]


def _latest(machine: Machine, text: bytes) -> dict[int, int]:
    """Where the first of the strings of a pattern was last, of those patterns whose strings are all there."""
    last: dict[int, int] = {}
    for at, ends in _sought(machine.gates, text):
        last.update(dict.fromkeys(ends, at))
    found = dict.fromkeys(machine.unasked, len(text))
    heard: dict[int, list[int]] = {}
    for gate, at in last.items():
        heard.setdefault(machine.owner[gate], []).append(at)
    found.update((pattern, min(ats)) for pattern, ats in heard.items() if len(ats) == machine.asked[pattern])
    return found


def _sought(states: Seeking, text: bytes) -> list[tuple[int, tuple[int, ...]]]:
    """What ended before which character of the text."""
    view, ends, out = states.view, states.ends, []
    state = states.start
    for at, sign in enumerate(text):
        state = view[state + sign]
        if state & 1:
            out.append((at, ends[state]))
    return out if state != UNKNOWN else _newly_sought(states, text)


def _newly_sought(states: Seeking, text: bytes) -> list[tuple[int, tuple[int, ...]]]:
    """The same where states are missing."""
    out, state = [], states.start
    for at, sign in enumerate(text):
        state = states.view[state + sign] or states.step(state, sign)
        if state in states.ends:
            out.append((at, states.ends[state]))
    return out


def _matches(machine: Machine, text: bytes, find: Find, known: dict[tuple[int, int], bool]) -> bool:
    """Whether a pattern that begins at a place comes to an end."""
    follows, (pattern, place) = machine.follows, find
    view, matched = follows.view, follows.matched
    start = state = follows.start[pattern][1 + machine.is_word[text[place - 1]] if place else 0]
    for sign in text[place : place + _FAR]:
        state = view[state + sign]
        if state <= matched:
            break
    else:
        return _goes_on(machine, text, state, place + _FAR, known)
    return _goes_on(machine, text, start, place, known) if state == UNKNOWN else state == matched


def _goes_on(machine: Machine, text: bytes, state: int, place: int, known: dict[tuple[int, int], bool]) -> bool:
    """The same from a state on. `known` keeps what came of a state at a place, so that a pattern that may begin in a
    thousand places does not go to the end of a long text a thousand times."""
    follows, been = machine.follows, []
    for at in range(place, len(text)):
        if (state, at) in known:
            state = follows.matched if known[state, at] else follows.gone
        if state <= follows.matched:
            break
        been.append((state, at))
        state = follows.view[state + text[at]] or follows.step(state, text[at])
    for one in been:
        known[one] = state == follows.matched
    return state == follows.matched


def together(machine: Machine, lows: Sequence[str]) -> Array:
    """What may match which text, as keys in order."""
    signs, starts = _signs(machine, lows)
    sizes = np.diff(starts)
    common = np.flatnonzero(sizes <= 2 * sizes.mean())
    order = common[np.argsort(-sizes[common], kind="stable")]
    columns = _Columns(signs, starts[order], sizes[order])
    maybe, unknown = columns.maybe(machine)
    maybe[0] = order[maybe[0]]
    strange = np.concatenate([order[unknown], np.flatnonzero(sizes > 2 * sizes.mean())])
    keys = [_ended(machine, signs, starts, *maybe)]
    for text in strange.tolist():
        finds = alone(machine, lows[text])
        keys.append(np.array([text << TEXT | pattern << PATTERN | place for pattern, place in finds], np.int64))
    found = np.concatenate(keys)
    found.sort()
    return found[np.diff(found, prepend=-1) > 0]


def _signs(machine: Machine, lows: Sequence[str]) -> tuple[Array, Array]:
    """Classes of the characters of all texts, each text closed by the class of the end; where each begins."""
    signs = machine.signs(codes("\0".join(lows) + "\0"))
    starts = np.cumsum(np.array([0, *map(len, lows)], np.int64) + 1) - 1
    signs[starts[1:] - 1] = machine.end
    return signs, starts


class _Columns:
    """Texts side by side, the longest first, and column after column: the first class of each, the second of each that
    has one, and so on."""

    def __init__(self, signs: Array, starts: Array, sizes: Array) -> None:
        self.texts, self.rows, self.sizes = len(starts), int(sizes.max()), sizes
        wide = np.searchsorted(-sizes, -np.arange(self.rows), side="left")  # how many texts reach a row
        bounds = np.cumsum([0, *wide])
        self.row = np.repeat(np.arange(self.rows, dtype=np.int32), wide)
        self.text = np.arange(bounds[-1], dtype=np.int32) - np.repeat(bounds[:-1].astype(np.int32), wide)
        self.signs = signs.take(starts.astype(np.int32).take(self.text) + self.row)
        self.last = bounds[sizes - 1] + np.arange(self.texts)  # where the last class of each text is
        self._parts = [slice(*part) for part in pairwise(bounds.tolist())]

    def run(self, states: Seeking) -> Array:
        """The states after each class; UNKNOWN from where a text needs a new one."""
        after, signs, steps = np.empty(len(self.signs), np.int32), self.signs, states.steps.take
        state = np.full(self.texts, states.start, np.int32)
        for part in self._parts:
            before, state = state, after[part]
            steps(before[: len(state)] + signs[part], out=state, mode="clip")
        return after

    def ends(self, states: Seeking, after: Array) -> tuple[Array, Array, Array]:
        """Row, text and what ended there."""
        number, bounds, ends = states.table()
        at = np.flatnonzero(after & 1 == 1)
        which = number[after[at] // states.width]
        first = bounds[which]
        sizes = bounds[which + 1] - first
        shift = np.repeat(first - np.cumsum(sizes, dtype=np.int32) + sizes, sizes)
        shift += np.arange(len(shift), dtype=np.int32)
        at = np.repeat(at, sizes)
        return self.row.take(at), self.text.take(at), ends.take(shift)

    def maybe(self, machine: Machine) -> tuple[list[Array], Array]:
        """Text, pattern and place of all that may begin; and the texts that need new states."""
        gates, begins = self.run(machine.gates), self.run(machine.begins)
        unknown = np.flatnonzero((gates[self.last] == UNKNOWN) | (begins[self.last] == UNKNOWN))
        row, text, gate = self.ends(machine.gates, gates)
        heard = np.full((len(machine.owner) + 1, self.texts), -1, np.int32)
        heard[gate, text], heard[-1] = row, self.rows
        latest = np.minimum.reduceat(heard, machine.first_gate)  # where the first of its strings was last
        latest[machine.asked == 0] = self.rows
        latest[:, unknown] = -1
        row, text, end = self.ends(machine.begins, begins)
        pattern = end // _SPAN
        place = row - (end - pattern * _SPAN)
        keep = np.flatnonzero(latest.ravel().take(pattern * self.texts + text) >= place)
        return [text[keep], pattern[keep], place[keep]], unknown


def _ended(machine: Machine, signs: Array, starts: Array, text: Array, pattern: Array, place: Array) -> Array:
    """Keys of those that come to an end."""
    follows: Following = machine.follows
    is_word = np.frombuffer(machine.is_word, np.uint8)
    at = starts.take(text) + place
    keys = text.astype(np.int64) << TEXT | pattern.astype(np.int64) << PATTERN | place
    before = np.where(place == 0, 0, 1 + is_word.take(signs.take(at - 1, mode="clip")))
    state = follows.starts.ravel().take(pattern * 3 + before)
    matched, left = [], []
    while len(at) > _FEW:
        for _ in range(_STRIDE):  # those that are through stay where they are
            state = follows.steps.take(state + signs.take(at, mode="clip"), mode="clip")
            at += 1
        matched.append(keys[state == follows.matched])
        left.append(keys[state == UNKNOWN])
        going = np.flatnonzero(state > follows.matched)
        keys, state, at = keys[going], state[going], at[going]
    return np.concatenate([*matched, _open_ended(machine, signs, starts, np.concatenate([*left, keys]))])


def _open_ended(machine: Machine, signs: Array, starts: Array, keys: Array) -> Array:
    """Those of the keys that come to an end, followed one by one."""
    known: dict[tuple[int, int], bool] = {}
    out, last, line = [], -1, b""
    for key in np.sort(keys).tolist():
        text, pattern, place = key >> TEXT, key >> PATTERN & (1 << PATTERN) - 1, key & (1 << PATTERN) - 1
        if text != last:
            last, known, line = text, {}, signs[starts[text] : starts[text + 1]].tobytes()
        if _matches(machine, line, (pattern, place), known):
            out.append(key)
    return np.array(out, np.int64)
