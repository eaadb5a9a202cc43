"""What a payment provider must be able to do. Pure: adapters get what they need handed in and know no tables.

Money is booked from the provider's own account of its balance (`moves`) and from what it says of a payment when it is
asked (`payment`); what it tells unasked only makes us ask.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from zueinander.shared.money import Money


class Trouble(Exception):  # noqa: N818
    """The provider could not be asked, or said something nobody understands: nothing is known, ask again later."""


class Unknown(Trouble):
    """The provider knows nothing under this number."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A payment to be. `key` is ours: the same key again gives the same payment. `notify` "": it need not call us."""

    key: str
    amount: Money
    purpose: str
    back: str
    notify: str
    lang: str = "de"


@dataclass(frozen=True, slots=True)
class Checkout:
    """The payment's number at the provider, and the page of theirs on which it is paid."""

    number: str
    url: str


class State(StrEnum):
    """How a payment stands at the provider. The value is stored; never rename one."""

    OPEN = "open"
    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Word:
    """What the provider says of a payment. `key` "": it was not begun by us. `live` False: play money."""

    number: str
    key: str
    state: State
    amount: Money
    live: bool


class Kind(StrEnum):
    """What moved the balance at the provider. The value is stored; never rename one."""

    PAYMENT = "payment"
    REFUND = "refund"
    TAKEN_BACK = "taken_back"
    BACK_AGAIN = "back_again"
    FEE = "fee"
    TRANSFER = "transfer"
    TRANSFER_BACK = "transfer_back"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Move:
    """One movement of the balance: it changed by `gross` - `fee`. `said`: the provider's own word for its kind.

    `payment` and `transfer` are the provider's numbers of what it belongs to, "" when it belongs to none.
    """

    number: str
    kind: Kind
    said: str
    at: datetime
    gross: Money
    fee: Money
    payment: str = ""
    transfer: str = ""


@dataclass(frozen=True, slots=True)
class Transferred:
    """Money on its way from the provider to our bank. `reference` stands in the bank's statement, "" while unknown."""

    number: str
    reference: str
    amount: Money


class Provider(Protocol):
    """Everything may raise `Trouble`. `places`: where a browser may be sent, as sources of a content policy."""

    name: str
    places: tuple[str, ...]
    live: bool

    def begin(self, wish: Wish) -> Checkout: ...

    def payment(self, number: str) -> Word: ...

    def moves(self) -> Iterator[Move]:
        """All movements, the newest first."""

    def transfer(self, number: str) -> Transferred: ...
