"""Our accounts in the networks, and everything we send: a row before it is tried."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zueinander.people.models import Handle, Person
from zueinander.shared.classes import Data
from zueinander.shared.lifecycle import Lifecycle
from zueinander.shared.sealed import SealedJSONField, SealedTextField


class Account(models.Model):
    """Our own account in a network. `settings` and `secrets` are keyed by the names of the network's fields."""

    network = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    settings = models.JSONField(default=dict, blank=True)
    secrets = SealedJSONField()
    session = SealedTextField()
    active = models.BooleanField(default=True)
    cursor = models.TextField(blank=True, default="")
    seen_through = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    trouble = models.TextField(blank=True, default="")
    gap = models.TextField(blank=True, default="")
    hashtags = ArrayField(models.CharField(max_length=100), default=list, blank=True)

    ABOUT_NOBODY = True
    CLASSES = {
        "network": Data.TECHNICAL, "name": Data.PUBLIC, "settings": Data.TECHNICAL, "secrets": Data.IDENTITY,
        "session": Data.IDENTITY, "active": Data.TECHNICAL, "cursor": Data.TECHNICAL, "seen_through": Data.TECHNICAL,
        "delivered_at": Data.TECHNICAL, "trouble": Data.TECHNICAL, "gap": Data.TECHNICAL, "hashtags": Data.PUBLIC,
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "name"], name="account_once")]

    def __str__(self) -> str:
        return f"{self.network}: {self.name}"


class Sending(models.TextChoices):
    QUEUED = "queued", _("wartet")
    TRYING = "trying", _("wird gesendet")
    SENT = "sent", _("gesendet")
    REFUSED = "refused", _("abgelehnt")
    UNCLEAR = "unclear", _("unklar")


SENDING = Lifecycle(
    "Send",
    Sending,
    Sending.QUEUED,
    {
        Sending.QUEUED: [Sending.TRYING, Sending.REFUSED],
        Sending.TRYING: [Sending.SENT, Sending.REFUSED, Sending.UNCLEAR, Sending.QUEUED],
        Sending.SENT: [],
        Sending.REFUSED: [],
        Sending.UNCLEAR: [Sending.QUEUED, Sending.SENT, Sending.REFUSED],
    },
)


class Send(models.Model):
    """One thing we say. `interaction` names what is answered automatically: at most one automatic answer each.

    `fallback` is said in public instead, without anything personal, when the network lets no message through to them;
    then `withheld` is what it stands for, said as soon as they write to us in private.
    `unsubscribe`: address by which a mail to many is left with one click (RFC 8058).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    idempotency_key = models.CharField(max_length=120, unique=True)
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="sends")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="sends")
    handle = models.ForeignKey(Handle, null=True, blank=True, on_delete=models.CASCADE, related_name="sends")
    kind = models.CharField(max_length=10)
    about = models.CharField(max_length=80)
    subject_line = models.CharField(max_length=200, blank=True, default="")
    text = SealedTextField()
    fallback = SealedTextField()
    withheld = SealedTextField()
    in_reply_to = SealedTextField()
    automatic = models.BooleanField(default=False)
    interaction = models.CharField(max_length=120, blank=True, default="")
    state = models.CharField(max_length=10, choices=Sending.choices, default=Sending.QUEUED)
    reason = models.TextField(blank=True, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    unclear_since = models.DateTimeField(null=True, blank=True)  # tried then, and repeated because it cannot double
    finished_at = models.DateTimeField(null=True, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)
    native_id = SealedTextField()
    url = SealedTextField()
    unsubscribe = SealedTextField()

    CLASSES = {
        "idempotency_key": Data.TECHNICAL, "kind": Data.TECHNICAL, "about": Data.TECHNICAL, "subject_line": Data.PUBLIC,
        "text": Data.CONTENT, "fallback": Data.CONTENT, "withheld": Data.CONTENT, "in_reply_to": Data.IDENTITY,
        "automatic": Data.TECHNICAL, "interaction": Data.TECHNICAL,
        "state": Data.TECHNICAL, "reason": Data.TECHNICAL, "attempts": Data.TECHNICAL, "not_before": Data.TECHNICAL,
        "created_at": Data.TECHNICAL, "tried_at": Data.TECHNICAL, "unclear_since": Data.TECHNICAL,
        "finished_at": Data.TECHNICAL,
        "emptied_at": Data.TECHNICAL,
        "native_id": Data.IDENTITY, "url": Data.IDENTITY, "unsubscribe": Data.IDENTITY,
    }  # fmt: skip

    class Meta:
        constraints = [
            SENDING.constraint("send_state"),
            models.UniqueConstraint(
                fields=["interaction"],
                condition=Q(automatic=True) & ~Q(interaction=""),
                name="one_automatic_answer_per_interaction",
            ),
        ]
        indexes = [models.Index(fields=["state", "not_before"], name="send_waiting")]

    def __str__(self) -> str:
        return f"{self.kind} {self.about} {self.state}"


class WayBack(models.Model):
    """How somebody last turned to us: by which of our accounts, openly or in private, and the name of what they said.

    A hashtag alone leaves none: who did not turn to us is not written to.
    """

    handle = models.OneToOneField(Handle, on_delete=models.CASCADE, related_name="way_back")
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    channel = models.CharField(max_length=10)
    native_id = SealedTextField()
    at = models.DateTimeField()

    CLASSES = {
        "channel": Data.TECHNICAL, "native_id": Data.IDENTITY, "at": Data.TECHNICAL,
    }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.channel} {self.at:%Y-%m-%d}"
