"""What this room holds about a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models

from zueinander.campaigns.actions import tally
from zueinander.matching.actions import release
from zueinander.matching.models import LIVE, Alone, Match, Matching
from zueinander.people.actions import clear_attention
from zueinander.shared.forgetting import Held, Kept


def free_and_delete(rows: models.QuerySet[Any]) -> None:
    """The other side gets its seats back and is searched for again before the match goes."""
    for match in Match.objects.filter(pk__in=[row.pk for row in rows]).select_related("seek", "offer", "campaign"):
        if match.state in LIVE:
            release(
                match, to=Matching.ENDED if match.state == Matching.INTRODUCED else Matching.DECLINED, reason="erased"
            )
        clear_attention(subject=match)
        tally(match.campaign, match.occasion, f"match.{match.state}")
        match.delete()


def _over(moment: datetime) -> models.QuerySet[Match]:
    return Match.objects.filter(occasion__on__lt=moment.date())


KEEPS = (Kept("matches", lambda settings: settings.keep_listing_days, _over, free_and_delete),)
HOLDS = (
    Held(Match, "seek__person", free_and_delete),
    Held(Match, "offer__person", free_and_delete),
    Held(Alone, "listing__person"),
)
