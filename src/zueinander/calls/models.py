"""A public appeal for listings nobody has answered, which identifies nobody."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zueinander.campaigns.models import Campaign, Occasion
from zueinander.networks.models import Send
from zueinander.people.models import Volunteer
from zueinander.shared.classes import Data
from zueinander.shared.lifecycle import Lifecycle


class Calling(models.TextChoices):
    DRAFT = "draft", _("Entwurf")
    PUBLISHED = "published", _("veröffentlicht")
    DROPPED = "dropped", _("verworfen")


CALLING = Lifecycle(
    "Call",
    Calling,
    Calling.DRAFT,
    {Calling.DRAFT: [Calling.PUBLISHED, Calling.DROPPED], Calling.PUBLISHED: [], Calling.DROPPED: []},
)


class Call(models.Model):
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="calls")
    occasion = models.ForeignKey(Occasion, on_delete=models.CASCADE, related_name="+")
    area = models.CharField(max_length=120)
    waiting = models.PositiveIntegerField()
    text = models.TextField()
    state = models.CharField(max_length=10, choices=Calling.choices, default=Calling.DRAFT)
    sends = models.ManyToManyField(Send, blank=True, related_name="calls")
    decided_by = models.ForeignKey(Volunteer, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)

    CLASSES = {
        "area": Data.PUBLIC, "waiting": Data.PUBLIC, "text": Data.PUBLIC, "state": Data.PUBLIC,
        "created_at": Data.TECHNICAL, "published_at": Data.PUBLIC,
    }  # fmt: skip

    class Meta:
        constraints = [
            CALLING.constraint("call_state"),
            models.UniqueConstraint(
                fields=["campaign", "occasion", "area"], condition=models.Q(state="draft"), name="one_draft_per_gap"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.occasion}"
