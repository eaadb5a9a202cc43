"""Signs of life of the processes, one row each in a small table of its own (made by the journal's first migration)."""

from __future__ import annotations

from datetime import datetime

from django.db import connection


def beat(part: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO heartbeat (part, at) VALUES (%s, now()) ON CONFLICT (part) DO UPDATE SET at = excluded.at",
            [part],
        )


def beats() -> dict[str, datetime]:
    """The last sign of life of each part."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT part, at FROM heartbeat")
        return dict(cursor.fetchall())
