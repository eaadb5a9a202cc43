"""When detection gives up: a person gives the columns their role, sees the result, and the mapping is saved as data.

The steps a form needs: `preview` shows the rows and what we would suggest, `layout_from` turns the person's answers
into a Layout, `check` reads the file with it, `to_json` and `from_json` keep it for the next upload of the same bank.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, cast, get_args

from zueinander.banks.model import Refusal, StatementFile, UnknownLayout
from zueinander.banks.raw import decode
from zueinander.banks.table import DateForm, Fee, Layout, Row, grid, key
from zueinander.banks.table_guess import suggest
from zueinander.banks.table_read import read_table

ROLES = (
    "booked", "valuta", "amount", "debit", "credit", "sign", "currency", "counterparty", "payer", "payee", "iban",
    "reference", "text", "bank_ref", "status", "balance", "account", "fee",
)  # fmt: skip
"""Every role a column can be given; the German words for them belong to the form."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows, the row taken for the header (-1: none), roles for columns we know, and why we stopped."""

    rows: tuple[Row, ...]
    header: int
    roles: dict[int, str]
    reason: str
    line: int


def preview(data: bytes, *, limit: int = 30) -> Preview:
    """What to show first. Raises Refusal only when the file is no table at all."""
    rows = grid(decode(data))
    header, roles = suggest(rows)
    try:
        read_table(decode(data))
        reason, line = "", 0
    except Refusal as refusal:
        reason, line = refusal.reason, refusal.line
    return Preview(rows[: max(limit, header + 6)], header, roles, reason, line)


def layout_from(
    data: bytes,
    *,
    name: str,
    roles: Mapping[int, str],
    header: int,
    decimal: str = "",
    dates: str = "",
    currency: str = "",
    fee: str = "",
    unsigned: str = "",
) -> Layout:
    """The Layout a person described: column number to role, the header's row number (-1: no header).

    Raises UnknownLayout when a day or an amount column is missing, two amount columns contradict, or a word is unknown.
    """
    columns: dict[str, tuple[int, ...]] = {}
    for column, role in sorted(roles.items()):
        if role not in ROLES:
            raise UnknownLayout(f"{role!r} ist keine Bedeutung einer Spalte")
        columns[role] = (*columns.get(role, ()), column)
    _check(columns)
    if decimal not in ("", ",", ".") or dates not in ("", *get_args(DateForm)) or fee not in ("", *get_args(Fee)):
        raise UnknownLayout("Dezimalzeichen, Datumsform oder Gebühr sind keine, die wir kennen")
    rows = grid(decode(data))
    return Layout(
        name=name,
        columns=columns,
        decimal=cast(Literal["", ",", "."], decimal),
        dates=cast(Any, dates),
        currency=currency,
        fee=cast(Fee, fee),
        header=tuple(key(cell) for cell in rows[header].cells) if 0 <= header < len(rows) else (),
        unsigned="credit" if unsigned == "credit" else "",
    )


def _check(columns: dict[str, tuple[int, ...]]) -> None:
    if "booked" not in columns:
        raise UnknownLayout("welche Spalte ist der Buchungstag?")
    split = "debit" in columns or "credit" in columns
    if split == ("amount" in columns):
        raise UnknownLayout("entweder eine Spalte für den Betrag oder Spalten für Soll und Haben")
    doubled = [
        role for role in ("booked", "amount", "debit", "credit", "sign", "currency") if len(columns.get(role, ())) > 1
    ]
    if doubled:
        raise UnknownLayout(f"zwei Spalten für dieselbe Bedeutung: {doubled[0]}")


def check(data: bytes, layout: Layout) -> StatementFile:
    """The file read with the layout, for the person to look at before it is saved. Raises Refusal."""
    return read_table(decode(data), layout)


def to_json(layout: Layout) -> dict[str, Any]:
    """The layout as plain data, for a JSON column or a profile file."""
    return asdict(layout)


def from_json(stored: Mapping[str, Any]) -> Layout:
    """The layout that `to_json` gave; tuples come back from lists."""
    columns = {role: tuple(int(column) for column in found) for role, found in stored["columns"].items()}
    return Layout(**{**stored, "columns": columns, "header": tuple(stored["header"])})
