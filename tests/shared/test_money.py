"""Money never changes by being read, written or added."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zueinander.shared.money import AmountError, Money, parse_amount, parse_plain

UNITS = st.integers(-(10**14), 10**14)
CURRENCIES = st.sampled_from(["EUR", "CHF", "JPY", "BHD", "CLF", ""])


@given(UNITS, CURRENCIES)
def test_what_is_printed_reads_back_as_the_same(units: int, currency: str) -> None:
    money = Money(units, currency)
    assert parse_amount(money.plain(), decimal=".", currency=currency) == money
    shown = money.german().replace("\u00a0€", "").replace(f"\u00a0{currency}", "")
    assert parse_amount(shown, decimal=",", currency=currency) == money


@pytest.mark.parametrize(
    ("text", "decimal", "units"),
    [
        ("-1.450", ",", -145_000),
        ("1.000,0", ",", 100_000),
        ("12,5", ",", 1250),
        ("12,50-", ",", -1250),
        ("− 3,00", ",", -300),
        ("1'234.50", ".", 123_450),
        ("1 234,50", ",", 123_450),
        ("5", ",", 500),
        (",5", ",", 50),
        ("5,", ",", 500),
        ("+7,00", ",", 700),
        ("1,234,567.8", ".", 123_456_780),
        ("0,100", ",", 10),
    ],
)
def test_amounts_as_people_and_banks_write_them(text: str, decimal: str, units: int) -> None:
    assert parse_amount(text, decimal="," if decimal == "," else ".", currency="EUR").units == units


@pytest.mark.parametrize(
    ("text", "decimal"),
    [
        ("12.5", ","),
        ("1,234.56", ","),
        ("1.4505,0", ","),
        ("1,2,3", ","),
        ("", ","),
        (" ", ","),
        ("-", ","),
        ("--5", ","),
        ("-5-", ","),
        ("0.125", ","),
        ("12,345", ","),
        ("1e3", "."),
        ("NaN", "."),
        ("１２", "."),
        ("12.34.56", "."),
        ("1.23.456,0", ","),
        ("5 €", ","),
        ("1 2,50", ","),
        ("9" * 16, "."),
        ("1.234 567,00", ","),
        ("5-3", ","),
    ],
)
def test_anything_else_is_refused_and_never_rounded(text: str, decimal: str) -> None:
    with pytest.raises(AmountError):
        parse_amount(text, decimal="," if decimal == "," else ".", currency="EUR")


def test_the_smallest_unit_is_the_currency_s_own() -> None:
    assert parse_plain("1234", "JPY").plain() == "1234.00"
    assert parse_plain("1.250", "BHD").plain() == "1.250"
    assert parse_plain("8.850", "EUR").plain() == "8.85"
    for text, currency in (("12.5", "JPY"), ("8.8501", "EUR"), ("-5", "EUR"), ("1,5", "EUR")):
        with pytest.raises(AmountError):
            parse_plain(text, currency)


def test_money_is_shown_the_german_way() -> None:
    assert Money(-123_450, "EUR").german() == "−1.234,50\u00a0€"
    assert Money(5, "CHF").german() == "0,05\u00a0CHF"


def test_currencies_do_not_mix_and_fractions_do_not_slip_in() -> None:
    with pytest.raises(AmountError):
        Money(1, "EUR") + Money(1, "CHF")
    with pytest.raises(TypeError):
        Money(1.0, "EUR")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Money(1, "EUR") * 0.5  # type: ignore[operator]
    assert Money(768, "EUR") * 3 == Money(2304, "EUR")
