"""Softmax regression: how it is fitted, and what the two of the model are fitted to."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from .letters import NUMBERS
from .reading import INTENTS

Array = np.ndarray[Any, Any]
_CURVED = 0.05  # about what a text bends the loss: p (1 - p) of a chance near one or zero
_STEPS = {"maxiter": 80, "maxcor": 10, "ftol": 1e-12}


def matrix(rows: Sequence[Sequence[str]], index: dict[str, int]) -> sparse.csr_matrix:
    """[text, feature]: how much each known feature of a text counts, less the more there are."""
    columns, sizes = array("i"), []
    for features in rows:
        before = len(columns)
        columns.extend(index[f] for f in features if f in index)
        sizes.append(len(columns) - before)
    data = np.repeat(1.0 / np.sqrt(np.array(sizes) + 20.0), sizes)
    return sparse.csr_matrix((data, columns, np.cumsum([0, *sizes])), shape=(len(rows), len(index)))


def price(name: str) -> float:
    """How dearly weight on a feature is paid for: signs of meaning are cheap, single words dear."""
    return {"R": 0.25, "D": 0.1, "F": 0.2, "S": 0.4, "X": 0.6, "C": 0.6, "c": 0.5}.get(name[0], 1.0)


def rarity(letters: Sequence[Sequence[int]]) -> Array:
    """What a group of letters counts: more the fewer texts have it, nothing when only one has."""
    texts = np.zeros(NUMBERS)
    for numbers in letters:
        texts[list(set(numbers))] += 1
    return np.where(texts > 1, 1 + np.log((1 + len(letters)) / (1 + texts)), 0.0) / 8


def spelling(letters: Sequence[Sequence[int]], rare: Array) -> sparse.csr_matrix:
    """[text, group of letters]: how often it occurs, times how rare it is elsewhere, less the longer the text is."""
    sizes = [len(numbers) for numbers in letters]
    columns = np.fromiter(chain.from_iterable(letters), np.int32, sum(sizes))
    values = rare[columns]
    values /= np.repeat(np.sqrt(np.array(sizes) + 20.0), sizes)
    found = sparse.csr_matrix((values, columns, np.cumsum([0, *sizes])), shape=(len(letters), NUMBERS))
    found.sum_duplicates()
    return found


def regress(
    seen: sparse.csr_matrix, target: Array, mass: Array, penalty: Array, kinds: int = len(INTENTS)
) -> tuple[Array, Array]:
    """Softmax regression with L2, by L-BFGS from zero: the same examples give the same weights and bias. What is sought
    is each weight in the unit of its own curve, without which a hundred and fifty steps end far from the least loss."""
    count, size = seen.shape
    mass, cost = mass / mass.mean(), penalty[:, None] / count
    hot = np.zeros((count, kinds))
    hot[np.arange(count), target] = 1.0
    curve = np.asarray(seen.power(2).T @ mass)[:, None] * _CURVED / count + cost
    unit = 1 / np.sqrt(curve)

    def loss(flat: Array) -> tuple[float, Array]:
        weight, bias = flat[: size * kinds].reshape(size, kinds) * unit, flat[size * kinds :]
        sums = seen @ weight + bias
        sums -= sums.max(1, keepdims=True)
        powers = np.exp(sums)
        total = powers.sum(1, keepdims=True)
        value = -(mass * (sums[np.arange(count), target] - np.log(total[:, 0]))).mean()
        slope = (powers / total - hot) * mass[:, None] / count
        value += 0.5 * float((cost * weight**2).sum())
        return value, np.concatenate([((seen.T @ slope + cost * weight) * unit).ravel(), slope.sum(0)])

    found = minimize(loss, np.zeros(size * kinds + kinds), jac=True, method="L-BFGS-B", options=_STEPS)
    return found.x[: size * kinds].reshape(size, kinds) * unit, found.x[size * kinds :]
