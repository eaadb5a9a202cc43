"""Seeker and host side by side: yes, no with a reason, or next."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zueinander.desk import actions, queries, words
from zueinander.desk.forms import REJECT_REASONS
from zueinander.desk.views.common import volunteer, with_queue
from zueinander.listings.models import Listing
from zueinander.matching.actions import NoSeat, NotTogether, approve, reject
from zueinander.matching.models import Match, Matching
from zueinander.people.models import AgeBand
from zueinander.shared.access import Door, door
from zueinander.shared.lifecycle import ForbiddenStep


@door(Door.VOLUNTEER)
@require_safe
def proposal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    match = get_object_or_404(Match.objects.select_related("seek__person", "offer__person", "occasion"), pk=pk)
    row = queries.attention_of_match(match)
    return render(
        request,
        "desk/proposal.html",
        with_queue(
            request,
            match=match,
            attention=row,
            line=queries.line(row, volunteer(request)) if row else None,
            sides=[side(match.seek), side(match.offer)],
            watch=look_out_for(match),
            open=match.state == Matching.PROPOSED,
            reasons=REJECT_REASONS,
        ),
    )


def side(listing: Listing) -> dict[str, object]:
    return {
        "listing": listing,
        "who": queries.known_as(listing.person),
        "needs": [words.need(n) for n in listing.needs],
        "accepts": [words.need(n) for n in listing.accepts],
    }


def look_out_for(match: Match) -> list[str]:
    """What a human should think of before saying yes, in sentences."""
    said = []
    seek, offer = match.seek, match.offer
    if match.distance_km > 60:
        said.append(_("Der Weg ist weit: %d km. Kommt die Person an dem Tag hin und zurück?") % match.distance_km)
    missing = [words.need(n) for n in seek.needs if n not in offer.accepts]
    if missing:
        said.append(_("Beim Angebot steht nichts zu: %s.") % ", ".join(missing))
    if AgeBand.UNKNOWN in (seek.person.age_band, offer.person.age_band):
        said.append(_("Bei mindestens einer Person wissen wir das Alter nicht."))
    if seek.household_wish and seek.household_wish != offer.household_is:
        said.append(_("Gewünscht ist: %s.") % seek.get_household_wish_display())
    if offer.household_wish and offer.household_wish != seek.household_is:
        said.append(_("Der Haushalt wünscht sich: %s.") % offer.get_household_wish_display())
    return said


def _decided(request: HttpRequest) -> HttpResponse:
    following = actions.claim(by=volunteer(request))
    return redirect("desk:case", following.pk) if following else redirect("desk:queue")


@door(Door.VOLUNTEER)
@require_POST
def yes(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    match = get_object_or_404(Match, pk=pk)
    if _held(request, match):
        return redirect("desk:proposal", pk)
    try:
        approve(match, by=volunteer(request))
    except NoSeat:
        messages.error(request, _("Der Platz ist inzwischen vergeben. Beide bleiben in der Suche."))
    except (NotTogether, ForbiddenStep):
        messages.error(request, _("Dieser Vorschlag gilt nicht mehr. Es ist nichts geschehen."))
    else:
        messages.success(request, _("Beide werden jetzt gefragt."))
    return _decided(request)


@door(Door.VOLUNTEER)
@require_POST
def no(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    match = get_object_or_404(Match, pk=pk)
    if _held(request, match):
        return redirect("desk:proposal", pk)
    reason = request.POST.get("grund", "")
    if reason not in dict(REJECT_REASONS):
        messages.error(request, _("Bitte wähle einen Grund. Er hilft beim nächsten Vorschlag."))
        return redirect("desk:proposal", pk)
    try:
        reject(match, by=volunteer(request), reason=reason)
    except ForbiddenStep:
        messages.error(request, _("Dieser Vorschlag gilt nicht mehr. Es ist nichts geschehen."))
    return _decided(request)


def _held(request: HttpRequest, match: Match) -> bool:
    row = queries.attention_of_match(match)
    if row is None or not actions.held_by_other(row, volunteer(request)):
        return False
    messages.error(request, _("Diesen Vorschlag hat gerade %s.") % row.claimed_by)
    return True
