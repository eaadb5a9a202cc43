"""Counts uses of a campaign's hashtags hour by hour, judges each finished hour, and asks networks for our figures."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Max, Min, QuerySet
from django.db.models.functions import TruncHour
from django.utils import timezone

from zueinander.campaigns.models import Campaign
from zueinander.intake.models import Post
from zueinander.journal.actions import name_of
from zueinander.networks.actions import adapter_for
from zueinander.networks.models import Account, Send, Sending
from zueinander.networks.port import Measures
from zueinander.people.actions import raise_attention
from zueinander.people.models import Attention
from zueinander.reach.actions import note
from zueinander.reach.models import Measure, Observation, Rise
from zueinander.reach.rules.trends import HOUR, judge

SETTLES = timedelta(minutes=10)
"""Posts arrive a little late; an hour is counted when it has been over for so long."""
LOOK_BACK = timedelta(days=14)
LOOK_WITHIN = timedelta(hours=2)
SOURCE = "zueinander"
FIGURES = {"shares": Measure.SHARES, "views": Measure.VIEWS, "followers": Measure.FOLLOWERS}
PER_CALL = 25


def count_uses(now: datetime | None = None) -> int:
    """Notes each finished hour of each running campaign and network once, zero included; returns how many."""
    now = now or timezone.now()
    noted = 0
    for campaign in Campaign.objects.running():
        for network in sorted(_heard(campaign)):
            noted += _count(campaign, network, now)
    return noted


def _heard(campaign: Campaign) -> set[str]:
    """Networks in which somebody used the hashtag in public."""
    rows = Post.objects.filter(campaign=campaign, channel="public", posted_at__isnull=False)
    return set(rows.values_list("network", flat=True).distinct())


@transaction.atomic
def _count(campaign: Campaign, network: str, now: datetime) -> int:
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    known = Observation.objects.filter(campaign=campaign, measure=Measure.USES, subject=network, source=SOURCE)
    posts = Post.objects.filter(campaign=campaign, network=network, channel="public")
    last = known.aggregate(last=Max("at"))["last"]
    end = (now - SETTLES).replace(minute=0, second=0, microsecond=0)
    begin = max(last + HOUR if last else _first_hour(posts, end), end - LOOK_BACK)
    found = posts.filter(posted_at__gte=begin, posted_at__lt=end).annotate(hour=TruncHour("posted_at"))
    per_hour = dict(found.order_by().values_list("hour").annotate(n=Count("pk")))
    hours = [begin + HOUR * n for n in range(int((end - begin) / HOUR))]
    for hour in hours:
        note(
            campaign=campaign, measure=Measure.USES, subject=network, value=per_hour.get(hour, 0), at=hour, span=60,
            source=SOURCE,
        )  # fmt: skip
    if hours:
        _judge(campaign, network, hours)
    return len(hours)


def _first_hour(posts: QuerySet[Post], end: datetime) -> datetime:
    """The hour of the first post within `LOOK_BACK`, else `end`."""
    first: datetime | None = posts.filter(posted_at__gte=end - LOOK_BACK).aggregate(first=Min("posted_at"))["first"]
    return first.replace(minute=0, second=0, microsecond=0) if first else end


def _judge(campaign: Campaign, network: str, hours: list[datetime]) -> None:
    rows = Observation.objects.valid().filter(
        campaign=campaign, measure=Measure.USES, subject=network, at__gte=hours[0] - LOOK_BACK
    )
    counts = Counter(dict(rows.values_list("at", "value")))
    since = min(counts)
    for hour in hours:
        verdict = judge(counts, hour, since=since)
        if verdict and verdict.rises:
            rise, made = Rise.objects.get_or_create(
                campaign=campaign, network=network, hour=hour,
                defaults={
                    "uses": verdict.uses, "expected": verdict.expected, "probability": verdict.probability,
                },
            )  # fmt: skip
            if made:
                _tell_the_team(rise, hours[-1])


def _tell_the_team(rise: Rise, newest: datetime) -> None:
    """One line for a wave, not one for each of its hours; nothing for waves that were over when we looked."""
    told = Rise.objects.filter(campaign=rise.campaign, network=rise.network, hour__lt=rise.hour, seen_at=None)
    if rise.hour >= newest - HOUR and not told.filter(hour__gte=rise.hour - 6 * HOUR).exists():
        raise_attention(kind=Attention.Kind.RISE, subject=rise, deadline=timezone.now() + LOOK_WITHIN)


def measure_posts(now: datetime | None = None) -> int:
    """Asks each network that tells for the figures of what we published within two weeks; returns how many came."""
    since = (now or timezone.now()) - LOOK_BACK
    noted = 0
    for account in Account.objects.filter(active=True).prefetch_related("campaigns"):
        adapter = adapter_for(account)
        campaigns = list(account.campaigns.all())
        if not isinstance(adapter, Measures) or not campaigns:
            continue
        sends = Send.objects.filter(account=account, person=None, state=Sending.SENT, finished_at__gte=since)
        ids = [send.native_id for send in sends if send.native_id]
        for batch in (["", *ids][i : i + PER_CALL] for i in range(0, len(ids) + 1, PER_CALL)):
            for native_id, figures in adapter.measure(batch).items():
                for figure in figures:
                    if figure.name in FIGURES:
                        for campaign in campaigns:
                            note(
                                campaign=campaign, measure=FIGURES[figure.name], value=figure.value, at=figure.at,
                                subject=native_id or f"{account.network}:{account.name}", source=name_of(account),
                            )  # fmt: skip
                            noted += 1
    return noted
