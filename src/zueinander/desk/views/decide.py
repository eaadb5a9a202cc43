"""What a volunteer does on a case. Every button is a POST; doing it twice changes nothing more."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from zueinander.desk import actions, queries
from zueinander.desk.forms import AGES, AnswerForm, ReferForm
from zueinander.desk.views.common import actor, back, changes, on_to_next, to_proposal, volunteer
from zueinander.journal.actions import name_of
from zueinander.listings.welcome import hand_link, renew_links
from zueinander.networks.actions import can_only_be_handed, settle_unclear, tell
from zueinander.networks.models import Send
from zueinander.partners.actions import refer
from zueinander.people.actions import block, stop
from zueinander.people.models import Attention, Person
from zueinander.shared.access import Door, door


def _themselves(person: Person) -> tuple[Person]:
    return (person,)


@door(Door.VOLUNTEER)
@changes(Attention, lambda row: [row.person])
def done(request: HttpRequest, row: Attention) -> HttpResponse:
    """Answered by hand: the line leaves the queue and the next one comes. A proposal wants a yes or a no instead."""
    match = queries.proposal_behind(row)
    if match is not None:
        return to_proposal(request, match)
    actions.answered_by_hand(row, by=volunteer(request))
    return on_to_next(request)


@door(Door.VOLUNTEER)
@changes(Person, _themselves)
def answer(request: HttpRequest, found: Person) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Da steht noch keine Antwort."))
        return back(request, found)
    key = f"desk:{form.cleaned_data['key']}"
    sent = tell(person=found, text=form.cleaned_data["text"], about=name_of(found), key=key, automatic=False)
    if sent is None:
        messages.error(request, _("Von hier aus dürfen oder können wir nicht schreiben. Bitte antworte im Netz."))
    else:
        messages.success(request, _("Deine Antwort ist bereitgelegt und geht gleich hinaus."))
    return back(request, found)


@door(Door.VOLUNTEER)
@changes(Person, _themselves)
def stopped(request: HttpRequest, found: Person) -> HttpResponse:
    stop(person=found, actor=actor(request))
    messages.success(request, _("Wir schreiben dieser Person nicht mehr."))
    return back(request, found)


@door(Door.VOLUNTEER)
@changes(Person, _themselves)
def relinked(request: HttpRequest, found: Person) -> HttpResponse:
    """Their link is lost or in wrong hands: every old one ends, a new one goes out."""
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return back(request, found)
    if renew_links(found, by=volunteer(request), key=str(key)):
        messages.success(request, _("Die alten Links gelten nicht mehr. Ein neuer geht gleich hinaus."))
    else:
        messages.error(request, _("Die alten Links gelten nicht mehr. Einen neuen können wir hier nicht senden."))
    return back(request, found)


@door(Door.VOLUNTEER)
@never_cache
@changes(Person, _themselves)
def handed(request: HttpRequest, found: Person) -> HttpResponse:
    """A link for somebody we cannot write to: shown once, here, to hand on by voice or on paper."""
    if not can_only_be_handed(found):
        messages.error(request, _("Dieser Person können wir schreiben. Schick ihr den neuen Link dorthin."))
        return back(request, found)
    if request.POST.get("geprueft") != "ja":
        messages.error(request, _("Bitte prüf zuerst, ob es wirklich diese Person ist."))
        return back(request, found)
    return render(request, "desk/handed.html", {"person": found, "link": hand_link(found, by=volunteer(request))})


@door(Door.VOLUNTEER)
@changes(Person, _themselves)
def aged(request: HttpRequest, found: Person) -> HttpResponse:
    """How old they are, as a band; under 18 ends what they wished for."""
    band = request.POST.get("alter", "")
    if band not in dict(AGES):
        return back(request, found)
    actions.note_age(found, band=band, by=volunteer(request))
    said = _("Als unter 18 vermerkt. Diese Person wird nicht vermittelt.") if found.is_minor else _("Vermerkt.")
    messages.success(request, said)
    return back(request, found)


@door(Door.VOLUNTEER)
@changes(Person, _themselves)
def blocked(request: HttpRequest, found: Person) -> HttpResponse:
    try:
        other = get_object_or_404(Person, pk=uuid.UUID(request.POST.get("andere", "")))
    except ValueError:
        return back(request, found)
    if other.pk != found.pk:
        block(one=found, other=other, actor=actor(request))
        messages.success(request, _("Diese beiden werden nicht mehr zusammengebracht."))
    return back(request, found)


@door(Door.VOLUNTEER)
@changes(Person, _themselves)
def referred(request: HttpRequest, found: Person) -> HttpResponse:
    form = ReferForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        refer(person=found, partner=data["partner"], note=data["note"], by=volunteer(request))
        messages.success(request, _("Vermerkt. Weitergegeben wird erst, wenn die Person eingewilligt hat."))
    else:
        messages.error(request, _("Bitte wähle eine Einrichtung."))
    return back(request, found)


@door(Door.VOLUNTEER)
@changes(Send, lambda send: [send.person])
def settled(request: HttpRequest, row: Send) -> HttpResponse:
    """A message of which nobody knows whether it arrived: a human says so."""
    settle_unclear(row, as_sent=request.POST.get("ergebnis") == "angekommen", by=volunteer(request))
    return back(request, row.person)
