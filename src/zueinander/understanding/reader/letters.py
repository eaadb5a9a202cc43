"""Groups of letters of a word, by number: what the second half of the model weighs.

Unlike the words and signs of `features.py` they are counted as often as they occur, and every group has a number, so
that a word nobody has written before still says something: by its stem, its ending, or the way it is misspelt.
"""

from __future__ import annotations

import zlib
from functools import lru_cache

NUMBERS = 1 << 15
_SHORTEST, _LONGEST, _CHARS = 2, 5, 24


@lru_cache(maxsize=60_000)
def groups(word: str) -> tuple[int, ...]:
    """Numbers of all groups of two to five letters of a folded word, its begin and end counted as letters."""
    low = f" {word[:_CHARS]} ".encode()
    sizes = range(_SHORTEST, _LONGEST + 1)
    return tuple(zlib.crc32(low[i : i + n]) % NUMBERS for n in sizes for i in range(len(low) - n + 1))
