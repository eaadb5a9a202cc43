"""The book of money: postings add up to nothing, closed periods stay closed, mistakes are mirrored, not edited."""

from __future__ import annotations

import random
from datetime import date

import pytest

from zueinander.giving.rules.ledger import (
    Account,
    LedgerError,
    Line,
    Posting,
    Side,
    assigned,
    balances,
    checked,
    faults,
    received,
    reversed_posting,
    transfer,
)
from zueinander.shared.money import Money

DAY = date(2015, 3, 5)
FUND = Account(Side.FUND, "kim")


def euro(cents: int) -> Money:
    return Money(cents, "EUR")


def test_a_gift_is_received_assigned_and_passed_on() -> None:
    book = [
        received(DAY, euro(5000), bank="giro", cause="e1"),
        assigned(
            DAY, [(FUND, euro(3000)), (Account(Side.REFUND_OWED), euro(2000))], euro(5000), bank="giro", cause="g1"
        ),
        received(DAY, euro(-2000), bank="giro", cause="e2"),
        assigned(DAY, [(Account(Side.REFUND_OWED), euro(-2000))], euro(-2000), bank="giro", cause="refund seen"),
        received(DAY, euro(-3000), bank="giro", cause="e3"),
        assigned(DAY, [(FUND, euro(-3000))], euro(-3000), bank="giro", cause="payout"),
    ]
    assert set(balances(book).values()) == {euro(0)}
    assert faults(book, {"giro": euro(0)}) == []


@pytest.mark.parametrize("parts", [[3000], [3000, 2001], [], [6000, -999]])
def test_parts_that_are_not_exactly_the_whole_are_refused(parts: list[int]) -> None:
    with pytest.raises(LedgerError):
        assigned(DAY, [(FUND, euro(part)) for part in parts], euro(5000), bank="giro", cause="g")


@pytest.mark.parametrize(
    "lines",
    [
        (Line(FUND, euro(1)),),
        (Line(FUND, euro(1)), Line(FUND, euro(-2))),
        (Line(FUND, euro(0)), Line(FUND, euro(0))),
        (Line(FUND, euro(1)), Line(FUND, Money(-1, "CHF"))),
        (Line(FUND, Money(1, "")), Line(FUND, Money(-1, ""))),
        (),
    ],
)
def test_a_posting_that_does_not_add_up_is_refused(lines: tuple[Line, ...]) -> None:
    with pytest.raises(LedgerError):
        checked(Posting(DAY, lines, "x"))
    assert faults([Posting(DAY, lines, "x")], {})


def test_a_closed_period_takes_nothing_more() -> None:
    posting = transfer(DAY, euro(5), source=FUND, target=Account(Side.COSTS), cause="x")
    assert checked(posting, closed_until=date(2015, 3, 4)) is posting
    with pytest.raises(LedgerError):
        checked(posting, closed_until=DAY)


def test_a_mistake_is_mirrored_and_both_stay() -> None:
    wrong = transfer(DAY, euro(5), source=FUND, target=Account(Side.COSTS), cause="x")
    book = [wrong, reversed_posting(wrong, date(2015, 4, 1), "wrong fund")]
    assert len(book) == 2
    assert set(balances(book).values()) == {euro(0)}


def test_a_book_that_differs_from_the_bank_says_so() -> None:
    book = [received(DAY, euro(5000), bank="giro", cause="e1")]
    assert faults(book, {"giro": euro(5000)}) == []
    assert faults(book, {"giro": euro(5001)})
    assert faults([], {"giro": euro(1)})


def test_whatever_is_posted_all_accounts_together_are_zero() -> None:
    chance = random.Random(4)
    accounts = [Account(side, owner) for side in Side for owner in ("a", "b")]
    book = []
    for number in range(500):
        source, target = chance.sample(accounts, 2)
        book.append(transfer(DAY, euro(chance.randrange(1, 10**6)), source=source, target=target, cause=str(number)))
    assert sum(money.units for money in balances(book).values()) == 0
