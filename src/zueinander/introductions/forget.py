"""What this room holds about a person."""

from __future__ import annotations

from typing import Any

from django.db import models

from zueinander.introductions.models import Ask, FollowUp, Message, Report
from zueinander.introductions.telling import tell
from zueinander.matching.actions import release
from zueinander.matching.models import LIVE, Matching
from zueinander.people.actions import clear_attention
from zueinander.people.models import PersonalLink
from zueinander.shared.forgetting import Held


def let_the_other_know(rows: models.QuerySet[Any]) -> None:
    """Nobody is left waiting for somebody who is not there any more."""
    for ask in Ask.objects.filter(pk__in=[row.pk for row in rows]).select_related("match", "listing"):
        match, met = ask.match, ask.match.state == Matching.INTRODUCED
        if match.state in LIVE:
            release(match, to=Matching.ENDED if met else Matching.DECLINED, reason="erased")
            other = match.offer if ask.listing_id == match.seek_id else match.seek
            tell("over" if met else "not_this_time", match, other, use=PersonalLink.Use.OWN_PAGE, subject=None)
        clear_attention(subject=ask)
        ask.delete()


HOLDS = (
    Held(Report, "by"),
    Held(Message, "author"),
    Held(FollowUp, "person"),
    Held(Ask, "listing__person", let_the_other_know),
)
