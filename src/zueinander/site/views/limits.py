"""How often a form may be used; who it is stays unknown."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zueinander.shared.config import config

from ..models import allowed

PER_PERSON = 60
"""Uses of one form in an hour by whoever has a personal link: more than anybody needs, few enough to harm nobody."""


def network_address(request: HttpRequest) -> str:
    """Where a request comes from; behind our own proxy what the proxy says. Only ever used inside a keyed hash."""
    forwarded = request.headers.get("X-Forwarded-For", "") if config().trust_proxy else ""
    return forwarded.rsplit(",", 1)[-1].strip() or str(request.META.get("REMOTE_ADDR", ""))


def too_many(request: HttpRequest, form: str, *, by: str, per_hour: int, **context: Any) -> HttpResponse | None:
    """Counts one use; the page that asks to wait when it is one too many, else None."""
    if allowed(form=form, address=by, per_hour=per_hour):
        return None
    return render(request, "site/too_many.html", context, status=429)
