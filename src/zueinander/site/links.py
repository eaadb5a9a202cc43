"""The personal link of this session: opened once by its token, checked again on every page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from zueinander.journal.actions import name_of
from zueinander.people.models import PersonalLink

LINK_IN_SESSION = "personal_link"
_WHOLE = (PersonalLink.Use.OWN_PAGE, PersonalLink.Use.QUESTIONS)


class LinkGone(Exception):  # noqa: N818
    """The link is unknown, expired, revoked, or meant for another page."""


def remember(request: HttpRequest, link: PersonalLink) -> None:
    request.session.cycle_key()
    request.session[LINK_IN_SESSION] = link.pk


def current(request: HttpRequest) -> PersonalLink:
    """The session's link, if it still stands. Raises `LinkGone`."""
    found = (
        PersonalLink.objects.select_related("person")
        .filter(pk=request.session.get(LINK_IN_SESSION, 0), revoked_at=None, expires_at__gt=timezone.now())
        .first()
    )
    if found is None:
        request.session.pop(LINK_IN_SESSION, None)
        raise LinkGone
    return found


def is_whole(link: PersonalLink) -> bool:
    """Opens everything of its person's, not one page only."""
    return link.use in _WHOLE


def whole(request: HttpRequest) -> PersonalLink:
    """A link that opens the person's own page. Raises `LinkGone`."""
    link = current(request)
    if link.use not in _WHOLE:
        raise LinkGone
    return link


def for_row(request: HttpRequest, row: models.Model, owner_id: Any) -> PersonalLink:
    """A link of `owner_id` that opens this row's page: their own page's, or the one made for it. Raises `LinkGone`."""
    link = current(request)
    if link.person_id != owner_id or not (link.use in _WHOLE or link.subject == name_of(row)):
        raise LinkGone
    return link


def kindly(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view whose link is gone leads to the page where a new one can be had."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except LinkGone:
            return HttpResponseRedirect(reverse("site:gone"))

    return guarded
