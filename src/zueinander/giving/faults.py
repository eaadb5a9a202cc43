"""The books check themselves: every sentence names one thing that is wrong; none when all is well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, Max, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from zueinander.campaigns.models import Campaign
from zueinander.giving.models import (
    BankAccount,
    Booking,
    BookingKind,
    Entering,
    Gift,
    Giving,
    Leaving,
    Line,
    Payout,
    Refund,
    Span,
    StatementEntry,
)
from zueinander.giving.online_faults import online_faults
from zueinander.giving.queries import money_of
from zueinander.giving.rules.ledger import Side
from zueinander.shared.money import Money


def faults() -> list[str]:
    """All checks of the books, in order."""
    return [sentence for check in CHECKS for sentence in check()]


def _balanced() -> Iterator[str]:
    sums = Booking.objects.annotate(total=Coalesce(Sum("lines__cents"), 0), n=Count("lines"))
    for row in sums.exclude(total=0, n__gt=1):
        yield f"Booking {row.number}: {row.n} lines sum to {row.total}."


def _numbers() -> Iterator[str]:
    found = Booking.objects.aggregate(last=Max("number"), n=Count("pk"))
    if (found["last"] or 0) != found["n"]:
        yield f"Bookings: {found['n']} exist, the last one has number {found['last']}; one is missing."


def _currencies() -> Iterator[str]:
    for line in Line.objects.filter(bank__isnull=False).exclude(booking__currency=F("bank__currency")):
        yield f"Line {line.pk}: booked in another currency than its account's."


def _entries() -> Iterator[str]:
    """Each entry of a statement is in the book exactly once, with its amount."""
    posted = Q(state__in=[Entering.POSTED, Entering.ASSIGNED])
    told = Q(currency=F("account__currency")) | Q(foreign_cents__isnull=False)
    bank = Q(bookings__kind=BookingKind.ENTRY, bookings__lines__side=Side.BANK)
    rows = StatementEntry.objects.filter(posted, told).values_list("pk").annotate(
        should=Coalesce("foreign_cents", "units"), mine=Coalesce(Sum("bookings__lines__cents", filter=bank), 0)
    )  # fmt: skip
    for pk, should, mine in rows.exclude(mine=F("should")).order_by("pk"):
        yield f"Entry {pk}: the bank says {should}, the book {mine}."
    early = Booking.objects.filter(kind=BookingKind.ENTRY, entry__state__in=[Entering.DOUBTED, Entering.SAME])
    for booking in early:
        yield f"Booking {booking.number}: its entry is no booking of the bank."
    for line in Line.objects.filter(side=Side.BANK, booking__entry=None):
        yield f"Line {line.pk}: moves a bank account, and no statement says so."


def _statements() -> Iterator[str]:
    """What is booked between the first proven balance and the last one is what the bank says."""
    for account in BankAccount.objects.all():
        proof = proven(account)
        if proof and proof.booked != proof.stated:
            ours, bank = (Money(cents, account.currency).german() for cents in (proof.booked, proof.stated))
            yield f"Konto {account.pk} am {proof.until}: gebucht {ours}, laut Bank {bank}{_why(account)}."


@dataclass(frozen=True, slots=True)
class Proof:
    """The balance of a day: by the first stated balance and our bookings, and as the bank states it."""

    until: date
    booked: int
    stated: int


def proven(account: BankAccount) -> Proof | None:
    """The newest day that a statement's balance can prove; None while no statement states balances."""
    rows = Span.objects.filter(account=account, balanced=True, opening__isnull=False, closing__isnull=False)
    spans = list(rows.order_by("first", "last", "pk"))
    if not spans:
        return None
    first, last = spans[0].first, max(span.last for span in spans)
    # several statements of one day: its first begins where none ends, its last ends where none begins
    opens = [span.opening for span in spans if span.first == first]
    closes = [span.closing for span in spans if span.last == last]
    opening = next((cents for cents in opens if cents not in [s.closing for s in spans if s.last == first]), opens[0])
    closing = next(
        (cents for cents in closes if cents not in [s.opening for s in spans if s.first == last]), closes[-1]
    )
    entries = StatementEntry.objects.booked().filter(account=account, booked__range=(first, last))
    booked = sum(entry.cents for entry in entries.only("units", "foreign_cents"))
    return Proof(last, (opening or 0) + booked, closing or 0)


def _why(account: BankAccount) -> str:
    doubted = StatementEntry.objects.filter(account=account, state=Entering.DOUBTED).count()
    return f"; {doubted} Zweifel sind offen" if doubted else "; vielleicht fehlt ein Auszug"


