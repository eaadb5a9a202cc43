"""Fetches the copies that are wanted, one after the other, and reads from them what nobody has said yet."""

from __future__ import annotations

import logging

from django.utils import timezone

from zueinander import __version__
from zueinander.reach.actions import fill_in, keep_copy, refuse_copy
from zueinander.reach.models import Coverage
from zueinander.reach.outside import SECONDS, NotFetched, Outside, Why, fetch
from zueinander.reach.rules.pages import described

log = logging.getLogger(__name__)
AGENT = f"zueinander/{__version__}"


def copy_waiting(network: Outside | None = None, seconds: float = SECONDS) -> int:
    """Returns how many copies came. Killed in the middle, the rest is still wanted."""
    kept = 0
    for row in Coverage.objects.filter(copy_wanted_at__isnull=False).defer("copy").order_by("copy_wanted_at"):
        try:
            kept += _copy(row, network, seconds)
        except NotFetched as refused:
            refuse_copy(row, refused.why)
        except Exception:  # a page nobody foresaw must not hold up all others
            log.exception("coverage %s: fetching broke", row.pk)
            refuse_copy(row, Why.BROKEN)
    return kept


def _copy(row: Coverage, network: Outside | None, seconds: float) -> bool:
    page = fetch(row.url, agent=AGENT, network=network, seconds=seconds)
    found = described(page.body, page.type, page.url, timezone.get_default_timezone())
    fill_in(row, outlet=found.outlet, title=found.title, published_on=found.published_on)
    keep_copy(row, body=page.body, type=page.type)
    return True
