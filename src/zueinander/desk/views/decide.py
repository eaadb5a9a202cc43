"""What a volunteer does on a case. Every button is a POST; doing it twice changes nothing more."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zueinander.desk import actions
from zueinander.desk.forms import AnswerForm, ReferForm
from zueinander.desk.views.case import back, refused
from zueinander.desk.views.common import actor, volunteer
from zueinander.journal.actions import name_of
from zueinander.listings.actions import pause, resume, withdraw
from zueinander.listings.models import Listing, Standing
from zueinander.networks.actions import settle_unclear, tell
from zueinander.networks.models import Send
from zueinander.partners.actions import refer
from zueinander.people.actions import block, stop
from zueinander.people.models import Attention, Person
from zueinander.shared.access import Door, door
from zueinander.shared.lifecycle import ForbiddenStep
from zueinander.understanding.actions import correct
from zueinander.understanding.models import Reading
from zueinander.understanding.rules import WrongCorrection


@door(Door.VOLUNTEER)
@require_POST
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """Answered by hand: the line leaves the queue and the next one comes."""
    row = get_object_or_404(Attention, pk=pk)
    me = volunteer(request)
    if actions.held_by_other(row, me):
        messages.error(request, _("Diesen Fall hat gerade %s.") % row.claimed_by)
        return redirect("desk:case", row.pk)
    actions.answered_by_hand(row, by=me)
    following = actions.claim(by=me)
    return redirect("desk:case", following.pk) if following else redirect("desk:queue")


@door(Door.VOLUNTEER)
@require_POST
def answer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(Person, pk=pk)
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
@require_POST
def stopped(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(Person, pk=pk)
    stop(person=found, actor=actor(request))
    messages.success(request, _("Wir schreiben dieser Person nicht mehr."))
    return back(request, found)


@door(Door.VOLUNTEER)
@require_POST
def minor(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(Person, pk=pk)
    actions.note_minor(found, by=volunteer(request))
    for listing in found.listings.filter(state__in=[Standing.OPEN, Standing.DRAFT, Standing.PAUSED]):
        withdraw(listing, actor=actor(request))
    messages.success(request, _("Als unter 18 vermerkt. Diese Person wird nicht vermittelt."))
    return back(request, found)


@door(Door.VOLUNTEER)
@require_POST
def blocked(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(Person, pk=pk)
    try:
        other = get_object_or_404(Person, pk=uuid.UUID(request.POST.get("andere", "")))
    except ValueError:
        return back(request, found)
    if other.pk != found.pk:
        block(one=found, other=other, actor=actor(request))
        messages.success(request, _("Diese beiden werden nicht mehr zusammengebracht."))
    return back(request, found)


@door(Door.VOLUNTEER)
@require_POST
def referred(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(Person, pk=pk)
    form = ReferForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        refer(person=found, partner=data["partner"], note=data["note"], by=volunteer(request))
        messages.success(request, _("Vermerkt. Weitergegeben wird erst, wenn die Person eingewilligt hat."))
    else:
        messages.error(request, _("Bitte wähle eine Einrichtung."))
    return back(request, found)


STEPS = {"pause": pause, "weiter": resume, "zurueckziehen": withdraw}


@door(Door.VOLUNTEER)
@require_POST
def listing_step(request: HttpRequest, pk: uuid.UUID, step: str) -> HttpResponse:
    row = get_object_or_404(Listing.objects.select_related("person"), pk=pk)
    if step not in STEPS:
        raise Http404
    try:
        STEPS[step](row, actor=actor(request))
    except ForbiddenStep:
        refused(request)
    return back(request, row.person)


@door(Door.VOLUNTEER)
@require_POST
def corrected(request: HttpRequest, pk: int) -> HttpResponse:
    """One click, one better understanding: each button names the field it changes."""
    row = get_object_or_404(Reading.objects.select_related("post__handle__person"), pk=pk)
    try:
        changes = changes_of(request)
        if changes:
            correct(row, by=volunteer(request), **changes)
            messages.success(request, _("Berichtigt."))
    except (WrongCorrection, ValueError):
        messages.error(request, _("Das verstehen wir nicht. Die Lesart ist, wie sie war."))
    return back(request, row.post.handle.person if row.post.handle else None)


def changes_of(request: HttpRequest) -> dict[str, Any]:
    """What the form wants changed. ValueError for a number that is none."""
    post = request.POST
    found: dict[str, Any] = {}
    for name in ("intent", "danger"):
        if post.get(name):
            found[name] = post[name]
    if "places" in post:
        found["places"] = [p.strip() for p in post["places"].split(",") if p.strip()]
    if "when" in post:
        found["when"] = [w for w in post.getlist("when") if w]
    if post.get("people"):
        found["people"] = int(post["people"])
    return found


@door(Door.VOLUNTEER)
@require_POST
def settled(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A message of which nobody knows whether it arrived: a human says so."""
    row = get_object_or_404(Send, pk=pk)
    try:
        settle_unclear(row, as_sent=request.POST.get("ergebnis") == "angekommen", by=volunteer(request))
    except ForbiddenStep:
        refused(request)
    return back(request, row.person)
