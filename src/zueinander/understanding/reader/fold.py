"""Folding: the one spelling in which everything is looked up, with the way back to the text as written.

Folded text is lower case, ß is ss, typographic quotes and dashes are plain, accents outside the German letters are
gone. ä, ö, ü stay (the lists carry ae, oe, ue themselves: "neue" is no "nü").
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from .codes import Table, codes, text

_PLAIN = {"„": '"', "“": '"', "”": '"', "»": '"', "«": '"', "’": "'", "‘": "'", "´": "'", "`": "'", "–": "-", "—": "-",
          "‐": "-", "‑": "-", "−": "-", "\u00a0": " ", "\u202f": " ", "\t": " ", "\r": " ", "\n": "\n", "\u200b": " ",
          "\u00ad": "-", "\ufeff": " "}  # fmt: skip
_KEEP = frozenset("äöü")


@lru_cache(maxsize=70_000)
def _fold_char(char: str) -> str:
    if char in _PLAIN:
        return _PLAIN[char]
    if char in "ßẞ":
        return "ss"
    if unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs", "Cn"):
        return char if char == "\n" else " "
    low = char.lower()
    if low in _KEEP or low.isascii():
        return low
    base = unicodedata.normalize("NFKD", low)
    if base[0].isascii() and len(base) <= 2:
        return base[0].lower()
    return low if len(low) == 1 else low[0]


class _Table(dict[int, str]):
    def __missing__(self, code: int) -> str:
        value = _fold_char(chr(code))
        if len(self) < 60_000:
            self[code] = value
        return value


_TABLE = _Table()
_LONGER = re.compile("[ßẞ]")
SIGNS = {code: " " for code in range(128) if not chr(code).isalnum()}
_FEW = 6  # texts for which arrays do not pay
_COMBINING = re.compile("[\u0300-\u036f]")
_PAIRS = {("a", "\u0308"): "ä", ("o", "\u0308"): "ö", ("u", "\u0308"): "ü"}


_LOW = Table(lambda code: ord(_fold_char(chr(code))))
_FLAT = Table(lambda code: code if code > 127 or chr(code).isalnum() else ord(" "))


class Folded:
    """`low` is the folded text, `flat` the same with every sign of ASCII a space, between two spaces; `at(i)` gives the
    place in the original of the i-th folded character."""

    __slots__ = ("_map", "_stops", "flat", "low", "raw")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self._stops: list[int] | None = None
        self._map: list[int] | None = None
        if raw.isascii() or not _COMBINING.search(raw):
            self._set(raw.translate(_TABLE))
        else:
            low, self._map = _fold_combining(raw)
            self._set(low)

    def _set(self, low: str, flat: str = "") -> None:
        self.low, self.flat = low, flat or " " + low.translate(SIGNS) + " "
        if self._map is None and len(low) != len(self.raw):
            self._stops = [m.start() + i + 1 for i, m in enumerate(_LONGER.finditer(self.raw))]

    @classmethod
    def many(cls, raws: Sequence[str]) -> list[Folded]:
        """Many texts at once: faster, and the same as one by one."""
        if len(raws) < _FEW:
            return [cls(raw) for raw in raws]
        plain = [raw.replace("ß", "ss").replace("ẞ", "ss") for raw in raws]
        written = codes("\0" + "\0".join(plain) + "\0")
        if ((written >= 0x300) & (written <= 0x36F)).any():  # the combining ones
            return [cls(raw) for raw in raws]
        folded = _LOW(written)
        low, flat = text(folded), text(_FLAT(folded))
        out, at = [], 1
        for raw, one in zip(raws, plain, strict=True):
            made = cls.__new__(cls)
            made.raw, made._stops, made._map = raw, None, None
            stop = at + len(one)
            made._set(low[at:stop], flat[at - 1 : stop + 1])
            out.append(made)
            at = stop + 1
        return out

    def at(self, index: int) -> int:
        """Position in the original; the end of the folded text is the end of the original."""
        if self._stops is not None:
            return index - bisect_right(self._stops, index)  # each ß before it made the folded text one longer
        if self._map is not None:
            return self._map[index] if index < len(self._map) else len(self.raw)
        return index

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A folded stretch as a stretch of the original."""
        if self._stops is None and self._map is None:
            return start, end
        return self.at(start), self.at(end - 1) + 1 if end > start else self.at(end)


def _fold_combining(raw: str) -> tuple[str, list[int]]:
    out: list[str] = []
    where: list[int] = []
    for i, char in enumerate(raw):
        if "\u0300" <= char <= "\u036f":
            if out and (out[-1], char) in _PAIRS:
                out[-1] = _PAIRS[out[-1], char]
            continue
        for letter in _fold_char(char):
            out.append(letter)
            where.append(i)
    return "".join(out), where


def fold(written: str) -> str:
    """Only the folded text."""
    if written.isascii() or not _COMBINING.search(written):
        return written.translate(_TABLE)
    return _fold_combining(written)[0]
