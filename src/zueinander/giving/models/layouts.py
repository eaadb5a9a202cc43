"""How tables of sales are to be read, once somebody has said it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from zueinander.campaigns.models import Campaign
from zueinander.giving.models.books import Edition
from zueinander.shared.classes import Data


class SalesLayout(models.Model):
    """A shop's table for a campaign: known again by the rows above its figures. `mapping`: see `rules.sales`."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="sales_layouts")
    head = models.JSONField()
    digest = models.CharField(max_length=64)
    mapping = models.JSONField()
    edition = models.ForeignKey(Edition, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    source = models.CharField(max_length=300, blank=True, default="")
    saved_at = models.DateTimeField(default=timezone.now)

    CLASSES = {
        "head": Data.TECHNICAL, "digest": Data.TECHNICAL, "mapping": Data.TECHNICAL, "source": Data.PUBLIC,
        "saved_at": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        ordering = ["-saved_at"]
        constraints = [models.UniqueConstraint(fields=["campaign", "digest"], name="sales_layout_once")]

    def __str__(self) -> str:
        return self.source or self.digest[:8]
