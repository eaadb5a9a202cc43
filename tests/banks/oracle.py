"""A second reading of statements, built on other means than the product's: it must never agree by sharing a mistake.

camt: ElementTree events and Decimal. MT940: a hand that walks along the line. Tables: the csv module by column name.
Each returns the signed amounts in file order, or None when it cannot read the file.
"""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as Tree
from decimal import Decimal, InvalidOperation


def camt_amounts(data: bytes) -> list[Decimal] | None:
    try:
        root = Tree.fromstring(data)
    except (Tree.ParseError, ValueError, LookupError):
        return None
    found = []
    for group in root.iter():
        if group.tag.rpartition("}")[2] not in {"Stmt", "Rpt", "Ntfctn"}:
            continue
        for entry in (child for child in group if child.tag.rpartition("}")[2] == "Ntry"):
            parts = {child.tag.rpartition("}")[2]: (child.text or "").strip() for child in reversed(entry)}
            sign = {"CRDT": 1, "DBIT": -1}.get(parts.get("CdtDbtInd", ""))
            amount = _plain(parts.get("Amt", ""))
            if sign is None or amount is None:
                return None
            found.append(sign * amount)
    return found


def _plain(text: str) -> Decimal | None:
    text = text.removeprefix("+")
    if not text or not set(text) <= set("0123456789."):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def mt940_amounts(text: str) -> list[Decimal] | None:
    found = []
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if line.lstrip("\x01\ufeff").lstrip().startswith(":61:"):
            rest = line.partition(":61:")[2].rstrip()
            whole = any(char in ",." for char in rest) or rest.strip("0123456789 CDR") != ""
            amount = _walk(rest if whole else rest + following.lstrip())
            if amount is None:
                return None
            found.append(amount)
    return found


def _walk(rest: str) -> Decimal | None:
    """Along the line: digits and blanks, letters of the mark, then the figure up to the first other character."""
    at = 0
    while at < len(rest) and rest[at] in "0123456789 ":
        at += 1
    mark = ""
    while at < len(rest) and rest[at] in "ABCDEFGHIJKLMNOPQRSTUVWXYZ ":
        mark += rest[at]
        at += 1
    figure = ""
    while at < len(rest) and rest[at] in "0123456789,.":
        figure += rest[at]
        at += 1
    mark = mark.replace(" ", "")
    reversal = mark.startswith("R")
    letter = mark[1:2] if reversal or mark.startswith("E") else mark[:1]
    amount = _plain(figure.replace(",", "."))
    if letter not in {"C", "D"} or amount is None:
        return None
    return amount * (1 if (letter == "C") != reversal else -1)


def table_amounts(text: str, day: str, column: str, delimiter: str, first: str = "") -> list[Decimal] | None:
    """`first` is the line of column names to assume when the file has lost its own."""
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter))
    column, day = _letters(column), _letters(day)
    named = [[_letters(cell.strip()) for cell in row] for row in rows]
    lost = not any(column in names and day in names for names in named)
    head: list[str] = [_letters(cell) for cell in first.split(delimiter)] if lost and first else []
    found: list[Decimal] = []
    for raw in rows:
        row = [cell.strip() for cell in raw]
        names = [_letters(cell) for cell in row]
        if column in names and day in names:
            head = names
        elif head and len(row) > max(head.index(column), head.index(day)) and row[head.index(day)]:
            plain = "".join(row[head.index(column)].split()).replace(".", "").replace(",", ".")
            plain = f"-{plain[:-1]}" if plain.endswith("-") else plain
            try:
                found.append(Decimal(plain))
            except InvalidOperation:
                return None
    return found if head else None


def _letters(name: str) -> str:
    """A column name without what a spoiled byte may add to it."""
    return "".join(char for char in name.lower() if char.isascii() and char.isalnum())
