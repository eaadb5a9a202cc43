"""Single cells: dates in the forms banks use, amounts with currency and sign around them. Strict, column by column."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from zueinander.banks.table import DateForm
from zueinander.shared.money import AmountError, Money, parse_amount

_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_TIME = r"(?:[T ,]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?"
_FORMS: dict[DateForm, re.Pattern[str]] = {
    "yyyy-mm-dd": re.compile(rf"(?P<y>\d{{4}})-(?P<m>\d{{1,2}})-(?P<d>\d{{1,2}}){_TIME}", re.ASCII),
    "dd.mm.yyyy": re.compile(rf"(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.(?P<y>\d{{4}}){_TIME}", re.ASCII),
    "dd.mm.yy": re.compile(rf"(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.(?P<y>\d{{2}}){_TIME}", re.ASCII),
    "yyyy.mm.dd": re.compile(rf"(?P<y>\d{{4}})\. ?(?P<m>\d{{1,2}})\. ?(?P<d>\d{{1,2}})\.?{_TIME}", re.ASCII),
    "yyyy/mm/dd": re.compile(rf"(?P<y>\d{{4}})/(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}}){_TIME}", re.ASCII),
    "yyyymmdd": re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})", re.ASCII),
    "dd/mm/yyyy": re.compile(rf"(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})/(?P<y>\d{{4}}){_TIME}", re.ASCII),
    "mm/dd/yyyy": re.compile(rf"(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}})/(?P<y>\d{{4}}){_TIME}", re.ASCII),
    "dd/mm/yy": re.compile(rf"(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})/(?P<y>\d{{2}}){_TIME}", re.ASCII),
    "mm/dd/yy": re.compile(rf"(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}})/(?P<y>\d{{2}}){_TIME}", re.ASCII),
    "dd-mm-yyyy": re.compile(rf"(?P<d>\d{{1,2}})-(?P<m>\d{{1,2}})-(?P<y>\d{{4}}){_TIME}", re.ASCII),
    "mm-dd-yyyy": re.compile(rf"(?P<m>\d{{1,2}})-(?P<d>\d{{1,2}})-(?P<y>\d{{4}}){_TIME}", re.ASCII),
    "dd mon yyyy": re.compile(rf"(?P<d>\d{{1,2}})[ -]?(?P<n>[A-Za-z]{{3}})[a-z]*[ ,-]*(?P<y>\d{{4}}){_TIME}", re.ASCII),
    "dd.mm": re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.?", re.ASCII),
}
TWINS: dict[DateForm, DateForm] = {"dd/mm/yyyy": "mm/dd/yyyy", "dd/mm/yy": "mm/dd/yy", "dd-mm-yyyy": "mm-dd-yyyy"}
"""Forms that some days fit both ways; the first is the usual one in Europe."""

CODES = frozenset(
    [
        "EUR",
        "CHF",
        "USD",
        "GBP",
        "SEK",
        "NOK",
        "DKK",
        "PLN",
        "CZK",
        "HUF",
        "RON",
        "BGN",
        "ISK",
        "TRY",
        "RSD",
        "UAH",
        "RUB",
        "HRK",
        "BAM",
        "MDL",
        "ALL",
        "MKD",
        "CAD",
        "AUD",
        "NZD",
        "JPY",
        "CNY",
        "HKD",
        "SGD",
        "INR",
        "ILS",
        "ZAR",
        "BRL",
        "MXN",
        "THB",
        "KRW",
        "AED",
        "SAR",
        "MAD",
        "TND",
        "EGP",
        "NGN",
        "KES",
        "GHS",
        "DEM",
        "ATS",
        "NLG",
        "FRF",
        "BEF",
        "ITL",
        "ESP",
        "FIM",
    ]
)
SYMBOLS = {
    "€": "EUR",
    "£": "GBP",
    "zł": "PLN",
    "Kč": "CZK",
    "Ft": "HUF",
    "Fr.": "CHF",
    "₽": "RUB",
    "₺": "TRY",
    "₹": "INR",
    "¥": "",
    "$": "",
    "¤": "",
    "kr": "",
}
"""Signs beside an amount; empty where several currencies share the sign (and "¤" says only that there is one)."""

MAX_FIGURE = 60
"""Longer cells are texts; patterns are kept from running over them."""

_SUFFIX_SIGNS = {"S": -1, "H": 1, "DR": -1, "CR": 1, "D": -1, "C": 1}


def parse_date(text: str, form: DateForm, year: int = 0) -> date | None:
    """The day, or None when the text is not of this form or no such day exists. `year` completes "dd.mm"."""
    found = _FORMS[form].fullmatch(text.strip().strip("'"))
    if not found:
        return None
    parts = found.groupdict()
    month = _MONTHS.get(parts["n"].casefold(), 0) if "n" in parts else int(parts["m"])
    whole = int(parts["y"]) if "y" in parts else year
    if len(parts.get("y", "0000")) == 2:
        whole += 2000 if whole < 80 else 1900
    try:
        return date(whole, month, int(parts["d"]))
    except ValueError:
        return None


def date_forms(cells: list[str]) -> list[DateForm]:
    """Every form that reads all the cells (none when there are no cells), in the order of `_FORMS`."""
    return [form for form in _FORMS if cells and all(parse_date(cell, form, 2000) for cell in cells)]


def strip_currency(cell: str) -> tuple[str, str]:
    """The cell without a currency code or sign before or behind the figures, and the currency it names ("" unknown)."""
    text = " ".join(cell.split())
    if len(text) > MAX_FIGURE:
        return text, ""
    for symbol, code in SYMBOLS.items():
        if symbol in text:
            bare = text.replace(symbol, " ", 1).strip()
            return re.sub(r"^([+−-]) +", r"\1", bare), code
    found = re.fullmatch(r"(?P<before>[A-Z]{3})?\s*(?P<body>.*?)\s*(?P<behind>[A-Z]{3})?", text, re.DOTALL)
    if found and bool(found["before"]) != bool(found["behind"]):
        code = found["before"] or found["behind"]
        if code in CODES:
            return found["body"], code
    return text, ""


def parse_money_cell(cell: str, decimal: Literal[",", "."], currency: str) -> Money:
    """The signed amount of a cell, its own currency winning over `currency`. Raises AmountError.

    A trailing S or H (Soll, Haben), D or C, DR or CR is a sign; together with + or − it is refused.
    """
    body, own = strip_currency(cell)
    bracketed = re.fullmatch(r"\(\s*([\d.,' ]+)\)", body, re.ASCII)
    if bracketed:  # bookkeepers' minus
        return -parse_amount(bracketed[1], decimal=decimal, currency=own or currency)
    suffix = re.fullmatch(r"(.*\d)\s*(S|H|CR|DR|C|D)\.?", body.upper(), re.ASCII)
    if own and currency and own != currency:
        raise AmountError(f"{cell!r} nennt eine andere Währung als die Spalte ({currency})")
    if not suffix:
        return parse_amount(body, decimal=decimal, currency=own or currency)
    amount = parse_amount(suffix[1], decimal=decimal, currency=own or currency)
    if amount.units < 0 or body[:1] == "+":
        raise AmountError(f"{cell!r} hat zwei Vorzeichen")
    return amount * _SUFFIX_SIGNS[suffix[2]]


_FINEST = "CLF"
"""A currency with four decimals: while the mark is open, "1.234" may still be one and a bit."""


def decimal_marks(cells: list[str]) -> set[Literal[",", "."]]:
    """The decimal marks under which every cell is an amount; two when the cells leave it open, none when neither fits.

    Marks that read all cells alike count as one: whole numbers need no mark.
    """
    readings: dict[Literal[",", "."], list[int]] = {}
    marks: tuple[Literal[",", "."], ...] = (",", ".")
    for mark in marks:
        try:
            readings[mark] = [parse_money_cell(strip_currency(cell)[0], mark, _FINEST).units for cell in cells]
        except AmountError:
            continue
    if len(readings) == 2 and readings[","] == readings["."]:
        return {","}
    return set(readings)
