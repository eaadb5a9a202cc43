"""Variants of a text that keep its meaning: how another keyboard would have written it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_MARKS = re.compile(r"[.,!?;:]")
_LONG = re.compile(r"\b[A-Za-zäöüÄÖÜß]{7,}\b")


def variants(text: str) -> Iterator[tuple[str, float]]:
    """(text, weight): the text itself, and one or two others chosen by its checksum, so that it is always the same."""
    yield text, 1.0
    seed = zlib.crc32(text.encode())
    kind = seed % 4
    if kind == 0:
        yield text.lower(), 0.35
    elif kind == 1:
        yield _MARKS.sub("", text).lower(), 0.35
    elif kind == 2:
        yield text.translate(_UMLAUTS), 0.35
    else:
        yield _typo(text, seed), 0.35


def _typo(text: str, seed: int) -> str:
    """Two letters swapped in one long word."""
    words = list(_LONG.finditer(text))
    if not words:
        return text.lower()
    word = words[seed // 7 % len(words)]
    at = word.start() + 2 + seed // 91 % (len(word[0]) - 4)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
