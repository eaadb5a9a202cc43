"""The book: editions, shops, what a copy brings from when to when, and sales from reports or by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from stdnum import isbn as isbns

from zueinander.banks.model import Refusal
from zueinander.campaigns.models import Campaign
from zueinander.giving.models import (
    SELLING,
    Channel,
    Edition,
    ProceedsRate,
    Product,
    Sale,
    SalesReport,
    Selling,
    ShopLink,
)
from zueinander.giving.rules.sales import Sold
from zueinander.journal.actions import name_of, record
from zueinander.people.models import Volunteer
from zueinander.shared.lifecycle import ForbiddenStep

RANK = {Selling.PROVISIONAL.value: 0, Selling.REPORTED.value: 1, Selling.PAID.value: 2}


class BadProduct(ValueError):  # noqa: N818
    """Something about a product cannot be; the sentence is for the person who typed it."""


def plain_isbn(text: str) -> str:
    """Thirteen digits of an ISBN-10 or -13, or a shop's own number as it is (letters and digits, ten long)."""
    compact = isbns.compact(text).upper()
    if not compact or (len(compact) == 10 and compact.isalnum() and not compact[:-1].isdigit()):
        return str(compact)
    if not isbns.is_valid(compact):
        raise BadProduct("Diese ISBN stimmt nicht. Bitte vergleiche die Ziffern.")
    return str(isbns.compact(isbns.to_isbn13(compact)))


@transaction.atomic
def add_edition(
    *, campaign: Campaign, title: str, author: str = "", name: str, isbn: str = "", price_cents: int | None = None,
    currency: str = "EUR", channels: Sequence[str] = ("Buchhandel",), by: Volunteer,
) -> Edition:  # fmt: skip
    """An edition of the product with this title, which is made the first time. Raises `BadProduct`."""
    number = plain_isbn(isbn)
    if number and Edition.objects.filter(isbn=number).exists():
        raise BadProduct("Diese ISBN gibt es schon.")
    product, _ = Product.objects.get_or_create(campaign=campaign, title=title, defaults={"author": author})
    if product.editions.filter(name=name).exists():
        raise BadProduct("Eine Ausgabe mit diesem Namen gibt es schon.")
    edition = Edition.objects.create(
        product=product, name=name, isbn=number, price_cents=price_cents, currency=currency
    )
    for channel in channels:
        Channel.objects.create(edition=edition, name=channel)
    record("edition_added", edition, campaign, actor=name_of(by))
    return edition


@transaction.atomic
def add_shop(
    edition: Edition, *, name: str, url: str, local: bool = False, affiliate: bool = False, by: Volunteer
) -> ShopLink:
    """Where to buy; the same address again changes what is known of it."""
    values = {"name": name, "local": local, "affiliate": affiliate}
    row, _ = ShopLink.objects.update_or_create(edition=edition, url=url, defaults=values)
    record("shop_kept", row, edition, actor=name_of(by), affiliate=affiliate)
    return row


@transaction.atomic
def drop_shop(shop: ShopLink, *, by: Volunteer) -> None:
    """The shop is not shown any more."""
    record("shop_dropped", shop, shop.edition, actor=name_of(by))
    shop.delete()


@transaction.atomic
def set_rate(
    channel: Channel, *, cents: int, first: date, until: date | None = None, source: str, by: Volunteer
) -> ProceedsRate:
    """What a copy brings from `first` up to, not including, `until` (None: still).

    Earlier rates give way on exactly these days and stay on the others; what they were is kept, superseded.
    """
    if until is not None and until <= first:
        raise BadProduct("Der Satz endet, bevor er beginnt.")
    now = timezone.now()
    Channel.objects.select_for_update(no_key=True).get(pk=channel.pk)
    standing = ProceedsRate.objects.filter(
        channel=channel, superseded_at=None, validity__overlap=DateRange(first, until)
    )
    for old in list(standing):
        _give_way(old, first, until, now)
    row = ProceedsRate.objects.create(
        channel=channel, cents=cents, validity=DateRange(first, until), source=source, recorded_by=name_of(by),
        recorded_at=now,
    )  # fmt: skip
    record("rate_set", row, channel, actor=name_of(by), cents=cents)
    return row


