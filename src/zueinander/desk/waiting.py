"""The queue: who waits, in which order, and which part of it somebody looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from zueinander.desk import words
from zueinander.desk.naming import known_as
from zueinander.intake.models import Post
from zueinander.introductions.models import Introduction
from zueinander.listings.models import Listing
from zueinander.people.models import Attention, Volunteer

QUEUE_SHOWN = 60
MENTIONED = 12


@dataclass(frozen=True)
class Wanted:
    """The part of the queue somebody works on: a campaign's slug and a kind of line, both "" for all.

    `press`: also what the press asks, which is for coordinators.
    """

    campaign: str = ""
    kind: str = ""
    press: bool = True

    @classmethod
    def of(cls, given: Mapping[str, str], *, press: bool = True) -> Wanted:
        """From an address or a form; what nobody knows counts as all."""
        kind = given.get("art", "")
        return cls(given.get("aktion", "")[:60], kind if kind in Attention.Kind.values else "", press)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [(name, value) for name, value in (("aktion", self.campaign), ("art", self.kind)) if value]

    @property
    def tail(self) -> str:
        """What an address needs behind it to keep to this part."""
        return f"?{urlencode(self.pairs)}" if self.pairs else ""

    @property
    def lines(self) -> Q:
        chosen = Q(kind=self.kind) if self.kind else Q()
        if not self.press:
            chosen &= ~Q(kind=Attention.Kind.PRESS)
        if self.campaign:
            listed = Listing.objects.filter(person=OuterRef("person"), campaign__slug=self.campaign)
            wrote = Post.objects.filter(handle__person=OuterRef("person"), campaign__slug=self.campaign)
            chosen &= Q(Exists(listed)) | Q(Exists(wrote))
        return chosen


ALL = Wanted()


@dataclass(frozen=True)
class Line:
    """One line of the queue, in words. `place`: where the person's newest listing is."""

    row: Attention
    who: str
    place: str
    waiting: str
    deadline: str
    late: bool
    taken_by: str


def open_attentions(wanted: Wanted = ALL) -> QuerySet[Attention]:
    """Danger first, then by deadline."""
    return Attention.objects.filter(wanted.lines, cleared_at=None).order_by("-urgent", "deadline", "id")


def line(row: Attention, by: Volunteer, now: datetime | None = None) -> Line:
    now = now or timezone.now()
    other = row.claimed_by_id not in (None, by.pk) and row.claimed_until is not None and row.claimed_until > now
    listings = list(row.person.listings.all()) if row.person else []
    return Line(
        row=row,
        who=known_as(row.person),
        place=next((one.place for one in listings if one.place), ""),
        waiting=words.span(now - row.raised_at),
        deadline=_deadline(row, now),
        late=row.deadline < now,
        taken_by=str(row.claimed_by) if other else "",
    )


def _deadline(row: Attention, now: datetime) -> str:
    """As a fact; what was due the moment it came, as somebody may be in danger, cannot be late."""
    if row.urgent and row.deadline <= row.raised_at:
        return words.at_once()
    return words.deadline(row.deadline - now)


def queue(by: Volunteer, wanted: Wanted = ALL, limit: int = QUEUE_SHOWN) -> list[Line]:
    rows = open_attentions(wanted).select_related("person", "claimed_by")
    return [line(row, by) for row in rows.prefetch_related("person__handles", "person__listings")[:limit]]


@dataclass(frozen=True)
class News:
    """What came since a page was made. `count` lines, `urgent` of them with danger."""

    count: int
    urgent: int


def newest(wanted: Wanted = ALL) -> int:
    """The number of the line that came last, 0 when there is none; a page remembers it and asks what came after."""
    return open_attentions(wanted).order_by("-pk").values_list("pk", flat=True).first() or 0


def since(number: int, wanted: Wanted = ALL) -> News:
    rows = open_attentions(wanted).filter(pk__gt=number)
    return News(rows.count(), rows.filter(urgent=True).count())


def midnight() -> datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


@dataclass(frozen=True)
class Today:
    """What came of the day. `people`: introduced to somebody, two for each introduction; `pairs` in words."""

    people: int
    pairs: list[str]
    mine: int


def today(by: Volunteer) -> Today:
    opened = Introduction.objects.filter(opened_at__gte=midnight())
    with_both = opened.select_related("match__seek__person", "match__offer__person", "match__occasion")
    return Today(
        people=2 * opened.count(),
        pairs=[words.together(known_as(i.match.seek.person), known_as(i.match.offer.person), i.match.occasion.name,
                              i.match.offer.place) for i in with_both.order_by("opened_at")[:MENTIONED]],
        mine=Attention.objects.filter(cleared_by=by, cleared_at__gte=midnight()).count(),
    )  # fmt: skip
