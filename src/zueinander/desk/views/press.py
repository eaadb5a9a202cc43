"""What media wrote, with our own copy of it, and what they ask."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zueinander.campaigns.models import Campaign
from zueinander.desk.forms_reach import CoverageForm, PressAnswerForm, PressForm
from zueinander.desk.views.common import refused, volunteer
from zueinander.desk.views.reach import form_page
from zueinander.reach import actions, queries
from zueinander.reach.models import Asking, Coverage, PressContact, PressRequest
from zueinander.shared.access import Door, door
from zueinander.shared.lifecycle import ForbiddenStep


@door(Door.VOLUNTEER)
@require_http_methods(["GET", "HEAD", "POST"])
def cover(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign, pk=pk)
    form = CoverageForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        row = _saved(request, form, campaign, form.cleaned_data["url"])
        return redirect("desk:reach_piece", row.pk)
    return form_page(request, form, _("Pressebericht notieren"), campaign)


@door(Door.VOLUNTEER)
@require_http_methods(["GET", "HEAD", "POST"])
def piece(request: HttpRequest, pk: int) -> HttpResponse:
    """A piece as it is noted: looked through, changed, with its copy or why there is none."""
    row = get_object_or_404(Coverage.objects.select_related("campaign").defer("copy"), pk=pk)
    words = {name: getattr(row, name) for name in ("url", "outlet", "title", "kind", "published_on", "quote")}
    form = CoverageForm(
        request.POST or None, request.FILES or None, initial={**words, "public": row.public or row.whole}
    )
    form.fields["url"].disabled, form.fields["url"].help_text = True, ""
    if request.method == "POST" and form.is_valid():
        _saved(request, form, row.campaign, row.url, row)
        return redirect("desk:reach_of", row.campaign_id)
    return render(request, "desk/reach/piece.html", {"form": form, "piece": row, "campaign": row.campaign})


def _saved(
    request: HttpRequest, form: CoverageForm, campaign: Campaign, url: str, row: Coverage | None = None
) -> Coverage:
    given, by = dict(form.cleaned_data), volunteer(request)
    copy = given.pop("copy")
    row = actions.cover(campaign=campaign, by=by, row=row, **{**given, "url": url or given["url"]})
    if copy:
        actions.keep_copy(row, body=copy.read(), type=copy.content_type or "", by=by)
    elif not row.copy_refused:
        actions.want_copy(row)
    messages.success(request, _("Gespeichert."))
    return row


@door(Door.VOLUNTEER)
@require_POST
def fetch(request: HttpRequest, pk: int) -> HttpResponse:
    """Once more from the beginning."""
    actions.want_copy(get_object_or_404(Coverage, pk=pk))
    return redirect("desk:reach_piece", pk)


@door(Door.VOLUNTEER)
@require_safe
def copied(request: HttpRequest, pk: int) -> HttpResponse:
    """Our own copy, only ever as a download: whatever is in it is not shown in our name."""
    row = get_object_or_404(Coverage, pk=pk, copied_at__isnull=False)
    body, ending = queries.copy_of(row)
    response = HttpResponse(body, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="kopie-{row.pk}.{ending}"'
    return response


@door(Door.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def press(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign, pk=pk)
    form = PressForm(request.POST or None, initial={"asked_at": timezone.localtime()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        contact = given["contact"] or PressContact.objects.create(
            outlet=given["outlet"], name=given["name"], reach_at=given["reach_at"]
        )
        actions.ask(
            campaign=campaign, contact=contact, question=given["question"], asked_at=given["asked_at"],
            answer_by=given["answer_by"], by=volunteer(request),
        )  # fmt: skip
        messages.success(request, _("Gespeichert."))
        return redirect("desk:reach_of", pk)
    return form_page(request, form, _("Anfrage der Presse"), campaign)


@door(Door.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def press_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What they asked and, once it is there, what we said, who and when."""
    row = get_object_or_404(PressRequest.objects.select_related("contact", "campaign", "answered_by"), pk=pk)
    form = PressAnswerForm(request.POST or None)
    if request.method == "POST" and _answered(request, row, form):
        return redirect("desk:reach_of", row.campaign_id)
    return render(request, "desk/reach/asked.html", {
        "asked": row, "form": form if row.state == Asking.OPEN else None, "campaign": row.campaign,
    })  # fmt: skip


def _answered(request: HttpRequest, row: PressRequest, form: PressAnswerForm) -> bool:
    """Whether anything was decided."""
    by = volunteer(request)
    try:
        if "again" in request.POST:
            actions.ask_again(row, by=by)
        elif "decline" in request.POST:
            actions.decline(row, by=by)
        elif form.is_valid():
            actions.answer(row, text=form.cleaned_data["answer"], by=by)
        else:
            return False
    except ForbiddenStep:
        refused(request)
    return True
