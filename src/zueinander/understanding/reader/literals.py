"""Which strings a regular expression cannot do without (as in the prefilter of Google's RE2)."""

from __future__ import annotations

from collections.abc import Iterator
from re import _constants as sre  # type: ignore[attr-defined, unused-ignore]
from re import _parser  # type: ignore[attr-defined, unused-ignore]
from typing import Any

Literals = frozenset[str]
_MOST = 400  # strings in a set
_LEAST = 2  # letters in each, but a rare sign says enough
_CLEAR = 4  # letters that say much
_DIGIT = [(sre.CATEGORY, sre.CATEGORY_DIGIT)]
_DIGITS = [*"0123456789", "\u0663"]  # the last one for those of other scripts
_FEW = 300  # strings that neighbouring parts may stand for


def required(pattern: str) -> list[Literals]:
    """Sets of strings; every match of the pattern contains one of each set. Those that say little are left out."""
    found = _sequence(list(_parser.parse(pattern)))
    telling = [f for f in found if len(f) <= _MOST and all(map(_telling, f))]
    best = sorted(dict.fromkeys(telling), key=_worth, reverse=True)
    return [f for i, f in enumerate(best[:3]) if i == 0 or min(map(len, f)) >= _CLEAR]


def _telling(string: str) -> bool:
    return len(string) >= _LEAST or not (string.isalnum() or string == " ")


def _worth(found: Literals) -> float:
    return min(map(_weight, found)) - len(found) / 200


def _weight(string: str) -> float:
    return sum(1 if char.isalnum() else 0.5 if char == " " else 3 for char in string)


def _sequence(items: list[Any]) -> list[Literals]:
    """What each part asks for; neighbouring parts that stand for few exact strings are taken together."""
    found: list[Literals] = []
    run: list[str] = [""]
    for kind, value in _flat(items):
        step, again = _letters(kind, value), _repeated(kind, value)
        if (step or again) and len(run) * len(step or again or "") <= _FEW:
            run = [a + b for a in run for b in step or again or ""]
            if step:
                continue
        found += [frozenset(run)] if all(run) else []
        run = list(step or again or [""])
        found += [] if step or again else _part(kind, value)
    return found + ([frozenset(run)] if all(run) else [])


def _flat(items: list[Any]) -> Iterator[Any]:
    """The items, those of a group in its place."""
    for kind, value in items:
        if kind is sre.SUBPATTERN and _exact(list(value[3])) is None:
            yield from _flat(list(value[3]))
        else:
            yield kind, value


def _repeated(kind: Any, value: Any) -> list[str] | None:
    """The strings with which a part begins and ends that is there at least once."""
    return _exact(list(value[2])) if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT) and value[0] >= 1 else None


def _letters(kind: Any, value: Any) -> list[str] | None:
    """The strings a part stands for, when these are few and exact."""
    if kind is sre.LITERAL:
        return [chr(value)]
    if kind in (sre.AT, sre.ASSERT_NOT):
        return [""]
    if kind is sre.IN and value == _DIGIT:
        return _DIGITS
    if kind is sre.IN and all(k is sre.LITERAL for k, _ in value) and len(value) <= 4:
        return [chr(v) for _, v in value]
    if kind is sre.MAX_REPEAT and value[0] == 0 and value[1] == 1:
        inner = _exact(list(value[2]))
        return ["", *inner] if inner and len(inner) <= 40 else None
    if kind is sre.SUBPATTERN:
        return _exact(list(value[3]))
    if kind is sre.BRANCH:
        parts = [_exact(list(branch)) for branch in value[1]]
        return [s for p in parts if p for s in p] if all(p is not None for p in parts) and len(parts) <= 60 else None
    return None


def _exact(items: list[Any]) -> list[str] | None:
    out = [""]
    for kind, value in items:
        step = _letters(kind, value)
        if step is None or len(out) * len(step) > _FEW:
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
