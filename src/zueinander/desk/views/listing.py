"""A listing by hand: let it rest, end it, and look further than the matcher did."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zueinander.campaigns.models import Occasion
from zueinander.desk import words
from zueinander.desk.views.common import actor, back, changes, volunteer
from zueinander.listings.actions import pause, resume, withdraw
from zueinander.listings.models import Listing, Side
from zueinander.matching.actions import NotTogether, candidates_for, forbid, pin
from zueinander.people.models import Person
from zueinander.shared.access import Door, door

STEPS = {"pause": pause, "weiter": resume, "zurueckziehen": withdraw}


def _whose(row: Listing) -> list[Person]:
    return [row.person]


@door(Door.VOLUNTEER)
@changes(Listing, _whose)
def step(request: HttpRequest, row: Listing, step: str) -> HttpResponse:
    if step not in STEPS:
        raise Http404
    STEPS[step](row, actor=actor(request))
    return back(request, row.person)


@door(Door.VOLUNTEER)
@require_safe
def candidates(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Who else would fit, best first, whatever the whole proposal says."""
    row = get_object_or_404(Listing.objects.select_related("person", "campaign"), pk=pk)
    found = candidates_for(row, limit=12)
    return render(request, "desk/candidates.html", {"listing": row, "candidates": found})


@door(Door.VOLUNTEER)
@changes(Listing, _whose)
def together(request: HttpRequest, row: Listing) -> HttpResponse:
    """Puts this listing and another together by hand, or apart for good; the matcher keeps to it."""
    other, occasion = _other(request, row)
    seek, offer = (row, other) if row.side == Side.SEEK else (other, row)
    try:
        if request.POST.get("was") == "nie":
            forbid(seek=seek, offer=offer, occasion=occasion, by=volunteer(request))
            messages.success(request, _("Diese beiden werden einander nicht mehr vorgeschlagen."))
            return redirect("desk:candidates", row.pk)
        match = pin(seek=seek, offer=offer, occasion=occasion, by=volunteer(request))
    except NotTogether as why:
        messages.error(request, words.apart(str(why)))
        return redirect("desk:candidates", row.pk)
    messages.success(request, _("Von Hand zusammengestellt. Gefragt werden beide erst nach deinem Ja."))
    return redirect("desk:proposal", match.pk)


def _other(request: HttpRequest, row: Listing) -> tuple[Listing, Occasion]:
    try:
        key, day = uuid.UUID(request.POST.get("mit", "")), int(request.POST.get("anlass", ""))
    except ValueError:
        raise Http404 from None
    opposite = Listing.objects.exclude(side=row.side).filter(campaign=row.campaign_id)
    return get_object_or_404(opposite, pk=key), get_object_or_404(Occasion, pk=day, campaign=row.campaign_id)
