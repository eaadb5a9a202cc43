"""The database itself keeps the book: nothing changes, nothing is unbalanced, nothing lands in a closed period."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from tests.giving.world import account
from zueinander.giving.models import Booking, BookingKind, Line, Period

pytestmark = pytest.mark.django_db


def book(lines: list[int], on: date = date(2026, 3, 1), number: int = 1) -> Booking:
    bank = account()
    made = Booking.objects.create(
        number=number, on=on, kind=BookingKind.ENTRY, cause=f"test:{number}", currency="EUR", by="machine"
    )
    for cents in lines:
        Line.objects.create(booking=made, side="bank", bank=bank, cents=cents)
    return made


def at_commit(*_: Booking) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_a_balanced_booking_stands() -> None:
    book([5, -5])
    at_commit()


@pytest.mark.parametrize("lines", [[], [5], [5, -4], [5, -5, 1]])
def test_an_unbalanced_booking_is_refused_at_commit(lines: list[int]) -> None:
    with pytest.raises(DatabaseError, match="sum to"), transaction.atomic():
        at_commit(book(lines))


@pytest.mark.parametrize("table", ["line", "booking", "period"])
@pytest.mark.parametrize("act", ["DELETE FROM {}", "UPDATE {} SET id = id + 1"])
def test_nothing_in_the_book_can_be_changed_or_deleted(table: str, act: str) -> None:
    book([5, -5])
    Period.objects.create(until=date(2026, 2, 1), by="machine")
    at_commit()
    with connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(act.format(f"giving_{table}"))
        cursor.execute(f"SELECT count(*) FROM giving_{table}")
        assert cursor.fetchone()[0] > 0


def test_a_closed_period_takes_no_booking() -> None:
    Period.objects.create(until=date(2026, 3, 1), by="machine")
    with pytest.raises(DatabaseError, match="closed"), transaction.atomic():
        book([5, -5], date(2026, 3, 1))
    book([5, -5], date(2026, 3, 2))
    at_commit()
