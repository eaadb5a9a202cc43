"""The public form: one question a screen, nothing lost on the way back, nothing doubled when sent twice."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from zueinander.campaigns.models import Campaign
from zueinander.people.actions import open_link
from zueinander.people.models import AgeBand
from zueinander.shared.access import Door, door
from zueinander.shared.config import config

from ..doing import take_form
from ..draft import Draft
from ..forms import NAMES, STEPS, ConsentForm, Question
from ..links import remember
from ..sending import first_gap, message, spoken
from .limits import network_address as network_address  # the other public forms take it from here
from .limits import too_many

PER_HOUR = 10
KEEP = "link_to_keep"


def _campaign(slug: str) -> Campaign:
    return get_object_or_404(Campaign.objects.running().prefetch_related("occasions"), slug=slug)


def _step(slug: str, name: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("site:join", args=[slug, name]))


@door(Door.ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, slug: str, step: str = NAMES[0]) -> HttpResponse:
    campaign, draft = _campaign(slug), Draft(request, slug)
    if step not in STEPS:
        return _step(slug, NAMES[0])
    if draft.sent and step != NAMES[0]:
        return HttpResponseRedirect(reverse("site:joined", args=[slug]))
    gap = first_gap(draft, before=step)
    if gap != step:
        return _step(slug, gap)
    seeks = draft.answers.get("side", "seek") == "seek"
    given = request.POST if request.method == "POST" else None
    form = STEPS[step](given, campaign=campaign, seeks=seeks, initial={} if draft.sent else draft.answers)
    if form.is_bound and form.is_valid():
        return _answered(request, campaign, draft, step, form)
    place = NAMES.index(step)
    context = {
        "campaign": campaign, "form": form, "step": step, "number": place + 1, "of": len(NAMES),
        "previous": NAMES[place - 1] if place else "", "last": place + 1 == len(NAMES),
        "summary": spoken(draft, campaign) if place + 1 == len(NAMES) else [],
    }  # fmt: skip
    return render(request, "site/join.html", context, status=422 if form.is_bound else 200)


def _answered(request: HttpRequest, campaign: Campaign, draft: Draft, step: str, form: Question) -> HttpResponse:
    if isinstance(form, ConsentForm):
        return _send(request, campaign, draft, form)
    if step == "alter" and form.cleaned_data["age_band"] == AgeBand.UNDER_18:
        return HttpResponseRedirect(reverse("site:young"))
    draft.keep(**form.cleaned_data)
    following = NAMES[NAMES.index(step) + 1]
    if first_gap(draft) == NAMES[-1]:  # everything is answered: somebody came back to change one thing
        following = NAMES[-1]
    return _step(campaign.slug, following)


def _send(request: HttpRequest, campaign: Campaign, draft: Draft, form: ConsentForm) -> HttpResponse:
    if wait := too_many(request, "join", by=network_address(request), per_hour=PER_HOUR, campaign=campaign):
        return wait
    token = take_form(campaign, message(draft, campaign, form.purposes(), get_language()))
    draft.finish()
    if token and (link := open_link(token)):
        remember(request, link)
        request.session[KEEP] = config().address + reverse("site:enter", args=[token])
    return HttpResponseRedirect(reverse("site:joined", args=[campaign.slug]))


@door(Door.ANYONE)
@require_safe
def joined(request: HttpRequest, slug: str) -> HttpResponse:
    campaign, draft = _campaign(slug), Draft(request, slug)
    if not draft.sent:
        return _step(slug, first_gap(draft))
    context = {
        "campaign": campaign, "seeks": draft.answers.get("side") == "seek", "by_mail": bool(draft.answers.get("mail")),
        "keep": request.session.pop(KEEP, ""),
    }  # fmt: skip
    return render(request, "site/joined.html", context)
