"""Who is in the team, and how somebody joins it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zueinander.desk.forms import InviteForm
from zueinander.desk.views.common import refused, volunteer
from zueinander.people.actions import invite, standing_invitation, take_out
from zueinander.people.models import Invitation, Volunteer
from zueinander.shared.access import Door, door
from zueinander.shared.config import config
from zueinander.shared.lifecycle import ForbiddenStep

INVITATION = "invitation"  # the session's key from which signing up takes it


@door(Door.ANYONE)
@require_safe
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Keeps the invitation for signing up, so that its token leaves the address; using it up is the sign-up's step."""
    if standing_invitation(token) is None:
        return render(request, "desk/invitation_gone.html", status=410)
    request.session[INVITATION] = token
    return redirect("account_signup")


@door(Door.COORDINATOR)
@require_POST
def taken_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody leaves the team, or somebody else may sit at their place."""
    found = get_object_or_404(Volunteer, pk=pk, is_active=True)
    try:
        take_out(found, by=volunteer(request))
    except ForbiddenStep:
        refused(request)
    return redirect("desk:team")


@door(Door.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest) -> HttpResponse:
    """The link of a new invitation is in the answer to the form, this once; only its hash is kept."""
    form = InviteForm(request.POST or None)
    link = ""
    if request.method == "POST" and form.is_valid():
        token = invite(role=form.cleaned_data["role"], invited_by=volunteer(request))
        link = config().address + reverse("desk:invitation", args=[token])
    return render(
        request,
        "desk/team.html",
        {
            "form": form,
            "link": link,
            "team": Volunteer.objects.filter(is_active=True).order_by("joined_at"),
            "invitations": Invitation.objects.filter(used_at=None, expires_at__gt=timezone.now()).order_by(
                "expires_at"
            ),
        },
    )
