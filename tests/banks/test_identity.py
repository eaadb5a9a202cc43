"""Whatever the order, overlap and format of uploads: every gift is in the books once, and a twin is another gift."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.banks.make import OWN, Truth, camt, mt940, table, truths
from zueinander.banks.detect import read
from zueinander.banks.identity import Covered, Known, compare, distinct, identities, source_of, total
from zueinander.banks.model import Entry
from zueinander.shared.money import Money

SOURCES = ["camt.053.001.08", "camt.053.001.02", "camt.052.001.08", "mt940", "csv:Volksbank", "csv:Sparkasse"]


def as_told(one: Truth, source: str) -> Entry:
    """The booking in a source's own words: cut, capitals, lost umlauts, with or without the bank's reference."""
    words = {
        "camt.053.001.08": (one.name, one.iban, one.purpose),
        "camt.053.001.02": (one.name, one.iban, f"{one.purpose} Gutschrift"),
        "camt.052.001.08": (one.name, one.iban, f"GUTSCHRIFT {one.purpose}"),
        "mt940": (one.name.upper()[:27], "", f"{one.purpose.replace('ü', '?')} GUTSCHRIFT"),
        "csv:Volksbank": (one.name, one.iban, f"Gutschrift {one.purpose}"),
        "csv:Sparkasse": (one.name.replace("ü", "ue"), one.iban, one.purpose),
    }[source]
    reference = one.bank_ref if source.startswith("camt") else ""
    amount = Money(one.cents, "EUR")
    return Entry(one.day, amount, one.day, words[0], words[1], "", words[2], reference)


@dataclass
class Books:
    """What an importer keeps. `truth_of` is the knowledge of the person who settles doubts."""

    known: list[Known] = field(default_factory=list)
    covered: list[Covered] = field(default_factory=list)
    truth_of: dict[int, int] = field(default_factory=dict)
    cents: int = 0
    doubted: int = 0

    def take(self, source: str, kept: list[Truth], *, whole: bool) -> None:
        entries = [as_told(one, source) for one in kept]
        ids = identities(OWN, entries)
        verdict = compare(OWN, source, entries, self.known, self.covered)
        heaps = [*verdict.new, *verdict.same, *(number for doubt in verdict.doubts for number in doubt.incoming)]
        assert sorted(heaps) == list(range(len(entries))), "every entry is in exactly one heap"
        book = list(verdict.new)
        for doubt in verdict.doubts:
            self.doubted += len(doubt.incoming)
            book.extend(number for number in doubt.incoming if kept[number].number not in self.truth_of.values())
        for number in book:
            handle = len(self.known)
            self.known.append(Known(ids[number], source, handle))
            self.truth_of[handle] = kept[number].number
            self.cents += kept[number].cents
        if kept:
            last = kept[-1].day if whole else kept[-1].day - timedelta(days=1)
            self.covered.append(Covered(source, kept[0].day, last))


def scenario(seed: int) -> tuple[Books, set[int], list[Truth]]:
    chance = random.Random(seed)
    all_of = truths(chance, chance.randrange(2, 14), days=chance.randrange(1, 7))
    days = sorted({one.day for one in all_of})
    books, told = Books(), set[int]()
    for _ in range(chance.randrange(2, 7)):
        source = chance.choice(SOURCES)
        first, last = sorted((chance.choice(days), chance.choice(days)))
        kept = [one for one in all_of if first <= one.day <= last]
        whole = not (source.startswith("csv") and chance.random() < 0.3)
        if not whole:  # downloaded before the day was over
            ending = [one for one in kept if one.day == last]
            kept = kept[: len(kept) - chance.randrange(len(ending))] if len(ending) > 1 else kept
        books.take(source, kept, whole=whole)
        told |= {one.number for one in kept}
    return books, told, all_of


@settings(max_examples=10_000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**48))
def test_every_booking_is_in_the_books_once_whatever_was_uploaded_when(seed: int) -> None:
    books, told, all_of = scenario(seed)
    assert sorted(books.truth_of.values()) == sorted(told)
    assert books.cents == sum(one.cents for one in all_of if one.number in told)


def test_whole_statements_in_three_formats_need_no_person_at_all() -> None:
    for seed in range(300):
        all_of = truths(random.Random(seed), 20)
        books = Books()
        for source in random.Random(seed).sample(SOURCES, 4):
            books.take(source, all_of, whole=True)
        assert books.doubted == 0
        assert books.cents == sum(one.cents for one in all_of)


def test_the_same_month_as_camt_mt940_and_csv_files_gives_each_entry_once() -> None:
    all_of = truths(random.Random(7), 60, days=28)
    known: list[Known] = []
    booked = Money(0, "EUR")
    for data in (camt(all_of), mt940(all_of), table(all_of), camt(all_of, message="052"), camt(all_of)):
        file = read(data)
        entries = [entry for statement in distinct(file.statements) for entry in statement.entries]
        verdict = compare(OWN, source_of(file), entries, known)
        assert not verdict.doubts
        ids = identities(OWN, entries)
        known += [Known(ids[number], source_of(file), len(known) + number) for number in verdict.new]
        booked += total((entries[number] for number in verdict.new), "EUR")
    assert booked == Money(sum(one.cents for one in all_of), "EUR")


def one_gift(**changes: object) -> Entry:
    base = as_told(truths(random.Random(1), 1)[0], "camt.053.001.08")
    return replace(base, bank_ref="", **changes)  # type: ignore[arg-type]


def booked_from(source: str, entries: list[Entry]) -> list[Known]:
    return [Known(identity, source, n) for n, identity in enumerate(identities(OWN, entries))]


def test_two_equal_gifts_of_one_day_stay_two_and_a_third_is_seen_as_new() -> None:
    gift = one_gift()
    known = booked_from("csv:X", [gift, gift])
    assert compare(OWN, "csv:X", [gift, gift], known).new == ()
    assert compare(OWN, "csv:X", [gift, gift, gift], known).new == (2,)


def test_a_day_that_two_sources_tell_differently_is_left_to_a_person() -> None:
    gift = one_gift()
    verdict = compare(OWN, "mt940", [gift, gift], booked_from("camt.053.001.08", [gift]))
    assert not verdict.new
    assert not verdict.same
    assert verdict.doubts[0].incoming == (0, 1)


def test_an_entry_on_a_day_another_source_covered_without_it_is_left_to_a_person() -> None:
    gift = one_gift()
    week = Covered("camt.053.001.08", gift.booked - timedelta(3), gift.booked + timedelta(3))
    assert compare(OWN, "mt940", [gift], [], [week]).doubts
    assert compare(OWN, "camt.053.001.08", [gift], [], [week]).new == (0,)


def test_a_booking_that_another_format_dates_a_day_later_is_not_booked_twice() -> None:
    gift = one_gift()
    later = replace(gift, booked=gift.booked + timedelta(days=1))
    verdict = compare(OWN, "mt940", [later], booked_from("camt.053.001.08", [gift]))
    assert not verdict.new
    assert verdict.doubts


def test_same_amount_and_day_from_strangers_is_not_taken_for_the_same_booking() -> None:
    gift = one_gift()
    other = replace(gift, counterparty="Zacharias Wolkenstein", iban="", text="Quartalsabschluss")
    verdict = compare(OWN, "mt940", [other], booked_from("camt.053.001.08", [gift]))
    assert not verdict.same
    assert verdict.doubts


def test_a_second_report_of_the_day_with_an_equal_gift_is_not_swallowed() -> None:
    gift, earlier = one_gift(), one_gift(counterparty="Frieda Quelle")
    verdict = compare(OWN, "camt.052.001.08", [gift], booked_from("camt.052.001.08", [earlier, gift]))
    assert not verdict.same
    assert verdict.doubts


def test_pending_entries_never_reach_the_books() -> None:
    verdict = compare(OWN, "csv:X", [one_gift(status="PDNG"), one_gift(status="INFO")], [])
    assert not verdict.new
    assert not verdict.doubts


def test_a_statement_that_stands_in_a_file_twice_counts_once() -> None:
    file = read(camt(truths(random.Random(3), 5)))
    assert len(distinct([*file.statements, *file.statements])) == 1
