"""What the desk reads about one case: a person with everything around them, the rows behind a line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from zueinander.campaigns.models import Campaign
from zueinander.desk import words
from zueinander.desk.evidence import Piece, pieces
from zueinander.desk.history import Event, events
from zueinander.desk.naming import known_as
from zueinander.desk.waiting import open_attentions
from zueinander.intake.models import Post
from zueinander.journal.actions import name_of
from zueinander.journal.queries import history
from zueinander.listings.models import Listing
from zueinander.matching.models import Match, Matching
from zueinander.networks.models import Send
from zueinander.partners.models import Referral
from zueinander.people.models import Attention, Person
from zueinander.understanding.models import Reading
from zueinander.understanding.rules import with_evidence


@dataclass(frozen=True)
class Choice:
    """Something a click adds to a reading or takes from it."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Heard:
    """A post as the desk shows it: the words cut at the evidence, and what the reader doubts."""

    post: Post
    reading: Reading | None
    pieces: list[Piece]
    doubts: list[str]
    intent: str = ""
    danger: str = ""
    places: list[str] = field(default_factory=list)
    when: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    days: list[Choice] = field(default_factory=list)
    wishes: list[Choice] = field(default_factory=list)

    @property
    def at(self) -> datetime:
        """When it was written, as far as the network says; else when it came."""
        return self.post.posted_at or self.post.arrived_at


def heard(post: Post) -> Heard:
    reading = getattr(post, "reading", None)
    if reading is None:
        return Heard(post, None, pieces(post.text, {}), [])
    found = reading.found
    days = _days(post, found)
    return Heard(
        post=post,
        reading=reading,
        pieces=pieces(post.text, with_evidence(found, post.text)),
        doubts=[] if reading.corrected_at else words.doubt(found, reading.confidence),
        intent=str(words.INTENTS.get(reading.intent, reading.intent)),
        danger=str(words.DANGERS.get(reading.danger, reading.danger)),
        places=[place_words(p) for p in found.get("places") or ()],
        when=[day.label for day in days if day.chosen] or [str(w.get("text")) for w in found.get("when") or ()],
        needs=[words.need(n) for n in found.get("needs") or ()],
        days=days,
        wishes=_wishes(found),
    )


def said_days(found: dict[str, Any]) -> list[str]:
    """The days a reading has, as "12-24"."""
    return list(dict.fromkeys(str(w["date"])[-5:] for w in found.get("when") or () if w.get("date")))


def _days(post: Post, found: dict[str, Any]) -> list[Choice]:
    """The campaign's occasions and what else the reading has found."""
    known = {o.key: str(o) for o in post.campaign.occasions.all()} if post.campaign else {}
    said = said_days(found)
    other = {day: f"{day[3:]}.{day[:2]}." for day in said if day not in known}
    return [Choice(day, label, day in said) for day, label in {**known, **other}.items()]


def _wishes(found: dict[str, Any]) -> list[Choice]:
    said = found.get("needs") or []
    return [Choice(tag, words.need(tag), tag in said) for tag in dict.fromkeys([*words.COMMON_NEEDS, *said])]


def place_words(place: dict[str, Any]) -> str:
    return f"{place.get('name', '')} ({place.get('country', '')})" if place.get("country") else str(place.get("name"))


@dataclass(frozen=True)
class Case:
    """Everything about one person that a volunteer needs to decide."""

    person: Person
    who: str
    heard: list[Heard]
    listings: list[Listing]
    sends: list[Send]
    matches: list[Match]
    referrals: list[Referral]
    open: list[Attention]
    others: list[tuple[str, str]]
    events: list[Event]


def case_of(person: Person) -> Case:
    posts = list(
        Post.objects.filter(handle__person=person, deleted_at=None).select_related("reading", "handle", "campaign")
        .prefetch_related("campaign__occasions").order_by("-arrived_at")[:50]
    )  # fmt: skip
    listings = list(person.listings.select_related("campaign").prefetch_related("dates__occasion"))
    sends = list(person.sends.select_related("account").order_by("-created_at")[:50])
    matches = list(
        Match.objects.filter(models.Q(seek__person=person) | models.Q(offer__person=person))
        .select_related("seek__person", "offer__person", "occasion")
        .order_by("-created_at")[:20]
    )
    referrals = list(person.referrals.select_related("partner").order_by("-at"))
    rows: list[models.Model] = [person, *posts, *listings, *sends, *matches, *referrals]
    rows += [p.reading for p in posts if hasattr(p, "reading")]
    return Case(
        person=person,
        who=known_as(person),
        heard=[heard(p) for p in posts],
        listings=listings,
        sends=sends,
        matches=matches,
        referrals=referrals,
        open=list(open_attentions().filter(person=person)),
        others=_others(person, matches),
        events=events(history(*rows).reverse()[:100]),
    )


def _others(person: Person, matches: Iterable[Match]) -> list[tuple[str, str]]:
    """The people this person was put together with: (id, name)."""
    found = {}
    for match in matches:
        other = match.offer.person if match.seek.person_id == person.pk else match.seek.person
        found[str(other.pk)] = known_as(other)
    return sorted(found.items(), key=lambda item: item[1])


def row_behind(attention: Attention) -> tuple[str, str]:
    """What a line of the queue is about: (model name, id)."""
    kind, __, key = attention.subject.partition(":")
    return kind, key


def proposal_behind(attention: Attention) -> Match | None:
    """The proposal an open line asks to decide; such a line ends with the decision, not by being ticked off."""
    if attention.kind != Attention.Kind.PROPOSAL or attention.cleared_at is not None:
        return None
    return match_behind(attention)


def match_behind(attention: Attention) -> Match | None:
    """The best standing proposal a line is about, whether it names the match, the listing or only the person."""
    kind, key = row_behind(attention)
    standing = Match.objects.filter(state=Matching.PROPOSED)
    if kind == "match":
        return standing.filter(pk=key).first()
    if kind == "listing":
        return standing.filter(models.Q(seek_id=key) | models.Q(offer_id=key)).order_by("-score", "pk").first()
    return standing.filter(seek__person=attention.person).order_by("-score", "pk").first()


def attention_of_match(match: Match) -> Attention | None:
    names = [name_of(match), name_of(match.seek), name_of(match.seek.person)]
    return open_attentions().filter(kind=Attention.Kind.PROPOSAL, subject__in=names).first()


def campaigns_to_choose() -> models.QuerySet[Campaign]:
    return Campaign.objects.order_by("-season_end", "name")
