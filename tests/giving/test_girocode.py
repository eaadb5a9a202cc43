"""GiroCodes are read back identically by the two decoders that banking apps are built on."""

from __future__ import annotations

import io
import random
import xml.etree.ElementTree as Tree

import pytest
import zxingcpp
from PIL import Image
from pyzbar import pyzbar

from zueinander.giving.rules.girocode import MAX_NAME, GiroCode, GiroCodeError, sepa_text
from zueinander.shared.money import Money

FIRST = ["Jörg", "Käthe", "Łukasz", "Şule", "Zoë", "Øyvind", "Ñico", "Françoise", "Çağla", "Győző", "Ivana", "Ærø"]
LAST = ["Groß", "Müller-Lüdenscheidt", "Hügelländer", "Å­berg".replace("\u00ad", ""), "Dvořák", "Öztürk", "Ahornblatt"]
ROUNDS = 2_000


def random_iban(chance: random.Random) -> str:
    account = f"37040044{chance.randrange(10**10):010d}"
    check = 98 - int(f"{account}131400") % 97
    return f"DE{check:02d}{account}"


def random_code(chance: random.Random) -> GiroCode:
    holder = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    holder += chance.choice(["", " & Kinder", " e. V.", " (Treuhand für Füchschen)", " “Läuft”"])
    amount = Money(chance.randrange(1, 10 ** chance.randrange(1, 9)), "EUR") if chance.random() < 0.6 else None
    return GiroCode(holder, random_iban(chance), amount, f"Für Kim {chance.choice(FIRST)} 2A3C 4D6E")


def test_two_thousand_codes_with_umlauts_are_read_back_identically_by_zbar_and_zxing() -> None:
    chance = random.Random(2015)
    for number in range(ROUNDS):
        code = random_code(chance)
        image = Image.open(io.BytesIO(code.png(scale=3))).convert("L")
        (zbar,) = pyzbar.decode(image, symbols=[pyzbar.ZBarSymbol.QRCODE])
        (zxing,) = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
        assert zbar.data.decode("utf-8") == code.payload(), number
        assert zxing.text == code.payload(), number


def test_the_payload_follows_the_guideline_line_by_line() -> None:
    code = GiroCode("Käthe Groß", "DE89 3704 0044 0532 0130 00", Money(1234, "EUR"), "Für Kim: 2A3C 4D6E")
    assert code.payload().split("\n") == [
        "BCD", "002", "1", "SCT", "", "Käthe Groß", "DE89370400440532013000", "EUR12.34", "", "", "Fuer Kim: 2A3C 4D6E",
    ]  # fmt: skip


def test_an_open_amount_is_left_to_the_giver() -> None:
    assert GiroCode("K", "DE89370400440532013000").payload().split("\n")[-1] == "DE89370400440532013000"


@pytest.mark.parametrize(
    "iban", ["DE89370400440532013001", "DE8937040044053201300", "", "XX00", "DE89370400440532013000x"]
)
def test_an_iban_with_wrong_digits_makes_no_code(iban: str) -> None:
    with pytest.raises(GiroCodeError):
        GiroCode("K", iban).payload()


@pytest.mark.parametrize("amount", [Money(0, "EUR"), Money(-1, "EUR"), Money(100, "CHF"), Money(10**11, "EUR")])
def test_an_amount_no_transfer_can_have_makes_no_code(amount: Money) -> None:
    with pytest.raises(GiroCodeError):
        GiroCode("K", "DE89370400440532013000", amount).payload()


@pytest.mark.parametrize("holder", ["", " K", "K ", "K\nEUR999", "K\u202eX", "x" * (MAX_NAME + 1), "ä" * 71])
def test_a_holder_that_could_break_out_or_mislead_makes_no_code(holder: str) -> None:
    with pytest.raises(GiroCodeError):
        GiroCode(holder, "DE89370400440532013000").payload()


def test_a_text_too_long_for_a_transfer_makes_no_code() -> None:
    with pytest.raises(GiroCodeError):
        GiroCode("K", "DE89370400440532013000", text="x" * 141).payload()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Für Kim & Ärmel", "Fuer Kim + Aermel"),
        ("Øyvind Łukasz ı", "Oeyvind Lukasz i"),
        ("Dvořák, Şule; naïve", "Dvorak, Sule, naive"),
        ("„Ein Buch“ – 5 €", "'Ein Buch' - 5 EUR"),
        ("a\nb\tc 日本", "a b c"),
    ],
)
def test_texts_become_what_every_bank_passes_on(text: str, plain: str) -> None:
    assert sepa_text(text) == plain


def test_the_svg_is_small_plain_and_complete() -> None:
    svg = GiroCode("Käthe Groß", "DE89370400440532013000", Money(500, "EUR"), "Kim").svg()
    root = Tree.fromstring(svg)
    assert root.tag.endswith("svg")
    assert "<script" not in svg
    assert "href" not in svg
    assert len(svg) < 12_000
