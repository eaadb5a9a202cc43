"""Pages everybody may read."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from zueinander.campaigns.models import Campaign
from zueinander.giving.models import OnlineAccount
from zueinander.giving.online.connecting import switched_on
from zueinander.shared.access import Door, door
from zueinander.shared.config import config
from zueinander.shared.helplines import COUNTRIES, for_young, helplines


@door(Door.ANYONE)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    running = Campaign.objects.running().prefetch_related("occasions").order_by("demonstration", "season_start", "pk")
    return render(request, "site/home.html", {"campaigns": running})


@door(Door.ANYONE)
@require_safe
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    found = Campaign.objects.running().prefetch_related("occasions").filter(slug=slug)
    if not found:
        raise Http404
    return render(request, "site/home.html", {"campaigns": found})


@door(Door.ANYONE)
@require_safe
def help_numbers(request: HttpRequest) -> HttpResponse:
    countries = [(code, [line for line in helplines() if line.country == code]) for code in COUNTRIES]
    return render(request, "site/help.html", {"countries": countries})


@door(Door.ANYONE)
@require_safe
def young(request: HttpRequest) -> HttpResponse:
    return render(request, "site/young.html", {"lines": for_young(timezone.now())})


@door(Door.ANYONE)
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    online = OnlineAccount.objects.first() if switched_on() else None
    return render(request, "site/privacy.html", {"days": config(), "online": online.provider if online else ""})


@door(Door.ANYONE)
@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    lines = [line.strip() for line in config().imprint.split(";") if line.strip()]
    return render(request, "site/imprint.html", {"lines": lines})


@door(Door.ANYONE)
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remembers the language for a year, in a cookie that says nothing else, and leads back."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if safe else reverse("site:home"))
    if request.POST.get("language") in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, request.POST["language"], max_age=365 * 24 * 3600,
            secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
        )  # fmt: skip
    return response


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: mostly a page left open overnight, or a browser without cookies."""
    return render(request, "403_csrf.html", status=403)
