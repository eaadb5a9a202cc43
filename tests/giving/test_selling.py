"""The book: rates that never overlap, sales that are never counted twice, and expectations apart from money."""

from __future__ import annotations

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.utils import IntegrityError
from django.utils import timezone

from tests.giving.world import campaign, coordinator
from zueinander.banks.model import Refusal
from zueinander.giving.actions.selling import (
    BadProduct,
    add_edition,
    add_shop,
    advance,
    plain_isbn,
    set_rate,
    take_sales,
)
from zueinander.giving.models import Channel, Edition, ProceedsRate, Sale
from zueinander.giving.queries import money_of, products_of
from zueinander.giving.rules.sales import Sold, read_kdp
from zueinander.shared.lifecycle import ForbiddenStep
from zueinander.shared.money import Money

pytestmark = pytest.mark.django_db
ISBN = "9783161484100"
CHANGE = date(2015, 3, 6)


def edition(**more: object) -> Edition:
    values = {"campaign": campaign(), "title": "Der lange Weg", "name": "Taschenbuch", "isbn": ISBN, **more}
    return add_edition(**values, by=coordinator())  # type: ignore[arg-type]


def sold(copies: int, first: date, last: date | None = None, royalty: int | None = None, line: int = 2) -> Sold:
    money = None if royalty is None else Money(royalty, "EUR")
    return Sold(first, last or first, ISBN, "", "Buchhandel", copies, money, line)


def take(*rows: Sold, state: str = "provisional", digest: str = "") -> None:
    take_sales(campaign=campaign(), rows=rows, state=state, source="Bericht", digest=digest, by=coordinator())


def rates(channel: Channel) -> None:
    set_rate(channel, cents=282, first=date(2014, 1, 1), source="Verlag", by=coordinator())
    set_rate(channel, cents=768, first=CHANGE, source="Verzicht des Ladens", by=coordinator())


def channel() -> Channel:
    return edition().channels.get()


def test_a_new_rate_ends_the_old_one_on_its_first_day_and_sales_count_by_their_day() -> None:
    rates(channel())
    take(sold(10, CHANGE - timedelta(days=1)), sold(100, CHANGE))
    (book,) = products_of(campaign())
    assert [(rate.cents, rate.until) for rate in book.rates] == [(282, CHANGE), (768, None)]
    assert book.copies == 110
    assert book.expected_cents == book.expected_high == 10 * 282 + 100 * 768
    assert (book.cents_per_copy_now, book.valid_from) == (768, CHANGE)
    money = money_of(campaign())
    assert (money.expected_proceeds, money.received, money.held) == (79_620, 0, 0)


def test_a_week_across_the_change_gives_a_range_and_a_gap_is_said() -> None:
    rates(channel())
    take(sold(10, CHANGE - timedelta(days=3), CHANGE + timedelta(days=3)), sold(5, date(2013, 1, 1)))
    (book,) = products_of(campaign())
    assert (book.expected_cents, book.expected_high, book.unvalued_copies) == (2_820, 7_680, 5)


def test_a_correction_inside_keeps_the_days_around_it_and_what_was_said_before() -> None:
    one = channel()
    set_rate(one, cents=282, first=date(2015, 1, 1), until=date(2015, 2, 1), source="a", by=coordinator())
    before = timezone.now()
    set_rate(one, cents=300, first=date(2015, 1, 10), until=date(2015, 1, 20), source="b", by=coordinator())
    now = [(rate.first.day, rate.cents) for rate in products_of(campaign())[0].rates]
    assert now == [(1, 282), (10, 300), (20, 282)]
    then = products_of(campaign(), as_of=before)[0].rates
    assert [(rate.first.day, rate.cents) for rate in then] == [(1, 282)]


def test_the_database_refuses_two_rates_on_one_day() -> None:
    one = channel()
    rates(one)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProceedsRate.objects.create(
            channel=one, cents=1, validity=DateRange(CHANGE, None), source="von Hand", recorded_by="machine"
        )
    with pytest.raises(BadProduct):
        set_rate(one, cents=1, first=CHANGE, until=CHANGE, source="", by=coordinator())


