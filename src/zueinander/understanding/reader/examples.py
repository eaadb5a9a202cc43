"""The texts the model learns from: corpus/*.txt beside this file, and an installation's corrections.

One text a line behind the letter of its intent, one file a persona or style ("author"). A 1 behind the letter of a wish
or an offer says that it is somebody else's for whom the writer speaks, a 0 that it is not; more than half were not
looked at for that. Files whose name begins with test- are never trained on: they are the fixed test set on which a new
version has to be better. Those whose name begins with real- are modelled on what people wrote, not invented, and have
a weight of their own. Those in corpus/whom are wishes and offers that only teach for whom somebody speaks: taught their
intents as well, the reader was no better at them.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from .reading import INTENTS

CORPUS = Path(__file__).parent / "corpus"
MODELLED = 0.7  # what a text of a file real-* counts: with more the labelled posts are read worse, with less real ones
TILTED = {"border-either": 0.5, "border-or": 0.5}  # so do these: two thirds of them are both, of posts one in twenty
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


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled text, and what it counts."""

    text: str
    intent: str
    author: str
    weight: float = 1.0
    relayed: bool | None = None  # whether it is asked or offered for somebody else, if that was looked at

    @property
    def hand(self) -> str:
        """Who wrote it: files of one hand are numbered (`real-ca01`, `b07-night`), others stand for themselves."""
        return _hand(self.author)


def _hand(author: str) -> str:
    numbered = re.match(r"([a-z-]*[a-z])\d", author)
    return numbered[1] if numbered else author


def corpus(test: bool = False) -> list[Example]:
    """The shipped examples; `test` gives the fixed test set instead of the training set."""
    paths = (path for path in sorted(CORPUS.glob("*.txt")) if path.name.startswith("test-") == test)
    return [example for path in paths for example in _read(path)]


def for_whom() -> list[Example]:
    """The shipped wishes and offers that only teach for whom somebody speaks."""
    return [example for path in sorted((CORPUS / "whom").glob("*.txt")) for example in _read(path)]


def _read(path: Path) -> list[Example]:
    out = []
    weight = MODELLED if path.name.startswith("real-") else TILTED.get(_hand(path.stem), 1.0)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            mark, text = line.split(" ", 1)
            relayed = {"0": False, "1": True}.get(mark[1:])
            out.append(Example(text.replace("\\n", "\n"), _SHORT[mark[0]], path.stem, weight, relayed))
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
