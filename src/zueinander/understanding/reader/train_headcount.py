"""Trains what `headcount.py` asks: `python -m zueinander.understanding.reader.train_headcount`, ten seconds of
computing; part of `train.py`.

corpus/counted/*.txt: offers, a line each, `people|text`, one file an author; people are places left as in a reading, -
where a text says none. Which of its numbers says so is not marked: every number that is the same does, the others do
not. A text whose places are what is left of two numbers teaches nothing.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .examples import CORPUS
from .fold import fold
from .headcount import SHIPPED, Headcount, described, numbers, spoken, told
from .regress import matrix, regress
from .tables import packed

_PRICE = 2.0  # of weight on a feature
_LEAST = 0.02  # smaller weights are not kept


@dataclass(frozen=True, slots=True)
class Counted:
    """An offer, and for how many it is."""

    people: int | None
    text: str
    author: str


def examples(folder: Path = CORPUS / "counted") -> list[Counted]:
    """The shipped texts."""
    out = []
    for path in sorted(folder.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            people, text = line.split("|", 1)
            out.append(Counted(None if people == "-" else int(people), text.replace("\\n", "\n"), path.stem))
    return out


def rows(some: Iterable[Counted]) -> list[tuple[list[str], bool]]:
    """Features of each number, and whether it says how many may come."""
    out = []
    for one in some:
        words = spoken(fold(one.text))
        told = numbers(words)
        if (one.people or 0) > 1 and len(told) > 1 and all(many != one.people for _, many in told):
            continue
        out += [(described(words, at, many, len(told)), many == one.people) for at, many in told]
    return out


def fit(some: Sequence[tuple[list[str], bool]]) -> dict[str, float]:
    """Weights by feature, the bias under ""."""
    often = Counter(name for names, _ in some for name in names)
    known = sorted(name for name, n in often.items() if n > 1)
    seen = matrix([names for names, _ in some], {name: i for i, name in enumerate(known)})
    seen.data[:] = 1.0  # a number that has many neighbours hears each of them as loud
    target = np.array([counts for _, counts in some], np.int64)
    weights, bias = regress(seen, target, np.ones(len(some)), np.full(len(known), _PRICE), kinds=2)
    side = (weights[:, 1] - weights[:, 0]).tolist()
    kept = {name: weight for name, weight in zip(known, side, strict=True) if abs(weight) >= _LEAST}
    return {"": float(bias[1] - bias[0]), **kept}


def save(weights: Mapping[str, float], path: Path) -> None:
    """Writes the same bytes for the same weights."""
    np.savez_compressed(path, names=packed(weights), weights=np.array([*weights.values()], np.float16))


def unseen(some: Sequence[Counted]) -> tuple[float, float]:
    """(precision, recall) of what is told of texts by authors left out."""
    hit = believed = there = 0
    for author in sorted({one.author for one in some}):
        judge = Headcount(fit(rows(one for one in some if one.author != author)))
        for one in some:
            if one.author == author:
                low = fold(one.text)
                found = told(low, judge)
                there += any(many == one.people for _, many in numbers(spoken(low)))
                believed += found is not None
                hit += found is not None and found == one.people
    return hit / max(1, believed), hit / max(1, there)


def write(path: Path = SHIPPED) -> None:
    """Says how well the numbers of authors left out are told apart, trains on all and writes."""
    some = examples()
    precision, recall = unseen(some)
    sys.stdout.write(f"places left, unseen authors: precision {precision:.3f}, recall {recall:.3f}\n")
    save(fit(rows(some)), path)


if __name__ == "__main__":
    write()
