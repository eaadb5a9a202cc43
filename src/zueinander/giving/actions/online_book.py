"""How each kind of movement at the provider is booked, inside `the_book`; what is unclear raises `Unclear`."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from zueinander.giving.actions.ledger import About, book, owner, the_book, undo
from zueinander.giving.actions.online import new_gift, pay
from zueinander.giving.models import (
    ENTERED,
    GIVING,
    LEAVING,
    Booking,
    BookingKind,
    Entered,
    Gift,
    Giving,
    Leaving,
    Movement,
    Paying,
    Payment,
    Refund,
)
from zueinander.giving.online.port import Kind
from zueinander.giving.rules import ledger as rules
from zueinander.giving.rules.ledger import Account, Side
from zueinander.journal.actions import MACHINE, name_of, record
from zueinander.people.models import Volunteer
from zueinander.shared.lifecycle import ForbiddenStep
from zueinander.shared.money import Money


class Unclear(ValueError):  # noqa: N818
    """A human must say what this movement is; the sentence says why. Nothing was booked."""


def book_move(move: Movement) -> None:
    """The movement in the book, and its fee apart."""
    HOW[Kind(move.kind)](move)
    if move.fee:
        _line(move, BookingKind.COSTS, Side.COSTS, -move.fee, part="fee")
    record("movement_booked", move, move.account.campaign)


def _line(
    move: Movement, kind: BookingKind, side: Side, cents: int, *, gift: Gift | None = None,
    refund: Refund | None = None, part: str = "", by: str = MACHINE,
) -> None:  # fmt: skip
    """`cents` more at the provider, against this side of the campaign."""
    whose, cause = owner(campaign=move.account.campaign), f"movement:{move.pk}" + (f":{part}" if part else "")
    posting = rules.transfer(
        timezone.localdate(move.at), Money(cents, move.account.currency), source=Account(side, whose),
        target=Account(Side.PROVIDER, whose), cause=cause,
    )  # fmt: skip
    book(posting, About(kind, cause, by, gift=gift, refund=refund, movement=move))


def _payment(move: Movement) -> Payment:
    if move.payment is None:
        raise Unclear("Zu dieser Bewegung kennen wir keine Zahlung.")
    return move.payment


def _paid(move: Movement) -> None:
    """The provider has entered the payment. The gift is booked already, or, when no call reached us, now."""
    payment = _payment(move)
    if move.gross != payment.cents:
        raise Unclear("Der Anbieter hat einen anderen Betrag gebucht, als die Zahlung hatte.")
    if payment.movements.filter(kind=Kind.PAYMENT, state=Entered.BOOKED).exclude(pk=move.pk).exists():
        raise Unclear("Der Anbieter hat diese Zahlung schon einmal gebucht.")
    if payment.state != Paying.PAID:
        pay(payment)


def _gone_back(move: Movement) -> None:
    """Money went back to the giver: a refund we owed, else the gift as a whole or in part."""
    payment, cents = _payment(move), -move.gross
    if payment.state != Paying.PAID and cents > 0:
        pay(payment)
    refund = Refund.objects.filter(gift__payment=payment, state=Leaving.OWED, cents=cents).first()
    if refund is not None:
        LEAVING.move(refund, Leaving.SEEN)
        GIVING.move(refund.gift, Giving.REFUNDED)
        _line(move, BookingKind.REFUNDED, Side.REFUND_OWED, -cents, gift=refund.gift, refund=refund)
        return
    gift = payment.gifts.filter(state=Giving.KEPT, cents__gte=cents).order_by("cents", "pk").first()
    if cents <= 0 or gift is None:
        raise Unclear("Zurückgegangen ist mehr, als von dieser Zahlung noch da ist.")
    if gift.receipt_lines.filter(standing=True).exists():
        raise Unclear("Für diese Gabe gibt es eine Zuwendungsbestätigung. Bitte erst stornieren.")
    gift = _part_of(gift, cents)
    GIVING.move(gift, Giving.RETURNED)
    _line(move, BookingKind.RETURNED, Side.FUND, -cents, gift=gift)


def _part_of(gift: Gift, cents: int) -> Gift:
    """The gift, or, when only a part of it went back, that part: it stands as two gifts from then on."""
    if gift.cents == cents:
        return gift
    payment = gift.payment
    assert payment is not None
    GIVING.move(gift, Giving.VOIDED)
    lines = Booking.objects.filter(lines__gift=gift, kind=BookingKind.GIFT, reverses=None, reversed_by=None)
    undo(lines.distinct().get(), by=MACHINE)
    parts = [new_gift(payment, part) for part in (cents, gift.cents - cents)]
    for part in parts:
        part.anonymous, part.name, part.giver = gift.anonymous, gift.name, gift.giver
        part.save(update_fields=["anonymous", "name", "giver"])
        cause, whose = f"online:{payment.pk}:{part.pk}", owner(campaign=part.campaign)
        posting = rules.transfer(
            timezone.localdate(), Money(part.cents, part.currency), source=Account(Side.FUND, whose),
            target=Account(Side.PROVIDER, whose), cause=cause,
        )  # fmt: skip
        book(posting, About(BookingKind.GIFT, cause, gift=part))
    return parts[0]


def _come_again(move: Movement) -> None:
    """What had gone back to the giver is with us again: it was not theirs, or did not reach them."""
    payment, cents = _payment(move), move.gross
    gifts = payment.gifts.filter(cents=cents).order_by("-pk")
    if refunded := gifts.filter(state=Giving.REFUNDED).first():
        refund = refunded.refunds.filter(state=Leaving.SEEN, entry=None).get()
        LEAVING.move(refund, Leaving.OWED)
        GIVING.move(refunded, Giving.REFUND_OWED)
        _line(move, BookingKind.REFUNDED, Side.REFUND_OWED, cents, gift=refunded, refund=refund)
    elif returned := gifts.filter(state=Giving.RETURNED).first():
        GIVING.move(returned, Giving.KEPT)
        _line(move, BookingKind.RETURNED, Side.FUND, cents, gift=returned)
    else:
        raise Unclear("Zurückgekommen ist ein Betrag, der so nie zurückgegangen war.")


def _fee(move: Movement) -> None:
    """Nothing beside its fee."""


def _on_its_way(move: Movement) -> None:
    """It lies at the provider until our bank's statement shows it; nothing is booked before."""
    if move.transfer is None or move.transfer.cents != -move.gross:
        raise Unclear("Der Anbieter sagt nicht, welche Auszahlung das ist.")


