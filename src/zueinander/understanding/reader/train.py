"""Trains the model: `python -m zueinander.understanding.reader.train`.

The corpus lies beside this file: corpus/*.txt, one text a line behind its intent, one file a persona ("author"). Files
whose name begins with test- are never trained on: they are the fixed test set on which a new version has to be better.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from . import danger, dates
from .augment import variants
from .features import extract
from .fold import Folded
from .mentions import PlaceFinder
from .model import SHIPPED, Model
from .places import shipped
from .reading import INTENTS, VERSION

CORPUS = Path(__file__).parent / "corpus"
_SHORT = {
    "s": "seek",
    "o": "offer",
    "b": "both",
    "a": "amplify",
    "t": "thanks",
    "c": "comment",
    "p": "spam",
    "x": "crisis",
    "n": "other",
}
Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled text; weight lets corrections of an installation count more or less."""

    text: str
    intent: str
    author: str
    weight: float = 1.0


def corpus(test: bool = False) -> list[Example]:
    """The shipped examples; `test` gives the fixed test set instead of the training set."""
    out = []
    for path in sorted(CORPUS.glob("*.txt")):
        if path.name.startswith("test-") != test:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                mark, text = line.split(" ", 1)
                out.append(Example(text.replace("\\n", "\n"), _SHORT[mark], path.stem))
    return out


def corrections(path: Path) -> list[Example]:
    """An installation's corrections: JSON lines with `text` and `intent`."""
    out = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                row = json.loads(line)
                if row["intent"] not in INTENTS:
                    raise ValueError(f"no such intent: {row['intent']}")
                out.append(Example(str(row["text"]), row["intent"], "corrections", float(row.get("weight", 2.0))))
            except (ValueError, KeyError, TypeError) as wrong:
                raise ValueError(f"{path.name}, line {number}: {wrong}") from None
    return out


class Extractor:
    """Features of a text, found exactly as the reader finds them."""

    def __init__(self) -> None:
        self._places = PlaceFinder(shipped())

    def __call__(self, text: str) -> list[str]:
        head = Folded(text)
        return extract(head, self._places.find(head), dates.find(head, None), danger.look(head)[2])


def _matrix(rows: Sequence[Sequence[str]], index: dict[str, int]) -> sparse.csr_matrix:
    data, columns, starts = [], [], [0]
    for features in rows:
        known = [index[f] for f in features if f in index]
        columns += known
        data += [1.0 / np.sqrt(len(known) + 20.0)] * len(known)
        starts.append(len(columns))
    return sparse.csr_matrix((data, columns, starts), shape=(len(rows), len(index)))


def _price(name: str) -> float:
    """How dearly weight on a feature is paid for: signs of meaning are cheap, single words dear."""
    return {"R": 0.25, "D": 0.1, "F": 0.2, "S": 0.4, "X": 0.6, "C": 0.6, "c": 0.5}.get(name[0], 1.0)


def fit(
    rows: Sequence[Sequence[str]], labels: Sequence[str], weights: Sequence[float], strength: float = 0.004
) -> Model:
    """Softmax regression with L2, by L-BFGS from zero: the same examples give the same model."""
    counts = Counter(f for features in rows for f in set(features))
    names = sorted(f for f, n in counts.items() if n >= 2)
    matrix = _matrix(rows, {f: i for i, f in enumerate(names)})
    target = np.array([INTENTS.index(label) for label in labels])
    share = Counter(labels)
    balance = {k: (len(labels) / (len(share) * n)) ** 0.5 for k, n in share.items()}
    mass = np.array([w * balance[label] for w, label in zip(weights, labels, strict=True)])
    mass /= mass.mean()
    size, kinds = len(names), len(INTENTS)
    hot = np.zeros((len(labels), kinds))
    hot[np.arange(len(labels)), target] = 1.0
    penalty = np.array([_price(n) for n in names])[:, None] * strength

    def loss(flat: Array) -> tuple[float, Array]:
        weight, bias = flat[: size * kinds].reshape(size, kinds), flat[size * kinds :]
        sums = matrix @ weight + bias
        sums -= sums.max(1, keepdims=True)
        powers = np.exp(sums)
        total = powers.sum(1, keepdims=True)
        chance = powers / total
        value = -(mass * (sums[np.arange(len(labels)), target] - np.log(total[:, 0]))).mean()
        slope = (chance - hot) * mass[:, None] / len(labels)
        value += 0.5 * float((penalty * weight**2).sum()) / len(labels) * 10
        return value, np.concatenate([(matrix.T @ slope + penalty * weight / len(labels) * 10).ravel(), slope.sum(0)])

    found = minimize(loss, np.zeros(size * kinds + kinds), jac=True, method="L-BFGS-B", options={"maxiter": 150})
    return Model(names, found.x[: size * kinds].reshape(size, kinds), found.x[size * kinds :], 1.0, VERSION)


