"""From the reader's words to what a reading's row says, and what a volunteer's correction makes of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from typing import Any

from zueinander.understanding.reader import INTENTS, Reading, places
from zueinander.understanding.reader.fold import Folded
from zueinander.understanding.reader.tags import NEEDS

UNSURE_BELOW = 0.5
LOOKED_AT = 20_000  # characters in which evidence for needs is looked for
WISHES = ("seek", "offer", "both")
DANGERS = ("none", "distress", "acute")
SOON = {"acute": timedelta(0), "distress": timedelta(hours=1)}
"""How long a human may take to look at words that may mean danger."""
_DAY = re.compile(r"(?:\d{4}-)?(\d\d-\d\d)")
_BANDS = ((18, "0-17"), (30, "18-29"), (45, "30-44"), (60, "45-59"), (75, "60-74"), (200, "75-"))


class WrongCorrection(ValueError):  # noqa: N818  said to a person
    """A correction that cannot be taken; `field` names it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def found_by(reading: Reading) -> dict[str, Any]:
    """The reader's JSON, with each place's role, the words behind the intent and the reader's language beside it."""
    found = reading.to_json()
    found["cues"] = [cue.to_json() for cue in reading.cues]
    for place, mention in zip(found["places"], reading.places, strict=True):
        place["role"] = mention.role
    found["lang"] = reading.lang
    return found


def with_evidence(found: Mapping[str, Any], text: str) -> dict[str, Any]:
    """The reading with `needs_evidence`: the first words behind each need, where there are any, as start and end."""
    folded, spans = Folded(text[:LOOKED_AT]), []
    for tag in found.get("needs") or ():
        said = _words_for(tag).search(folded.low) if tag in NEEDS else None
        if said and said.end() > said.start():
            start, end = folded.span(*said.span())
            spans.append({"kind": tag, "start": start, "end": end})
    return {**found, "needs_evidence": spans}


@lru_cache(maxsize=len(NEEDS))
def _words_for(tag: str) -> re.Pattern[str]:
    return re.compile(NEEDS[tag].replace("ß", "ss"))


def unreadable(reason: str) -> dict[str, Any]:
    """What stands in place of a reading the reader refused; a human reads the text."""
    empty: dict[str, Any] = {"places": [], "when": [], "needs": [], "conditions": [], "contact": []}
    return {**empty, "people": None, "seats": None, "age": None, "refused": reason}


def band_of(age: int) -> str:
    return next(band for limit, band in _BANDS if age < limit)


def is_minor(found: Mapping[str, Any]) -> bool:
    """A span of ages may be that of a mother and her child: then the reader's own judgement counts."""
    age = found.get("age")
    return bool(found.get("minor")) or (isinstance(age, int) and age < 18 and not found.get("on_behalf"))


def own_band(found: Mapping[str, Any]) -> str:
    """The writer's age band, "" when nothing certain was said: no age, a span, or somebody else's age."""
    if found.get("minor"):
        return "0-17"
    age = found.get("age")
    if not isinstance(age, int) or found.get("on_behalf") or found.get("intent") not in ("seek", "crisis"):
        return ""
    return band_of(age)


def place(name: str) -> dict[str, Any]:
    """A place a volunteer typed, as the reader would have found it; without coordinates when nobody knows it."""
    known = places.lookup(name, limit=1)
    base = {"text": name, "start": 0, "end": 0, "confidence": 1.0, "role": "here", "level": "", "country": ""}
    if not known:
        return {**base, "name": name, "lat": None, "lon": None}
    spot = known[0]
    return {
        **base, "name": spot.name, "country": spot.country, "level": spot.level, "lat": spot.lat, "lon": spot.lon,
    }  # fmt: skip


def day(given: str) -> dict[str, Any]:
    """A day a volunteer chose: "12-24" or an ISO date."""
    if not _DAY.fullmatch(given):
        raise WrongCorrection("when")
    return {"text": "", "start": 0, "end": 0, "date": given, "occasion": None}


def corrected(found: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The reading with a volunteer's changes in it. Raises `WrongCorrection`.

    intent, danger: one of the known; places: names; when: days; people: 1 to 12 or None; needs: tags; age: years or
    None; minor: yes or no.
    """
    made = dict(found)
    for field, value in changes.items():
        if field not in _CHANGES:
            raise WrongCorrection(field)
        made.update(_CHANGES[field](value))
    if "intent" in changes:
        made["cues"] = []  # they spoke for what it was taken for before
    if "age" in changes and "minor" not in changes:
        made["minor"] = made["age"] is not None and made["age"] < 18
    if "age" not in changes and changes.get("minor") is False and is_minor({**made, "minor": False}):
        made["age"] = None
    return made


def _one_of(field: str, known: tuple[str, ...]) -> Any:
    def take(value: Any) -> dict[str, Any]:
        if value not in known:
            raise WrongCorrection(field)
        return {field: value}

    return take


def _people(value: Any) -> dict[str, Any]:
    if value is not None and not (isinstance(value, int) and 1 <= value <= 12):
        raise WrongCorrection("people")
    return {"people": value, "seats": value}


def _age(value: Any) -> dict[str, Any]:
    if value is not None and not (isinstance(value, int) and 0 < value < 130):
        raise WrongCorrection("age")
    return {"age": value}


_CHANGES: Mapping[str, Any] = {
    "intent": _one_of("intent", INTENTS),
    "danger": _one_of("danger", DANGERS),
    "places": lambda value: {"places": [place(name.strip()) for name in value if name.strip()]},
    "when": lambda value: {"when": [day(given) for given in value]},
    "people": _people,
    "needs": lambda value: {"needs": sorted(set(value)), "conditions": sorted(set(value))},
    "age": _age,
    "minor": lambda value: {"minor": bool(value)},
}
