"""Invented months of an account, told in overlapping files of several formats, in any order, some of them twice.

A scenario knows which booking each line of each file is, so that a person's answers to doubts can be played.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tests.banks.make import Truth, camt, mt940, table, truths
from zueinander.banks.detect import read_each
from zueinander.banks.model import Entry, StatementFile

OPENING = 100_000
Class = tuple[date, int, str, str, str]


def class_of(one: Truth) -> Class:
    """Bookings that nobody on earth could tell apart."""
    return (one.day, one.cents, one.name, one.iban, one.purpose)


@dataclass(frozen=True)
class Upload:
    """`told`: for each part of the file, the bookings its entries are, in the order they are read."""

    data: bytes
    told: tuple[tuple[Truth, ...], ...]
    books: bool = True


@dataclass(frozen=True)
class Scenario:
    truth: tuple[Truth, ...]
    uploads: tuple[Upload, ...]

    @property
    def cents(self) -> int:
        return sum(one.cents for one in self.truth)


def scenario(seed: int, *, entries: int = 9, days: int = 6, files: int = 3) -> Scenario:
    """Files of random spans in random formats, among them at least one that tells everything."""
    chance = random.Random(seed)
    every = truths(chance, chance.randrange(1, entries + 1), days=days)
    uploads = [_upload(chance, every) for _ in range(chance.randrange(files + 1))]
    uploads.append(_told(chance, every, every))
    uploads += chance.sample(uploads, chance.randrange(2))
    chance.shuffle(uploads)
    return Scenario(tuple(every), tuple(uploads))


def _upload(chance: random.Random, every: Sequence[Truth]) -> Upload:
    days = sorted({one.day for one in every})
    first, last = sorted((chance.choice(days), chance.choice(days)))
    kept = [one for one in every if first <= one.day <= last]
    if chance.random() < 0.1:
        return Upload(camt(kept, opening=_before(every, first), message="054"), (tuple(kept),), books=False)
    if chance.random() < 0.15:
        halves = [kept[: len(kept) // 2], kept[len(kept) // 2 :]] if chance.random() < 0.3 else [kept, kept]
        parts = [_told(chance, every, _whole_days(every, half), first) for half in halves if half]
        return Upload(packed(part.data for part in parts), tuple(part.told[0] for part in parts))
    if chance.random() < 0.1 and len(kept) > 1:
        return Upload(*_early_table(chance, every, kept, first))
    return _told(chance, every, kept, first)


def _whole_days(every: Sequence[Truth], half: Sequence[Truth]) -> list[Truth]:
    days = {one.day for one in half}
    return [one for one in every if one.day in days]


def _early_table(
    chance: random.Random, every: Sequence[Truth], kept: list[Truth], first: date
) -> tuple[bytes, tuple[tuple[Truth, ...], ...]]:
    """A table saved before its last day was over."""
    last = kept[-1].day
    today = [one for one in kept if one.day == last]
    early = [one for one in kept if one.day < last] + today[: chance.randrange(len(today) + 1)]
    early = early or kept
    return table(early, opening=_before(every, first)), (tuple(reversed(early)),)


def _told(chance: random.Random, every: Sequence[Truth], kept: list[Truth], first: date = date.min) -> Upload:
    before = _before(every, kept[0].day if kept else first)
    form = chance.choice(["053", "053", "052", "mt940", "table"])
    if form == "mt940":
        return Upload(mt940(kept, opening=before), (tuple(kept),))
    if form == "table":
        return Upload(table(kept, opening=before), (tuple(reversed(kept)),))
    version = chance.choice(["02", "04", "08"])
    return Upload(camt(kept, opening=before, message=form, version=version), (tuple(kept),))


def _before(every: Sequence[Truth], first: date) -> int:
    return OPENING + sum(one.cents for one in every if one.day < first)


def packed(files: Iterable[bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number, data in enumerate(files):
            archive.writestr(f"{number:03}.txt", data)
    return out.getvalue()


def parts_of(upload: Upload) -> list[tuple[StatementFile, tuple[Truth, ...]]]:
    """Each part as read, with the bookings of its entries; the amounts prove that the order is the right one."""
    parts = [part for _, part in read_each(upload.data)]
    for part, told in zip(parts, upload.told, strict=True):
        read = [entry.amount.units for entry in entries_of(part)]
        assert read == [one.cents for one in told], "the scenario's own order of entries is wrong"
    return list(zip(parts, upload.told, strict=True))


def entries_of(part: StatementFile) -> list[Entry]:
    return [entry for statement in part.statements for entry in statement.entries]


class Person:
    """Who compares: knows which bookings were told so far, and answers each doubt rightly."""

    def __init__(self) -> None:
        self._told: dict[int, Truth] = {}
        self.booked: Counter[Class] = Counter()

    def hears(self, told: Iterable[Truth]) -> None:
        self._told.update((one.number, one) for one in told)

    def missing(self, one: Truth) -> bool:
        """Whether one more booking of this kind was told than is booked."""
        return self._count(class_of(one)) > self.booked[class_of(one)]

    def _count(self, kind: Class) -> int:
        return sum(1 for one in self._told.values() if class_of(one) == kind)

    def agrees(self) -> bool:
        return self.booked == Counter(class_of(one) for one in self._told.values())


Answer = Callable[[Truth], bool]
