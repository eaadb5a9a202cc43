"""What this room holds about a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from zueinander.campaigns.actions import tally
from zueinander.intake.forget import empty
from zueinander.intake.models import Post
from zueinander.listings.models import Listing, ListingDate
from zueinander.people.actions import clear_attention
from zueinander.people.models import AgeBand
from zueinander.shared.forgetting import Held, Kept


def count_and_delete(rows: QuerySet[Any]) -> None:
    """Of a listing only the number stays."""
    for row in rows.select_related("campaign"):
        tally(row.campaign, None, f"listing.{row.side}.{row.state}")
        clear_attention(subject=row)
        row.delete()


def _with_post(rows: QuerySet[Any]) -> None:
    posts = list(rows.exclude(post=None).values_list("post", flat=True))
    count_and_delete(rows)
    empty(Post.objects.filter(pk__in=posts, listings=None))


def _over(moment: datetime) -> QuerySet[Listing]:
    """Its last occasion is that long ago; one without any is counted from its last change."""
    dates = ListingDate.objects.filter(listing=OuterRef("pk"))
    to_come = Exists(dates.filter(occasion__on__gte=moment.date()))
    return Listing.objects.exclude(to_come).exclude(~Exists(dates) & Q(changed_at__gte=moment))


def _going_on(since: datetime) -> Q:
    """Nobody under 18 is matched, so no listing is a reason to keep them."""
    lasts = Q(dates__occasion__on__gte=since.date()) | Q(changed_at__gte=since)
    return lasts & ~Q(person__age_band=AgeBand.UNDER_18)


HOLDS: tuple[Held, ...] = (
    Held(ListingDate, "listing__person"),
    Held(Listing, "person", count_and_delete, needed=_going_on),
)
KEEPS = (Kept("listings", lambda settings: settings.keep_listing_days, _over, _with_post),)
