"""What a visit is, and how it is read from the log that nginx writes with `deploy/nginx.conf`. Pure.

A line has moment, status, method and path, and nothing about who it was:

    2026-12-20T10:15:30+01:00 200 GET /fuer/ein-buch/index.html
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

PAGES = "/fuer/"


def campaign_of(path: str) -> str:
    """Whose page this is: a page, not its pictures nor the widget, which stands on other people's pages; else ""."""
    page = path.removesuffix("index.html")
    if not page.startswith(PAGES) or not page.endswith("/") or page.endswith("/widget/"):
        return ""
    return page.split("/")[2]


def moment(line: bytes) -> datetime | None:
    """When it was; None for what is no line of ours."""
    try:
        said = datetime.fromisoformat(line.partition(b" ")[0].decode("ascii"))
    except ValueError:
        return None
    return said.astimezone(UTC) if said.tzinfo else None


def visits(lines: Iterable[bytes], begin: datetime, end: datetime) -> Counter[tuple[str, datetime]]:
    """Pages that were really fetched, by campaign and hour."""
    found: Counter[tuple[str, datetime]] = Counter()
    for line in lines:
        at, words = moment(line), line.split()
        if (
            at is None
            or not begin <= at < end
            or len(words) != 4
            or words[1:3] not in ([b"200", b"GET"], [b"304", b"GET"])
        ):
            continue
        if slug := campaign_of(words[3].decode("ascii", "replace")):
            found[slug, at.replace(minute=0, second=0, microsecond=0)] += 1
    return found
