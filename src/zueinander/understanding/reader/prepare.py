"""What `make install` does for the reader: it reads the shipped examples and keeps the states that took."""

from __future__ import annotations

import random

from . import reader  # noqa: F401 - everything that is enrolled
from .examples import corpus
from .fold import Folded
from .scan import SCANNER
from .warm import keep

_TOGETHER = 500
_ENOUGH = 157_000  # states: all examples need somewhat fewer, and room is left for those of other texts


def main() -> None:
    """Reads the examples, in any order but always the same, and keeps what that made."""
    lows = [folded.low for folded in Folded.many([example.text for example in corpus()])]
    random.Random(1).shuffle(lows)
    SCANNER.machine.settle()
    for at in range(0, len(lows), _TOGETHER):
        SCANNER.find_all(lows[at : at + _TOGETHER])
        if SCANNER.machine.size > _ENOUGH:
            break
    keep(SCANNER.machine, SCANNER.patterns)
