"""Official receipts: only for recognised bodies, numbered without gaps, one per gift, cancellable, PDF/A as printed."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest
from django.utils import timezone

from tests.giving.test_assigning import gift
from tests.giving.world import account, campaign, coordinator
from zueinander.desk.receipts import draw, in_words
from zueinander.giving.actions.assigning import NotAssigned, Part, assign, unassign
from zueinander.giving.actions.leaving import NotOrdered, owe_refund
from zueinander.giving.actions.receipts import NoReceipt, cancel_receipt, issue_receipt, set_basis
from zueinander.giving.models import Gift, Receipt
from zueinander.giving.queries import wording_of

pytestmark = pytest.mark.django_db


def recognised(notice_date: date | None = None, notice: str = "exemption") -> None:
    account()
    set_basis(
        campaign(), by=coordinator(), wording="recognised_body", body="Hilfe für Füchse e. V.",
        address="Weg 1\n12345 Ort", tax_office="Musterstadt", tax_number="12/345/67890", notice=notice,
        notice_date=notice_date or timezone.localdate() - timedelta(days=400), assessment_period="2023",
        purposes="mildtätiger Zwecke", place="Musterstadt", signer="Käthe Groß",
    )  # fmt: skip


def issue(*gifts: Gift, yearly: bool = False) -> Receipt:
    return issue_receipt(
        gifts, name="Ada Ahornblatt", address="Gasse 2\n54321 Dorf", yearly=yearly, draw=draw, by=coordinator()
    )


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


def unpacked(pdf: bytes) -> bytes:
    """The file with its streams open: the marks of PDF/A may lie in compressed ones."""
    found = [pdf]
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        with suppress(zlib.error):
            found.append(zlib.decompressobj().decompress(stream))
    return b"".join(found)


def test_a_private_campaign_has_no_receipts() -> None:
    account()
    assert wording_of(campaign()) == "private_gift"
    with pytest.raises(NoReceipt):
        issue(gift())


def test_the_receipt_says_what_the_pattern_asks_and_is_pdf_a() -> None:
    recognised()
    row = issue(gift(12_050))
    pdf = bytes(row.pdf)
    text = text_of(pdf)
    assert row.label == "2026-00001"
    for words in (
        "Bestätigung über Geldzuwendungen/Mitgliedsbeitrag", "Hilfe für Füchse e. V.", "Ada Ahornblatt", "120,50",
        "eins – zwei – null Euro, fünf – null Cent", "02.03.2026", "12/345/67890", "§ 10b Abs. 4 EStG",
        "Nein ☒", "länger als 5 Jahre",
    ):  # fmt: skip
        assert words in text, words
    assert all(mark in unpacked(pdf) for mark in (b"pdfaid:part", b"GTS_PDFA1"))
    assert "Sammelbestätigung" not in text


def test_a_yearly_receipt_lists_every_gift() -> None:
    recognised()
    row = issue(gift(1000), gift(2550), yearly=True)
    text = text_of(bytes(row.pdf))
    assert row.cents == 3550
    for words in (
        "Sammelbestätigung",
        "keine weiteren Bestätigungen",
        "Anlage zur Sammelbestätigung",
        "25,50",
        "35,50",
    ):
        assert words in text, words


def test_numbers_have_no_gaps_and_a_cancelled_one_keeps_its_number() -> None:
    recognised()
    first, second = gift(), gift(1000)
    one = issue(first)
    with pytest.raises(NoReceipt):
        issue(first)
    with pytest.raises(NoReceipt):
        issue(first, second)
    cancel_receipt(one, reason="falscher Name", by=coordinator())
    with pytest.raises(NoReceipt):
        cancel_receipt(one, reason="nochmal", by=coordinator())
    assert [issue(first).number, issue(second).number] == [2, 3]


def test_a_receipted_gift_is_not_refunded_or_reassigned_before_it_is_cancelled() -> None:
    recognised()
    given = gift()
    row = issue(given)
    with pytest.raises(NotOrdered):
        owe_refund(given, reason="Irrtum", by=coordinator())
    assert given.entry
    with pytest.raises(NotAssigned):
        unassign(given.entry, by=coordinator())
    cancel_receipt(row, reason="Irrtum", by=coordinator())
    unassign(given.entry, by=coordinator())
    with pytest.raises(NoReceipt):
        issue(given)
    assign(given.entry, [Part("gift", given.cents, campaign())], by=coordinator())


@pytest.mark.parametrize(("notice", "years", "fine"), [("exemption", 4, True), ("exemption", 6, False),
                                                       ("statute", 2, True), ("statute", 4, False)])  # fmt: skip
def test_an_old_notice_of_the_tax_office_carries_no_receipt(notice: str, years: int, fine: bool) -> None:
    recognised(timezone.localdate() - timedelta(days=365 * years), notice)
    given = gift()
    if fine:
        assert issue(given).number == 1
    else:
        with pytest.raises(NoReceipt, match="zu alt"):
            issue(given)


def test_a_body_without_its_data_is_none() -> None:
    with pytest.raises(NoReceipt, match="Finanzamt"):
        set_basis(campaign(), by=coordinator(), wording="recognised_body", body="Verein")
    assert wording_of(campaign()) == "private_gift"


def test_amounts_in_words_go_digit_by_digit() -> None:
    assert in_words(10_305) == "eins – null – drei Euro, null – fünf Cent"


def test_no_page_and_no_text_promises_a_tax_receipt_for_a_gift() -> None:
    root = Path(__file__).parents[2] / "src" / "zueinander"
    every = [path for ending in ("html", "py", "po", "txt", "toml", "js") for path in root.rglob(f"*.{ending}")]
    files = [path for path in every if "corpus" not in path.parts]  # there it is what people write to us
    assert len(files) > 200
    wrong = [str(path) for path in files if "spendenquittung" in path.read_text(encoding="utf-8").casefold()]
    assert wrong == []
