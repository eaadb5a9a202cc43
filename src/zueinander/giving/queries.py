"""What everybody may know about a campaign's money; each figure is a sum over the book, recomputable at any moment.

Amounts are whole minor units (euro cents) of the campaign's currency. Nothing here names a giver who did not wish it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zueinander.campaigns.models import Campaign
from zueinander.giving.models import (
    BankAccount,
    Basis,
    Booking,
    BookingKind,
    Gift,
    Giving,
    IbanChange,
    Leaving,
    Line,
    OnlineAccount,
    PaymentReference,
    Payout,
    Span,
    Wording,
)
from zueinander.giving.models.accounts import in_fours
from zueinander.giving.online.connecting import switched_on
from zueinander.giving.proceeds import expected_of, products_of
from zueinander.giving.rules.girocode import GiroCode
from zueinander.giving.rules.ledger import Side
from zueinander.giving.rules.references import shown
from zueinander.shared.money import Money as Amount

__all__ = [
    "LedgerRow", "Money", "PublicAccount", "PublicGift", "PublicPayout", "accounts_of", "gifts_of", "ledger_rows",
    "money_of", "online_of", "payouts_of", "products_of", "wording_of",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Money:
    """`held` = received - returned - passed_on - on_its_way - fees. `waiting`: on our accounts, purpose still open.

    `returned`: taken back by banks, refunded, or owed as a refund. `expected_proceeds` is not received money.
    `on_its_way`: ordered for the family and not yet seen, and `at_provider`: given online, not yet on our bank account.
    """

    received: int
    returned: int
    passed_on: int
    on_its_way: int
    held: int
    expected_proceeds: int
    fees: int
    last_statement: date | None
    gifts: int
    currency: str = "EUR"
    waiting: int = 0
    at_provider: int = 0


def money_of(campaign: Campaign, *, as_of: datetime | None = None) -> Money:
    """The campaign's money as the book knew it at `as_of` (default: now)."""
    at = as_of or timezone.now()
    lines = Line.objects.filter(campaign=campaign, booking__at__lte=at)
    sums = {(side, kind): cents for side, kind, cents in _sums(lines)}
    fund = {kind: sum(c for (s, k), c in sums.items() if s == Side.FUND and k == kind) for kind in BookingKind.values}
    received, returned = -fund[BookingKind.GIFT], fund[BookingKind.RETURNED] + fund[BookingKind.REFUND_OWED]
    passed_on = sums.get((Side.ON_ITS_WAY, BookingKind.PASSED_ON), 0)
    at_provider = sum(cents for (side, _), cents in sums.items() if side == Side.PROVIDER)
    on_its_way = at_provider - sum(cents for (side, _), cents in sums.items() if side == Side.ON_ITS_WAY)
    fees = sum(cents for (side, _), cents in sums.items() if side == Side.COSTS)
    waiting = Line.objects.filter(bank__campaign=campaign, side=Side.UNASSIGNED, booking__at__lte=at)
    accounts = BankAccount.objects.filter(campaign=campaign)
    return Money(
        received=received,
        returned=returned,
        passed_on=passed_on,
        on_its_way=on_its_way,
        held=received - returned - passed_on - on_its_way - fees,
        expected_proceeds=expected_of(campaign, as_of=at),
        fees=fees,
        last_statement=_last_statement(accounts, at),
        gifts=_gifts(campaign, at),
        currency=accounts.values_list("currency", flat=True).first() or "EUR",
        waiting=-(waiting.aggregate(n=Sum("cents"))["n"] or 0),
        at_provider=at_provider,
    )


def _sums(lines: QuerySet[Line]) -> Iterator[tuple[str, str, int]]:
    for row in lines.order_by().values("side", "booking__kind").annotate(n=Sum("cents")):
        yield row["side"], row["booking__kind"], row["n"]


def _gifts(campaign: Campaign, at: datetime) -> int:
    """Gifts whose money is in the fund: their lines there, of all kinds, do not cancel out."""
    lines = Line.objects.filter(campaign=campaign, side=Side.FUND, gift__isnull=False, booking__at__lte=at)
    return lines.order_by().values("gift").annotate(n=Sum("cents")).exclude(n=0).count()


def _last_statement(accounts: QuerySet[BankAccount], at: datetime) -> date | None:
    spans = Span.objects.filter(account__in=accounts, file__taken_at__lte=at)
    found: date | None = spans.aggregate(last=Max("last"))["last"]
    return found


@dataclass(frozen=True, slots=True)
class PublicAccount:
    """`holder` exactly as the bank compares it. `giro_payload` has an open amount and the campaign's reference."""

    holder: str
    iban: str
    bank: str
    changed_at: datetime | None
    giro_payload: str
    reference: str = ""
    giro_text: str = ""
    change_pending: bool = False

    @property
    def spaced(self) -> str:
        return in_fours(self.iban)

    def girocode(self, *, cents: int | None = None) -> GiroCode:
        """The code to draw (`svg`, `png`), open or with an amount."""
        return GiroCode(self.holder, self.iban, None if cents is None else Amount(cents, "EUR"), self.giro_text)


