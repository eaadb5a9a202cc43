"""Trains the net of `net.py` by Adam on the log loss, from a fixed seed: the same examples give the same weights.

Rare words are not learnt, so that a word met for the first time is no riddle: it is what its clusters and
its class say. Words, vectors and answers are left out by chance while training, so that no single one is relied upon.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from .features import KINDS
from .net import SIZE, SMOOTH, Net, Weights, branches, clusters, kind
from .reading import INTENTS

Array = np.ndarray[Any, Any]
ROUNDS, BATCH, RATE, DECAY = 8, 64, 2e-3, 0.02
AVERAGED, EVERY = 3, 20  # last rounds of whose weights the mean is taken, and steps from one to the next
LEFT_OUT_WORDS, LEFT_OUT_NUMBERS, LEFT_OUT_ANSWERS, SMOOTHED = 0.15, 0.3, 0.5, 0.05
RARE = 2  # texts with a word that is not learnt; each text is there twice, as written and otherwise spelt
_LONGEST = 120  # words of a text that are trained on


@dataclass(slots=True)
class Batch:
    """Texts beside each other: rows of words [text, place] with one place of nothing before and at least one behind,
    which places hold a word, and what is wanted [text, intent], already weighed."""

    words: Array
    clusters: Array
    kinds: Array
    there: Array
    wanted: Array
    mass: Array


def train(texts: Sequence[Sequence[str]], target: Array, mass: Array) -> Net:
    """texts: words of each; target: number of its intent; mass: what it counts."""
    often = Counter(word for text in texts for word in set(text))
    known = sorted(word for word, n in often.items() if n > RARE)
    net = Net(known, begun(np.random.default_rng(1), len(known)))
    facts = Facts(net, often)
    rows = [facts.numbers(text) for text in texts]
    chance, adam, mean = np.random.default_rng(2), Adam(net.weights), Mean(net.weights)
    for turn in range(ROUNDS):
        for number, some in enumerate(_dealt(rows, chance)):
            batch = facts.batch([rows[i] for i in some], target[some], mass[some])
            adam.step(slopes(net.weights, batch, chance)[1], RATE * (1 - turn / ROUNDS) + RATE / 20)
            if turn >= ROUNDS - AVERAGED and number % EVERY == 0:
                mean.add()
    mean.take()
    return net


def beside(net: Net, texts: Sequence[Sequence[str]], target: Array, mass: Array) -> Batch:
    """A few texts as one batch."""
    facts = Facts(net, {word for text in texts for word in text})
    return facts.batch([facts.numbers(text) for text in texts], target, mass)


def begun(chance: np.random.Generator, words: int) -> Weights:
    """Weights before anything was learnt."""

    def drawn(*shape: int, spread: float) -> Array:
        return chance.uniform(-spread, spread, shape)

    side, kinds = (1 / SIZE) ** 0.5, len(INTENTS)
    pair, last = (1 / (2 * SIZE)) ** 0.5, (1 / (3 * SIZE)) ** 0.5
    return Weights(
        word=drawn(words + 1, SIZE, spread=0.08),
        cluster=drawn(len(branches()) + 1, SIZE, spread=0.08),
        kind=drawn(len(KINDS) + 1, SIZE, spread=0.08),
        one=drawn(SIZE, SIZE, spread=side),
        first=drawn(SIZE, SIZE, spread=pair),
        second=drawn(SIZE, SIZE, spread=pair),
        one_bias=np.zeros(SIZE),
        two_bias=np.zeros(SIZE),
        out=drawn(3 * SIZE, kinds, spread=last),
        bias=np.zeros(kinds),
    )


class Facts:
    """Words by number, with their rows in the tables of a net."""

    def __init__(self, net: Net, words: Iterable[str]) -> None:
        self._numbers = {word: i for i, word in enumerate(sorted(words))}
        self._rows = np.array([[net.row(word), kind(word), *clusters(word)] for word in self._numbers])

    def numbers(self, text: Sequence[str]) -> Array:
        """The words of a text by number, not more than are trained on."""
        return np.array([self._numbers[word] for word in text[:_LONGEST]], np.int64)

    def batch(self, rows: Sequence[Array], target: Array, mass: Array) -> Batch:
        there = np.zeros((len(rows), max(map(len, rows)) + 2), np.bool_)
        for i, row in enumerate(rows):
            there[i, 1 : len(row) + 1] = True
        seen = np.zeros((*there.shape, self._rows.shape[1]), np.int64)
        seen[there] = self._rows[np.concatenate(rows)]
        wanted = np.full((len(rows), len(INTENTS)), SMOOTHED / len(INTENTS))
        wanted[np.arange(len(rows)), target] += 1 - SMOOTHED
        return Batch(seen[..., 0], seen[..., 2:], seen[..., 1], there, wanted, mass)


def _dealt(rows: Sequence[Array], chance: np.random.Generator) -> Iterator[Array]:
    """Numbers of texts of about one length, batch by batch in random order."""
    order = np.lexsort((chance.random(len(rows)), np.array([len(row) // 4 for row in rows])))
    parts = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    for part in chance.permutation(len(parts)):
        yield parts[part]


@dataclass(slots=True)
class Passed:
    """A batch on its way: rows of words, vectors and what is kept of them [text, place, SIZE], the answers to
    each word and each pair of words, where the strongest of each stand [text, SIZE], how many words a mean is taken
    of, all answers [text, 3 * SIZE] and what is kept of them."""

    words: Array
    vector: Array
    kept: Array
    single: Array
    double: Array
    best: Array
    pair: Array
    count: Array
    heard: Array
    open: Array


def _forward(w: Weights, batch: Batch, chance: np.random.Generator | None) -> Passed:
    """Through the net; without chance nothing is left out."""
    there, words = batch.there[..., None], batch.words
    if chance is not None:
        words = np.where(chance.random(words.shape) < LEFT_OUT_WORDS, 0, words)
    summed = w.word[words] + w.kind[batch.kinds] + w.cluster[batch.clusters].sum(2)
    kept = _kept(chance, summed.shape, LEFT_OUT_NUMBERS) * ((summed > 0) & there)
    vector = summed * kept
    single = np.maximum(vector @ w.one + w.one_bias, 0.0) * there
    double = vector[:, :-1] @ w.first + vector[:, 1:] @ w.second + w.two_bias
    double[~(batch.there[:, :-1] | batch.there[:, 1:])] = -np.inf
    best, pair = single.argmax(1), double.argmax(1)
    count = batch.there.sum(1)[:, None] + SMOOTH
    strongest = np.maximum(_at(double, pair), 0.0)
    heard = np.hstack([_at(single, best), strongest, single.sum(1) / count])
    return Passed(
        words, vector, kept, single, double, best, pair, count, heard, _kept(chance, heard.shape, LEFT_OUT_ANSWERS)
    )


def slopes(w: Weights, batch: Batch, chance: np.random.Generator | None) -> tuple[float, dict[str, Array]]:
    """The loss of a batch, and how it changes with each weight; without chance nothing is left out."""
    on = _forward(w, batch, chance)
    sums = (on.heard * on.open) @ w.out + w.bias
    sums -= sums.max(1, keepdims=True)
    chances = np.exp(sums)
    chances /= chances.sum(1, keepdims=True)
    mass = batch.mass[:, None] / len(batch.mass)
    loss = -float((batch.wanted * np.log(chances + 1e-12) * mass).sum())
    up = (chances - batch.wanted) * mass
    by_one, by_two = _answers(on, (up @ w.out.T) * on.open)
    by_vector = by_one @ w.one.T
    by_vector[:, :-1] += by_two @ w.first.T
    by_vector[:, 1:] += by_two @ w.second.T
    by_vector *= on.kept
    ones, twos = by_one.reshape(-1, SIZE), by_two.reshape(-1, SIZE)
    return loss, {
        "word": _gathered(on.words[..., None], by_vector, len(w.word)),
        "cluster": _gathered(batch.clusters, by_vector, len(w.cluster)),
        "kind": _gathered(batch.kinds[..., None], by_vector, len(w.kind)),
        "one": on.vector.reshape(-1, SIZE).T @ ones,
        "first": on.vector[:, :-1].reshape(-1, SIZE).T @ twos,
        "second": on.vector[:, 1:].reshape(-1, SIZE).T @ twos,
        "one_bias": ones.sum(0),
        "two_bias": twos.sum(0),
        "out": (on.heard * on.open).T @ up,
        "bias": up.sum(0),
    }


def _answers(on: Passed, back: Array) -> tuple[Array, Array]:
    """How the loss changes with the answers to single words and to pairs, from how it does with what was heard."""
    one, two, mean = np.split(back, 3, axis=1)
    by_one = (mean / on.count)[:, None] * (on.single > 0)
    best = _at(by_one, on.best) + one * (_at(on.single, on.best) > 0)
    np.put_along_axis(by_one, on.best[:, None], best[:, None], 1)
    by_two = np.zeros_like(on.double)
    np.put_along_axis(by_two, on.pair[:, None], (two * (_at(on.double, on.pair) > 0))[:, None], 1)
    return by_one, by_two


def _at(values: Array, place: Array) -> Array:
    """[text, SIZE]: of [text, place, SIZE] the values at those places."""
    found: Array = np.take_along_axis(values, place[:, None], 1)[:, 0]
    return found


def _kept(chance: np.random.Generator | None, shape: tuple[int, ...], share: float) -> Array:
    """Ones, or where things are left out zeros and more than one for the rest."""
    return np.ones(shape) if chance is None else (chance.random(shape) >= share) / (1 - share)


def _gathered(rows: Array, slope: Array, size: int) -> Array:
    """[row, SIZE]: what falls on each row of a table. rows: [text, place, how many]"""
    number = rows.shape[2]
    to = sparse.csr_matrix(
        (np.ones(rows.size), rows.reshape(-1), np.arange(0, rows.size + 1, number)), shape=(rows.size // number, size)
    )
    found: Array = to.T @ slope.reshape(-1, SIZE)
    return found


class Adam:
    """Adam with weight decay beside it (Loshchilov and Hutter 2019, "Decoupled Weight Decay Regularization")."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights.arrays()
        self._mean = {name: np.zeros_like(one) for name, one in self._weights.items()}
        self._square = {name: np.zeros_like(one) for name, one in self._weights.items()}
        self._steps = 0

    def step(self, slope: dict[str, Array], rate: float) -> None:
        """Changes the weights in place."""
        self._steps += 1
        first, second = 1 - 0.9**self._steps, 1 - 0.999**self._steps
        for name, one in self._weights.items():
            mean, square = self._mean[name], self._square[name]
            mean += 0.1 * (slope[name] - mean)
            square += 0.001 * (slope[name] ** 2 - square)
            one *= 1 - rate * DECAY
            one -= rate * (mean / first) / (np.sqrt(square / second) + 1e-8)


class Mean:
    """The mean of weights on their way, which errs less on new texts than those where it ended (Izmailov and others
    2018, "Averaging Weights Leads to Wider Optima and Better Generalization")."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights.arrays()
        self._mean = {name: np.zeros_like(one) for name, one in self._weights.items()}
        self._count = 0

    def add(self) -> None:
        """Counts the weights as they are now."""
        self._count += 1
        for name, mean in self._mean.items():
            mean += (self._weights[name] - mean) / self._count

    def take(self) -> None:
        """Puts the mean in the place of the weights."""
        for name, one in self._weights.items():
            one[...] = self._mean[name]
