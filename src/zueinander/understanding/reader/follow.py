"""Runs the automaton over one text, step by step, or over many at once, a column of characters at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
_FAR = 48  # characters after which it is remembered where a pattern that is followed has been


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
    last = dict.fromkeys(range(len(machine.owner)), -1)
    for at, ends in _sought(machine.gates, text):
        last.update(dict.fromkeys(ends, at))
    latest = [len(text)] * len(machine.asked)  # where the first of the strings of a pattern was last
    for pattern, at in zip(machine.owner, last.values(), strict=True):
        latest[pattern] = min(latest[pattern], at)
    maybe = {
        (end // _SPAN, at - end % _SPAN)
        for at, ends in _sought(machine.begins, text)
        for end in ends
        if latest[end // _SPAN] >= at - end % _SPAN
    }
    return _followed(machine, text, sorted(maybe))


def _sought(states: Seeking, text: bytes) -> list[tuple[int, tuple[int, ...]]]:
    """What ended before which character of the text."""
    view, ends, out = states.view, states.ends, []
    state = states.start
    for at, sign in enumerate(text):
        new = view[state + sign]
        if new == UNKNOWN:
            new = states.step(state, sign)
            view = states.view
        state = new
        if state in ends:
            out.append((at, ends[state]))
    return out


def _followed(machine: Machine, text: bytes, maybe: Iterable[Find]) -> list[Find]:
    """Those that come to an end."""
    known: dict[tuple[int, int], bool] = {}
    return [(pattern, place) for pattern, place in maybe if _matches(machine, text, pattern, place, known)]


def _matches(machine: Machine, text: bytes, pattern: int, place: int, known: dict[tuple[int, int], bool]) -> bool:
    """Whether a pattern that begins at a place comes to an end. `known` keeps what came of a state at a place, so that
    a pattern that may begin in a thousand places does not go to the end of a long text a thousand times."""
    follows = machine.follows
    view, matched, been = follows.view, follows.matched, []
    state, far = follows.start[pattern][1 + machine.is_word[text[place - 1]] if place else 0], place + _FAR
    for at, sign in enumerate(text[place:], place):
        new = view[state + sign]
        if new == UNKNOWN:
            new = follows.step(state, sign)
            view = follows.view
        state = new
        if state <= matched:
            break
        if at > far:
            if (state, at) in known:
                state = matched if known[state, at] else follows.gone
                break
            been.append((state, at))
    for one in been:
        known[one] = state == matched
    return state == matched


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
    return np.unique(np.concatenate(keys))


def _signs(machine: Machine, lows: Sequence[str]) -> tuple[Array, Array]:
    """Classes of the characters of all texts, each text closed by the class of the end; where each begins."""
    signs = machine.signs(codes("\0".join(lows) + "\0"))
    starts = np.cumsum(np.array([0, *map(len, lows)], np.int64) + 1) - 1
    signs[starts[1:] - 1] = machine.end
    return signs, starts


class _Columns:
    """Texts side by side, the longest first: row n holds the n-th class of each."""

    def __init__(self, signs: Array, starts: Array, sizes: Array) -> None:
        self.texts, self.rows = len(starts), int(sizes.max())
        self.sizes = sizes
        width = np.arange(self.rows)
        self.wide = np.searchsorted(-sizes, -width, side="left").tolist()  # how many texts reach a row
        self.signs = np.zeros((self.rows, self.texts), np.uint8)
        for row, wide in enumerate(self.wide):
            self.signs[row, :wide] = signs[starts[:wide] + row]

    def run(self, states: Seeking) -> Array:
        """The states after each class; UNKNOWN from where a text needs a new one."""
        after = np.zeros((self.rows, self.texts), np.int32)
        state = np.full(self.texts, states.start, np.int32)
        for row, wide in enumerate(self.wide):
            state = states.steps[state[:wide] + self.signs[row, :wide]]
            after[row, :wide] = state
        return after

    def ends(self, states: Seeking, after: Array) -> tuple[Array, Array, Array]:
        """Row, text and what ended there."""
        number, bounds, ends = states.table()
        flat = after.ravel()
        at = np.flatnonzero(states.ending[flat])
        which = number[flat[at]]
        sizes = bounds[which + 1] - bounds[which]
        row = at // self.texts
        text = at - row * self.texts
        shift = np.repeat(bounds[which] - np.cumsum(sizes) + sizes, sizes)
        return np.repeat(row, sizes), np.repeat(text, sizes), ends[shift + np.arange(len(shift))]

    def maybe(self, machine: Machine) -> tuple[list[Array], Array]:
        """Text, pattern and place of all that may begin; and the texts that need new states."""
        gates, begins = self.run(machine.gates), self.run(machine.begins)
        last = (self.sizes - 1, np.arange(self.texts))
        unknown = np.flatnonzero((gates[last] == UNKNOWN) | (begins[last] == UNKNOWN))
        row, text, gate = self.ends(machine.gates, gates)
        heard = np.full((self.texts, len(machine.owner) + 1), -1, np.int32)
        heard[text, gate], heard[:, -1] = row, self.rows
        latest = np.minimum.reduceat(heard, machine.first_gate, axis=1)  # where the first of its strings was last
        latest[:, machine.asked == 0] = self.rows
        latest[unknown] = -1
        row, text, end = self.ends(machine.begins, begins)
        pattern = end // _SPAN
        place = row - (end - pattern * _SPAN)
        keep = np.flatnonzero(latest[text, pattern] >= place)
        return [text[keep], pattern[keep], place[keep]], unknown


def _ended(machine: Machine, signs: Array, starts: Array, text: Array, pattern: Array, place: Array) -> Array:
    """Keys of those that come to an end."""
    follows: Following = machine.follows
    is_word = np.frombuffer(machine.is_word, np.uint8)
    at = starts[text] + place
    state = follows.starts[pattern, np.where(place == 0, 0, 1 + is_word[signs[at - 1]])]
    final, live = state.copy(), np.arange(len(at))
    while len(live) > _FEW:
        state = np.take(follows.steps, state + signs[at], mode="clip")
        final[live] = state
        going = np.flatnonzero(state > follows.matched)
        live, state, at = live[going], state[going], at[going] + 1
    keys = text.astype(np.int64) << TEXT | pattern.astype(np.int64) << PATTERN | place
    open_ = np.flatnonzero((final == UNKNOWN) | (final > follows.matched))
    return np.concatenate([keys[final == follows.matched], _open_ended(machine, signs, starts, keys[open_])])


def _open_ended(machine: Machine, signs: Array, starts: Array, keys: Array) -> Array:
    """Those of the keys that come to an end, followed one by one."""
    known: dict[tuple[int, int], bool] = {}
    out, last, line = [], -1, b""
    for key in np.sort(keys).tolist():
        text, pattern, place = key >> TEXT, key >> PATTERN & (1 << PATTERN) - 1, key & (1 << PATTERN) - 1
        if text != last:
            last, known, line = text, {}, signs[starts[text] : starts[text + 1]].tobytes()
        if _matches(machine, line, pattern, place, known):
            out.append(key)
    return np.array(out, np.int64)
