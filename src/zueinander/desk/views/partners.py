"""Institutions that take hard cases, and the reports of people."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_safe

from zueinander.desk import actions
from zueinander.desk.forms import PartnerForm
from zueinander.desk.views.common import changes, volunteer
from zueinander.introductions.models import Report
from zueinander.partners.actions import close, consent, hand_over, keep_partner, returned, taken
from zueinander.partners.models import Partner, Referral, Referring
from zueinander.people.models import Volunteer
from zueinander.shared.access import Door, door


@door(Door.COORDINATOR)
@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    referrals = Referral.objects.select_related("person", "partner").order_by("-at")[:50]
    rows = [(referral, steps_of(referral)) for referral in referrals]
    return render(request, "desk/partners.html", {"partners": Partner.objects.order_by("name"), "rows": rows})


@door(Door.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    partner = get_object_or_404(Partner, pk=pk) if pk else None
    form = PartnerForm(request.POST or None, instance=partner, initial={"contact": partner.contact if partner else ""})
    if request.method == "POST" and form.is_valid():
        keep_partner(partner, by=volunteer(request), **form.cleaned_data)
        messages.success(request, _("Gespeichert."))
        return redirect("desk:partners")
    heading = partner.name if partner else _("Neue Partnereinrichtung")
    return render(request, "desk/form.html", {"form": form, "heading": heading, "back": "desk:partners"})


def _consented(referral: Referral, *, by: Volunteer) -> Referral:
    """The person said yes to somebody of the team."""
    return consent(referral, yes=True, actor=f"volunteer:{by.pk}")


def _declined(referral: Referral, *, by: Volunteer) -> Referral:
    return consent(referral, yes=False, actor=f"volunteer:{by.pk}")


STEPS = {
    "eingewilligt": _consented,
    "abgelehnt": _declined,
    "weitergegeben": hand_over,
    "uebernommen": taken,
    "zurueck": returned,
    "fertig": close,
}
LABELS = {
    "eingewilligt": lazy("Hat eingewilligt"), "abgelehnt": lazy("Möchte nicht"),
    "weitergegeben": lazy("Weitergegeben"), "uebernommen": lazy("Übernommen"), "zurueck": lazy("Kam zurück"),
    "fertig": lazy("Abgeschlossen"),
}  # fmt: skip
NEXT = {
    Referring.CONSENT_ASKED: ("eingewilligt", "abgelehnt"), Referring.CONSENTED: ("weitergegeben", "abgelehnt"),
    Referring.HANDED: ("uebernommen", "zurueck"), Referring.TAKEN: ("fertig", "zurueck"),
}  # fmt: skip


def steps_of(referral: Referral) -> list[tuple[str, object]]:
    """The steps that are possible now: (address part, label)."""
    return [(name, LABELS[name]) for name in NEXT.get(Referring(referral.state), ())]


@door(Door.COORDINATOR)
@changes(Referral, lambda referral: [referral.person])
def step(request: HttpRequest, referral: Referral, step: str) -> HttpResponse:
    if step not in STEPS:
        raise Http404
    STEPS[step](referral, by=volunteer(request))
    return redirect("desk:partners")


@door(Door.COORDINATOR)
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    rows = Report.objects.select_related("by", "message", "introduction__match").order_by("settled_at", "-at")[:100]
    return render(request, "desk/reports.html", {"reports": rows})


@door(Door.COORDINATOR)
@changes(Report, lambda report: [report.by])
def settle(request: HttpRequest, report: Report) -> HttpResponse:
    actions.settle_report(report, by=volunteer(request))
    return redirect("desk:reports")
