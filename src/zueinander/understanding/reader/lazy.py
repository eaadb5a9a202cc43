"""Runs the automaton of `automaton.py` over many texts. Deterministic states are made when a text first needs them (the
way of Google's RE2) and kept for the next; when the store is full it is emptied. The findings never depend on it.

Each group of patterns is one chain of states. A state is a set of nodes, the kind of the character before (0 none, 1 a
sign, 2 a letter or digit), and the patterns that just ended.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .automaton import ASSERT, BEGIN, CHAR, EDGE, EITHER, END, LAST, MATCH
from .jit import compiled

Array = np.ndarray[Any, Any]
_COUNT, _USED, _HELD = range(3)  # what the counters count: states, numbers in the pool, nodes in a set
UNKNOWN = 0xFFFF  # a transition not yet made; there are never so many states
FULL = -2


@compiled
def _holds(what: int, before: int, sign: int, program: Any) -> Any:
    """Whether an assertion is true between a kind of character and the class that follows."""
    is_word, is_break = program[7], program[8]
    end = is_word.shape[0] - 1
    if what == BEGIN:
        return before == 0
    if what == LAST:
        return sign == end
    if what == END:
        return sign == end or is_break[sign] != 0
    edge = (before == 2) != (is_word[sign] != 0)
    return edge if what == EDGE else not edge


@compiled
def _open(node: int, mark: int, seen: Array, stack: Array, out: Array, size: int, program: Any) -> Any:
    """Adds to `out` what can be reached from a node without a character and without an assertion; the new size."""
    kind, then, fork_at, forks = program[0], program[2], program[3], program[4]
    top = 0
    stack[0] = node
    while top >= 0:
        one = stack[top]
        top -= 1
        if seen[one] == mark:
            continue
        seen[one] = mark
        if kind[one] == EITHER:
            for at in range(fork_at[then[one]], fork_at[then[one] + 1]):
                top += 1
                stack[top] = forks[at]
        else:
            out[size] = one
            size += 1
    return size


@compiled
def _keep(key: Array, size: int, nodes: int, store: Any, counters: Array) -> Any:
    """The state of this key, a new one if there was none; FULL when nothing more fits."""
    trans, key_at, ended_at, ended, pool, table, _, flags = store
    mark = np.uint64(14695981039346656037)
    for i in range(size):
        mark = (mark ^ np.uint64(key[i])) * np.uint64(1099511628211)
    mark ^= mark >> np.uint64(29)
    at = mark & np.uint64(table.shape[0] - 1)
    while table[at] >= 0:
        state = table[at]
        begin = key_at[state]
        if key_at[state + 1] - begin == size:
            same = True
            for i in range(size):
                if pool[begin + i] != key[i]:
                    same = False
                    break
            if same:
                return state
        at = (at + np.uint64(1)) & np.uint64(table.shape[0] - 1)
    state = counters[_COUNT]
    if state + 1 >= trans.shape[0] or counters[_USED] + size > pool.shape[0]:
        return FULL
    begin = counters[_USED]
    for i in range(size):
        pool[begin + i] = key[i]
    key_at[state + 1] = begin + size
    ended_at[state] = begin + 2 + nodes
    ended[state] = size - 2 - nodes
    for sign in range(trans.shape[1]):
        trans[state, sign] = UNKNOWN
    flags[state] = 2 * (nodes == 0) + (size > 2 + nodes)
    table[at] = state
    counters[_COUNT] = state + 1
    counters[_USED] = begin + size
    return state


@compiled
def _start(group: int, before: int, store: Any, counters: Array, work: Any) -> Any:
    """The state in which nothing of a group's patterns has begun."""
    firsts, key = store[6], work[3]
    if firsts[group, before] < 0:
        key[0], key[1] = group * 4 + before, 0
        firsts[group, before] = _keep(key, 2, 0, store, counters)
    return firsts[group, before]


@compiled
def _step(state: int, sign: int, program: Any, store: Any, counters: Array, work: Any) -> Any:
    """The state after a class of characters, made if need be; remembered as the transition."""
    kind, what, then, member, is_word = program[0], program[1], program[2], program[6], program[7]
    trans, key_at, ended_at, _, pool, _, _, _ = store
    seen, stack, now, key, marks = work
    begin = key_at[state]
    group, before = pool[begin] // 4, pool[begin] % 4
    mark = marks[0] = marks[0] + 1
    size = 0
    for at in range(begin + 2, ended_at[state]):
        size = _open(pool[at], mark, seen, stack, now, size, program)
    size = _open(program[5][group], mark, seen, stack, now, size, program)
    at = 0
    while at < size:  # grows while it is walked: behind an assertion there may be another
        node = now[at]
        if kind[node] == ASSERT and _holds(what[node], before, sign, program):
            size = _open(then[node], mark, seen, stack, now, size, program)
        at += 1
    mark = marks[0] = marks[0] + 1
    reached, ends = 2, 0
    for at in range(size):
        node = now[at]
        if kind[node] == MATCH:
            ends += 1
            stack[stack.shape[0] - ends] = what[node]
        elif kind[node] == CHAR and member[what[node], sign]:
            reached = _open(then[node], mark, seen, stack, key, reached, program)
    nodes = reached - 2
    key[2:reached].sort()
    for i in range(ends):
        key[reached + i] = stack[stack.shape[0] - 1 - i]
    key[reached : reached + ends].sort()
    end = is_word.shape[0] - 1
    key[0] = group * 4 + (2 if sign != end and is_word[sign] else 1)
    key[1] = nodes
    new = _keep(key, reached + ends, nodes, store, counters)
    if new >= 0:
        trans[state, sign] = new
    return new


