"""What every statement parser hands out, whatever the format, and the one way to say no."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypedDict

from zueinander.shared.money import Money

Status = Literal["BOOK", "PDNG", "INFO"]
"""ISO 20022 entry status. Only BOOK is money; PDNG and INFO are shown and never enter a ledger."""


class Refusal(Exception):  # noqa: N818 - the word the whole product uses
    """The file, or one line of it, cannot be read with certainty. Nothing of the file may be booked.

    `line` counts from 1 in the file as the user sees it; 0 when the reason is about the whole file.
    """

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(f"Zeile {line}: {reason}" if line else reason)
        self.reason = reason
        self.line = line


class UnknownLayout(Refusal):
    """A table we cannot map by ourselves: the mapping wizard (`banks.wizard`) is the way on."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One booking as the bank states it. `amount` is signed: positive came in.

    `reference` is the payer's end-to-end reference, `text` the purpose with the bank's own words behind it; both in one
    line with single spaces. Empty text means "not stated". `line` points into the file.
    """

    booked: date
    amount: Money
    valuta: date | None = None
    counterparty: str = ""
    iban: str = ""
    reference: str = ""
    text: str = ""
    bank_ref: str = ""
    status: Status = "BOOK"
    line: int = 0
    parts: tuple[Money, ...] = ()
    """Amounts of the single payments inside a batch, only when they add up to `amount` exactly."""
    dated: bool = True
    """False where the entry itself names no day and the statement's had to stand in."""
    returned: bool = False
    """A returned or reversed payment, as far as the format says so."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of one account. `balanced`: True proven, False contradicted, None when the file holds no proof."""

    account: str
    currency: str
    entries: tuple[Entry, ...]
    start: date | None = None
    end: date | None = None
    opening: Money | None = None
    closing: Money | None = None
    balanced: bool | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class StatementFile:
    """All statements of one file, in its order. `warnings` are sentences for the person who uploads it."""

    format: str
    statements: tuple[Statement, ...]
    warnings: tuple[str, ...] = field(default=())
    layout: str = ""
    """Of a table: the bank's profile or saved mapping it was read with."""

    @property
    def account(self) -> str:
        """The account all statements with entries share, or "" when they name none or several."""
        return _common([statement.account for statement in self._telling])

    @property
    def currency(self) -> str:
        """The currency all statements with entries share, or ""."""
        return _common([statement.currency for statement in self._telling])

    @property
    def _telling(self) -> list[Statement]:
        return [statement for statement in self.statements if statement.entries] or list(self.statements)


class EntryJson(TypedDict):
    booked: str
    valuta: str | None
    amount: str
    currency: str | None
    counterparty: str
    iban: str
    reference: str
    text: str
    bank_ref: str
    status: str


StatementJson = TypedDict(
    "StatementJson",
    {
        "from": str | None,
        "to": str | None,
        "opening": str | None,
        "closing": str | None,
        "balanced": bool | None,
        "entries": list[EntryJson],
    },
)


class FileJson(TypedDict):
    format: str
    account: str | None
    currency: str | None
    statements: list[StatementJson]


def as_json(file: StatementFile) -> FileJson:
    """The published shape of `zueinander statement --json`; amounts are strings, see `Money.plain`."""
    return {
        "format": file.format,
        "account": file.account or None,
        "currency": file.currency or None,
        "statements": [_statement_json(statement) for statement in file.statements],
    }


def _statement_json(statement: Statement) -> StatementJson:
    return {
        "from": statement.start.isoformat() if statement.start else None,
        "to": statement.end.isoformat() if statement.end else None,
        "opening": statement.opening.plain() if statement.opening else None,
        "closing": statement.closing.plain() if statement.closing else None,
        "balanced": statement.balanced,
        "entries": [_entry_json(entry) for entry in statement.entries],
    }


def _entry_json(entry: Entry) -> EntryJson:
    return {
        "booked": entry.booked.isoformat(),
        "valuta": entry.valuta.isoformat() if entry.valuta else None,
        "amount": entry.amount.plain(),
        "currency": entry.amount.currency or None,
        "counterparty": entry.counterparty,
        "iban": entry.iban,
        "reference": entry.reference,
        "text": entry.text,
        "bank_ref": entry.bank_ref,
        "status": entry.status,
    }


def _common(values: list[str]) -> str:
    return values[0] if values and all(value == values[0] for value in values) else ""


def one_line(*texts: str | None) -> str:
    """The non-empty texts in one line, runs of white space as one blank."""
    return " ".join(" ".join(text.split()) for text in texts if text and text.strip())


def prove(entries: tuple[Entry, ...], opening: Money | None, closing: Money | None) -> bool | None:
    """Whether opening plus the booked entries makes closing; None when a balance is missing.

    Entries or balances in several currencies prove nothing and count as contradicted.
    """
    if opening is None or closing is None:
        return None
    booked = [entry.amount for entry in entries if entry.status == "BOOK"]
    if any(amount.currency != opening.currency for amount in [*booked, closing]):
        return False
    return opening.units + sum(amount.units for amount in booked) == closing.units
