"""Payment references: short codes a person copies by hand into a transfer, and finding them again in its text.

Eight characters of an alphabet without look-alikes, the last two computed over the field of 23 elements (a shortened
Reed-Solomon code of distance 3). One or two wrong characters, and any two swapped, never give another valid code.
Only an exact, issued code books by itself; a code one slip away is proposed to a person.
"""

from __future__ import annotations

import re
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

ALPHABET = "234679ACDEFHJKMNPRTVWXY"
"""23 characters, a prime: without 0/O/Q, 1/I/L, 5/S, 8/B, 2's Z, 6's G and V's U."""
LENGTH = 8
_DATA = LENGTH - 2
_VALUE = {char: number for number, char in enumerate(ALPHABET)}
_SIZE = len(ALPHABET)
_SEPARATORS = re.compile(r"[\s\-_./,:;+*'\"()]+")


def complete(data: str) -> str:
    """The six free characters with their two check characters. Raises ValueError for anything else."""
    if len(data) != _DATA or not set(data) <= set(ALPHABET):
        raise ValueError(f"{data!r} is not {_DATA} characters of the reference alphabet")
    values = [_VALUE[char] for char in data]
    plain = -sum(values) % _SIZE
    weighted = -sum(weight * value for weight, value in enumerate(values, 1)) % _SIZE
    # solve a + b = plain and 7a + 8b = weighted
    second = (weighted - _DATA * plain - plain) % _SIZE
    first = (plain - second) % _SIZE
    return data + ALPHABET[first] + ALPHABET[second]


def valid(code: str) -> bool:
    """Whether the code, without separators and in capitals, has right check characters."""
    return len(code) == LENGTH and set(code) <= set(ALPHABET) and complete(code[:_DATA]) == code


def generate(taken: Callable[[str], bool], choose: Callable[[str], str] = secrets.choice) -> str:
    """A new code from a secure source that `taken` does not know. 148 million exist; gives up after 1,000 tries."""
    for _ in range(1000):
        code = complete("".join(choose(ALPHABET) for _ in range(_DATA)))
        if not taken(code):
            return code
    raise RuntimeError("no free payment reference found")


def shown(code: str) -> str:
    """The code as printed, in two groups of four; finding it again ignores the blank."""
    return f"{code[:4]} {code[4:]}"


def squeezed(text: str) -> str:
    """A transfer's text as searched: capitals, white space and separators gone (banks cut lines inside a code)."""
    return _SEPARATORS.sub("", text).upper()


@dataclass(frozen=True, slots=True)
class Found:
    """`sure` when exactly one issued code stands in the text; `near` codes are one slip away and only proposals."""

    sure: str
    exact: tuple[str, ...]
    near: tuple[str, ...]


class Issued:
    """All references that may be meant, indexed for exact and near search (symmetric deletes)."""

    def __init__(self, codes: Iterable[str]) -> None:
        self._codes = set(codes)
        self._deletes: dict[str, set[str]] = defaultdict(set)
        for code in self._codes:
            for variant in _deletes(code):
                self._deletes[variant].add(code)

    def find(self, text: str) -> Found:
        """What the text of one entry says. Two different exact codes are sure of nothing."""
        line = squeezed(text)
        exact = tuple(dict.fromkeys(code for code in _windows(line, LENGTH) if code in self._codes))
        near = self._near(line) - set(exact) if len(exact) != 1 else set()
        return Found(exact[0] if len(exact) == 1 else "", exact, tuple(sorted(near)))

    def _near(self, line: str) -> set[str]:
        found: set[str] = set()
        for size in (LENGTH - 1, LENGTH, LENGTH + 1):
            for window in _windows(line, size):
                for variant in _deletes(window):
                    found.update(code for code in self._deletes.get(variant, ()) if one_slip(window, code))
        return found


def one_slip(one: str, other: str) -> bool:
    """Whether at most one character is wrong, missing or too many, or two neighbours are swapped."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    swapped = short[:start] + short[start + 1 : start + 2] + short[start : start + 1] + short[start + 2 :]
    return short[start + 1 :] == long[start + 1 :] or swapped == long


def _windows(line: str, size: int) -> list[str]:
    return [line[at : at + size] for at in range(len(line) - size + 1)]


def _deletes(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
