"""What the reader concludes from one text, and the refusal it gives instead of a reading."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

VERSION = "2026.11-13"

INTENTS = ("seek", "offer", "both", "amplify", "thanks", "comment", "spam", "crisis", "other")
TOPICS = ("company", "shelter", "errands", "money", "things", "book", "other")
MAX_CHARS = 20_000

Danger = Literal["none", "distress", "acute"]
Span = tuple[int, int]


class Refused(ValueError):  # noqa: N818 - it is an answer, not an accident
    """The text cannot be read. `reason` is one of the names below, fit for a log and for a person.

    not-text: no string was given. empty: nothing but white space and control characters.
    too-long: more than MAX_CHARS characters; no post or message of any network reaches that.
    bad-date: `posted_at` is no ISO date or time.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class PlaceMention(NamedTuple):
    """A place as written; `start` and `end` are code points into the text as it was given.

    confidence below 0.6 says that another place of that name is nearly as likely; role is where the person is
    ("here"), where something happens ("event"), where they come from ("origin"), or a place only mentioned ("other").
    """

    text: str
    start: int
    end: int
    name: str
    country: str
    level: str
    lat: float | None
    lon: float | None
    confidence: float
    role: str = "here"

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "name": self.name,
            "country": self.country,
            "level": self.level,
            "lat": self.lat,
            "lon": self.lon,
            "confidence": self.confidence,
        }


class When(NamedTuple):
    """Words about a time. `date` is ISO when the year is known, MM-DD when not, None when no day follows."""

    text: str
    start: int
    end: int
    date: str | None
    occasion: str | None

    def to_json(self) -> dict[str, Any]:
        return {"text": self.text, "start": self.start, "end": self.end, "date": self.date, "occasion": self.occasion}


class Contact(NamedTuple):
    """A stretch that must never reach a public page: phone, mail, address, iban, link or handle."""

    kind: str
    start: int
    end: int

    def to_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "start": self.start, "end": self.end}


class Evidence(NamedTuple):
    """Words that led to a conclusion. `kind` of a warning: self-harm, violence, farewell, despair, predatory or fraud;
    among `cues` it is the name of a sign for the intent (`rules.py`)."""

    kind: str
    start: int
    end: int

    def to_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "start": self.start, "end": self.end}


class Reading(NamedTuple):
    """Everything understood of one text. Spans always lie inside it; the same text gives the same reading."""

    intent: str
    intent_scores: dict[str, float]
    topic: str
    places: tuple[PlaceMention, ...]
    when: tuple[When, ...]
    people: int | None
    seats: int | None
    needs: tuple[str, ...]
    conditions: tuple[str, ...]
    age: int | tuple[int, int] | None
    on_behalf: bool
    danger: Danger
    danger_evidence: tuple[Evidence, ...]
    minor: bool
    contact: tuple[Contact, ...]
    confidence: float
    version: str
    lang: str = "de"
    cues: tuple[Evidence, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The reading as the JSON of `zueinander read`, without the `id`."""
        return {
            "intent": self.intent,
            "intent_scores": self.intent_scores,
            "topic": self.topic,
            "places": [p.to_json() for p in self.places],
            "when": [w.to_json() for w in self.when],
            "people": self.people,
            "seats": self.seats,
            "needs": list(self.needs),
            "conditions": list(self.conditions),
            "age": list(self.age) if isinstance(self.age, tuple) else self.age,
            "on_behalf": self.on_behalf,
            "danger": self.danger,
            "danger_evidence": [e.to_json() for e in self.danger_evidence],
            "minor": self.minor,
            "contact": [c.to_json() for c in self.contact],
            "confidence": self.confidence,
            "version": self.version,
        }
