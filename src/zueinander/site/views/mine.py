"""A person's own page, opened by their personal link: see, change, pause, withdraw, download, delete."""

from __future__ import annotations

import json
from uuid import UUID

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zueinander.introductions.models import Ask, FollowUp, Introduction
from zueinander.listings.actions import consent
from zueinander.listings.models import Listing
from zueinander.partners.actions import open_questions
from zueinander.partners.models import Referral, Referring
from zueinander.people.actions import has_consented, make_link, open_link
from zueinander.people.models import AgeBand, Consent, Person, PersonalLink, Purpose
from zueinander.shared.access import Door, door
from zueinander.shared.config import config
from zueinander.shared.forgetting import export

from .. import doing
from ..forms import ticked
from ..forms_mine import AnswerForm, MailForm, QuestionsForm
from ..links import LinkGone, for_row, kindly, remember, whole
from ..prefill import understood
from ..state import cases
from .limits import PER_PERSON, network_address, too_many

FRESH = "fresh_link"
LINKS_PER_HOUR = 5


@door(Door.ANYONE)
@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Puts the link into the session and leads on, so that the token never stays in the address."""
    link = open_link(token)
    if link is None:
        return HttpResponseRedirect(reverse("site:gone"))
    remember(request, link)
    return HttpResponseRedirect(_target(link))


def _target(link: PersonalLink) -> str:
    pages = {
        PersonalLink.Use.ANSWER: ("site:answer", Ask),
        PersonalLink.Use.CONVERSATION: ("site:conversation", Introduction),
        PersonalLink.Use.FOLLOW_UP: ("site:follow_up", FollowUp),
        PersonalLink.Use.REFERRAL: ("site:referral", Referral),
    }
    kind, _colon, key = link.subject.partition(":")
    name, model = pages.get(PersonalLink.Use(link.use), ("", Ask))
    if name and kind == model._meta.model_name:
        return reverse(name, args=[UUID(key) if model is Introduction else int(key)])
    draft = link.person.listings.filter(state="draft").first()
    return reverse("site:questions", args=[draft.pk]) if draft and link.use == "questions" else reverse("site:own")


@door(Door.ANYONE)
@require_safe
def gone(request: HttpRequest) -> HttpResponse:
    return render(request, "site/link.html", {"gone": True, "form": _mail_form()}, status=410)


@door(Door.ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest) -> HttpResponse:
    """Sends a new link by mail. Says the same whether or not we know the address."""
    form = _mail_form(request)
    if form.is_bound and form.is_valid():
        if wait := too_many(request, "link", by=network_address(request), per_hour=LINKS_PER_HOUR):
            return wait
        doing.send_new_link(mail=form.cleaned_data["mail"])
        return render(request, "site/link.html", {"sent": True})
    return render(request, "site/link.html", {"form": form}, status=422 if form.is_bound else 200)


def _mail_form(request: HttpRequest | None = None) -> MailForm:
    given = request.POST if request and request.method == "POST" else None
    return MailForm(given, label_suffix="", use_required_attribute=False)


@door(Door.LINK)
@require_safe
@kindly
def own(request: HttpRequest) -> HttpResponse:
    person = whole(request).person
    standing = set(Consent.objects.filter(person=person, withdrawn_at=None).values_list("purpose", flat=True))
    context = {
        "person": person, "listings": cases(person), "fresh": request.session.pop(FRESH, ""),
        "referrals": open_questions(person),
        "consents": [(purpose, words, purpose in standing) for purpose, words in Purpose.choices],
    }  # fmt: skip
    return render(request, "site/mine/own.html", context)


def _listing(person: Person, pk: UUID) -> Listing:
    return get_object_or_404(Listing.objects.select_related("campaign"), pk=pk, person=person)


@door(Door.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@kindly
def questions(request: HttpRequest, pk: UUID) -> HttpResponse:
    link = whole(request)
    listing = _listing(link.person, pk)
    given = request.POST if request.method == "POST" else None
    form = QuestionsForm(
        given, campaign=listing.campaign, seeks=listing.side == "seek", initial=understood(link.person, listing)
    )
    if form.is_bound and form.is_valid():
        if wait := too_many(request, "questions", by=str(link.person_id), per_hour=PER_PERSON):
            return wait
        if form.cleaned_data["age_band"] == AgeBand.UNDER_18 or link.person.is_minor:
            doing.note_minor(person=link.person)
            return HttpResponseRedirect(reverse("site:young"))
        doing.answer_questions(listing=listing, person=link.person, answers=form.cleaned_data, purposes=ticked(form))
        if link.use == PersonalLink.Use.QUESTIONS:
            _own_link(request, link)
        return HttpResponseRedirect(reverse("site:own"))
    return render(
        request, "site/mine/questions.html", {"form": form, "listing": listing}, status=422 if form.is_bound else 200
    )


def _own_link(request: HttpRequest, used: PersonalLink) -> None:
    """The link with the questions has done its work; from now on the person has a page of their own."""
    PersonalLink.objects.filter(pk=used.pk).delete()
    token = make_link(person=used.person, use=PersonalLink.Use.OWN_PAGE)
    request.session[FRESH] = config().address + reverse("site:enter", args=[token])
    fresh = open_link(token)
    assert fresh is not None
    remember(request, fresh)


@door(Door.LINK)
@require_POST
@kindly
def pause(request: HttpRequest, pk: UUID) -> HttpResponse:
    doing.pause(listing=_listing(whole(request).person, pk))
    return HttpResponseRedirect(reverse("site:own"))


@door(Door.LINK)
@require_POST
@kindly
def resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = whole(request).person
    if has_consented(person, Purpose.MATCH):
        doing.resume(listing=_listing(person, pk))
    else:
        messages.info(request, _("Ohne dieses Ja können wir niemanden für dich suchen."))
    return HttpResponseRedirect(reverse("site:own"))


@door(Door.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@kindly
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    listing = _listing(whole(request).person, pk)
    if request.method == "POST":
        doing.withdraw(listing=listing)
        return HttpResponseRedirect(reverse("site:own"))
    context = {
        "question": _("Zurückziehen?"), "button": _("Ja, zurückziehen"), "back": reverse("site:own"),
        "words": _("Wir suchen dann nicht mehr für dich. Bist du schon verabredet, sagen wir dem anderen Menschen ab."),
    }  # fmt: skip
    return render(request, "site/mine/sure.html", context)


@door(Door.LINK)
@require_POST
@kindly
def consents(request: HttpRequest) -> HttpResponse:
    consent(person=whole(request).person, purposes=request.POST.getlist("purposes"))
    return HttpResponseRedirect(reverse("site:own"))


@door(Door.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@kindly
def referral(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether an institution may be asked for them; until it has been, a yes may still become a no."""
    row = Referral.objects.select_related("partner").filter(pk=pk).first()
    if row is None:
        raise LinkGone
    for_row(request, row, row.person_id)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        doing.answer_referral(referral=row, yes=form.cleaned_data["answer"] == "yes")
        return HttpResponseRedirect(request.path)
    return render(request, "site/mine/referral.html", {"referral": row, "states": Referring})


@door(Door.LINK)
@require_safe
@kindly
def download(request: HttpRequest) -> HttpResponse:
    held = json.dumps(export(whole(request).person.pk), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    response = HttpResponse(held, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="meine-daten.json"'
    return response


@door(Door.LINK)
@require_http_methods(["GET", "HEAD", "POST"])
@kindly
def erase(request: HttpRequest) -> HttpResponse:
    person = whole(request).person
    if request.method == "POST":
        doing.erase(person=person)
        request.session.flush()
        return HttpResponseRedirect(reverse("site:erased"))
    context = {
        "question": _("Alles löschen?"), "button": _("Ja, alles löschen"), "back": reverse("site:own"),
        "words": _("Dein Gesuch oder Angebot und deine Gespräche sind dann weg. Das lässt sich nicht zurückholen."),
    }  # fmt: skip
    return render(request, "site/mine/sure.html", context)


@door(Door.ANYONE)
@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    return render(request, "site/mine/erased.html")
