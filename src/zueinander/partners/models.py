"""Institutions that take hard cases."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zueinander.people.models import Person, Volunteer
from zueinander.shared.classes import Data
from zueinander.shared.lifecycle import Lifecycle
from zueinander.shared.sealed import SealedTextField


class Partner(models.Model):
    name = models.CharField(max_length=200, unique=True)
    area = models.CharField(max_length=200, blank=True, default="")
    offers = models.TextField(blank=True, default="")
    contact = SealedTextField()
    active = models.BooleanField(default=True)

    ABOUT_NOBODY = True
    CLASSES = {
        "name": Data.PUBLIC, "area": Data.PUBLIC, "offers": Data.PUBLIC, "contact": Data.IDENTITY,
        "active": Data.TECHNICAL,
    }  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Referring(models.TextChoices):
    CONSENT_ASKED = "asked", _("Einwilligung erbeten")
    CONSENTED = "consented", _("eingewilligt")
    HANDED = "handed", _("weitergegeben")
    TAKEN = "taken", _("übernommen")
    RETURNED = "returned", _("zurückgegeben")
    CLOSED = "closed", _("abgeschlossen")
    REFUSED = "refused", _("nicht gewünscht")


REFERRING = Lifecycle(
    "Referral",
    Referring,
    Referring.CONSENT_ASKED,
    {
        Referring.CONSENT_ASKED: [Referring.CONSENTED, Referring.REFUSED],
        Referring.CONSENTED: [Referring.HANDED, Referring.REFUSED],
        Referring.HANDED: [Referring.TAKEN, Referring.RETURNED],
        Referring.TAKEN: [Referring.CLOSED, Referring.RETURNED],
        Referring.RETURNED: [],
        Referring.CLOSED: [],
        Referring.REFUSED: [],
    },
)
OVER = (Referring.RETURNED, Referring.CLOSED, Referring.REFUSED)


class Referral(models.Model):
    """A case handed over with the person's consent.

    `answered_at`: when they said yes or no to this very partner; empty while only their consent to partners in general
    stands for it.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="referrals")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="referrals")
    state = models.CharField(max_length=10, choices=Referring.choices, default=Referring.CONSENT_ASKED)
    note = SealedTextField()
    by = models.ForeignKey(Volunteer, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    CLASSES = {
        "state": Data.TECHNICAL, "note": Data.CONTENT, "at": Data.TECHNICAL, "answered_at": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        constraints = [REFERRING.constraint("referral_state")]

    def __str__(self) -> str:
        return f"{self.partner} {self.state}"
