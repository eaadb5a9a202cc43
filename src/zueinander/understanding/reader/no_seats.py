# ruff: noqa: E501 (a pattern cut over lines cannot be read)
"""Where a number in an offer tells of no places that are left: of chairs that are given away, of those who are there, of
one place for each who comes."""

from __future__ import annotations

import re

from .counting import named
from .sieve import Gated

_GIVEN_AWAY = Gated(
    r"verschenk|verleih|abzugeben|zum abholen|gebe? (?:\w+ ){0,3}(?:ab|weg)\b|für lau\b|geschenkt\b|sperrmüll|möbel für|küchentisch|kleiderschrank|standuhr|treppengitter"
)
_A_THING = re.compile(r"(?:matratze|stuhl|stühle|bett|betten|teller|sessel|sofa|liegen|hocker|gedeck)\w*")
_THEY_ARE = re.compile(
    r"\b(?:wir|mir|mia) (?:sind|waren|san)(?: \w+){0,4} \Z|\b(?:sind|waren|san) (?:so|meist|meistens|immer|oft)(?: \w+){0,2} \Z"
)
_AS_MAY_BE = re.compile(r",? je nach")
_TOO = r"zu (?:lang|gross|breit|weit|viel|schade|schwer)"
_TOO_MUCH_FOR = re.compile(rf"\b{_TOO} für \Z")
_IS_TOO_MUCH = re.compile(rf"(?: [a-zäöü]+){{0,2}} {_TOO}\b")
_FOR_EVERYBODY = re.compile(
    r"\b(?:jede[rnms]?|alle[nr]?|immer|wer allein \w+,)\b[^.!?\n]*\Z|\bwer [^.!?\n]{2,60} (?:kriegt|bekommt|findet) (?:noch |auch )*\Z"
)
_SEAT = r"(?:stuhl|platz|plätzchen|plätzli|teller|bett|sessel)"
_ALWAYS = Gated(
    rf"\b{_SEAT} (?:finden wir|findet sich|finden sich) (?:immer|schon|noch|bestimmt)\b"
    rf"|\b(?:finden wir|findet sich|wir finden) (?:(?:schon|immer|bestimmt|sicher|auch|noch) )+(?:einen?|ein|a|es) {_SEAT}\b"
)
_OF_SOUP = re.compile(r" [a-zäöü]*(?:suppe|eintopf|salat|kekse|plätzchen|gulasch|chili|nudeln)\b")


def given_away(low: str) -> bool:
    """Whether things are given away."""
    return _GIVEN_AWAY.search(low) is not None


def a_thing(match: re.Match[str]) -> bool:
    """Whether what is counted may be such a thing."""
    return _A_THING.search(match[0]) is not None


def of_others(low: str, match: re.Match[str]) -> bool:
    """Whether the number says how many they are, or for how many it would be too much."""
    which, many = named(match)
    number = match.start(which)
    if many == 1 and for_everybody(low, number, match.end()):
        return True
    return bool(
        _THEY_ARE.search(low[max(0, match.start() - 40) : match.start()])
        or _AS_MAY_BE.match(low, match.end())
        or _IS_TOO_MUCH.match(low, match.end())
        or _TOO_MUCH_FOR.search(low[max(0, number - 20) : number])
    )


def always(low: str) -> bool:
    """Whether a chair will be found for whoever comes."""
    return _ALWAYS.search(low) is not None


def for_everybody(low: str, start: int, end: int) -> bool:
    """Whether a place is one for each who comes, or a plate of soup."""
    before = low[max(0, start - 60) : start]
    return _FOR_EVERYBODY.search(before) is not None or _OF_SOUP.match(low, end) is not None or always(low)
