"""What the desk reads: the queue, a case with everything around it, the figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from zueinander.campaigns.models import Campaign
from zueinander.desk import words
from zueinander.intake.models import Post
from zueinander.journal.actions import name_of
from zueinander.journal.models import Entry
from zueinander.journal.queries import history
from zueinander.listings.models import Listing
from zueinander.matching.models import Match, Matching
from zueinander.networks.models import Send
from zueinander.people.models import Attention, Person, Volunteer
from zueinander.understanding.models import Reading

QUEUE_SHOWN = 60


@dataclass(frozen=True)
class Line:
    """One line of the queue, in words."""

    row: Attention
    who: str
    waiting: str
    deadline: str
    late: bool
    taken_by: str


def known_as(person: Person | None) -> str:
    """The first name, else the name shown in their network, else a short number."""
    if person is None:
        return _("ohne Person")
    handle = None if person.first_name else next(iter(person.handles.all()), None)
    return person.first_name or (handle and (handle.visible_name or handle.address)) or str(person.pk)[:8]


def open_attentions() -> models.QuerySet[Attention]:
    """Danger first, then by deadline."""
    return Attention.objects.filter(cleared_at=None).order_by("-urgent", "deadline", "id")


def line(row: Attention, by: Volunteer, now: datetime | None = None) -> Line:
    now = now or timezone.now()
    other = row.claimed_by_id not in (None, by.pk) and row.claimed_until is not None and row.claimed_until > now
    return Line(
        row=row,
        who=known_as(row.person),
        waiting=words.span(now - row.raised_at),
        deadline=words.deadline(row.deadline - now),
        late=row.deadline < now,
        taken_by=str(row.claimed_by) if other else "",
    )


def queue(by: Volunteer, limit: int = QUEUE_SHOWN) -> list[Line]:
    rows = open_attentions().select_related("person", "claimed_by").prefetch_related("person__handles")[:limit]
    return [line(row, by) for row in rows]


def found_company_today() -> int:
    """How many people were introduced to somebody since midnight: two for each introduction."""
    from zueinander.introductions.models import Introduction

    return 2 * Introduction.objects.filter(opened_at__gte=_midnight()).count()


def cleared_today(by: Volunteer) -> int:
    return Attention.objects.filter(cleared_by=by, cleared_at__gte=_midnight()).count()


def _midnight() -> datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


@dataclass(frozen=True)
class Heard:
    """A post as the desk shows it: the words cut at the evidence, and what the reader doubts."""

    post: Post
    reading: Reading | None
    pieces: list[words.Piece]
    doubts: list[str]
    intent: str = ""
    danger: str = ""
    places: list[str] = field(default_factory=list)
    when: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)


def heard(post: Post) -> Heard:
    reading = getattr(post, "reading", None)
    if reading is None:
        return Heard(post, None, words.pieces(post.text, {}), [])
    found = reading.found
    return Heard(
        post=post,
        reading=reading,
        pieces=words.pieces(post.text, found),
        doubts=[] if reading.corrected_at else words.doubt(found, reading.confidence),
        intent=str(words.INTENTS.get(reading.intent, reading.intent)),
        danger=str(words.DANGERS.get(reading.danger, reading.danger)),
        places=[place_words(p) for p in found.get("places") or ()],
        when=[str(w.get("occasion") or w.get("date") or w.get("text")) for w in found.get("when") or ()],
        needs=[words.need(n) for n in (found.get("needs") or [])],
    )


def place_words(place: dict[str, Any]) -> str:
    return f"{place.get('name', '')} ({place.get('country', '')})" if place.get("country") else str(place.get("name"))


@dataclass(frozen=True)
class Event:
    """One line of a case's history."""

    at: datetime
    who: str
    what: str
    detail: str


@dataclass(frozen=True)
class Case:
    """Everything about one person that a volunteer needs to decide."""

    person: Person
    who: str
    heard: list[Heard]
    listings: list[Listing]
    sends: list[Send]
    matches: list[Match]
    open: list[Attention]
    others: list[tuple[str, str]]
    events: list[Event]


def case_of(person: Person) -> Case:
    posts = list(
        Post.objects.filter(handle__person=person, deleted_at=None).select_related("reading", "handle", "campaign")
        .order_by("-arrived_at")[:50]
    )  # fmt: skip
    listings = list(person.listings.select_related("campaign").prefetch_related("dates__occasion"))
    sends = list(person.sends.select_related("account").order_by("-created_at")[:50])
    matches = list(
        Match.objects.filter(models.Q(seek__person=person) | models.Q(offer__person=person))
        .select_related("seek__person", "offer__person", "occasion")
        .order_by("-created_at")[:20]
    )
    rows: list[models.Model] = [person, *posts, *listings, *sends, *matches]
    rows += [p.reading for p in posts if hasattr(p, "reading")]
    return Case(
        person=person,
        who=known_as(person),
        heard=[heard(p) for p in posts],
        listings=listings,
        sends=sends,
        matches=matches,
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


def events(entries: Iterable[Entry]) -> list[Event]:
    rows = list(entries)
    keys = {e.actor.split(":", 1)[1] for e in rows if e.actor.startswith("volunteer:")}
    team = {str(v.pk): str(v) for v in Volunteer.objects.filter(pk__in=keys)}

    def who(actor: str) -> str:
        kind, __, key = actor.partition(":")
        return {"volunteer": team.get(key, _("Team")), "person": _("die Person")}.get(kind, _("die Maschine"))

    return [
        Event(e.at, who(e.actor), words.verb(e.verb), ", ".join(f"{k}: {v}" for k, v in e.detail.items())) for e in rows
    ]


def row_behind(attention: Attention) -> tuple[str, str]:
    """What a line of the queue is about: (model name, id)."""
    kind, __, key = attention.subject.partition(":")
    return kind, key


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
