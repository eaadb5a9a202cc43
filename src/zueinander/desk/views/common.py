"""What all views of the desk share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from zueinander.desk import queries
from zueinander.people.models import Volunteer


def volunteer(request: HttpRequest) -> Volunteer:
    """Who sits at the desk; the door has let nobody else in."""
    assert isinstance(request.user, Volunteer)
    return request.user


def actor(request: HttpRequest) -> str:
    return f"volunteer:{volunteer(request).pk}"


def with_queue(request: HttpRequest, **more: Any) -> dict[str, Any]:
    """The left pane beside whatever a page shows."""
    return {"queue": queries.queue(volunteer(request)), "as_of": timezone.now(), **more}
