"""Whether the parts of this installation are alive."""

from __future__ import annotations

from datetime import timedelta

from django.db import Error, connection
from django.utils import timezone

from zueinander.shared.heartbeat import beats

PARTS = ("worker", "listener")
LATE = timedelta(seconds=90)


def alive() -> dict[str, bool]:
    """Web always; the database when it answers; worker and listener when their last heartbeat is fresh."""
    found = {"web": True, "database": False, **dict.fromkeys(PARTS, False)}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        found["database"] = True
        now = timezone.now()
        found |= {part: now - at < LATE for part, at in beats().items() if part in PARTS}
    except Error:
        pass
    return found
