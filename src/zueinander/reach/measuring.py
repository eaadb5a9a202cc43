"""Asks the networks for figures of what we published: how often shared, how often seen, how many follow us."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from zueinander.calls.models import Call
from zueinander.campaigns.models import Campaign
from zueinander.journal.actions import name_of
from zueinander.networks.actions import adapter_for
from zueinander.networks.models import Account, Sending
from zueinander.networks.port import Figure, Measures
from zueinander.reach.actions import note
from zueinander.reach.models import Measure

log = logging.getLogger(__name__)
FIGURES = {"shares": Measure.SHARES, "views": Measure.VIEWS, "followers": Measure.FOLLOWERS}
LOOK_BACK = timedelta(days=14)
PER_CALL = 25
MOST = 10**15
OURSELVES = ""
"""The id by which the port asks for our account itself."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure belongs: the campaign, and what was measured."""

    campaign: Campaign
    subject: str
    url: str = ""


def measure_posts(now: datetime | None = None) -> int:
    """Notes the figures of what we published within two weeks; returns how many came. Asked again they are new ones."""
    since = (now or timezone.now()) - LOOK_BACK
    noted = 0
    for account in Account.objects.filter(active=True, campaigns__isnull=False).distinct().order_by("pk"):
        try:
            noted += _measure(account, since)
        except Exception:  # one network's trouble keeps no other from being asked
            log.exception("account %s: asking for figures broke", account.pk)
    return noted


def _measure(account: Account, since: datetime) -> int:
    adapter = adapter_for(account)
    if not isinstance(adapter, Measures):
        return 0
    places = {OURSELVES: _ourselves(account), **_published(account, since)}
    ids, noted = list(places), 0
    for begin in range(0, len(ids), PER_CALL):
        found = adapter.measure(ids[begin : begin + PER_CALL])
        noted += _note(found, places, source=name_of(account))
    return noted


def _ourselves(account: Account) -> list[Place]:
    return [Place(campaign, f"{account.network}:{account.name}") for campaign in account.campaigns.all()]


def _published(account: Account, since: datetime) -> dict[str, list[Place]]:
    """What this account published for its campaigns, by the network's own id."""
    rows = Call.objects.filter(
        sends__account=account, sends__state=Sending.SENT, sends__finished_at__gte=since
    ).prefetch_related("sends", "campaign")
    found = {
        send.native_id: [Place(call.campaign, (send.url or send.native_id)[:300], send.url[:500])]
        for call in rows.distinct()
        for send in call.sends.all()
        if send.account_id == account.pk and send.state == Sending.SENT
    }
    found.pop("", None)
    return found


def _note(found: Mapping[str, Iterable[Figure]], places: Mapping[str, list[Place]], *, source: str) -> int:
    noted = 0
    for native_id, figures in found.items():
        for figure in figures:
            if figure.name not in FIGURES or not 0 <= figure.value <= MOST:
                continue
            for place in places.get(native_id, ()):
                note(
                    campaign=place.campaign, measure=FIGURES[figure.name], value=figure.value, at=figure.at,
                    subject=place.subject, source=source, source_url=place.url,
                )  # fmt: skip
                noted += 1
    return noted
