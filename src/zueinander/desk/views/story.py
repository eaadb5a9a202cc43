"""The story of a campaign: its texts, how it looks, and when it is public."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zueinander.campaigns.models import Campaign
from zueinander.desk.story_forms import ClosingForm, StoryForm, initial_texts
from zueinander.desk.views.common import actor
from zueinander.shared.access import Door, door
from zueinander.shared.config import config
from zueinander.shared.lifecycle import ForbiddenStep
from zueinander.story.actions import close_story, publish_story, save_story, take_offline
from zueinander.story.consent import may_be_shown
from zueinander.story.models import Picture, Story
from zueinander.story.queries import LANGUAGES, told
from zueinander.story.telling import BadText

STYLES = ("tokens", "base", "site", "story")


def story_of(pk: int) -> Story:
    return get_object_or_404(Story.objects.select_related("campaign"), campaign=pk)


def picture_here(row: Picture, name: str) -> str:
    """Where the team sees a picture, published or not."""
    return reverse("desk:picture_image", args=[row.story.campaign_id, row.pk])


def pictures_for_texts(story: Story | None) -> list[tuple[Picture, bool]]:
    """What may be set into a text, and whether it would be seen now."""
    rows = story.pictures.prefetch_related("agreements") if story else []
    return [(row, may_be_shown(row)) for row in rows if row.image]


@door(Door.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def story(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign, pk=pk)
    row = Story.objects.filter(campaign=campaign).first()
    form = StoryForm(request.POST or None, initial=StoryForm.initial_for(row))
    if request.method == "POST" and form.is_valid():
        try:
            save_story(
                campaign, texts=form.texts, english=form.english, goal_cents=form.cleaned_data["goal"],
                actor=actor(request),
            )  # fmt: skip
        except BadText as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, _("Gespeichert."))
            return redirect("desk:story", pk)
    closing = ClosingForm(initial=initial_texts(row), auto_id="closing_%s") if row else None
    context = {
        "campaign": campaign, "story": row, "form": form, "closing": closing, "here": "story",
        "pictures": pictures_for_texts(row),
    }  # fmt: skip
    return render(request, "desk/story/story.html", context)


@door(Door.COORDINATOR)
@require_POST
def state(request: HttpRequest, pk: int) -> HttpResponse:
    row, wish, by = story_of(pk), request.POST.get("zustand"), actor(request)
    given = {name: request.POST.get(name, "") for name in ClosingForm.base_fields}
    try:
        if wish == "published":
            publish_story(row, actor=by)
            messages.success(request, _("Die Geschichte geht jetzt hinaus. In ein paar Sekunden ist sie zu lesen."))
        elif wish == "closed":
            english = {"thanks": given["thanks_en"], "surplus": given["surplus_en"]}
            close_story(row, thanks=given["thanks"], surplus=given["surplus"], english=english, actor=by)
            messages.success(request, _("Abgeschlossen. Die Seite dankt jetzt und rechnet ab."))
        elif wish == "offline":
            take_offline(row, actor=by)
            messages.success(request, _("Die Seiten sind vom Netz."))
    except BadText as wrong:
        messages.error(request, str(wrong))
    except ForbiddenStep:
        messages.error(request, _("Das geht gerade nicht. Vielleicht war jemand schneller."))
    return redirect("desk:story", pk)


@door(Door.COORDINATOR)
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The page as everybody would see it now, in the language the address asks for."""
    row = story_of(pk)
    language = "en" if request.GET.get("sprache") == "en" else "de"
    with translation.override(language):
        shown, settings = told(row, language=language, picture_url=picture_here), config()
        context = {
            "told": shown, "organisation": settings.organisation, "contact": settings.contact, "site": settings.address,
            "languages": [(code, f"?sprache={code}") for code in LANGUAGES],
            "styles": [static(f"zueinander/{name}.css") for name in STYLES], "latest": shown.updates[:5],
            "older": shown.updates[5:], "accounts": [(one, one.girocode().svg()) for one in shown.accounts],
        }  # fmt: skip
        return render(request, f"site/story/{'closed' if shown.closed else 'front'}.html", context)
