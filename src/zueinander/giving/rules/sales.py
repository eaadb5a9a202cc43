"""Sales of a book from files: Amazon KDP's report (XLSX) and any other table, mapped once by a person.

Cells are taken as stored. A cell with a formula is refused, for what it shows depends on who opens it; so is a figure
with more decimals than its currency has. KDP's tabs and columns: "Sales and Royalties" report, tab "Combined Sales".
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import openpyxl

from zueinander.banks.model import Refusal
from zueinander.banks.raw import decode, is_zip, unzip
from zueinander.banks.table import grid
from zueinander.banks.table_values import date_forms, parse_date
from zueinander.shared.money import AmountError, DecimalMark, Money, checked_currency, parse_amount

MAX_ROWS = 200_000
Value = str | int | float | date | None
_KDP = {"date": "Royalty Date", "isbn": "ASIN/ISBN", "title": "Title", "channel": "Marketplace", "sold": "Units Sold",
        "refunded": "Units Refunded", "net": "Net Units Sold", "royalty": "Royalty", "currency": "Currency",
        "kind": "Transaction Type"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sold:
    """One row: copies less returns between two days (both included), and the royalty the source reports, if it does."""

    first: date
    last: date
    isbn: str
    title: str
    channel: str
    copies: int
    royalty: Money | None
    line: int


@dataclass(frozen=True, slots=True)
class SalesMapping:
    """Which column (from 0) holds what; `header` rows are skipped. What a table lacks is given once for all rows."""

    columns: Mapping[Literal["date", "copies", "returned", "isbn", "title", "channel", "royalty", "currency"], int]
    header: int = 1
    sheet: str = ""
    decimal: DecimalMark = ","
    isbn: str = ""
    channel: str = ""
    currency: str = "EUR"


def read_kdp(data: bytes) -> list[Sold]:
    """The rows of the tab "Combined Sales". Raises Refusal with the row's number for anything unexpected."""
    rows = list(_sheet(data, "Combined Sales"))
    if not rows:
        raise Refusal("das Blatt „Combined Sales“ ist leer")
    names = {str(value).strip(): number for number, value in enumerate(rows[0]) if value is not None}
    missing = [name for key, name in _KDP.items() if name not in names and key not in {"title", "kind"}]
    if missing:
        raise Refusal(f"kein Bericht von KDP: die Spalte {missing[0]!r} fehlt", 1)
    place = {key: names.get(name, -1) for key, name in _KDP.items()}
    return [_kdp_row(row, place, line) for line, row in enumerate(rows[1:], 2) if any(v not in (None, "") for v in row)]


def _kdp_row(row: Sequence[Value], place: Mapping[str, int], line: int) -> Sold:
    sold, refunded, net = (_count(_at(row, place[key]), line) for key in ("sold", "refunded", "net"))
    if sold - refunded != net:
        raise Refusal(f"verkauft {sold}, zurück {refunded}, netto {net}: das passt nicht zusammen", line)
    first, last = _days(_at(row, place["date"]), line)
    currency = _currency(str(_at(row, place["currency"]) or ""), line)
    return Sold(
        first=first,
        last=last,
        isbn=str(_at(row, place["isbn"]) or "").strip(),
        title=str(_at(row, place["title"]) or "").strip(),
        channel=str(_at(row, place["channel"]) or "").strip(),
        copies=net,
        royalty=_royalty(_at(row, place["royalty"]), ".", currency, line),
        line=line,
    )


def read_sales(data: bytes, mapping: SalesMapping) -> list[Sold]:
    """Any CSV or XLSX by a saved mapping. Raises Refusal with the row's number; a row is read whole or not at all."""
    rows_left = _rows(data, mapping.sheet)[mapping.header :]
    return [_row(row, mapping, line) for line, row in rows_left if any(value not in (None, "") for value in row)]


def head_of(data: bytes, mapping: SalesMapping) -> list[list[str]]:
    """The rows above the figures, by which a shop's next table is known again; [] when nothing stands above them."""
    rows = _rows(data, mapping.sheet)[: mapping.header]
    return [[str(cell or "").strip() for cell in row] for _line, row in rows]


def _rows(data: bytes, sheet: str) -> list[tuple[int, Sequence[Value]]]:
    if is_zip(data):
        return list(enumerate(_sheet(data, sheet), 1))
    return [(row.line, row.cells) for row in grid(decode(data))]


