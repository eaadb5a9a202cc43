"""Every money page of the desk in a real browser, with something on it: readable, reachable, nothing sideways."""

from __future__ import annotations

import random
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone
from playwright.sync_api import Page

from tests.banks.make import Truth, camt, mt940, table, truths
from tests.browser.looking import Watched
from tests.desk.test_access import patterns
from tests.desk.test_money import signed_in
from tests.giving.test_receipts import recognised
from tests.giving.world import account, campaign, coordinator
from zueinander.desk.receipts import draw
from zueinander.giving.actions.accounts import propose_change
from zueinander.giving.actions.assigning import assign_as_gifts
from zueinander.giving.actions.imports import receive, take_in
from zueinander.giving.actions.leaving import attach_evidence, order_payout, owe_refund
from zueinander.giving.actions.online import begin_payment, open_online
from zueinander.giving.actions.posting import post_all
from zueinander.giving.actions.receipts import issue_receipt
from zueinander.giving.actions.selling import add_edition, add_shop, set_rate, take_sales
from zueinander.giving.models import (
    Edition,
    Gift,
    Movement,
    OnlineAccount,
    Payment,
    StatementEntry,
    StatementFile,
    Taking,
    Transfer,
)
from zueinander.giving.rules.sales import Sold

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def watched(page: Page, live_server: Any) -> Watched:
    cookie = signed_in("Bo").cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.set_viewport_size({"width": 1280, "height": 900})
    return Watched(page, live_server.url)


def money_in_all_states() -> dict[str, list[Any]]:
    """Something on every page; returns the pages' names with what they need."""
    month = truths(random.Random(3), 24)
    for data, name in ((camt(month), "maerz.xml"), (mt940(month[:-2]), "maerz.sta")):
        take_in(receive(account=account(), data=data, name=name, by=coordinator()))
    later = Truth(99, date(2015, 4, 20), -900, "Dörte Dünenhof", "DE75512108001245126199", "Rückgabe", "B99")
    balance = 100_000 + sum(one.cents for one in month)
    take_in(receive(account=account(), data=camt([later], opening=balance), name="april.xml", by=coordinator()))
    broken = table(month).decode().replace(";EUR;", ";EUX€;", 1).encode()
    for data, name in (
        (broken, "kaputt.csv"),
        (b"Wann;Wer;Was;Wieviel\n05.03.2026;Ada;Kim;1,50\n", "fremd.csv"),
        (camt(month[:3]).replace(b">1000.00<", b">1000.01<"), "saldo.xml"),
    ):
        take_in(receive(account=account(), data=data, name=name, by=coordinator()))
    post_all()
    rows = list(StatementEntry.objects.filter(state="posted", units__gt=0))
    assign_as_gifts(rows[:9], campaign=campaign(), by=coordinator())
    recognised()
    gifts = list(Gift.objects.all())
    issue_receipt([gifts[0]], name="Ada", address="Weg 1", yearly=False, draw=draw, by=coordinator())
    owe_refund(gifts[1], reason="Irrtum", by=coordinator())
    paid = order_payout(campaign=campaign(), cents=900, payee="Familie", note="April", by=coordinator())
    attach_evidence(paid, content=b"%PDF", name="q.pdf", by=coordinator())
    propose_change(account(), holder="Käthe Groß", iban="DE02120300000000202051", by=coordinator("Cem"))
    channel = _sold()
    _online()
    files = {row.state: row.pk for row in StatementFile.objects.order_by("-pk")}
    one = StatementEntry.objects.filter(state="posted").order_by("-units").first()
    assert one
    key = campaign().pk
    return {
        "money": [()], "bank_new": [(key,)], "bank": [(account().pk,)], "bank_change": [(account().pk,)],
        "statement_new": [(account().pk,)], "statement": [(pk,) for pk in files.values()], "doubts": [()],
        "statement_columns": [(files[Taking.MAPPING],)], "entries": [()],
        "entry": [(one.pk,), (rows[0].pk,), (StatementEntry.objects.get(units=-900).pk,)],
        "gifts": [(key,)], "gift": [(gifts[0].pk,), (gifts[1].pk,), (gifts[2].pk,)], "payouts": [(key,)],
        "ledger": [(key,)], "receipts": [(key,)], "basis": [(key,)], "receipt_new": [(gifts[2].pk,)], "book": [(key,)],
        "edition_new": [(key,)], "shop_new": [(channel.edition_id,)], "rate_new": [(channel.pk,)],
        "sale_new": [(channel.pk,)], "sales_report": [(key,)], "online": [(key,)],
    }  # fmt: skip


def _online() -> None:
    """Something at the provider that nobody foresaw, a payment that does not match, money on its way."""
    there = open_online(campaign=campaign(), by=coordinator())
    OnlineAccount.objects.update(trouble="ResponseError: The service is temporarily unavailable")
    row = begin_payment(account=there, key=uuid.uuid4(), cents=2500)
    Payment.objects.update(doubt="Der Anbieter nennt einen anderen Betrag: 2.500,00 €.", number="tr_5B8cwPMGnU")
    Transfer.objects.create(account=there, number="stl_1", reference="1234567.2611.01", cents=2471, at=row.begun_at)
    Movement.objects.create(
        account=there, number="baltr_QM24QwzUWR", kind="other", said="balance-correction", at=row.begun_at, gross=-300,
        state="asked", reason="„balance-correction“ kennen wir nicht.",
    )  # fmt: skip


def _sold() -> Any:
    edition: Edition = add_edition(
        campaign=campaign(), title="Der lange Weg", author="Kim Groß", name="Taschenbuch", isbn="9783161484100",
        by=coordinator(),
    )  # fmt: skip
    channel = edition.channels.get()
    day = timezone.localdate() - timedelta(days=30)
    set_rate(channel, cents=282, first=day, source="Verlag", by=coordinator())
    set_rate(channel, cents=768, first=day + timedelta(days=10), source="Verzicht des Ladens", by=coordinator())
    add_shop(edition, name="Buchladen am Eck", url="https://eck.example/buch", local=True, by=coordinator())
    add_shop(edition, name="Großer Laden", url="https://laden.example/b", affiliate=True, by=coordinator())
    sold = Sold(day, day + timedelta(days=12), "", "", "", 120, None, 0)
    take_sales(campaign=campaign(), rows=[sold], state="provisional", source="Mail vom Verlag", edition=edition,
               by=coordinator())  # fmt: skip
    return channel


def test_every_money_page_is_accessible(watched: Watched) -> None:
    pages = money_in_all_states()
    for name, each in pages.items():
        for args in each:
            watched.look(reverse(f"desk:{name}", args=args))


def test_no_money_page_is_left_out(transactional_db: None) -> None:
    """What can be looked at is in the list above; the rest is buttons and downloads."""
    desk = signed_in("Bo")
    shown = {
        str(pattern.name)
        for address, pattern in patterns(get_resolver())
        if address.startswith("/schreibtisch/geld/") and desk.get(address).status_code in (200, 404)
    }
    downloads = {"evidence", "ledger_csv", "receipt_pdf"}
    assert shown - downloads == set(money_in_all_states())
