"""Adds up what was counted in front: one figure an hour and campaign, from our own server and from the log of nginx."""

from __future__ import annotations

import gzip
import logging
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import orjson
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from zueinander.campaigns.models import Campaign
from zueinander.reach.actions import note
from zueinander.reach.models import Measure, Observation
from zueinander.reach.rules import weblog
from zueinander.reach.rules.trends import HOUR
from zueinander.shared.config import config

SETTLES = timedelta(minutes=5)
"""The counters write each minute; an hour is added up when it has been over for so long."""
SOURCE = "zueinander"
WEB_SERVER = "nginx"
LOOK_BACK = timedelta(days=14)
STEP = 65536

log = logging.getLogger(__name__)


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
    noted = _note(sums, SOURCE)
    for path in done:
        path.unlink(missing_ok=True)
    return noted


def _note(sums: Counter[tuple[str, datetime]], source: str) -> int:
    """Notes what is not noted yet; pages of campaigns we do not know are left out."""
    campaigns = {campaign.slug: campaign for campaign in Campaign.objects.filter(slug__in={slug for slug, _ in sums})}
    noted = 0
    for (slug, hour), n in sorted(sums.items()):
        seen = Observation.objects.filter(campaign__slug=slug, measure=Measure.VISITS, at=hour, source=source)
        if slug in campaigns and not seen.exists():
            note(campaign=campaigns[slug], measure=Measure.VISITS, value=n, at=hour, span=60, source=source)
            noted += 1
    return noted


def take_log(now: datetime | None = None) -> int:
    """Notes each hour that is over and stands in the web server's log, once; returns how many.

    What was noted last is the mark up to which the log has been read, so that a step that is killed or repeated neither
    loses nor doubles anything. Rotated files are read too. A file that cannot be read: nothing is noted, until it can.
    """
    if not (name := config().visit_log):
        return 0
    end = ((now or timezone.now()) - SETTLES).replace(minute=0, second=0, microsecond=0)
    known = Observation.objects.filter(measure=Measure.VISITS, source=WEB_SERVER, at__gte=end - LOOK_BACK)
    last: datetime | None = known.aggregate(last=Max("at"))["last"]
    begin, sums = (last + HOUR if last else end - LOOK_BACK), Counter[tuple[str, datetime]]()
    try:
        for path in _files(Path(name), begin):
            sums += weblog.visits(_lines(path, begin), begin, end)
    except (OSError, EOFError) as error:
        log.warning("visits are not counted: %s", error)
        return 0
    with transaction.atomic():
        return _note(sums, WEB_SERVER)


def _files(path: Path, begin: datetime) -> list[Path]:
    """The log and its rotated neighbours that were written to since then, each once though it is being compressed."""
    there = sorted(path.parent.glob(f"{path.name}*"))
    twice = {one.with_name(f"{one.name}.gz") for one in there}
    return [one for one in there if one not in twice and one.stat().st_mtime >= begin.timestamp()]


def _lines(path: Path, begin: datetime) -> Iterator[bytes]:
    """From a little before that moment on."""
    if path.suffix == ".gz":
        with gzip.open(path) as packed:
            yield from packed
        return
    with path.open("rb") as file:
        low, high = 0, path.stat().st_size
        while high - low > STEP:  # lines are in order, give or take what each process of the server holds back
            middle = (low + high) // 2
            file.seek(middle)
            file.readline()
            at = weblog.moment(file.readline())
            low, high = (middle, high) if at is not None and at < begin - SETTLES else (low, middle)
        file.seek(low)
        yield from file
