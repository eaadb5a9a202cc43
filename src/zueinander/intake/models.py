"""What arrived, stored once, as seen."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from zueinander.campaigns.models import Campaign
from zueinander.networks.models import Account
from zueinander.people.models import Handle
from zueinander.shared.classes import Data
from zueinander.shared.sealed import SealedJSONField, SealedTextField


class Post(models.Model):
    """A post or message. `key`: blind index of the network's id. A deletion that comes first leaves an empty row.

    `version` changes with an edit, `versions` are all we have seen; `read_at` empty means that understanding has yet to
    read it. `look_again_at`: when to ask the network next whether it is still there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    network = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    native_id = SealedTextField()
    version = models.CharField(max_length=200, blank=True, default="")
    versions = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="posts")
    campaign = models.ForeignKey(Campaign, null=True, blank=True, on_delete=models.CASCADE, related_name="posts")
    handle = models.ForeignKey(Handle, null=True, blank=True, on_delete=models.CASCADE, related_name="posts")
    text = SealedTextField()
    basis = models.CharField(max_length=10, blank=True, default="")
    channel = models.CharField(max_length=10, default="public")
    lang = models.CharField(max_length=10, blank=True, default="")
    url = SealedTextField()
    thread = models.CharField(max_length=64, blank=True, default="")
    extra = SealedJSONField()
    automatic_allowed = models.BooleanField(default=False)
    no_republish = models.BooleanField(default=True)
    posted_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    look_again_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    CLASSES = {
        "network": Data.COARSE, "key": Data.TECHNICAL, "native_id": Data.IDENTITY, "version": Data.TECHNICAL,
        "versions": Data.TECHNICAL, "text": Data.CONTENT, "basis": Data.TECHNICAL, "channel": Data.TECHNICAL,
        "lang": Data.COARSE, "url": Data.IDENTITY, "thread": Data.TECHNICAL,
        "extra": Data.CONTENT,
        "automatic_allowed": Data.TECHNICAL, "no_republish": Data.TECHNICAL, "posted_at": Data.COARSE,
        "arrived_at": Data.TECHNICAL, "read_at": Data.TECHNICAL, "look_again_at": Data.TECHNICAL,
        "deleted_at": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "key"], name="post_once")]
        indexes = [
            models.Index(fields=["arrived_at"], condition=Q(read_at=None, deleted_at=None), name="post_unread"),
            models.Index(fields=["thread"], name="post_thread"),
            models.Index(fields=["look_again_at"], condition=Q(deleted_at=None), name="post_look_again"),
        ]

    def __str__(self) -> str:
        return f"{self.network} {str(self.id)[:8]}"

    @property
    def written_at(self) -> datetime | None:
        """When it was written by the writer's clock: who says "heute" after midnight means the new day."""
        return timezone.localtime(self.posted_at) if self.posted_at else None


class Malformed(models.Model):
    """Something a network delivered that nobody can read."""

    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="malformed")
    network = models.CharField(max_length=20)
    reason = models.CharField(max_length=300)
    excerpt = SealedTextField()
    at = models.DateTimeField(auto_now_add=True)

    ABOUT_NOBODY = True
    CLASSES = {"network": Data.TECHNICAL, "reason": Data.TECHNICAL, "excerpt": Data.CONTENT, "at": Data.TECHNICAL}

    def __str__(self) -> str:
        return f"{self.network}: {self.reason}"
