"""The trained model: weights per intent for features (`features.py`) and groups of letters (`letters.py`), a net over
the words in their order (`net.py`), a softmax over what the three add up to, and a temperature for calibration. A last
column of each says how much speaks for it that a wish is somebody else's (`behalf.py`)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, cast

import numpy as np

from .company import BY_PATTERNS
from .letters import NUMBERS
from .net import COLUMNS, PAD, Listener, Net, Weights, silent
from .reading import INTENTS
from .tables import packed, unpacked

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
        net: Net | None = None,
        relayed: Sequence[float] = BY_PATTERNS,
    ) -> None:
        self.version = version
        self.temperature = temperature
        self.alarm = alarm  # a human is called from this probability of "crisis" on, whatever the intent
        self.rows = {name: i for i, name in enumerate(names)}
        self.weights = np.vstack([weights, np.zeros(len(bias))]).astype(np.float32)  # the last row: what has none
        self.bias = bias.astype(np.float32)
        self.net = net or silent()
        self.relayed = tuple(relayed)  # what `company.signs` count beside the last column
        self._heard = Listener(self.net)
        self.letters = np.zeros((NUMBERS, len(bias)), np.float32) if letters is None else letters.astype(np.float32)

    @classmethod
    def load(cls, path: Path | None = None) -> Model:
        """From a file that `train` wrote; the shipped one by default."""
        with np.load(path or SHIPPED) as data:
            names = unpacked(data["names"])
            return cls(
                names,
                data["weights"],
                data["bias"],
                float(data["temperature"]),
                bytes(data["version"]).decode(),
                float(data.get("alarm", 0.5)),
                data.get("letters"),
                _net(data),
                data["relayed"].tolist(),
            )

    def save(self, path: Path) -> None:
        """Writes the same bytes for the same model."""
        np.savez_compressed(
            path,
            names=packed(self.rows),
            weights=self.weights[:-1].astype(np.float16),
            letters=self.letters.astype(np.float16),
            bias=self.bias,
            temperature=np.float64(self.temperature),
            alarm=np.float64(self.alarm),
            relayed=np.array(self.relayed),
            version=np.frombuffer(self.version.encode(), np.uint8),
            **cast(dict[str, Any], _stored(self.net)),
        )

    def judge(self, features: Sequence[str], letters: Sequence[int] = (), words: Sequence[str] = ()) -> list[float]:
        """Probabilities for a list of features, the groups of letters, each as often as it occurs, and all words."""
        rows = [self.rows[f] for f in features if f in self.rows]
        sums = self.bias + self.weights[rows].sum(0) / math.sqrt(len(rows) + 20.0)
        sums = sums + self.letters[list(letters)].sum(0) / math.sqrt(len(letters) + 20.0)
        said = np.array([PAD, *self._heard.numbers(words)])
        sums = sums + self._heard.sums(self._heard.answers(), said)[0]
        values = [float(s) / self.temperature for s in sums[: len(INTENTS)]]
        top = max(values)
        powers = [math.exp(v - top) for v in values]
        total = sum(powers)
        return [p / total for p in powers]


def _stored(net: Net) -> dict[str, np.ndarray[Any, Any]]:
    weights = {f"net_{name}": one.astype(np.float16) for name, one in net.weights.arrays().items()}
    return {"net_words": packed(net.words), **weights}


def _net(data: Mapping[str, np.ndarray[Any, Any]]) -> Net:
    weights = Weights(**{one.name: data[f"net_{one.name}"].astype(np.float32) for one in fields(Weights)})
    return Net(unpacked(data["net_words"]), weights)


def empty() -> Model:
    """A model that knows nothing: every intent is equally likely."""
    return Model(["-"], np.zeros((1, COLUMNS)), np.zeros(COLUMNS), 1.0, "untrained")
