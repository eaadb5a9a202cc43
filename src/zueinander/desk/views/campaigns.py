"""Campaigns: make, change, open, close."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zueinander.campaigns.actions import close_campaign, open_campaign, save_campaign
from zueinander.campaigns.models import Campaign
from zueinander.desk import queries
from zueinander.desk.forms import CampaignForm, free_slug
from zueinander.desk.views.common import actor, refused
from zueinander.shared.access import Door, door
from zueinander.shared.lifecycle import ForbiddenStep


@door(Door.COORDINATOR)
@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    rows = queries.campaigns_to_choose().prefetch_related("occasions", "accounts")
    return render(request, "desk/campaigns.html", {"campaigns": rows})


@door(Door.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    campaign = get_object_or_404(Campaign, pk=pk) if pk else None
    form = CampaignForm(request.POST or None, initial=CampaignForm.initial_for(campaign))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        __, kept = save_campaign(
            campaign, slug=campaign.slug if campaign else free_slug(data["name"]), name=data["name"],
            hashtags=data["hashtags"], countries=data["countries"], season=(data["season_start"], data["season_end"]),
            occasions=data["occasions"], welcome=data["welcome"], accounts=data["accounts"], actor=actor(request),
        )  # fmt: skip
        messages.success(request, _("Gespeichert."))
        if kept:
            messages.warning(
                request, _("Diese Anlässe bleiben, weil die Aktion schon lief: %s.") % ", ".join(map(str, kept))
            )
        return redirect("desk:campaigns")
    title = campaign.name if campaign else _("Neue Aktion")
    return render(request, "desk/form.html", {"form": form, "heading": title, "back": "desk:campaigns"})


@door(Door.COORDINATOR)
@require_POST
def state(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign, pk=pk)
    step = close_campaign if request.POST.get("zustand") == "closed" else open_campaign
    try:
        step(campaign, actor=actor(request))
    except ForbiddenStep:
        refused(request)
    return redirect("desk:campaigns")
