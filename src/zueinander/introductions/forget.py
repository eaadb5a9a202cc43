"""What this room holds about a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models

from zueinander.campaigns.actions import tally
from zueinander.introductions.models import Ask, FollowUp, Message, Report
from zueinander.introductions.telling import tell
from zueinander.matching.actions import release
from zueinander.matching.models import LIVE, Matching
from zueinander.people.actions import clear_attention
from zueinander.people.models import PersonalLink
from zueinander.shared.forgetting import Held, Kept


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


def count_and_delete(rows: models.QuerySet[Any]) -> None:
    """Of how it was only numbers stay."""
    for row in rows.select_related("introduction__match__campaign", "introduction__match__occasion"):
        match = row.introduction.match
        for name, value in (("met", row.met), ("good", row.good), ("not_met", row.not_met)):
            if value:
                tally(match.campaign, match.occasion, f"follow_up.{name}.{value}")
        if row.felt_wrong:
            tally(match.campaign, match.occasion, "follow_up.felt_wrong")
        clear_attention(subject=row)
        row.delete()


def _messages(moment: datetime) -> models.QuerySet[Message]:
    return Message.objects.filter(introduction__match__occasion__on__lt=moment.date())


def _follow_ups(moment: datetime) -> models.QuerySet[FollowUp]:
    return FollowUp.objects.filter(introduction__match__occasion__on__lt=moment.date())


def _reports(moment: datetime) -> models.QuerySet[Report]:
    return Report.objects.filter(introduction__match__occasion__on__lt=moment.date())


def _cleared(rows: models.QuerySet[Any]) -> None:
    for row in rows:
        clear_attention(subject=row)
        row.delete()


def _open_report(since: datetime) -> models.Q:
    return models.Q(settled_at=None, at__gte=since)


KEEPS = (
    Kept("messages", lambda settings: settings.keep_message_days, _messages, _cleared),
    Kept("reports", lambda settings: settings.keep_listing_days, _reports, _cleared),
    Kept("how it was", lambda settings: settings.keep_listing_days, _follow_ups, count_and_delete),
)
HOLDS = (
    Held(Report, "by", needed=_open_report),
    Held(Message, "author"),
    Held(FollowUp, "person", count_and_delete),
    Held(Ask, "listing__person", let_the_other_know),
)
