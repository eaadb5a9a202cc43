"""One person's standing wish or offer."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zueinander.campaigns.models import Campaign, Occasion
from zueinander.intake.models import Post
from zueinander.listings.places import ASKED, Spot
from zueinander.people.models import Person
from zueinander.shared.classes import Data
from zueinander.shared.lifecycle import Lifecycle
from zueinander.shared.sealed import SealedTextField


class Side(models.TextChoices):
    SEEK = "seek", _("Gesuch")
    OFFER = "offer", _("Angebot")


class Standing(models.TextChoices):
    DRAFT = "draft", _("noch nicht bestätigt")
    OPEN = "open", _("offen")
    PAUSED = "paused", _("ruht")
    DONE = "done", _("hat Gesellschaft")
    WITHDRAWN = "withdrawn", _("zurückgezogen")


STANDING = Lifecycle(
    "Listing",
    Standing,
    Standing.DRAFT,
    {
        Standing.DRAFT: [Standing.OPEN, Standing.WITHDRAWN],
        Standing.OPEN: [Standing.PAUSED, Standing.DONE, Standing.WITHDRAWN],
        Standing.PAUSED: [Standing.OPEN, Standing.WITHDRAWN],
        Standing.DONE: [Standing.OPEN, Standing.WITHDRAWN],
        Standing.WITHDRAWN: [],
    },
)


class Household(models.TextChoices):
    ANY = "", _("egal")
    WOMEN = "women", _("nur Frauen")
    FAMILY = "family", _("eine Familie")
    COUPLE = "couple", _("ein Paar")
    SINGLE = "single", _("jemand allein")


class HouseholdIs(models.TextChoices):
    UNSAID = "", _("keine Angabe")
    WOMEN = "women", _("eine Frau oder mehrere Frauen")
    FAMILY = "family", _("eine Familie")
    COUPLE = "couple", _("ein Paar")
    SINGLE = "single", _("jemand allein")
    MIXED = "mixed", _("eine gemischte Runde")


class Listing(models.Model):
    """Place is coarse (a town; coordinates of it, two decimals). `needs` must all be in the other's `accepts`.

    `household_wish`: who the other may be; `household_is`: who this side is (women, family, couple, single, mixed).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="listings")
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="listings")
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="listings")
    side = models.CharField(max_length=5, choices=Side.choices)
    state = models.CharField(max_length=10, choices=Standing.choices, default=Standing.DRAFT)
    place = models.CharField(max_length=120, blank=True, default="")
    country = models.CharField(max_length=2, blank=True, default="")
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    radius_km = models.PositiveSmallIntegerField(default=40)
    party = models.PositiveSmallIntegerField(default=1)
    needs = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    accepts = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    interests = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    household_wish = models.CharField(max_length=10, choices=Household.choices, default="", blank=True)
    household_is = models.CharField(max_length=10, blank=True, default="")
    text = SealedTextField()
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    CLASSES = {
        "side": Data.COARSE, "state": Data.TECHNICAL, "place": Data.COARSE, "country": Data.COARSE, "lat": Data.COARSE,
        "lon": Data.COARSE, "radius_km": Data.COARSE, "party": Data.COARSE, "needs": Data.COARSE,
        "accepts": Data.COARSE, "interests": Data.COARSE, "languages": Data.COARSE, "household_wish": Data.COARSE,
        "household_is": Data.COARSE, "text": Data.CONTENT, "created_at": Data.TECHNICAL, "confirmed_at": Data.TECHNICAL,
        "changed_at": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        constraints = [
            STANDING.constraint("listing_state"),
            models.CheckConstraint(condition=Q(party__gte=1, party__lte=12), name="party_is_small"),
            models.UniqueConstraint(
                fields=["person", "campaign", "side"],
                condition=~Q(state="withdrawn"),
                name="one_listing_per_person_and_side",
            ),
        ]
        indexes = [
            *(
                GistIndex(
                    Spot("lon", "lat"), name=f"listing_spot_{side}", include=ASKED, condition=Q(side=side, state="open")
                )
                for side in ("seek", "offer")
            ),
            models.Index(
                fields=["campaign", "radius_km"], name="listing_radius", condition=Q(side="seek", state="open")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.place}"


class ListingDate(models.Model):
    """An occasion of a listing. `seats`: the host's places, or the seeking party's size; `taken` of them are given."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="dates")
    occasion = models.ForeignKey(Occasion, on_delete=models.CASCADE, related_name="+")
    seats = models.PositiveSmallIntegerField(default=1)
    taken = models.PositiveSmallIntegerField(default=0)
    preference = models.PositiveSmallIntegerField(default=0)

    CLASSES = {"seats": Data.COARSE, "taken": Data.TECHNICAL, "preference": Data.COARSE}

    class Meta:
        ordering = ["preference", "occasion__on"]
        constraints = [
            models.UniqueConstraint(  # free seats are looked up in its index alone
                fields=["listing", "occasion"], include=["seats", "taken"], name="listing_date_once"
            ),
            models.CheckConstraint(condition=Q(taken__lte=F("seats")), name="no_seat_twice"),
        ]

    def __str__(self) -> str:
        return f"{self.occasion}: {self.taken}/{self.seats}"
