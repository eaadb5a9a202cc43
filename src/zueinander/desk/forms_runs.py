"""Questions to the matcher: what if, and what counts how much."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zueinander.campaigns.models import Campaign
from zueinander.desk.words import WEIGHTS
from zueinander.matching.solver import Weights
from zueinander.matching.solving import weights_of
from zueinander.matching.whatif import Change, NewHosts
from zueinander.understanding.reader import lookup

_LEAST = {"closeness_km": 0.01, "waiting_full_days": 0.01, "hard_party": 1, "detour_factor": 1}


class WhatIfForm(forms.Form):
    """One question to the matcher: further ways, more hosts somewhere, or both."""

    km = forms.IntegerField(
        label=_("Wenn alle, die suchen, so viele Kilometer weiter fahren"), required=False, min_value=0, max_value=500
    )
    count = forms.IntegerField(
        label=_("Wenn wir so viele Gastgeber:innen finden"), required=False, min_value=0, max_value=500
    )
    place = forms.CharField(
        label=_("in"), required=False, max_length=80, help_text=_("Ein Ort oder eine Postleitzahl.")
    )
    seats = forms.IntegerField(
        label=_("mit so vielen Plätzen"), required=False, min_value=1, max_value=12, initial=2
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("count"):
            known = lookup(data.get("place") or "", limit=1)
            if not known:
                self.add_error("place", _("Diesen Ort kennen wir nicht. Schreib ihn bitte ohne Zusätze."))
            else:
                data["spot"] = known[0]
        elif not data.get("km"):
            self.add_error("km", _("Sag uns, was anders wäre: mehr Kilometer oder mehr Plätze."))
        return data

    def change(self) -> Change:
        data, spot = self.cleaned_data, self.cleaned_data.get("spot")
        hosts = spot and NewHosts(data["place"], spot.lat, spot.lon, data["count"], data.get("seats") or 2)
        return Change(extra_km=data["km"] or 0, hosts=hosts or None)

    @classmethod
    def asked(cls, change: Change) -> WhatIfForm:
        """As it was filled in."""
        hosts = change.hosts
        given = {"count": hosts.count, "place": hosts.place, "seats": hosts.seats} if hosts else {}
        return cls(initial={"km": change.extra_km or None, **given})


class WeightsForm(forms.Form):
    """What counts how much in one campaign."""

    def __init__(self, campaign: Campaign, data: Any = None, asked: Change | None = None) -> None:
        given, standard = (asked and asked.weights) or weights_of(campaign), Weights()
        now = {name: given.get(name, getattr(standard, name)) for name in WEIGHTS}
        super().__init__(data, initial=now)
        self.standard = {name: getattr(standard, name) for name in WEIGHTS}
        for name, label in WEIGHTS.items():
            usual = gettext("Üblich: %s") % formats.localize(self.standard[name])
            self.fields[name] = forms.FloatField(
                label=label, min_value=_LEAST.get(name, 0), max_value=1_000_000, localize=True, help_text=usual
            )

    def chosen(self) -> dict[str, float]:
        """Only what differs from the usual."""
        return {name: self.cleaned_data[name] for name in WEIGHTS if self.cleaned_data[name] != self.standard[name]}
