"""Which booking is which: the same one seen again, a twin that is another gift, or a doubt that a person settles.

A booking has no number that all formats share; half of all camt.053 entries carry no bank reference at all. Within one
source its identity is account, day, signed amount, text and bank reference, and an occurrence number among equals, so
two equal gifts of one day stay two. Between sources texts differ, so only days whose amounts agree as multisets are
taken for the same bookings. Whatever is left open is a Doubt: nothing of it is booked before a person has compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from zueinander.banks.model import Entry, Statement, StatementFile
from zueinander.shared.money import Money


class Identity(NamedTuple):
    """The identity of an entry. No part is ever empty of meaning by being None: unknown text is ""."""

    account: str
    booked: date
    units: int
    currency: str
    text: str
    bank_ref: str
    occurrence: int


def source_of(file: StatementFile) -> str:
    """The kind of source whose texts are alike from upload to upload: the message version, or the bank's table."""
    return f"{file.format}:{file.layout}" if file.layout else file.format


def distinct(statements: Iterable[Statement]) -> list[Statement]:
    """The statements without exact repetitions: a file that holds one twice does not double its gifts."""
    return list({_unplaced(statement): statement for statement in statements}.values())


def _unplaced(statement: Statement) -> Statement:
    return replace(statement, entries=tuple(replace(entry, line=0) for entry in statement.entries))


def plain_text(*texts: str) -> str:
    """Texts as compared: no case, blanks, punctuation or marks over letters, which banks change on the way."""
    joined = unicodedata.normalize("NFKD", "".join(texts).casefold())
    return re.sub(r"[\W_]+", "", "".join(char for char in joined if not unicodedata.combining(char)))


def identities(account: str, entries: Iterable[Entry]) -> list[Identity]:
    """One identity per entry, in order. Equal entries count 1, 2, 3 … in the order of the file."""
    seen: Counter[tuple[object, ...]] = Counter()
    found = []
    for entry in entries:
        text = plain_text(entry.counterparty, entry.iban, entry.reference, entry.text)
        same = (account, entry.booked, entry.amount.units, entry.amount.currency, text, entry.bank_ref)
        seen[same] += 1
        found.append(Identity(*same, seen[same]))
    return found


@dataclass(frozen=True, slots=True)
class Known:
    """A booking already in the books, the source it came from, and a handle of the caller's (a row's id)."""

    identity: Identity
    source: str
    handle: int


