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
from zueinander.desk.forms_calls import CallForm
from zueinander.desk.views.common import changes, refused, volunteer
from zueinander.shared.access import Door, door
from zueinander.shared.lifecycle import ForbiddenStep


@door(Door.COORDINATOR)
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, filled: CallForm | None = None, status: int = 200) -> HttpResponse:
    """All calls; `filled`: the one somebody is working on, as they left it."""
    found = Call.objects.exclude(state=Calling.DROPPED).select_related("campaign", "occasion")
    rows = [
        (call, filled if filled and filled.call == call else CallForm(call) if call.state == Calling.DRAFT else None)
        for call in found.prefetch_related("sends__account").order_by("-created_at")[:60]
    ]
    more = {"rows": rows, "campaigns": Campaign.objects.running(), "form": filled}
    return render(request, "desk/calls.html", more, status=status)


@door(Door.COORDINATOR)
@require_POST
def drafts(request: HttpRequest, pk: int) -> HttpResponse:
    made = draft_calls(get_object_or_404(Campaign, pk=pk))
    said = _("%d neue Entwürfe.") % made if made else _("Kein neuer Entwurf: Nirgends warten drei oder mehr zusammen.")
    messages.success(request, said)
    return redirect("desk:calls")


@door(Door.COORDINATOR)
@require_POST
def published(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows how it will look, or sends it out."""
    call = get_object_or_404(Call.objects.select_related("campaign"), pk=pk)
    form = CallForm(call, request.POST)
    if "vorschau" in request.POST:
        return _page(request, CallForm(call, request.POST, looking=True))
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        publish(call, by=volunteer(request), **form.cleaned_data)
    except ForbiddenStep:
        refused(request)
    else:
        messages.success(request, _("Der Aufruf geht jetzt hinaus."))
    return redirect("desk:calls")


@door(Door.COORDINATOR)
@changes(Call, lambda call: [])
def dropped(request: HttpRequest, call: Call) -> HttpResponse:
    drop(call, by=volunteer(request))
    messages.success(request, _("Verworfen."))
    return redirect("desk:calls")
