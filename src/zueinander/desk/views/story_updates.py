"""Updates of a story: written, planned, published, corrected."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zueinander.desk.story_forms import CorrectionForm, UpdateForm
from zueinander.desk.views.common import actor
from zueinander.desk.views.story import picture_here, pictures_for_texts, story_of
from zueinander.shared.access import Door, door
from zueinander.shared.lifecycle import ForbiddenStep
from zueinander.story import rules
from zueinander.story.actions import correct_update, publish_update, retract, schedule, unschedule, write_update
from zueinander.story.models import Story, Update, Writing
from zueinander.story.queries import figures_in_texts, shown_facts
from zueinander.story.telling import BadText

UNSEEN = (Writing.DRAFT, Writing.SCHEDULED)


@door(Door.COORDINATOR)
@require_safe
def updates(request: HttpRequest, pk: int) -> HttpResponse:
    row = story_of(pk)
    context = {"campaign": row.campaign, "story": row, "updates": row.updates.all(), "here": "updates"}
    return render(request, "desk/story/updates.html", context)


@door(Door.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def update(request: HttpRequest, pk: int, number: int = 0) -> HttpResponse:
    """A draft is written here, a published one corrected; "Ansehen" shows it without saving."""
    row = story_of(pk)
    found = get_object_or_404(row.updates, number=number) if number else None
    kind = UpdateForm if found is None or found.state in UNSEEN else CorrectionForm
    form = kind(request.POST or None, initial=UpdateForm.initial_for(found))
    looked_at = ""
    if request.method == "POST" and form.is_valid():
        if request.POST.get("act") == "preview":
            figures = figures_in_texts(row, picture_here)
            looked_at = rules.html(form.cleaned_data["text"], shown_facts(row), figures)
        else:
            try:
                return _save(request, row, found, form)
            except BadText as wrong:
                form.add_error(None, str(wrong))
            except ForbiddenStep:
                form.add_error(None, _("Das geht gerade nicht. Vielleicht war jemand schneller."))
    context = {
        "campaign": row.campaign, "story": row, "update": found, "form": form, "looked_at": looked_at,
        "here": "updates", "unseen": kind is UpdateForm, "pictures": pictures_for_texts(row),
    }  # fmt: skip
    return render(request, "desk/story/update.html", context)


def _save(request: HttpRequest, story: Story, found: Update | None, form: UpdateForm | CorrectionForm) -> HttpResponse:
    given, by = form.cleaned_data, actor(request)
    if isinstance(form, CorrectionForm):
        assert found is not None
        before = found.corrections.count()
        correct_update(
            found, title=given["title"], text=given["text"], reason=given["reason"], english=form.english, actor=by
        )
        corrected = found.corrections.count() > before
        messages.success(
            request, _("Berichtigt. Die alte Fassung bleibt daneben lesbar.") if corrected else _("Gespeichert.")
        )
        return redirect("desk:updates", story.campaign_id)
    row = write_update(
        story, title=given["title"], text=given["text"], actor=by, update=found, english=form.english
    )  # fmt: skip
    if request.POST.get("act") == "publish":
        publish_update(row, actor=by)
        messages.success(request, _("Veröffentlicht."))
    elif given["at"] and given["at"] > timezone.now():
        schedule(row, at=given["at"], actor=by)
        messages.success(request, _("Geplant."))
    else:
        if row.state == Writing.SCHEDULED:
            unschedule(row, actor=by)
        messages.success(request, _("Als Entwurf gespeichert."))
    return redirect("desk:updates", story.campaign_id)


@door(Door.COORDINATOR)
@require_POST
def taken_back(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    row = get_object_or_404(story_of(pk).updates, number=number)
    try:
        retract(row, reason=request.POST.get("reason", "")[:300], actor=actor(request))
        messages.success(request, _("Zurückgenommen. Ihre Worte stehen nirgends mehr."))
    except (BadText, ForbiddenStep) as wrong:
        messages.error(request, str(wrong) if isinstance(wrong, BadText) else _("Das geht gerade nicht."))
    return redirect("desk:updates", pk)
