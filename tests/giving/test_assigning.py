"""What money was for: references book, people decide the rest, everything can be taken back, the figures follow."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.banks.make import Truth, camt, truths
from tests.giving.world import account, campaign, coordinator
from zueinander.giving.actions.assigning import (
    NotAssigned,
    Part,
    assign,
    assign_as_gifts,
    set_anonymous,
    unassign,
)
from zueinander.giving.actions.imports import receive, take_in
from zueinander.giving.actions.leaving import (
    NotOrdered,
    attach_evidence,
    drop_payout,
    drop_refund,
    order_payout,
    owe_refund,
)
from zueinander.giving.actions.ledger import close_period
from zueinander.giving.actions.posting import post_all, tell_foreign
from zueinander.giving.actions.references import common_reference, issue
from zueinander.giving.faults import faults
from zueinander.giving.models import Booking, Entering, Gift, Payout, StatementEntry, StatementFile
from zueinander.giving.queries import gifts_of, ledger_rows, money_of, payouts_of
from zueinander.giving.rules.ledger import LedgerError
from zueinander.people.forgetting_in_time import forget_in_time
from zueinander.people.models import Person
from zueinander.shared.forgetting import erase, export
from zueinander.shared.lifecycle import ForbiddenStep

pytestmark = pytest.mark.django_db
IBAN = "DE75512108001245126199"
DAY = date(2026, 3, 2)


def entry(cents: int, purpose: str = "für Kim", *, day: date = DAY, name: str = "Ada Ahornblatt") -> StatementEntry:
    """One booking of the bank, from the file to the book."""
    number = StatementEntry.objects.count()
    one = Truth(number, day, cents, name, IBAN, purpose, f"B{number:05}")
    opening = 100_000 + sum(row.units for row in StatementEntry.objects.all())
    take_in(receive(account=account(), data=camt([one], opening=opening)))
    post_all()
    return StatementEntry.objects.latest("pk")


def gift(cents: int = 2500) -> Gift:
    row = entry(cents)
    assign(row, [Part("gift", cents, campaign())], by=coordinator())
    return Gift.objects.get(entry=row)


@pytest.fixture(autouse=True)
def _books_hold(db: None) -> Iterator[None]:
    account()
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert faults() == []


def test_an_exact_reference_books_by_itself_and_keeps_the_wish_to_be_named() -> None:
    named = issue(campaign=campaign(), name="Ada A.", anonymous=False)
    row = entry(2500, f"Fuer Kim {named}")
    assert row.state == Entering.ASSIGNED
    (public,) = gifts_of(campaign())
    assert (public.cents, public.name) == (2500, "Ada A.")
    money = money_of(campaign())
    assert (money.received, money.held, money.waiting, money.gifts) == (2500, 2500, 0, 1)


def test_the_common_reference_says_nothing_about_a_name() -> None:
    entry(500, str(common_reference(campaign())))
    assert [public.name for public in gifts_of(campaign())] == [""]


def test_a_reference_one_slip_away_is_only_proposed() -> None:
    code = issue(campaign=campaign()).code
    row = entry(2500, "Kim " + code[:3] + ("X" if code[3] != "X" else "Y") + code[4:])
    assert (row.state, row.kind, row.proposals) == (Entering.POSTED, "proposed", [code])
    assert money_of(campaign()).received == 0
    assert money_of(campaign()).waiting == 2500


def test_a_transfer_is_split_exactly_or_not_at_all() -> None:
    row = entry(2500)
    for parts in ([1000, 1400], [2500, 100, -100], []):
        with pytest.raises(NotAssigned):
            assign(row, [Part("gift", cents, campaign()) for cents in parts], by=coordinator())
    other = campaign("zweite")
    parts_ = [Part("gift", 1000, campaign()), Part("gift", 1500, other)]
    assign(row, parts_, by=coordinator())
    assert (money_of(campaign()).received, money_of(other).received) == (1000, 1500)
    with pytest.raises(ForbiddenStep):
        assign(row, parts_, by=coordinator())


def test_an_assignment_can_be_taken_back_and_made_otherwise() -> None:
    row = entry(2500)
    for _ in range(2):
        assign(row, [Part("gift", 2500, campaign())], by=coordinator())
        assert money_of(campaign()).received == 2500
        unassign(row, by=coordinator())
        assert (money_of(campaign()).received, money_of(campaign()).waiting) == (0, 2500)
    assign(row, [Part("other", 2500, campaign())], by=coordinator())
    assert money_of(campaign()).received == 0


def test_many_are_booked_after_one_look() -> None:
    take_in(receive(account=account(), data=camt(truths(random.Random(2), 40))))
    post_all()
    rows = list(StatementEntry.objects.filter(state=Entering.POSTED))
    incoming = [row for row in rows if row.units > 0]
    assert assign_as_gifts(rows, campaign=campaign(), by=coordinator()) == len(incoming)
    assert assign_as_gifts(rows, campaign=campaign(), by=coordinator()) == 0
    assert money_of(campaign()).received == sum(row.units for row in incoming)


def test_a_returned_debit_takes_its_gift_back_and_the_fee_is_a_cost() -> None:
    given = gift()
    row = entry(-2800, "Rückgabe", day=date(2026, 3, 5))
    parts = [Part("returned", -2500, campaign(), subject=given), Part("costs", -300, campaign())]
    assign(row, parts, by=coordinator())
    money = money_of(campaign())
    assert (money.received, money.returned, money.fees, money.held, money.gifts) == (2500, 2500, 300, -300, 0)
    unassign(row, by=coordinator())
    assert money_of(campaign()).held == 2500


def test_a_refund_is_owed_until_a_statement_shows_it() -> None:
    given = gift()
    refund = owe_refund(given, reason="Irrtum", by=coordinator())
    assert refund.iban == IBAN
    money = money_of(campaign())
    assert (money.returned, money.held, money.gifts) == (2500, 0, 0)
    row = entry(-2500, "Erstattung", day=date(2026, 3, 9))
    assert (row.kind, row.proposals, row.state) == ("expected", [f"refund:{refund.pk}"], Entering.POSTED)
    assign(row, [Part("refund", -2500, campaign(), subject=refund)], by=coordinator())
    given.refresh_from_db()
    assert given.state == "refunded"
    unassign(row, by=coordinator())
    refund.refresh_from_db()
    drop_refund(refund, by=coordinator())
    given.refresh_from_db()
    assert (given.state, money_of(campaign()).held) == ("kept", 2500)
    owe_refund(given, reason="doch", by=coordinator())


def test_a_gift_that_is_being_refunded_cannot_be_unassigned_or_refunded_again() -> None:
    given = gift()
    owe_refund(given, reason="Irrtum", by=coordinator())
    with pytest.raises(ForbiddenStep):
        owe_refund(given, reason="nochmal", by=coordinator())
    assert given.entry
    with pytest.raises(NotAssigned):
        unassign(given.entry, by=coordinator())
    assert money_of(campaign()).returned == 2500


def test_a_payout_is_on_its_way_then_passed_on_with_evidence_and_never_more_than_we_hold() -> None:
    gift(10_000)
    with pytest.raises(NotOrdered):
        order_payout(campaign=campaign(), cents=10_001, payee="Familie", by=coordinator())
    paid = order_payout(campaign=campaign(), cents=9_000, payee="Familie", iban=IBAN, by=coordinator())
    money = money_of(campaign())
    assert (money.on_its_way, money.passed_on, money.held) == (9_000, 0, 1_000)
    row = entry(-9_000, "Auszahlung", day=date(2026, 3, 9))
    with pytest.raises(NotAssigned):
        assign(row, [Part("payout", -9_000, campaign(), subject=None)], by=coordinator())
    assign(row, [Part("payout", -9_000, campaign(), subject=paid)], by=coordinator())
    attach_evidence(paid, content=b"%PDF-1.7 Quittung", name="quittung.pdf", by=coordinator())
    money = money_of(campaign())
    assert (money.on_its_way, money.passed_on, money.held) == (0, 9_000, 1_000)
    (public,) = payouts_of(campaign())
    assert (public.cents, public.seen_on, public.evidence) == (9_000, date(2026, 3, 9), True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT evidence FROM giving_payout")
        assert b"Quittung" not in bytes(cursor.fetchone()[0])
    assert bytes(Payout.objects.get().evidence) == b"%PDF-1.7 Quittung"


def test_a_payout_not_made_gives_the_money_back_to_the_fund() -> None:
    gift(10_000)
    drop_payout(order_payout(campaign=campaign(), cents=9_000, payee="Familie", by=coordinator()), by=coordinator())
    assert money_of(campaign()).held == 10_000
    assert payouts_of(campaign()) == []


def test_foreign_money_waits_until_somebody_says_what_the_bank_booked() -> None:
    one = Truth(0, DAY, 2500, "Ada", IBAN, "Kim")
    data = camt([one]).replace(b'<Ntry><Amt Ccy="EUR">', b'<Ntry><Amt Ccy="CHF">')
    take_in(receive(account=account(), data=data), confirmed=True)
    post_all()
    row = StatementEntry.objects.get()
    assert (row.kind, Booking.objects.count()) == ("foreign", 0)
    with pytest.raises(NotAssigned):
        assign(row, [Part("gift", 2500, campaign())], by=coordinator())
    tell_foreign(row, cents=2610, by=coordinator())
    with pytest.raises(NotAssigned):
        tell_foreign(row, cents=1, by=coordinator())
    row.refresh_from_db()
    assign(row, [Part("gift", 2610, campaign())], by=coordinator())
    assert money_of(campaign()).received == 2610


def test_anonymity_belongs_to_the_gift() -> None:
    one, other = gift(), gift(1000)
    assert one.giver == other.giver
    set_anonymous(one, anonymous=False, name="Ada aus Worms", by="machine")
    assert [public.name for public in gifts_of(campaign())] == ["Ada aus Worms", ""]
    set_anonymous(one, anonymous=True, by="machine")
    assert {public.name for public in gifts_of(campaign())} == {""}


def test_a_giver_can_be_shown_and_erased_and_the_books_stay() -> None:
    given = gift()
    assert given.giver
    held = export(given.giver.pk)
    assert held["giving.Gift"][0]["name"] == "Ada Ahornblatt"
    before = money_of(campaign())
    erase(given.giver.pk)
    given.refresh_from_db()
    row = StatementEntry.objects.get()
    assert given.giver is None
    assert (given.name, row.counterparty, row.iban, row.text) == ("", "", "", "")
    assert not Person.objects.exists()
    assert money_of(campaign()) == before


def test_the_figures_of_an_earlier_moment_stay_what_they_were() -> None:
    gift()
    then = Booking.objects.latest("number").at
    gift(1000)
    assert money_of(campaign(), as_of=then).received == 2500
    assert money_of(campaign()).received == 3500


def test_a_period_closes_when_nothing_waits_and_corrections_come_later() -> None:
    row = entry(2500)
    with pytest.raises(LedgerError, match="noch nicht zugeordnet"):
        close_period(until=DAY, by=coordinator())
    assign(row, [Part("gift", 2500, campaign())], by=coordinator())
    close_period(until=DAY, by=coordinator())
    unassign(row, by=coordinator())
    late = entry(700)
    assert late.bookings.get().on > DAY


def test_the_public_book_names_nobody_and_sums_to_zero() -> None:
    gift()
    rows = list(ledger_rows(campaign()))
    assert sum(row.cents for row in rows) == 0
    assert [row.account for row in rows] == [
        "Bankkonto", "Eingänge, Zweck offen", "Eingänge, Zweck offen", "Für die Familie",
    ]  # fmt: skip
    assert not any("Ada" in str(row) or IBAN in str(row) for row in rows)


def test_who_gave_is_forgotten_in_time_and_the_figures_stay() -> None:
    given = gift()
    before = money_of(campaign())
    Person.objects.update(created_at=timezone.now() - timedelta(days=800))
    forget_in_time()
    given.refresh_from_db()
    assert given.giver
    long_ago = timezone.now() - timedelta(days=731)
    Gift.objects.update(assigned_at=long_ago)
    StatementFile.objects.update(taken_at=long_ago)
    forget_in_time()
    assert not Person.objects.exists()
    assert StatementEntry.objects.get().counterparty == Gift.objects.get().name == ""
    assert money_of(campaign()).received == before.received
