"""What this room holds about a person."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from zueinander.shared.forgetting import Held
from zueinander.story.models import Reading, Subscriber


def _going_on(since: datetime) -> Q:
    """Who reads along is kept until they leave."""
    return Q(state=Reading.ACTIVE) | Q(asked_at__gte=since)


HOLDS = (Held(Subscriber, "person", needed=_going_on),)
