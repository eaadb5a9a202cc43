"""What must hold in every installation at every moment; `zueinander check` says what does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from zueinander.giving.faults import faults as books
from zueinander.introductions.models import Answer, Introduction
from zueinander.listings.models import Listing as Row
from zueinander.listings.models import ListingDate, Standing
from zueinander.matching.models import LIVE, Match
from zueinander.networks.models import Send, Sending
from zueinander.people.models import AgeBand, Block
from zueinander.shared.classes import unclassified
from zueinander.shared.forgetting import forgotten_models
from zueinander.shared.helplines import stale

TRYING_LASTS = timedelta(hours=1)


def invariants() -> list[str]:
    """Each thing that is broken as one sentence with the row's id; empty when all is well."""
    return [sentence for check in CHECKS for sentence in check()]


def warnings_for_today() -> list[str]:
    """What nobody broke, but somebody should look at."""
    return [
        f"Warning: {line.name} ({line.country}) was checked on {line.checked:%d.%m.%Y} last. Call or look it up, then "
        "renew the date in helplines.toml."
        for line in stale(timezone.localdate())
    ]


def _consents() -> Iterator[str]:
    yes = Q(match__asks__answer=Answer.YES)
    rows = Introduction.objects.annotate(
        seeker=Count("match__asks", filter=yes & Q(match__asks__listing=F("match__seek"))),
        host=Count("match__asks", filter=yes & Q(match__asks__listing=F("match__offer"))),
    )
    for row in rows.filter(Q(match__decided_by=None) | Q(match__state__in=["proposed", "lapsed", "rejected"])):
        yield f"Introduction {row.pk}: no volunteer said yes."
    for row in rows.filter(Q(seeker=0) | Q(host=0)):
        yield f"Introduction {row.pk}: not both people said yes."


def _live_without_introduction() -> Iterator[str]:
    for match in Match.objects.filter(state="introduced", introduction=None):
        yield f"Match {match.pk}: introduced, but there is no introduction."


def _seats() -> Iterator[str]:
    own = Q(seek=OuterRef("listing")) | Q(offer=OuterRef("listing"))
    held = (
        Match.objects.filter(own, occasion=OuterRef("occasion"), state__in=LIVE)
        .order_by()
        .values("occasion")
        .annotate(n=Sum("party"))
        .values("n")
    )
    rows = ListingDate.objects.annotate(held=Coalesce(held, 0))
    for row in rows.exclude(taken=F("held")):
        yield f"Date {row.pk} of listing {row.listing_id}: {row.taken} seats are taken, matches hold {row.held}."
    for row in rows.filter(held__gt=F("seats")):
        yield f"Date {row.pk} of listing {row.listing_id}: {row.held} seats are given, there are {row.seats}."
    there = ListingDate.objects.filter(occasion=OuterRef("occasion"))
    live = Match.objects.filter(state__in=LIVE)
    for side in ("seek", "offer"):
        for match in live.exclude(Exists(there.filter(listing=OuterRef(side)))):
            yield f"Match {match.pk}: its {side} listing does not have this date."


def _one_live_match() -> Iterator[str]:
    live = Match.objects.filter(state__in=LIVE).values("seek").annotate(n=Count("pk"))
    for row in live.filter(n__gt=1):
        yield f"Listing {row['seek']}: {row['n']} live matches for one seeker."


def _sends() -> Iterator[str]:
    automatic = Send.objects.filter(automatic=True).exclude(interaction="")
    for row in automatic.values("interaction").annotate(n=Count("pk")).filter(n__gt=1):
        yield f"Interaction {row['interaction']}: {row['n']} automatic answers."
    for send in Send.objects.filter(state=Sending.TRYING).filter(
        Q(tried_at=None) | Q(tried_at__lt=timezone.now() - TRYING_LASTS)
    ):
        yield f"Send {send.pk}: being sent for more than an hour."


def _minors() -> Iterator[str]:
    for listing in Row.objects.filter(state=Standing.OPEN, person__age_band=AgeBand.UNDER_18):
        yield f"Listing {listing.pk}: open, but the person is under 18."
    minor = Q(seek__person__age_band=AgeBand.UNDER_18) | Q(offer__person__age_band=AgeBand.UNDER_18)
    for match in Match.objects.filter(minor, state__in=LIVE):
        yield f"Match {match.pk}: live, but one person is under 18."


def _blocks() -> Iterator[str]:
    one, two = OuterRef("seek__person"), OuterRef("offer__person")
    apart = Block.objects.filter(Q(first=one, second=two) | Q(first=two, second=one))
    for match in Match.objects.filter(Exists(apart), state__in=LIVE):
        yield f"Match {match.pk}: live between people of whom one blocked the other."


def _erasable() -> Iterator[str]:
    for label in forgotten_models():
        yield f"{label} holds personal data, but no room's HOLDS lists it."


CHECKS: tuple[Callable[[], Iterator[str] | list[str]], ...] = (
    _consents, _live_without_introduction, _seats, _one_live_match, _sends, _minors, _blocks, unclassified, _erasable,
    books,
)  # fmt: skip
