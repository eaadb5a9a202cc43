"""What a booked entry of a statement is for: only an exact reference assigns by itself, everything else is a proposal.

Returned payments, batches without their parts, foreign currency and outgoing money always wait for a person; a refund
or payout that we expect is recognised as a proposal, never settled by the machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from zueinander.banks.model import Entry
from zueinander.giving.rules.references import Found, Issued
from zueinander.shared.money import Money


class Kind(StrEnum):
    """What an entry looks like. The value is stored; never rename one."""

    SURE = "sure"
    PROPOSED = "proposed"
    UNKNOWN = "unknown"
    RETURNED = "returned"
    FOREIGN = "foreign"
    OUTGOING = "outgoing"
    EXPECTED = "expected"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Due:
    """Money we said we would send: a refund owed or a payout ordered. `key` is the caller's."""

    key: str
    amount: Money
    iban: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reference` only with SURE; `proposals` are references or due keys for a person, best first."""

    kind: Kind
    reference: str = ""
    proposals: tuple[str, ...] = ()


def judge(entry: Entry, issued: Issued, *, currency: str, due: Sequence[Due] = ()) -> Verdict:
    """What to do with one entry that is new in the books of an account kept in `currency`."""
    if entry.status != "BOOK" or entry.amount.units == 0:
        return Verdict(Kind.NOTHING)
    found = issued.find(" ".join((entry.reference, entry.text)))
    near = (*found.exact, *found.near)
    if entry.amount.currency != currency:
        return Verdict(Kind.FOREIGN, proposals=near)
    if entry.returned:
        return Verdict(Kind.RETURNED, proposals=near)
    if entry.amount.units < 0:
        return _outgoing(entry, due)
    return _incoming(found, near)


def _incoming(found: Found, near: tuple[str, ...]) -> Verdict:
    if found.sure:
        return Verdict(Kind.SURE, reference=found.sure)
    return Verdict(Kind.PROPOSED if near else Kind.UNKNOWN, proposals=near)


def _outgoing(entry: Entry, due: Sequence[Due]) -> Verdict:
    """Due money of exactly this amount, to exactly this account first."""
    fitting = [one for one in due if one.amount == -entry.amount]
    ordered = sorted(fitting, key=lambda one: one.iban != entry.iban)
    return Verdict(Kind.EXPECTED if fitting else Kind.OUTGOING, proposals=tuple(one.key for one in ordered))


def split_exactly(whole: Money, parts: Sequence[Money]) -> tuple[Money, ...]:
    """The parts of one transfer for several gifts, if they are of its currency, none is zero or against its sign, and
    they add up to it; ValueError otherwise."""
    if not parts or any(part.currency != whole.currency or part.units * whole.units <= 0 for part in parts):
        raise ValueError("jeder Teil braucht einen Betrag in der Währung und Richtung der Überweisung")
    if sum(part.units for part in parts) != whole.units:
        raise ValueError("die Teile ergeben nicht den Betrag der Überweisung")
    return tuple(parts)
