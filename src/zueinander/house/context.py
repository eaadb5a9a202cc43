"""What every template knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from zueinander.shared.config import config


def organisation(request: HttpRequest) -> dict[str, Any]:
    return {"organisation": config().organisation, "contact": config().contact}
