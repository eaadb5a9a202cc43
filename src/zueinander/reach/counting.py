"""Counts uses of a campaign's hashtags hour by hour, and judges each finished hour."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Max, Min, QuerySet
from django.db.models.functions import TruncHour
from django.utils import timezone

from zueinander.campaigns.models import Campaign
from zueinander.intake.models import Post
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
WAVE = 6 * HOUR
"""A rise within so long after another belongs to the same wave, whether somebody has seen that one or not."""


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
    wave = Rise.objects.filter(campaign=rise.campaign, network=rise.network, hour__lt=rise.hour)
    if rise.hour >= newest - HOUR and not wave.filter(hour__gte=rise.hour - WAVE).exists():
        raise_attention(kind=Attention.Kind.RISE, subject=rise, deadline=timezone.now() + LOOK_WITHIN)
