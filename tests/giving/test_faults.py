"""`zueinander check` proves the books: sound ones pass, and each way to break them by hand is named."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, transaction

from tests.banks.make import Truth, camt, truths
from tests.giving.world import account, campaign, coordinator
from zueinander.giving.actions.assigning import Part, assign, assign_as_gifts
from zueinander.giving.actions.imports import receive, take_in
from zueinander.giving.actions.leaving import order_payout, owe_refund
from zueinander.giving.actions.posting import post_all
from zueinander.giving.faults import faults
from zueinander.giving.models import Gift, Line, Payout, Refund, Span, StatementEntry
from zueinander.house.checks import invariants

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(db: None) -> None:
    month = [one for one in truths(random.Random(9), 30, days=6) if one.cents > 0]
    month.append(Truth(99, date(2015, 3, 9), -700, "Familie", "DE75512108001245126199", "Auszahlung", "B99"))
    take_in(receive(account=account(), data=camt(month)))
    post_all()
    assign_as_gifts(list(StatementEntry.objects.filter(units__gt=0)), campaign=campaign(), by=coordinator())
    owe_refund(Gift.objects.first() or Gift(), reason="Irrtum", by=coordinator())
    paid = order_payout(campaign=campaign(), cents=700, payee="Familie", by=coordinator())
    order_payout(campaign=campaign(), cents=100, payee="Familie", by=coordinator())
    row = StatementEntry.objects.get(units=-700)
    assign(row, [Part("payout", -700, campaign(), subject=paid)], by=coordinator())


def by_hand(sql: str) -> None:
    """What somebody with the database's password could do, past every trigger and constraint."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("SET session_replication_role = origin")


def test_sound_books_have_no_fault(books: None) -> None:
    assert faults() == []
    assert invariants() == []


def _first(model: type, **having: object) -> str:
    return str(model._default_manager.filter(**having).order_by("pk").values_list("pk", flat=True)[0])  # type: ignore[attr-defined]


BREAKS: dict[str, Callable[[], str]] = {
    "a line changed": lambda: f"UPDATE giving_line SET cents = cents + 1 WHERE id = {_first(Line, side='bank')}",
    "both lines of a booking changed": lambda: (
        "UPDATE giving_line SET cents = 2 * cents WHERE booking_id = 1 + (SELECT min(id) FROM giving_booking)"
    ),
    "a gift's booking gone": lambda: f"DELETE FROM giving_line WHERE gift_id = {_first(Gift, state='kept')}",
    "a booking gone": lambda: "DELETE FROM giving_booking WHERE number = 3",
    "an entry's amount changed": lambda: (
        "UPDATE giving_statemententry SET units = units + 100 WHERE id = " + _first(StatementEntry, units__gt=0)
    ),
    "an entry gone": lambda: "DELETE FROM giving_statemententry WHERE id = " + _first(StatementEntry, units__gt=0),
    "a balance changed": lambda: f"UPDATE giving_span SET closing = closing + 1 WHERE id = {_first(Span)}",
    "a gift larger": lambda: f"UPDATE giving_gift SET cents = cents + 1 WHERE id = {_first(Gift, state='kept')}",
    "a gift voided": lambda: f"UPDATE giving_gift SET state = 'voided' WHERE id = {_first(Gift, state='kept')}",
    "a gift booked twice": lambda: (
        "INSERT INTO giving_line (booking_id, side, bank_id, campaign_id, gift_id, cents) "
        "SELECT booking_id, side, bank_id, campaign_id, gift_id, cents FROM giving_line WHERE booking_id = "
        f"(SELECT min(booking_id) FROM giving_line WHERE gift_id = {_first(Gift, state='kept')})"
    ),
    "an assigned entry set back": lambda: (
        "UPDATE giving_statemententry SET state = 'posted' WHERE id = " + _first(StatementEntry, units__gt=0)
    ),
    "a refund forgotten": lambda: f"UPDATE giving_refund SET state = 'dropped' WHERE id = {_first(Refund)}",
    "a payout seen that is not": lambda: (
        "UPDATE giving_payout SET state = 'seen' WHERE id = " + _first(Payout, state="owed")
    ),
    "a payout larger": lambda: f"UPDATE giving_payout SET cents = cents + 1 WHERE id = {_first(Payout, state='seen')}",
    "another campaign's": lambda: (
        "UPDATE giving_line SET campaign_id = campaign_id + 1 WHERE gift_id = " + _first(Gift, state="kept")
    ),
}


@pytest.mark.parametrize("what", BREAKS)
def test_books_broken_by_hand_are_named(books: None, what: str) -> None:
    with transaction.atomic():
        by_hand(BREAKS[what]())
        found, all_of = faults(), invariants()
        transaction.set_rollback(True)
    assert found
    assert set(found) <= set(all_of)
