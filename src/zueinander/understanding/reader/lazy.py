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
FULL, TIGHT = -2, -3


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
def _clear(store: Any, counters: Array) -> None:
    """Forgets all states."""
    counters[:] = 0
    store[5][:] = -1
    store[6][:] = -1


@compiled
def _allow(
    begin: int, stop: int, signs: Array, program: Any, store: Any, counters: Array, work: Any, heard: Array,
    lacking: Array,
) -> Any:  # fmt: skip
    """Into `lacking`, for each pattern, how many of the strings it needs are not in the text."""
    trans, ended_at, ended, pool, flags = store[0], store[2], store[3], store[4], store[7]
    owner, asked = program[9], program[10]
    gates = program[5].shape[0] - 1
    lacking[:] = asked
    heard[:] = 0
    state = _start(gates, 0, store, counters, work)
    for at in range(begin, stop):
        new = np.int64(trans[state, signs[at]]) if state >= 0 else FULL
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
                    lacking[owner[gate]] -= 1
    return 0


@compiled
def _begin(
    text: int, begin: int, stop: int, signs: Array, program: Any, store: Any, counters: Array, work: Any,
    lacking: Array, found: Array, size: int,
) -> Any:  # fmt: skip
    """Adds to `found` where patterns that lack nothing may begin: rows of pattern, text, place; how many there are."""
    trans, ended_at, ended, pool, flags = store[0], store[2], store[3], store[4], store[7]
    common = program[5].shape[0] - 2
    state = _start(common, 0, store, counters, work)
    for at in range(begin, stop):
        new = np.int64(trans[state, signs[at]]) if state >= 0 else FULL
        if new == UNKNOWN:
            new = _step(state, signs[at], program, store, counters, work)
        if new < 0:
            return FULL
        state = new
        if flags[state] & 1:
            for i in range(ended_at[state], ended_at[state] + ended[state]):
                if lacking[pool[i] - common] == 0:
                    if size == found.shape[0]:
                        return TIGHT
                    found[size, 0], found[size, 1], found[size, 2] = pool[i] - common, text, at
                    size += 1
    return size


@compiled
def _follow(
    which: int, places: Array, found: Array, ahead: int, signs: Array, starts: Array, program: Any, store: Any,
    counters: Array, work: Any, out: Array, size: int,
) -> Any:  # fmt: skip
    """Runs one pattern from each place where it may begin until nothing of it is left. Rows of `out`: text, pattern,
    first and last end. Returns how many places are done, all of the last text or none of it, and how many rows."""
    trans, flags, is_word, firsts = store[0], store[7], program[7], store[6]
    last, done, row, safe, rows = -1, 0, -1, 0, size
    for number in range(places.shape[0]):
        text, at = found[places[number], 1], found[places[number], 2]
        begin, stop = starts[text], starts[text + 1]
        if text != last:
            last, done, row, safe, rows = text, begin, -1, number, size
        here = max(begin, at - ahead, done)
        before = 0 if here == begin else 1 + is_word[signs[here - 1]]
        state = firsts[which, before]
        if state < 0:
            state = _start(which, before, store, counters, work)
        while here < stop:
            new = np.int64(trans[state, signs[here]]) if state >= 0 else FULL
            if new == UNKNOWN:
                new = _step(state, signs[here], program, store, counters, work)
            if new < 0:
                return safe, rows
            state = new
            if flags[state] & 1:
                if row < 0:
                    row = size
                    out[row, 0], out[row, 1], out[row, 2] = text, which, here - begin
                    size += 1
                out[row, 3] = here - begin
            here += 1
            if flags[state] & 2 and here >= at:
                break
        done = here
    return places.shape[0], size


@compiled
def _grouped(found: Array, size: int, patterns: int) -> Any:
    """Row numbers ordered by pattern, and where each pattern begins among them."""
    at = np.zeros(patterns + 1, np.int64)
    for i in range(size):
        at[found[i, 0] + 1] += 1
    for which in range(patterns):
        at[which + 1] += at[which]
    order, next_at = np.empty(size, np.int64), at.copy()
    for i in range(size):
        order[next_at[found[i, 0]]] = i
        next_at[found[i, 0]] += 1
    return order, at


@compiled
def run(  # noqa: C901 - three passes, each begun again when the store was full
    signs: Array, starts: Array, ahead: int, program: Any, store: Any, counters: Array, work: Any, found: Array,
    out: Array,
) -> Any:  # fmt: skip
    """Scans texts; how many rows of `out` there are, FULL (the store is too small for one text) or TIGHT (`found` is).

    Each automaton goes over all texts before the next one does, so that its states stay near the processor: first the
    strings that patterns need, then the common beginnings of patterns, then each pattern from where it may begin.
    signs: classes of all texts, each closed by the class for its end; text i lies at starts[i]:starts[i+1].
    """
    patterns, texts = program[10].shape[0], starts.shape[0] - 1
    heard, lacking = np.empty(program[9].shape[0], np.uint8), np.empty((texts, patterns), np.int32)
    for text in range(texts):
        for _ in range(2):
            done = _allow(
                starts[text], starts[text + 1], signs, program, store, counters, work, heard, lacking[text]
            )  # fmt: skip
            if done >= 0:
                break
            _clear(store, counters)
        if done < 0:
            return FULL
    count = 0
    for text in range(texts):
        for _ in range(2):
            done = _begin(
                text, starts[text], starts[text + 1], signs, program, store, counters, work, lacking[text], found, count
            )
            if done != FULL:
                break
            _clear(store, counters)
        if done < 0:
            return done
        count = done
    order, at = _grouped(found, count, patterns)
    size = 0
    for which in range(patterns):
        place, stuck = at[which], -1
        while place < at[which + 1]:
            done, size = _follow(
                which,
                order[place : at[which + 1]],
                found,
                ahead,
                signs,
                starts,
                program,
                store,
                counters,
                work,
                out,
                size,
            )
            place += done
            if place < at[which + 1]:
                if place == stuck:
                    return FULL
                stuck = place
                _clear(store, counters)
    return size
