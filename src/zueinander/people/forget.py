"""What this room holds about a person. `Stop` and `Apart` stay: only blind indexes, so that we never write to somebody
again, and never put two people together again of whom one is blocked for the other."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from zueinander.people.actions import keep_apart
from zueinander.people.models import Attention, Block, Consent, Handle, Person, PersonalLink
from zueinander.shared.forgetting import Held, Kept


def _unanswered(since: datetime) -> Q:
    """A human has yet to look at danger or a report, also when the words were taken back."""
    return Q(cleared_at=None, kind__in=[Attention.Kind.DANGER, Attention.Kind.REPORT], raised_at__gte=since)


def _apart(since: datetime) -> Q:
    return Q(at__gte=since)


def _end_block(rows: QuerySet[Any]) -> None:
    for row in rows.select_related("first", "second"):
        keep_apart(row)
        row.delete()


def _expired(moment: datetime) -> QuerySet[Any]:
    return PersonalLink.objects.filter(expires_at__lt=moment)


HOLDS = (
    Held(Attention, "person", needed=_unanswered),
    Held(PersonalLink, "person"),
    Held(Consent, "person"),
    Held(Block, "first", _end_block, needed=_apart),
    Held(Block, "second", _end_block, needed=_apart),
    Held(Handle, "person"),
    Held(Person, "pk"),
)

KEEPS = (Kept("links", lambda settings: settings.keep_listing_days, _expired),)
