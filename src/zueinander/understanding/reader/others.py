# ruff: noqa: E501 (a pattern cut over lines cannot be read)
"""People of whom a wish tells who are not of the party: who is to lend a hand, for whom one bakes, a husband who is away."""

from __future__ import annotations

import re

from .persons import LOST

_STRONG = re.compile(r"\b(?:starke|kräftige|tatkräftige|helfende|fleissige)")
_HELPING = re.compile(
    r"\w*(?: \w+)? (?:wären gold|wären fein|mit humor|bräuchten|fehlen|am samstag\?|zum [a-zäöü]+en\b)"
)
_BAKED = re.compile(
    r"\b(?:kuchen|[a-zäöü]*salat|[a-zäöü]*suppe|packen|kochen|backen|plätzchen|tüten|portionen|früher)(?: \w+){0,2} \Z"
)
_SPOUSE = re.compile(
    r"\b(?:mein mann|meine frau|mein partner|meine partnerin|mein freund|meine freundin|papa und mama|mama und papa|mama, papa)\b"
)
_AWAY = re.compile(
    rf"[^.!?\n]{{0,60}}\b(?:{LOST}|montage|einsatz|dienst|schicht|nachtschicht|see|arbeitet|ausland|krankenhaus|klinik|pendelt|weg|verlassen)\b"
)
_DONE_WITH = re.compile(
    r"(?: [\w.]+){0,3} (?:telefoniert|verbracht|gesprochen|geredet|gefeiert|gestritten|zerstritten|verkracht|getanzt|gesungen|in australien|in kanada|in amerika)\b"
)
_SOMEBODY = re.compile(r"\b(?:wer|jemand\w*|einer|anyone|someone)\b(?:[^.!?\n]|\d\.)*\Z")
_AND_ME = re.compile(r"[^.!?\n]{0,20}\b(?:mir|mich|uns|me|us)\b")


def helpers(low: str, match: re.Match[str]) -> bool:
    """Whether the number is one of those who are to lend a hand, or for whom one bakes."""
    return (
        _STRONG.search(match[0]) is not None
        or _HELPING.match(low, match.end()) is not None
        or _BAKED.search(low[max(0, match.start() - 25) : match.start()]) is not None
    )


def spouse(low: str) -> bool:
    """Whether there is a husband or a wife, who is not away."""
    other = _SPOUSE.search(low)
    return other is not None and not _AWAY.match(low, other.end())


def with_whom(low: str, match: re.Match[str]) -> bool:
    """Whether somebody is sought to go "mit meinem Mann", without the writer, or it is told what was with him."""
    if not match[0].startswith("mit mei"):
        return False
    sought = _SOMEBODY.search(low[max(0, match.start() - 70) : match.start()])
    return _DONE_WITH.match(low, match.end()) is not None or (
        sought is not None and not _AND_ME.match(low, match.end())
    )
