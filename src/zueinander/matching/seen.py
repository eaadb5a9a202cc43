"""What a run of the matcher looks at, as a fingerprint: the same rows would give the same proposal."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db.models import Aggregate, DecimalField
from django.utils import timezone

from zueinander.campaigns.models import Campaign
from zueinander.listings.models import ListingDate
from zueinander.listings.models import Side as Direction
from zueinander.matching.models import Learnt, Match, Matching, Weighing
from zueinander.matching.queries import matchable, waiting_seekers
from zueinander.people.models import Block

_LISTING = (
    "id", "person", "lat", "lon", "place", "radius_km", "party", "needs", "accepts", "interests", "languages",
    "household_wish", "household_is", "confirmed_at", "person__age_band",
)  # fmt: skip
_DATE = ("listing", "occasion", "seats", "taken", "preference")


class Digest(Aggregate):
    """The rows as one number, whatever their order; reckoned in the database, so that no row leaves it."""

    template = "SUM(hashtextextended(ROW(%(expressions)s)::text, 0))"
    output_field = DecimalField()


def seen_by(campaign: Campaign) -> str:
    """Differs as soon as anything differs that the next run would look at. Time alone (who waits how long) does not
    count, nor what the machine itself proposed."""
    table = waiting_seekers(campaign), matchable(campaign, Direction.OFFER)
    matches = Match.objects.filter(campaign=campaign)
    taught = Learnt.objects.exclude(campaign=campaign).filter(experience__isnull=False).order_by("-at").first()
    parts = [
        *(_digest(rows, *_LISTING) for rows in table),
        *(_digest(ListingDate.objects.filter(listing__in=rows.values("pk")), *_DATE) for rows in table),
        _digest(matches.exclude(state__in=[Matching.PROPOSED, Matching.LAPSED]), "seek", "offer"),
        _digest(matches.filter(state=Matching.PROPOSED, by_hand=True), "seek", "offer", "occasion", "created_at"),
        _digest(Block.objects.filter(first__listings__campaign=campaign, second__listings__campaign=campaign), "id"),
        [(occasion.pk, str(occasion.on)) for occasion in campaign.to_come()],
        list(Weighing.objects.filter(campaign=campaign).values_list("values", flat=True)),
        taught and taught.pk, str(timezone.localdate()),
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]


def _digest(rows: Any, *fields: str) -> str:
    return str(rows.aggregate(told=Digest(*fields))["told"])
