"""Proceeds per copy: what one copy brings, from when to when, and what sales bring by it.

Intervals are half-open: a rate counts from its first day up to, not including, its last. They never overlap; a gap is a
time we know nothing about, and copies in it are counted apart, never valued. Nothing here is money received.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from zueinander.shared.money import Money


class RateError(ValueError):
    """Rates that overlap, end before they start, or mix currencies."""


@dataclass(frozen=True, slots=True)
class Rate:
    """`per_copy` from `first` (included) to `until` (excluded; None: still). `source` says who told us."""

    per_copy: Money
    first: date
    until: date | None = None
    source: str = ""

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Sale:
    """`copies` sold (negative: returned) between the days `first` and `last`, both included."""

    copies: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Proceeds:
    """Between `low` and `high`, equal when every sale date is certain; `unvalued` copies had no rate."""

    low: Money
    high: Money
    copies: int
    unvalued: int


def checked(rates: Iterable[Rate]) -> list[Rate]:
    """The rates by first day. Raises RateError when two could count on one day."""
    ordered = sorted(rates, key=lambda rate: rate.first)
    for rate in ordered:
        if rate.until is not None and rate.until <= rate.first:
            raise RateError(f"der Satz ab {rate.first} endet, bevor er beginnt")
        if rate.per_copy.currency != ordered[0].per_copy.currency:
            raise RateError("Sätze in mehreren Währungen")
    for one, following in pairwise(ordered):
        if one.until is None or one.until > following.first:
            raise RateError(f"die Sätze ab {one.first} und ab {following.first} überschneiden sich")
    return ordered


def rate_on(rates: Sequence[Rate], day: date) -> Rate | None:
    """The rate of the day, or None in a gap."""
    return next((rate for rate in rates if rate.covers(day)), None)


def value(sales: Iterable[Sale], rates: Iterable[Rate], currency: str = "EUR") -> Proceeds:
    """What the sales bring. A sale whose days touch several rates gives a range; one that touches a gap is unvalued."""
    ordered = checked(rates)
    currency = ordered[0].per_copy.currency if ordered else currency
    low = high = Money(0, currency)
    copies = unvalued = 0
    for sale in sales:
        copies += sale.copies
        touched = _touched(ordered, sale)
        if touched is None:
            unvalued += sale.copies
            continue
        worth = [rate.per_copy * sale.copies for rate in touched]
        low, high = low + min(worth), high + max(worth)
    return Proceeds(low, high, copies, unvalued)


def _touched(ordered: Sequence[Rate], sale: Sale) -> list[Rate] | None:
    """The rates that the sale's days may fall under; None when a day may have none."""
    found = [rate for rate in ordered if rate.first <= sale.last and (rate.until is None or rate.until > sale.first)]
    if not found or found[0].first > sale.first or (found[-1].until is not None and found[-1].until <= sale.last):
        return None
    whole = all(one.until == following.first for one, following in pairwise(found))
    return found if whole else None
