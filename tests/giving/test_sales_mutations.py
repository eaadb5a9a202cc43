"""Broken sales reports: 10,000 per reader. Each is read as another hand reads it, or refused."""

from __future__ import annotations

import csv
import io
import random
from decimal import Decimal, InvalidOperation
from typing import Any

import openpyxl
import pytest

from tests.banks.test_mutations import mutated_text, no_hang
from tests.giving.test_sales import HEAD, ROW, workbook
from zueinander.banks.model import Refusal
from zueinander.giving.rules import sales
from zueinander.giving.rules.sales import SalesMapping, Sold, read_kdp, read_sales

ROUNDS = 10_000
FILES = 500
"""Of the workbooks that many are broken as whole files; for the others the cells are, which is where figures lie."""
CELLS: list[Any] = [None, "", "=1+1", "12,5", 12.5, -1, 0, 3, "3", "x", True, 1e300, "1e3", "2015-02-30", "2015-06",
                    "USD", "eur", "٣", 28.205, "28.20", "9783000000027"]  # fmt: skip


def figures(rows: list[Sold]) -> list[tuple[int, Decimal | None]]:
    return [(row.copies, None if row.royalty is None else Decimal(row.royalty.plain())) for row in rows]


def plain(value: object) -> Decimal:
    return Decimal(str(value).strip())


def by_another_hand(text: str) -> list[tuple[int, Decimal | None]]:
    found = []
    for row in list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))[1:]:
        if any(cell.strip() for cell in row):
            cells = [cell.strip() for cell in row] + [""] * 4
            amount = cells[3].replace(".", "").replace(",", ".").replace(" ", "").replace("−", "-").replace("–", "-")
            back = abs(int(cells[2])) if cells[2] else 0
            found.append((int(cells[1]) - back, plain(amount) if amount else None))
    return found


def test_a_broken_table_of_sales_is_refused_or_read_as_it_stands() -> None:
    chance, accepted = random.Random(11), 0
    mapping = SalesMapping({"date": 0, "copies": 1, "returned": 2, "royalty": 3})
    for _ in range(ROUNDS):
        lines = ["Tag;Stück;Zurück;Erlös"]
        lines += [f"{day:02}.06.2015;{chance.randrange(90)};{chance.randrange(3)};{chance.randrange(900)},{day + 10}"
                  for day in range(1, 5)]  # fmt: skip
        text = mutated_text(chance, "\n".join(lines), ";")
        try:
            with no_hang():
                rows = read_sales(text.encode("utf-8", "replace"), mapping)
        except Refusal:
            continue
        accepted += 1
        try:
            told = by_another_hand(text)
        except (ValueError, InvalidOperation, csv.Error):
            continue  # the other hand is stricter about a stray mark; amounts it cannot read it cannot compare
        assert figures(rows) == told, text
    assert ROUNDS // 20 < accepted < ROUNDS


def broken_cells(chance: random.Random) -> list[list[Any]]:
    rows: list[list[Any]] = [list(HEAD), *(list(ROW) for _ in range(3))]
    for _ in range(chance.randrange(1, 4)):
        row = chance.choice(rows)
        place, kind = chance.randrange(len(row) or 1), chance.randrange(4)
        if kind == 0 and row:
            row[place % len(row)] = chance.choice(CELLS)
        elif kind == 1 and row:
            del row[place % len(row)]
        elif kind == 2:
            row.insert(place, chance.choice(CELLS))
        else:
            rows.insert(chance.randrange(len(rows)), list(chance.choice(rows)))
    return rows


def told_by(rows: list[list[Any]]) -> list[tuple[Decimal, Decimal | None]]:
    head = {str(name).strip(): number for number, name in enumerate(rows[0]) if name is not None}
    found = []
    for row in rows[1:]:
        cells = {name: row[number] if number < len(row) else None for name, number in head.items()}
        if any(value not in (None, "") for value in row):
            amount = cells["Royalty"]
            found.append((plain(cells["Net Units Sold"]), None if amount in (None, "") else plain(amount)))
    return found


def test_a_broken_workbook_is_refused_or_read_as_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    chance, accepted = random.Random(12), 0
    good = workbook(HEAD, ROW, ROW)
    for number in range(ROUNDS):
        rows = broken_cells(chance)
        if number < FILES // 2:
            data = workbook(*rows)
        elif number < FILES:
            spoiled = bytearray(good)
            for _ in range(chance.randrange(1, 6)):
                spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
            data, rows = bytes(spoiled), []
        else:
            monkeypatch.setattr(sales, "_sheet", lambda data, name, rows=rows: iter(as_cells(rows)))
            data = b""
        try:
            with no_hang():
                read = read_kdp(data)
        except Refusal:
            continue
        accepted += 1
        if rows:
            assert [(Decimal(c), a) for c, a in figures(read)] == told_by(rows), rows
    assert ROUNDS // 20 < accepted < ROUNDS


def as_cells(rows: list[list[Any]]) -> list[list[Any]]:
    """The rows as the reader gets them from a sheet: formulas are refused there."""
    page = openpyxl.Workbook().active
    assert page is not None
    for row in rows:
        page.append(row)
    return [[sales._plain(cell, line) for cell in row] for line, row in enumerate(page.iter_rows(), 1)]