def _row(row: Sequence[Value], mapping: SalesMapping, line: int) -> Sold:
    place = mapping.columns
    if "date" not in place or "copies" not in place:
        raise Refusal("die Zuordnung braucht eine Spalte für den Tag und eine für die Stückzahl")
    first, last = _days(_at(row, place["date"]), line)
    copies = _count(_at(row, place["copies"]), line)
    returned = _count(_at(row, place["returned"]), line) if "returned" in place else 0
    currency = _currency(str(_at(row, place.get("currency", -1)) or mapping.currency), line)
    return Sold(
        first=first,
        last=last,
        isbn=str(_at(row, place.get("isbn", -1)) or mapping.isbn).strip(),
        title=str(_at(row, place.get("title", -1)) or "").strip(),
        channel=str(_at(row, place.get("channel", -1)) or mapping.channel).strip(),
        copies=copies - abs(returned),
        royalty=_royalty(_at(row, place.get("royalty", -1)), mapping.decimal, currency, line),
        line=line,
    )


def _sheet(data: bytes, name: str) -> Iterator[Sequence[Value]]:
    """The rows of one tab ("" takes the first). Size and document types are checked before anything is read."""
    if not is_zip(data):
        raise Refusal("keine XLSX-Datei")
    for member, content in unzip(data):
        plain = content.replace(b"\x00", b"")
        if member.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in plain or b"<!ENTITY" in plain):
            raise Refusal(f"{member} bringt einen DOCTYPE mit")
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        if name and name not in book.sheetnames:
            raise Refusal(f"das Blatt {name!r} fehlt")
        sheet = book[name] if name else book[book.sheetnames[0]]
        for line, row in enumerate(sheet.iter_rows(), 1):
            if line > MAX_ROWS:
                raise Refusal(f"mehr als {MAX_ROWS} Zeilen", line)
            yield [_plain(cell, line) for cell in row]
    except Refusal:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers raise
        raise Refusal(f"die XLSX-Datei lässt sich nicht lesen: {type(error).__name__}") from None


def _plain(cell: object, line: int) -> Value:
    kind, where = getattr(cell, "data_type", ""), getattr(cell, "coordinate", "")
    if kind in {"f", "e"}:
        raise Refusal(f"Zelle {where} enthält {'eine Formel' if kind == 'f' else 'einen Fehlerwert'}", line)
    value = getattr(cell, "value", None)
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, str | int | float | date) or value is None else str(value)


def _at(row: Sequence[Value], column: int) -> Value:
    return row[column] if 0 <= column < len(row) else None


def _count(value: Value, line: int) -> int:
    """A whole number of copies; "12", 12 and 12.0 are, "12,5" and "" are not."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,9}", value.strip(), re.ASCII):
        return int(value)
    raise Refusal(f"{value!r} ist keine Stückzahl", line)


def _days(value: Value, line: int) -> tuple[date, date]:
    """One day, or first and last day of a month ("2015-06", "06.2015")."""
    if isinstance(value, date):
        return value, value
    text = str(value or "").strip()
    month = re.fullmatch(r"(?P<y>\d{4})-(?P<m>\d{2})|(?P<m2>\d{2})[./](?P<y2>\d{4})", text, re.ASCII)
    if month:
        year, number = int(month["y"] or month["y2"]), int(month["m"] or month["m2"])
        if 1 <= number <= 12 and year >= 1900:
            first = date(year, number, 1)
            following = date(year + number // 12, number % 12 + 1, 1)
            return first, date.fromordinal(following.toordinal() - 1)
    for form in date_forms([text]):
        day = parse_date(text, form)
        if day and form != "dd.mm":
            return day, day
    raise Refusal(f"{text!r} ist kein Datum", line)


def _royalty(value: Value, decimal: DecimalMark, currency: str, line: int) -> Money | None:
    """A reported amount. A number cell is read by its shortest decimal form, which is what was typed, never rounded."""
    if value is None or value == "":
        return None
    text, mark = (repr(value), ".") if isinstance(value, int | float) else (str(value), decimal)
    try:
        return parse_amount(text, decimal="." if mark == "." else ",", currency=currency)
    except AmountError as error:
        raise Refusal(str(error), line) from None


def _currency(code: str, line: int) -> str:
    try:
        return checked_currency(code.strip().upper())
    except AmountError as error:
        raise Refusal(str(error), line) from None
