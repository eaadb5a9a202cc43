"""One read file against an account's books: what is new is stored, what is doubtful waits for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from zueinander.banks.identity import PART_OF_A_DAY, SHIFT_DAYS, Covered, Doubt, Identity, Known
from zueinander.banks.model import Entry, Refusal, Statement
from zueinander.banks.model import StatementFile as Read
from zueinander.giving.models import BankAccount, Entering, Span, StatementEntry, StatementFile
from zueinander.giving.models.statements import entry_key
from zueinander.giving.rules.importing import Plan, ours, plan, told
from zueinander.shared.money import Money


@dataclass(frozen=True, slots=True)
class Stored:
    """What one part of a file became."""

    new: int
    same: int
    doubted: int
    announced: int
    contradicted: bool
    warnings: tuple[str, ...]


def store(read: Read, *, account: BankAccount, file: StatementFile) -> Stored:
    """Stores entries and balances of one part. The caller holds the account's row and the transaction."""
    mine = ours(read, account.iban)
    days = [entry.booked for statement in mine for entry in statement.entries]
    known = _known(account, days, read) if days else []
    made = plan(
        read, iban=account.iban, currency=account.currency, known=known, covered=_covered(account),
        last_closing=_last_closing(account, mine),
    )  # fmt: skip
    keys = [entry_key(one, one.occurrence) for one in made.identities]
    rows = [_row(account, file, made, keys, number) for number in made.new]
    doubted = [
        _doubted(row, doubt)
        for doubt in made.doubts
        for row in _unsettled(account, made, keys, doubt, file)
    ]  # fmt: skip
    StatementEntry.objects.bulk_create([*rows, *doubted], batch_size=500)
    Span.objects.bulk_create(_spans(account, file, made.source, mine))
    counted = len(made.new) + len(made.same) + sum(len(doubt.incoming) for doubt in made.doubts)
    return Stored(
        new=len(rows), same=len(made.same), doubted=len(doubted), announced=len(made.entries) - counted,
        contradicted=made.needs_yes, warnings=made.warnings,
    )  # fmt: skip


def _known(account: BankAccount, days: Sequence[date], read: Read) -> list[Known]:
    """The account's bookings on and around these days."""
    around = (min(days) - timedelta(days=SHIFT_DAYS), max(days) + timedelta(days=SHIFT_DAYS))
    rows = list(StatementEntry.objects.booked().filter(account=account, booked__range=around))
    erased = {(row.source, row.key) for row in rows if row.erased_at}
    again = _recognised(account, read, erased) if erased else {}
    return [Known(again.get((row.source, row.key)) or row.identity(account.iban), row.source, row.pk) for row in rows]


def _recognised(account: BankAccount, read: Read, erased: set[tuple[str, str]]) -> dict[tuple[str, str], Identity]:
    """Whose texts were erased is known by its key alone: its identity comes back from the file that tells it again."""
    made = plan(read, iban=account.iban, currency=account.currency)
    found = {(made.source, entry_key(one, one.occurrence)): one for one in made.identities}
    return {place: one for place, one in found.items() if place in erased}


def _covered(account: BankAccount) -> list[Covered]:
    spans = Span.objects.filter(account=account, told_until__isnull=False)
    return [Covered(span.source, span.first, span.told_until) for span in spans if span.told_until]


def _last_closing(account: BankAccount, mine: Iterable[Statement]) -> Money | None:
    """The balance that the file should begin with: the newest one before its first day."""
    first = min((statement.start for statement in mine if statement.start), default=None)
    if first is None:
        return None
    before = Span.objects.filter(account=account, closing__isnull=False, last__lt=first, balanced=True)
    newest = before.order_by("-last", "-pk").first()
    return Money(newest.closing, account.currency) if newest and newest.closing is not None else None


def _row(account: BankAccount, file: StatementFile, made: Plan, keys: Sequence[str], number: int) -> StatementEntry:
    entry: Entry = made.entries[number]
    if "\x00" in entry.bank_ref:
        raise Refusal("eine Nummer der Bank enthält ein Zeichen, das es in Texten nicht gibt", entry.line)
    return StatementEntry(
        account=account, file=file, line=entry.line, source=made.source, key=keys[number],
        occurrence=made.identities[number].occurrence, booked=entry.booked, valuta=entry.valuta,
        units=entry.amount.units, currency=entry.amount.currency, counterparty=entry.counterparty, iban=entry.iban,
        reference=entry.reference, text=entry.text, bank_ref=entry.bank_ref, returned=entry.returned,
        parts=[part.units for part in entry.parts], state=Entering.STORED,
    )  # fmt: skip


def _doubted(row: StatementEntry, doubt: Doubt) -> StatementEntry:
    row.state, row.reason = Entering.DOUBTED, doubt.reason
    row.resembles = [known.handle for known in doubt.known]
    return row


def _unsettled(
    account: BankAccount, made: Plan, keys: Sequence[str], doubt: Doubt, file: StatementFile
) -> list[StatementEntry]:
    """The doubt's entries that nobody has been asked about yet.

    Where only part of a day is told, an occurrence number proves nothing, so a settled question is asked again.
    """
    asked = [Entering.DOUBTED] if doubt.reason == PART_OF_A_DAY else [Entering.DOUBTED, Entering.SAME]
    rows = StatementEntry.objects.filter(account=account, source=made.source, booked=doubt.day, state__in=asked)
    seen = set(rows.exclude(file=file).values_list("key", flat=True))
    if doubt.reason != PART_OF_A_DAY:
        booked = StatementEntry.objects.booked().filter(account=account, source=made.source, booked=doubt.day)
        seen |= set(booked.values_list("key", flat=True))
    return [_row(account, file, made, keys, n) for n in doubt.incoming if keys[n] not in seen]


def _spans(account: BankAccount, file: StatementFile, source: str, mine: Iterable[Statement]) -> Iterator[Span]:
    """One row per statement that has any day at all."""
    for statement in mine:
        days = [entry.booked for entry in statement.entries]
        days += [day for day in (statement.start, statement.end) if day]
        if days:
            complete = told(source, statement)
            yield Span(
                account=account, file=file, source=source, first=statement.start or min(days),
                last=statement.end or max(days), told_until=complete.last if complete else None,
                opening=statement.opening.units if statement.opening else None,
                closing=statement.closing.units if statement.closing else None, balanced=statement.balanced,
            )  # fmt: skip