@compiled
def _allow(
    begin: int, stop: int, signs: Array, program: Any, store: Any, counters: Array, work: Any, found: Any
) -> Any:
    """Finds the patterns of which all strings they need are in the text: their `done` is its begin, else its end."""
    trans, ended_at, ended, pool, flags = store[0], store[2], store[3], store[4], store[7]
    owner, asked = program[9], program[10]
    done, heard = found[0], found[2]
    gates = program[5].shape[0] - 1
    done[:] = asked
    heard[:] = 0
    state = _start(gates, 0, store, counters, work)
    if state < 0:
        return FULL
    for at in range(begin, stop):
        new = np.int64(trans[state, signs[at]])
        if new == UNKNOWN:
            new = _step(state, signs[at], program, store, counters, work)
            if new < 0:
                return FULL
        state = new
        if flags[state] & 1:
            for i in range(ended_at[state], ended_at[state] + ended[state]):
                gate = pool[i] - gates - gates + 1
                if heard[gate] == 0:
                    heard[gate] = 1
                    done[owner[gate]] -= 1
    for which in range(done.shape[0]):
        done[which] = stop if done[which] > 0 else begin
    return 0


@compiled
def _text(  # noqa: C901 - one function, as a call for each step would cost more than the step
    begin: int, stop: int, ahead: int, signs: Array, program: Any, store: Any, counters: Array, work: Any,
    found: Any, size: int,
) -> Any:  # fmt: skip
    """One text: a common automaton of all beginnings says which pattern to follow and from where, until nothing of it
    is left. The number of rows, or FULL."""
    is_word = program[7]
    trans, ended_at, ended, pool = store[0], store[2], store[3], store[4]
    firsts, flags = store[6], store[7]
    done, slot, _, out = found
    common = program[5].shape[0] - 2
    slot[:] = -1
    state = _start(common, 0, store, counters, work)
    if state < 0:
        return FULL
    for at in range(begin, stop):
        new = np.int64(trans[state, signs[at]])
        if new == UNKNOWN:
            new = _step(state, signs[at], program, store, counters, work)
            if new < 0:
                return FULL
        state = new
        if flags[state] & 1 == 0:
            continue
        for i in range(ended_at[state], ended_at[state] + ended[state]):
            which = pool[i] - common
            if done[which] == stop:
                continue
            here = max(begin, at - ahead, done[which])
            before = 0 if here == begin else 1 + is_word[signs[here - 1]]
            inner = firsts[which, before]
            if inner < 0:
                inner = _start(which, before, store, counters, work)
                if inner < 0:
                    return FULL
            while here < stop:
                new = np.int64(trans[inner, signs[here]])
                if new == UNKNOWN:
                    new = _step(inner, signs[here], program, store, counters, work)
                    if new < 0:
                        return FULL
                inner = new
                if flags[inner] & 1:
                    if slot[which] < 0:
                        slot[which] = size
                        out[size, 0], out[size, 1] = which, here - begin
                        size += 1
                    out[slot[which], 2] = here - begin
                here += 1
                if flags[inner] & 2 and here >= at:
                    break
            done[which] = here
    return size


@compiled
def run(
    signs: Array, starts: Array, text: int, ahead: int, program: Any, store: Any, counters: Array, work: Any,
    found: Any, rows: Array,
) -> Any:  # fmt: skip
    """Scans texts from number `text` on and returns the number of the first one not done (the store is full).

    signs: classes of all texts, each closed by the class for its end; text i lies at starts[i]:starts[i+1]. found: work
    per pattern and gate, and rows of (pattern, first end, last end); those of text i are rows[i]:rows[i+1].
    """
    while text < starts.shape[0] - 1:
        begin, stop = starts[text], starts[text + 1]
        if _allow(begin, stop, signs, program, store, counters, work, found) < 0:
            return text
        size = _text(begin, stop, ahead, signs, program, store, counters, work, found, rows[text])
        if size < 0:
            return text
        rows[text + 1] = size
        text += 1
    return text
