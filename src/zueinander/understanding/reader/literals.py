"""Which strings a regular expression cannot do without (as in the prefilter of Google's RE2)."""

from __future__ import annotations

from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser
from typing import Any

Literals = frozenset[str]
_MOST = 400  # strings in a set
_LEAST = 2  # letters in each, but a rare sign says enough


def required(pattern: str) -> list[Literals]:
    """Sets of strings; every match of the pattern contains one of each set. Those that say little are left out."""
    found = _sequence(list(_parser.parse(pattern)))
    return list(dict.fromkeys(f for f in found if len(f) <= _MOST and all(map(_telling, f))))


def _telling(string: str) -> bool:
    return len(string) >= _LEAST or not (string.isalnum() or string == " ")


def _worth(found: frozenset[str]) -> float:
    return min(map(len, found)) - len(found) / 200


def _sequence(items: list[Any]) -> list[Literals]:
    """What each part asks for; neighbouring parts that stand for few exact strings are taken together."""
    found: list[Literals] = []
    run: list[str] = [""]
    for kind, value in items:
        step = _letters(kind, value)
        if step is not None and len(run) * len(step) <= 24:
            run = [a + b for a in run for b in step]
            continue
        found += [frozenset(run)] if all(run) else []
        run = list(step) if step else [""]
        found += [] if step is not None else _part(kind, value)
    return found + ([frozenset(run)] if all(run) else [])


def _letters(kind: Any, value: Any) -> list[str] | None:
    """The strings a part stands for, when these are few and exact."""
    if kind is sre.LITERAL:
        return [chr(value)]
    if kind is sre.AT:
        return [""]
    if kind is sre.IN and all(k is sre.LITERAL for k, _ in value) and len(value) <= 4:
        return [chr(v) for _, v in value]
    if kind is sre.MAX_REPEAT and value[0] == 0 and value[1] == 1:
        inner = _exact(list(value[2]))
        return ["", *inner] if inner and len(inner) <= 6 else None
    if kind is sre.SUBPATTERN:
        return _exact(list(value[3]))
    if kind is sre.BRANCH:
        parts = [_exact(list(branch)) for branch in value[1]]
        return [s for p in parts if p for s in p] if all(p is not None for p in parts) and len(parts) <= 12 else None
    return None


def _exact(items: list[Any]) -> list[str] | None:
    out = [""]
    for kind, value in items:
        step = _letters(kind, value)
        if step is None or len(out) * len(step) > 24:
            return None
        out = [a + b for a in out for b in step]
    return out


def _part(kind: Any, value: Any) -> list[Literals]:
    if kind is sre.SUBPATTERN:
        return _sequence(list(value[3]))
    if kind is sre.ASSERT:
        return _sequence(list(value[1]))
    if kind is sre.BRANCH:
        best = [max(_sequence(list(branch)), key=_worth, default=None) for branch in value[1]]
        return [frozenset().union(*[b for b in best if b])] if all(best) else []
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT) and value[0] >= 1:
        return _sequence(list(value[2]))
    return []
