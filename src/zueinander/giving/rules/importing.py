"""From an uploaded file to what an account's books gain by it: a plan that is looked at, then carried out whole.

Pure: the books come in as values, the plan goes out as values. Carrying it out is one transaction elsewhere; planning
the same file again over the grown books plans nothing new.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from zueinander.banks.identity import Covered, Doubt, Identity, Known, compare, distinct, identities, source_of
from zueinander.banks.model import Entry, Refusal, Statement, StatementFile
from zueinander.shared.money import Money


@dataclass(frozen=True, slots=True)
class Plan:
    """One file's part in the books of one account. Numbers in `new`, `same` and `doubts` count in `entries`."""

    source: str
    entries: tuple[Entry, ...]
    identities: tuple[Identity, ...]
    new: tuple[int, ...]
    same: dict[int, int]
    doubts: tuple[Doubt, ...]
    covered: tuple[Covered, ...]
    warnings: tuple[str, ...]
    needs_yes: bool
    """True when a balance is contradicted: nothing is booked without an explicit confirmation."""


def plan(
    file: StatementFile,
    *,
    iban: str,
    currency: str,
    known: Sequence[Known] = (),
    covered: Iterable[Covered] = (),
    last_closing: Money | None = None,
) -> Plan:
    """What booking the file into the account with this IBAN would do. Raises Refusal when it is another account's file,
    or its amounts are in another currency than the account's."""
    mine = ours(file, iban)
    others = sorted({s.account for s in file.statements if belongs(s.account, iban) is False})
    if not mine and others:
        raise Refusal(f"der Auszug gehört zu einem anderen Konto: {', '.join(others)}")
    entries = tuple(_in_currency(entry, currency) for statement in mine for entry in statement.entries)
    source = source_of(file)
    telling = _tells_money(source)
    verdict = compare(iban, source, entries if telling else [], known, covered)
    return Plan(
        source=source,
        entries=entries,
        identities=tuple(identities(iban, entries)),
        new=verdict.new,
        same=verdict.same,
        doubts=verdict.doubts,
        covered=tuple(filter(None, (told(source, statement) for statement in mine))),
        warnings=(*file.warnings, *_notes(mine, others, telling, last_closing)),
        needs_yes=any(statement.balanced is False for statement in mine),
    )


def ours(file: StatementFile, iban: str) -> list[Statement]:
    """The file's statements of this account, each once; those that name no account count as its."""
    return [statement for statement in distinct(file.statements) if belongs(statement.account, iban) is not False]


def belongs(stated: str, iban: str) -> bool | None:
    """Whether a statement's account is ours: by IBAN, or by bank code and account number inside a German IBAN.

    None when the statement names no account, or one in a notation that cannot be compared.
    """
    plain = re.sub(r"[^A-Z0-9/]", "", stated.upper())
    if not plain:
        return None
    if re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", plain):
        return plain == iban
    numbers = [part.lstrip("0") for part in plain.split("/") if part.isdigit()]
    if not numbers or ("/" in plain and len(numbers) < 2) or not iban.startswith("DE"):
        return None
    bank, account = iban[4:12].lstrip("0"), iban[12:].lstrip("0")
    return numbers[-1] == account and (len(numbers) == 1 or numbers[-2] == bank)


def _in_currency(entry: Entry, currency: str) -> Entry:
    """The entry with the account's currency where the file names none."""
    if entry.amount.currency:
        return entry
    if currency != "EUR":  # two decimals were assumed while reading
        raise Refusal("die Datei nennt keine Währung, und das Konto wird nicht in Euro geführt", entry.line)
    return replace(entry, amount=Money(entry.amount.units, currency))


def _tells_money(source: str) -> bool:
    """camt.054 and MT942 announce what a statement says later; they are shown and never booked."""
    return not source.startswith(("camt.054", "mt942"))


def told(source: str, statement: Statement) -> Covered | None:
    """The days a statement tells completely. A table may have been saved before its last day was over."""
    if not (_tells_money(source) and statement.start and statement.end):
        return None
    last = statement.end - timedelta(days=1) if source.startswith("csv") else statement.end
    return Covered(source, statement.start, last) if statement.start <= last else None


def _notes(statements: list[Statement], others: list[str], telling: bool, last_closing: Money | None) -> Iterable[str]:
    if others:
        yield f"Die Datei enthält auch andere Konten, die wir auslassen: {', '.join(others)}."
    if not telling:
        yield "Diese Datei kündigt nur an. Gebucht wird, was der Kontoauszug sagt."
    opening = next((s.opening for s in sorted(statements, key=_start) if s.opening), None)
    if last_closing and opening and opening != last_closing:
        yield (
            f"Der letzte Auszug endete mit {last_closing.german()}, dieser beginnt mit {opening.german()}. "
            "Vielleicht fehlt einer dazwischen."
        )


def _start(statement: Statement) -> date:
    return statement.start or date.min
