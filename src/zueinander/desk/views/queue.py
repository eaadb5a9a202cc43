"""The queue: one list, one next case."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zueinander.campaigns.models import Campaign
from zueinander.desk import actions, demo, queries
from zueinander.desk.views.common import volunteer, with_queue
from zueinander.people.models import Attention
from zueinander.shared.access import Door, door


@door(Door.VOLUNTEER)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    me = volunteer(request)
    return render(
        request,
        "desk/queue.html",
        with_queue(
            request,
            waiting=queries.open_attentions().count(),
            company=queries.found_company_today(),
            mine=queries.cleared_today(me),
            campaigns=Campaign.objects.exists(),
            playing=demo.running(),
        ),
    )


@door(Door.VOLUNTEER)
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """How many lines came in since the page was made: announced, not inserted."""
    newest = request.GET.get("nach", "")
    count = queries.open_attentions().filter(pk__gt=int(newest)).count() if newest.isdecimal() else 0
    return render(request, "desk/parts/news.html", {"count": count})


@door(Door.VOLUNTEER)
@require_POST
def take_next(request: HttpRequest) -> HttpResponse:
    """Claims the next free line and shows it; from a case, the one after it."""
    after = request.POST.get("nach", "")
    found = actions.claim(by=volunteer(request), after=int(after) if after.isdecimal() else None)
    return redirect("desk:case", found.pk) if found else redirect("desk:queue")


@door(Door.VOLUNTEER)
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Attention, pk=pk)
    if actions.claim(by=volunteer(request), pk=pk) is None:
        messages.warning(request, _("Diesen Fall hat gerade jemand anderes."))
    return redirect("desk:case", found.pk)


@door(Door.VOLUNTEER)
@require_POST
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    actions.put_down(get_object_or_404(Attention, pk=pk), by=volunteer(request))
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
