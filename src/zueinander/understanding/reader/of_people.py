# ruff: noqa: E501 (a pattern cut over lines cannot be read)
"""Whether a number counts people: no price, hour, age or number of a house."""

from __future__ import annotations

import re

from .counting import N, how_many, named

_NO_COUNT_BEFORE = re.compile(
    r"(?:\bnr\.?|\bnummer|strasse|\bstr\.|weg|gasse|\bum|\bab|\bgegen|\bseit|\bkw|\bder|\bdas|\babteil|\bgleis)\s?$|\d[.,:]?$"
)
_NO_COUNT_BEHIND = re.compile(
    r"[.,:]\d| ?(?:€|euro|eur\b|cent|uhr|h\b|franken|chf|fr\.|%|km|kilo|kg|liter|jahr|monat|woche|tage?\b|tagen|nächte?\b|stund|min\b|minuten|grad|gänge|sorten|mal\b|sofas?\b|nacht\b|platz \d)"
)
_OR_MORE = re.compile(r" ?(?:-|bis(?: zu)?|oder|or|to|,) ?" + N + r"\b(?! ?(?:uhr|€|euro|[.:]\d))")


def counts(low: str, match: re.Match[str], group: int) -> bool:
    """Whether the number in that group of a match is one of people."""
    behind, before = match.end(group), match.start(group)
    return not _NO_COUNT_BEHIND.match(low, behind) and not _NO_COUNT_BEFORE.search(low[max(0, before - 9) : before])


def of_people(low: str, match: re.Match[str]) -> int | None:
    """The number a match names, if it counts people."""
    group, found = named(match)
    if not found or found >= 5000 or not counts(low, match, group) or match[0].endswith("gästezimmer"):
        return None
    upper = how_many(more[1]) if (more := _OR_MORE.match(low, match.end(group))) else None
    return upper if upper and found < upper < 2 * found + 2 else found
