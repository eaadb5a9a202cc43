"""The reader: from a text to a reading."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any, cast

import numpy as np

from . import ages, behalf, contact, danger, dates, tags
from .company import asks_for_room, company
from .features import known
from .fold import Folded
from .judge import Case, Judge
from .language import SAMPLE, foreign
from .mentions import PlaceFinder
from .model import Model
from .names import Begins
from .places import Gazetteer, shipped
from .postcodes import installed
from .reading import INTENTS, MAX_CHARS, Contact, Danger, Evidence, PlaceMention, Reading, Refused, When
from .rules import CUE_CHARS, numbers
from .scan import SCANNER, Heard
from .warm import uncollected

_COUNTRY = {"de-AT": "AT", "de-CH": "CH", "gsw": "CH"}
_CRISIS, _SEEK = map(INTENTS.index, ("crisis", "seek"))
_THOUGH_HARMLESS = 0.5  # the probability of a crisis from which a human is called though a joke or a song is named
_OF_THE_SERVICE = 0.2  # the one for short messages about the service, by authors left out: nobody less is heard
_EVEN_SO = 0.7  # and from which the intent is a crisis even so
_READ_CHARS = 6_000  # a posting says what it wants within this; the rest is only searched for contact data
_TOGETHER = 600  # texts that are read in one go; a thousand take 15 MB more
_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]*\Z")


class Reader:
    """Reads texts; holds the gazetteer and the model. Safe to share between threads once loaded."""

    def __init__(self, gazetteer: Gazetteer, model: Model) -> None:
        self.gazetteer = gazetteer
        self.model = model
        self._places = PlaceFinder(gazetteer)
        self._judge = Judge(model.rows, model.weights, model.bias, model.letters, model.net, self._places.begins)

    @classmethod
    def load(cls, *, postcodes: Iterable[Path] = (), model: Path | None = None) -> Reader:
        """A reader from the shipped data, with the operator's postcode additions (those of `zueinander postcodes` and
        the given ones) and model where there are any."""
        extra = [*installed(), *(p for p in postcodes if p.exists())]
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
        found = self.read_batch(
            [{"text": text, "posted_at": posted_at, "lang": lang, "channel": channel, "network": network}]
        )[0]
        if isinstance(found, Refused):
            raise found
        return found

    def read_batch(self, items: Iterable[Mapping[str, Any]]) -> list[Reading | Refused]:
        """Readings in the order given; a refusal stands where its reading would. Items: text, posted_at, lang, channel,
        network. Many together are read faster, and never otherwise than alone."""
        waiting = [_opened(item) for item in items]
        texts = [one for one in waiting if isinstance(one, _Text)]
        readings: Iterator[Reading] = chain.from_iterable(
            self._together(texts[at : at + _TOGETHER]) for at in range(0, len(texts), _TOGETHER)
        )
        return [next(readings) if isinstance(one, _Text) else one for one in waiting]

    def _together(self, texts: Sequence[_Text]) -> list[Reading]:
        with uncollected():
            return self._readings(texts)

    def _readings(self, texts: Sequence[_Text]) -> list[Reading]:
        for text, folded in zip(texts, Folded.many([text.raw for text in texts]), strict=True):
            text.folded = folded
            text.head = folded if len(text.raw) <= _READ_CHARS else Folded(text.raw[:_READ_CHARS])
        lows = [text.head.low for text in texts]
        said = self._judge.said(lows)
        for text, told, begins in zip(texts, zip(lows, SCANNER.find_all(lows), strict=True), said.begins, strict=True):
            text.told, text.begins = told, begins
        _each(texts, self._where, _when, _danger, _cues)
        cases = [Case(one.cues, known(one.head.raw, len(one.places), len(one.when), one.danger[2])) for one in texts]
        chances, others, doubts = self._judge.scores(said, cases, self.model.temperature)
        rounded = np.round(chances, 4).tolist()
        for text, *judged in zip(texts, chances.tolist(), rounded, others, doubts, strict=True):
            text.chances, text.rounded, text.others, text.doubt = judged
        _each(texts, self._decide, self._company, _needs, _aged, _contact, self._reasons, self._conclude)
        return [text.reading for text in texts]

    def _where(self, text: _Text) -> None:
        text.places = self._places.find(text.head, text.lang, text.begins)

    def _reasons(self, text: _Text) -> None:
        text.reasons = self._judge.reasons(text.head, text.cues, INTENTS.index(text.judged[0]))

    def _conclude(self, text: _Text) -> None:
        low, (intent, scores, level), (people, seats, behalf) = text.head.low, text.judged, text.company
        strange = foreign(low) if text.doubt or len(low) > SAMPLE else None
        text.reading = Reading(
            intent=intent,
            intent_scores=scores,
            topic=text.topic,
            places=tuple(text.places),
            when=tuple(text.when),
            people=people,
            seats=seats,
            needs=tuple(text.needs),
            conditions=tuple(tags.conditions(text.needs)),
            age=text.age,
            on_behalf=behalf,
            danger=cast(Danger, level),
            danger_evidence=tuple(text.danger[1]),
            minor=text.minor,
            contact=tuple(text.contact),
            confidence=round(scores[intent] * (0.4 if strange else 1.0), 3),
            version=self.model.version,
            lang=strange or text.lang or "de",
            cues=tuple(text.reasons),
        )

    def _decide(self, text: _Text) -> None:
        """Intent, calibrated scores and danger level; the danger rules and the model are heard together."""
        level, evidence, strength = text.danger
        raw = _heed(text.chances, strength, bool(evidence), text.head.low)
        best = INTENTS[raw.index(max(raw))]
        if _asks(best, text.head.low):
            best, raw = "seek", _exchanged(raw, INTENTS.index(best))
        scores = dict(zip(INTENTS, text.rounded if raw is text.chances else [round(p, 4) for p in raw], strict=True))
        unsaid = bool(evidence) and danger.unsaid(text.head.low) is not None
        if best == "crisis" or unsaid or self._alarms(raw[_CRISIS], text.head.low):
            level = "acute"
        elif level == "acute":
            level = "distress"
        text.judged = best, scores, level

    def _company(self, text: _Text) -> None:
        intent, scores, _ = text.judged
        text.company = company(intent, scores, text.head.low, text.others, self.model.relayed)

    def _alarms(self, chance: float, low: str) -> bool:
        """Whether the model calls a human though it reads something else; where a joke or a song is named, or the
        service is spoken of, later."""
        if chance < self.model.alarm or (chance < _OF_THE_SERVICE and danger.of_the_service(low)):
            return False
        return chance >= _THOUGH_HARMLESS or not danger.harmless(low)


@dataclass(slots=True)
class _Text:
    """A text on its way through the reader: what the steps need, and what they find."""

    raw: str
    posted: date | None
    lang: str | None
    folded: Folded = field(init=False)
    head: Folded = field(init=False)
    told: tuple[str, Heard] = field(init=False)
    begins: Begins | None = field(init=False)
    places: list[PlaceMention] = field(init=False)
    when: list[When] = field(init=False)
    danger: tuple[str, list[Evidence], float] = field(init=False)
    cues: list[int] = field(init=False)
    chances: list[float] = field(init=False)
    rounded: list[float] = field(init=False)
    others: float = field(init=False)
    doubt: bool = field(init=False)
    judged: tuple[str, dict[str, float], str] = field(init=False)
    company: tuple[int | None, int | None, bool] = field(init=False)
    needs: list[str] = field(init=False)
    topic: str = field(init=False)
    age: int | tuple[int, int] | None = field(init=False)
    minor: bool = field(init=False)
    contact: list[Contact] = field(init=False)
    reasons: list[Evidence] = field(init=False)
    reading: Reading = field(init=False)


def _each(texts: Sequence[_Text], *steps: Callable[[_Text], None]) -> None:
    """One step for all texts, then the next, so that its code stays in the processor's cache: a twentieth faster than
    all steps for a text, then the next text."""
    last = SCANNER.last
    for step in steps:
        for text in texts:
            last.told = text.told
            step(text)


def _when(text: _Text) -> None:
    text.when = dates.find(text.head, text.posted, _country(text))


def _danger(text: _Text) -> None:
    text.danger = danger.look(text.head)


def _cues(text: _Text) -> None:
    text.cues = numbers(text.head.low[:CUE_CHARS])


def _needs(text: _Text) -> None:
    text.needs, text.topic = tags.needs(text.head.low), tags.topic(text.head.low)


def _aged(text: _Text) -> None:
    text.age, text.minor = ages.ages(text.head.low), ages.minor(text.head.low)


def _contact(text: _Text) -> None:
    text.contact = contact.find(text.folded)


def _country(text: _Text) -> str:
    """Where the text is from: the country of its first place, else that of its language."""
    for place in text.places:
        if place.role == "here":
            return place.country
    return _COUNTRY.get(text.lang or "", "DE")


def _opened(item: Mapping[str, Any]) -> _Text | Refused:
    text = item["text"]
    if not isinstance(text, str):
        return Refused("not-text", type(text).__name__)
    if len(text) > MAX_CHARS:
        return Refused("too-long", f"{len(text)} characters, {MAX_CHARS} are read")
    if _BLANK.match(text):
        return Refused("empty")
    try:
        posted = _day(item.get("posted_at"))
    except Refused as refused:
        return refused
    return _Text(text, posted, item.get("lang"))


def _asks(intent: str, low: str) -> bool:
    """Whether a text asks that the model takes for passed on or for an offer: "please share" says no more than that
    somebody asks, and who asks who has a place left has none."""
    return (intent == "amplify" and behalf.takes_answers(low)) or (intent == "offer" and asks_for_room(low))


def _exchanged(raw: list[float], taken: int) -> list[float]:
    """What spoke for an intent now speaks for asking."""
    out = list(raw)
    out[_SEEK], out[taken] = raw[taken], raw[_SEEK]
    return out


def _heed(raw: list[float], strength: float, evidence: bool, low: str) -> list[float]:
    """The model and the danger rules heard together: clear words are never outvoted by a model that has not seen their
    like, and a model without any word to show must be sure of itself, surer still where a joke or a song is named."""
    at = _CRISIS
    if strength >= 0.7:
        wanted = max(raw[at], 0.62 + 0.3 * raw[at])
    elif 0.3 <= raw[at] < 0.5 and strength >= 0.2:
        wanted = 0.5 + 0.2 * raw[at]
    elif not evidence and (raw[at] < 0.42 or (raw[at] < _EVEN_SO and danger.harmless(low))):
        wanted = min(raw[at], 0.9 * sorted(raw)[-2])
    else:
        return raw
    if wanted == raw[at]:
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