def _not_on_its_way(move: Movement) -> None:
    if move.transfer is None or move.transfer.cents != move.gross:
        raise Unclear("Der Anbieter sagt nicht, welche Auszahlung das war.")
    try:
        LEAVING.move(move.transfer, Leaving.DROPPED)
    except ForbiddenStep:
        raise Unclear("Diese Auszahlung hat die Bank schon gebucht.") from None


def _nobody_knows(move: Movement) -> None:
    raise Unclear(f"„{move.said}“ kennen wir nicht.")


HOW: dict[Kind, Callable[[Movement], None]] = {
    Kind.PAYMENT: _paid, Kind.REFUND: _gone_back, Kind.TAKEN_BACK: _gone_back, Kind.BACK_AGAIN: _come_again,
    Kind.FEE: _fee, Kind.TRANSFER: _on_its_way, Kind.TRANSFER_BACK: _not_on_its_way, Kind.OTHER: _nobody_knows,
}  # fmt: skip


def _unknown_gift(move: Movement, by: str) -> None:
    """Money that somebody gave at the provider without our page: an anonymous gift, its fee apart."""
    if move.gross <= 0 or move.payment is not None:
        raise Unclear("Eine Gabe ist Geld, das hereinkam, ohne dass wir die Zahlung kennen.")
    gift = Gift.objects.create(
        campaign=move.account.campaign, on=timezone.localdate(move.at), cents=move.gross, currency=move.account.currency
    )
    _line(move, BookingKind.GIFT, Side.FUND, move.gross, gift=gift, by=by)
    if move.fee:
        _line(move, BookingKind.COSTS, Side.COSTS, -move.fee, part="fee", by=by)


CHOICES = {"costs": (BookingKind.COSTS, Side.COSTS), "other": (BookingKind.OTHER, Side.OTHER)}


def settle_move(move: Movement, *, purpose: str, by: Volunteer) -> Movement:
    """A person says what a movement is: "gift", "costs", "other", or "again" once what stood in the way is done.

    Raises `Unclear` when it still cannot be booked, `ForbiddenStep` when it is booked already.
    """
    with the_book():
        ENTERED.move(move, Entered.BOOKED, reason="")
        if purpose == "again":
            book_move(move)
        elif purpose == "gift":
            _unknown_gift(move, name_of(by))
        elif move.net:
            _line(move, *CHOICES[purpose], move.net, by=name_of(by))
        record("movement_settled", move, actor=name_of(by))
    return move
