"""The money pages as a coordinator uses them: from the upload to the payout, and what they refuse."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.banks.make import OWN, camt, mt940, table, truths
from tests.desk.conftest import at_desk
from tests.giving.world import account, campaign, coordinator
from zueinander.giving import catalogues
from zueinander.giving.actions.accounts import carry_out_due
from zueinander.giving.actions.imports import take_in_waiting
from zueinander.giving.actions.posting import post_all
from zueinander.giving.faults import faults
from zueinander.giving.models import (
    BankAccount,
    Edition,
    Entering,
    Gift,
    IbanChange,
    Payout,
    Receipt,
    Sale,
    StatementEntry,
    StatementFile,
)
from zueinander.giving.queries import money_of, products_of

pytestmark = pytest.mark.django_db
RECORD = Path(__file__).parents[1] / "giving" / "catalogues" / "dnb.xml"
OTHER = "DE02120300000000202051"


def to(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


@pytest.fixture
def desk(db: None) -> Client:
    return signed_in("Bo")


def signed_in(name: str) -> Client:
    """Somebody of the coordination who has just said their password."""
    client = at_desk(coordinator(name))
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": timezone.now().timestamp()}]
    session.save()
    return client


def upload(desk: Client, data: bytes, name: str = "auszug.xml") -> StatementFile:
    sent = {"statement": SimpleUploadedFile(name, data)}
    assert desk.post(to("statement_new", account().pk), sent).status_code == 302
    return StatementFile.objects.latest("pk")


def page(desk: Client, name: str, *args: object) -> str:
    answer = desk.get(to(name, *args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_the_upload_to_the_gifts_to_the_payout(desk: Client) -> None:
    month = [one for one in truths(random.Random(3), 20) if one.cents > 0]
    file = upload(desk, camt(month))
    assert f"{len(month)} neue Buchungen" in page(desk, "statement", file.pk)
    listed = page(desk, "entries")
    assert listed.count('name="buchung"') == len(month)
    keys = list(StatementEntry.objects.values_list("pk", flat=True))
    desk.post(to("entries_gifts"), {"aktion": campaign().pk, "buchung": keys})
    total = sum(one.cents for one in month)
    assert money_of(campaign()).held == total
    assert "Alles hat einen Zweck." in page(desk, "entries")
    values = {"cents": "10,00", "payee": "Familie", "iban": "", "note": ""}
    assert desk.post(to("payouts", campaign().pk), values).status_code == 302
    assert desk.post(to("payouts", campaign().pk), {**values, "cents": "99.999.999,00"}).status_code == 422
    row = Payout.objects.get()
    sent = {"evidence": SimpleUploadedFile("q.pdf", b"%PDF-1.7 Quittung")}
    desk.post(to("evidence", row.pk), sent)
    answer = desk.get(to("evidence", row.pk))
    assert answer.content == b"%PDF-1.7 Quittung"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "Stimmt mit der Bank" in page(desk, "money")
    assert "Für die Familie" in page(desk, "ledger", campaign().pk)
    assert desk.get(to("ledger_csv", campaign().pk)).content.decode().count("\n") == 1 + 4 * len(month) + 2
    assert faults() == []


def test_a_large_statement_is_left_to_the_worker_and_the_page_says_so(desk: Client) -> None:
    months = [one for one in truths(random.Random(5), 900, days=60) if one.cents > 0]
    file = upload(desk, camt(months))
    assert file.state == "received"
    assert not StatementEntry.objects.exists()
    assert "noch nicht gelesen" in page(desk, "statement", file.pk)
    take_in_waiting()
    assert f"{len(months)} werden noch gebucht" in page(desk, "statement", file.pk)
    post_all()
    assert "werden noch gebucht" not in page(desk, "statement", file.pk)
    assert StatementEntry.objects.filter(state=Entering.POSTED).count() == len(months)


def test_a_large_statement_that_does_not_add_up_waits_for_a_yes_and_then_for_the_worker(desk: Client) -> None:
    months = truths(random.Random(5), 900, days=60)
    wrong = camt(months).replace(b">1000.00</Amt><CdtDbtInd>CRDT", b">1000.01</Amt><CdtDbtInd>CRDT", 1)
    file = upload(desk, wrong)
    take_in_waiting()
    assert "Der Saldo geht nicht auf" in page(desk, "statement", file.pk)
    desk.post(to("statement_step", file.pk, "ja"))
    assert not StatementEntry.objects.exists()
    take_in_waiting()
    assert StatementEntry.objects.count() == 900


def test_a_refused_file_says_line_and_reason(desk: Client) -> None:
    text = table(truths(random.Random(3), 6)).decode().replace("EUR", "EUX€", 1)
    file = upload(desk, text.encode(), "umsatz.csv")
    shown = page(desk, "statement", file.pk)
    assert file.state == "refused"
    assert "nichts davon ist gebucht" in shown
    assert f"Zeile {file.line}:" in shown


def test_an_unknown_table_is_mapped_looked_at_and_taken(desk: Client) -> None:
    file = upload(desk, b"Wann;Wer;Was;Wieviel\n05.03.2026;Ada;Kim;1,50\n", "x.csv")
    assert "Diese Tabelle kennen wir noch nicht" in page(desk, "statement", file.pk)
    page(desk, "statement_columns", file.pk)
    given = {"rolle0": "booked", "rolle1": "counterparty", "rolle2": "text", "rolle3": "amount", "decimal": ",",
             "unsigned": "1", "name": "Wunderbank"}  # fmt: skip
    wrong = desk.post(to("statement_columns", file.pk), {**given, "rolle0": ""})
    assert "Buchungstag" in wrong.content.decode()
    looked = desk.post(to("statement_columns", file.pk), given).content.decode()
    assert "1,50" in looked
    assert not StatementEntry.objects.exists()
    desk.post(to("statement_columns", file.pk), {**given, "nehmen": "1"})
    assert StatementEntry.objects.get().units == 150


def test_a_contradicted_balance_is_asked_about(desk: Client) -> None:
    data = camt(truths(random.Random(1), 3)).replace(b">1000.00<", b">1000.01<")
    file = upload(desk, data)
    assert "Saldo geht nicht auf" in page(desk, "statement", file.pk)
    desk.post(to("statement_step", file.pk, "ja"))
    assert StatementEntry.objects.count() == 3
    assert "geht nicht auf" in page(desk, "statement", file.pk)


def test_doubts_are_compared_side_by_side(desk: Client) -> None:
    month = truths(random.Random(5), 6, days=1)
    upload(desk, camt(month))
    upload(desk, mt940(month[:-1]), "a.sta")
    doubted = list(StatementEntry.objects.filter(state=Entering.DOUBTED))
    assert page(desk, "doubts").count("Ist eine eigene Buchung") == len(doubted) > 0
    for row in doubted:
        desk.post(to("doubt", row.pk, "schon-da"))
    assert "Keine Zweifel" in page(desk, "doubts")
    assert StatementEntry.objects.booked().count() == 6


def test_one_entry_is_split_and_taken_back(desk: Client) -> None:
    one = next(each for each in truths(random.Random(3), 20) if each.cents == 2500)
    upload(desk, camt([one]))
    row = StatementEntry.objects.get()
    assert "Aufteilen" in page(desk, "entry", row.pk)
    desk.post(to("entry", row.pk), {"wahl": "split", "teile": "20,00 4,00"})
    assert not Gift.objects.exists()
    desk.post(to("entry", row.pk), {"wahl": "split", "teile": "20,00 5,00"})
    assert sorted(Gift.objects.values_list("cents", flat=True)) == [500, 2000]
    desk.post(to("entry_undo", row.pk))
    assert money_of(campaign()).received == 0
    desk.post(to("entry", row.pk), {"wahl": "gift"})
    gift = Gift.objects.get(state="kept")
    page(desk, "gifts", campaign().pk)
    desk.post(to("gift", gift.pk), {"benennen": "1", "name-named": "on", "name-name": "Ada"})
    refund = {"rueck-reason": "Irrtum", "rueck-iban": ""}
    assert desk.post(to("gift", gift.pk), refund).status_code == 200
    assert desk.post(to("gift", gift.pk), {**refund, "rueck-sure": "on"}).status_code == 302
    gift.refresh_from_db()
    assert (gift.anonymous, gift.name, gift.state) == (False, "Ada", "refund_owed")
    assert "zugesagt" in page(desk, "gift", gift.pk)
    assert "steht aus" in page(desk, "payouts", campaign().pk)


def test_an_iban_is_changed_by_two_people_who_say_their_password(desk: Client) -> None:
    row = account()
    stranger = coordinator("Cem")
    stranger.set_password("ein langes Passwort")
    stranger.save()
    assert "/konto/reauthenticate/" in at_desk(stranger).get(to("bank_change", row.pk)).headers["Location"]
    desk.post(to("bank_change", row.pk), {"holder": "Käthe Groß", "iban": OTHER})
    change = IbanChange.objects.get()
    assert "Zustimmen muss jemand anderes" in page(desk, "money")
    desk.post(to("bank_change_step", change.pk, "ja"))
    change.refresh_from_db()
    assert change.state == "proposed"
    other = signed_in("Cem")
    assert "zustimmen" in page(other, "bank", row.pk)
    other.post(to("bank_change_step", change.pk, "ja"))
    carry_out_due(timezone.now() + timedelta(days=2))
    assert "2020 51" in page(desk, "bank", row.pk)
    wrong = desk.post(to("bank_change", row.pk), {"holder": "Käthe", "iban": "DE00"})
    assert wrong.status_code == 422


def test_a_first_account_is_opened(desk: Client) -> None:
    assert "Konto eintragen" in (page(desk, "money") if campaign() else "")
    desk.post(to("bank_new", campaign().pk), {"holder": "Käthe Groß", "iban": OWN})
    assert BankAccount.objects.get().iban == OWN


def test_receipts_only_after_the_body_is_known(desk: Client) -> None:
    one = next(each for each in truths(random.Random(3), 20) if each.cents == 2500)
    upload(desk, camt([one]))
    desk.post(to("entry", StatementEntry.objects.get().pk), {"wahl": "gift"})
    gift = Gift.objects.get()
    assert "private Schenkungen" in page(desk, "receipts", campaign().pk)
    typed = {"name": "Ada", "address": "Weg 1"}
    assert desk.post(to("receipt_new", gift.pk), typed).status_code == 422
    body = {"wording": "recognised_body", "body": "V", "address": "W", "tax_office": "F", "tax_number": "1"}
    assert desk.post(to("basis", campaign().pk), body).status_code == 422
    more = {"notice": "exemption", "notice_date": timezone.localdate() - timedelta(days=9), "purposes": "p",
            "place": "o", "signer": "s"}  # fmt: skip
    assert desk.post(to("basis", campaign().pk), {**body, **more}).status_code == 302
    assert desk.post(to("receipt_new", gift.pk), typed).status_code == 302
    row = Receipt.objects.get()
    assert desk.get(to("receipt_pdf", row.pk)).content.startswith(b"%PDF")
    desk.post(to("receipt_cancel", row.pk), {"reason": "Tippfehler"})
    assert "storniert" in page(desk, "receipts", campaign().pk)


def test_the_book_from_edition_to_paid_sales(desk: Client) -> None:
    key = campaign().pk
    edition = {"title": "Der lange Weg", "name": "Taschenbuch", "isbn": "9783161484100", "channels": "Amazon.de, Laden"}
    assert desk.post(to("edition_new", key), edition).status_code == 302
    assert desk.post(to("edition_new", key), edition).status_code == 422
    (book,) = campaign().products.get().editions.all()
    first, second = book.channels.all()
    rate = {"cents": "7,68", "first": "2015-03-06", "source": "Laden"}
    desk.post(to("rate_new", first.pk), rate)
    sale = {"copies": "10", "first": "2015-03-07", "last": "2015-03-07", "state": "provisional", "source": "Mail"}
    desk.post(to("sale_new", first.pk), sale)
    assert products_of(campaign())[0].expected_cents == 7680
    data = b"Tag;Stueck;Erloes\n08.03.2015;3;9,00\n"
    report = {"report": SimpleUploadedFile("r.csv", data), "state": "reported", "source": "Laden", "edition": book.pk,
              "date": 1, "copies": 2, "royalty": 3, "header": 1, "decimal": ","}  # fmt: skip
    assert desk.post(to("sales_report", key), report).status_code == 302
    bad = {**report, "report": SimpleUploadedFile("r.csv", b"Tag;Stueck\n08.03.2015;drei\n")}
    assert desk.post(to("sales_report", key), bad).status_code == 422
    month = {"state": "reported", "source": "Laden im April", "header": 1, "decimal": ","}
    following = SimpleUploadedFile("april.csv", b"Tag;Stueck;Erloes\n08.04.2015;5;15,00\n")
    assert desk.post(to("sales_report", key), {**month, "report": following}).status_code == 302
    assert Sale.objects.get(copies=5).royalty_cents == 1500
    strange = SimpleUploadedFile("april.csv", b"Datum;Zahl\n08.05.2015;5\n")
    answer = desk.post(to("sales_report", key), {**month, "report": strange})
    assert "bitte nenne ihre Spalten" in answer.content.decode()
    broken = SimpleUploadedFile("mai.csv", b"Tag;Stueck;Erloes\n08.05.2015;5;15,00\n09.05.2015;viele;1,00\n")
    assert "viele" in desk.post(to("sales_report", key), {**month, "report": broken}).content.decode()
    assert Sale.objects.filter(superseded_at=None).count() == 3
    row = Sale.objects.get(state="provisional")
    desk.post(to("sale", row.pk, "reported"))
    desk.post(to("shop_new", book.pk), {"name": "Eck", "url": "https://eck.example/", "local": "on"})
    shown = page(desk, "book", key)
    assert "Eck" in shown
    assert "Erwarteter Erlös" in shown
    desk.post(to("shop_gone", book.shops.get().pk))
    assert second.sales.count() == 0


def test_a_book_is_looked_up_by_its_isbn_and_saved_by_hand(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        asked = "9783161484100" in str(request.url)
        return httpx.Response(200, content=RECORD.read_bytes() if asked and "dnb" in request.url.host else b"{}")

    monkeypatch.setattr(catalogues, "client", lambda: httpx.Client(transport=httpx.MockTransport(serve)))
    address = to("edition_new", campaign().pk)
    given = {"title": "", "name": "E-Book", "channels": "Laden am Markt", "isbn": "978-3-16-148410-0"}
    page = desk.post(address, given).content.decode()
    assert "Der lange Abend : Roman" in page
    assert "Deutsche Nationalbibliothek" in page
    assert "Laden am Markt" in page
    assert not Edition.objects.exists()
    assert "keine ISBN" in desk.post(address, {**given, "isbn": "978-3-16-148410-1"}).content.decode()
    assert "Schreib den Titel selbst" in desk.post(address, {**given, "isbn": "9780306406157"}).content.decode()
    assert "den Titel oder die ISBN" in desk.post(address, {**given, "isbn": ""}).content.decode()
