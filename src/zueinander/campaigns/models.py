"""A hashtag's undertaking: its words, its season, its occasions, its accounts."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zueinander.networks.models import Account
from zueinander.shared.classes import Data
from zueinander.shared.lifecycle import Lifecycle


class Running(models.TextChoices):
    DRAFT = "draft", _("Entwurf")
    OPEN = "open", _("läuft")
    CLOSED = "closed", _("beendet")


RUNNING = Lifecycle(
    "Campaign",
    Running,
    Running.DRAFT,
    {Running.DRAFT: [Running.OPEN], Running.OPEN: [Running.CLOSED], Running.CLOSED: [Running.OPEN]},
)


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def running(self) -> CampaignQuerySet:
        return self.filter(state=Running.OPEN)


class Campaign(models.Model):
    """`hashtags` without "#". `countries` of DE, AT, CH. `demonstration`: made by `zueinander demo`, removable."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    hashtags = ArrayField(models.CharField(max_length=100))
    countries = ArrayField(models.CharField(max_length=2), default=list)
    season_start = models.DateField()
    season_end = models.DateField()
    state = models.CharField(max_length=10, choices=Running.choices, default=Running.DRAFT)
    demonstration = models.BooleanField(default=False)
    welcome = models.TextField(blank=True, default="")
    accounts = models.ManyToManyField(Account, blank=True, related_name="campaigns")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CampaignQuerySet.as_manager()
    CLASSES = {
        "slug": Data.PUBLIC, "name": Data.PUBLIC, "hashtags": Data.PUBLIC, "countries": Data.PUBLIC,
        "season_start": Data.PUBLIC, "season_end": Data.PUBLIC, "state": Data.PUBLIC, "demonstration": Data.PUBLIC,
        "welcome": Data.PUBLIC, "created_at": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        constraints = [
            RUNNING.constraint("campaign_state"),
            models.CheckConstraint(
                condition=models.Q(season_start__lte=models.F("season_end")), name="season_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def to_come(self) -> list[Occasion]:
        """The occasions that are not over, today's among them."""
        today = timezone.localdate()
        return [occasion for occasion in self.occasions.all() if not occasion.is_over(today)]


class Occasion(models.Model):
    """A date people want company on."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="occasions")
    on = models.DateField()
    name = models.CharField(max_length=80)

    CLASSES = {"on": Data.PUBLIC, "name": Data.PUBLIC}

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["campaign", "on"], name="occasion_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.on:%d.%m.}"

    @property
    def key(self) -> str:
        """ "12-24": how the reader and the matcher name it."""
        return f"{self.on:%m-%d}"

    def is_over(self, today: date) -> bool:
        return self.on < today


class Tally(models.Model):
    """What stays of a season when its people are forgotten: how many, of what, on which occasion. Nobody's name."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="tallies")
    occasion = models.ForeignKey(Occasion, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=60)
    count = models.PositiveIntegerField(default=0)

    CLASSES = {"what": Data.PUBLIC, "count": Data.PUBLIC}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "occasion", "what"], nulls_distinct=False, name="tally_once")
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.count}"
