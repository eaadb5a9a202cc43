"""The trained model: one weight per feature and intent, a softmax over their sum, and a temperature for calibration."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from .features import extract
from .fold import Folded
from .reading import INTENTS, PlaceMention, When

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
    ) -> None:
        self.version = version
        self.temperature = temperature
        self._row = {name: i for i, name in enumerate(names)}
        self._weights = weights.astype(np.float32)
        self._bias = bias.astype(np.float32)

    @classmethod
    def load(cls, path: Path | None = None) -> Model:
        """From a file that `train` wrote; the shipped one by default."""
        with np.load(path or SHIPPED) as data:
            names = bytes(data["names"]).decode().split("\n")
            return cls(
                names, data["weights"], data["bias"], float(data["temperature"]), bytes(data["version"]).decode()
            )

    def save(self, path: Path) -> None:
        """Writes the same bytes for the same model."""
        np.savez_compressed(
            path,
            names=np.frombuffer("\n".join(self._row).encode(), np.uint8),
            weights=self._weights.astype(np.float16),
            bias=self._bias,
            temperature=np.float64(self.temperature),
            version=np.frombuffer(self.version.encode(), np.uint8),
        )

    def judge(self, features: Sequence[str]) -> list[float]:
        """Probabilities for a list of features."""
        row = self._row
        rows = [row[f] for f in features if f in row]
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
        """Probabilities for a text and what was found in it."""
        return self.judge(extract(head, places, when, strength, channel))


def empty() -> Model:
    """A model that knows nothing: every intent is equally likely."""
    return Model(["-"], np.zeros((1, len(INTENTS))), np.zeros(len(INTENTS)), 1.0, "untrained")
