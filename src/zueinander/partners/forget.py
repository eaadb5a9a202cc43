"""What this room holds about a person."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from zueinander.partners.models import OVER, Referral
from zueinander.shared.forgetting import Held, Kept


def _going_on(since: datetime) -> Q:
    return Q(at__gte=since) & ~Q(state__in=OVER)


def _over(moment: datetime) -> QuerySet[Referral]:
    return Referral.objects.filter(state__in=OVER, at__lt=moment)


HOLDS = (Held(Referral, "person", needed=_going_on),)
KEEPS = (Kept("referrals", lambda settings: settings.keep_listing_days, _over),)
