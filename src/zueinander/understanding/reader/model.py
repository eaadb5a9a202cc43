"""The trained model: one weight per feature and intent, a softmax over their sum, and a temperature for calibration."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from .features import signs, spoken, token
from .fold import Folded
from .reading import INTENTS, Evidence, PlaceMention, When
from .rules import cues, stretch

_KEPT = 60_000  # words remembered with their rows
SHIPPED = Path(__file__).parent / "data" / "model.npz"


class Model:
    """Loaded weights. `scores` gives nine probabilities in the order of INTENTS."""

    def __init__(
        self,
        names: list[str],
        weights: np.ndarray[Any, Any],
        bias: np.ndarray[Any, Any],
        temperature: float,
        version: str,
        alarm: float = 0.5,
    ) -> None:
        self.version = version
        self.temperature = temperature
        self.alarm = alarm  # a human is called from this probability of "crisis" on, whatever the intent
        self._row = {name: i for i, name in enumerate(names)}
        self._weights = weights.astype(np.float32)
        self._bias = bias.astype(np.float32)
        self._after: dict[str, dict[str, int]] = {}  # a word, the next word: row of the pair
        self._chains: dict[tuple[str, ...], tuple[int, ...]] = {}
        for name, number in self._row.items():
            if name.startswith("b:"):
                first, _, second = name[2:].rpartition(" ")
                self._after.setdefault(first, {})[second] = number
        self._words: dict[str, tuple[str, str, tuple[int, ...]]] = {}

    @classmethod
    def load(cls, path: Path | None = None) -> Model:
        """From a file that `train` wrote; the shipped one by default."""
        with np.load(path or SHIPPED) as data:
            names = bytes(data["names"]).decode().split("\n")
            return cls(
                names,
                data["weights"],
                data["bias"],
                float(data["temperature"]),
                bytes(data["version"]).decode(),
                float(data["alarm"]),
            )

    def save(self, path: Path) -> None:
        """Writes the same bytes for the same model."""
        np.savez_compressed(
            path,
            names=np.frombuffer("\n".join(self._row).encode(), np.uint8),
            weights=self._weights.astype(np.float16),
            bias=self._bias,
            temperature=np.float64(self.temperature),
            alarm=np.float64(self.alarm),
            version=np.frombuffer(self.version.encode(), np.uint8),
        )

    def judge(self, features: Sequence[str]) -> list[float]:
        """Probabilities for a list of features."""
        row = self._row
        return self._weigh([row[f] for f in features if f in row])

    def _weigh(self, rows: list[int]) -> list[float]:
        sums = self._bias + self._weights[rows].sum(0) / math.sqrt(len(rows) + 20.0) if rows else self._bias
        values = [float(s) / self.temperature for s in sums]
        top = max(values)
        powers = [math.exp(v - top) for v in values]
        total = sum(powers)
        return [p / total for p in powers]

    def scores(
        self,
        head: Folded,
        places: Sequence[PlaceMention],
        when: Sequence[When],
        strength: float,
        channel: str = "public",
    ) -> list[float]:
        """Probabilities for a text and what was found in it: `judge(extract(...))`, without the names."""
        words = [self._words.get(w) or self._learn(w) for w in spoken(head.low)]
        rows: dict[int, None] = {}
        previous, chain = "<", ["<"]
        after, nothing = self._after, dict[str, int]()
        for word, name, own in words:
            for number in own:
                rows[number] = None
            pair = after.get(previous, nothing).get(word)
            if pair is not None:
                rows[pair] = None
            previous = word
            if name:
                chain.append(name)
                if name == ".":
                    chain.append("<")
        for i in range(1, len(chain)):
            for number in self._chain(tuple(chain[max(0, i - 2) : i + 1])):
                rows[number] = None
        row = self._row
        found = signs(head, [name for _, name, _ in words], places, when, strength)
        return self._weigh([*rows, *[row[f] for f in found if f in row]])

    def reasons(self, head: Folded, intent: str, most: int = 3) -> list[Evidence]:
        """The cues that spoke most for the intent, strongest first, with their place in the text as written."""
        low = head.low[:2_500]
        at = INTENTS.index(intent)
        weighed = [(float(self._weights[self._row["R:" + c], at]), c) for c in cues(low) if "R:" + c in self._row]
        out = []
        for weight, cue in sorted(weighed, reverse=True)[:most]:
            where = stretch(cue, low) if weight > 0 else None
            if where and where[1] > where[0]:
                out.append(Evidence(cue, *head.span(*where)))
        return out

    def _learn(self, word: str) -> tuple[str, str, tuple[int, ...]]:
        """The word, its class and its rows, kept for the next time."""
        name, kind, own = token(word)
        known = name, kind, tuple(self._row[f] for f in own if f in self._row)
        if len(self._words) < _KEPT:
            self._words[word] = known
        return known

    def _chain(self, kinds: tuple[str, ...]) -> tuple[int, ...]:
        known = self._chains.get(kinds)
        if known is None:
            names = ["C:" + ">".join(kinds[-2:]), *(["T:" + ">".join(kinds)] if len(kinds) > 2 else [])]
            known = self._chains[kinds] = tuple(self._row[n] for n in names if n in self._row)
        return known


def empty() -> Model:
    """A model that knows nothing: every intent is equally likely."""
    return Model(["-"], np.zeros((1, len(INTENTS))), np.zeros(len(INTENTS)), 1.0, "untrained")
