"""Joining the team works by invitation only."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from zueinander.people.actions import accept_invitation, standing_invitation
from zueinander.people.models import Volunteer

INVITATION_IN_SESSION = "invitation"


class InvitationOnly(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return standing_invitation(request.session.get(INVITATION_IN_SESSION, "")) is not None

    def save_user(self, request: HttpRequest, user: Volunteer, form: Any, commit: bool = True) -> Volunteer:
        user.email = form.cleaned_data["email"]
        user.set_password(form.cleaned_data["password1"])
        accept_invitation(request.session.pop(INVITATION_IN_SESSION, ""), user)
        return user
