"""Money as whole minor units of one currency. No float, no rounding, no guess.

An amount that is not a whole number of the currency's minor units (a cent, a yen, a fils) is refused, wherever it comes
from. Printed amounts carry at least two decimals: "1234.00" for yen, "1.250" for dinars, "12.50" for euros.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

DecimalMark = Literal[",", "."]

MAX_DIGITS = 15
"""Longer figures are refused: no bank books them, and PostgreSQL's bigint holds every accepted one."""

# ISO 4217, list one: every currency whose minor unit is not the hundredth.
_EXPONENTS = {
    **dict.fromkeys(
        [
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "UYI",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ],
        0,
    ),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
    **dict.fromkeys(["CLF", "UYW"], 4),
}
_CURRENCY = re.compile(r"[A-Z]{3}")
_SIGNS = {"-": -1, "−": -1, "–": -1, "+": 1}
_SPACES = re.compile("[\\s\u00a0\u202f\u2009]+")
_PLAIN = re.compile(r"\+?(\d{0,18})(?:\.(\d{0,12}))?", re.ASCII)


class AmountError(ValueError):
    """A text that is not an amount, or not one this currency can have. Says what it saw."""


def minor_digits(currency: str) -> int:
    """Decimals of the currency's smallest unit (ISO 4217); two where the code is unknown or empty."""
    return _EXPONENTS.get(currency, 2)


def checked_currency(code: str) -> str:
    """The three-letter code, or AmountError. Empty stays empty: "the file does not say"."""
    if code and not _CURRENCY.fullmatch(code):
        raise AmountError(f"{code!r} ist kein Währungscode")
    return code


@dataclass(frozen=True, slots=True)
class Money:
    """`units` minor units (euro cents) of `currency`; an empty currency means that the source does not name it."""

    units: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.units) is not int:
            raise TypeError("Money counts whole minor units")
        checked_currency(self.currency)

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.units + other.units, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.units - other.units, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.units, self.currency)

    def __mul__(self, count: int) -> Money:
        if type(count) is not int:
            raise TypeError("Money is multiplied by whole numbers only")
        return Money(self.units * count, self.currency)

    def __lt__(self, other: Money) -> bool:
        self._same(other)
        return self.units < other.units

    def __le__(self, other: Money) -> bool:
        self._same(other)
        return self.units <= other.units

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise AmountError(f"{self.currency or '?'} und {other.currency or '?'} lassen sich nicht verrechnen")

    def plain(self) -> str:
        """Machine form: "-1234.50", at least two decimals, never a grouping mark."""
        whole, fraction = _split(self.units, minor_digits(self.currency))
        return f"{'-' if self.units < 0 else ''}{whole}.{fraction}"

    def german(self) -> str:
        """Form for readers of German: "−1.234,50 €"; U+2212 minus, no-break space before the sign."""
        whole, fraction = _split(self.units, minor_digits(self.currency))
        grouped = f"{int(whole):,}".replace(",", ".")
        sign = "−" if self.units < 0 else ""
        unit = "€" if self.currency == "EUR" else self.currency
        return f"{sign}{grouped},{fraction}\u00a0{unit}".rstrip("\u00a0")

    def english(self) -> str:
        """Form for readers of English: "−€1,234.50", "CHF\u00a05.00"; U+2212 minus."""
        whole, fraction = _split(self.units, minor_digits(self.currency))
        unit = "€" if self.currency == "EUR" else f"{self.currency}\u00a0".lstrip("\u00a0")
        return f"{'−' if self.units < 0 else ''}{unit}{int(whole):,}.{fraction}"


def _split(units: int, digits: int) -> tuple[str, str]:
    scale = 10**digits
    whole, fraction = divmod(abs(units), scale)
    return str(whole), (str(fraction).rjust(digits, "0") if digits else "").ljust(2, "0")


def parse_plain(text: str, currency: str) -> Money:
    """An unsigned amount with a decimal point and no grouping, as ISO 20022 writes it ("12.5", "8.850", ".5").

    Zeros beyond the minor unit are dropped; any other digit there raises AmountError: rounding would change the sum.
    """
    found = _PLAIN.fullmatch(text)
    if not found or not (found[1] or found[2]):
        raise AmountError(f"{text!r} ist kein Betrag")
    return _build(found[1], found[2] or "", 1, currency, text)


def parse_amount(text: str, *, decimal: DecimalMark, currency: str = "") -> Money:
    """An amount as people and banks write it, with the decimal mark known: "-1.450" is 1450 when `decimal` is ",".

    Accepts one sign before or after, spaces, the other mark, an apostrophe or a space as grouping in groups of three.
    Anything else raises AmountError:
    "1.4505,0", "0.125" or "12.5" with a comma as the mark, "1,2,3", "", "--5".
    """
    sign, body = _sign(_SPACES.sub(" ", text).strip(), text)
    grouping = "." if decimal == "," else ","
    pattern = rf"(\d{{1,3}}(?:([{re.escape(grouping)}' ’])\d{{3}}(?:\2\d{{3}})*)|\d+)?(?:{re.escape(decimal)}(\d*))?"
    found = re.fullmatch(pattern, body, re.ASCII)
    if not found or not re.search(r"\d", body) or (found[2] and body.startswith("0")):
        raise AmountError(f"{text!r} ist kein Betrag mit dem Dezimalzeichen {decimal!r}")
    whole = re.sub(r"\D", "", found[1] or "0")
    return _build(whole, found[3] or "", sign, currency, text)


def _sign(body: str, text: str) -> tuple[int, str]:
    signs = [(mark, place) for mark in _SIGNS for place in (0, -1) if body and body[place] == mark]
    if len(signs) > 1 or any(mark in body[1:-1] for mark in _SIGNS):
        raise AmountError(f"{text!r} ist kein Betrag")
    if not signs:
        return 1, body
    mark, place = signs[0]
    return _SIGNS[mark], (body[1:] if place == 0 else body[:-1]).strip()


def _build(whole: str, fraction: str, sign: int, currency: str, text: str) -> Money:
    digits = minor_digits(currency)
    kept, rest = fraction[:digits].ljust(digits, "0"), fraction[digits:]
    if rest.strip("0"):
        raise AmountError(f"{text!r} hat mehr Nachkommastellen, als {currency or 'die Währung'} kennt")
    figures = (whole + kept).lstrip("0") or "0"
    if len(figures) > MAX_DIGITS:
        raise AmountError(f"{text!r} ist größer, als ein Konto es führt")
    return Money(sign * int(figures), currency)
