"""Whether the words around a name speak of a place, and how it is named in full."""

from __future__ import annotations

import re

from .fold import fold
from .place_choice import land
from .place_words import CHURCH, CLUB, PERSON, PREP
from .places import Place

_NEAR = re.compile(r"(?:und|u\.?|\+|&|/) (?:umgebung|umland|umkreis|drumherum)|\(?\d{4,5}\b|umgebung|umland")
_NEAR_SIGNS = frozenset("u+&/(")
_MONEY = ("franken",)
_BY = frozenset(["im", "am", "an", "in", "ob", "der", "dem", "den"])
_MINSTER = "münster"  # a church behind "Ulmer"
_HOME, _HOMEWARDS = "haus", ("nach", "zu", "von")  # "nach Haus"
_NO_MONEY = ("ohne", "keine", "keinen", "viele", "paar", "schweizer")
CODES = (4, 5)  # figures of a postcode
_SAINTS = ("sankt ", "st ", "st. ")
_NO_TOWN_BEHIND = PERSON | CLUB
_STOPS = ".,;:!?)\n"
_SHORTENED = ("dr", "prof", "fam")


def something_else(low: str, start: int, word: str, name: str) -> bool:
    """Whether a name is that of a person, a club or an account, or money; what a full stop or a comma parts is not."""
    if (start and low[start - 1] == "@") or (name in _MONEY and (word.isdigit() or word in _NO_MONEY)):
        return True
    if (word in CHURCH and name.startswith(_SAINTS)) or (name == _MINSTER and word.endswith("er")):
        return True
    if (name == _HOME and word in _HOMEWARDS) or (name == "norden" and word == "richtung"):
        return True
    if word not in _NO_TOWN_BEHIND:
        return False
    sign = low[start - 2]
    return sign not in _STOPS or (sign == "." and word in _SHORTENED)


def in_full(written: str, name: str) -> str:
    """The name of a place, with what tells it from others where that is written: "Wangen im Allgäu"."""
    words, size = written.split(), name.count(" ") + 1
    if len(words) <= size or words[size].lower() not in _BY or fold(" ".join(words[:size])) != fold(name):
        return name
    return " ".join([name, *(word.lower() if word.lower() in _BY else word.capitalize() for word in words[size:])])


def within_land(low: str, end: int, found: list[Place]) -> bool:
    """Whether the country of one of them stands behind the name."""
    here = land(low, end)
    return here is not None and any(place.country == here[0] for place in found)


def place_context(low: str, begin: int, stop: int, before: list[str]) -> bool:
    """Whether the words and signs around a name speak of a place."""
    word = before[-1]
    at = begin - 1
    while at >= 0 and low[at] == " ":
        at -= 1
    sign = low[at] if at >= 0 else ""
    if word in PREP and (not sign or sign.isalnum() or sign in ":("):
        return True
    if word.isdigit() and len(word) in CODES and sign.isalnum():
        return True
    if word in ("der", "die", "das") and before[0] in ("nähe", "in", "aus", "bei", "raum"):
        return True
    after = low[stop : stop + 18].lstrip(" ")
    first = after[:1]
    if (first in _NEAR_SIGNS or first.isdigit()) and _NEAR.match(after):
        return True
    opens = not sign or sign in ".!?\n|:·•,;-(/#" or not sign.isascii()
    closes = not after or first in ".!?\n|:·•,;)/" or not first.isascii()
    return (opens and closes) or (begin > 0 and low[begin - 1] == "#")
