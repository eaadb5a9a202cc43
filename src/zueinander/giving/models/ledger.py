"""The book: double entry, append-only. The database refuses to change or delete a row (migration 0002)."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zueinander.campaigns.models import Campaign
from zueinander.giving.models.accounts import BankAccount
from zueinander.giving.models.gifts import Gift, Payout, Refund
from zueinander.giving.models.online import Movement
from zueinander.giving.models.statements import StatementEntry
from zueinander.giving.rules.ledger import Side
from zueinander.shared.classes import Data


class Period(models.Model):
    """Everything up to `until` is closed: the database takes no booking dated in it any more."""

    until = models.DateField(unique=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.CharField(max_length=80)

    CLASSES = {"until": Data.TECHNICAL, "at": Data.TECHNICAL, "by": Data.TECHNICAL}

    def __str__(self) -> str:
        return f"{self.until}"


class BookingKind(models.TextChoices):
    """What a booking records. A reversal has the kind of what it reverses, so that sums by kind are net."""

    ENTRY = "entry", _("Kontobewegung")
    GIFT = "gift", _("Gabe")
    RETURNED = "returned", _("Rückgabe durch die Bank")
    REFUND_OWED = "refund_owed", _("Erstattung zugesagt")
    REFUNDED = "refunded", _("Erstattung ausgeführt")
    ORDERED = "ordered", _("Auszahlung angewiesen")
    PASSED_ON = "passed_on", _("an die Familie ausgezahlt")
    TRANSFER = "transfer", _("vom Zahlungsanbieter auf unser Konto")
    COSTS = "costs", _("Kosten")
    OTHER = "other", _("anderes")


class Booking(models.Model):
    """Lines that sum to zero. `number` counts without gaps. `cause` is unique: nothing is booked twice."""

    number = models.PositiveBigIntegerField(unique=True)
    on = models.DateField()
    kind = models.CharField(max_length=20, choices=BookingKind.choices)
    cause = models.CharField(max_length=80, unique=True)
    currency = models.CharField(max_length=3)
    entry = models.ForeignKey(StatementEntry, null=True, blank=True, on_delete=models.PROTECT, related_name="bookings")
    refund = models.ForeignKey(Refund, null=True, blank=True, on_delete=models.PROTECT, related_name="bookings")
    payout = models.ForeignKey(Payout, null=True, blank=True, on_delete=models.PROTECT, related_name="bookings")
    movement = models.ForeignKey(Movement, null=True, blank=True, on_delete=models.PROTECT, related_name="bookings")
    reverses = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by")
    at = models.DateTimeField(default=timezone.now)
    by = models.CharField(max_length=80)

    CLASSES = {
        "number": Data.PUBLIC, "on": Data.PUBLIC, "kind": Data.PUBLIC, "cause": Data.TECHNICAL,
        "currency": Data.PUBLIC, "at": Data.TECHNICAL, "by": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.on} {self.kind}"


class Line(models.Model):
    """Adds `cents` to one account of the book: a bank account's side, or a campaign's. See `rules.ledger` for signs."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="lines")
    side = models.CharField(max_length=20, choices=[(side.value, side.value) for side in Side])
    bank = models.ForeignKey(BankAccount, null=True, blank=True, on_delete=models.PROTECT, related_name="lines")
    campaign = models.ForeignKey(Campaign, null=True, blank=True, on_delete=models.PROTECT, related_name="lines")
    gift = models.ForeignKey(Gift, null=True, blank=True, on_delete=models.PROTECT, related_name="lines")
    cents = models.BigIntegerField()

    CLASSES = {"side": Data.PUBLIC, "cents": Data.PUBLIC}

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(cents=0), name="line_moves_money"),
            models.CheckConstraint(
                condition=models.Q(side__in=["bank", "unassigned"], bank__isnull=False, campaign=None)
                | (~models.Q(side__in=["bank", "unassigned"]) & models.Q(bank=None, campaign__isnull=False)),
                name="line_has_one_owner",
            ),
        ]
        indexes = [models.Index(fields=["campaign", "side"], name="line_of_campaign")]

    def __str__(self) -> str:
        return f"{self.side} {self.cents}"
