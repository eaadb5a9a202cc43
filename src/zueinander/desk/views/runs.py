"""What the matcher did last and how good it is, who is still without company and why, and what would help."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zueinander.campaigns.models import Campaign
from zueinander.desk import words
from zueinander.desk.forms_runs import WeightsForm, WhatIfForm
from zueinander.desk.naming import known_as
from zueinander.desk.views.common import volunteer
from zueinander.matching.actions import weigh
from zueinander.matching.models import Alone, Match, Matching, Question, Run, Verdict
from zueinander.matching.whatif import MOST_TRIES, Change, Effect, ask
from zueinander.shared.access import Door, door

ALONE_SHOWN = 200


@dataclass(frozen=True)
class Row:
    """A campaign's last run. `missing`: at most so many more could have company; `gap`: of the best fit, in percent;
    `bonus`: what serving the hard to place first brought and cost, in sentences."""

    campaign: Campaign
    run: Run | None
    missing: int
    gap: float
    bonus: list[str]
    safe: int
    better_open: int
    unjudged: bool
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
        bonus=words.bonus(run.hard, run.bonus) if run and run.bonus else [],
        safe=proposed.filter(verdict__in=[Verdict.SAFE, Verdict.SOON]).count(),
        unjudged=proposed.filter(verdict="").exists(),
        better_open=proposed.filter(verdict=Verdict.OPEN).count(),
        alone=named,
        left_out=alone.count() - len(named),
    )


@door(Door.VOLUNTEER)
@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    rows = [row_of(campaign) for campaign in Campaign.objects.running().order_by("-season_end", "name")]
    return render(request, "desk/runs.html", {"rows": rows})


@door(Door.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def asking(request: HttpRequest, pk: int) -> HttpResponse:
    """What if: the question is put to a background step, its answer stands on the page that asked it."""
    campaign = get_object_or_404(Campaign, pk=pk)
    question = _question(request, campaign)
    form = WhatIfForm.asked(Change.of(question.asked)) if question else WhatIfForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _asked(request, ask(campaign, form.change()))
    return render(request, "desk/what_if.html", {"campaign": campaign, "form": form, **_told(question)})


def _question(request: HttpRequest, campaign: Campaign) -> Question | None:
    """What this page asked before; the answer to it, or that it is still being reckoned, is shown."""
    number = request.GET.get("frage", "")
    return campaign.questions.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 10 else None


def _asked(request: HttpRequest, question: Question) -> HttpResponse:
    return HttpResponseRedirect(f"{request.path}?frage={question.pk}")


def _told(question: Question | None) -> dict[str, object]:
    effect = Effect(**question.answer) if question and question.answer else None
    headline = words.more(effect.matched_after - effect.matched_before) if effect else ""
    given_up = question is not None and question.answer is None and question.tries >= MOST_TRIES
    return {"question": question, "effect": effect, "headline": headline, "given_up": given_up}


@door(Door.COORDINATOR)
@require_safe
def answered(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer alone, for a page that waits for it."""
    return render(request, "desk/parts/effect.html", _told(get_object_or_404(Question, pk=pk)))


@door(Door.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def weights(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows what other weights would change, on the listings as they are; or takes them from the next run on."""
    campaign = get_object_or_404(Campaign, pk=pk)
    question = _question(request, campaign)
    form = WeightsForm(campaign, request.POST or None, Change.of(question.asked) if question else None)
    if request.method == "POST" and form.is_valid():
        if "uebernehmen" not in request.POST:
            return _asked(request, ask(campaign, Change(weights=form.chosen())))
        weigh(campaign, values=form.chosen(), by=volunteer(request))
        messages.success(request, _("Gespeichert. Es gilt ab dem nächsten Lauf."))
        return redirect("desk:runs")
    return render(request, "desk/weights.html", {"campaign": campaign, "form": form, **_told(question)})
