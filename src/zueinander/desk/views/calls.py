"""Calls: drafted by the machine, published or dropped by a human."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zueinander.calls.actions import draft_calls, drop, publish
from zueinander.calls.models import Call, Calling
from zueinander.campaigns.models import Campaign
from zueinander.desk.forms import CallForm
from zueinander.desk.views.case import refused
from zueinander.desk.views.common import volunteer
from zueinander.shared.access import Door, door
from zueinander.shared.lifecycle import ForbiddenStep


@door(Door.COORDINATOR)
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    found = Call.objects.exclude(state=Calling.DROPPED).select_related("campaign", "occasion").order_by("-created_at")
    rows = [(call, _form(call) if call.state == Calling.DRAFT else None) for call in found[:60]]
    return render(request, "desk/calls.html", {"rows": rows, "campaigns": Campaign.objects.running()})


def _form(call: Call) -> CallForm:
    return CallForm(call.campaign, initial={"text": call.text}, auto_id=f"call{call.pk}_%s")


@door(Door.COORDINATOR)
@require_POST
def drafts(request: HttpRequest, pk: int) -> HttpResponse:
    made = draft_calls(get_object_or_404(Campaign, pk=pk))
    messages.success(request, _("%d neue Entwürfe.") % made)
    return redirect("desk:calls")


@door(Door.COORDINATOR)
@require_POST
def published(request: HttpRequest, pk: int) -> HttpResponse:
    call = get_object_or_404(Call.objects.select_related("campaign"), pk=pk)
    form = CallForm(call.campaign, request.POST)
    if not form.is_valid():
        messages.error(request, _("Bitte wähle mindestens ein Konto und lass den Text nicht leer."))
        return redirect("desk:calls")
    try:
        publish(call, by=volunteer(request), **form.cleaned_data)
    except ForbiddenStep:
        refused(request)
    else:
        messages.success(request, _("Der Aufruf geht jetzt hinaus."))
    return redirect("desk:calls")


@door(Door.COORDINATOR)
@require_POST
def dropped(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        drop(get_object_or_404(Call, pk=pk), by=volunteer(request))
    except ForbiddenStep:
        refused(request)
    return redirect("desk:calls")
