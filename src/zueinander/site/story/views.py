"""What the application itself answers about a story: the newsletter, and the family's own page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from zueinander.shared.access import Door, door
from zueinander.site.models import allowed
from zueinander.site.views.joining import network_address
from zueinander.story import newsletter
from zueinander.story.consent import may_be_shown, standing, story_of_family, withdraw
from zueinander.story.models import Story, Telling
from zueinander.story.queries import LANGUAGES

PER_HOUR = 12


def in_wished_language(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Who comes from a page in another language (`?sprache=`) is answered in it, whatever the browser says."""

    @wraps(view)
    def answer(request: HttpRequest, **given: Any) -> HttpResponse:
        wish = request.GET.get("sprache")
        if wish not in LANGUAGES:
            return view(request, **given)
        with override(wish):
            return view(request, **given)

    return answer


class SubscribeForm(forms.Form):
    mail = forms.EmailField(
        label=_("Deine Mailadresse"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Nur für diese Neuigkeiten. In jeder Mail steht ein Link, mit dem du sie beendest."),
    )  # fmt: skip


@door(Door.ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
@in_wished_language
def subscribe(request: HttpRequest, slug: str) -> HttpResponse:
    """The answer is the same whether we know the address or not."""
    story = get_object_or_404(Story.objects.select_related("campaign"), campaign__slug=slug, state=Telling.PUBLISHED)
    form = SubscribeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not allowed(form="newsletter", address=network_address(request), per_hour=PER_HOUR):
            return render(request, "site/too_many.html", status=429)
        try:
            newsletter.ask(story, address=form.cleaned_data["mail"])
        except newsletter.NoMail:
            return render(request, "site/newsletter.html", {"story": story, "state": "closed"}, status=503)
        return render(request, "site/newsletter.html", {"story": story, "state": "asked"})
    return render(request, "site/newsletter.html", {"story": story, "form": form, "state": "form"})


@door(Door.ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
@in_wished_language
def say_yes(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing, as machines open links in mails; the button does."""
    row = newsletter.say_yes(token) if request.method == "POST" else newsletter.standing_question(token)
    if row is None:
        return render(request, "site/newsletter.html", {"state": "gone"}, status=410)
    state = "reading" if request.method == "POST" else "sure"
    return render(request, "site/newsletter.html", {"story": row.story, "state": state})


@door(Door.ANYONE)
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@in_wished_language
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """POST ends it at once (RFC 8058: the mail program sends it, without a page before); the link shows a button."""
    if request.method != "POST":
        return render(request, "site/newsletter.html", {"state": "leaving"})
    row = newsletter.leave(token)
    return render(request, "site/newsletter.html", {"state": "left" if row else "gone"}, status=200 if row else 410)


@door(Door.ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def family(request: HttpRequest, token: str) -> HttpResponse:
    """Everything that is said and shown about the family; each can be taken back with one button, at once."""
    story = story_of_family(token)
    if story is None:
        return render(request, "site/newsletter.html", {"state": "gone"}, status=410)
    if request.method == "POST":
        kind, _dash, pk = request.POST.get("what", "").partition("-")
        things = {"fact": story.facts.all(), "picture": story.pictures.all()}
        thing: Any = next(iter(things[kind].filter(pk=int(pk))), None) if kind in things and pk.isdecimal() else None
        if thing is not None:
            withdraw(thing, by="family")
        return HttpResponseRedirect(request.path)
    facts = [(fact, standing(fact), may_be_shown(fact)) for fact in story.facts.prefetch_related("agreements")]
    kept = [one for one in story.pictures.prefetch_related("agreements") if one.image]
    pictures = [(one, standing(one), may_be_shown(one)) for one in kept]
    return render(request, "site/family.html", {"story": story, "facts": facts, "pictures": pictures})