def _assigned() -> Iterator[str]:
    """An assigned entry leaves nothing unassigned; a waiting one everything."""
    own = Booking.objects.filter(entry=OuterRef("pk"), kind=BookingKind.ENTRY)
    side = Q(bookings__lines__side=Side.UNASSIGNED)
    rows = StatementEntry.objects.filter(Exists(own)).values_list("pk", "state").annotate(
        whole=Coalesce("foreign_cents", "units"), open=Coalesce(Sum("bookings__lines__cents", filter=side), 0)
    )  # fmt: skip
    for pk, state, whole, left in rows.order_by("pk"):
        if left != (0 if state == Entering.ASSIGNED else -whole):
            yield f"Entry {pk}: {state}, but {left} of it are without a purpose."


def _gifts() -> Iterator[str]:
    """Each gift is in its campaign's fund once while we keep it, and not at all otherwise."""
    rows = Gift.objects.annotate(fund=Coalesce(Sum("lines__cents", filter=Q(lines__side=Side.FUND)), 0))
    for gift in rows:
        expected = -gift.cents if gift.state == Giving.KEPT else 0
        if gift.fund != expected:
            yield f"Gift {gift.pk}: {gift.state}, but its lines in the fund sum to {gift.fund}."
    for line in Line.objects.filter(side=Side.FUND, booking__kind=BookingKind.GIFT, gift=None):
        yield f"Line {line.pk}: a gift's booking without a gift."
    for line in Line.objects.filter(gift__isnull=False).exclude(campaign=F("gift__campaign")):
        yield f"Line {line.pk}: in another campaign than its gift."


def _leaving() -> Iterator[str]:
    """What we owe and what is on its way is what the rows say."""
    owed: dict[tuple[int, str], int] = defaultdict(int)
    for refund in Refund.objects.filter(state=Leaving.OWED).select_related("gift"):
        owed[refund.gift.campaign_id, Side.REFUND_OWED] -= refund.cents
    for payout in Payout.objects.filter(state=Leaving.OWED):
        owed[payout.campaign_id, Side.ON_ITS_WAY] -= payout.cents
    for key, cents in _by_campaign(Side.REFUND_OWED, Side.ON_ITS_WAY).items():
        if owed.pop(key, 0) != cents:
            yield f"Campaign {key[0]}: {key[1]} is {cents} in the book, the open rows say otherwise."
    for (pk, side), cents in owed.items():
        yield f"Campaign {pk}: {side} should be {cents}, the book has nothing."
    gone = Q(refunds__state=Leaving.OWED) | ~Q(state=Giving.REFUND_OWED)
    for gift in Gift.objects.filter(state=Giving.REFUND_OWED).exclude(gone):
        yield f"Gift {gift.pk}: a refund is owed, and there is none."


def _by_campaign(*sides: Side) -> dict[tuple[int, str], int]:
    rows = Line.objects.filter(side__in=sides).order_by().values("campaign", "side").annotate(n=Sum("cents"))
    return {(row["campaign"], row["side"]): row["n"] for row in rows}


def _figures() -> Iterator[str]:
    """The public figures are the sums of the rows that they speak of."""
    for campaign in Campaign.objects.filter(bank_accounts__isnull=False).distinct():
        money = money_of(campaign)
        kept = Gift.objects.filter(campaign=campaign, state=Giving.KEPT).aggregate(n=Sum("cents"), count=Count("pk"))
        if (money.received - money.returned, money.gifts) != (kept["n"] or 0, kept["count"]):
            yield f"Campaign {campaign.pk}: received less returned is not the sum of the gifts we keep."
        seen = Payout.objects.filter(campaign=campaign, state=Leaving.SEEN).aggregate(n=Sum("cents"))["n"] or 0
        if money.passed_on != seen:
            yield f"Campaign {campaign.pk}: {money.passed_on} passed on in the book, payouts say {seen}."
        sides = _by_campaign(Side.FUND, Side.COSTS)
        ours = -sides.get((campaign.pk, Side.FUND), 0) - sides.get((campaign.pk, Side.COSTS), 0)
        if money.held + money.at_provider != ours:
            yield f"Campaign {campaign.pk}: what is held is not what the fund holds."


CHECKS = (
    _balanced, _numbers, _currencies, _entries, _statements, _assigned, _gifts, _leaving, _figures, online_faults,
)  # fmt: skip
