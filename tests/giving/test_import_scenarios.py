"""10,000 scenarios of order, overlap, formats and twins: with a person answering the doubts the books are the truth.

Here on the pure rules; `test_imports.py` plays some of the same scenarios through files, rows and the ledger.
"""

from __future__ import annotations

import pytest

from tests.banks.make import OWN
from tests.giving.scenarios import Person, Scenario, class_of, parts_of, scenario
from zueinander.banks.identity import Covered, Known
from zueinander.giving.rules.importing import plan

SCENARIOS = 10_000
SHARES = 4


class Books:
    """The smallest account that can be: what a plan says is new is booked, and what the person says is new."""

    def __init__(self) -> None:
        self.known: list[Known] = []
        self.covered: list[Covered] = []
        self.person = Person()
        self.cents = self.doubted = self.entries = 0

    def take(self, one: Scenario) -> None:
        for upload in one.uploads:
            for part, told in parts_of(upload):
                made = plan(part, iban=OWN, currency="EUR", known=self.known, covered=self.covered)
                if not upload.books:
                    assert (made.new, made.same, made.doubts) == ((), {}, ())
                    continue
                self.person.hears(told)
                doubted = [number for doubt in made.doubts for number in doubt.incoming]
                assert sorted([*made.new, *made.same, *doubted]) == list(range(len(told))), "each entry in one heap"
                for number in made.new:
                    assert self.person.missing(told[number]), "booked a second time without asking"
                    self.book(made.identities[number], made.source, told[number])
                for number in doubted:
                    if self.person.missing(told[number]):
                        self.book(made.identities[number], made.source, told[number])
                assert self.person.agrees(), "taken for an old one without asking"
                self.covered += made.covered
                self.doubted += len(doubted)
                self.entries += len(told)

    def book(self, identity, source, truth) -> None:  # type: ignore[no-untyped-def]
        taken = {known.identity for known in self.known if known.source == source}
        while identity in taken:
            identity = identity._replace(occurrence=identity.occurrence + 1)
        self.known.append(Known(identity, source, len(self.known)))
        self.cents += identity.units
        self.person.booked[class_of(truth)] += 1


@pytest.mark.parametrize("share", range(SHARES))
def test_the_books_are_the_truth_to_the_cent(share: int) -> None:
    doubted = entries = 0
    for seed in range(share, SCENARIOS, SHARES):
        one = scenario(seed)
        books = Books()
        books.take(one)
        assert books.cents == one.cents, seed
        doubted += books.doubted
        entries += books.entries
    assert doubted < entries * 0.05, "a person is asked rarely"
