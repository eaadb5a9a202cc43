"""Both are asked; both have agreed and now have each other; afterwards: how was it."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from zueinander.listings.models import Listing
from zueinander.matching.models import Match
from zueinander.people.models import Person, Volunteer
from zueinander.shared.classes import Data
from zueinander.shared.sealed import SealedTextField


class Answer(models.TextChoices):
    NONE = "", _("noch keine Antwort")
    YES = "yes", _("ja")
    NO = "no", _("nein")


class Ask(models.Model):
    """One side of an approved match is asked."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="asks")
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="asks")
    asked_at = models.DateTimeField(auto_now_add=True)
    deadline = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=3, choices=Answer.choices, default="", blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    CLASSES = {
        "asked_at": Data.TECHNICAL, "deadline": Data.TECHNICAL, "reminded_at": Data.TECHNICAL, "answer": Data.COARSE,
        "answered_at": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["match", "listing"], name="asked_once")]

    def __str__(self) -> str:
        return f"{self.match_id}: {self.answer or '…'}"


class Introduction(models.Model):
    """Exists only when a volunteer and both people said yes (checked by `zueinander check`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    match = models.OneToOneField(Match, on_delete=models.CASCADE, related_name="introduction")
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.CharField(max_length=30, blank=True, default="")

    CLASSES = {"opened_at": Data.TECHNICAL, "closed_at": Data.TECHNICAL, "close_reason": Data.TECHNICAL}

    def __str__(self) -> str:
        return f"introduction {str(self.id)[:8]}"


class Message(models.Model):
    """One message between two people who were introduced. `token`: what makes a double submit harmless."""

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    text = SealedTextField()
    token = models.CharField(max_length=40)
    warnings = models.JSONField(default=list)
    at = models.DateTimeField(auto_now_add=True)

    CLASSES = {"text": Data.CONTENT, "token": Data.TECHNICAL, "warnings": Data.TECHNICAL, "at": Data.TECHNICAL}

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["introduction", "author", "token"], name="message_once")]

    def __str__(self) -> str:
        return f"message {self.pk}"


class Report(models.Model):
    """Somebody says that something is wrong."""

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="reports")
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="reports")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    text = SealedTextField()
    at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Volunteer, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    CLASSES = {"text": Data.CONTENT, "at": Data.TECHNICAL, "settled_at": Data.TECHNICAL}

    def __str__(self) -> str:
        return f"report {self.pk}"


class NotMet(models.TextChoices):
    NONE = "", "–"
    ILL = "ill", _("Krankheit")
    NO_ANSWER = "no_answer", _("keine Antwort mehr")
    CANCELLED_THEM = "they_cancelled", _("die andere Seite hat abgesagt")
    CANCELLED_ME = "i_cancelled", _("ich habe abgesagt")
    TRAVEL = "travel", _("der Weg ging nicht")
    OTHER = "other", _("etwas anderes")


class FollowUp(models.Model):
    """The day after: did you meet, was it good, did something feel wrong."""

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="follow_ups")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    met = models.CharField(max_length=3, choices=Answer.choices, default="", blank=True)
    good = models.CharField(max_length=3, choices=Answer.choices, default="", blank=True)
    felt_wrong = models.BooleanField(default=False)
    not_met = models.CharField(max_length=20, choices=NotMet.choices, default="", blank=True)
    text = SealedTextField()

    CLASSES = {
        "due_at": Data.TECHNICAL, "asked_at": Data.TECHNICAL, "answered_at": Data.TECHNICAL, "met": Data.COARSE,
        "good": Data.COARSE, "felt_wrong": Data.COARSE, "not_met": Data.COARSE, "text": Data.CONTENT,
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["introduction", "person"], name="follow_up_once")]

    def __str__(self) -> str:
        return f"follow-up {self.pk}"
