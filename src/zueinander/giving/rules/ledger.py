"""Double entry: every movement of money as lines that add up to nothing, in an append-only book with closed periods.

Signs: a line adds to its account. Bank accounts, and what lies at a payment provider, grow when money comes in; what we
owe (gifts not yet assigned, the family's fund, refunds) grows with a minus, so that every posting sums to zero.
Corrections are new postings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zueinander.shared.money import Money


class Side(StrEnum):
    """The kinds of account. The value is stored; never rename one."""

    BANK = "bank"
    UNASSIGNED = "unassigned"
    FUND = "fund"
    REFUND_OWED = "refund_owed"
    ON_ITS_WAY = "on_its_way"
    PROVIDER = "provider"
    COSTS = "costs"
    OTHER = "other"


class LedgerError(ValueError):
    """A posting that the book does not take; says why."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the book: its kind and whose it is (a bank account's or a campaign's key, "" for the house's)."""

    side: Side
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    account: Account
    amount: Money


@dataclass(frozen=True, slots=True)
class Posting:
    """Lines of one day that sum to zero. `cause` names what it records: an entry's identity, a gift, a decision."""

    day: date
    lines: tuple[Line, ...]
    cause: str


def checked(posting: Posting, *, closed_until: date | None = None) -> Posting:
    """The posting, or LedgerError: unbalanced, empty, a zero line, several currencies, or a day in a closed period."""
    currencies = {line.amount.currency for line in posting.lines}
    if len(posting.lines) < 2 or len(currencies) != 1 or "" in currencies:
        raise LedgerError("eine Buchung braucht zwei Zeilen in einer Währung")
    if any(line.amount.units == 0 for line in posting.lines):
        raise LedgerError("eine Zeile ohne Betrag")
    if sum(line.amount.units for line in posting.lines) != 0:
        raise LedgerError("Soll und Haben sind nicht gleich")
    if closed_until is not None and posting.day <= closed_until:
        raise LedgerError(f"bis {closed_until} ist abgeschlossen; bitte mit heutigem Datum berichtigen")
    return posting


def transfer(day: date, amount: Money, *, source: Account, target: Account, cause: str) -> Posting:
    """Moves `amount` from one account to another."""
    return checked(Posting(day, (Line(target, amount), Line(source, -amount)), cause))


def received(day: date, amount: Money, *, bank: str, cause: str) -> Posting:
    """An entry of a statement, incoming or outgoing, before anybody knows what it is."""
    unknown = Account(Side.UNASSIGNED, bank)
    return transfer(day, amount, source=unknown, target=Account(Side.BANK, bank), cause=cause)


def assigned(day: date, parts: Iterable[tuple[Account, Money]], whole: Money, *, bank: str, cause: str) -> Posting:
    """Splits a received entry among accounts, exactly: anything left over or too much raises LedgerError."""
    lines = [Line(account, -amount) for account, amount in parts]
    if sum(line.amount.units for line in lines) != -whole.units:
        raise LedgerError("die Teile ergeben nicht den Betrag der Buchung")
    return checked(Posting(day, (Line(Account(Side.UNASSIGNED, bank), whole), *lines), cause))


def reversed_posting(posting: Posting, day: date, cause: str) -> Posting:
    """The posting undone by its mirror image, dated today; the old one stays."""
    return checked(Posting(day, tuple(Line(line.account, -line.amount) for line in posting.lines), cause))


def balances(postings: Iterable[Posting]) -> dict[Account, Money]:
    """The balance of every account that was ever touched."""
    found: dict[tuple[Account, str], int] = defaultdict(int)
    for posting in postings:
        for line in posting.lines:
            found[line.account, line.amount.currency] += line.amount.units
    return {account: Money(units, currency) for (account, currency), units in found.items()}


def faults(postings: Iterable[Posting], stated: dict[str, Money]) -> list[str]:
    """What is wrong with a book: postings that do not sum to zero, accounts that differ from the bank's balance.

    `stated` maps a bank account's key to its last proven closing balance less the balance before the first entry.
    """
    kept = list(postings)
    found = []
    for posting in kept:
        try:
            checked(posting)
        except LedgerError as error:
            found.append(f"{posting.cause}: {error}")
    mine = balances(kept)
    for bank, balance in stated.items():
        booked = mine.get(Account(Side.BANK, bank), Money(0, balance.currency))
        if booked != balance:
            found.append(f"Konto {bank}: gebucht {booked.german()}, laut Bank {balance.german()}")
    return found
