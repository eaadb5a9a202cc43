"""The trained model: weights per intent for features (`features.py`) and groups of letters (`letters.py`), a softmax
over both sums, and a temperature for calibration."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from .letters import NUMBERS
from .reading import INTENTS

SHIPPED = Path(__file__).parent / "data" / "model.npz"


class Model:
    """Loaded weights: `rows` gives the place of each feature in `weights`; `letters` has a row for every number of a
    group. Probabilities as in INTENTS."""

    def __init__(
        self,
        names: list[str],
        weights: np.ndarray[Any, Any],
        bias: np.ndarray[Any, Any],
        temperature: float,
        version: str,
        alarm: float = 0.5,
        letters: np.ndarray[Any, Any] | None = None,
    ) -> None:
        self.version = version
        self.temperature = temperature
        self.alarm = alarm  # a human is called from this probability of "crisis" on, whatever the intent
        self.rows = {name: i for i, name in enumerate(names)}
        self.weights = weights.astype(np.float32)
        self.bias = bias.astype(np.float32)
        self.letters = np.zeros((NUMBERS, len(bias)), np.float32) if letters is None else letters.astype(np.float32)

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
                float(data.get("alarm", 0.5)),
                data.get("letters"),
            )

    def save(self, path: Path) -> None:
        """Writes the same bytes for the same model."""
        np.savez_compressed(
            path,
            names=np.frombuffer("\n".join(self.rows).encode(), np.uint8),
            weights=self.weights.astype(np.float16),
            letters=self.letters.astype(np.float16),
            bias=self.bias,
            temperature=np.float64(self.temperature),
            alarm=np.float64(self.alarm),
            version=np.frombuffer(self.version.encode(), np.uint8),
        )

    def judge(self, features: Sequence[str], letters: Sequence[int] = ()) -> list[float]:
        """Probabilities for a list of features and the groups of letters, each as often as it occurs."""
        rows = [self.rows[f] for f in features if f in self.rows]
        sums = self.bias + self.weights[rows].sum(0) / math.sqrt(len(rows) + 20.0)
        sums = sums + self.letters[list(letters)].sum(0) / math.sqrt(len(letters) + 20.0)
        values = [float(s) / self.temperature for s in sums]
        top = max(values)
        powers = [math.exp(v - top) for v in values]
        total = sum(powers)
        return [p / total for p in powers]


def empty() -> Model:
    """A model that knows nothing: every intent is equally likely."""
    return Model(["-"], np.zeros((1, len(INTENTS))), np.zeros(len(INTENTS)), 1.0, "untrained")
