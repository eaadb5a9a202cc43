"""Teaches a model whether a wish or an offer is somebody else's: its last column, and what the patterns of `behalf.py`
count beside it (`Model.relayed`). A minute of computing; part of `train.py`.

A logistic regression over the features the model knows, what its net hears, and whether a pattern hears it. Its texts
are those of the corpus that are marked with 0 or 1, and those of corpus/whom.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy import sparse

from .company import signs
from .model import Model
from .net import COLUMNS, PAD, SHARE, Listener, Net
from .regress import matrix, price, regress

Array = np.ndarray[Any, Any]
_PRICE, _NET = 0.3, 0.8  # of weight on a feature, and on what the net hears
_TEXTS = 1_000  # whose words the net hears at once
LAST = COLUMNS - 1


@dataclass(frozen=True, slots=True)
class Told:
    """A wish or an offer: its features and words, whether a pattern hears that it is somebody else's, its side, what it
    counts, and whether it is."""

    features: Sequence[str]
    words: Sequence[str]
    heard: bool
    side: str
    weight: float
    relayed: bool


def widened(net: Net) -> Net:
    """The net with a last column that says nothing yet."""
    out, bias = np.pad(net.weights.out, ((0, 0), (0, 1))), np.pad(net.weights.bias, (0, 1))
    return Net(net.words, replace(net.weights, out=out, bias=bias))


def teach(model: Model, some: Sequence[Told]) -> None:
    """Sets the last column of the model and what counts beside it."""
    net = sparse.csr_matrix(_heard(model.net, [one.words for one in some]))
    beside = sparse.csr_matrix(np.array([signs(one.heard, one.side)[:-1] for one in some]))
    seen = sparse.csr_matrix(sparse.hstack([matrix([one.features for one in some], model.rows), net, beside]))
    prices = [_PRICE * price(name) for name in model.rows], [_NET] * net.shape[1], [_PRICE] * beside.shape[1]
    target, mass = np.array([one.relayed for one in some], np.int64), np.array([one.weight for one in some])
    both, level = regress(seen, target, mass, np.concatenate(prices), kinds=2)
    words, heard, told = np.split(both[:, 1] - both[:, 0], np.cumsum([len(model.rows), net.shape[1]]))
    model.weights[:-1, LAST] = words
    model.net.weights.out[:, LAST] = heard / SHARE
    model.relayed = *told.tolist(), float(level[1] - level[0])


def _heard(net: Net, texts: Sequence[Sequence[str]]) -> Array:
    """[text, 3 * SIZE]: what the net hears of each."""
    listener = Listener(net)
    numbers = [[PAD, *listener.numbers(words)] for words in texts]
    answers = listener.answers()
    parts = [np.concatenate(numbers[at : at + _TEXTS]) for at in range(0, len(numbers), _TEXTS)]
    return np.vstack([listener.heard(answers, part) for part in parts])
