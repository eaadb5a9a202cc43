"""From stored entries into the book: every booking of the bank, and what an exact reference says about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from zueinander.banks.model import Entry
from zueinander.giving.actions.assigning import NotAssigned, Part, assign_locked
from zueinander.giving.actions.ledger import About, book_all, owner, the_book
from zueinander.giving.models import (
    BookingKind,
    Entering,
    Leaving,
    PaymentReference,
    Payout,
    Refund,
    StatementEntry,
)
from zueinander.giving.rules import ledger as rules
from zueinander.giving.rules import matching
from zueinander.giving.rules.matching import Due, Kind
from zueinander.giving.rules.references import Issued
from zueinander.journal.actions import MACHINE, name_of, record
from zueinander.people.models import Volunteer
from zueinander.shared.money import Money

BATCH = 100


def post_waiting(limit: int = BATCH) -> int:
    """Books up to `limit` stored entries, the oldest first, in one transaction; returns how many.

    An entry with exactly one issued reference becomes a gift; everything else waits on the desk with its proposals.
    """
    with the_book():
        stored = StatementEntry.objects.filter(state=Entering.STORED)
        rows = list(stored.select_related("account__campaign").order_by("booked", "pk")[:limit])
        if rows:
            _post(rows, Issued(PaymentReference.objects.values_list("code", flat=True)), due_money())
    return len(rows)


def post_all() -> int:
    """Books whatever is stored, batch by batch."""
    total = 0
    while done := post_waiting():
        total += done
    return total


def _post(rows: Sequence[StatementEntry], issued: Issued, due: Sequence[Due]) -> None:
    """All in a few statements: `the_book` keeps everybody else from stored entries meanwhile."""
    codes = {}
    for row in rows:
        verdict = matching.judge(as_entry(row), issued, currency=row.account.currency, due=due)
        row.kind = Kind.RETURNED if row.returned and verdict.kind != Kind.FOREIGN else verdict.kind
        row.proposals = list(verdict.proposals)
        row.state = Entering.ASSIGNED if row.kind == Kind.NOTHING else Entering.POSTED
        codes[row.pk] = verdict.reference if row.kind == Kind.SURE else ""
    book_all([_as_booking(row) for row in rows if row.kind not in (Kind.FOREIGN, Kind.NOTHING)])
    StatementEntry.objects.bulk_update(rows, ["kind", "proposals", "state"])
    found = PaymentReference.objects.select_related("campaign").in_bulk(
        [code for code in codes.values() if code], field_name="code"
    )
    for row in rows:
        if codes[row.pk]:
            reference = found[codes[row.pk]]
            assign_locked(row, [Part("gift", row.units, reference.campaign, reference=reference)], by=MACHINE)


def _as_booking(row: StatementEntry, by: str = MACHINE) -> tuple[rules.Posting, About]:
    """The bank's booking, purpose open."""
    cause = f"entry:{row.pk}"
    amount = Money(row.cents, row.account.currency)
    posting = rules.received(row.booked, amount, bank=owner(bank=row.account), cause=cause)
    return posting, About(BookingKind.ENTRY, cause, by, entry=row)


def as_entry(row: StatementEntry) -> Entry:
    """The row as the rules see it."""
    return Entry(
        booked=row.booked, amount=row.money, valuta=row.valuta, counterparty=row.counterparty, iban=row.iban,
        reference=row.reference, text=row.text, bank_ref=row.bank_ref, returned=row.returned,
    )  # fmt: skip


def due_money() -> list[Due]:
    """Refunds and payouts that a statement has not shown yet."""
    refunds: Iterable[Refund] = Refund.objects.filter(state=Leaving.OWED).select_related("gift")
    payouts: Iterable[Payout] = Payout.objects.filter(state=Leaving.OWED)
    found = [Due(f"refund:{row.pk}", Money(row.cents, row.gift.currency), row.iban) for row in refunds]
    return found + [Due(f"payout:{row.pk}", Money(row.cents, row.currency), row.iban) for row in payouts]


def tell_foreign(row: StatementEntry, *, cents: int, by: Volunteer) -> StatementEntry:
    """What the bank booked, in the account's currency, for an entry told in another one; then it waits like any."""
    with the_book():
        told = StatementEntry.objects.filter(pk=row.pk, state=Entering.POSTED, kind=Kind.FOREIGN, foreign_cents=None)
        if cents * row.units <= 0 or not told.update(foreign_cents=cents, kind=Kind.UNKNOWN):
            raise NotAssigned("Der Betrag braucht das Vorzeichen der Buchung, und er wird nur einmal gesagt.")
        row.refresh_from_db()
        book_all([_as_booking(row, by=name_of(by))])
        record("foreign_told", row, actor=name_of(by), cents=cents)
        return row
