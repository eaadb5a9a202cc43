"""Giving online: our account at the provider, payments, what the provider called us about, and what moved there."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zueinander.campaigns.models import Campaign
from zueinander.giving.models.gifts import LEAVING, Leaving, PaymentReference
from zueinander.giving.models.statements import StatementEntry
from zueinander.giving.online.port import Kind
from zueinander.people.models import Volunteer
from zueinander.shared.classes import Data
from zueinander.shared.lifecycle import Lifecycle
from zueinander.shared.sealed import SealedTextField


class OnlineAccount(models.Model):
    """A campaign's money at the provider; new payments while it is open. `trouble`: why we know nothing newer."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="online_accounts")
    provider = models.CharField(max_length=20)
    currency = models.CharField(max_length=3, default="EUR")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Volunteer, null=True, on_delete=models.SET_NULL, related_name="+")
    looked_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=300, blank=True, default="")

    CLASSES = {
        "provider": Data.PUBLIC, "currency": Data.PUBLIC, "opened_at": Data.TECHNICAL, "closed_at": Data.TECHNICAL,
        "looked_at": Data.TECHNICAL, "trouble": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["provider"], condition=Q(closed_at=None), name="one_open_online_account"),
            models.UniqueConstraint(fields=["campaign", "provider"], name="one_online_account_per_campaign"),
        ]

    def __str__(self) -> str:
        return f"{self.provider}: {self.campaign}"


class Paying(models.TextChoices):
    BEGUN = "begun", _("begonnen")
    OPEN = "open", _("wartet auf die Zahlung")
    PENDING = "pending", _("wird vom Anbieter geprüft")
    PAID = "paid", _("bezahlt")
    FAILED = "failed", _("nicht gelungen")
    CANCELLED = "cancelled", _("abgebrochen")
    EXPIRED = "expired", _("nicht rechtzeitig bezahlt")


_ENDS = [Paying.PAID, Paying.FAILED, Paying.CANCELLED, Paying.EXPIRED]
PAYING = Lifecycle(
    "Payment online",
    Paying,
    Paying.BEGUN,
    {
        Paying.BEGUN: [Paying.OPEN, Paying.PENDING, *_ENDS],
        Paying.OPEN: [Paying.PENDING, *_ENDS],
        Paying.PENDING: _ENDS,
        Paying.PAID: [],
        Paying.FAILED: [Paying.PAID],
        Paying.CANCELLED: [Paying.PAID],
        Paying.EXPIRED: [Paying.PAID],
    },
)
"""What was heard later never undoes what is known: "paid" may follow everything, and nothing follows it."""
WAITING = (Paying.BEGUN, Paying.OPEN, Paying.PENDING)


class Payment(models.Model):
    """A gift that somebody wants to give online; the row is there before the provider is asked.

    Its key is the idempotency key. `doubt`: the provider says something else of it than we do; nothing is booked then.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(OnlineAccount, on_delete=models.PROTECT, related_name="payments")
    reference = models.OneToOneField(PaymentReference, on_delete=models.PROTECT, related_name="payment")
    cents = models.BigIntegerField()
    lang = models.CharField(max_length=2, default="de")
    state = models.CharField(max_length=10, choices=Paying.choices, default=Paying.BEGUN)
    number = models.CharField(max_length=60, blank=True, default="")
    checkout = SealedTextField()
    begun_at = models.DateTimeField(auto_now_add=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    look_after = models.DateTimeField(null=True, blank=True)
    looks = models.PositiveIntegerField(default=0)
    doubt = models.CharField(max_length=200, blank=True, default="")

    CLASSES = {
        "cents": Data.TECHNICAL, "lang": Data.TECHNICAL, "state": Data.TECHNICAL, "number": Data.TECHNICAL,
        "checkout": Data.SECRET, "begun_at": Data.TECHNICAL, "paid_at": Data.TECHNICAL, "look_after": Data.TECHNICAL,
        "looks": Data.TECHNICAL, "doubt": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        ordering = ["begun_at"]
        constraints = [
            PAYING.constraint("payment_state"),
            models.CheckConstraint(condition=Q(cents__gt=0), name="payment_is_positive"),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="payment_number_once"),
        ]
        indexes = [models.Index(fields=["look_after"], condition=Q(look_after__isnull=False), name="payment_to_look")]

    def __str__(self) -> str:
        return f"payment {self.id} {self.state}"


class Notice(models.Model):
    """The provider called about a payment: it is looked at, and then the call is done. `said`: what it called."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="notices")
    said = models.CharField(max_length=60)
    at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)

    CLASSES = {"said": Data.TECHNICAL, "at": Data.TECHNICAL, "done_at": Data.TECHNICAL}

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["payment", "said"], condition=Q(done_at=None), name="one_open_notice")
        ]

    def __str__(self) -> str:
        return f"{self.said} {self.at:%Y-%m-%d %H:%M}"


