"""The trained model: one weight per feature and intent, a softmax over their sum, and a temperature for calibration."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from .reading import INTENTS

SHIPPED = Path(__file__).parent / "data" / "model.npz"


class Model:
    """Loaded weights: `rows` gives the place of each feature in `weights`. Probabilities as in INTENTS."""

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
        self.rows = {name: i for i, name in enumerate(names)}
        self.weights = weights.astype(np.float32)
        self.bias = bias.astype(np.float32)

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
                float(data["alarm"]) if "alarm" in data else 0.5,
            )

    def save(self, path: Path) -> None:
        """Writes the same bytes for the same model."""
        np.savez_compressed(
            path,
            names=np.frombuffer("\n".join(self.rows).encode(), np.uint8),
            weights=self.weights.astype(np.float16),
            bias=self.bias,
            temperature=np.float64(self.temperature),
            alarm=np.float64(self.alarm),
            version=np.frombuffer(self.version.encode(), np.uint8),
        )

    def judge(self, features: Sequence[str]) -> list[float]:
        """Probabilities for a list of features."""
        rows = [self.rows[f] for f in features if f in self.rows]
        sums = self.bias + self.weights[rows].sum(0) / math.sqrt(len(rows) + 20.0) if rows else self.bias
        values = [float(s) / self.temperature for s in sums]
        top = max(values)
        powers = [math.exp(v - top) for v in values]
        total = sum(powers)
        return [p / total for p in powers]


def empty() -> Model:
    """A model that knows nothing: every intent is equally likely."""
    return Model(["-"], np.zeros((1, len(INTENTS))), np.zeros(len(INTENTS)), 1.0, "untrained")
