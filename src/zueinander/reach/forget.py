"""Nothing here is about a person who seeks or offers. People of the press go after a year without a question.

Whose question is still open stays.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from zueinander.reach.models import Asking, PressContact, PressRequest
from zueinander.shared.forgetting import Held, Kept

PRESS_DAYS = 365


def _quiet(moment: datetime) -> QuerySet[PressContact]:
    recent_or_open = Q(asked_at__gte=moment) | Q(state=Asking.OPEN)
    asked = PressRequest.objects.filter(recent_or_open, contact=OuterRef("pk"))
    return PressContact.objects.filter(~Exists(asked), at__lt=moment)


HOLDS: tuple[Held, ...] = ()
KEEPS = (Kept("press contacts", lambda settings: PRESS_DAYS, _quiet),)
