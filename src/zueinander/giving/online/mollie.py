"""Mollie by its own client library (mollie-api-python 4), with an access token and a profile of the organisation.

Formats after Mollie's public OpenAPI description (API v2, as of November 2026) and the reference pages of "Create
payment", "Get payment", "List balance transactions" and "Get settlement". A movement's context is flat in the examples
of that description and nested by kind in its schema: both are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from mollie.api.client import Client
from mollie.api.error import Error, NotFoundError

from zueinander.giving.online.port import Checkout, Kind, Move, State, Transferred, Trouble, Unknown, Wish, Word
from zueinander.shared.money import AmountError, Money, parse_amount

STATES = {
    "open": State.OPEN, "pending": State.PENDING, "authorized": State.PENDING, "paid": State.PAID,
    "failed": State.FAILED, "canceled": State.CANCELLED, "expired": State.EXPIRED,
}  # fmt: skip
KINDS = {
    "payment": Kind.PAYMENT, "capture": Kind.PAYMENT,
    "refund": Kind.REFUND, "returned-refund": Kind.BACK_AGAIN,
    "chargeback": Kind.TAKEN_BACK, "unauthorized-direct-debit": Kind.TAKEN_BACK, "failed-payment": Kind.TAKEN_BACK,
    "chargeback-reversal": Kind.BACK_AGAIN,
    "payment-fee": Kind.FEE, "failed-payment-fee": Kind.FEE, "balance-charge-fee": Kind.FEE,
    "bank-charged-failure-fee": Kind.FEE, "fee-prepayment": Kind.FEE, "invoice-compensation": Kind.FEE,
    "invoice-rounding-compensation": Kind.FEE,
    "outgoing-transfer": Kind.TRANSFER, "canceled-outgoing-transfer": Kind.TRANSFER_BACK,
    "canceled-transfer": Kind.TRANSFER_BACK, "returned-transfer": Kind.TRANSFER_BACK,
}  # fmt: skip
PLACES = ("https://mollie.com", "https://*.mollie.com")
PAGE = 250
LANGUAGES = {"de": "de_DE", "en": "en_GB"}


class Mollie:
    """Not to be shared among threads. `address`: another place than Mollie's own, for tests on this machine."""

    name = "Mollie"
    places: tuple[str, ...] = PLACES

    def __init__(self, *, token: str, profile: str, live: bool, address: str = "") -> None:
        self._client = Client(api_endpoint=address, timeout=(3, 10), retry=0)
        self._client.set_access_token(token)
        self._client.set_testmode(not live)
        self._profile, self.live = profile, live
        if address:
            self.places = (address,)

    def begin(self, wish: Wish) -> Checkout:
        data = {
            "amount": {"currency": wish.amount.currency, "value": wish.amount.plain()},
            "description": wish.purpose[:255],
            "redirectUrl": wish.back,
            "metadata": {"key": wish.key},
            "profileId": self._profile,
            "locale": LANGUAGES.get(wish.lang, "de_DE"),
            **({"webhookUrl": wish.notify} if wish.notify else {}),
        }
        said = self._asked(lambda: self._client.payments.create(data, idempotency_key=wish.key))
        url = _text(_at(said, "_links", "checkout", "href"))
        if not self._leads_to_them(url):
            raise Trouble(f"the checkout lies at {urlsplit(url).netloc or 'nowhere'}")
        return Checkout(_text(said.get("id")), url)

    def payment(self, number: str) -> Word:
        said = self._asked(lambda: self._client.payments.get(number))
        state = STATES.get(_text(said.get("status")))
        if state is None:
            raise Trouble(f"a payment that is {said.get('status')!r}")
        metadata = said.get("metadata")
        key = metadata.get("key", "") if isinstance(metadata, dict) else ""
        return Word(_text(said.get("id")), str(key), state, _money(said.get("amount")), said.get("mode") == "live")

    def moves(self) -> Iterator[Move]:
        """By pages, each from the last one's last movement on: the library follows links in live mode only."""
        balance = self._asked(lambda: self._client.balances.get("primary"))
        last: dict[str, str] = {}
        while True:
            page = self._asked(partial(balance.get_transactions, limit=PAGE, **last))
            rows = [one for one in self._asked(partial(list, page)) if one.get("id") != last.get("from")]
            for one in rows:
                yield _move(one)
            if not rows or not page.has_next():
                return
            last = {"from": _text(rows[-1].get("id"))}

    def transfer(self, number: str) -> Transferred:
        said = self._asked(lambda: self._client.settlements.get(number))
        return Transferred(_text(said.get("id")), str(said.get("reference") or ""), _money(said.get("amount")))

    def _asked(self, question: Any) -> Any:
        """What the library answers; its many errors as one of ours."""
        try:
            return question()
        except NotFoundError as error:
            raise Unknown(str(error)) from error
        except Error as error:
            raise Trouble(f"{type(error).__name__}: {error}"[:300]) from error
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise Trouble(f"an answer nobody understands: {type(error).__name__}") from error

    def _leads_to_them(self, url: str) -> bool:
        """Whether a browser may be sent there: nobody sends our givers anywhere else."""
        place = urlsplit(url)
        if self.places != PLACES:
            return f"{place.scheme}://{place.netloc}" in self.places
        return place.scheme == "https" and f".{place.hostname}".endswith(".mollie.com")


def _at(said: Any, *names: str) -> Any:
    for name in names:
        said = said.get(name) if isinstance(said, dict) else None
    return said


def _text(said: Any) -> str:
    if not isinstance(said, str) or not said:
        raise Trouble("an answer without what it is about")
    return said


def _money(said: Any) -> Money:
    """An amount to the cent. What is finer, or none at all, is refused, never rounded."""
    try:
        return parse_amount(_text(_at(said, "value")), decimal=".", currency=_text(_at(said, "currency")))
    except AmountError as error:
        raise Trouble(f"an amount that is none: {error}") from error


def _move(said: Any) -> Move:
    word = _text(said.get("type"))
    kind = KINDS.get(word, Kind.OTHER)
    gross, net = _money(said.get("initialAmount")), _money(said.get("resultAmount"))
    deducted = _money(said["deductions"]) if said.get("deductions") else Money(0, gross.currency)
    if gross + deducted != net:
        raise Trouble(f"movement {said.get('id')}: {gross.plain()} less {deducted.plain()} is not {net.plain()}")
    context = _context(said.get("context"))
    fee = -deducted
    if kind is Kind.FEE:
        gross, fee = Money(0, net.currency), -net
    return Move(
        number=_text(said.get("id")), kind=kind, said=word, at=datetime.fromisoformat(_text(said.get("createdAt"))),
        gross=gross, fee=fee, payment=context.get("paymentId", ""), transfer=context.get("settlementId", ""),
    )  # fmt: skip


def _context(said: Any) -> dict[str, str]:
    """The numbers in a movement's context, whether they lie in it or one floor below."""
    found: dict[str, str] = {}
    for name, value in (said or {}).items():
        if isinstance(value, dict):
            found.update(_context(value))
        elif isinstance(value, str):
            found[name] = value
    return found
