"""Trains the model: `python -m zueinander.understanding.reader.train`.

Cross-validates by author, trains on everything, writes the model and what tells numbers of people
(`train_headcount.py`); an hour of computing, always the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple

import numpy as np

from . import danger, dates, headcount, train_behalf, train_headcount, train_net
from .augment import variants
from .company import BY_PATTERNS, relayed
from .examples import Example, corpus, corrections, for_whom
from .features import extract, spoken
from .fold import Folded, fold
from .letters import NUMBERS, groups
from .mentions import PlaceFinder
from .model import SHIPPED, Model
from .net import SHARE
from .places import shipped
from .reading import INTENTS, VERSION
from .regress import matrix, price, rarity, regress, spelling
from .train_behalf import Told

FALSE_ALARMS = 0.07  # half of the texts were written to be misread: among plain ones it is less than half of that
SPELT = 0.15  # how much the groups of letters say beside the rest
LEAN = {"both": -0.5, "amplify": -0.2, "thanks": 0.55, "comment": 0.8, "spam": 0.5, "crisis": 1.1, "other": 0.95}
"""What is added for an intent beside a wish: least log loss over 4,674 posts. Wishes are commoner among the texts."""
QUIET = 0.32  # a feature that says no more than that for any intent is not kept: of 2,970 texts one is read otherwise
NEAR_DANGER = ("danger", "night")  # in the names of files whose harmless texts were written to look like danger
Array = np.ndarray[Any, Any]


class Seen(NamedTuple):
    """What the model sees of a text: features, groups of letters as often as they occur, and the words."""

    features: list[str]
    letters: Sequence[int]
    words: list[str]


class Extractor:
    """What the model sees of a text, found exactly as the reader finds it."""

    def __init__(self) -> None:
        self._places = PlaceFinder(shipped())

    def __call__(self, text: str) -> Seen:
        head = Folded(text)
        features = extract(head, self._places.find(head), dates.find(head, None), danger.look(head)[2])
        words = [intern(word) for word in spoken(head.low)]
        letters = array("H", chain.from_iterable(map(groups, words)))
        return Seen([intern(feature) for feature in features], letters, words)


@dataclass(frozen=True, slots=True)
class Prepared:
    """One variant of an example, ready for training; `example` is the number of its example."""

    seen: Seen
    label: str
    weight: float
    example: int


def names(ready: Sequence[Prepared]) -> list[str]:
    """The features that occur in more than one text, whatever its variants, which stand beside one another."""
    counts: Counter[str] = Counter()
    for _, variants_of_it in groupby(ready, key=lambda row: row.example):
        counts.update({feature for row in variants_of_it for feature in row.seen.features})
    return sorted(f for f, n in counts.items() if n >= 2)


def fit(ready: Sequence[Prepared], *, extra: Sequence[Prepared] = (), like: Model | None = None) -> Model:
    """Two softmax regressions, one on features and one on groups of letters, and a net over the words in their order;
    and the mean of what they say. With `like` only the features that this model knows are weighed, and its net is
    kept. The extra ones only weigh what the others hold."""
    everything = [*ready, *extra]
    labels = [row.label for row in everything]
    share = Counter(labels)
    balance = {k: (len(labels) / (len(share) * n)) ** 0.5 for k, n in share.items()}
    mass = np.array([row.weight * balance[row.label] for row in everything])
    target = np.array([INTENTS.index(label) for label in labels])
    known = list(like.rows) if like else names(ready)
    weights, bias = regress(  # each matrix is given away, so that none is kept beside the next
        matrix([row.seen.features for row in everything], {f: i for i, f in enumerate(known)}),
        target, mass, np.array([price(n) for n in known]) * 0.02,
    )  # fmt: skip
    rare = rarity([row.seen.letters for row in ready])
    words = [row.seen.words for row in ready]
    net = like.net if like else train_behalf.widened(train_net.train(words, target[: len(ready)], mass[: len(ready)]))
    spelt, level = regress(
        spelling([row.seen.letters for row in everything], rare), target, mass, np.full(NUMBERS, 0.17)
    )
    signs, letters = (1 - SPELT) * (1 - SHARE), SPELT * (1 - SHARE)
    weights *= signs
    loud = np.flatnonzero(np.abs(weights).max(1) >= (0.0 if like else QUIET))
    lean = np.array([LEAN.get(intent, 0.0) for intent in INTENTS])
    column = like.weights[:-1, -1:] if like else np.zeros((len(loud), 1))
    return Model(
        [known[i] for i in loud], np.hstack([weights[loud], column]),
        np.append(signs * bias + letters * level + lean, 0.0), 1.0, VERSION,
        letters=np.pad(letters * spelt * rare[:, None], ((0, 0), (0, 1))), net=net,
        relayed=like.relayed if like else BY_PATTERNS,
    )  # fmt: skip


def parts(examples: Sequence[Example], number: int = 5) -> list[list[int]]:
    """Examples dealt into parts of about one size by who wrote them, so that nobody is judged by a model that knows
    their hand."""
    hands: defaultdict[str, list[int]] = defaultdict(list)
    for i, example in enumerate(examples):
        hands[example.hand].append(i)
    dealt: list[list[int]] = [[] for _ in range(number)]
    for hand in sorted(hands, key=lambda hand: (-len(hands[hand]), hand)):
        min(dealt, key=len).extend(hands[hand])
    return [sorted(part) for part in dealt]


def macro_f1(truth: Sequence[str], guess: Sequence[str]) -> tuple[float, dict[str, float]]:
    """Mean F1 over the intents that occur, and each."""
    each = {}
    for name in INTENTS:
        hit = sum(t == g == name for t, g in zip(truth, guess, strict=True))
        called, real = sum(g == name for g in guess), sum(t == name for t in truth)
        if real:
            each[name] = 2 * hit / (called + real) if called + real else 0.0
    return sum(each.values()) / max(1, len(each)), each


def guesses(model: Model, rows: Iterable[Seen]) -> list[str]:
    return [INTENTS[int(np.argmax(model.judge(*row)))] for row in rows]


def temperature(chances: Array, target: Array) -> float:
    """The divisor under which the scores of unseen texts are best calibrated (least log loss)."""
    logits = np.log(chances + 1e-9)
    best = (1e9, 1.0)
    for step in np.arange(0.4, 2.5, 0.05):
        values = logits / step
        values -= values.max(1, keepdims=True)
        loss = -(values[np.arange(len(target)), target] - np.log(np.exp(values).sum(1))).mean()
        best = min(best, (float(loss), float(step)))
    return best[1]


def sharpened(chances: Array, divisor: float) -> Array:
    """Probabilities as they are at that temperature."""
    powers = (chances + 1e-9) ** (1 / divisor)
    return np.asarray(powers / powers.sum(1, keepdims=True))


def alarm(chances: Array, target: Array, ordinary: Array) -> float:
    """From which probability of a crisis on a human is called: as low as false alarms among `ordinary` texts, those
    that nobody wrote to stand near danger, allow (FALSE_ALARMS)."""
    crisis = INTENTS.index("crisis")
    harmless = np.sort(chances[ordinary & (target != crisis), crisis])[::-1]
    return float(harmless[int(FALSE_ALARMS * len(harmless))])


def prepared(examples: Sequence[Example], read: Extractor) -> list[Prepared]:
    """Features, label and weight of each example and its variants."""
    return [
        Prepared(read(text), example.intent, example.weight * weight, i)
        for i, example in enumerate(examples)
        for text, weight in variants(example.text)
    ]


def told(examples: Sequence[Example], read: Extractor) -> list[Told]:
    """Each variant of those examples of which is known for whom they are."""
    found = []
    for example in examples:
        if example.relayed is None:
            continue
        for text, _ in variants(example.text):
            seen, heard = read(text), relayed(example.intent, fold(text))
            found.append(Told(seen.features, seen.words, heard, example.intent, example.weight, example.relayed))
    return found


def train(extra: Sequence[Example] = (), like: Model | None = None) -> Model:
    """The model of the corpus and the extra examples; with `like` they only weigh what that model knows, and its net
    stays. Extra examples add no words and teach no net: what a person wrote can never be read out of the model."""
    read = Extractor()
    model = fit(prepared(corpus(), read), extra=prepared(extra, read), like=like)
    if like is None:
        train_behalf.teach(model, told([*corpus(), *for_whom()], read))
    return model


@dataclass(frozen=True, slots=True)
class Validation:
    """What the model says of texts by authors it has not seen."""

    macro_f1: float
    by_intent: dict[str, float]
    temperature: float
    alarm: float
    recall: float
    false_alarms: float


def cross_validate(examples: Sequence[Example]) -> Validation:
    """Five models, each judged by the authors it was not given."""
    ready = prepared(examples, Extractor())
    first = {row.example: row.seen for row in reversed(ready)}
    chances = np.zeros((len(examples), len(INTENTS)))
    for part in parts(examples):
        out = set(part)
        model = fit([row for row in ready if row.example not in out])
        for i in part:
            chances[i] = model.judge(*first[i])
    target = np.array([INTENTS.index(e.intent) for e in examples])
    mean, each = macro_f1([e.intent for e in examples], [INTENTS[i] for i in chances.argmax(1)])
    divisor = temperature(chances, target)
    chances = sharpened(chances, divisor)
    ordinary = np.array([not any(word in e.author for word in NEAR_DANGER) for e in examples])
    limit, crisis = alarm(chances, target, ordinary), INTENTS.index("crisis")
    called = (chances[:, crisis] >= limit) | (chances.argmax(1) == crisis)
    harmed = target == crisis
    return Validation(
        mean, each, divisor, limit, float(called[harmed].mean()), float(called[~harmed & ordinary].mean())
    )


def score(model: Model, read: Extractor) -> float:
    """Macro-F1 on the fixed test set."""
    held = corpus(test=True)
    return macro_f1([e.intent for e in held], guesses(model, (read(e.text) for e in held)))[0]


def main(argv: list[str] | None = None) -> int:
    """Cross-validates, trains and writes; with --corrections the shipped calibration stands and the result is kept only
    if it is better on the fixed test set."""
    parser = argparse.ArgumentParser(prog="train", description=__doc__)
    parser.add_argument("--corrections", type=Path, help="JSON lines with text and intent")
    parser.add_argument("--output", type=Path, default=SHIPPED)
    parser.add_argument("--version", default="")
    parser.add_argument("--validate", action="store_true", help="only cross-validate")
    args = parser.parse_args(argv)
    if args.corrections:
        return _with_corrections(args.corrections, args.output, args.version)
    found = cross_validate(corpus())
    sys.stdout.write(
        f"unseen authors: macro-F1 {found.macro_f1:.3f} "
        + str({k: round(v, 2) for k, v in found.by_intent.items()})
        + f"\ntemperature {found.temperature:.2f}, alarm from {found.alarm:.3f}: danger recall {found.recall:.3f}, "
        f"false alarms {found.false_alarms:.3f}\n"
    )
    if args.validate:
        return 0
    model = train()
    model.temperature, model.alarm = found.temperature, found.alarm
    sys.stdout.write(f"fixed test set: macro-F1 {score(model, Extractor()):.3f}\n")
    model.save(args.output)
    train_headcount.write(args.output.with_name(headcount.SHIPPED.name))
    return 0


def better(extra: Sequence[Example], version: str, than: Model) -> tuple[Model | None, float, float]:
    """A model that learned the extra examples as well, when it is better on the fixed test set than `than`, else None;
    and what both reach there."""
    read = Extractor()
    model = train(extra, than)
    model.version, model.temperature, model.alarm = version, than.temperature, than.alarm
    new, old = score(model, read), score(than, read)
    return (model if new > old else None), new, old


def _with_corrections(path: Path, output: Path, version: str) -> int:
    version = version or f"{VERSION}+{hashlib.sha256(path.read_bytes()).hexdigest()[:8]}"
    model, new, old = better(corrections(path), version, Model.load(output if output.exists() else SHIPPED))
    sys.stdout.write(f"fixed test set: macro-F1 {new:.3f}, before {old:.3f}\n")
    if model is None:
        sys.stdout.write(f"not adopted: {new:.3f} is not better than {old:.3f}\n")
        return 3
    model.save(output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