def accounts_of(campaign: Campaign) -> list[PublicAccount]:
    """Where people can pay in now, in the order the accounts were opened."""
    reference = PaymentReference.objects.filter(campaign=campaign, personal=False).first()
    code = shown(reference.code) if reference else ""
    pending = set(
        IbanChange.objects.filter(account__campaign=campaign, state__in=["proposed", "approved"])
        .values_list("account_id", flat=True)
    )  # fmt: skip
    text = f"{campaign.name[:100]} {code}".strip()
    return [
        PublicAccount(
            holder=row.holder, iban=row.iban, bank=row.bank, changed_at=row.iban_changed_at,
            giro_payload=GiroCode(row.holder, row.iban, None, text).payload(), reference=code, giro_text=text,
            change_pending=row.pk in pending,
        )
        for row in BankAccount.objects.filter(campaign=campaign, replaced_by=None).exclude(iban="")
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class PublicGift:
    """`name` is "" for an anonymous gift, and then its day is all that is said beside the amount."""

    on: date
    cents: int
    name: str


def gifts_of(campaign: Campaign) -> Iterator[PublicGift]:
    """The gifts that are in the fund, oldest first."""
    for gift in Gift.objects.filter(campaign=campaign, state=Giving.KEPT).iterator():
        yield PublicGift(gift.on, gift.cents, "" if gift.anonymous else gift.name)


@dataclass(frozen=True, slots=True)
class PublicPayout:
    """`seen_on`: the day the bank booked it; None while it is on its way."""

    ordered_on: date
    cents: int
    seen_on: date | None
    evidence: bool


def payouts_of(campaign: Campaign) -> list[PublicPayout]:
    """What was or is being passed on, oldest first; evidence lies with us, in public it is only said to be there."""
    rows = Payout.objects.filter(campaign=campaign).exclude(state=Leaving.DROPPED).select_related("entry")
    return [
        PublicPayout(row.ordered_on, row.cents, row.entry.booked if row.entry else None, row.evidence_at is not None)
        for row in rows
    ]


def wording_of(campaign: Campaign) -> str:
    """ "private_gift" or "recognised_body". Without a decision it is a private gift: nothing is promised about tax."""
    basis = Basis.objects.filter(campaign=campaign).first()
    return basis.wording if basis else Wording.PRIVATE_GIFT.value


def online_of(campaign: Campaign) -> str:
    """The provider by which people can give online for this campaign now, "" when they cannot."""
    row = OnlineAccount.objects.filter(campaign=campaign, closed_at=None).first() if switched_on() else None
    return row.provider if row else ""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line of the book, in the language spoken now. `source`: a statement, the provider, or a decision of the team.

    A positive amount adds to `account`.
    """

    number: int
    on: date
    account: str
    text_without_names: str
    cents: int
    source: str


ACCOUNT_NAMES = {
    Side.BANK: lazy("Bankkonto"), Side.UNASSIGNED: lazy("Eingänge, Zweck offen"), Side.FUND: lazy("Für die Familie"),
    Side.REFUND_OWED: lazy("Erstattungen, die wir schulden"), Side.ON_ITS_WAY: lazy("Auszahlung unterwegs"),
    Side.PROVIDER: lazy("Beim Zahlungsanbieter"), Side.COSTS: lazy("Kosten"), Side.OTHER: lazy("Anderes"),
}  # fmt: skip


def ledger_rows(campaign: Campaign, *, as_of: datetime | None = None) -> Iterator[LedgerRow]:
    """Every line of the campaign's book in the order of booking: no names, no references, no account numbers."""
    concerned = Booking.objects.filter(Q(lines__campaign=campaign) | Q(lines__bank__campaign=campaign)).values("pk")
    lines = Line.objects.filter(booking__in=concerned, booking__at__lte=as_of or timezone.now())
    for line in lines.select_related("booking", "bank").order_by("booking__number", "pk").iterator():
        booking = line.booking
        if line.campaign_id not in (None, campaign.pk) or (line.bank and line.bank.campaign_id != campaign.pk):
            continue
        text = BookingKind(booking.kind).label
        yield LedgerRow(
            number=booking.number,
            on=booking.on,
            account=str(ACCOUNT_NAMES[Side(line.side)]),
            text_without_names=_("Berichtigung: %s") % text if booking.reverses_id else str(text),
            cents=line.cents,
            source=_source(booking),
        )


def _source(booking: Booking) -> str:
    if booking.entry_id:
        return _("Kontoauszug")
    online = booking.movement_id or booking.kind == BookingKind.GIFT
    return _("Zahlungsanbieter") if online else _("Entscheidung")


def counts(campaign: Campaign) -> dict[str, int]:
    """How many gifts stand in each state, for the desk."""
    rows = Gift.objects.filter(campaign=campaign).order_by().values("state").annotate(n=Count("pk"))
    return {row["state"]: row["n"] for row in rows}
