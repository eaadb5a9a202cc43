"""Money that leaves: refunds we owe, payouts to the family. Nothing moves by itself; a statement says when it did."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from zueinander.campaigns.models import Campaign
from zueinander.giving.actions.ledger import About, book, owner, the_book, undo
from zueinander.giving.models import (
    GIVING,
    LEAVING,
    BankAccount,
    Booking,
    BookingKind,
    Gift,
    Giving,
    Leaving,
    Payout,
    Refund,
)
from zueinander.giving.queries import money_of
from zueinander.giving.rules import ledger as rules
from zueinander.giving.rules.ledger import Account, Side
from zueinander.journal.actions import name_of, record
from zueinander.people.models import Volunteer
from zueinander.shared.money import Money

MAX_EVIDENCE = 10 * 1024 * 1024


class NotOrdered(ValueError):  # noqa: N818
    """The refund or payout cannot be; the sentence is for the person at the desk. Nothing was booked."""


def owe_refund(gift: Gift, *, reason: str, iban: str = "", by: Volunteer) -> Refund:
    """We give a gift back: somebody must transfer it. It stays owed until a statement shows it."""
    with the_book():
        if gift.receipt_lines.filter(standing=True).exists():
            raise NotOrdered("Für diese Gabe gibt es eine Zuwendungsbestätigung. Bitte erst stornieren.")
        GIVING.move(gift, Giving.REFUND_OWED)
        account = iban or (gift.entry.iban if gift.entry else "")
        row = Refund.objects.create(gift=gift, cents=gift.cents, iban=account, reason=reason, by=name_of(by))
        _order(
            row.cents, gift.currency, gift.campaign, Side.REFUND_OWED, timezone.localdate(),
            About(BookingKind.REFUND_OWED, f"refund:{row.pk}", name_of(by), gift=gift, refund=row),
        )  # fmt: skip
        record("refund_owed", row, gift, actor=name_of(by))
        return row


def drop_refund(refund: Refund, *, by: Volunteer) -> Refund:
    """The refund is not made after all: the gift stays with us."""
    with the_book():
        LEAVING.move(refund, Leaving.DROPPED)
        GIVING.move(refund.gift, Giving.KEPT)
        undo(Booking.objects.get(cause=f"refund:{refund.pk}"), by=name_of(by))
        record("refund_dropped", refund, refund.gift, actor=name_of(by))
        return refund


def order_payout(
    *, campaign: Campaign, cents: int, payee: str, iban: str = "", note: str = "", on: date | None = None, by: Volunteer
) -> Payout:
    """Money for the family, on its way until a statement shows it. Never more than we hold for them."""
    with the_book():
        held = money_of(campaign).held
        if not 0 < cents <= held:
            raise NotOrdered(f"Für die Familie liegen {Money(held, 'EUR').german()} bereit.")
        row = Payout.objects.create(
            campaign=campaign, ordered_on=on or timezone.localdate(), cents=cents, payee=payee, iban=iban, note=note,
            currency=BankAccount.objects.filter(campaign=campaign).values_list("currency", flat=True)[0],
            by=name_of(by),
        )  # fmt: skip
        _order(
            cents, row.currency, campaign, Side.ON_ITS_WAY, row.ordered_on,
            About(BookingKind.ORDERED, f"payout:{row.pk}", name_of(by), payout=row),
        )  # fmt: skip
        record("payout_ordered", row, campaign, actor=name_of(by))
        return row


def drop_payout(payout: Payout, *, by: Volunteer) -> Payout:
    """The transfer was not made; the money is the family's as before."""
    with the_book():
        LEAVING.move(payout, Leaving.DROPPED)
        undo(Booking.objects.get(cause=f"payout:{payout.pk}"), by=name_of(by))
        record("payout_dropped", payout, payout.campaign, actor=name_of(by))
        return payout


def attach_evidence(payout: Payout, *, content: bytes, name: str, by: Volunteer) -> Payout:
    """A proof that it arrived, sealed for our own eyes; a later one replaces it."""
    if not content or len(content) > MAX_EVIDENCE:
        raise NotOrdered("Der Beleg ist leer oder größer als 10 MB.")
    payout.evidence, payout.evidence_name, payout.evidence_at = content, name[:200], timezone.now()
    payout.save(update_fields=["evidence", "evidence_name", "evidence_at"])
    record("evidence_attached", payout, actor=name_of(by))
    return payout


def _order(cents: int, currency: str, campaign: Campaign, side: Side, on: date, about: About) -> None:
    """From the family's fund to what we owe somebody else, or what is on its way to the family."""
    whose = owner(campaign=campaign)
    posting = rules.transfer(
        on, Money(cents, currency), source=Account(side, whose), target=Account(Side.FUND, whose), cause=about.cause
    )
    book(posting, about)
