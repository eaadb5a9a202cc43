"""How often somebody used a form, without knowing who."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import F
from django.utils import timezone

from zueinander.shared.classes import Data
from zueinander.shared.sealed import blind_index

KEPT = timedelta(hours=24)


class Attempts(models.Model):
    """`key` is a keyed hash of form, day and network address: it cannot be turned back, and changes every day."""

    key = models.CharField(max_length=64)
    since = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    ABOUT_NOBODY = True
    CLASSES = {"key": Data.TECHNICAL, "since": Data.TECHNICAL, "count": Data.TECHNICAL}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "since"], name="attempts_once")]

    def __str__(self) -> str:
        return f"{self.count} since {self.since:%H:%M}"


def allowed(*, form: str, address: str, per_hour: int) -> bool:
    """Counts one use of a form from a network address; False when it is one too many in this hour."""
    now = timezone.now()
    since = now.replace(minute=0, second=0, microsecond=0)
    key = blind_index("attempts", form, f"{now:%Y-%m-%d}", address)
    row, made = Attempts.objects.get_or_create(key=key, since=since, defaults={"count": 1})
    if made:
        return True
    Attempts.objects.filter(pk=row.pk).update(count=F("count") + 1)
    row.refresh_from_db(fields=["count"])
    return row.count <= per_hour


def forget_old() -> int:
    """Drops counters older than a day; returns how many."""
    return Attempts.objects.filter(since__lt=timezone.now() - KEPT).delete()[0]
