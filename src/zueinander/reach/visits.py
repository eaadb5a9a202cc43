"""Adds up what the process in front counted: one figure an hour and campaign."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import orjson
from django.utils import timezone

from zueinander.campaigns.models import Campaign
from zueinander.reach.actions import note
from zueinander.reach.models import Measure, Observation
from zueinander.reach.rules.trends import HOUR
from zueinander.shared.config import config

SETTLES = timedelta(minutes=5)
"""The counters write each minute; an hour is added up when it has been over for so long."""
SOURCE = "zueinander"


def folder() -> Path:
    return config().data / "visits"


def take_visits(now: datetime | None = None) -> int:
    """Notes each hour that is over, once, and removes its files; returns how many hours. What comes later is not added.

    An unreadable file stays where it is.
    """
    now = now or timezone.now()
    sums: Counter[tuple[str, datetime]] = Counter()
    done: list[Path] = []
    for path in sorted(folder().glob("*.json")):
        try:
            rows = [(row["campaign"], datetime.fromisoformat(row["hour"]), int(row["visits"]))
                    for row in orjson.loads(path.read_bytes())]  # fmt: skip
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if all(hour + HOUR + SETTLES <= now for _, hour, _ in rows):
            done.append(path)
            for slug, hour, n in rows:
                sums[slug, hour] += n
    noted = sum(_note(slug, hour, n) for (slug, hour), n in sums.items())
    for path in done:
        path.unlink(missing_ok=True)
    return noted


def _note(slug: str, hour: datetime, visits: int) -> bool:
    campaign = Campaign.objects.filter(slug=slug).first()
    if campaign is None:
        return False
    same = Observation.objects.filter(campaign=campaign, measure=Measure.VISITS, at=hour, source=SOURCE)
    if same.exists():
        return False
    note(campaign=campaign, measure=Measure.VISITS, value=visits, at=hour, span=60, source=SOURCE)
    return True
