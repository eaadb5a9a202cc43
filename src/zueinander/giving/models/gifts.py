"""What money was for: gifts by reference, refunds we owe, payouts to the family."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zueinander.campaigns.models import Campaign
from zueinander.giving.fields import SealedBytesField
from zueinander.giving.models.statements import StatementEntry
from zueinander.giving.rules.references import shown
from zueinander.people.models import Person
from zueinander.shared.classes import Data
from zueinander.shared.lifecycle import Lifecycle
from zueinander.shared.sealed import SealedTextField


class PaymentReference(models.Model):
    """A code for a transfer's text. `personal`: one giver's, with their wish how to be named; else the campaign's."""

    code = models.CharField(max_length=8, unique=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="payment_references")
    personal = models.BooleanField(default=False)
    anonymous = models.BooleanField(default=True)
    name = SealedTextField()
    issued_at = models.DateTimeField(auto_now_add=True)

    CLASSES = {
        "code": Data.TECHNICAL, "personal": Data.TECHNICAL, "anonymous": Data.TECHNICAL, "name": Data.IDENTITY,
        "issued_at": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign"], condition=Q(personal=False), name="one_common_reference")
        ]

    def __str__(self) -> str:
        return shown(self.code)


class Giving(models.TextChoices):
    KEPT = "kept", _("da")
    VOIDED = "voided", _("Zuordnung aufgehoben")
    RETURNED = "returned", _("von der Bank zurückgeholt")
    REFUND_OWED = "refund_owed", _("Erstattung steht aus")
    REFUNDED = "refunded", _("erstattet")


GIVING = Lifecycle(
    "Gift",
    Giving,
    Giving.KEPT,
    {
        Giving.KEPT: [Giving.VOIDED, Giving.RETURNED, Giving.REFUND_OWED],
        Giving.VOIDED: [],
        Giving.RETURNED: [Giving.KEPT],
        Giving.REFUND_OWED: [Giving.KEPT, Giving.REFUNDED],
        Giving.REFUNDED: [Giving.REFUND_OWED],
    },
)


class Gift(models.Model):
    """Money somebody gave, by an entry of our bank or by a payment online.

    Anonymous unless this gift's giver wished to be named; `name` as they wish it.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="gifts")
    entry = models.ForeignKey(StatementEntry, null=True, blank=True, on_delete=models.PROTECT, related_name="gifts")
    reference = models.ForeignKey(
        PaymentReference, null=True, blank=True, on_delete=models.PROTECT, related_name="gifts"
    )
    payment = models.ForeignKey("giving.Payment", null=True, blank=True, on_delete=models.PROTECT, related_name="gifts")
    giver = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="gifts")
    on = models.DateField()
    cents = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="EUR")
    anonymous = models.BooleanField(default=True)
    name = SealedTextField()
    state = models.CharField(max_length=12, choices=Giving.choices, default=Giving.KEPT)
    assigned_at = models.DateTimeField(auto_now_add=True)

    CLASSES = {
        "on": Data.TECHNICAL, "cents": Data.TECHNICAL, "currency": Data.TECHNICAL, "anonymous": Data.TECHNICAL,
        "name": Data.IDENTITY, "state": Data.TECHNICAL, "assigned_at": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            GIVING.constraint("gift_state"),
            models.CheckConstraint(condition=Q(cents__gt=0), name="gift_is_positive"),
        ]

    def __str__(self) -> str:
        return f"gift {self.pk} {self.on}"


class Leaving(models.TextChoices):
    """Money that we said we would send: it is gone when a statement says so."""

    OWED = "owed", _("steht aus")
    SEEN = "seen", _("im Auszug gesehen")
    DROPPED = "dropped", _("zurückgenommen")


LEAVING = Lifecycle(
    "Refund and payout",
    Leaving,
    Leaving.OWED,
    {Leaving.OWED: [Leaving.SEEN, Leaving.DROPPED], Leaving.SEEN: [Leaving.OWED], Leaving.DROPPED: []},
)


class Refund(models.Model):
    """A gift we give back. Nothing moves by itself: somebody must transfer it."""

    gift = models.ForeignKey(Gift, on_delete=models.PROTECT, related_name="refunds")
    cents = models.BigIntegerField()
    iban = SealedTextField()
    reason = SealedTextField()
    state = models.CharField(max_length=10, choices=Leaving.choices, default=Leaving.OWED)
    entry = models.ForeignKey(StatementEntry, null=True, blank=True, on_delete=models.PROTECT, related_name="refunds")
    at = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=80)

    CLASSES = {
        "cents": Data.TECHNICAL, "iban": Data.IDENTITY, "reason": Data.CONTENT, "state": Data.TECHNICAL,
        "at": Data.TECHNICAL, "by": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        ordering = ["pk"]
        constraints = [
            LEAVING.constraint("refund_state"),
            models.CheckConstraint(condition=Q(cents__gt=0), name="refund_is_positive"),
            models.UniqueConstraint(fields=["gift"], condition=~Q(state="dropped"), name="one_refund_per_gift"),
        ]

    def __str__(self) -> str:
        return f"refund {self.pk} {self.state}"


class Payout(models.Model):
    """Money for the family. In public a date and an amount; who got it and the evidence are for our own eyes."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="payouts")
    ordered_on = models.DateField()
    cents = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="EUR")
    payee = SealedTextField()
    iban = SealedTextField()
    note = SealedTextField()
    evidence = SealedBytesField()
    evidence_name = SealedTextField()
    evidence_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=Leaving.choices, default=Leaving.OWED)
    entry = models.ForeignKey(StatementEntry, null=True, blank=True, on_delete=models.PROTECT, related_name="payouts")
    at = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=80)

    ABOUT_NOBODY = True  # our own bookkeeping about whom the campaign is for; kept as the law asks
    CLASSES = {
        "ordered_on": Data.PUBLIC, "cents": Data.PUBLIC, "currency": Data.PUBLIC,
        "payee": Data.IDENTITY, "iban": Data.IDENTITY,
        "note": Data.CONTENT, "evidence": Data.CONTENT, "evidence_name": Data.CONTENT, "evidence_at": Data.TECHNICAL,
        "state": Data.PUBLIC, "at": Data.TECHNICAL, "by": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        ordering = ["ordered_on", "pk"]
        constraints = [
            LEAVING.constraint("payout_state"),
            models.CheckConstraint(condition=Q(cents__gt=0), name="payout_is_positive"),
        ]

    def __str__(self) -> str:
        return f"payout {self.pk} {self.state}"
