"""Real files over growing books: each gift once, another account's file refused, a second time changes nothing."""

from __future__ import annotations

import random

import pytest

from tests.banks.make import OWN, Truth, camt, mt940, table, truths
from zueinander.banks.detect import read
from zueinander.banks.identity import Covered, Known
from zueinander.banks.model import Refusal
from zueinander.giving.rules.importing import Plan, belongs, plan
from zueinander.shared.money import Money

OPENING = 100_000


class Books:
    def __init__(self) -> None:
        self.known: list[Known] = []
        self.covered: list[Covered] = []
        self.cents = 0

    def take(self, data: bytes) -> Plan:
        made = plan(read(data), iban=OWN, currency="EUR", known=self.known, covered=self.covered)
        for number in made.new:
            self.known.append(Known(made.identities[number], made.source, len(self.known)))
            self.cents += made.entries[number].amount.units
        self.covered += made.covered
        return made


def weeks(all_of: list[Truth], chance: random.Random) -> list[bytes]:
    """Overlapping files of whole days in several formats, each with the balances that belong to its days."""
    days = sorted({one.day for one in all_of})
    files = []
    for make in (camt, mt940, table, camt, mt940, table):
        first, last = sorted((chance.choice(days), chance.choice(days)))
        kept = [one for one in all_of if first <= one.day <= last]
        before = OPENING + sum(one.cents for one in all_of if one.day < first)
        files.append(make(kept, opening=before))
    return [*files, camt(all_of, opening=OPENING)]


def test_files_of_all_formats_in_any_order_never_book_too_much_and_the_doubts_are_few() -> None:
    doubted = entries = 0
    for seed in range(150):
        chance = random.Random(seed)
        all_of = truths(chance, 25, days=14)
        files = weeks(all_of, chance)
        chance.shuffle(files)
        books = Books()
        for data in files:
            made = books.take(data)
            doubted += sum(len(doubt.incoming) for doubt in made.doubts)
            entries += len(made.entries)
            again = books.take(data)
            assert not again.new, "the same file a second time books nothing"
        assert len(books.known) <= len(all_of)
        if not doubted:
            assert books.cents == sum(one.cents for one in all_of)
    assert doubted <= entries // 50


def test_a_file_of_another_account_is_refused() -> None:
    with pytest.raises(Refusal, match="anderen Konto"):
        plan(read(camt(truths(random.Random(1), 3))), iban="DE02120300000000202051", currency="EUR")


@pytest.mark.parametrize(
    ("stated", "ours"),
    [
        (OWN, True),
        ("DE89 3704 0044 0532 0130 00", True),
        ("37040044/0532013000", True),
        ("37040044/532013000", True),
        ("0532013000", True),
        ("37040044/0532013001", False),
        ("12030000/0532013000", False),
        ("DE02120300000000202051", False),
        ("", None),
        ("eKonto", None),
    ],
)
def test_an_account_is_known_by_iban_or_by_bank_and_number(stated: str, ours: bool | None) -> None:
    assert belongs(stated, OWN) is ours


def test_announcements_are_never_booked() -> None:
    made = plan(read(camt(truths(random.Random(1), 3), message="054")), iban=OWN, currency="EUR")
    assert not made.new
    assert made.warnings


def test_a_contradicted_balance_needs_an_explicit_yes_and_a_gap_is_said() -> None:
    data = camt(truths(random.Random(1), 3))
    assert not plan(read(data), iban=OWN, currency="EUR", last_closing=Money(OPENING, "EUR")).warnings
    assert plan(read(data), iban=OWN, currency="EUR", last_closing=Money(1, "EUR")).warnings
    broken = data.replace(b">1000.00<", b">1000.01<")
    assert plan(read(broken), iban=OWN, currency="EUR").needs_yes


def test_a_table_without_currency_takes_the_account_s_only_in_euros() -> None:
    file = read(b"Datum;Text;Betrag\n05.03.2015;x;1,50\n")
    assert plan(file, iban=OWN, currency="EUR").entries[0].amount == Money(150, "EUR")
    with pytest.raises(Refusal):
        plan(file, iban=OWN, currency="JPY")
