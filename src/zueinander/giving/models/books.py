"""Something sold in favour of somebody: editions, where they are sold, what a copy brings from when to when, sales."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zueinander.campaigns.models import Campaign
from zueinander.giving.rules.proceeds import Rate
from zueinander.giving.rules.proceeds import Sale as Sold
from zueinander.people.models import Volunteer
from zueinander.shared.classes import Data
from zueinander.shared.lifecycle import Lifecycle
from zueinander.shared.money import Money


class Product(models.Model):
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="products")
    title = models.CharField(max_length=200)
    author = models.CharField(max_length=200, blank=True, default="")
    made_at = models.DateTimeField(auto_now_add=True)

    CLASSES = {"title": Data.PUBLIC, "author": Data.PUBLIC, "made_at": Data.TECHNICAL}

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class Edition(models.Model):
    """`isbn`: thirteen digits, or a shop's own number where the edition has none; "" when not known yet."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="editions")
    name = models.CharField(max_length=80)
    isbn = models.CharField(max_length=20, blank=True, default="")
    price_cents = models.PositiveIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, default="EUR")
    active = models.BooleanField(default=True)

    CLASSES = {
        "name": Data.PUBLIC, "isbn": Data.PUBLIC, "price_cents": Data.PUBLIC, "currency": Data.PUBLIC,
        "active": Data.PUBLIC,
    }  # fmt: skip

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["isbn"], condition=~Q(isbn=""), name="edition_isbn_once"),
            models.UniqueConstraint(fields=["product", "name"], name="edition_name_once"),
        ]

    def __str__(self) -> str:
        return f"{self.product}, {self.name}"


class Channel(models.Model):
    """Where an edition is sold, as sales reports call it: "Amazon.de", "Buchhandel"."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="channels")
    name = models.CharField(max_length=80)

    CLASSES = {"name": Data.PUBLIC}

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "name"], name="channel_once")]

    def __str__(self) -> str:
        return f"{self.edition} ({self.name})"


class ShopLink(models.Model):
    """Where to buy. `affiliate`: the shop pays us for the click; off by default, always labelled."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="shops")
    name = models.CharField(max_length=80)
    url = models.URLField(max_length=500)
    local = models.BooleanField(default=False)
    affiliate = models.BooleanField(default=False)

    CLASSES = {"name": Data.PUBLIC, "url": Data.PUBLIC, "local": Data.PUBLIC, "affiliate": Data.PUBLIC}

    class Meta:
        ordering = ["-local", "affiliate", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "url"], name="shop_once")]

    def __str__(self) -> str:
        return self.name


class ProceedsRate(models.Model):
    """What one copy brings on the days of `validity` (half-open). A correction sets `superseded_at` and adds a row.

    The database refuses two standing rates of a channel on one day; int8range stands in for equality, which
    GiST lacks without an extension.
    """

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="rates")
    cents = models.PositiveIntegerField()
    validity = DateRangeField()
    source = models.CharField(max_length=300)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.CharField(max_length=80)
    superseded_at = models.DateTimeField(null=True, blank=True)

    CLASSES = {
        "cents": Data.PUBLIC, "validity": Data.PUBLIC, "source": Data.PUBLIC, "recorded_at": Data.TECHNICAL,
        "recorded_by": Data.TECHNICAL, "superseded_at": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        ordering = ["channel", "validity"]
        constraints = [
            ExclusionConstraint(
                name="one_rate_a_day",
                expressions=[
                    (Func(F("channel"), F("channel"), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                    ("validity", RangeOperators.OVERLAPS),
                ],
                condition=Q(superseded_at=None),
            ),
            models.CheckConstraint(
                condition=Q(validity__isempty=False, validity__lower_inf=False), name="rate_has_a_first_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cents} {self.validity}"

    @property
    def rate(self) -> Rate:
        currency = self.channel.edition.currency
        return Rate(Money(self.cents, currency), self.validity.lower, self.validity.upper, self.source)


class Selling(models.TextChoices):
    PROVISIONAL = "provisional", _("vorläufig, nach Bestellungen")
    REPORTED = "reported", _("abgerechnet gemeldet")
    PAID = "paid", _("bezahlt")


SELLING = Lifecycle(
    "Sale",
    Selling,
    Selling.PROVISIONAL,
    {Selling.PROVISIONAL: [Selling.REPORTED], Selling.REPORTED: [Selling.PAID], Selling.PAID: []},
)


class SalesReport(models.Model):
    """Where sales figures came from: an uploaded report, or somebody's word."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="sales_reports")
    source = models.CharField(max_length=300)
    digest = models.CharField(max_length=64, blank=True, default="")
    by = models.ForeignKey(Volunteer, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    CLASSES = {"source": Data.PUBLIC, "digest": Data.TECHNICAL, "at": Data.TECHNICAL}

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "digest"], condition=~Q(digest=""), name="sales_report_once")
        ]

    def __str__(self) -> str:
        return self.source


class Sale(models.Model):
    """`copies` (negative: returned) between two days, both included. A better figure for the same days supersedes it.

    `royalty_cents`: what the source says they brought; null where only the rate can tell.
    """

    report = models.ForeignKey(SalesReport, on_delete=models.PROTECT, related_name="sales")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="sales")
    first = models.DateField()
    last = models.DateField()
    copies = models.IntegerField()
    royalty_cents = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=Selling.choices, default=Selling.PROVISIONAL)
    recorded_at = models.DateTimeField(default=timezone.now)
    superseded_at = models.DateTimeField(null=True, blank=True)

    CLASSES = {
        "first": Data.PUBLIC, "last": Data.PUBLIC, "copies": Data.PUBLIC, "royalty_cents": Data.PUBLIC,
        "state": Data.PUBLIC, "recorded_at": Data.TECHNICAL,
        "superseded_at": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        ordering = ["first", "pk"]
        constraints = [
            SELLING.constraint("sale_state"),
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="sale_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.copies} {self.first}–{self.last}"

    @property
    def sold(self) -> Sold:
        return Sold(self.copies, self.first, self.last)
