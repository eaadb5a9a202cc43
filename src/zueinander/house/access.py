"""Enforces `shared.access`: a view without a door is closed, also to the team."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from zueinander.shared.access import Door
from zueinander.site.links import LINK_IN_SESSION

OPEN_ALLAUTH = {"account_login", "account_signup", "account_logout", "mfa_authenticate", "mfa_login_webauthn"}
TEAM_ALLAUTH = {
    "account_reauthenticate", "account_change_password", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
    "mfa_index", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn",
}  # fmt: skip


def door_of(request: HttpRequest, view: Callable[..., Any]) -> Door | None:
    found = getattr(view, "door", None)
    if found is not None:
        return Door(found)
    name = request.resolver_match.view_name if request.resolver_match else ""
    if name in OPEN_ALLAUTH:
        return Door.ANYONE
    return Door.VOLUNTEER if name in TEAM_ALLAUTH else None


class closed_unless_opened:  # noqa: N801  a middleware, used like a function
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        door = door_of(request, view)
        if door is Door.ANYONE:
            return None
        if door is Door.LINK:
            return None if LINK_IN_SESSION in request.session else HttpResponseRedirect("/link-abgelaufen/")
        if door is None:
            raise PermissionDenied
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if door is Door.COORDINATOR and not getattr(request.user, "is_coordinator", False):
            raise PermissionDenied
        return None
