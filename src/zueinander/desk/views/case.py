"""A case: what somebody wrote, what we understood, what we said, what happened."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zueinander.desk import actions, queries, words
from zueinander.desk.forms import AGES, AnswerForm, ReferForm
from zueinander.desk.views.common import volunteer, with_queue
from zueinander.networks.models import Send, Sending
from zueinander.people.models import Attention, Person
from zueinander.shared.access import Door, door


@door(Door.VOLUNTEER)
@require_safe
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One line of the queue with everything around it; a proposal has a page of its own."""
    row = get_object_or_404(Attention.objects.select_related("person", "claimed_by"), pk=pk)
    if row.kind == Attention.Kind.PROPOSAL and row.cleared_at is None:
        match = queries.match_behind(row)
        if match is not None:
            return redirect("desk:proposal", match.pk)
    return _page(request, row.person, row)


@door(Door.VOLUNTEER)
@require_safe
def person(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(Person, pk=pk)
    return _page(request, found, queries.open_attentions().filter(person=found).select_related("claimed_by").first())


def _page(request: HttpRequest, found: Person | None, row: Attention | None) -> HttpResponse:
    me = volunteer(request)
    more: dict[str, Any] = {"line": queries.line(row, me) if row else None, "attention": row}
    if row is not None:
        more["held_by_other"] = actions.held_by_other(row, me)
        more["unclear"] = _unclear_send(row)
    if found is not None:
        more |= {
            "case": queries.case_of(found),
            "answer": AnswerForm(initial={"key": uuid.uuid4()}),
            "refer": ReferForm(),
            "intents": words.INTENTS.items(),
            "dangers": words.DANGERS.items(),
            "ages": AGES,
        }
    return render(request, "desk/case.html", with_queue(request, **more))


def _unclear_send(row: Attention) -> Send | None:
    """The public message a line without a person is about."""
    kind, key = queries.row_behind(row)
    return Send.objects.filter(pk=key, state=Sending.UNCLEAR).first() if kind == "send" else None


def back(request: HttpRequest, found: Person | None = None) -> HttpResponse:
    """To the case the button was on; the line's number comes along in the form."""
    line = request.POST.get("fall", "")
    if line.isdecimal() and Attention.objects.filter(pk=int(line)).exists():
        return redirect("desk:case", int(line))
    return redirect("desk:person", found.pk) if found else redirect("desk:queue")


def refused(request: HttpRequest) -> None:
    messages.error(request, _("Das ging nicht mehr: Inzwischen hat sich etwas geändert. Hier steht, wie es jetzt ist."))
