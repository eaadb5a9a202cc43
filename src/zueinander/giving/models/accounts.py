"""The accounts people pay into, and the guarded way to change where that is."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zueinander.campaigns.models import Campaign
from zueinander.giving.rules.protection import TRANSITIONS
from zueinander.people.models import Volunteer
from zueinander.shared.classes import Data
from zueinander.shared.lifecycle import Lifecycle


def in_fours(iban: str) -> str:
    """The IBAN in groups of four, as people read it."""
    return " ".join(iban[at : at + 4] for at in range(0, len(iban), 4))


class BankAccount(models.Model):
    """`holder` exactly as the bank knows it. An empty `iban` waits for its first change to be carried out.

    An account whose book has begun keeps its IBAN; a change then opens the next one, named in `replaced_by`.
    `layouts`: the mappings that the wizard saved for this bank's tables (`banks.wizard.to_json`).
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="bank_accounts")
    holder = models.CharField(max_length=70)
    iban = models.CharField(max_length=34, blank=True, default="")
    bank = models.CharField(max_length=120, blank=True, default="")
    currency = models.CharField(max_length=3, default="EUR")
    iban_changed_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(auto_now_add=True)
    replaced_by = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces")
    layouts = models.JSONField(default=list, blank=True)

    CLASSES = {
        "holder": Data.PUBLIC, "iban": Data.PUBLIC, "bank": Data.PUBLIC, "currency": Data.PUBLIC,
        "iban_changed_at": Data.PUBLIC, "opened_at": Data.TECHNICAL, "layouts": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["iban"], condition=~Q(iban=""), name="iban_once")]

    def __str__(self) -> str:
        return f"{self.holder} {self.spaced}".strip()

    @property
    def spaced(self) -> str:
        return in_fours(self.iban)


class Changing(models.TextChoices):
    """The states of `rules.protection`, with German names."""

    PROPOSED = "proposed", _("vorgeschlagen")
    APPROVED = "approved", _("zugestimmt, wartet einen Tag")
    DONE = "done", _("geändert")
    WITHDRAWN = "withdrawn", _("zurückgezogen")


CHANGING = Lifecycle(
    "Change of an IBAN",
    Changing,
    Changing.PROPOSED,
    {state.value: [target.value for target in targets] for state, targets in TRANSITIONS.items()},
)


class IbanChange(models.Model):
    """A wish to pay in somewhere else: takes effect by two people's wish and a day's delay."""

    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="changes")
    holder = models.CharField(max_length=70)
    iban = models.CharField(max_length=34)
    bank = models.CharField(max_length=120, blank=True, default="")
    state = models.CharField(max_length=10, choices=Changing.choices, default=Changing.PROPOSED)
    proposed_by = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(Volunteer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    CLASSES = {
        "holder": Data.PUBLIC, "iban": Data.PUBLIC, "bank": Data.PUBLIC, "state": Data.TECHNICAL,
        "proposed_at": Data.TECHNICAL, "approved_at": Data.TECHNICAL, "done_at": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        ordering = ["-proposed_at"]
        constraints = [
            CHANGING.constraint("iban_change_state"),
            models.UniqueConstraint(
                fields=["account"], condition=Q(state__in=["proposed", "approved"]), name="one_standing_iban_change"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "done"])
                | (Q(approved_by__isnull=False) & ~Q(approved_by=models.F("proposed_by"))),
                name="iban_change_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} → {self.iban} {self.state}"

    @property
    def spaced(self) -> str:
        return in_fours(self.iban)
