"""A better understanding of what somebody wrote: each button changes one thing, and the listing follows at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from zueinander.desk.queries import said_days
from zueinander.desk.views.common import back, changes, volunteer
from zueinander.listings.actions import take_up
from zueinander.people.models import Person
from zueinander.shared.access import Door, door
from zueinander.understanding.actions import correct
from zueinander.understanding.models import Reading
from zueinander.understanding.rules import WrongCorrection


def writer(reading: Reading) -> Person | None:
    return reading.post.handle.person if reading.post.handle else None


@door(Door.VOLUNTEER)
@changes(Reading, lambda row: [writer(row)])
def corrected(request: HttpRequest, row: Reading) -> HttpResponse:
    try:
        wanted = changes_of(request.POST, row.found)
        if wanted:
            correct(row, by=volunteer(request), **wanted)
            take_up(row)
            messages.success(request, _("Berichtigt."))
    except (WrongCorrection, ValueError):
        messages.error(request, _("Das verstehen wir nicht. Die Lesart ist, wie sie war."))
    return back(request, writer(row))


def changes_of(post: QueryDict, found: Mapping[str, Any]) -> dict[str, Any]:
    """What the button wants changed; adding what is there and taking what is not change nothing.

    ValueError for a number that is none.
    """
    said = {name: str(value) for name, value in post.items()}
    made: dict[str, Any] = {name: said[name] for name in ("intent", "danger") if said.get(name)}
    if "places" in said:
        made["places"] = [p.strip() for p in said["places"].split(",") if p.strip()]
    for name, before in (("when", said_days(dict(found))), ("needs", list(found.get("needs") or []))):
        if f"{name}_add" in post or f"{name}_drop" in post:
            gone = post.getlist(f"{name}_drop")
            made[name] = [v for v in dict.fromkeys([*before, *post.getlist(f"{name}_add")]) if v and v not in gone]
    if said.get("people"):
        made["people"] = int(said["people"])
    if "age" in said:
        made["age"] = int(said["age"]) if said["age"] else None
    return made
