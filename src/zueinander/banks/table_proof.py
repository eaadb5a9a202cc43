"""What proves a table: a balance after each booking, or old and new balance above and below."""

from __future__ import annotations

import itertools
import re

from zueinander.banks.model import Entry, UnknownLayout, prove
from zueinander.banks.table import Layout, Row, Section
from zueinander.banks.table_values import date_forms, parse_money_cell, strip_currency
from zueinander.banks.table_words import row_words, sign_words
from zueinander.shared.money import AmountError, DecimalMark, Money, minor_digits

Proof = tuple[Money | None, Money | None, bool | None]


def proof(entries: tuple[Entry, ...], data: list[tuple[Row, bool]], section: Section) -> Proof:
    """Opening, closing, and whether they and the entries agree (None: the table does not say)."""
    if section.layout.first("balance") >= 0:
        return _chain(entries, data, section.layout)
    rows = [*section.above, *section.rows]
    opening, closing = (_stated(rows, section.layout, entries, kind) for kind in ("opening", "closing"))
    if opening is None or closing is None:
        return None, None, None
    return opening, closing, prove(entries, opening, closing)


def _stated(rows: list[Row], layout: Layout, entries: tuple[Entry, ...], kind: str) -> Money | None:
    """The balance of a row with one of the words for it; its one amount, signed by S or H beside it."""
    currencies = {entry.amount.currency for entry in entries}
    currency = currencies.pop() if len(currencies) == 1 else ""
    for row in rows:
        cells = [cell for cell in row.cells if cell]
        if not any(cell.casefold().startswith(row_words(kind)) for cell in cells):
            continue
        signs = [sign_words()[cell.casefold()] for cell in cells if cell.casefold() in sign_words()]
        money = [cell for cell in cells if re.search(r"\d", cell) and not date_forms([cell])]
        try:
            if len(money) == 1 and len(signs) <= 1:
                return figure(money[0], layout, currency) * (signs[0] if signs else 1)
        except AmountError:
            return None
    return None


def _chain(
    entries: tuple[Entry, ...], data: list[tuple[Row, bool]], layout: Layout
) -> tuple[Money | None, Money | None, bool | None]:
    """Opening, closing and proof from a balance column, whichever end of the table is the newest.

    Raises UnknownLayout when no amount has a sign and the balances move by the amounts, but downwards.
    """
    column = layout.first("balance")
    booked = [(entry, row.at(column)) for entry, (row, _) in zip(entries, data, strict=True) if entry.status == "BOOK"]
    if column < 0 or len(booked) < 2 or not all(cell for _, cell in booked):
        return None, None, None
    try:
        chain = [(entry.amount, figure(cell, layout, entry.amount.currency)) for entry, cell in booked]
    except AmountError:
        return None, None, None
    if len({money.currency for pair in chain for money in pair}) != 1:
        return None, None, None
    for steps in (chain, chain[::-1]):
        if all(before[1] + after[0] == after[1] for before, after in itertools.pairwise(steps)):
            return steps[0][1] - steps[0][0], steps[-1][1], True
    for steps in (chain, chain[::-1]) if all(entry.amount.units >= 0 for entry, _ in booked) else ():
        moves = [
            (abs((after[1] - before[1]).units), abs(after[0].units)) for before, after in itertools.pairwise(steps)
        ]
        if all(move == amount for move, amount in moves):
            raise UnknownLayout("die Salden laufen gegen die Vorzeichen der Beträge", booked[0][0].line)
    return None, None, False


def figure(cell: str, layout: Layout, currency: str) -> Money:
    mark: DecimalMark = "," if layout.decimal == "," else "."
    own = strip_currency(cell)[1] or currency
    if minor_digits(own) == 2 and re.search(rf"{re.escape(mark)}\d{{3}}(?!\d)", cell):
        raise AmountError(f"{cell!r} hat drei Nachkommastellen")
    return parse_money_cell(cell, mark, currency)


def is_total(row: Row, booked: str) -> bool:
    """A balance or sum row: it starts with such a word and has no booking day or is nearly empty."""
    first = next((cell for cell in row.cells if cell), "").casefold()
    named = any(first.startswith(word) for word in row_words("totals"))
    return (named and not date_forms([booked])) or any(
        cell.casefold().rstrip(":") in {"anfangssaldo", "endsaldo"} for cell in row.cells
    )
