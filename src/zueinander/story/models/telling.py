"""What is told: the story, its dated updates, and what they said before a correction."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zueinander.campaigns.models import Campaign
from zueinander.shared.classes import Data
from zueinander.shared.lifecycle import Lifecycle

CODE_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else when read aloud


def new_code() -> str:
    """Five characters of a short link."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(5))


class Telling(models.TextChoices):
    DRAFT = "draft", _("Entwurf")
    PUBLISHED = "published", _("veröffentlicht")
    CLOSED = "closed", _("abgeschlossen")
    OFFLINE = "offline", _("vom Netz genommen")


TELLING = Lifecycle(
    "Story",
    Telling,
    Telling.DRAFT,
    {
        Telling.DRAFT: [Telling.PUBLISHED],
        Telling.PUBLISHED: [Telling.CLOSED, Telling.OFFLINE],
        Telling.CLOSED: [Telling.PUBLISHED, Telling.OFFLINE],
        Telling.OFFLINE: [Telling.PUBLISHED],
    },
)
IN_PUBLIC = (Telling.PUBLISHED, Telling.CLOSED)


class InEnglish(models.Model):
    """`english`: those of `TEXTS` that somebody wrote in English too, by the field's name."""

    TEXTS: ClassVar[tuple[str, ...]]

    english = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    def said(self, name: str, language: str) -> tuple[str, str]:
        """A text for readers of `language`, and the language it is in: German where there is no other."""
        other = self.english.get(name, "") if language == "en" else ""
        return (other, "en") if other else (getattr(self, name), "de")

    @property
    def all_texts(self) -> list[str]:
        """Every text in every language it is written in."""
        return [*(getattr(self, name) for name in self.TEXTS), *self.english.values()]


class Story(InEnglish):
    """The campaign's public page. Texts are Markdown with places like [[kai]] for facts that need the family's consent.

    `surplus`: what happens with more than is needed. `family_token_hash`: of the link by which the family withdraws.
    """

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, related_name="story")
    title = models.CharField(max_length=160)
    subtitle = models.CharField(max_length=300, blank=True, default="")
    appeal = models.TextField(blank=True, default="")
    need = models.TextField(blank=True, default="")
    way = models.TextField(blank=True, default="")
    organiser = models.TextField(blank=True, default="")
    binding = models.TextField(blank=True, default="")
    surplus = models.TextField(blank=True, default="")
    goal_cents = models.BigIntegerField(null=True, blank=True)
    thanks = models.TextField(blank=True, default="")
    code = models.CharField(max_length=8, unique=True, default=new_code)
    state = models.CharField(max_length=10, choices=Telling.choices, default=Telling.DRAFT)
    family_token_hash = models.CharField(max_length=64, blank=True, default="")
    published_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    TEXTS = ("title", "subtitle", "appeal", "need", "way", "organiser", "binding", "surplus", "thanks")
    CLASSES = {
        **dict.fromkeys((*TEXTS, "english"), Data.PUBLIC), "goal_cents": Data.PUBLIC, "code": Data.PUBLIC,
        "state": Data.PUBLIC, "family_token_hash": Data.SECRET, "published_at": Data.PUBLIC, "closed_at": Data.PUBLIC,
        "created_at": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        constraints = [
            TELLING.constraint("story_state"),
            models.CheckConstraint(condition=Q(goal_cents=None) | Q(goal_cents__gt=0), name="story_goal_positive"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def in_public(self) -> bool:
        return self.state in IN_PUBLIC


class Writing(models.TextChoices):
    DRAFT = "draft", _("Entwurf")
    SCHEDULED = "scheduled", _("geplant")
    PUBLISHED = "published", _("veröffentlicht")
    RETRACTED = "retracted", _("zurückgenommen")


WRITING = Lifecycle(
    "Update",
    Writing,
    Writing.DRAFT,
    {
        Writing.DRAFT: [Writing.SCHEDULED, Writing.PUBLISHED],
        Writing.SCHEDULED: [Writing.DRAFT, Writing.PUBLISHED],
        Writing.PUBLISHED: [Writing.RETRACTED],
        Writing.RETRACTED: [],
    },
)


class Update(InEnglish):
    """A dated entry. `number` is its place in the public address and never changes hands."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="updates")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=160)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=Writing.choices, default=Writing.DRAFT)
    publish_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    retracted_for = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    TEXTS = ("title", "text")
    CLASSES = {
        "number": Data.PUBLIC, "title": Data.PUBLIC, "text": Data.PUBLIC, "english": Data.PUBLIC, "state": Data.PUBLIC,
        "publish_at": Data.TECHNICAL, "published_at": Data.PUBLIC, "retracted_for": Data.PUBLIC,
        "created_at": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        ordering = ["-number"]
        constraints = [
            WRITING.constraint("update_state"),
            models.UniqueConstraint(fields=["story", "number"], name="update_number_once"),
            models.CheckConstraint(
                condition=~Q(state="scheduled") | Q(publish_at__isnull=False), name="scheduled_has_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"


class Correction(models.Model):
    """What a published update said before it was corrected, and why; stays readable beside it.

    `english_before`: title and text in English, where there were any.
    """

    update = models.ForeignKey(Update, on_delete=models.CASCADE, related_name="corrections")
    at = models.DateTimeField(auto_now_add=True)
    title_before = models.CharField(max_length=160)
    text_before = models.TextField()
    english_before = models.JSONField(default=dict, blank=True)
    reason = models.CharField(max_length=300)

    CLASSES = {
        "at": Data.PUBLIC, "title_before": Data.PUBLIC, "text_before": Data.PUBLIC, "english_before": Data.PUBLIC,
        "reason": Data.PUBLIC,
    }  # fmt: skip

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.update_id} {self.at:%Y-%m-%d}"
