"""Reads about introductions."""

from __future__ import annotations

from django.db.models import CharField, Count, QuerySet, Value
from django.db.models.functions import Cast, Concat

from zueinander.introductions.models import Introduction
from zueinander.introductions.rules import SILENT_TIMES
from zueinander.listings.models import Listing
from zueinander.matching.models import Match, Matching
from zueinander.networks.actions import looks_in_themselves
from zueinander.networks.models import Send, Sending
from zueinander.people.actions import are_blocked
from zueinander.people.models import Person


class NotYours(Exception):  # noqa: N818
    """The person is neither side of this introduction."""


def other_side(introduction: Introduction, person: Person) -> Listing:
    """The listing of the other one. Raises `NotYours`."""
    match = introduction.match
    if match.seek.person_id == person.pk:
        return match.offer
    if match.offer.person_id == person.pk:
        return match.seek
    raise NotYours


def may_write(introduction: Introduction, person: Person) -> bool:
    """Whether this person's next message would be delivered."""
    other = other_side(introduction, person).person
    return not (introduction.closed_at or other.stopped_at or are_blocked(person, other))


def unasked() -> QuerySet[Match]:
    """Approved matches of which not both sides have been asked."""
    return Match.objects.annotate(asked=Count("asks")).filter(state=Matching.APPROVED, asked__lt=2)


def silent_too_often(listing: Listing) -> bool:
    """Whether the last `SILENT_TIMES` things this side was asked, and were told, went by without a word."""
    told = Send.objects.filter(person=listing.person_id).exclude(state=Sending.REFUSED).values("about")
    asks = listing.asks.annotate(name=Concat(Value("ask:"), Cast("pk", CharField())))
    if not looks_in_themselves(listing.person):
        asks = asks.filter(name__in=told)
    last = list(asks.order_by("-asked_at", "-pk").values_list("answer", "match__state")[:SILENT_TIMES])
    return len(last) == SILENT_TIMES and all(not said and state == Matching.EXPIRED for said, state in last)
