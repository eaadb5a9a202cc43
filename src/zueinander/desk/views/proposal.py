"""Seeker and host side by side: yes, no with a reason, or next; and, as long as it stands, letting them go again."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zueinander.desk import queries, words
from zueinander.desk.forms import REJECT_REASONS
from zueinander.desk.history import events
from zueinander.desk.naming import known_as
from zueinander.desk.views.case import in_hand
from zueinander.desk.views.common import changes, on_to_next, volunteer, with_queue
from zueinander.introductions.actions import part
from zueinander.journal.queries import history
from zueinander.listings.models import Listing
from zueinander.matching.actions import NoSeat, NotTogether, approve, reject
from zueinander.matching.models import LIVE, Match, Matching
from zueinander.matching.queries import watch_outs
from zueinander.people.models import Person
from zueinander.shared.access import Door, door
from zueinander.shared.lifecycle import ForbiddenStep


@door(Door.VOLUNTEER)
@require_safe
def proposal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    match = get_object_or_404(Match.objects.select_related("seek__person", "offer__person", "occasion"), pk=pk)
    about = in_hand(request, queries.attention_of_match(match), *_both(match))
    more = with_queue(
        request,
        match=match,
        sides=[side(match.seek), side(match.offer)],
        watch=watch_outs(match, words.need),
        verdict=words.VERDICTS.get(match.verdict, ""),
        open=match.state == Matching.PROPOSED,
        live=match.state in LIVE,
        reasons=REJECT_REASONS,
        events=events(history(match).reverse()[:40]),
        **about,
    )
    return render(request, "desk/proposal.html", more)


def side(listing: Listing) -> dict[str, object]:
    return {
        "listing": listing,
        "who": known_as(listing.person),
        "needs": [words.need(n) for n in listing.needs],
        "accepts": [words.need(n) for n in listing.accepts],
    }


def _both(match: Match) -> tuple[Person, Person]:
    return match.seek.person, match.offer.person


def _decide(request: HttpRequest, step: Callable[[], object], done: str) -> HttpResponse:
    """Takes the step, or says why it is not possible any more; either way the next case comes."""
    try:
        step()
    except NoSeat:
        messages.error(request, _("Der Platz ist inzwischen vergeben. Beide bleiben in der Suche."))
    except (NotTogether, ForbiddenStep):
        messages.error(request, _("Dieser Vorschlag gilt nicht mehr. Es ist nichts geschehen."))
    else:
        messages.success(request, done)
    return on_to_next(request)


@door(Door.VOLUNTEER)
@changes(Match, _both)
def yes(request: HttpRequest, match: Match) -> HttpResponse:
    return _decide(request, lambda: approve(match, by=volunteer(request)), _("Beide werden jetzt gefragt."))


@door(Door.VOLUNTEER)
@changes(Match, _both)
def no(request: HttpRequest, match: Match) -> HttpResponse:
    reason = request.POST.get("grund", "")
    if reason not in dict(REJECT_REASONS):
        messages.error(request, _("Bitte wähle einen Grund. Er hilft beim nächsten Vorschlag."))
        return redirect("desk:proposal", match.pk)
    said = _("Abgelehnt. Diese beiden kommen nicht wieder.")
    return _decide(request, lambda: reject(match, by=volunteer(request), reason=reason), said)


@door(Door.VOLUNTEER)
@changes(Match, _both)
def released(request: HttpRequest, match: Match) -> HttpResponse:
    """Lets two people go who were asked or introduced: the seats are free again, and both hear that it is over."""
    part(match, by=volunteer(request))
    messages.success(request, _("Beide sind wieder frei und hören davon. Wir suchen weiter."))
    return redirect("desk:proposal", match.pk)
