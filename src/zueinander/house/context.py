"""What every template knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from zueinander.shared.config import config
from zueinander.shared.helplines import stale


def organisation(request: HttpRequest) -> dict[str, Any]:
    return {
        "organisation": config().organisation, "contact": config().contact,
        "unchecked_numbers": lambda: stale(timezone.localdate()),
    }  # fmt: skip
