"""What the matcher did last and how good it is, who is still without company and why, and what would help."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zueinander.campaigns.models import Campaign
from zueinander.desk import words
from zueinander.desk.forms_runs import WeightsForm, WhatIfForm
from zueinander.desk.naming import known_as
from zueinander.desk.views.common import volunteer
from zueinander.matching.actions import weigh
from zueinander.matching.models import Alone, Match, Matching, Run, Verdict
from zueinander.matching.whatif import Effect, what_if
from zueinander.shared.access import Door, door

ALONE_SHOWN = 200


@dataclass(frozen=True)
class Row:
    """A campaign's last run. `missing`: at most so many more could have company; `gap`: of the best fit, in percent."""

    campaign: Campaign
    run: Run | None
    missing: int
    gap: float
    safe: int
    better_open: int
    alone: list[tuple[str, Alone]]
    left_out: int


def row_of(campaign: Campaign) -> Row:
    run = campaign.runs.order_by("-id").first()
    proposed = Match.objects.filter(campaign=campaign, state=Matching.PROPOSED)
    alone = Alone.objects.filter(listing__campaign=campaign).select_related("listing__person")
    shown = alone.prefetch_related("listing__person__handles").order_by("code", "listing__place", "pk")[:ALONE_SHOWN]
    named = [(known_as(one.listing.person), one) for one in shown]
    return Row(
        campaign=campaign,
        run=run,
        missing=run.matched_bound - run.matched if run else 0,
        gap=100 * run.gap if run else 0.0,
        safe=proposed.filter(verdict=Verdict.SAFE).count(),
        better_open=proposed.filter(verdict__in=[Verdict.CONTESTED, Verdict.BETTER_POSSIBLE]).count(),
        alone=named,
        left_out=alone.count() - len(named),
    )


@door(Door.VOLUNTEER)
@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    rows = [row_of(campaign) for campaign in Campaign.objects.running().order_by("-season_end", "name")]
    return render(request, "desk/runs.html", {"rows": rows})


@door(Door.COORDINATOR)
@require_safe
def asking(request: HttpRequest, pk: int) -> HttpResponse:
    """What if: nothing is changed, so the question stands in the address."""
    campaign = get_object_or_404(Campaign, pk=pk)
    form = WhatIfForm(request.GET or None)
    effect = None
    if request.GET and form.is_valid():
        effect = what_if(campaign, extra_km=form.cleaned_data["km"] or 0, hosts=form.hosts())
    return render(request, "desk/what_if.html", _told(campaign, form, effect))


def _told(campaign: Campaign, form: forms.Form, effect: Effect | None) -> dict[str, object]:
    headline = words.more(effect.told.more) if effect else ""
    asked = form.is_bound and form.is_valid()
    return {"campaign": campaign, "form": form, "effect": effect, "headline": headline, "asked": asked}


@door(Door.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def weights(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows what other weights would change, on the listings as they are; or takes them from the next run on."""
    campaign = get_object_or_404(Campaign, pk=pk)
    form = WeightsForm(campaign, request.POST or None)
    effect = None
    if request.method == "POST" and form.is_valid():
        if "uebernehmen" in request.POST:
            weigh(campaign, values=form.chosen(), by=volunteer(request))
            messages.success(request, _("Gespeichert. Es gilt ab dem nächsten Lauf."))
            return redirect("desk:runs")
        effect = what_if(campaign, weights=form.chosen())
    return render(request, "desk/weights.html", _told(campaign, form, effect))
