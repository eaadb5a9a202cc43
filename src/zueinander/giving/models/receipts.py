"""Whether a campaign collects private gifts or donations to a recognised body, and the body's receipts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zueinander.campaigns.models import Campaign
from zueinander.giving.fields import SealedBytesField
from zueinander.giving.models.gifts import Gift
from zueinander.people.models import Person
from zueinander.shared.classes import Data
from zueinander.shared.sealed import SealedTextField


class Wording(models.TextChoices):
    PRIVATE_GIFT = "private_gift", _("private Schenkung")
    RECOGNISED_BODY = "recognised_body", _("Spende an eine anerkannte Körperschaft")


class Basis(models.Model):
    """What a campaign's money is in law. The body's data stand on every receipt, as its tax office knows them.

    `notice`: kind, date and number of the tax office's notice; `purposes`: the purposes it recognises.
    """

    campaign = models.OneToOneField(Campaign, on_delete=models.PROTECT, related_name="basis")
    wording = models.CharField(max_length=20, choices=Wording.choices, default=Wording.PRIVATE_GIFT)
    body = models.CharField(max_length=200, blank=True, default="")
    address = models.TextField(blank=True, default="")
    tax_office = models.CharField(max_length=120, blank=True, default="")
    tax_number = models.CharField(max_length=40, blank=True, default="")
    notice = models.CharField(max_length=20, blank=True, default="")
    notice_date = models.DateField(null=True, blank=True)
    assessment_period = models.CharField(max_length=40, blank=True, default="")
    purposes = models.CharField(max_length=300, blank=True, default="")
    place = models.CharField(max_length=80, blank=True, default="")
    signer = models.CharField(max_length=120, blank=True, default="")

    CLASSES = {
        "wording": Data.PUBLIC, "body": Data.PUBLIC, "address": Data.PUBLIC, "tax_office": Data.PUBLIC,
        "tax_number": Data.PUBLIC, "notice": Data.PUBLIC, "notice_date": Data.PUBLIC,
        "assessment_period": Data.PUBLIC, "purposes": Data.PUBLIC, "place": Data.PUBLIC, "signer": Data.PUBLIC,
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(wording__in=Wording.values), name="basis_wording"),
        ]

    def __str__(self) -> str:
        return self.wording


class Receipt(models.Model):
    """An official receipt. `number` counts without gaps within campaign and year; a cancelled one keeps its number."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="receipts")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    yearly = models.BooleanField(default=False)
    giver = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="receipts")
    name = SealedTextField()
    address = SealedTextField()
    cents = models.BigIntegerField()
    pdf = SealedBytesField()
    issued_on = models.DateField()
    issued_by = models.CharField(max_length=80)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=80, blank=True, default="")
    cancel_reason = SealedTextField()

    CLASSES = {
        "year": Data.TECHNICAL, "number": Data.TECHNICAL, "yearly": Data.TECHNICAL, "name": Data.IDENTITY,
        "address": Data.IDENTITY, "cents": Data.TECHNICAL, "pdf": Data.CONTENT, "issued_on": Data.TECHNICAL,
        "issued_by": Data.TECHNICAL, "cancelled_at": Data.TECHNICAL, "cancelled_by": Data.TECHNICAL,
        "cancel_reason": Data.CONTENT,
    }  # fmt: skip

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "year", "number"], name="receipt_number_once"),
            models.CheckConstraint(condition=Q(cents__gt=0), name="receipt_is_positive"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """ "2026-00012": as printed."""
        return f"{self.year}-{self.number:05}"


class ReceiptLine(models.Model):
    """One gift on a receipt; a gift stands on one standing receipt at most."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="lines")
    gift = models.ForeignKey(Gift, on_delete=models.PROTECT, related_name="receipt_lines")
    standing = models.BooleanField(default=True)

    CLASSES = {"standing": Data.TECHNICAL}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gift"], condition=Q(standing=True), name="one_standing_receipt")
        ]

    def __str__(self) -> str:
        return f"{self.receipt_id} {self.gift_id}"
