"""Institutions that take hard cases, and the reports of people."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zueinander.desk import actions
from zueinander.desk.forms import PartnerForm
from zueinander.desk.views.case import refused
from zueinander.desk.views.common import volunteer
from zueinander.introductions.models import Report
from zueinander.partners.actions import close, consent, hand_over, returned, taken
from zueinander.partners.models import Partner, Referral
from zueinander.people.models import Volunteer
from zueinander.shared.access import Door, door
from zueinander.shared.lifecycle import ForbiddenStep


@door(Door.COORDINATOR)
@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    referrals = Referral.objects.select_related("person", "partner").order_by("-at")[:50]
    return render(request, "desk/partners.html", {"partners": Partner.objects.order_by("name"), "referrals": referrals})


@door(Door.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    partner = get_object_or_404(Partner, pk=pk) if pk else None
    form = PartnerForm(request.POST or None, instance=partner, initial={"contact": partner.contact if partner else ""})
    if request.method == "POST" and form.is_valid():
        row = form.save(commit=False)
        row.contact = form.cleaned_data["contact"]
        row.save()
        messages.success(request, _("Gespeichert."))
        return redirect("desk:partners")
    heading = partner.name if partner else _("Neue Partnereinrichtung")
    return render(request, "desk/form.html", {"form": form, "heading": heading, "back": "desk:partners"})


def _consented(referral: Referral, *, by: Volunteer) -> Referral:
    """The person said yes to somebody of the team."""
    return consent(referral, yes=True, actor=f"volunteer:{by.pk}")


STEPS = {
    "eingewilligt": _consented,
    "weitergegeben": hand_over,
    "uebernommen": taken,
    "zurueck": returned,
    "fertig": close,
}


@door(Door.COORDINATOR)
@require_POST
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    if step not in STEPS:
        raise Http404
    try:
        STEPS[step](get_object_or_404(Referral, pk=pk), by=volunteer(request))
    except ForbiddenStep:
        refused(request)
    return redirect("desk:partners")


@door(Door.COORDINATOR)
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    rows = Report.objects.select_related("by", "message", "introduction__match").order_by("settled_at", "-at")[:100]
    return render(request, "desk/reports.html", {"reports": rows})


@door(Door.COORDINATOR)
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    actions.settle_report(get_object_or_404(Report, pk=pk), by=volunteer(request))
    return redirect("desk:reports")
