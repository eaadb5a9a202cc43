"""Nobody is kept longer than promised: what rooms kept long enough goes, then the people nobody needs any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from zueinander.journal.actions import record
from zueinander.people.models import AgeBand, Person
from zueinander.shared.config import config
from zueinander.shared.forgetting import erase, kept, let_go, nobody_needs

SETTLING = timedelta(hours=1)
"""A person this new may be about to get the post that made us know them."""


def forget_in_time(limit: int = 500) -> dict[str, int]:
    """Ends what is over, each step noted in the journal; returns how many of what. Again changes nothing."""
    done: dict[str, int] = {}
    for part in kept():
        done[part.what] = done.get(part.what, 0) + let_go(part, timezone.now())
    done["people"] = forget_people(limit)
    for what, count in done.items():
        if count:
            record("forgotten", what=what, count=count)
    return done


def forget_people(limit: int = 500) -> int:
    """Erases up to `limit` people for whom no room has a reason left; "stop" stays, as a blind index alone."""
    now = timezone.now()
    over = nobody_needs(_settled(now), now - timedelta(days=config().keep_at_most_days))
    minors = nobody_needs(
        _settled(now).filter(age_band=AgeBand.UNDER_18), now - timedelta(days=config().keep_minor_days)
    )
    found = {pk for rows in (over, minors) for pk in rows.values_list("pk", flat=True)[:limit]}
    for pk in found:
        erase(pk)
    return len(found)


def _settled(now: datetime) -> QuerySet[Person]:
    return Person.objects.filter(created_at__lt=now - SETTLING)
