"""What the bank says: uploaded files, the days they tell, and their entries."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zueinander.banks.identity import Identity, plain_text
from zueinander.giving.fields import SealedBytesField
from zueinander.giving.models.accounts import BankAccount
from zueinander.people.models import Person, Volunteer
from zueinander.shared.classes import Data
from zueinander.shared.lifecycle import Lifecycle
from zueinander.shared.money import Money
from zueinander.shared.sealed import SealedTextField, blind_index


class Taking(models.TextChoices):
    RECEIVED = "received", _("angekommen")
    MAPPING = "mapping", _("Spalten zuordnen")
    ASKED = "asked", _("Saldo geht nicht auf, wartet auf ein Ja")
    TAKEN = "taken", _("übernommen")
    REFUSED = "refused", _("abgewiesen")


TAKING = Lifecycle(
    "Statement file",
    Taking,
    Taking.RECEIVED,
    {
        Taking.RECEIVED: [Taking.MAPPING, Taking.ASKED, Taking.TAKEN, Taking.REFUSED],
        Taking.MAPPING: [Taking.RECEIVED, Taking.ASKED, Taking.TAKEN, Taking.REFUSED],
        Taking.ASKED: [Taking.RECEIVED, Taking.TAKEN, Taking.REFUSED],
        Taking.TAKEN: [],
        Taking.REFUSED: [],
    },
)


class StatementFile(models.Model):
    """An upload. `content` is kept only until it is taken or refused. `line` and `reason` tell of a refusal.

    `confirmed`: a person has said yes to its contradicted balance.
    """

    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=200, blank=True, default="")
    digest = models.CharField(max_length=64)
    content = SealedBytesField()
    state = models.CharField(max_length=10, choices=Taking.choices, default=Taking.RECEIVED)
    format = models.CharField(max_length=80, blank=True, default="")
    reason = models.CharField(max_length=500, blank=True, default="")
    line = models.PositiveIntegerField(default=0)
    warnings = ArrayField(models.TextField(), default=list, blank=True)
    new = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    doubted = models.PositiveIntegerField(default=0)
    announced = models.PositiveIntegerField(default=0)
    confirmed = models.BooleanField(default=False)
    by = models.ForeignKey(Volunteer, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    taken_at = models.DateTimeField(null=True, blank=True)

    ABOUT_NOBODY = True  # the content goes as soon as its entries are stored
    CLASSES = {
        "name": Data.TECHNICAL, "digest": Data.TECHNICAL, "content": Data.CONTENT, "state": Data.TECHNICAL,
        "format": Data.TECHNICAL, "reason": Data.TECHNICAL, "line": Data.TECHNICAL, "warnings": Data.TECHNICAL,
        "new": Data.TECHNICAL, "same": Data.TECHNICAL, "doubted": Data.TECHNICAL, "announced": Data.TECHNICAL,
        "confirmed": Data.TECHNICAL, "at": Data.TECHNICAL, "taken_at": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        ordering = ["-pk"]
        constraints = [
            TAKING.constraint("statement_file_state"),
            models.UniqueConstraint(
                fields=["account", "digest"], condition=~Q(state="refused"), name="statement_file_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"


class Span(models.Model):
    """One statement of a taken file and its balances in minor units, where it states them.

    `told_until`: from `first` to this day it tells everything (empty: it does not say so).
    """

    file = models.ForeignKey(StatementFile, on_delete=models.PROTECT, related_name="spans")
    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="spans")
    source = models.CharField(max_length=120)
    first = models.DateField()
    last = models.DateField()
    told_until = models.DateField(null=True, blank=True)
    opening = models.BigIntegerField(null=True, blank=True)
    closing = models.BigIntegerField(null=True, blank=True)
    balanced = models.BooleanField(null=True, blank=True)

    CLASSES = {
        "source": Data.TECHNICAL, "first": Data.TECHNICAL, "last": Data.TECHNICAL, "told_until": Data.TECHNICAL,
        "opening": Data.TECHNICAL, "closing": Data.TECHNICAL, "balanced": Data.TECHNICAL,
    }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"


class Entering(models.TextChoices):
    DOUBTED = "doubted", _("neu oder schon da?")
    SAME = "same", _("war schon da")
    STORED = "stored", _("wird gebucht")
    POSTED = "posted", _("gebucht, Zweck offen")
    ASSIGNED = "assigned", _("zugeordnet")


ENTERING = Lifecycle(
    "Statement entry",
    Entering,
    Entering.STORED,
    {
        Entering.STORED: [Entering.DOUBTED, Entering.POSTED],
        Entering.DOUBTED: [Entering.SAME, Entering.STORED],
        Entering.SAME: [],
        Entering.POSTED: [Entering.ASSIGNED],
        Entering.ASSIGNED: [Entering.POSTED],
    },
)
BOOKED = (Entering.STORED, Entering.POSTED, Entering.ASSIGNED)
"""States of an entry that is one of the account's bookings."""