def folds(examples: Sequence[Example], number: int = 5) -> list[list[int]]:
    """Examples dealt into parts by a hash of text (variants of one text never lie on both sides)."""
    parts: list[list[int]] = [[] for _ in range(number)]
    for i, example in enumerate(examples):
        parts[int(hashlib.sha256(example.text.encode()).hexdigest(), 16) % number].append(i)
    return parts


def macro_f1(truth: Sequence[str], guess: Sequence[str]) -> tuple[float, dict[str, float]]:
    """Mean F1 over the intents that occur, and each."""
    each = {}
    for name in INTENTS:
        hit = sum(t == g == name for t, g in zip(truth, guess, strict=True))
        called, real = sum(g == name for g in guess), sum(t == name for t in truth)
        if real:
            each[name] = 2 * hit / (called + real) if called + real else 0.0
    return sum(each.values()) / max(1, len(each)), each


def guesses(model: Model, rows: Iterable[Sequence[str]]) -> list[str]:
    return [INTENTS[int(np.argmax(model.judge(row)))] for row in rows]


def temperature(model: Model, rows: Sequence[Sequence[str]], labels: Sequence[str]) -> float:
    """The divisor under which the scores of unseen texts are best calibrated (least log loss)."""
    logits = np.log(np.array([model.judge(row) for row in rows]) + 1e-9)
    target = np.array([INTENTS.index(label) for label in labels])
    best = (1e9, 1.0)
    for step in np.arange(0.4, 2.5, 0.05):
        values = logits / step
        values -= values.max(1, keepdims=True)
        loss = -(values[np.arange(len(target)), target] - np.log(np.exp(values).sum(1))).mean()
        best = min(best, (float(loss), float(step)))
    return best[1]


def prepared(examples: Sequence[Example], read: Extractor) -> tuple[list[list[str]], list[str], list[float]]:
    """Features, labels and weights of the examples and their variants."""
    rows, labels, weights = [], [], []
    for example in examples:
        for text, weight in variants(example.text):
            rows.append(read(text))
            labels.append(example.intent)
            weights.append(example.weight * weight)
    return rows, labels, weights


def train(extra: Sequence[Example] = ()) -> Model:
    """The model of the corpus and the extra examples, calibrated on the fixed test set."""
    read = Extractor()
    model = fit(*prepared([*corpus(), *extra], read))
    held = corpus(test=True)
    model.temperature = temperature(model, [read(e.text) for e in held], [e.intent for e in held])
    return model


def cross_validate(by_author: bool) -> tuple[float, dict[str, float]]:
    """Macro-F1 over parts left out: whole authors, or a fifth of the texts."""
    read, examples = Extractor(), corpus()
    authors = sorted({e.author for e in examples})
    parts = [[i for i, e in enumerate(examples) if e.author == a] for a in authors] if by_author else folds(examples)
    truth: list[str] = []
    guess: list[str] = []
    for part in parts:
        out = set(part)
        model = fit(*prepared([e for i, e in enumerate(examples) if i not in out], read))
        truth += [examples[i].intent for i in part]
        guess += guesses(model, (read(examples[i].text) for i in part))
    return macro_f1(truth, guess)


def score(model: Model, read: Extractor) -> float:
    """Macro-F1 on the fixed test set."""
    held = corpus(test=True)
    return macro_f1([e.intent for e in held], guesses(model, (read(e.text) for e in held)))[0]


def main(argv: list[str] | None = None) -> int:
    """Trains and writes; with --corrections the result is kept only if it is better on the fixed test set."""
    parser = argparse.ArgumentParser(prog="train", description=__doc__)
    parser.add_argument("--corrections", type=Path, help="JSON lines with text and intent")
    parser.add_argument("--output", type=Path, default=SHIPPED)
    parser.add_argument("--version", default="")
    parser.add_argument("--validate", action="store_true", help="only cross-validate, by author and by text")
    args = parser.parse_args(argv)
    if args.validate:
        for by_author in (True, False):
            mean, each = cross_validate(by_author)
            sys.stdout.write(
                f"by {'author' if by_author else 'text'}: macro-F1 {mean:.3f} "
                + str({k: round(v, 2) for k, v in each.items()})
                + "\n"
            )
        return 0
    read = Extractor()
    model = train(corrections(args.corrections) if args.corrections else ())
    new = score(model, read)
    sys.stdout.write(f"fixed test set: macro-F1 {new:.3f}, temperature {model.temperature:.2f}\n")
    if args.corrections:
        model.version = args.version or f"{VERSION}+{hashlib.sha256(args.corrections.read_bytes()).hexdigest()[:8]}"
        old = score(Model.load(args.output if args.output.exists() else SHIPPED), read)
        if new <= old:
            sys.stdout.write(f"not adopted: {new:.3f} is not better than {old:.3f}\n")
            return 3
    model.save(args.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
