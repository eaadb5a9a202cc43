"""Finding a table's layout: by a known bank, by the names of its columns, or by what the columns contain.

Whatever stays open (which column, which decimal mark, which sign) is never guessed: UnknownLayout asks a person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from zueinander.banks.model import UnknownLayout
from zueinander.banks.table import DateForm, Layout, Row, Section, key
from zueinander.banks.table_values import CODES, date_forms, decimal_marks, strip_currency
from zueinander.banks.table_words import Profile, bare, named_currency, profiles, roles, sign_words, status_words
from zueinander.shared.money import DecimalMark

_SINGLE = {
    "booked",
    "valuta",
    "amount",
    "debit",
    "credit",
    "sign",
    "currency",
    "iban",
    "balance",
    "account",
    "status",
    "perhaps_status",
    "fee",
    "payer",
    "payee",
}
_MONEY = re.compile(r"[+-]?[\d.,' ]*\d[.,]\d{2}", re.ASCII)
_FIGURE = re.compile(r"\d{2,}", re.ASCII)


def sections(rows: Sequence[Row]) -> list[Section]:
    """The tables of a file, each with its layout. Raises UnknownLayout where a person has to map columns."""
    heads = [(place, layout) for place, row in enumerate(rows) if (layout := from_header(row)) is not None]
    if not heads:
        return [_without_header(rows)]
    found, start = [], 0
    for number, (place, layout) in enumerate(heads):
        end = heads[number + 1][0] if number + 1 < len(heads) else len(rows)
        body = list(rows[place + 1 : end])
        above = tuple(rows[start:place])
        _no_bookings(above)
        start = place + 1 + _length(body, layout)
        found.append(
            Section(above, layout, tuple(body[: start - place - 1] if number + 1 < len(heads) else body), rows[place])
        )
    return found


def _no_bookings(above: Sequence[Row]) -> None:
    """Refuses what stands above the column names when it looks like bookings: their own column names are broken."""
    for row in above:
        cells = [cell for cell in row.cells if cell]
        if len(cells) > 3 and any(date_forms([cell]) for cell in cells) and any(_is_money([cell]) for cell in cells):
            raise UnknownLayout("eine Buchung steht über den Spaltennamen", row.line)


def _length(body: list[Row], layout: Layout) -> int:
    """How many rows belong to a table that another follows: up to the last with an amount, or more than a title."""
    money = [layout.first(role) for role in ("amount", "debit", "credit")]
    full = [
        n for n, row in enumerate(body) if row.filled > 2 or any(column >= 0 and row.at(column) for column in money)
    ]
    return full[-1] + 1 if full else 0


def from_header(row: Row) -> Layout | None:
    """The layout of a row of column names, None if it names no date and no amount. Raises UnknownLayout when it is
    clearly such a row but essential columns are missing or named twice."""
    names = [cell for cell in row.cells if cell]
    if len(names) < 3 or any(_FIGURE.search(re.sub(r"\(.*?\)", "", name)) for name in names):
        return None
    columns = _assign(row)
    has_money = "amount" in columns or "debit" in columns or "credit" in columns
    if "booked" not in columns and "valuta" in columns and has_money:
        raise UnknownLayout("keine Spalte für den Buchungstag erkannt", row.line)
    if "booked" not in columns or not has_money:
        if len([role for role in columns if role != "text"]) >= 3:
            missing = "den Betrag" if "booked" in columns else "den Buchungstag"
            raise UnknownLayout(f"keine Spalte für {missing} erkannt", row.line)
        return None
    header = tuple(key(cell) for cell in row.cells)
    layout = Layout(name="Tabelle", columns=columns, currency=_header_currency(row, columns), header=header)
    profile = next((one for one in profiles() if one.header <= set(header)), None)
    return _with_profile(layout, profile, header) if profile else layout


def _with_profile(layout: Layout, profile: Profile, header: tuple[str, ...]) -> Layout:
    columns = dict(layout.columns)
    for role, name in profile.columns.items():
        if name in header:
            columns[role] = (header.index(name),)
    return replace(
        layout,
        name=profile.name,
        columns=columns,
        decimal="," if profile.decimal == "," else "." if profile.decimal == "." else "",
        dates=profile.dates,  # type: ignore[arg-type]
        fee=profile.fee,
    )


def _assign(row: Row) -> dict[str, tuple[int, ...]]:
    """Role to columns, best name first. A column plays one role; a role of `_SINGLE` takes its best column only."""
    wanted: dict[str, list[tuple[int, int]]] = {}
    for column, cell in enumerate(row.cells):
        for role, rank in roles().get(bare(cell), []) or roles().get(key(cell), []):
            wanted.setdefault(role, []).append((rank, column))
    columns: dict[str, tuple[int, ...]] = {}
    taken: set[int] = set()
    for role in ("amount", "booked", *(role for role in wanted if role not in {"amount", "booked", "text"}), "text"):
        free = sorted((rank, column) for rank, column in wanted.get(role, []) if column not in taken)
        if not free or (role in {"debit", "credit"} and "amount" in columns):
            continue
        chosen = free[:1] if role in _SINGLE else free
        if role == "currency" and len(free) > 1:
            chosen = [_beside(free, columns.get("amount", (-9,))[0])]
        columns[role] = tuple(
            column for _, column in (chosen if role != "text" else sorted(free, key=lambda pair: pair[1]))
        )
        taken.update(columns[role])
    return columns


def _beside(free: list[tuple[int, int]], amount: int) -> tuple[int, int]:
    """The currency column behind the amount, else the best-named."""
    return next((pair for pair in free if pair[1] == amount + 1), free[0])


def _header_currency(row: Row, columns: dict[str, tuple[int, ...]]) -> str:
    named = {named_currency(row.at(columns[role][0])) for role in ("amount", "debit", "credit") if role in columns} - {
        ""
    }
    return named.pop() if len(named) == 1 else ""


def _without_header(rows: Sequence[Row]) -> Section:
    """A table that starts at once: exactly one column of amounts with their sign, one or two of dates."""
    full = [row for row in rows if row.filled > 1]
    widths = Counter(len(row.cells) for row in full)
    width = widths.most_common(1)[0][0] if widths else 0
    if width < 3 or len(full) < 1 or any(len(row.cells) != width for row in full):
        line = full[0].line if full else 0
        raise UnknownLayout("keine Zeile mit Spaltennamen und keine gleichmäßige Tabelle", line)
    content = {column: [row.at(column) for row in full] for column in range(width)}
    dates = [c for c, cells in content.items() if all(cells) and date_forms(cells)]
    money = [c for c, cells in content.items() if c not in dates and _is_money(cells)]
    flags = [
        c for c, cells in content.items() if c not in money and all(cell.casefold() in sign_words() for cell in cells)
    ]
    codes = [c for c, cells in content.items() if all(cell in CODES for cell in cells)]
    perhaps = [c for c in content if c not in dates and any(_is_money([cell]) for cell in content[c])]
    if not dates or len(money) != 1 or perhaps != money or len(flags) > 1:
        raise UnknownLayout("ohne Spaltennamen ist nicht sicher, welche Spalte Tag und Betrag sind", full[0].line)
    if not flags and not any("-" in cell for cell in content[money[0]]):
        raise UnknownLayout(
            "ohne Spaltennamen und ohne Vorzeichen ist nicht sicher, was ein- und was ausging", full[0].line
        )
    used = {*dates, *money, *flags, *codes}
    columns = {"booked": (dates[0],), "amount": (money[0],), "text": tuple(c for c in content if c not in used)}
    for role, found in (("valuta", dates[1:2]), ("sign", flags), ("currency", codes[:1])):
        if found:
            columns[role] = tuple(found)
    return Section((), Layout(name="Tabelle ohne Kopf", columns=columns), tuple(rows))


def _is_money(cells: list[str]) -> bool:
    return all(cells) and all(_MONEY.fullmatch(strip_currency(cell)[0]) for cell in cells)


def settle(section: Section, data: Sequence[Row]) -> Layout:
    """The layout with decimal mark, date form and sign decided from all data rows, or UnknownLayout."""
    layout = section.layout
    if not layout.decimal:
        layout = replace(layout, decimal=_decimal(layout, section, data))
    if not layout.dates:
        layout = replace(layout, dates=_dates(layout, data))
    status = layout.columns.get("perhaps_status")
    if status and "status" not in layout.columns:
        cells = {row.at(status[0]).casefold() for row in data}
        if cells <= set(status_words()):
            layout = replace(layout, columns={**layout.columns, "status": status})
    return layout


def _decimal(layout: Layout, section: Section, data: Sequence[Row]) -> DecimalMark:
    columns = [layout.first(role) for role in ("amount", "debit", "credit", "balance", "fee")]
    cells = [(row.at(c), row.line) for row in data for c in columns if c >= 0 and row.at(c)]
    marks = decimal_marks([cell for cell, _ in cells])
    if len(marks) == 2:  # the amounts alone leave it open; a figure above the table may decide
        above = [cell for row in section.above for cell in row.cells if _MONEY.fullmatch(strip_currency(cell)[0])]
        marks = decimal_marks([*above, *(cell for cell, _ in cells)]) or marks
    if len(marks) == 1:
        return marks.pop()
    line = cells[0][1] if cells else 0
    if len(marks) == 2:
        raise UnknownLayout(f"{cells[0][0]!r}: ob Punkt oder Komma die Dezimalstellen trennt, ist nicht sicher", line)
    for text, at in cells:
        if not decimal_marks([text]):
            raise UnknownLayout(f"{text!r} ist kein Betrag", at)
    raise UnknownLayout(f"Beträge mit Punkt und mit Komma als Dezimalzeichen gemischt, zuerst {cells[0][0]!r}", line)


def _dates(layout: Layout, data: Sequence[Row]) -> DateForm:
    cells = [(row.at(layout.first("booked")), row.line) for row in data if row.at(layout.first("booked"))]
    forms = date_forms([cell for cell, _ in cells])
    if forms:
        return forms[0]
    if not cells:
        return "yyyy-mm-dd"
    common = Counter(form for cell, _ in cells for form in date_forms([cell]))
    usual = common.most_common(1)[0][0] if common else None
    for cell, line in cells:
        if usual is None or usual not in date_forms([cell]):
            raise UnknownLayout(f"{cell!r} ist kein Datum" + (f" wie die anderen ({usual})" if usual else ""), line)
    raise UnknownLayout("die Form der Daten ist nicht zu erkennen", cells[0][1])


def suggest(rows: Sequence[Row]) -> tuple[int, dict[int, str]]:
    """For the wizard: the row that looks most like column names (-1: none) and a role for each column we know."""
    best = -1
    found: dict[int, str] = {}
    for place, row in enumerate(rows[:60]):
        columns = _assign(row)
        if len(columns) > max(1, len(set(found.values()))):
            best = place
            found = {column: role for role, places in columns.items() for column in places}
    return best, {column: role.removeprefix("perhaps_") for column, role in found.items()}
