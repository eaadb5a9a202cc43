"""What moved at the provider: stored as it states it, then booked, the oldest first; a human books the unforeseen.

The gift of a payment is booked when it is paid (`actions.online`); its movement brings the fee. Sums to the cent: what
the book says lies at the provider is what its movements say, payments it has yet to enter, less what our bank has.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone

from zueinander.giving.actions.ledger import the_book
from zueinander.giving.actions.online_book import Unclear, book_move
from zueinander.giving.models import ENTERED, Entered, Leaving, Movement, OnlineAccount, Payment, Transfer
from zueinander.giving.online.port import Kind, Move, Provider, Trouble
from zueinander.journal.actions import record
from zueinander.shared.lifecycle import ForbiddenStep

OVERLAP = timedelta(days=7)
"""Further back than the newest movement we know is looked, in case one was entered late."""


def fetch_moves(account: OnlineAccount, provider: Provider) -> int:
    """Stores what moved since we looked last, all of it in one transaction; returns how many. Raises `Trouble`.

    What belongs to no payment of ours is `account`'s. What moved before anybody could give online is left out.
    """
    ours = Movement.objects.filter(account__provider=provider.name)
    since = OnlineAccount.objects.filter(provider=provider.name).aggregate(n=Min("opened_at"))["n"]
    newest = ours.aggregate(n=Max("at"))["n"]
    found = _since(provider, max(since, newest - OVERLAP) if newest else since, account.currency)
    known = set(Movement.objects.filter(number__in=[one.number for one in found]).values_list("number", flat=True))
    new = [one for one in reversed(found) if one.number not in known]
    with transaction.atomic():
        OnlineAccount.objects.select_for_update(no_key=True).get(pk=account.pk)
        for one in new:
            _store(account, one)
        OnlineAccount.objects.filter(pk=account.pk).update(looked_at=timezone.now())
    return len(new)


def _since(provider: Provider, until: datetime, currency: str) -> list[Move]:
    """The movements from a moment on, the newest first; nothing is kept unless all of them could be read."""
    found = []
    for one in provider.moves():
        if one.at < until:
            break
        if {one.gross.currency, one.fee.currency} != {currency}:
            raise Trouble(f"Bewegung {one.number} in einer anderen Währung")
        found.append(one)
    return found


def _store(account: OnlineAccount, one: Move) -> None:
    payment = Payment.objects.filter(number=one.payment).exclude(number="").select_related("account").first()
    account = payment.account if payment else account
    values: dict[str, Any] = {}
    if one.kind is Kind.TRANSFER and one.transfer:
        values["transfer"] = Transfer.objects.get_or_create(
            number=one.transfer, defaults={"account": account, "cents": -one.gross.units, "at": one.at}
        )[0]
    elif one.kind is Kind.TRANSFER_BACK:
        values["transfer"] = Transfer.objects.filter(number=one.transfer).first()
    Movement.objects.get_or_create(
        number=one.number,
        defaults={
            "account": account, "kind": one.kind, "said": one.said[:60], "at": one.at, "gross": one.gross.units,
            "fee": one.fee.units, "payment": payment, **values,
        },
    )  # fmt: skip


def book_moves() -> int:
    """Books what is stored, each movement with its own commit; returns how many."""
    done = 0
    for key in list(Movement.objects.filter(state=Entered.STORED).values_list("pk", flat=True)):
        done += _enter(key)
    return done


def _enter(key: int) -> bool:
    """One movement, unless somebody else was faster. What cannot be booked by itself is a human's from then on."""
    move = Movement.objects.select_related("account__campaign", "payment__reference", "transfer").get(pk=key)
    try:
        with the_book():
            ENTERED.move(move, Entered.BOOKED)
            book_move(move)
    except Unclear as why:
        move.refresh_from_db()
        with transaction.atomic():
            ENTERED.move(move, Entered.ASKED, reason=str(why)[:200])
            record("movement_asked", move)
        return False
    except ForbiddenStep:
        return False
    return True


def complete_transfers(provider: Provider) -> None:
    """Asks for the references under which money on its way to us will stand in the bank's statement."""
    for transfer in Transfer.objects.filter(state=Leaving.OWED, reference="", account__provider=provider.name):
        said = provider.transfer(transfer.number)
        if said.amount.units != transfer.cents or said.amount.currency != transfer.account.currency:
            raise Trouble(f"Auszahlung {transfer.number}: {said.amount.german()} statt {transfer.cents} Cent")
        if said.reference:
            Transfer.objects.filter(pk=transfer.pk, reference="").update(reference=said.reference[:60])


__all__ = ["book_moves", "complete_transfers", "fetch_moves"]
