"""What went out: publications, and the newsletter with those who read it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zueinander.people.models import Person, Volunteer
from zueinander.shared.classes import Data
from zueinander.shared.lifecycle import Lifecycle
from zueinander.story.models.telling import Story


class Publication(models.Model):
    """One publication: why, with which figures (integer cents), and the hash over its files. Never changed afterwards.

    `live_at` None: it was never reached by readers.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="publications")
    at = models.DateTimeField(auto_now_add=True)
    live_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    figures = models.JSONField(default=dict)
    files = models.PositiveIntegerField()

    CLASSES = {
        "at": Data.PUBLIC, "live_at": Data.PUBLIC, "reason": Data.PUBLIC, "digest": Data.PUBLIC,
        "figures": Data.PUBLIC, "files": Data.PUBLIC,
    }  # fmt: skip

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.digest[:8]}"


class Reading(models.TextChoices):
    PENDING = "pending", _("noch nicht bestätigt")
    ACTIVE = "active", _("liest mit")
    GONE = "gone", _("abgemeldet")


READING = Lifecycle(
    "Subscriber",
    Reading,
    Reading.PENDING,
    {Reading.PENDING: [Reading.ACTIVE, Reading.GONE], Reading.ACTIVE: [Reading.GONE], Reading.GONE: [Reading.PENDING]},
)


class Subscriber(models.Model):
    """Somebody who wants the updates by mail. `asked_at`: from then the link for saying yes holds, once.

    `language`: of the page on which they asked.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="subscribers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="subscriptions")
    state = models.CharField(max_length=10, choices=Reading.choices, default=Reading.PENDING)
    language = models.CharField(max_length=5, default="de")
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    CLASSES = {
        "state": Data.COARSE, "language": Data.COARSE, "asked_at": Data.TECHNICAL, "confirmed_at": Data.TECHNICAL,
        "gone_at": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        constraints = [
            READING.constraint("subscriber_state"),
            models.UniqueConstraint(fields=["story", "person"], name="subscriber_once"),
        ]

    def __str__(self) -> str:
        return f"{self.story_id} {self.state}"


class NewsletterIssue(models.Model):
    """One mail to all who read along. `sent_at`: everybody's mail has been queued."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="issues")
    subject = models.CharField(max_length=160)
    text = models.TextField()
    ordered_at = models.DateTimeField(auto_now_add=True)
    ordered_by = models.ForeignKey(Volunteer, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    readers = models.PositiveIntegerField(default=0)

    CLASSES = {
        "subject": Data.PUBLIC, "text": Data.PUBLIC, "ordered_at": Data.TECHNICAL, "sent_at": Data.TECHNICAL,
        "readers": Data.PUBLIC,
    }  # fmt: skip

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.subject
