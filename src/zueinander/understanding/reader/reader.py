"""The reader: from a text to a reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

from . import contact, danger, dates, party, tags
from .fold import Folded
from .language import foreign
from .mentions import PlaceFinder
from .model import Model
from .places import Gazetteer, shipped
from .reading import INTENTS, MAX_CHARS, Danger, Reading, Refused

_CRISIS = INTENTS.index("crisis")
_WISHES = frozenset(("seek", "offer", "both"))
_READ_CHARS = 6_000  # a posting says what it wants within this; the rest is only searched for contact data
_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]*\Z")


class Reader:
    """Reads texts; holds the gazetteer and the model. Safe to share between threads once loaded."""

    def __init__(self, gazetteer: Gazetteer, model: Model) -> None:
        self.gazetteer = gazetteer
        self.model = model
        self._places = PlaceFinder(gazetteer)
        self.find_places = self._places.find

    @classmethod
    def load(cls, *, postcodes: Iterable[Path] = (), model: Path | None = None) -> Reader:
        """A reader from the shipped data, with the operator's postcode additions and model where there are any."""
        extra = [p for p in postcodes if p.exists()]
        return cls(Gazetteer(extra) if extra else shipped(), Model.load(model))

    @property
    def version(self) -> str:
        return self.model.version

    def read(
        self,
        text: str,
        *,
        posted_at: date | datetime | str | None = None,
        lang: str | None = None,
        channel: str = "public",
        network: str = "",
    ) -> Reading:
        """One reading. Raises Refused (a ValueError) with a named reason when there is nothing to read."""
        if not isinstance(text, str):
            raise Refused("not-text", type(text).__name__)
        if len(text) > MAX_CHARS:
            raise Refused("too-long", f"{len(text)} characters, {MAX_CHARS} are read")
        if _BLANK.match(text):
            raise Refused("empty")
        posted = _day(posted_at)
        folded = Folded(text)
        head = folded if len(text) <= _READ_CHARS else Folded(text[:_READ_CHARS])
        return self._conclude(folded, head, posted, lang, channel)

    def read_batch(self, items: Iterable[Mapping[str, Any]]) -> list[Reading | Refused]:
        """Readings in the order given; a refusal stands where its reading would. Items: text, posted_at, lang, channel,
        network."""
        out: list[Reading | Refused] = []
        for item in items:
            try:
                out.append(
                    self.read(
                        item["text"],
                        posted_at=item.get("posted_at"),
                        lang=item.get("lang"),
                        channel=item.get("channel") or "public",
                        network=item.get("network") or "",
                    )
                )
            except Refused as refused:
                out.append(refused)
        return out

    def _conclude(self, folded: Folded, head: Folded, posted: date | None, lang: str | None, channel: str) -> Reading:
        low = head.low
        places = self._places.find(head, lang)
        when = dates.find(head, posted)
        found = danger.look(head)
        intent, scores, level = self._judge(head, places, when, found, channel)
        tagged = tags.needs(low)
        seats = party.seats_left(low) if intent in ("offer", "both", "spam") else None
        people = seats if intent in ("offer", "both", "spam") else None
        behalf = False
        if intent in ("seek", "both"):
            many = party.wanted(low) if intent == "seek" else None
            behalf = intent == "seek" and (party.on_behalf(low) or many is not None or party.for_a_group(low))
            people = (seats if intent == "both" else many) or party.party(low) or 1
        strange = foreign(low)
        confidence = scores[intent] * (0.4 if strange else 1.0)
        return Reading(
            intent=intent,
            intent_scores=scores,
            topic=tags.topic(low),
            places=tuple(places),
            when=tuple(when),
            people=people,
            seats=seats,
            needs=tuple(tagged),
            conditions=tuple(tags.conditions(tagged)),
            age=party.ages(low),
            on_behalf=behalf,
            danger=cast(Danger, level),
            danger_evidence=tuple(found[1]),
            minor=party.minor(low),
            contact=tuple(contact.find(folded)),
            confidence=round(confidence, 3),
            version=self.model.version,
            lang=strange or lang or "de",
            cues=tuple(self.model.reasons(head, intent)),
        )

    def _judge(
        self, head: Folded, places: list[Any], when: list[Any], found: tuple[str, list[Any], float], channel: str
    ) -> tuple[str, dict[str, float], str]:
        """Intent, calibrated scores and danger level; the danger rules and the model are heard together."""
        level, evidence, strength = found
        raw = self.model.scores(head, places, when, strength, channel)
        raw = _heed(raw, strength, bool(evidence))
        best = INTENTS[max(range(len(INTENTS)), key=raw.__getitem__)]
        scores = {name: round(raw[i], 4) for i, name in enumerate(INTENTS)}
        if best == "crisis" or raw[_CRISIS] >= self.model.alarm:
            level = "acute"
        elif level == "acute":
            level = "distress"
        return best, scores, level


def _heed(raw: list[float], strength: float, evidence: bool) -> list[float]:
    """The model and the danger rules heard together: clear words are never outvoted by a model that has not seen their
    like, and a model without any word to show must be sure of itself."""
    at = _CRISIS
    if strength >= 0.7:
        wanted = max(raw[at], 0.62 + 0.3 * raw[at])
    elif 0.3 <= raw[at] < 0.5 and strength >= 0.2:
        wanted = 0.5 + 0.2 * raw[at]
    elif not evidence and raw[at] < 0.42:
        wanted = min(raw[at], 0.9 * sorted(raw)[-2])
    else:
        return raw
    rest = sum(raw) - raw[at]
    return [wanted if i == at else p * (1 - wanted) / rest for i, p in enumerate(raw)] if rest else raw


def _day(value: date | datetime | str | None) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return datetime.fromisoformat(str(value).replace("Z", "+00:00")).date()
    except ValueError:
        raise Refused("bad-date", str(value)[:40]) from None
