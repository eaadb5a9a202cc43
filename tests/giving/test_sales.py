"""Sales come in as the shop wrote them; formulas, odd figures and harmful files are refused by row."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest

from zueinander.banks.model import Refusal
from zueinander.giving.rules.sales import SalesMapping, read_kdp, read_sales

HEAD = [
    "Royalty Date",
    "Title",
    "Author Name",
    "ASIN/ISBN",
    "Marketplace",
    "Royalty Type",
    "Transaction Type",
    "Units Sold",
    "Units Refunded",
    "Net Units Sold",
    "Avg. List Price without tax",
    "Royalty",
    "Currency",
]
ROW = [
    "2015-06-11",
    "Ein Sommer",
    "A. Ahorn",
    "9783000000010",
    "Amazon.de",
    "60%",
    "Standard - Paperback",
    12,
    2,
    10,
    9.34,
    28.2,
    "EUR",
]


def workbook(*rows: list[Any], sheet: str = "Combined Sales") -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(**cells: Any) -> list[Any]:
    row = list(ROW)
    for name, cell in cells.items():
        row[HEAD.index(name.replace("_", " "))] = cell
    return row


def test_kdp_rows_say_day_isbn_channel_copies_and_royalty() -> None:
    (row,) = read_kdp(workbook(HEAD, ROW))
    assert (row.first, row.last, row.isbn, row.channel, row.copies) == (
        date(2015, 6, 11), date(2015, 6, 11), "9783000000010", "Amazon.de", 10,
    )  # fmt: skip
    assert row.royalty is not None
    assert row.royalty.plain() == "28.20"


def test_a_month_is_a_month_and_no_day_is_invented() -> None:
    (row,) = read_kdp(workbook(HEAD, changed(Royalty_Date="2015-12")))
    assert (row.first, row.last) == (date(2015, 12, 1), date(2015, 12, 31))


@pytest.mark.parametrize(
    "row",
    [
        changed(Royalty="=2.82*10"),
        changed(Net_Units_Sold="=H2-I2"),
        changed(Net_Units_Sold=11),
        changed(Units_Sold=12.5),
        changed(Units_Sold="viele"),
        changed(Royalty=28.205),
        changed(Currency="Euro"),
        changed(Royalty_Date="bald"),
        changed(Royalty_Date=None),
        changed(Royalty="#REF!"),
    ],
)
def test_a_row_that_is_not_certain_stops_the_file_and_is_named(row: list[Any]) -> None:
    with pytest.raises(Refusal) as caught:
        read_kdp(workbook(HEAD, ROW, row))
    assert caught.value.line == 3


@pytest.mark.parametrize("name", ["Title", "Royalty", "Net_Units_Sold", "Author_Name"])
def test_a_formula_is_refused_in_any_cell_even_one_we_do_not_need(name: str) -> None:
    with pytest.raises(Refusal, match="Formel"):
        read_kdp(workbook(HEAD, changed(**{name: "=1+1"})))


@pytest.mark.parametrize(
    "data", [b"", b"x", b"PK\x03\x04broken", workbook(HEAD, ROW, sheet="Other"), workbook(ROW), workbook()]
)
def test_another_file_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal):
        read_kdp(data)


def rezipped(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == name else old.read(info.filename))
    return out.getvalue()


def test_entities_and_zip_bombs_inside_a_workbook_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "1">]><worksheet>&a;</worksheet>'
    with pytest.raises(Refusal, match="DOCTYPE"):
        read_kdp(rezipped(workbook(HEAD, ROW), "xl/worksheets/sheet1.xml", sheet))
    monkeypatch.setattr("zueinander.banks.raw.MAX_UNPACKED", 100_000)
    with pytest.raises(Refusal, match="zu groß"):
        read_kdp(rezipped(workbook(HEAD, ROW), "xl/worksheets/sheet1.xml", b" " * 200_000))


def test_any_table_is_read_by_a_mapping_made_once() -> None:
    mapping = SalesMapping(
        {"date": 0, "copies": 1, "returned": 2, "royalty": 3}, isbn="9783000000010", channel="Buchladen"
    )
    table = "Monat;Verkauft;Zurück;Erlös\n06.2015;1200;3;9.192,96\n11.06.2015;5;0;14,10\n".encode()
    first, second = read_sales(table, mapping)
    assert (first.copies, first.first, first.last) == (1197, date(2015, 6, 1), date(2015, 6, 30))
    assert first.royalty is not None
    assert first.royalty.plain() == "9192.96"
    assert (second.copies, second.channel, second.isbn) == (5, "Buchladen", "9783000000010")
    sheet = workbook(["Tag", "Stück"], [date(2015, 6, 11), 4], sheet="x")
    assert read_sales(sheet, SalesMapping({"date": 0, "copies": 1}))[0].copies == 4


@pytest.mark.parametrize(
    "line", ["11.06.2015;5,5;0;1,00", "11.06.2015;5;0;1.5", "gestern;5;0;1,00", "11.06.2015;;0;1,00"]
)
def test_an_odd_row_of_any_table_is_named(line: str) -> None:
    mapping = SalesMapping({"date": 0, "copies": 1, "returned": 2, "royalty": 3})
    with pytest.raises(Refusal) as caught:
        read_sales(f"Tag;Verkauft;Zurück;Erlös\n10.06.2015;1;0;1,00\n{line}\n".encode(), mapping)
    assert caught.value.line == 3
