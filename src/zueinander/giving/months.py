"""The campaign's money month by month, from the lines of the book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from zueinander.campaigns.models import Campaign
from zueinander.giving.models import BookingKind, Line
from zueinander.giving.rules.ledger import Side


@dataclass(frozen=True, slots=True)
class Month:
    """Cents booked on days of the month that begins with `first`. The sums of all months are those of `money_of`."""

    first: date
    received: int
    returned: int
    passed_on: int


def months_of(campaign: Campaign) -> list[Month]:
    """Months in which something happened, oldest first."""
    lines = Line.objects.filter(campaign=campaign).annotate(month=TruncMonth("booking__on"))
    sums: dict[date, dict[tuple[str, str], int]] = {}
    for row in lines.order_by().values("month", "side", "booking__kind").annotate(n=Sum("cents")):
        sums.setdefault(row["month"], {})[row["side"], row["booking__kind"]] = row["n"]
    return [_month(first, found) for first, found in sorted(sums.items()) if any(found.values())]


def _month(first: date, found: dict[tuple[str, str], int]) -> Month:
    return Month(
        first=first,
        received=-found.get((Side.FUND, BookingKind.GIFT), 0),
        returned=found.get((Side.FUND, BookingKind.RETURNED), 0) + found.get((Side.FUND, BookingKind.REFUND_OWED), 0),
        passed_on=found.get((Side.ON_ITS_WAY, BookingKind.PASSED_ON), 0),
    )
