"""The queue: one list, one next case."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zueinander.campaigns.models import Campaign
from zueinander.desk import actions, demo, searching, waiting
from zueinander.desk.views.common import changes, to_line, volunteer, wanted, with_queue
from zueinander.people.models import Attention
from zueinander.shared.access import Door, door

KEYS_OFF = "keys_off"  # the session's name for "my keys are for my reading aid"


@door(Door.VOLUNTEER)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "desk/queue.html",
        with_queue(
            request,
            waiting=waiting.open_attentions(wanted(request)).count(),
            today=waiting.today(volunteer(request)),
            campaigns=Campaign.objects.exists(),
            playing=demo.running(),
        ),
    )


@door(Door.VOLUNTEER)
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """How many lines came in since the page was made: announced, not inserted; 204: nothing new to say."""
    number, told = request.GET.get("nach", ""), request.GET.get("bekannt", "0")
    came = waiting.since(int(number), wanted(request)) if number.isdecimal() else waiting.News(0, 0)
    if str(came.count) == told:
        return HttpResponse(status=204)
    return render(request, "desk/parts/news.html", {"came": came, "wanted": wanted(request)})


@door(Door.VOLUNTEER)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "").strip()[:80]
    found = searching.people(asked) if len(asked) > 1 else None
    return render(request, "desk/search.html", {"asked": asked, "found": found})


@door(Door.VOLUNTEER)
@require_POST
def take_next(request: HttpRequest) -> HttpResponse:
    """Claims the next free line and shows it; from a case, the one after it."""
    after = request.POST.get("nach", "")
    me, among = volunteer(request), wanted(request).lines
    return to_line(request, actions.claim(by=me, after=int(after) if after.isdecimal() else None, among=among))


@door(Door.VOLUNTEER)
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Attention, pk=pk)
    if actions.claim(by=volunteer(request), pk=pk) is None:
        messages.warning(request, _("Diesen Fall hat gerade jemand anderes."))
    return to_line(request, found)


@door(Door.VOLUNTEER)
@require_POST
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """From somebody else, openly."""
    found = get_object_or_404(Attention, pk=pk)
    before = actions.take_over(found, by=volunteer(request))
    if before:
        messages.success(request, _("Du hast den Fall von %s übernommen. Das steht im Verlauf.") % before)
    return to_line(request, found)


@door(Door.VOLUNTEER)
@changes(Attention, lambda row: [row.person])
def put_back(request: HttpRequest, row: Attention) -> HttpResponse:
    actions.put_down(row, by=volunteer(request))
    return to_line(request, None)


@door(Door.VOLUNTEER)
@require_POST
def keys(request: HttpRequest) -> HttpResponse:
    """Single keys off, for whoever speaks to their computer or reads with one, and on again."""
    request.session[KEYS_OFF] = not request.session.get(KEYS_OFF, False)
    return redirect("desk:queue")


@door(Door.COORDINATOR)
@require_POST
def play(request: HttpRequest) -> HttpResponse:
    demo.start()
    messages.success(request, _("Die Vorführung läuft. Gleich kommen die ersten Beiträge."))
    return redirect("desk:queue")


@door(Door.COORDINATOR)
@require_POST
def unplay(request: HttpRequest) -> HttpResponse:
    demo.remove()
    messages.success(request, _("Die Vorführung ist weg, mit allem, was dazugehörte."))
    return redirect("desk:queue")
