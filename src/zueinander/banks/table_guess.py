"""Finding a table's layout: by a known bank, by the names of its columns, or by what the columns contain.

Whatever stays open (which column, which decimal mark, which sign) is never guessed: UnknownLayout asks a person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from zueinander.banks.model import UnknownLayout
from zueinander.banks.table import DateForm, Layout, Row, Section, key
from zueinander.banks.table_values import CODES, date_forms, decimal_marks, strip_currency
from zueinander.banks.table_words import (
    Profile,
    bare,
    named_currency,
    profiles,
    roles,
    row_words,
    sign_words,
    status_words,
)
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
MAX_NAME = 120
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
        if (
            len(cells) > 2
            and not cells[0].casefold().startswith(row_words("totals"))
            and any(date_forms([cell]) for cell in cells)
            and any(_is_money([cell]) for cell in cells)
        ):
            raise UnknownLayout("eine Buchung steht über den Spaltennamen", row.line)


def _length(body: list[Row], layout: Layout) -> int:
    """How many rows belong to a table that another follows: up to the last with an amount, or more than a title."""
    money = [layout.first(role) for role in ("amount", "debit", "credit")]
    full = [
        n for n, row in enumerate(body) if row.filled > 2 or any(column >= 0 and row.at(column) for column in money)
    ]
    end = full[-1] + 1 if full else 0
    while end < len(body) and (not body[end].filled or body[end].cells[0].casefold().startswith(row_words("totals"))):
        end += 1
    return end


def from_header(row: Row) -> Layout | None:
    """The layout of a row of column names, None if it names no date and no amount. Raises UnknownLayout when it is
    clearly such a row but essential columns are missing or named twice."""
    names = [cell for cell in row.cells if cell]
    short = [re.sub(r"\(.*?\)", "", name) for name in names if len(name) <= MAX_NAME]  # a longer one is a remark
    if len(names) < 3 or any(_FIGURE.search(name) for name in short):
        return None
    header = tuple(key(cell) for cell in row.cells)
    profile = next((one for one in profiles() if one.header <= set(header)), None)
    columns = _overridden(_assign(row), profile, header)
    has_money = "amount" in columns or "debit" in columns or "credit" in columns
    if "booked" not in columns and "valuta" in columns and has_money:
        raise UnknownLayout("keine Spalte für den Buchungstag erkannt", row.line)
    if "booked" not in columns or not has_money:
        if len([role for role in columns if role != "text"]) >= 3:
            missing = "den Betrag" if "booked" in columns else "den Buchungstag"
            raise UnknownLayout(f"keine Spalte für {missing} erkannt", row.line)
        return None
    layout = Layout(name="Tabelle", columns=columns, currency=_header_currency(row, columns), header=header)
    if profile is None:
        return layout
    decimal: DecimalMark | Literal[""] = "," if profile.decimal == "," else "." if profile.decimal == "." else ""
    return replace(layout, name=profile.name, decimal=decimal, dates=profile.dates, fee=profile.fee)


def _overridden(
    columns: dict[str, tuple[int, ...]], profile: Profile | None, header: tuple[str, ...]
) -> dict[str, tuple[int, ...]]:
    """The columns with a profile's own roles; a column it claims plays no other role."""
    claimed = {role: header.index(name) for role, name in profile.columns.items() if name in header} if profile else {}
    kept = {role: tuple(c for c in found if c not in claimed.values()) for role, found in columns.items()}
    return {role: found for role, found in kept.items() if found} | {role: (c,) for role, c in claimed.items()}


