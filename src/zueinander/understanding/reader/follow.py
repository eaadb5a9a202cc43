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
_STRETCH = 8  # columns after which is looked whether a state was missing
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
        self.more_gates = [(n, owner) for n, owner in enumerate(program.owner) if n != self.first_gate[owner]]
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

    def settle(self) -> None:
        """What makes new states fewer, and is not worth its time to a process that is only to be ready."""
        self.gates.settle()
        self.begins.settle()

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
    """What ended, or will end there if its assertion holds, before which character of the text."""
    view, ends, out = states.view, states.ends, []
    state = states.start
    for at, sign in enumerate(text, 1):
        state = view[state + sign]
        if state & 1:
            out.append((at, ends[state]))
    return out if state != UNKNOWN else _newly_sought(states, text)


def _newly_sought(states: Seeking, text: bytes) -> list[tuple[int, tuple[int, ...]]]:
    """The same where states are missing."""
    out, state = [], states.start
    for at, sign in enumerate(text, 1):
        state = states.view[state + sign] or states.step(state, sign)
        if state & 1:
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
    which, pattern, place = columns.maybe(machine)
    keys = [_ended(machine, signs, starts, order[which], pattern, place)]
    for text in np.flatnonzero(sizes > 2 * sizes.mean()).tolist():
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
        parts = [slice(*part) for part in pairwise(bounds.tolist())]
        self._stretches = [parts[at : at + _STRETCH] for at in range(0, len(parts), _STRETCH)]

    def run(self, states: Seeking) -> Array:
        """The states after each class."""
        after = np.empty(len(self.signs), np.int32)
        state = np.full(self.texts, states.start, np.int32)
        for parts in self._stretches:
            begun, steps, signs = state, states.steps.take, self.signs
            for part in parts:
                before, state = state, after[part]
                steps(before[: len(state)] + signs[part], out=state, mode="clip")
            if after[parts[0].start : parts[-1].stop].min() == UNKNOWN:
                state = self._making(states, parts, begun, after)
        return after

    def _making(self, states: Seeking, parts: Sequence[slice], state: Array, after: Array) -> Array:
        """The same over some columns, where states are missing, which are made."""
        for part in parts:
            before, state = state, after[part]
            at = before[: len(state)] + self.signs[part]
            states.steps.take(at, out=state, mode="clip")
            for text in np.flatnonzero(state == UNKNOWN).tolist():
                one = int(before[text])
                state[text] = states.view[at[text]] or states.step(one, int(at[text]) - one)
        return state

    def ends(self, states: Seeking, after: Array) -> tuple[Array, Array, Array]:
        """Before which row of which text what ended."""
        number, bounds, ends = states.table()
        at = np.flatnonzero((after & 1).astype(np.bool_))
        which = number[after[at] // states.width]
        first = bounds[which]
        sizes = bounds[which + 1] - first
        shift = np.repeat(first - np.cumsum(sizes, dtype=np.int32) + sizes, sizes)
        shift += np.arange(len(shift), dtype=np.int32)
        at = np.repeat(at, sizes)
        return self.row.take(at) + 1, self.text.take(at), ends.take(shift)

    def maybe(self, machine: Machine) -> tuple[Array, Array, Array]:
        """Text, pattern and place of all that may begin."""
        row, text, gate = self.ends(machine.gates, self.run(machine.gates))
        heard = np.full((len(machine.owner) + 1, self.texts), -1, np.int32)
        heard.ravel()[gate * np.int32(self.texts) + text], heard[-1] = row, self.rows
        latest = heard.take(machine.first_gate, axis=0)  # where the first of its strings was last
        for also, owner in machine.more_gates:
            np.minimum(latest[owner], heard[also], out=latest[owner])
        latest[machine.asked == 0] = self.rows
        row, text, end = self.ends(machine.begins, self.run(machine.begins))
        pattern = end // _SPAN
        place = row - (end - pattern * _SPAN)
        keep = np.flatnonzero(latest.ravel().take(pattern * np.int32(self.texts) + text) >= place)
        return text[keep], pattern[keep], place[keep]


def _ended(machine: Machine, signs: Array, starts: Array, text: Array, pattern: Array, place: Array) -> Array:
    """Keys of those that come to an end."""
    follows: Following = machine.follows
    is_word = np.frombuffer(machine.is_word, np.uint8)
    at = starts.take(text) + place
    keys = text.astype(np.int64) << TEXT | pattern.astype(np.int64) << PATTERN | place
    before = np.where(place == 0, 0, 1 + is_word.take(signs.take(at - 1, mode="clip")))
    state = follows.starts.ravel().take(pattern * 3 + before)
    matched = []
    while len(at) > _FEW:
        begun = state
        for _ in range(_STRIDE):  # those that are through stay where they are
            state = follows.steps.take(state + signs.take(at, mode="clip"), mode="clip")
            at += 1
        for one in np.flatnonzero(state == UNKNOWN).tolist():
            state[one] = _making(follows, int(begun[one]), signs[at[one] - _STRIDE : at[one]].tolist())
        matched.append(keys[state == follows.matched])
        going = np.flatnonzero(state > follows.matched)
        keys, state, at = keys[going], state[going], at[going]
    return np.concatenate([*matched, _open_ended(machine, signs, starts, keys)])


def _making(follows: Following, state: int, signs: Sequence[int]) -> int:
    """The state after some classes of characters, on the way to which states are missing."""
    for sign in signs:
        state = follows.view[state + sign] or follows.step(state, sign)
    return state


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