@dataclass(frozen=True, slots=True)
class Covered:
    """Days, first and last included, that an imported statement of `source` claims to tell completely."""

    source: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Doubt:
    """Entries of the new file (by number) that may or may not be the bookings `known`; a person compares."""

    day: date
    known: tuple[Known, ...]
    incoming: tuple[int, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do with a file: the numbers of its entries that are new, those seen before with their handle, the doubts.

    Every booked entry is in exactly one of the three.
    """

    new: tuple[int, ...]
    same: dict[int, int]
    doubts: tuple[Doubt, ...]


AMOUNTS_DIFFER = "die Beträge dieses Tages stimmen in beiden Quellen nicht überein"
PART_OF_A_DAY = "die Quelle erzählt diesen Tag nur zum Teil"
TEXTS_DIFFER = "Betrag und Tag sind gleich, die Texte haben nichts gemein"
NEAR_A_DAY = "an einem Tag daneben steht aus anderer Quelle dasselbe"
SHIFT_DAYS = 5
"""Formats may date one booking by booking or by value day, which lie up to a long weekend apart."""
ALIKE = 0.5
STRANGE = 0.2
"""Below this share of common text two bookings of one day and amount are not taken for the same without a person."""


class _Sorting:
    """One file's entries on their way into the three heaps."""

    def __init__(self, account: str, source: str, entries: Sequence[Entry], known: Sequence[Known]) -> None:
        self.source = source
        self.ids = identities(account, entries)
        self.known = [booking for booking in known if booking.identity.account == account]
        self.new: list[int] = []
        self.same: dict[int, int] = {}
        self.doubts: list[Doubt] = []

    def doubt(self, day: date, known: Sequence[Known], incoming: Sequence[int], reason: str) -> None:
        if incoming:
            self.doubts.append(Doubt(day, tuple(known), tuple(incoming), reason))

    def within(self, day: date, numbers: list[int], booked: list[Known]) -> None:
        """A day that only this source has told so far."""
        handles = {booking.identity: booking for booking in booked}
        matched = {number: handles.pop(self.ids[number]) for number in numbers if self.ids[number] in handles}
        left = list(handles.values())
        amounts = {booking.identity[2:4] for booking in left}
        partial = bool(left) and not self.source.startswith("csv")
        unsure = [number for number in matched if partial and not self.ids[number].bank_ref]
        unsure += [number for number in numbers if number not in matched and self.ids[number][2:4] in amounts]
        self.doubt(day, [*left, *(matched[number] for number in unsure if number in matched)], unsure, PART_OF_A_DAY)
        self.same.update({number: booking.handle for number, booking in matched.items() if number not in unsure})
        self.new.extend(number for number in numbers if number not in matched and number not in unsure)

    def between(self, day: date, numbers: list[int], booked: list[Known]) -> None:
        """A day that another source has told, wholly or in part."""
        mine = Counter(self.ids[number][2:4] for number in numbers)
        if mine != Counter(booking.identity[2:4] for booking in booked):
            self.doubt(day, booked, numbers, AMOUNTS_DIFFER)
            return
        free, pairs = list(booked), {}
        for number in sorted(numbers, key=lambda number: -len(self.ids[number].text)):
            fitting = [booking for booking in free if booking.identity[2:4] == self.ids[number][2:4]]
            pairs[number] = max(fitting, key=lambda booking: likeness(booking.identity, self.ids[number]))
            free.remove(pairs[number])
        strangers = [number for number, booking in pairs.items() if _strange(self.ids[number], booking.identity)]
        self.doubt(day, [pairs[number] for number in strangers], strangers, TEXTS_DIFFER)
        self.same.update({number: booking.handle for number, booking in pairs.items() if number not in strangers})

    def look_beside(self) -> None:
        """Moves new entries into doubt that another source may have told under a day nearby."""
        taken = set(self.same.values())
        others = [booking for booking in self.known if booking.source != self.source and booking.handle not in taken]
        by_amount: dict[tuple[int, str], list[Known]] = defaultdict(list)
        for booking in others:
            by_amount[booking.identity[2:4]].append(booking)
        sure = []
        for number in self.new:
            one = self.ids[number]
            near = [other for other in by_amount[one[2:4]] if _beside(one, other.identity)]
            if near:
                self.doubt(one.booked, near, [number], NEAR_A_DAY)
            else:
                sure.append(number)
        self.new = sure


def compare(
    account: str, source: str, entries: Sequence[Entry], known: Sequence[Known], covered: Iterable[Covered] = ()
) -> Verdict:
    """Sorts the booked entries of one file against the account's books; entries that are not BOOK are left out.

    A day that only this source has told goes by identity. A day that another source has told or covers counts as the
    same bookings when all amounts agree as a multiset, and is a doubt otherwise. Pass all statements of a file that
    concern the account together (see `distinct`), so that equal gifts on two pages are counted on.
    """
    sorting = _Sorting(account, source, entries, known)
    spans = [span for span in covered if span.source != source]
    incoming: dict[date, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        if entry.status == "BOOK":
            incoming[entry.booked].append(number)
    booked: dict[date, list[Known]] = defaultdict(list)
    for booking in sorting.known:
        booked[booking.identity.booked].append(booking)
    for day, numbers in sorted(incoming.items()):
        own = all(booking.source == source for booking in booked[day])
        if own and (booked[day] or not any(span.first <= day <= span.last for span in spans)):
            sorting.within(day, numbers, booked[day])
        else:
            sorting.between(day, numbers, booked[day])
    sorting.look_beside()
    return Verdict(tuple(sorted(sorting.new)), sorting.same, tuple(sorting.doubts))


def _beside(one: Identity, other: Identity) -> bool:
    apart = abs((one.booked - other.booked).days)
    return 0 < apart <= SHIFT_DAYS and (likeness(one, other) >= ALIKE or not (one.text and other.text))


def _strange(one: Identity, other: Identity) -> bool:
    return bool(one.text and other.text) and likeness(one, other) < STRANGE


def likeness(one: Identity, other: Identity) -> float:
    """How much of the shorter text's letter triples is in the longer, 0 to 1; an equal bank reference counts 2 more."""
    first, second = sorted((_triples(one.text), _triples(other.text)), key=len)
    shared = len(first & second) / len(first) if first else 0.0
    return shared + (2.0 if one.bank_ref and one.bank_ref == other.bank_ref else 0.0)


def _triples(text: str) -> set[str]:
    return {text[at : at + 3] for at in range(len(text) - 2)}


def total(entries: Iterable[Entry], currency: str) -> Money:
    """The sum of the booked entries in `currency`; another currency among them raises AmountError."""
    found = Money(0, currency)
    for entry in entries:
        if entry.status == "BOOK":
            found = found + entry.amount
    return found
