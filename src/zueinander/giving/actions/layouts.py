"""Tables of sales whose columns somebody has named are known again: the next one needs no wizard."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from django.utils import timezone

from zueinander.banks.model import Refusal
from zueinander.campaigns.models import Campaign
from zueinander.giving.models import Edition, SalesLayout
from zueinander.giving.rules.sales import SalesMapping, Sold, head_of, read_sales


def keep_layout(
    campaign: Campaign, data: bytes, mapping: SalesMapping, *, edition: Edition | None = None, source: str = ""
) -> SalesLayout | None:
    """Remembers how this table was read; None for one with nothing above its figures, which nobody could know again."""
    head = head_of(data, mapping)
    if not any(any(row) for row in head):
        return None
    values = {
        "head": head,
        "mapping": asdict(mapping),
        "edition": edition,
        "source": source,
        "saved_at": timezone.now(),
    }
    return SalesLayout.objects.update_or_create(campaign=campaign, digest=_digest(head), defaults=values)[0]


def read_known(campaign: Campaign, data: bytes) -> tuple[list[Sold], SalesLayout]:
    """The table's rows by a mapping that was kept for exactly such a table. Raises `Refusal`, also when none fits."""
    for layout in SalesLayout.objects.filter(campaign=campaign).select_related("edition"):
        mapping = SalesMapping(**layout.mapping)
        if layout.digest == _digest(head_of(data, mapping)):
            return read_sales(data, mapping), layout
    raise Refusal("diese Tabelle kennen wir noch nicht; bitte nenne ihre Spalten")


def _digest(head: list[list[str]]) -> str:
    return hashlib.sha256(json.dumps(head, ensure_ascii=False).encode()).hexdigest()
