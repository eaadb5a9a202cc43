"""A bank's table before it means anything: cells with their line, and the layout that gives columns a role."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from zueinander.banks.model import Refusal

MAX_CELL = 20_000
DELIMITERS = (";", ",", "\t", "|")
Fee = Literal["", "included", "subtract"]
DateForm = Literal[
    "yyyy-mm-dd",
    "dd.mm.yyyy",
    "dd.mm.yy",
    "yyyy.mm.dd",
    "yyyy/mm/dd",
    "yyyymmdd",
    "dd/mm/yyyy",
    "mm/dd/yyyy",
    "dd/mm/yy",
    "mm/dd/yy",
    "dd-mm-yyyy",
    "mm-dd-yyyy",
    "dd mon yyyy",
    "dd.mm",
]


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of one record, stripped; `line` is where it starts in the file."""

    cells: tuple[str, ...]
    line: int

    def at(self, column: int) -> str:
        """The cell, or "" beyond the row's end."""
        return self.cells[column] if 0 <= column < len(self.cells) else ""

    @property
    def filled(self) -> int:
        return sum(1 for cell in self.cells if cell)


@dataclass(frozen=True, slots=True)
class Layout:
    """How to read a table: what the wizard saves and what detection arrives at. JSON-friendly through `asdict`.

    `columns` maps a role (see vocabulary.toml) to column numbers from 0. `header` is the header row's fingerprint, so
    that a saved layout is only ever applied to the table it was made for; empty for tables without header.
    `unsigned` says what a table without any sign means: "" unknown, "credit" every amount came in.
    """

    name: str
    columns: dict[str, tuple[int, ...]]
    decimal: Literal["", ",", "."] = ""
    dates: DateForm | Literal[""] = ""
    currency: str = ""
    fee: Fee = ""
    header: tuple[str, ...] = ()
    unsigned: Literal["", "credit"] = ""
    account: str = ""

    def first(self, role: str) -> int:
        """The role's first column, or -1."""
        return self.columns[role][0] if self.columns.get(role) else -1


@dataclass(frozen=True, slots=True)
class Section:
    """One table of a file: what stands above it, its layout, its rows."""

    above: tuple[Row, ...]
    layout: Layout
    rows: tuple[Row, ...]
    heading: Row | None = field(default=None)


def key(name: str) -> str:
    """A column name reduced to its ASCII letters and digits; survives lost umlauts and wrong character sets."""
    return re.sub(r"[^a-z0-9+/]", "", name.casefold())


def grid(text: str) -> tuple[Row, ...]:
    """All records of the text under the delimiter that makes the most even table. Raises Refusal when quotes break."""
    best: tuple[tuple[int, int], str] = ((0, 0), ";")
    sample = text[:200_000]
    for delimiter in DELIMITERS:
        widths = Counter(len(row.cells) for row in _records(sample, delimiter) if row.filled > 1)
        if widths:
            width, count = max(widths.items(), key=lambda item: (item[1] * min(item[0], 6), item[0]))
            best = max(best, ((count * min(width, 6) if width > 1 else 0, width), delimiter), key=lambda item: item[0])
    rows = tuple(_records(text, best[1]))
    if rows and not _well_quoted(text, best[1]):
        for row in rows:
            if any("\n" in cell for cell in row.cells):
                raise Refusal("ein Anführungszeichen wird nicht geschlossen", row.line)
    for row in rows:
        _check_quotes(row, best[1], best[0][1])
    return rows


def _well_quoted(text: str, delimiter: str) -> bool:
    try:
        _parse(text, delimiter, strict=True)
    except csv.Error:
        return False
    return True


def _records(text: str, delimiter: str) -> list[Row]:
    try:
        return _parse(text, delimiter, strict=True)
    except csv.Error:
        pass
    try:
        return _parse(text, delimiter, strict=False)
    except csv.Error as error:
        raise Refusal(f"keine lesbare Tabelle: {error}") from None


def _parse(text: str, delimiter: str, *, strict: bool) -> list[Row]:
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter, strict=strict)
    rows, line = [], 1
    for cells in reader:
        rows.append(
            Row(
                tuple(
                    cell.strip(' \t\r\n\u00a0"') if '"' in cell[-1:] else cell.strip(" \t\r\n\u00a0") for cell in cells
                ),
                line,
            )
        )
        line = reader.line_num + 1
    return rows


def _check_quotes(row: Row, delimiter: str, width: int) -> None:
    """A quote that is never closed swallows the rows behind it: such a cell holds lines that look like records."""
    limit = max(2, (width - 1) // 2)
    for cell in row.cells:
        if len(cell) > MAX_CELL or any(line.count(delimiter) >= limit for line in cell.splitlines()[1:]):
            raise Refusal("ein Anführungszeichen wird nicht geschlossen; Zeilen gingen verloren", row.line)
