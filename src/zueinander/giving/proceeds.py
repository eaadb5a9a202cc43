"""What sold copies bring, read from the rows by `rules.proceeds`; nothing here is money received."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from zueinander.campaigns.models import Campaign
from zueinander.giving.models import Channel, Edition, ProceedsRate, Sale, Selling, ShopLink
from zueinander.giving.rules import proceeds as rules


@dataclass(frozen=True, slots=True)
class Shop:
    """`affiliate` links must be labelled as advertising."""

    name: str
    url: str
    affiliate: bool
    local: bool = False


@dataclass(frozen=True, slots=True)
class PublicRate:
    """From `first` (included) to `until` (excluded; None: still)."""

    channel: str
    cents: int
    first: date
    until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class PublicProduct:
    """One edition. `cents_per_copy_now`: today's rate; None when there is none or channels differ.

    Copies by state never overlap. `expected_cents` (to `expected_high` when a sale's day leaves open which rate counts)
    is for provisional and reported copies; `paid_cents` is what is told as paid, by whomever, not money we received.
    """

    title: str
    isbn: str
    edition: str
    cents_per_copy_now: int | None
    valid_from: date | None
    shops: list[Shop]
    copies: int
    expected_cents: int
    author: str = ""
    rates: tuple[PublicRate, ...] = ()
    copies_provisional: int = 0
    copies_reported: int = 0
    copies_paid: int = 0
    expected_high: int = 0
    unvalued_copies: int = 0
    paid_cents: int = 0
    currency: str = "EUR"


@dataclass(frozen=True, slots=True)
class Worth:
    """What some sales bring: between `low` and `high`; `unvalued` copies had neither rate nor royalty."""

    low: int
    high: int
    copies: int
    unvalued: int


def worth(sales: Iterable[Sale], rates: Iterable[rules.Rate]) -> Worth:
    """A told royalty counts as told; the rest by the rate of the sale's days."""
    every = list(sales)
    value = rules.value([sale.sold for sale in every if sale.royalty_cents is None], list(rates))
    royalties = sum(sale.royalty_cents for sale in every if sale.royalty_cents is not None)
    copies = sum(sale.copies for sale in every)
    return Worth(value.low.units + royalties, value.high.units + royalties, copies, value.unvalued)


def standing_at(at: datetime) -> Q:
    """Rows that counted at that moment: recorded, and not superseded yet."""
    return Q(recorded_at__lte=at) & (Q(superseded_at=None) | Q(superseded_at__gt=at))


def channel_worth(channel: Channel, at: datetime, *states: str) -> Worth:
    sales = Sale.objects.filter(standing_at(at), channel=channel, state__in=states)
    return worth(sales, [row.rate for row in _rates(channel, at)])


def _rates(channel: Channel, at: datetime) -> list[ProceedsRate]:
    return list(ProceedsRate.objects.filter(standing_at(at), channel=channel).select_related("channel__edition"))


EXPECTED = (Selling.PROVISIONAL, Selling.REPORTED)


def expected_of(campaign: Campaign, *, as_of: datetime) -> int:
    """The lower bound of what sold copies should still bring."""
    channels = Channel.objects.filter(edition__product__campaign=campaign)
    return sum(channel_worth(channel, as_of, *EXPECTED).low for channel in channels)


def products_of(campaign: Campaign, *, as_of: datetime | None = None) -> list[PublicProduct]:
    """All editions with their shops, rates and figures."""
    at = as_of or timezone.now()
    editions = Edition.objects.filter(product__campaign=campaign, active=True).select_related("product")
    return [_public(edition, at) for edition in editions.prefetch_related("channels", "shops")]


def _public(edition: Edition, at: datetime) -> PublicProduct:
    channels = list(edition.channels.all())
    rates = [
        PublicRate(channel.name, row.cents, row.validity.lower, row.validity.upper, row.source)
        for channel in channels
        for row in _rates(channel, at)
    ]
    today = timezone.localdate(at)
    now = [rate for rate in rates if rate.first <= today and (rate.until is None or today < rate.until)]
    one = now[0] if now and len({rate.cents for rate in now}) == 1 else None
    by_state = {state: [channel_worth(c, at, state) for c in channels] for state in Selling.values}
    copies = {state: sum(worth.copies for worth in found) for state, found in by_state.items()}
    open_ = [*by_state[Selling.PROVISIONAL], *by_state[Selling.REPORTED]]
    return PublicProduct(
        title=edition.product.title,
        author=edition.product.author,
        isbn=edition.isbn,
        edition=edition.name,
        cents_per_copy_now=one.cents if one else None,
        valid_from=one.first if one else None,
        shops=[_shop(shop) for shop in edition.shops.all()],
        copies=sum(copies.values()),
        copies_provisional=copies[Selling.PROVISIONAL],
        copies_reported=copies[Selling.REPORTED],
        copies_paid=copies[Selling.PAID],
        expected_cents=sum(worth.low for worth in open_),
        expected_high=sum(worth.high for worth in open_),
        unvalued_copies=sum(worth.unvalued for worth in open_),
        paid_cents=sum(worth.low for worth in by_state[Selling.PAID]),
        rates=tuple(rates),
        currency=edition.currency,
    )


def _shop(shop: ShopLink) -> Shop:
    return Shop(shop.name, shop.url, shop.affiliate, shop.local)
