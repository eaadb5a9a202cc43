"""How far it goes: figures with their source, plots with their table, and what rises."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zueinander.campaigns.models import Campaign
from zueinander.desk.forms_reach import CorrectionForm, ObservationForm
from zueinander.desk.views.common import volunteer
from zueinander.people.actions import clear_attention
from zueinander.reach import actions, queries
from zueinander.reach.models import Coverage, Measure, Observation, PressRequest, Rise
from zueinander.reach.rules.plots import Plot, svg
from zueinander.shared.access import Door, door

SHOWN = 60


@dataclass(frozen=True)
class Drawn:
    """A measure's plot with the newest figures under it. `left_out`: how many are in the download only."""

    measure: Measure
    plot: Plot
    rows: list[Observation]
    left_out: int

    @property
    def drawing(self) -> SafeString:
        return mark_safe(svg(self.plot))


def _drawn(campaign: Campaign) -> list[Drawn]:
    found = []
    for measure in Measure:
        rows = queries.series(campaign, measure)
        if rows:
            newest = rows[: -SHOWN - 1 : -1]
            found.append(Drawn(measure, queries.plot_of(campaign, measure), newest, len(rows) - len(newest)))
    return found


@door(Door.VOLUNTEER)
@require_safe
def overview(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    campaigns = list(Campaign.objects.order_by("-season_end", "name"))
    campaign = get_object_or_404(Campaign, pk=pk) if pk else next(iter(campaigns), None)
    if campaign is None:
        return render(request, "desk/reach/overview.html", {"campaigns": campaigns})
    public = request.GET.get("publikum", "")
    return render(request, "desk/reach/overview.html", {
        "campaigns": campaigns, "campaign": campaign, "drawn": _drawn(campaign),
        "disagreements": queries.disagreements(campaign), "rises": Rise.objects.filter(campaign=campaign)[:10],
        "people": queries.people_reached(campaign, public=int(public[:12]) if public.isdecimal() else queries.PUBLIC),
        "coverage": Coverage.objects.filter(campaign=campaign).defer("copy"),
        "requests": PressRequest.objects.filter(campaign=campaign).select_related("contact", "answered_by"),
    })  # fmt: skip


@door(Door.VOLUNTEER)
@require_POST
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    """The team has seen that the hashtag rises."""
    rise = get_object_or_404(Rise, pk=pk)
    Rise.objects.filter(campaign=rise.campaign, seen_at=None).update(seen_at=timezone.now())
    clear_attention(subject=rise, by=volunteer(request))
    return redirect("desk:reach_of", rise.campaign_id)


@door(Door.VOLUNTEER)
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign, pk=pk)
    form = ObservationForm(request.POST or None, initial={"at": timezone.localtime()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.note(campaign=campaign, by=volunteer(request), **form.cleaned_data)
        except actions.Contradicts as earlier:
            form.add_error("value", _("Dieselbe Quelle sagte für diesen Moment schon %s. Berichtige das.") % earlier)
        else:
            messages.success(request, _("Gespeichert."))
            return redirect("desk:reach_of", pk)
    return form_page(request, form, _("Messwert notieren"), campaign)


@door(Door.VOLUNTEER)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Observation.objects.valid(), pk=pk)
    form = CorrectionForm(request.POST or None, initial={"value": row.value})
    if request.method == "POST" and form.is_valid():
        actions.correct(row, value=form.cleaned_data["value"], by=volunteer(request))
        messages.success(request, _("Gespeichert."))
        return redirect("desk:reach_of", row.campaign_id)
    heading = f"{row.get_measure_display()}, {timezone.localtime(row.at):%d.%m.%Y %H:%M}, {row.source}"
    return form_page(request, form, heading, row.campaign)


@door(Door.VOLUNTEER)
@require_safe
def download(request: HttpRequest, pk: int, measure: str) -> HttpResponse:
    """The whole series as CSV, corrections beside what they correct."""
    if measure not in Measure.values:
        raise Http404
    campaign = get_object_or_404(Campaign, pk=pk)
    text = queries.as_csv(campaign, measure)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{campaign.slug}-{measure}.csv"'
    return response


def form_page(request: HttpRequest, form: object, heading: str, campaign: Campaign) -> HttpResponse:
    """One question after the other, and back to the figures."""
    return render(request, "desk/reach/form.html", {"form": form, "heading": heading, "campaign": campaign})