def _assign(row: Row) -> dict[str, tuple[int, ...]]:
    """Role to columns, best name first. A column plays one role; a role of `_SINGLE` takes its best column only."""
    wanted: dict[str, list[tuple[int, int]]] = {}
    for column, cell in enumerate(row.cells):
        for role, rank in roles().get(bare(cell), []) or roles().get(key(cell), []):
            wanted.setdefault(role, []).append((rank, column))
    columns: dict[str, tuple[int, ...]] = {}
    taken: set[int] = set()
    both_sides = ("payer", "payee") if "payer" in wanted and "payee" in wanted else ()
    for role in dict.fromkeys(("amount", "booked", *both_sides, *(role for role in wanted if role != "text"), "text")):
        free = sorted((rank, column) for rank, column in wanted.get(role, []) if column not in taken)
        if not free:
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
    layout = _signed_by(_one_money(section.layout, data), data)
    if not layout.decimal:
        layout = replace(layout, decimal=_decimal(layout, section, data))
    if not layout.dates or _without_year(layout, data):
        layout = replace(layout, dates=_dates(layout, data))
    status = layout.columns.get("perhaps_status")
    if status and "status" not in layout.columns:
        cells = {row.at(status[0]).casefold() for row in data}
        if cells <= set(status_words()):
            layout = replace(layout, columns={**layout.columns, "status": status})
    return layout


def _one_money(layout: Layout, data: Sequence[Row]) -> Layout:
    """Of an amount column and columns for out and in, the amount unless it is empty throughout."""
    if "amount" not in layout.columns or not {"debit", "credit"} & set(layout.columns):
        return layout
    full = any(row.at(layout.first("amount")) for row in data)
    dropped = {"debit", "credit"} if full or not data else {"amount"}
    return replace(layout, columns={role: found for role, found in layout.columns.items() if role not in dropped})


def _signed_by(layout: Layout, data: Sequence[Row]) -> Layout:
    """With a column of plain words for out and in (debit, credit, S, H) where no amount has a sign of its own.

    A single letter on one side only is too little, except right of the amount in a column without a name.
    """
    amount = layout.first("amount")
    if amount < 0 or "sign" in layout.columns or not data or any(re.search("[-−–+]", row.at(amount)) for row in data):
        return layout
    known = {c for role, found in layout.columns.items() if role not in {"text", "account"} for c in found}
    for column in set(range(max(len(row.cells) for row in data))) - known:
        words = {row.at(column).casefold() for row in data}
        sides = {sign_words().get(word, 0) for word in words}
        unnamed = column == amount + 1 and layout.header[column : column + 1] in ((), ("",))
        if 0 not in sides and (len(sides) == 2 or unnamed or all(len(word) > 1 for word in words)):
            text = tuple(c for c in layout.columns.get("text", ()) if c != column)
            return replace(layout, columns={**layout.columns, "text": text, "sign": (column,)})
    return layout


def _without_year(layout: Layout, data: Sequence[Row]) -> bool:
    cells = [row.at(layout.first("booked")) for row in data]
    return date_forms(cells) == ["dd.mm"]


def _decimal(layout: Layout, section: Section, data: Sequence[Row]) -> DecimalMark:
    """The mark of the amounts; where they leave it open, of the balances beside or the figures above them."""
    cells = [(cell, row.line) for row in data for cell in _money_of(row, layout, ("amount", "debit", "credit", "fee"))]
    amounts = [cell for cell, _ in cells]
    marks = decimal_marks(amounts)
    if len(marks) == 2 or not any("." in cell or "," in cell for cell in amounts):
        balances = [cell for row in data for cell in _money_of(row, layout, ("balance",))]
        above = [cell for row in section.above for cell in row.cells if _is_money([cell])]
        for more in (balances, above):
            marks = decimal_marks([*amounts, *more]) or marks
            if len(marks) == 1 and more:
                break
    if len(marks) == 1:
        return marks.pop()
    line = cells[0][1] if cells else 0
    if len(marks) == 2:
        raise UnknownLayout(f"{amounts[0]!r}: ob Punkt oder Komma die Dezimalstellen trennt, ist nicht sicher", line)
    for text, at in cells:
        if not decimal_marks([text]):
            raise UnknownLayout(f"{text!r} ist kein Betrag", at)
    raise UnknownLayout(f"Beträge mit Punkt und mit Komma als Dezimalzeichen gemischt, zuerst {amounts[0]!r}", line)


def _money_of(row: Row, layout: Layout, roles_of_money: tuple[str, ...]) -> list[str]:
    cells = [row.at(layout.first(role)) for role in roles_of_money]
    return [cell for cell in cells if cell]


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
