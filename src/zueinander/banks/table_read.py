"""From a settled table to statements: every row a booking, a known total, or a refusal with its line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from zueinander.banks.model import Entry, Refusal, Statement, StatementFile, Status, UnknownLayout, one_line
from zueinander.banks.table import Layout, Row, Section, grid, key
from zueinander.banks.table_guess import sections, settle
from zueinander.banks.table_proof import figure, is_total, proof
from zueinander.banks.table_values import TWINS, date_forms, parse_date, strip_currency
from zueinander.banks.table_words import row_words, sign_words, status_words
from zueinander.shared.money import AmountError, Money, checked_currency

_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_WORD = re.compile(r"[^\W\d_]{1,20}")
_ANY_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}", re.ASCII)


def read_table(text: str, layout: Layout | None = None) -> StatementFile:
    """A bank's CSV. With `layout` (from the wizard) nothing is detected. Raises Refusal or UnknownLayout."""
    rows = grid(text)
    found = [_section_for(rows, layout)] if layout else sections(rows)
    warnings: list[str] = []
    statements = tuple(_statement(section, warnings) for section in found)
    names = list(dict.fromkeys(section.layout.name for section in found))
    return StatementFile("csv", statements, tuple(dict.fromkeys(warnings)), layout=", ".join(names))


def _section_for(rows: Sequence[Row], layout: Layout) -> Section:
    """The section a saved layout was made for. A table with another header is refused."""
    if not layout.header:
        return Section((), layout, tuple(rows))
    for place, row in enumerate(rows):
        if tuple(key(cell) for cell in row.cells) == layout.header:
            return Section(tuple(rows[:place]), layout, tuple(rows[place + 1 :]), row)
    raise UnknownLayout(f"die Spalten passen nicht zur gespeicherten Zuordnung {layout.name!r}")


def _statement(section: Section, warnings: list[str]) -> Statement:
    data = _data_rows(section)
    layout = settle(section, [row for row, pending in data if not pending])
    section = replace(section, layout=layout)
    currency = layout.currency or _currency_above(section)
    year = _year_above(section)
    entries = tuple(_entry(row, layout, currency, year, pending) for row, pending in data)
    _check_dates(layout, data, warnings)
    seen = {entry.amount.currency for entry in entries}
    days = [entry.booked for entry in entries]
    opening, closing, balanced = proof(entries, data, section)
    _check_signs(entries, layout, data, warnings, balanced)
    if balanced is False:
        warnings.append("Die Salden in der Tabelle passen nicht zu den Beträgen.")
    return Statement(
        account=layout.account or _account(section, data),
        currency=seen.pop() if len(seen) == 1 else "" if seen else currency,
        entries=entries,
        start=min(days, default=None),
        end=max(days, default=None),
        opening=opening,
        closing=closing,
        balanced=balanced,
    )


def _data_rows(section: Section) -> list[tuple[Row, bool]]:
    """The rows that are bookings, each with whether it is still pending. Unknown rows with figures are refused."""
    layout, width = section.layout, _width(section.heading)
    found = []
    for row in section.rows:
        booked = row.at(layout.first("booked"))
        money = any(row.at(layout.first(role)) for role in ("amount", "debit", "credit"))
        if row.filled == 0 or is_total(row, booked):
            continue
        pending = booked.casefold() in row_words("pending") or (not booked and _status(row, layout) != "BOOK")
        if pending or date_forms([booked]):
            _check_width(row, width)
        if money and (pending or date_forms([booked])):
            found.append((row, pending))
        elif money or _ANY_DATE.search(booked):
            wrong = "ohne Betrag" if not money else f"{booked!r} ist kein Buchungstag"
            raise Refusal(wrong, row.line)
        elif row.filled > 1:
            raise Refusal("die Zeile passt nicht zur Tabelle; vielleicht ist sie umgebrochen", row.line)
    return found


def _width(heading: Row | None) -> tuple[int, int]:
    """Columns of the header up to the last with a name, and with the unnamed ones behind it; zeros without header."""
    cells = heading.cells if heading else ()
    return max((n for n, cell in enumerate(cells, 1) if cell), default=0), len(cells)


