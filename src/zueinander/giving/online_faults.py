"""The book at the payment provider checks itself: each payment, movement and payout is in it exactly once."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from zueinander.giving.models import BookingKind, Entered, Leaving, Line, Movement, Paying, Payment, Transfer
from zueinander.giving.online.port import Kind
from zueinander.giving.rules.ledger import Side

THERE = Q(bookings__lines__side=Side.PROVIDER)
ELSEWHERE = (Kind.PAYMENT, Kind.TRANSFER, Kind.TRANSFER_BACK)
"""Kinds of which the book has only the fee: the rest is booked when it is paid, or when our bank has it."""


def online_faults() -> Iterator[str]:
    yield from _movements()
    yield from _payments()
    yield from _transfers()
    known = Q(booking__movement__isnull=False) | Q(booking__kind=BookingKind.TRANSFER) | Q(gift__payment__isnull=False)
    for line in Line.objects.filter(side=Side.PROVIDER).exclude(known):
        yield f"Line {line.pk}: moves money at the provider, and nothing there says so."


def _movements() -> Iterator[str]:
    rows = Movement.objects.annotate(mine=Coalesce(Sum("bookings__lines__cents", filter=THERE), 0))
    for row in rows.exclude(state=Entered.BOOKED).exclude(mine=0):
        yield f"Movement {row.pk}: waits, and the book has it already."
    for row in rows.filter(state=Entered.BOOKED):
        by_itself = -row.fee if row.kind in ELSEWHERE else row.net
        if row.mine not in (by_itself, row.net):
            yield f"Movement {row.pk}: the provider says {by_itself}, the book {row.mine}."


def _payments() -> Iterator[str]:
    """The bookings of a payment's gifts, taken back ones included, leave what was paid."""
    gifts = Q(gifts__lines__side=Side.PROVIDER, gifts__lines__booking__kind=BookingKind.GIFT)
    rows = Payment.objects.annotate(booked=Coalesce(Sum("gifts__lines__cents", filter=gifts), 0))
    for row in rows.filter(state=Paying.PAID).exclude(booked=F("cents")):
        yield f"Payment {row.pk}: {row.cents} were paid, the book has {row.booked}."
    for row in rows.exclude(state=Paying.PAID).exclude(booked=0):
        yield f"Payment {row.pk}: is not paid, and the book has {row.booked}."


def _transfers() -> Iterator[str]:
    seen = Q(
        entry__bookings__kind=BookingKind.TRANSFER, entry__bookings__lines__side=Side.PROVIDER,
        entry__bookings__lines__campaign=F("account__campaign"),
    )  # fmt: skip
    rows = Transfer.objects.annotate(gone=Coalesce(Sum("entry__bookings__lines__cents", filter=seen), 0))
    for row in rows.filter(state=Leaving.SEEN).exclude(gone=-F("cents")):
        yield f"Transfer {row.pk}: {row.cents} are on our account, the book took {-row.gone} from the provider."
    gone = Line.objects.filter(side=Side.PROVIDER, booking__kind=BookingKind.TRANSFER).aggregate(n=Sum("cents"))["n"]
    seen_all = Transfer.objects.filter(state=Leaving.SEEN).aggregate(n=Sum("cents"))["n"]
    if -(gone or 0) != (seen_all or 0):
        yield f"Transfers: {seen_all or 0} are on our accounts, the book took {-(gone or 0)} from the provider."
