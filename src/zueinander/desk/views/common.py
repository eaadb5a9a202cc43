"""What all views of the desk share: who sits there, the queue beside a page, and who may change what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

from django.contrib import messages
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zueinander.campaigns.models import Campaign
from zueinander.desk import actions, waiting
from zueinander.desk.waiting import Wanted
from zueinander.matching.models import Match
from zueinander.people.models import Attention, Person, Volunteer
from zueinander.shared.lifecycle import ForbiddenStep

Row = TypeVar("Row", bound=models.Model)


def volunteer(request: HttpRequest) -> Volunteer:
    """Who sits at the desk; the door has let nobody else in."""
    assert isinstance(request.user, Volunteer)
    return request.user


def actor(request: HttpRequest) -> str:
    return f"volunteer:{volunteer(request).pk}"


def wanted(request: HttpRequest) -> Wanted:
    """The part of the queue this volunteer works on; addresses and forms carry it along."""
    given = request.POST if request.method == "POST" else request.GET
    return Wanted.of(given, press=volunteer(request).is_coordinator)


def with_queue(request: HttpRequest, **more: Any) -> dict[str, Any]:
    """The left pane beside whatever a page shows."""
    part = wanted(request)
    return {
        "queue": waiting.queue(volunteer(request), part), "wanted": part, "newest": waiting.newest(part),
        "as_of": timezone.now(), "kinds": Attention.Kind.choices,
        "choosable": Campaign.objects.running().order_by("-season_end", "name"), **more,
    }  # fmt: skip


def to_line(request: HttpRequest, line: Attention | None) -> HttpResponse:
    """To this line of the queue, or to the queue when there is none left; the chosen part stays chosen."""
    address = reverse("desk:case", args=[line.pk]) if line else reverse("desk:queue")
    return redirect(address + wanted(request).tail)


def to_proposal(request: HttpRequest, match: Match) -> HttpResponse:
    """To the page where it is decided; the chosen part of the queue stays chosen."""
    return redirect(reverse("desk:proposal", args=[match.pk]) + wanted(request).tail)


def on_to_next(request: HttpRequest) -> HttpResponse:
    return to_line(request, actions.claim(by=volunteer(request), among=wanted(request).lines))


def back(request: HttpRequest, found: Person | None = None) -> HttpResponse:
    """To the case the button was on; the line's number comes along in the form."""
    line = request.POST.get("fall", "")
    if line.isdecimal() and (row := Attention.objects.filter(pk=int(line)).first()):
        return to_line(request, row)
    return redirect("desk:person", found.pk) if found else redirect("desk:queue")


def refused(request: HttpRequest) -> None:
    messages.error(request, _("Das ging nicht mehr: Inzwischen hat sich etwas geändert. Hier steht, wie es jetzt ist."))


def case_of(*people: Person | None) -> Q:
    """The lines about any of these people."""
    return Q(person__in=[person for person in people if person])


def changes(
    model: type[Row], people: Callable[[Row], Iterable[Person | None]]
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A button on one row: found or 404, pressed by POST only, refused while somebody else has a case it belongs to.

    `people`: whose cases the row belongs to. A step that is not possible any more changes nothing and says so.
    """

    def wrap(act: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @require_POST
        @wraps(act)
        def view(request: HttpRequest, pk: Any, **more: Any) -> HttpResponse:
            row: Row = get_object_or_404(model, pk=pk)
            whose = [person for person in people(row) if person]
            cases = Q(pk=row.pk) | case_of(*whose) if isinstance(row, Attention) else case_of(*whose)
            holder = actions.holder(cases, by=volunteer(request))
            if holder is not None:
                messages.error(request, _("Diesen Fall hat gerade %s. Du kannst ihn übernehmen.") % holder)
                return back(request, whose[0] if whose else None)
            try:
                return act(request, row, **more)
            except ForbiddenStep:
                refused(request)
                return back(request, whose[0] if whose else None)

        view.guards = model  # type: ignore[attr-defined]  # for whoever lists what is guarded
        return view

    return wrap
