"""What a booked entry was for: gifts, returns, refunds, payouts, costs; exactly to its amount, and undoable."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils import timezone

from zueinander.campaigns.models import Campaign
from zueinander.giving.actions.ledger import About, book, owner, the_book, undo
from zueinander.giving.models import (
    ENTERING,
    GIVING,
    LEAVING,
    Booking,
    BookingKind,
    Entering,
    Gift,
    Giving,
    Leaving,
    PaymentReference,
    Payout,
    Refund,
    StatementEntry,
    Transfer,
)
from zueinander.giving.rules import ledger as rules
from zueinander.giving.rules.ledger import Account, Side
from zueinander.giving.rules.matching import Kind, split_exactly
from zueinander.journal.actions import name_of, record
from zueinander.people.actions import meet
from zueinander.people.models import Person, Volunteer
from zueinander.shared.money import Money

Purpose = Literal["gift", "returned", "refund", "payout", "transfer", "costs", "other"]
KINDS: dict[str, tuple[BookingKind, Side]] = {
    "gift": (BookingKind.GIFT, Side.FUND),
    "returned": (BookingKind.RETURNED, Side.FUND),
    "refund": (BookingKind.REFUNDED, Side.REFUND_OWED),
    "payout": (BookingKind.PASSED_ON, Side.ON_ITS_WAY),
    "transfer": (BookingKind.TRANSFER, Side.PROVIDER),
    "costs": (BookingKind.COSTS, Side.COSTS),
    "other": (BookingKind.OTHER, Side.OTHER),
}
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")


class NotAssigned(ValueError):  # noqa: N818
    """The parts do not fit the entry; the sentence is for the person at the desk. Nothing was booked."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an entry, `cents` with the entry's sign. `subject`: the gift returned, the refund, payout or transfer
    from the provider that was seen."""

    purpose: Purpose
    cents: int
    campaign: Campaign
    subject: Gift | Refund | Payout | Transfer | None = None
    reference: PaymentReference | None = None


def assign(entry: StatementEntry, parts: Sequence[Part], *, by: Volunteer) -> list[Booking]:
    """Says what an entry was for. Raises `NotAssigned`, or `ForbiddenStep` when it is assigned already."""
    with the_book():
        return assign_locked(entry, parts, by=name_of(by))


def assign_locked(entry: StatementEntry, parts: Sequence[Part], *, by: str) -> list[Booking]:
    """The same inside `the_book`."""
    whole = Money(entry.cents, entry.account.currency)
    if not Booking.objects.filter(cause=f"entry:{entry.pk}").exists():
        raise NotAssigned("Bitte erst sagen, was die Bank in der Währung des Kontos gebucht hat.")
    try:
        split_exactly(whole, [Money(part.cents, whole.currency) for part in parts])
    except ValueError as error:
        raise NotAssigned(str(error)) from None
    ENTERING.move(entry, Entering.ASSIGNED)
    made = [_assign_part(entry, part, by) for part in parts]
    record("entry_assigned", entry, *{part.campaign for part in parts}, actor=by, parts=len(parts))
    return made


def _assign_part(entry: StatementEntry, part: Part, by: str) -> Booking:
    kind, side = KINDS[part.purpose]
    gift = _new_gift(entry, part) if part.purpose == "gift" else _settled(entry, part)
    number = Booking.objects.filter(entry=entry).count()
    cause = f"part:{entry.pk}:{number}"
    posting = rules.transfer(
        entry.booked, Money(part.cents, entry.account.currency),
        source=Account(side, owner(campaign=part.campaign)), target=Account(Side.UNASSIGNED, owner(bank=entry.account)),
        cause=cause,
    )  # fmt: skip
    subject = part.subject
    return book(
        posting,
        About(
            kind, cause, by, entry, gift=gift,
            refund=subject if isinstance(subject, Refund) else None,
            payout=subject if isinstance(subject, Payout) else None,
        ),
    )  # fmt: skip


def _new_gift(entry: StatementEntry, part: Part) -> Gift:
    if part.cents <= 0:
        raise NotAssigned("Eine Gabe ist Geld, das hereinkam.")
    giver = _giver(entry)
    reference = part.reference
    named = bool(reference and reference.personal and not reference.anonymous)
    return Gift.objects.create(
        campaign=part.campaign, entry=entry, reference=reference, giver=giver, on=entry.booked, cents=part.cents,
        currency=entry.account.currency, anonymous=not named,
        name=reference.name if reference and named else entry.counterparty,
    )  # fmt: skip


def _giver(entry: StatementEntry) -> Person | None:
    """Whoever holds the account it came from, so that what we hold about them can be shown and erased."""
    if entry.giver_id is None and _IBAN.fullmatch(entry.iban):
        entry.giver = meet(network="bank", native_id=entry.iban, visible_name=entry.counterparty).person
        entry.save(update_fields=["giver"])
    return entry.giver


def _settled(entry: StatementEntry, part: Part) -> Gift | None:
    """Moves what the part settles to its next state; its amount must be the one that was agreed."""
    subject = part.subject
    if part.purpose in ("costs", "other"):
        return None
    if part.purpose == "transfer" and isinstance(subject, Transfer) and subject.cents == part.cents:
        LEAVING.move(subject, Leaving.SEEN, entry=entry)
        return None
    if subject is None or subject.cents != -part.cents:
        raise NotAssigned("Der Betrag ist nicht der, um den es geht.")
    if part.purpose == "returned" and isinstance(subject, Gift):
        if subject.receipt_lines.filter(standing=True).exists():
            raise NotAssigned("Für diese Gabe gibt es eine Zuwendungsbestätigung. Bitte erst stornieren.")
        GIVING.move(subject, Giving.RETURNED)
        return subject
    if part.purpose == "refund" and isinstance(subject, Refund):
        LEAVING.move(subject, Leaving.SEEN, entry=entry)
        GIVING.move(subject.gift, Giving.REFUNDED)
        return subject.gift
    if part.purpose == "payout" and isinstance(subject, Payout):
        LEAVING.move(subject, Leaving.SEEN, entry=entry)
        return None
    raise NotAssigned("Zweck und Vorgang passen nicht zusammen.")


def unassign(entry: StatementEntry, *, by: Volunteer) -> StatementEntry:
    """Takes an assignment back with mirror bookings; the entry waits again.

    Raises `NotAssigned` when something builds on it: a gift that was refunded, returned or receipted.
    """
    with the_book():
        ENTERING.move(entry, Entering.POSTED)
        for gift in entry.gifts.exclude(state=Giving.VOIDED):
            if gift.state != Giving.KEPT or gift.receipt_lines.filter(standing=True).exists():
                raise NotAssigned("Auf dieser Gabe baut schon etwas auf: Erstattung, Rückgabe oder Bescheinigung.")
            GIVING.move(gift, Giving.VOIDED)
        for transfer in entry.transfers.all():
            LEAVING.move(transfer, Leaving.OWED, entry=None)
        standing = Booking.objects.filter(entry=entry, reverses=None, reversed_by=None)
        for row in standing.exclude(kind=BookingKind.ENTRY).order_by("-number"):
            _unsettle(row)
            undo(row, by=name_of(by))
        record("entry_unassigned", entry, actor=name_of(by))
        return entry


def _unsettle(row: Booking) -> None:
    if row.refund:
        LEAVING.move(row.refund, Leaving.OWED, entry=None)
        GIVING.move(row.refund.gift, Giving.REFUND_OWED)
    if row.payout:
        LEAVING.move(row.payout, Leaving.OWED, entry=None)
    if row.kind == BookingKind.RETURNED:
        gift = Gift.objects.get(lines__booking=row)
        GIVING.move(gift, Giving.KEPT)


def assign_as_gifts(entries: Sequence[StatementEntry], *, campaign: Campaign, by: Volunteer) -> int:
    """Books incoming entries as one gift each, for those that a person has looked through together.

    Leaves out whatever is not plain incoming money in the account's currency that still waits, or may be the provider's
    payout; returns how many.
    """
    done = 0
    with the_book():
        keys = [entry.pk for entry in entries]
        rows = StatementEntry.objects.filter(pk__in=keys, state=Entering.POSTED, units__gt=0, returned=False)
        for row in rows.exclude(kind=Kind.EXPECTED).select_related("account").order_by("booked", "pk"):
            if row.currency == row.account.currency:
                assign_locked(row, [Part("gift", row.cents, campaign)], by=name_of(by))
                done += 1
    return done


def set_anonymous(gift: Gift, *, anonymous: bool, name: str = "", by: str) -> Gift:
    """How this one gift is shown; the giver may change their mind at any time."""
    Gift.objects.filter(pk=gift.pk).update(
        anonymous=anonymous or not (name or gift.name), name=(name or gift.name)[:120]
    )
    gift.refresh_from_db()
    record("gift_named" if not gift.anonymous else "gift_anonymous", gift, actor=by, at=f"{timezone.now():%Y-%m-%d}")
    return gift