class Transfer(models.Model):
    """Money from the provider to our bank: on its way until a statement shows it. `reference` "": not known yet."""

    account = models.ForeignKey(OnlineAccount, on_delete=models.PROTECT, related_name="transfers")
    number = models.CharField(max_length=60, unique=True)
    reference = models.CharField(max_length=60, blank=True, default="")
    cents = models.BigIntegerField()
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=Leaving.choices, default=Leaving.OWED)
    entry = models.ForeignKey(StatementEntry, null=True, blank=True, on_delete=models.PROTECT, related_name="transfers")

    CLASSES = {
        "number": Data.TECHNICAL, "reference": Data.TECHNICAL, "cents": Data.TECHNICAL, "at": Data.TECHNICAL,
        "state": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            LEAVING.constraint("transfer_state"),
            models.CheckConstraint(condition=Q(cents__gt=0), name="transfer_is_positive"),
            models.CheckConstraint(
                condition=Q(state="seen", entry__isnull=False) | (~Q(state="seen") & Q(entry=None)),
                name="transfer_is_seen_in_an_entry",
            ),
        ]

    def __str__(self) -> str:
        return self.reference or self.number


class Entered(models.TextChoices):
    STORED = "stored", _("wird gebucht")
    BOOKED = "booked", _("gebucht")
    ASKED = "asked", _("ein Mensch entscheidet")


ENTERED = Lifecycle(
    "Movement at the provider",
    Entered,
    Entered.STORED,
    {Entered.STORED: [Entered.BOOKED, Entered.ASKED], Entered.ASKED: [Entered.BOOKED], Entered.BOOKED: []},
)


class Movement(models.Model):
    """One line of the provider's account, as it states it: the balance changed by `gross` - `fee`.

    `reason`: why a human decides what it is.
    """

    account = models.ForeignKey(OnlineAccount, on_delete=models.PROTECT, related_name="movements")
    number = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Kind])
    said = models.CharField(max_length=60)
    at = models.DateTimeField()
    gross = models.BigIntegerField()
    fee = models.BigIntegerField(default=0)
    payment = models.ForeignKey(Payment, null=True, blank=True, on_delete=models.PROTECT, related_name="movements")
    transfer = models.ForeignKey(Transfer, null=True, blank=True, on_delete=models.PROTECT, related_name="movements")
    state = models.CharField(max_length=10, choices=Entered.choices, default=Entered.STORED)
    reason = models.CharField(max_length=200, blank=True, default="")

    CLASSES = {
        "number": Data.TECHNICAL, "kind": Data.TECHNICAL, "said": Data.TECHNICAL, "at": Data.TECHNICAL,
        "gross": Data.TECHNICAL, "fee": Data.TECHNICAL, "state": Data.TECHNICAL, "reason": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        ordering = ["at", "pk"]
        constraints = [ENTERED.constraint("movement_state")]
        indexes = [models.Index(fields=["state"], condition=~Q(state="booked"), name="movement_waiting")]

    def __str__(self) -> str:
        return f"{self.said} {self.at:%Y-%m-%d}"

    @property
    def net(self) -> int:
        return self.gross - self.fee