def _give_way(old: ProceedsRate, first: date, until: date | None, now: datetime) -> None:
    """The old rate's remaining days before and after, as rows of their own."""
    ProceedsRate.objects.filter(pk=old.pk).update(superseded_at=now)
    lower, upper = old.validity.lower, old.validity.upper
    pieces = [(lower, first)] if lower < first else []
    if until is not None and (upper is None or until < upper):
        pieces.append((until, upper))
    for start, end in pieces:
        ProceedsRate.objects.create(
            channel_id=old.channel_id, cents=old.cents, validity=DateRange(start, end), source=old.source,
            recorded_by=old.recorded_by, recorded_at=now,
        )  # fmt: skip


@transaction.atomic
def take_sales(
    *, campaign: Campaign, rows: Sequence[Sold], state: str, source: str, digest: str = "",
    edition: Edition | None = None, by: Volunteer,
) -> SalesReport:  # fmt: skip
    """A report's rows as sales. What they tell anew supersedes what was told less surely about the same days.

    `edition` takes rows without an ISBN. Raises `Refusal` with the row for an unknown ISBN, another currency, or days
    that an earlier report tells only in part or more surely; then nothing of it is taken.
    """
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    if not rows:
        raise Refusal("der Bericht enthält keine Verkäufe")
    standing = SalesReport.objects.filter(campaign=campaign, digest=digest).exclude(digest="").first()
    if standing:
        return standing
    report = SalesReport.objects.create(campaign=campaign, source=source, digest=digest, by=by)
    by_channel: dict[Channel, list[Sold]] = {}
    for row in rows:
        by_channel.setdefault(_channel(campaign, row, edition), []).append(row)
    for channel, sold in by_channel.items():
        _supersede(channel, sold, state)
        Sale.objects.bulk_create(_sale(report, channel, one, state) for one in sold)
    record("sales_taken", report, campaign, actor=name_of(by), rows=len(rows))
    return report


def _channel(campaign: Campaign, row: Sold, edition: Edition | None) -> Channel:
    found = edition
    if row.isbn:
        try:
            number = plain_isbn(row.isbn)
        except BadProduct as error:
            raise Refusal(str(error), row.line) from None
        found = Edition.objects.filter(product__campaign=campaign, isbn=number).first()
    if found is None:
        raise Refusal(f"zu {row.isbn or 'einer Zeile ohne ISBN'} gibt es keine Ausgabe", row.line)
    if row.royalty is not None and row.royalty.currency != found.currency:
        raise Refusal(f"der Erlös steht in {row.royalty.currency}, die Ausgabe in {found.currency}", row.line)
    name = row.channel or found.channels.values_list("name", flat=True).first() or "Buchhandel"
    return Channel.objects.get_or_create(edition=found, name=name[:80])[0]


def _supersede(channel: Channel, sold: Sequence[Sold], state: str) -> None:
    first, last = min(one.first for one in sold), max(one.last for one in sold)
    old = Sale.objects.filter(channel=channel, superseded_at=None, first__lte=last, last__gte=first)
    for sale in old:
        if RANK[sale.state] > RANK[state]:
            raise Refusal(f"für {sale.first:%d.%m.%Y} gibt es schon sicherere Zahlen", sold[0].line)
        if sale.first < first or sale.last > last:
            raise Refusal(
                f"{sale.first:%d.%m.%Y} bis {sale.last:%d.%m.%Y} ist schon gezählt und ragt über den Bericht hinaus",
                sold[0].line,
            )
    old.update(superseded_at=timezone.now())


def _sale(report: SalesReport, channel: Channel, one: Sold, state: str) -> Sale:
    return Sale(
        report=report, channel=channel, first=one.first, last=one.last, copies=one.copies, state=state,
        royalty_cents=None if one.royalty is None else one.royalty.units,
    )  # fmt: skip


@transaction.atomic
def advance(sale: Sale, *, to: str, royalty_cents: int | None = None, by: Volunteer) -> Sale:
    """The sale one state further as a row of its own, so that what was told before can still be told."""
    row = Sale.objects.select_for_update().get(pk=sale.pk)
    if row.superseded_at or to not in SELLING.steps[row.state]:
        raise ForbiddenStep(f"Sale {row.pk} cannot become {to} now.")
    Sale.objects.filter(pk=row.pk).update(superseded_at=timezone.now())
    row.pk, row._state.adding, row.state, row.recorded_at = None, True, to, timezone.now()
    row.royalty_cents = royalty_cents if royalty_cents is not None else row.royalty_cents
    row.save()
    record(f"sale_{to}", row, row.channel, actor=name_of(by))
    return row
