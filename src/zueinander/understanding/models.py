"""What we understood of a text."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zueinander.intake.models import Post
from zueinander.people.models import Volunteer
from zueinander.shared.classes import Data
from zueinander.shared.sealed import SealedJSONField


class Reading(models.Model):
    """`found` is the reader's JSON (see `understanding.reader`), with a volunteer's corrections already in it.

    `listed_at` empty means that listings have yet to take it up.
    """

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="reading")
    intent = models.CharField(max_length=10)
    danger = models.CharField(max_length=10, default="none")
    confidence = models.FloatField(default=0)
    minor = models.BooleanField(default=False)
    reader = models.CharField(max_length=40)
    found = SealedJSONField()
    corrected_by = models.ForeignKey(Volunteer, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    corrected_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    listed_at = models.DateTimeField(null=True, blank=True)

    CLASSES = {
        "intent": Data.COARSE, "danger": Data.COARSE, "confidence": Data.TECHNICAL, "minor": Data.COARSE,
        "reader": Data.TECHNICAL, "found": Data.CONTENT, "corrected_at": Data.TECHNICAL, "at": Data.TECHNICAL,
        "listed_at": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["at"], condition=Q(listed_at=None), name="reading_unlisted")]

    def __str__(self) -> str:
        return f"{self.intent} ({self.confidence:.2f})"
