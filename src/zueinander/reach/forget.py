"""Nothing here is about a person who seeks or offers. People of the press go after a year without a question."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from zueinander.reach.models import PressContact, PressRequest
from zueinander.shared.forgetting import Held, Kept

PRESS_DAYS = 365


def _quiet(moment: datetime) -> QuerySet[PressContact]:
    asked = PressRequest.objects.filter(contact=OuterRef("pk"), asked_at__gte=moment)
    return PressContact.objects.filter(~Exists(asked), at__lt=moment)


HOLDS: tuple[Held, ...] = ()
KEEPS = (Kept("press contacts", lambda settings: PRESS_DAYS, _quiet),)
