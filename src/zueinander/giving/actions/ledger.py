"""Writing into the book: the one way in, and closing periods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from zueinander.campaigns.models import Campaign
from zueinander.giving.models import (
    BankAccount,
    Booking,
    BookingKind,
    Entering,
    Gift,
    Line,
    Movement,
    Payout,
    Period,
    Refund,
    StatementEntry,
)
from zueinander.giving.rules import ledger as rules
from zueinander.giving.rules.ledger import Account, LedgerError, Side
from zueinander.journal.actions import MACHINE, name_of, record
from zueinander.people.models import Volunteer
from zueinander.shared.money import Money

_LOCK = 0x6B617373  # any number nobody else locks; "kass"


@contextmanager
def the_book() -> Iterator[None]:
    """A transaction in which nobody else writes into the book, so that numbers have no gaps and sums do not move."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        yield


@dataclass(frozen=True, slots=True)
class About:
    """What a booking records, beside its lines. `gift` is noted on the campaign's line."""

    kind: BookingKind
    cause: str
    by: str = MACHINE
    entry: StatementEntry | None = None
    gift: Gift | None = None
    refund: Refund | None = None
    payout: Payout | None = None
    movement: Movement | None = None
    reverses: Booking | None = None


def owner(bank: BankAccount | None = None, campaign: Campaign | None = None) -> str:
    """How the pure rules name whose account of the book it is."""
    return f"bank:{bank.pk}" if bank else f"campaign:{campaign.pk}" if campaign else ""


def closed_until() -> date | None:
    found: date | None = Period.objects.aggregate(last=Max("until"))["last"]
    return found


def book(posting: rules.Posting, about: About) -> Booking:
    """The posting in the book; the same cause again returns what stands. Call it inside `the_book`.

    A day in a closed period becomes today. Raises `LedgerError` for what the book does not take.
    """
    return book_all([(posting, about)])[0]


def book_all(pairs: Sequence[tuple[rules.Posting, About]]) -> list[Booking]:
    """Several postings in their order, in four statements however many they are; like `book`."""
    closed = closed_until()
    standing = {row.cause: row for row in Booking.objects.filter(cause__in=[about.cause for _, about in pairs])}
    number = Booking.objects.aggregate(last=Max("number"))["last"] or 0
    made: list[tuple[Booking, rules.Posting, Gift | None]] = []
    for posting, about in pairs:
        if about.cause not in standing:
            day = timezone.localdate() if closed and posting.day <= closed else posting.day
            rules.checked(replace(posting, day=day), closed_until=closed)
            number += 1
            standing[about.cause] = row = _row(number, day, posting, about)
            made.append((row, posting, about.gift))
    Booking.objects.bulk_create(row for row, _, _ in made)
    Line.objects.bulk_create(_line(row, line, gift) for row, posting, gift in made for line in posting.lines)
    return [standing[about.cause] for _, about in pairs]


def _row(number: int, day: date, posting: rules.Posting, about: About) -> Booking:
    return Booking(
        number=number, on=day, kind=about.kind, cause=about.cause, currency=posting.lines[0].amount.currency,
        entry=about.entry, refund=about.refund, payout=about.payout, movement=about.movement,
        reverses=about.reverses, by=about.by,
    )  # fmt: skip


def _line(row: Booking, line: rules.Line, gift: Gift | None) -> Line:
    kind, _, key = line.account.owner.partition(":")
    return Line(
        booking=row, side=line.account.side, cents=line.amount.units,
        bank_id=int(key) if kind == "bank" else None, campaign_id=int(key) if kind == "campaign" else None,
        gift=gift if kind == "campaign" else None,
    )  # fmt: skip


def posting_of(row: Booking) -> rules.Posting:
    """A stored booking as the rules see it."""
    lines = tuple(
        rules.Line(
            Account(Side(line.side), f"bank:{line.bank_id}" if line.bank_id else f"campaign:{line.campaign_id}"),
            Money(line.cents, row.currency),
        )
        for line in row.lines.all()
    )
    return rules.Posting(row.on, lines, row.cause)


def undo(row: Booking, *, by: str) -> Booking:
    """The booking's mirror image, dated today; the old one stays. Call it inside `the_book`."""
    gift = next((line.gift for line in row.lines.select_related("gift") if line.gift_id), None)
    cause = f"undo:{row.pk}"
    mirror = rules.reversed_posting(posting_of(row), timezone.localdate(), cause)
    return book(
        mirror,
        About(BookingKind(row.kind), cause, by, row.entry, gift, row.refund, row.payout, reverses=row),
    )


def close_period(*, until: date, by: Volunteer) -> Period:
    """Closes the book up to a day. Raises `LedgerError` while entries up to it wait, or when it is not over."""
    with the_book():
        if until >= timezone.localdate():
            raise LedgerError("ein Zeitraum wird erst abgeschlossen, wenn er vorbei ist")
        closed = closed_until()
        if closed and until <= closed:
            raise LedgerError(f"bis {closed:%d.%m.%Y} ist schon abgeschlossen")
        waiting = StatementEntry.objects.filter(booked__lte=until).exclude(state__in=SETTLED)
        if waiting.exists():
            raise LedgerError(f"{waiting.count()} Kontobewegungen bis dahin sind noch nicht zugeordnet")
        period = Period.objects.create(until=until, by=name_of(by))
        record("period_closed", period, actor=name_of(by))
        return period


SETTLED: Sequence[str] = (Entering.ASSIGNED, Entering.SAME)
