"""What happens between two people: a proposal, their conversation, a report or a block, and how it was."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zueinander.introductions.models import Ask, FollowUp, Introduction, Message
from zueinander.matching.models import Matching
from zueinander.people.models import Person
from zueinander.shared.access import Door, door

from .. import doing
from ..forms_mine import AnswerForm, FollowUpForm, ReportForm, SayForm
from ..links import LinkGone, current, for_row, is_whole, kindly
from ..state import after_a_yes, other_side
from .limits import PER_PERSON, too_many


@door(Door.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@kindly
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Both sides' yes or no; a second click on the same answer changes nothing."""
    ask = Ask.objects.select_related("listing", "match__seek__person", "match__offer__person", "match__occasion")
    row = ask.filter(pk=pk).first()
    if row is None:
        raise LinkGone
    link = for_row(request, row, row.listing.person_id)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if not doing.answer(ask=row, yes=form.cleaned_data["answer"] == "yes"):
            messages.info(request, _("Dieser Vorschlag ist nicht mehr offen. Wir suchen weiter für dich."))
        return HttpResponseRedirect(request.path)
    closed = row.match.state != Matching.APPROVED
    context = {
        "ask": row, "other": other_side(row.listing, row.match), "closed": closed, "whole": is_whole(link),
        "after_a_yes": after_a_yes(row.listing.person),
        "introduction": Introduction.objects.filter(match=row.match, closed_at=None).first(),
    }  # fmt: skip
    return render(request, "site/mine/answer.html", context)


def _introduction(request: HttpRequest, pk: UUID) -> tuple[Introduction, Person, Person]:
    """The introduction, me and the other one. Raises `LinkGone` for anybody else's."""
    rows = Introduction.objects.select_related("match__seek__person", "match__offer__person", "match__occasion")
    row, person = rows.filter(pk=pk).first(), current(request).person
    if row is None:
        raise LinkGone
    pair = [row.match.seek.person, row.match.offer.person]
    if person not in pair:
        raise LinkGone
    for_row(request, row, person.pk)
    return row, person, next(p for p in pair if p != person)


@door(Door.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@kindly
def conversation(request: HttpRequest, pk: UUID) -> HttpResponse:
    row, person, other = _introduction(request, pk)
    given = request.POST if request.method == "POST" else None
    form = SayForm(given, initial={"token": secrets.token_hex(16)}, label_suffix="", use_required_attribute=False)
    if form.is_bound and form.is_valid():
        if wait := too_many(request, "say", by=str(person.pk), per_hour=PER_PERSON):
            return wait
        said = doing.say(
            introduction=row, author=person, text=form.cleaned_data["text"], token=form.cleaned_data["token"]
        )
        if not said:
            messages.info(request, _("Dieses Gespräch ist zu Ende. Deine Nachricht wurde nicht geschickt."))
        return HttpResponseRedirect(request.path)
    thread = Message.objects.filter(introduction=row)
    context = {"introduction": row, "person": person, "other": other, "thread": thread, "form": form}
    return render(request, "site/mine/conversation.html", context, status=422 if form.is_bound else 200)


@door(Door.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@kindly
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    row, person, _other = _introduction(request, pk)
    number = request.GET.get("nachricht", "")
    about = (
        get_object_or_404(Message, introduction=row, pk=int(number)) if number.isascii() and number.isdigit() else None
    )
    form = ReportForm(request.POST if request.method == "POST" else None, label_suffix="", use_required_attribute=False)
    if form.is_bound and form.is_valid():
        if wait := too_many(request, "report", by=str(person.pk), per_hour=PER_PERSON):
            return wait
        doing.report(introduction=row, by=person, message=about, text=form.cleaned_data["text"])
        if form.cleaned_data["block"]:
            doing.block(introduction=row, by=person)
        messages.success(request, _("Danke. Ein Mensch aus unserem Team liest es heute noch."))
        return HttpResponseRedirect(reverse("site:conversation", args=[row.pk]))
    context = {"introduction": row, "message": about, "form": form}
    return render(request, "site/mine/report.html", context, status=422 if form.is_bound else 200)


@door(Door.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@kindly
def block(request: HttpRequest, pk: UUID) -> HttpResponse:
    row, person, _other = _introduction(request, pk)
    back = reverse("site:conversation", args=[row.pk])
    if request.method == "POST":
        doing.block(introduction=row, by=person)
        messages.success(request, _("Diese Person kann dir nicht mehr schreiben."))
        return HttpResponseRedirect(back)
    context = {
        "question": _("Person sperren?"), "button": _("Ja, sperren"), "back": back,
        "words": _("Ihr könnt euch dann nicht mehr schreiben, und wir schlagen euch einander nie wieder vor."),
    }  # fmt: skip
    return render(request, "site/mine/sure.html", context)


@door(Door.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@kindly
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    rows = FollowUp.objects.select_related("introduction__match__seek__person", "introduction__match__offer__person")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise LinkGone
    for_row(request, row, row.person_id)
    match = row.introduction.match
    form = FollowUpForm(
        request.POST if request.method == "POST" else None, label_suffix="", use_required_attribute=False
    )
    if form.is_bound and form.is_valid():
        if not row.answered_at:
            doing.answer_follow_up(follow_up=row, answers=form.cleaned_data)
        return HttpResponseRedirect(request.path)
    other = match.offer.person if match.seek.person_id == row.person_id else match.seek.person
    context = {"follow_up": row, "form": form, "other": other, "occasion": match.occasion}
    return render(request, "site/mine/follow_up.html", context, status=422 if form.is_bound else 200)