def test_a_better_report_of_the_same_days_supersedes_and_a_worse_one_is_refused() -> None:
    rates(channel())
    take(sold(90, CHANGE), sold(8, CHANGE + timedelta(days=2)))
    take(sold(95, CHANGE, CHANGE + timedelta(days=3), royalty=70_000), state="reported")
    (book,) = products_of(campaign())
    assert (book.copies, book.copies_reported, book.expected_cents) == (95, 95, 70_000)
    with pytest.raises(Refusal, match="sicherere"):
        take(sold(90, CHANGE))
    with pytest.raises(Refusal, match="ragt"):
        take(sold(90, CHANGE), state="reported")


def test_the_same_report_again_counts_once() -> None:
    channel()
    for _ in range(2):
        take(sold(5, CHANGE), digest="x" * 64)
    assert Sale.objects.count() == 1


def test_from_provisional_to_reported_to_paid_and_no_way_back() -> None:
    rates(channel())
    take(sold(10, CHANGE))
    row = advance(Sale.objects.get(), to="reported", royalty_cents=7_000, by=coordinator())
    row = advance(row, to="paid", by=coordinator())
    (book,) = products_of(campaign())
    assert (book.expected_cents, book.paid_cents, book.copies_paid, book.copies) == (0, 7_000, 10, 10)
    assert money_of(campaign()).received == 0
    with pytest.raises(ForbiddenStep):
        advance(row, to="reported", by=coordinator())


def test_a_row_that_fits_nothing_stops_the_report() -> None:
    edition()
    for row in (
        Sold(CHANGE, CHANGE, "9783161484117", "", "", 1, None, 4),
        Sold(CHANGE, CHANGE, ISBN, "", "", 1, Money(100, "USD"), 4),
        Sold(CHANGE, CHANGE, "", "", "", 1, None, 4),
    ):
        with pytest.raises(Refusal) as refused:
            take(sold(3, CHANGE), row)
        assert refused.value.line == 4
    assert not Sale.objects.exists()


def test_kdp_s_report_is_taken_as_it_is() -> None:
    edition(channels=())
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Combined Sales"
    sheet.append(["Royalty Date", "Title", "ASIN/ISBN", "Marketplace", "Units Sold", "Units Refunded",
                  "Net Units Sold", "Royalty", "Currency", "Transaction Type"])  # fmt: skip
    sheet.append(["2015-03-06", "Der lange Weg", ISBN, "Amazon.de", 12, 2, 10, 76.8, "EUR", "Standard"])
    out = io.BytesIO()
    book.save(out)
    take(*read_kdp(out.getvalue()), state="reported")
    (public,) = products_of(campaign())
    assert (public.copies, public.expected_cents) == (10, 7_680)


@pytest.mark.parametrize(
    ("typed", "plain"), [("978-3-16-148410-0", ISBN), ("3-16-148410-X", ISBN), ("B00EXAMPLE", "B00EXAMPLE"), ("", "")]
)
def test_isbns_become_thirteen_digits(typed: str, plain: str) -> None:
    assert plain_isbn(typed) == plain


def test_a_wrong_isbn_is_refused() -> None:
    with pytest.raises(BadProduct):
        plain_isbn("9783161484101")


def test_shops_put_the_local_bookshop_first_and_affiliate_is_off_unless_said() -> None:
    one = edition()
    add_shop(one, name="Großer Laden", url="https://laden.example/1", by=coordinator())
    add_shop(one, name="Buchladen am Eck", url="https://eck.example/", local=True, by=coordinator())
    add_shop(one, name="Partner", url="https://partner.example/", affiliate=True, by=coordinator())
    shops = products_of(campaign())[0].shops
    assert [(shop.name, shop.affiliate) for shop in shops] == [
        ("Buchladen am Eck", False), ("Großer Laden", False), ("Partner", True),
    ]  # fmt: skip
