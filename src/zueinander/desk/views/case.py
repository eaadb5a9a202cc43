"""A case: what somebody wrote, what we understood, what we said, what happened."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from zueinander.desk import actions, queries, waiting, words
from zueinander.desk.forms import AGES, AnswerForm, ReferForm
from zueinander.desk.views.common import case_of, to_proposal, volunteer, with_queue
from zueinander.networks.actions import can_only_be_handed
from zueinander.networks.models import Send, Sending
from zueinander.people.models import Attention, Person
from zueinander.reach.models import Rise
from zueinander.shared.access import Door, door


@door(Door.VOLUNTEER)
@require_safe
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One line of the queue with everything around it; a proposal has a page of its own."""
    row = get_object_or_404(Attention.objects.select_related("person", "claimed_by"), pk=pk)
    match = queries.proposal_behind(row)
    if match is not None:
        return to_proposal(request, match)
    if row.kind == Attention.Kind.RISE:
        rise = Rise.objects.filter(pk=queries.row_behind(row)[1]).first()
        return redirect("desk:reach_of", rise.campaign_id) if rise else redirect("desk:reach")
    if row.kind == Attention.Kind.PRESS:
        return redirect("desk:reach_answer", queries.row_behind(row)[1])
    return _page(request, row.person, row)


@door(Door.VOLUNTEER)
@require_safe
def person(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(Person, pk=pk)
    row = waiting.open_attentions().filter(person=found).select_related("claimed_by").first()
    return _page(request, found, row)


def in_hand(request: HttpRequest, row: Attention | None, *people: Person | None) -> dict[str, Any]:
    """What a page about a case says of who has it: `line` in words, `holder` when it is somebody else."""
    me = volunteer(request)
    cases = case_of(*people) | (Q(pk=row.pk) if row else Q(pk=None))
    return {"line": waiting.line(row, me) if row else None, "attention": row, "holder": actions.holder(cases, by=me)}


def _page(request: HttpRequest, found: Person | None, row: Attention | None) -> HttpResponse:
    more: dict[str, Any] = in_hand(request, row, found)
    if row is not None:
        more["unclear"] = _unclear_send(row)
        more["proposal"] = queries.proposal_behind(row)
    if found is not None:
        more |= {
            "case": queries.case_of(found),
            "answer": AnswerForm(initial={"key": uuid.uuid4()}),
            "refer": ReferForm(),
            "intents": words.INTENTS.items(),
            "dangers": words.DANGERS.items(),
            "ages": AGES,
            "by_hand_only": can_only_be_handed(found),
        }
    return render(request, "desk/case.html", with_queue(request, **more))


def _unclear_send(row: Attention) -> Send | None:
    """The public message a line without a person is about."""
    kind, key = queries.row_behind(row)
    return Send.objects.filter(pk=key, state=Sending.UNCLEAR).first() if kind == "send" else None
