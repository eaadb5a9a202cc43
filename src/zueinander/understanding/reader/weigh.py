"""Adds up the model's weights for many texts at once. The rows are those of `features.extract`, each counted once."""

from __future__ import annotations

from typing import Any

import numpy as np

from .jit import compiled

Array = np.ndarray[Any, Any]
NO_ROW = -1
# places in the vector of what is known of a text besides words and cues
PLACES, WHEN, SOME, MUCH, SURE, RETWEET, REPLY, ASKS, LOUD, WIDTH = range(10)


@compiled
def _add(row: int, mark: int, seen: Array, weights: Array, sums: Array) -> Any:
    """1 if the row was new to this text and is added."""
    if row < 0 or seen[row] == mark:
        return 0
    seen[row] = mark
    for kind in range(sums.shape[0]):
        sums[kind] += weights[row, kind]
    return 1


@compiled
def _pair(first: int, second: int, keys: Array, rows: Array) -> Any:
    """The row of a word after another."""
    key = np.int64(first) << 32 | np.int64(second)
    size = np.uint64(keys.shape[0] - 1)
    at = (np.uint64(key) * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(20)) & size
    while keys[at] != -1:
        if keys[at] == key:
            return rows[at]
        at = (at + np.uint64(1)) & size
    return NO_ROW


@compiled
def _words(
    begin: int, stop: int, words: Array, tables: Any, mark: int, seen: Array, weights: Array, sums: Array
) -> Any:
    """Rows of the words, their pairs, and the classes in their order."""
    own_at, own, name_of, class_of, keys, pair_rows, twos, threes, start_name, start_class, dot = tables[:11]
    count = 0
    before, one, two = start_name, -1, start_class
    for at in range(begin, stop):
        word = words[at]
        for i in range(own_at[word], own_at[word + 1]):
            count += _add(own[i], mark, seen, weights, sums)
        name = name_of[word]
        if name >= 0 and before >= 0:
            count += _add(_pair(before, name, keys, pair_rows), mark, seen, weights, sums)
        before = name
        kind = class_of[word]
        if kind < 0:
            continue
        count += _add(twos[two, kind], mark, seen, weights, sums)
        if one >= 0:
            count += _add(threes[one, two, kind], mark, seen, weights, sums)
        one, two = two, kind
        if kind == dot:
            count += _add(twos[two, start_class], mark, seen, weights, sums)
            count += _add(threes[one, two, start_class], mark, seen, weights, sums)
            one, two = two, start_class
    return count


@compiled
def _letters(begin: int, stop: int, words: Array, sizes: Array, spelt: Array, sums: Array) -> Any:
    """What the groups of letters of the words add up to; `spelt` has that of each word."""
    kinds, count = sums.shape[0], 0
    mean = np.zeros(kinds, np.float64)
    for at in range(begin, stop):
        count += sizes[words[at]]
        for kind in range(kinds):
            mean[kind] += spelt[words[at], kind]
    for kind in range(kinds):
        sums[kind] += mean[kind] / np.sqrt(count + 20.0)


@compiled
def _some(there: Any, rows: Array, mark: int, seen: Array, weights: Array, sums: Array) -> Any:
    """Adds the rows of all that is there."""
    count = 0
    for i in range(rows.shape[0]):
        if there[i]:
            count += _add(rows[i], mark, seen, weights, sums)
    return count


@compiled
def _signs(
    size: int, heard: Array, known: Array, has: Array, tables: Any, mark: int, seen: Array, weights: Array, sums: Array
) -> Any:
    """Rows of the cues, of the shape of the text, and of what cues say together."""
    cue_row, gives, takes, sizes, places, when, both, danger, absent, edges, balance, persons, more, _ = tables
    count, given, taken = 0, 0, 0
    for cue in heard:
        count += _add(cue_row[cue], mark, seen, weights, sums)
        given += gives[cue]
        taken += takes[cue]
    count += _add(sizes[min(6, size // 8)], mark, seen, weights, sums)
    count += _add(places[min(2, known[PLACES])], mark, seen, weights, sums)
    count += _add(when[min(2, known[WHEN])], mark, seen, weights, sums)
    count += _add(both[(known[PLACES] > 0) + (known[WHEN] > 0)], mark, seen, weights, sums)
    count += _some(known[SOME:RETWEET], danger, mark, seen, weights, sums)
    count += _some(known[RETWEET:], edges, mark, seen, weights, sums)
    count += _some(~has, absent, mark, seen, weights, sums)
    person = np.int64(has[0] or has[1])
    count += _add(balance[min(3, given), min(3, taken)], mark, seen, weights, sums)
    count += _add(persons[min(1, given), min(1, taken), person, np.int64(has[2])], mark, seen, weights, sums)
    which = 0 if given > taken else 1 if taken > given else 2 if given else 3
    return count + _add(more[which], mark, seen, weights, sums)


@compiled
def _together(
    heard: Array, known: Array, has: Array, tables: Any, marks: Array, mark: int, seen: Array, weights: Array,
    sums: Array,
) -> Any:  # fmt: skip
    """Rows of cues and shape in pairs."""
    cues, pairs = tables[0].shape[0], tables[13]
    number = heard.shape[0]
    marks[:number] = heard
    there = (
        not has[0], not has[1], not has[2], known[ASKS] > 0, known[REPLY] > 0, known[RETWEET] > 0, known[WHEN] == 0,
        known[PLACES] == 0, known[SOME] > 0,
    )  # fmt: skip
    for i in range(9):
        if there[i]:
            marks[number] = cues + i
            number += 1
    count = 0
    for i in range(number):
        for j in range(i + 1, number):
            count += _add(pairs[marks[i], marks[j]], mark, seen, weights, sums)
    return count


@compiled
def weigh(
    starts: Array, words: Array, heard_at: Array, heard: Array, known: Array, groups: Array, word_tables: Any,
    sign_tables: Any, weights: Array, bias: Array, temperature: float, seen: Array, out: Array,
) -> Any:  # fmt: skip
    """Probabilities of each text into out[text]. words: numbers of the words of text i at starts[i]:starts[i+1]; heard:
    its cues, likewise; known: see above; groups: the classes I, WE, YOUP, WHO, YOU; seen: zeros, one a row."""
    kinds = bias.shape[0]
    sums = np.empty(kinds, np.float64)
    marks = np.empty(sign_tables[0].shape[0] + 9, np.int32)
    has = np.empty(groups.shape[0], np.bool_)
    class_of = word_tables[3]
    for text in range(starts.shape[0] - 1):
        sums[:] = 0.0
        has[:] = False
        begin, stop = starts[text], starts[text + 1]
        for at in range(begin, stop):
            for i in range(groups.shape[0]):
                has[i] |= class_of[words[at]] == groups[i]
        count = _words(begin, stop, words, word_tables, text + 1, seen, weights, sums)
        cues = heard[heard_at[text] : heard_at[text + 1]]
        count += _signs(stop - begin, cues, known[text], has, sign_tables, text + 1, seen, weights, sums)
        count += _together(cues, known[text], has, sign_tables, marks, text + 1, seen, weights, sums)
        for kind in range(kinds):
            sums[kind] = bias[kind] + sums[kind] / np.sqrt(count + 20.0)
        _letters(begin, stop, words, word_tables[11], word_tables[12], sums)
        powers = np.exp((sums - sums.max()) / temperature)
        out[text] = powers / powers.sum()