def _check_width(row: Row, width: tuple[int, int]) -> None:
    """A row with fewer cells than the header has names, or with more that are filled, may be shifted: its amount could
    stand in another column."""
    named, whole = width
    if len(row.cells) < named or (whole and any(row.cells[whole:])):
        raise Refusal(f"die Zeile hat {len(row.cells)} Spalten, der Kopf {named}", row.line)


def _entry(row: Row, layout: Layout, currency: str, year: int, pending: bool) -> Entry:
    valuta = _date(row, layout.first("valuta"), layout, year) if row.at(layout.first("valuta")) else None
    booked = _date(row, layout.first("booked"), layout, year, valuta) if not pending else None
    day = booked or valuta or _any_day(row, layout)
    if day is None:
        raise Refusal("vorgemerkt und ohne Wertstellung", row.line)
    amount = _amount(row, layout, _currency(row, layout, currency))
    incoming = amount.units >= 0
    party = [row.at(c) for c in layout.columns.get("counterparty", ())] or [
        row.at(layout.first("payer" if incoming else "payee"))
    ]
    return Entry(
        booked=day,
        valuta=valuta,
        amount=amount,
        counterparty=next((one_line(name) for name in party if name), ""),
        iban=one_line(row.at(layout.first("iban"))).replace(" ", "").upper(),
        reference=next((one_line(row.at(c)) for c in layout.columns.get("reference", ()) if row.at(c)), ""),
        text=one_line(*(row.at(c) for c in layout.columns.get("text", ()))),
        bank_ref=next((one_line(row.at(c)) for c in layout.columns.get("bank_ref", ()) if row.at(c)), ""),
        status="PDNG" if pending and _status(row, layout) == "BOOK" else _status(row, layout),
        line=row.line,
    )


def _status(row: Row, layout: Layout) -> Status:
    word = row.at(layout.first("status"))
    if not word or word.casefold() in status_words():
        return status_words()[word.casefold()] if word else "BOOK"
    raise Refusal(f"ob gebucht oder vorgemerkt, ist nicht zu lesen: {word!r}", row.line)


def _date(row: Row, column: int, layout: Layout, year: int, near: date | None = None) -> date:
    """The day in the cell. A day without a year takes the one nearest to `near`, else `year` from above the table."""
    text = row.at(column)
    own = column == layout.first("booked") or layout.dates in date_forms([text])
    for form in [layout.dates] if own else date_forms([text]):
        if form == "dd.mm" and near:
            days = [parse_date(text, form, near.year + step) for step in (-1, 0, 1)]
            return min((day for day in days if day), key=lambda day: abs((day - near).days))
        if form == "dd.mm" and not year:
            raise Refusal(f"{text!r} hat kein Jahr, und über der Tabelle steht keins", row.line)
        if form and (day := parse_date(text, form, year)):
            return day
    raise Refusal(f"{text!r} ist kein Datum (erwartet: {layout.dates})", row.line)


def _any_day(row: Row, layout: Layout) -> date | None:
    """For a pending row: the first cell that is a day in the table's form."""
    days = (parse_date(cell, layout.dates) for cell in row.cells if layout.dates and cell)
    return next((day for day in days if day), None)


def _currency(row: Row, layout: Layout, default: str) -> str:
    cell = row.at(layout.first("currency")).upper()
    try:
        return checked_currency(cell) if cell and cell not in {"€"} else "EUR" if cell else default
    except AmountError as error:
        raise Refusal(str(error), row.line) from None


def _amount(row: Row, layout: Layout, currency: str) -> Money:
    try:
        amount = _split(row, layout, currency) if "amount" not in layout.columns else _signed(row, layout, currency)
        fee = row.at(layout.first("fee"))
        paid = figure(fee, layout, currency) if fee else Money(0, amount.currency)
    except AmountError as error:
        raise Refusal(str(error), row.line) from None
    if paid.units == 0 or layout.fee == "included":
        return amount
    if layout.fee == "subtract":
        return amount - paid
    raise UnknownLayout("eine Gebührenspalte: ob sie im Betrag steckt, ist nicht sicher", row.line)


