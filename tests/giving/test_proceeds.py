"""What a copy brings depends on the day it was sold; what is not known is a range or a gap, never a guess."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zueinander.giving.rules.proceeds import Rate, RateError, Sale, checked, rate_on, value
from zueinander.shared.money import Money

CHANGE = date(2015, 6, 12)
RATES = [
    Rate(Money(768, "EUR"), CHANGE, None, "shop waives its share"),
    Rate(Money(282, "EUR"), date(2015, 6, 1), CHANGE, "contract"),
]


def sold(copies: int, first: date, last: date | None = None) -> Sale:
    return Sale(copies, first, last or first)


def test_the_rate_changes_with_the_day_and_the_day_itself_counts_as_new() -> None:
    before = value([sold(10, CHANGE - timedelta(days=1))], RATES)
    after = value([sold(10, CHANGE)], RATES)
    assert (before.low, before.high) == (Money(2820, "EUR"),) * 2
    assert (after.low, after.high) == (Money(7680, "EUR"),) * 2


def test_a_month_on_both_sides_of_the_change_gives_a_range() -> None:
    month = value([sold(100, date(2015, 6, 1), date(2015, 6, 30))], RATES)
    assert (month.low.plain(), month.high.plain(), month.unvalued) == ("282.00", "768.00", 0)


def test_returns_take_away_and_never_turn_the_range_round() -> None:
    month = value([sold(-10, date(2015, 6, 1), date(2015, 6, 30))], RATES)
    assert month.low < month.high
    assert month.low == Money(-7680, "EUR")


def test_copies_without_a_rate_are_counted_and_not_valued() -> None:
    early = value([sold(3, date(2015, 5, 31)), sold(4, date(2015, 5, 31), date(2015, 6, 2))], RATES)
    assert (early.copies, early.unvalued, early.high) == (7, 7, Money(0, "EUR"))
    assert rate_on(checked(RATES), date(2015, 5, 31)) is None


def test_on_the_day_of_the_change_only_the_new_rate_counts() -> None:
    found = [rate_on(checked(RATES), CHANGE + timedelta(days=step)) for step in (-1, 0)]
    assert [rate.per_copy.units for rate in found if rate] == [282, 768]


@pytest.mark.parametrize(
    "rates",
    [
        [Rate(Money(1, "EUR"), date(2015, 1, 1)), Rate(Money(2, "EUR"), date(2015, 2, 1))],
        [Rate(Money(1, "EUR"), date(2015, 1, 1), date(2015, 2, 2)), Rate(Money(2, "EUR"), date(2015, 2, 1))],
        [Rate(Money(1, "EUR"), date(2015, 1, 1), date(2015, 1, 1))],
        [Rate(Money(1, "EUR"), date(2015, 1, 1), date(2015, 2, 1)), Rate(Money(2, "CHF"), date(2015, 2, 1))],
    ],
)
def test_rates_that_overlap_or_mix_currencies_are_refused(rates: list[Rate]) -> None:
    with pytest.raises(RateError):
        checked(rates)


DAYS = st.integers(0, 60).map(lambda n: date(2015, 1, 1) + timedelta(days=n))


@settings(max_examples=300, deadline=None, database=None)
@given(st.lists(DAYS, min_size=2, max_size=6, unique=True), st.lists(st.tuples(DAYS, st.integers(-5, 50)), max_size=20))
def test_the_value_is_the_sum_over_days_looked_up_one_by_one(bounds: list[date], sales: list[tuple[date, int]]) -> None:
    ordered = sorted(bounds)
    rates = [Rate(Money(100 + n, "EUR"), first, until) for n, (first, until) in enumerate(pairwise(ordered))]
    expected, unvalued = 0, 0
    for day, copies in sales:
        cents = [100 + n for n in range(len(ordered) - 1) if ordered[n] <= day < ordered[n + 1]]
        expected += copies * cents[0] if cents else 0
        unvalued += 0 if cents else copies
    found = value([sold(copies, day) for day, copies in sales], rates)
    assert (found.low.units, found.high.units, found.unvalued) == (expected, expected, unvalued)
