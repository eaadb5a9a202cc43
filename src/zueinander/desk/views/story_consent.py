"""What the family has agreed to: facts and pictures, each with its yes or no."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zueinander.desk.story_forms import AgreementForm, FactForm, PictureForm
from zueinander.desk.views.common import actor, volunteer
from zueinander.desk.views.story import story_of
from zueinander.shared.access import Door, door
from zueinander.shared.config import config
from zueinander.story.actions import add_picture, agree, family_link, save_fact, withdraw
from zueinander.story.consent import Thing, may_be_shown, standing
from zueinander.story.models import Fact, Picture, Story
from zueinander.story.pictures import BadPicture
from zueinander.story.telling import BadText


def _rows(things: Any) -> list[dict[str, Any]]:
    return [
        {
            "thing": one, "kind": one._meta.model_name, "agreed": standing(one), "shown": may_be_shown(one),
            "form": AgreementForm(auto_id=f"{one._meta.model_name}{one.pk}_%s"),
        }
        for one in things.prefetch_related("agreements")
    ]  # fmt: skip


def _page(request: HttpRequest, story: Story, **more: Any) -> HttpResponse:
    context = {
        "campaign": story.campaign, "story": story, "here": "consent", "facts": _rows(story.facts.all()),
        "pictures": _rows(story.pictures.all()), "fact_form": FactForm(auto_id="new_%s"),
        "picture_form": PictureForm(story, auto_id="picture_%s"), **more,
    }  # fmt: skip
    return render(request, "desk/story/consent.html", context)


@door(Door.COORDINATOR)
@require_safe
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, story_of(pk))


@door(Door.COORDINATOR)
@require_POST
def fact(request: HttpRequest, pk: int) -> HttpResponse:
    """A fact, new or under the same key with other words; then the family is asked again."""
    story, form = story_of(pk), FactForm(request.POST, auto_id="new_%s")
    if form.is_valid():
        try:
            save_fact(story, **form.cleaned_data, actor=actor(request))
        except BadText as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, _("Gespeichert. Zu sehen ist es erst, wenn die Familie zugestimmt hat."))
            return redirect("desk:consent", pk)
    return _page(request, story, fact_form=form, form=form)


@door(Door.COORDINATOR)
@require_POST
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    story = story_of(pk)
    form = PictureForm(story, request.POST, request.FILES, auto_id="picture_%s")
    if form.is_valid():
        given = form.cleaned_data
        try:
            add_picture(story, data=given.pop("image").read(), **given, actor=actor(request))
        except (BadPicture, BadText) as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, _("Hochgeladen. Zu sehen ist es erst, wenn die Familie zugestimmt hat."))
            return redirect("desk:consent", pk)
    return _page(request, story, picture_form=form, form=form)


def _thing(story: Story, kind: str, thing: int) -> Thing:
    if kind == "fact":
        return get_object_or_404(Fact, pk=thing, story=story)
    if kind == "picture":
        return get_object_or_404(Picture, pk=thing, story=story)
    raise Http404


@door(Door.COORDINATOR)
@require_POST
def agreed(request: HttpRequest, pk: int, kind: str, thing: int) -> HttpResponse:
    story = story_of(pk)
    form = AgreementForm(request.POST)
    try:
        if not form.is_valid():
            raise BadText(_("Bitte schreib dazu, wer zugestimmt hat und wie."))
        agree(_thing(story, kind, thing), **form.cleaned_data, by=volunteer(request))
        messages.success(request, _("Die Zustimmung ist vermerkt."))
    except BadText as wrong:
        messages.error(request, str(wrong))
    return redirect("desk:consent", pk)


@door(Door.COORDINATOR)
@require_POST
def withdrawn(request: HttpRequest, pk: int, kind: str, thing: int) -> HttpResponse:
    withdraw(_thing(story_of(pk), kind, thing), by=actor(request))
    messages.success(request, _("Zurückgenommen. Es steht auf keiner Seite mehr."))
    return redirect("desk:consent", pk)


@door(Door.COORDINATOR)
@require_safe
def image(request: HttpRequest, pk: int, thing: int) -> HttpResponse:
    """The picture itself, for the team's eyes."""
    found = get_object_or_404(Picture, pk=thing, story=story_of(pk))
    if not found.image:
        raise Http404
    return HttpResponse(bytes(found.image), content_type="image/webp")


@door(Door.COORDINATOR)
@require_http_methods(["POST"])
def link(request: HttpRequest, pk: int) -> HttpResponse:
    story = story_of(pk)
    token = family_link(story, actor=actor(request))
    return _page(request, story, family_link=f"{config().address}/familie/{token}/")