class EntryQuerySet(models.QuerySet["StatementEntry"]):
    def booked(self) -> EntryQuerySet:
        """The account's bookings, whatever is known about their purpose."""
        return self.filter(state__in=BOOKED)


def entry_key(identity: Identity, occurrence: int) -> str:
    """The blind index of an identity, whatever our name for the account is."""
    return blind_index(
        "entry", identity.booked.isoformat(), str(identity.units), identity.currency, identity.text, identity.bank_ref,
        str(occurrence),
    )  # fmt: skip


class StatementEntry(models.Model):
    """One booking as the bank states it. `key`: blind index of its identity in its source, occurrence included.

    `resembles`: entries it may be the same as, while a person compares. `kind` and `proposals`: see `rules.matching`.
    `foreign_cents`: what the bank booked in the account's currency, told by a person when the file does not say.
    """

    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="entries")
    file = models.ForeignKey(StatementFile, on_delete=models.PROTECT, related_name="entries")
    line = models.PositiveIntegerField(default=0)
    source = models.CharField(max_length=120)
    key = models.CharField(max_length=64)
    booked = models.DateField()
    valuta = models.DateField(null=True, blank=True)
    units = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    counterparty = SealedTextField()
    iban = SealedTextField()
    reference = SealedTextField()
    text = SealedTextField()
    bank_ref = models.TextField(blank=True, default="")
    occurrence = models.PositiveIntegerField(default=1)
    returned = models.BooleanField(default=False)
    parts = ArrayField(models.BigIntegerField(), default=list, blank=True)
    state = models.CharField(max_length=10, choices=Entering.choices, default=Entering.STORED)
    reason = models.CharField(max_length=200, blank=True, default="")
    resembles = ArrayField(models.BigIntegerField(), default=list, blank=True)
    kind = models.CharField(max_length=10, blank=True, default="")
    proposals = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    foreign_cents = models.BigIntegerField(null=True, blank=True)
    giver = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="bank_entries")
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = EntryQuerySet.as_manager()
    CLASSES = {
        "line": Data.TECHNICAL, "source": Data.TECHNICAL, "key": Data.TECHNICAL, "booked": Data.TECHNICAL,
        "valuta": Data.TECHNICAL, "units": Data.TECHNICAL, "currency": Data.TECHNICAL, "counterparty": Data.IDENTITY,
        "iban": Data.IDENTITY, "reference": Data.CONTENT, "text": Data.CONTENT, "bank_ref": Data.TECHNICAL,
        "occurrence": Data.TECHNICAL, "returned": Data.TECHNICAL, "parts": Data.TECHNICAL, "state": Data.TECHNICAL,
        "reason": Data.TECHNICAL, "resembles": Data.TECHNICAL, "kind": Data.TECHNICAL, "proposals": Data.TECHNICAL,
        "foreign_cents": Data.TECHNICAL, "erased_at": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        ordering = ["booked", "pk"]
        constraints = [
            ENTERING.constraint("statement_entry_state"),
            models.UniqueConstraint(
                fields=["account", "source", "key"],
                condition=Q(state__in=[state.value for state in BOOKED]),
                name="statement_entry_once",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "booked"], name="statement_entry_day"),
            models.Index(fields=["state"], condition=~Q(state="assigned"), name="statement_entry_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.booked} {self.money.plain()}"

    def identity(self, account: str) -> Identity:
        text = plain_text(self.counterparty, self.iban, self.reference, self.text)
        return Identity(account, self.booked, self.units, self.currency, text, self.bank_ref, self.occurrence)

    def key_at(self, occurrence: int) -> str:
        """The key this entry would have as another one of equals."""
        return entry_key(self.identity(""), occurrence)

    @property
    def money(self) -> Money:
        """As the file states it."""
        return Money(self.units, self.currency)

    @property
    def cents(self) -> int:
        """What the account's book moves by."""
        return self.units if self.foreign_cents is None else self.foreign_cents
