"""Places within hashtags: #AlleinInKöln, #Münchengehtnichtallein."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .place_words import CAMEL
from .places import Place

_IN_TAG = re.compile(
    r"(?:allein(?:e)?in|einsamin|weihnachtenin|silvesterin|hilfein|feiernin|essenin|heiligabendin|leutein|freundein)(\w{3,})$"
)
_TOGETHER = re.compile(
    r"(\w{4,}?)(?:(?:gehtnicht|nicht|bleibtnicht|istnicht)?(?:allein|alleine)|hilft|hilf|h(?:ä|ae)ltzusammen|zusammen|isst|feiert|"
    r"kocht|gemeinsam|verbindet|solidarisch|nachbarschaftshilfe|helps?)$"
)
_BEHIND_TAG = re.compile(r"(?:keinerbleibtallein|kba|nachbarschaftshilfe|hilf|coronahilfe|nettwerk)(?:in)?(\w{4,})$")


def tag_name(by_key: Mapping[str, Sequence[Place]], tag: str) -> str | None:
    """The name of a place that a hashtag (without its sign) ends or begins with, as the gazetteer writes it."""
    parts = CAMEL.split(tag)
    last = parts[-1].lower().replace("ß", "ss") if len(parts) > 1 else ""
    if len(last) > 2 and _known(by_key, last):
        return last
    low = tag.lower().replace("ß", "ss")
    match = _IN_TAG.search(low) or _BEHIND_TAG.match(low)
    if match and match[1] in by_key:
        return match[1]
    match = _TOGETHER.match(low)
    if match and _known(by_key, match[1]):
        return match[1]
    return next(
        (low[at:] for at in range(4, len(low) - 4) if low[at:] in by_key and _district(by_key, low[:at], low[at:])),
        None,
    )


def _district(by_key: Mapping[str, Sequence[Place]], town: str, name: str) -> bool:
    """Whether a town has a district of that name: #wienfloridsdorf."""
    return any(place.name.lower().startswith(town + "-") for place in by_key[name]) and _known(by_key, town)


def _known(by_key: Mapping[str, Sequence[Place]], name: str) -> bool:
    return max((place.rank for place in by_key.get(name, ())), default=0) == 3
