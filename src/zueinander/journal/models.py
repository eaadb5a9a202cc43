"""What happened: who did what to which rows and when. Ids only, never anybody's words."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from zueinander.shared.classes import Data


class Entry(models.Model):
    """One thing that happened. The database refuses to change or delete it (migration 0002)."""

    at = models.DateTimeField(auto_now_add=True)
    actor = models.CharField(max_length=80)  # "person:<id>", "volunteer:<id>", "machine"
    verb = models.CharField(max_length=60)
    subjects = ArrayField(models.CharField(max_length=80))  # "listing:<id>", ...
    detail = models.JSONField(default=dict)

    CLASSES = {
        "at": Data.TECHNICAL, "actor": Data.TECHNICAL, "verb": Data.TECHNICAL, "subjects": Data.TECHNICAL,
        "detail": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        ordering = ["id"]
        indexes = [
            GinIndex(fields=["subjects"], name="journal_subjects"),
            models.Index(fields=["at"], name="journal_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.verb}"