def _signed(row: Row, layout: Layout, currency: str) -> Money:
    amount = figure(row.at(layout.first("amount")), layout, currency)
    word = row.at(layout.first("sign"))
    if "sign" not in layout.columns:
        return amount
    if word.casefold() not in sign_words():
        raise AmountError(f"{word!r} sagt nicht, ob Gutschrift oder Belastung")
    sign = sign_words()[word.casefold()]
    if amount.units < 0 and sign > 0:
        raise AmountError(f"{row.at(layout.first('amount'))!r} ist negativ und zugleich Gutschrift")
    return amount if amount.units < 0 else amount * sign


def _split(row: Row, layout: Layout, currency: str) -> Money:
    """One of the columns for out and in; a zero or nothing in the other. A minus is allowed in the out column only."""
    figures = [row.at(layout.first(role)) for role in ("debit", "credit")]
    out, into = (figure(cell, layout, currency) if cell else None for cell in figures)
    if out and out.units and into and into.units:
        raise AmountError("Soll und Haben sind beide gefüllt")
    if into and into.units < 0:
        raise AmountError(f"{figures[1]!r} ist eine negative Gutschrift")
    if out and (out.units or into is None):
        return out if out.units < 0 else -out
    return into or Money(0, currency)


def _check_signs(
    entries: tuple[Entry, ...], layout: Layout, data: list[tuple[Row, bool]], warnings: list[str], proven: bool | None
) -> None:
    """Amounts without any minus: fine for a list of gifts, wrong where a column we do not understand signs them.

    Such a column holds words for in and out, or exactly two different words. A known bank always writes its minus.
    """
    told = "sign" in layout.columns or layout.unsigned or settled(layout) or proven
    if "amount" not in layout.columns or told or not entries or any(entry.amount.units < 0 for entry in entries):
        return
    known = {column for role, columns in layout.columns.items() if role != "text" for column in columns}
    for column in set(range(max(len(row.cells) for row, _ in data))) - known:
        words = {row.at(column).casefold() for row, _ in data} - {""}
        debits = words <= set(sign_words()) and any(sign_words()[word] < 0 for word in words)
        if debits or (len(words) == 2 and len(data) > 2 and all(_WORD.fullmatch(word) for word in words)):
            reason = "kein Betrag hat ein Vorzeichen, aber eine Spalte sieht nach Ein- und Ausgang aus"
            raise UnknownLayout(reason, data[0][0].line)
    warnings.append("Kein Betrag hat ein Vorzeichen; wir lesen alle als Eingang. Bitte prüfe das.")


def _check_dates(layout: Layout, data: list[tuple[Row, bool]], warnings: list[str]) -> None:
    twin = TWINS.get(layout.dates) if layout.dates else None
    cells = [row.at(layout.first("booked")) for row, pending in data if not pending]
    if twin and not settled(layout) and cells and all(parse_date(cell, twin) for cell in cells):
        warnings.append(f"{cells[0]!r}: wir lesen zuerst den Tag, dann den Monat. Bitte prüfe das.")


def settled(layout: Layout) -> bool:
    """Whether a person or a known bank's profile stands behind the layout, so that no doubt is worth a word."""
    return layout.name not in {"Tabelle", "Tabelle ohne Kopf"}


def _currency_above(section: Section) -> str:
    named = {strip_currency(cell)[1] for row in section.above for cell in row.cells if re.search(r"\d", cell)} - {""}
    return named.pop() if len(named) == 1 else ""


def _year_above(section: Section) -> int:
    """The one year all dates above the table share; 0 when they name none or several."""
    text = " ".join(cell for row in section.above for cell in row.cells)
    years = set(re.findall(r"\b(?:\d{1,2}\.){2}((?:19|20)\d{2})\b", text, re.ASCII))
    return int(years.pop()) if len(years) == 1 else 0


def _account(section: Section, data: list[tuple[Row, bool]]) -> str:
    column = section.layout.first("account")
    own = {row.at(column).replace(" ", "") for row, _ in data} - {""} if column >= 0 else set()
    if len(own) == 1:
        return own.pop()
    ibans = {found.replace(" ", "") for row in section.above for cell in row.cells for found in _IBAN.findall(cell)}
    return ibans.pop() if len(ibans) == 1 else ""
