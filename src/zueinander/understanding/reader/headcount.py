"""Which number in an offer says how many may come, as in "acht Anmeldungen gehen noch" or "zwei Freikarten", and which
does not ("zwei linke Hände", "vier Wochen"). Asked where no pattern of `seats.py` knows the way a text says it.

A logistic regression over the words around a number (`train_headcount.py`); a word that was not taught is what its
clusters say (`clusters.py`).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from .clusters import DEPTHS, paths
from .counting import WORDS
from .features import known_as
from .tables import unpacked

SHIPPED = Path(__file__).parent / "data" / "headcount.npz"
SURE = 0.6  # the chance from which on a number is believed
_SURE_OF_ONE, _NO_PLACE = 0.85, -0.5
"""The same for one place, as "ein Tisch" is no number of people; and what the next two words must say at least, which
saves going on at every article."""
_FEW = 4  # of so many places two may be taken and two left
_MOST = 30  # people; more are told in other ways
_NEXT, _FURTHER = (1, 2), (-3, -2, -1, 3)
_AROUND = 8  # words on each side that are looked at without their order
_VAGUE = frozenset(["paar", "beide", "beiden"])
_MARKS = "(),.;:!?"
_TOLD = {
    **{word: n for word, n in WORDS.items() if word.isalpha() and n <= _MOST and word not in _VAGUE},
    **{f"{n:0{wide}}": n for wide in (1, 2) for n in range(1, _MOST + 1)},
    "eines": 1, "einzigen": 1, "einziger": 1,
}  # fmt: skip
_NUMBERS = {before + word + mark: n for word, n in _TOLD.items() for before in ("", "(") for mark in ("", *_MARKS)}
_EDGE = "<>"
_EDGES = [_EDGE] * 3  # as far as the features of a number reach


def spoken(low: str) -> list[str]:
    """The words of a folded text with the marks they are written with, and edges before and behind."""
    return [*_EDGES, *low.split(), *_EDGES]


def numbers(words: Sequence[str]) -> list[tuple[int, int]]:
    """Where a number of people may stand, and what it says."""
    there = _NUMBERS.keys() & words
    return [(at, _NUMBERS[word]) for at, word in enumerate(words) if word in there] if there else []


def beside(distance: int, word: str) -> Iterator[str]:
    """Features of a word so far from the number."""
    bare = word.strip(_MARKS) or word
    yield f"{distance}:{bare}"
    yield f"{distance}k{known_as(bare)[1] if word != _EDGE else word}"
    if bare != word:
        yield f"{distance}m{word[-1]}"
    if len(bare) > 6:
        yield f"{distance}^{bare[:5]}"
        yield f"{distance}${bare[-4:]}"
    path = paths().get(bare)
    if path is not None and abs(distance) < 3:
        for depth in DEPTHS:
            yield f"{distance}c{depth}:{path & (1 << depth) - 1}"


def itself(word: str, many: int, all_: int) -> Iterator[str]:
    """Features of the number, one of so many in the text."""
    bare = word.strip(_MARKS)
    yield "f:" + ("digit" if bare.isdigit() else "one" if many == 1 else "word")
    yield f"v:{min(many, 12)}"
    yield f"w:{bare}"
    yield f"m:{word[-1]}" if bare != word else "m:"
    yield f"N:{min(all_, 3)}"


def pairs(words: Sequence[str], at: int) -> tuple[str, str, str]:
    """Features of words beside one another and beside the number."""
    first, before, _, behind, last = words[at - 2 : at + 3]
    return f"{before} # {behind}", f"# {behind} {last}", f"{first} {before} #"


def around(words: Sequence[str], at: int) -> set[str]:
    """The words near the number."""
    return set(words[max(0, at - _AROUND) : at + _AROUND + 1])


def described(words: Sequence[str], at: int, many: int, all_: int) -> list[str]:
    """All features of a number."""
    near = [name for distance in (*_NEXT, *_FURTHER) for name in beside(distance, words[at + distance])]
    here = ["n:" + word for word in sorted(around(words, at))]
    return [*near, *itself(words[at], many, all_), *pairs(words, at), *here]


class Headcount:
    """Weights by feature, the bias under ""."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights
        self._beside = lru_cache(maxsize=30_000)(lambda distance, word: self._sum(beside(distance, word)))
        self._itself = lru_cache(maxsize=5_000)(lambda word, many, all_: self._sum(itself(word, many, all_)))
        self._around = {name[2:]: weight for name, weight in weights.items() if name.startswith("n:")}

    def _sum(self, names: Iterable[str]) -> float:
        return sum(self._weights.get(name, 0.0) for name in names)

    def chance(self, words: Sequence[str], at: int, many: int, all_: int) -> float:
        """How likely it is that the number at a place says how many may come."""
        weights, beside = self._weights, self._beside
        said = beside(1, words[at + 1]) + beside(2, words[at + 2])
        if many == 1 and said < _NO_PLACE:
            return 0.0
        said += weights.get("", 0.0) + self._itself(words[at], many, min(all_, 3))
        for distance in _FURTHER:
            said += beside(distance, words[at + distance])
        for pair in pairs(words, at):
            said += weights.get(pair, 0.0)
        near = self._around.keys() & around(words, at)
        said += math.fsum(map(self._around.__getitem__, near))  # whatever their order
        return 1 / (1 + math.exp(-said))


@cache
def shipped() -> Headcount:
    """What ships with the package."""
    with np.load(SHIPPED) as data:
        return Headcount(dict(zip(unpacked(data["names"]), data["weights"].tolist(), strict=True)))


def _chances(words: Sequence[str], some: Sequence[tuple[int, int]], asked: Headcount | None) -> dict[int, float]:
    """Of each number told, how likely it says how many may come."""
    asked, found = asked or shipped(), dict[int, float]()
    for at, many in some:
        found[many] = max(found.get(many, 0.0), asked.chance(words, at, many, len(some)))
    return found


def told(low: str, asked: Headcount | None = None) -> int | None:
    """How many may come, by the number of an offer that most likely says so, if it likely does."""
    words = spoken(low)
    some = numbers(words)
    if not some:
        return None
    chance, many = max((chance, many) for many, chance in _chances(words, some, asked).items())
    return many if chance >= (SURE if many > 1 else _SURE_OF_ONE) else None


def rest(low: str, total: int, asked: Headcount | None = None) -> int | None:
    """What is left of a number an offer tells, where two more add up to it and one of them likely says how many may
    come: "sechs Stühle, zwei davon brauchen wir, vier dürfen kommen"."""
    if total < _FEW:
        return None
    words = spoken(low)
    some = numbers(words)
    there = Counter(many for _, many in some)
    parts = [n for n in there if 1 < n < total and total - n in there and (2 * n != total or there[n] == 1)]
    if not parts or total not in there:
        return None
    chances = _chances(words, some, asked)
    chance, many = max((chances[many], many) for many in parts)
    return many if chance >= SURE and chance > chances[total] else None
