"""What `make install` does for the reader: it reads the shipped examples and keeps the states that took."""

from __future__ import annotations

from . import reader  # noqa: F401 - everything that is enrolled
from .examples import corpus
from .fold import Folded
from .scan import SCANNER
from .warm import keep

_TOGETHER = 500


def main() -> None:
    """Reads the examples and keeps what that made."""
    lows = [folded.low for folded in Folded.many([example.text for example in corpus()])]
    for at in range(0, len(lows), _TOGETHER):
        SCANNER.find_all(lows[at : at + _TOGETHER])
    keep(SCANNER.machine, SCANNER.patterns)
