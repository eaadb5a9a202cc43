"""One small file per format and trap: what must come out of it, and that a second reading finds the same amounts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.banks.oracle import camt_amounts, mt940_amounts
from zueinander.banks.detect import read
from zueinander.banks.model import Refusal, StatementFile, UnknownLayout, as_json

SAMPLES = Path(__file__).parent / "samples"

# file: format, account, currency, per statement (balanced, opening, closing, [amount status day])
EXPECTED: dict[str, tuple[str, str, str, list[tuple[bool | None, str | None, str | None, list[str]]]]] = {
    "camt053-v08-prefix.xml": (
        "camt.053.001.08",
        "DE89370400440532013000",
        "EUR",
        [
            (
                True,
                "100.00",
                "117.05",
                ["5.00 BOOK 05", "5.00 BOOK 05", "8.85 BOOK 05", "-1.80 BOOK 05", "999.00 PDNG 05"],
            )
        ],
    ),
    "camt053-v02-batches.xml": (
        "camt.053.001.02",
        "DE89370400440532013000",
        "EUR",
        [(True, "-50.00", "215.00", ["75.00 BOOK 09", "250.00 BOOK 09", "-60.00 BOOK 09"])],
    ),
    "camt052-v06-report.xml": (
        "camt.052.001.06",
        "0532013000",
        "CHF",
        [(None, None, None, ["12.50 BOOK 10", "4.00 INFO 10"])],
    ),
    "camt054-v10-yen.xml": (
        "camt.054.001.10",
        "DE89370400440532013000",
        "JPY",
        [(None, None, None, ["1234.00 INFO 10"])],
    ),
    "mt940-german.sta": (
        "mt940",
        "37040044/0532013000",
        "EUR",
        [
            (True, "100.00", "105.00", ["5.00 BOOK 05", "5.00 BOOK 05", "-1.80 BOOK 05", "-3.20 BOOK 05"]),
            (True, "105.00", "105.00", []),
        ],
    ),
    "mt940-swift-blocks.txt": (
        "mt940",
        "NL20INGB0001234567",
        "EUR",
        [(True, "1000.00", "1499.50", ["500.00 BOOK 02", "-0.50 BOOK 02"])],
    ),
    "mt940-unbalanced.sta": ("mt940", "37040044/0532013000", "EUR", [(False, "100.00", "106.00", ["5.00 BOOK 05"])]),
    "mt942.sta": ("mt942", "37040044/0532013000", "EUR", [(True, None, None, ["97.00 PDNG 05", "2.00 PDNG 05"])]),
    "csv-volksbank.csv": (
        "csv",
        "DE89370400440532013000",
        "EUR",
        [(True, "1619.20", "1610.00", ["5.00 BOOK 05", "5.00 BOOK 05", "-19.20 BOOK 04"])],
    ),
    "csv-dkb.csv": (
        "csv",
        "DE89370400440532013000",
        "EUR",
        [(None, None, None, ["1000.00 BOOK 01", "-1450.00 BOOK 02", "7.50 PDNG 03"])],
    ),
    "csv-comdirect.csv": (
        "csv",
        "",
        "EUR",
        [(True, "10.00", "1052.20", ["11.00 PDNG 06", "1050.00 BOOK 05", "-7.80 BOOK 05"])],
    ),
    "csv-sparkasse.csv": (
        "csv",
        "DE89370400440532013000",
        "EUR",
        [(None, None, None, ["25.00 BOOK 05", "25.00 PDNG 05"])],
    ),
    "csv-soll-haben.csv": ("csv", "", "EUR", [(True, "100.00", "1096.50", ["1000.00 BOOK 05", "-3.50 BOOK 05"])]),
    "csv-two-columns.csv": ("csv", "", "", [(True, "100.00", "123.55", ["25.00 BOOK 13", "-1.45 BOOK 14"])]),
    "csv-currency-sign.csv": ("csv", "", "", [(None, None, None, ["42.00 BOOK 05", "-2.50 BOOK 06"])]),
    "csv-revolut.csv": (
        "csv",
        "",
        "EUR",
        [(True, "0.00", "49.75", ["100.00 BOOK 05", "-50.25 BOOK 06", "-50.00 INFO 07"])],
    ),
    "csv-czech.csv": ("csv", "", "CZK", [(None, None, None, ["1250.00 BOOK 05", "-12.50 BOOK 06"])]),
    "csv-no-header.csv": ("csv", "", "EUR", [(None, None, None, ["25.00 BOOK 05", "-1.45 BOOK 06"])]),
    "csv-without-year.csv": ("csv", "", "", [(None, None, None, ["25.00 BOOK 05", "-1.45 BOOK 06"])]),
}


def sample(name: str) -> StatementFile:
    return read((SAMPLES / name).read_bytes())


def test_every_sample_has_an_expectation() -> None:
    assert {path.name for path in SAMPLES.iterdir()} == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_sample_says_what_it_says(name: str) -> None:
    told = as_json(sample(name))
    kind, account, currency, statements = EXPECTED[name]
    assert (told["format"], told["account"] or "", told["currency"] or "") == (kind, account, currency)
    shown = [
        (
            s["balanced"],
            s["opening"],
            s["closing"],
            [f"{e['amount']} {e['status']} {e['booked'][8:]}" for e in s["entries"]],
        )
        for s in told["statements"]
    ]
    assert shown == statements


@pytest.mark.parametrize("name", [name for name in sorted(EXPECTED) if not name.startswith("csv")])
def test_a_second_reading_finds_the_same_amounts(name: str) -> None:
    data = (SAMPLES / name).read_bytes()
    other = camt_amounts(data) if name.endswith("xml") else mt940_amounts(data.decode("cp1252"))
    mine = [Decimal(entry.amount.plain()) for statement in sample(name).statements for entry in statement.entries]
    assert mine == other


def test_names_references_and_texts_come_along() -> None:
    entry = sample("camt053-v08-prefix.xml").statements[0].entries[0]
    assert (entry.counterparty, entry.iban, entry.reference, entry.text) == (
        "Ilka Dünenhof",
        "DE02120300000000202051",
        "",
        "für Kim",
    )
    entry = sample("mt940-german.sta").statements[0].entries[0]
    assert (entry.counterparty, entry.iban) == ("Ilka Duenenhof", "DE02120300000000202051")
    assert entry.text.replace(" ", "").startswith("fuerKim2A3C4D6E"), "a reference cut by a line break stays whole"
    entry = sample("mt940-swift-blocks.txt").statements[0].entries[0]
    assert (entry.counterparty, entry.reference, entry.text) == ("C. Eschenbruch", "E2E-1", "voor Kim SEPA OVERBOEKING")
    assert sample("csv-sparkasse.csv").statements[0].entries[0].counterparty == "Jörg Hügelland"
    assert sample("csv-volksbank.csv").statements[0].entries[0].text == "Gutschrift 2A3C 4D6E für Kim"


def test_a_batch_is_split_only_when_its_payments_add_up() -> None:
    first, second, third = sample("camt053-v02-batches.xml").statements[0].entries
    assert [part.plain() for part in first.parts] == ["25.00", "50.00"]
    assert second.parts == ()
    assert third.returned


def test_a_year_change_dates_the_booking_in_the_new_year() -> None:
    entry = sample("mt940-swift-blocks.txt").statements[0].entries[0]
    assert (str(entry.booked), str(entry.valuta)) == ("2015-01-02", "2014-12-31")


def test_a_clock_at_the_start_of_a_line_is_text_and_no_tag() -> None:
    assert "T16:26:37" in sample("mt940-german.sta").statements[0].entries[2].text.replace(" ", "")


def test_an_unbalanced_statement_is_doubted_aloud() -> None:
    assert sample("mt940-unbalanced.sta").warnings


def mt940_with(line: str) -> bytes:
    return f":20:X\n:25:1\n:28C:1\n:60F:C150304EUR100,00\n{line}\n:86:x\n:62F:C150305EUR100,00\n".encode()


@pytest.mark.parametrize(
    "line",
    [
        ":61:1503050305CR1.234,50N051",
        ":61:1503050305CR12,345N051",
        ":61:1503050305XR5,00N051",
        ":61:150305",
        ":61:1513050305C5,00NMSC",
        ":61:1503050305C2,5,00NMSC",
        ":61:1503050305C12\n34,50NMSC",
        ":61:1503050305C5,\n00NMSC",
        ":61:1503050305C-5,00NMSC",
    ],
)
def test_an_unreadable_mt940_line_stops_the_file_and_is_named(line: str) -> None:
    with pytest.raises(Refusal) as caught:
        read(mt940_with(line))
    assert caught.value.line == 5
    assert caught.value.reason


@pytest.mark.parametrize(
    "amount", ["12..34", "12,34", "-5", "", "1e3", "0.001", "12.345", "NaN", "٣", "1 000", "5<b>0</b>"]
)
def test_an_unreadable_camt_amount_stops_the_file_and_is_named(amount: str) -> None:
    text = (SAMPLES / "camt053-v08-prefix.xml").read_text().replace(">8.850<", f">{amount}<")
    with pytest.raises(Refusal) as caught:
        read(text.encode())
    assert caught.value.line == 13


@pytest.mark.parametrize(("old", "new"), [(">1.8<", ">1.8<"), ("DBIT", "MAYBE"), ('Ccy="EUR">8', 'Ccy="euro">8')])
def test_direction_and_currency_are_never_assumed(old: str, new: str) -> None:
    text = (SAMPLES / "camt053-v08-prefix.xml").read_text()
    if old == new:
        text = text.replace("<CdtDbtInd>DBIT</CdtDbtInd>", "")
    with pytest.raises(Refusal):
        read(text.replace(old, new).encode())


def test_the_first_version_a_wrong_character_set_and_a_missing_currency_are_read() -> None:
    text = (SAMPLES / "camt053-v08-prefix.xml").read_text()
    expected = sample("camt053-v08-prefix.xml").statements[0].entries
    for data in (
        text.replace("BkToCstmrStmt>", "BkToCstmrStmtV01>").encode(),
        text.encode("cp1252"),
        text.encode("utf-16"),
        text.replace('encoding="UTF-8"', 'encoding="ISO-8859-15"').encode("iso-8859-15"),
        text.replace('<Amt Ccy="EUR">', "<Amt>").encode(),
        b"\xef\xbb\xbf\n" + text.encode(),
    ):
        assert read(data).statements[0].entries[0].counterparty == "Ilka Dünenhof"
        assert [entry.amount for entry in read(data).statements[0].entries] == [entry.amount for entry in expected]


def test_three_decimals_are_kept_where_a_currency_has_them_and_refused_where_not() -> None:
    text = (SAMPLES / "camt052-v06-report.xml").read_text()
    assert (
        read(text.replace("CHF", "BHD").replace("12.5<", "12.505<").encode()).statements[0].entries[0].amount.plain()
        == "12.505"
    )
    with pytest.raises(Refusal):
        read(text.replace("CHF", "JPY").encode())


HEAD = "Buchungstag;Text;Betrag;Währung\n"


@pytest.mark.parametrize(
    "table",
    [
        HEAD + "05.03.2015;x;1.234;EUR\n",  # one thousand or one and a bit: no other cell tells
        HEAD + "05.03.2015;x;12.50;EUR\n06.03.2015;y;12,50;EUR\n",
        HEAD + "05.03.2015;x;12,345;EUR\n06.03.2015;y;1,50;EUR\n",
        HEAD + "05.03.2015;x;;EUR\n",
        HEAD + "05.03.2015;x;zwölf;EUR\n",
        HEAD + "05.03.2015;12,50;EUR\n",
        HEAD + "05.03.2015;x;y;12,50;EUR\n",
        HEAD + "31.02.2015;x;12,50;EUR\n",
        HEAD + "05.03.2015;x;12,50;Euro\n",
        HEAD + '05.03.2015;"x;12,50;EUR\n06.03.2015;y;1,50;EUR\n07.03.2015;y;1,50;EUR\n',
        "Tag;Text;Wert der Sache\n05.03.2015;x;12,50\n",
        "Datum;Text;Betrag;Art\n05.03.2015;x;12,50;S\n05.03.2015;y;2,50;S\n",
        "Datum;Text;Soll;Haben\n05.03.2015;x;12,50;2,50\n",
        "Datum;Text;Betrag;Gebühr\n05.03.2015;x;-12,50;0,35\n",
        "Datum;Text;Betrag;Status\n05.03.2015;x;-12,50;in der Schwebe\n",
        "Datum;Text;Betrag;Saldo\n05.03.2015;x;10,00;90,00\n06.03.2015;x;5,00;85,00\n",
        "05.03.2015;25,00;25,00;x\n",
        "05.03.2015;x;25,00;EUR\n06.03.2015;y;3,00;EUR\n",
        "05.03;x;-25,00;EUR\n",
    ],
)
def test_a_table_that_leaves_an_amount_open_is_refused(table: str) -> None:
    with pytest.raises(Refusal) as caught:
        read(table.encode())
    assert caught.value.reason


def test_a_refused_table_cell_is_named_by_its_line() -> None:
    with pytest.raises(Refusal) as caught:
        read((HEAD + "05.03.2015;x;1,50;EUR\n\n06.03.2015;y;-a40,01;EUR\n").encode())
    assert caught.value.line == 4


def test_an_unknown_pair_of_words_beside_unsigned_amounts_asks_for_the_wizard() -> None:
    rows = "05.03.2015;1,50;Wpływ\n06.03.2015;2,50;Wydatek\n07.03.2015;3,50;Wpływ\n"
    with pytest.raises(UnknownLayout):
        read(f"Datum;Betrag;Art\n{rows}".encode())
    assert read(f"Datum;Betrag;Art\n{rows.replace('2,50', '-2,50')}".encode())


def test_gifts_only_need_no_minus_but_an_unknown_table_asks_for_the_wizard() -> None:
    gifts = read((HEAD + "05.03.2015;x;1,50;EUR\n06.03.2015;y;1.000,00;EUR\n").encode())
    assert [entry.amount.units for entry in gifts.statements[0].entries] == [150, 100_000]
    assert gifts.warnings, "that all of them came in is said aloud"
    with pytest.raises(UnknownLayout):
        read(b"a;b;c\nd;e;f\n")


@pytest.mark.parametrize(
    ("line", "cents"),
    [
        (":61:1503050305\nCR5,00NMSC", 500),  # broken before the amount began
        (":61:1503050305CR\n5,00NMSC", 500),
        (":61:150305    DD212,39NMSCNONREF//", -21239),
        (":61:1503050305RCR204,88NRTINONREF", -20488),
        (":61:1503050305RDR204,88NRTINONREF", 20488),
        (":61:1503050305C500NTRF05-03-2015 10:05//B4", 50000),
        (":61:1503050305CN220000,00//19239782213", 22000000),
        (":61:1503050305C,50NMSC", 50),
        (":61:1503050305C000000002145.5NMSC\x1a", 214550),
    ],
)
def test_an_mt940_line_as_banks_bend_it_is_read_to_the_cent(line: str, cents: int) -> None:
    assert [entry.amount.units for entry in read(mt940_with(line)).statements[0].entries] == [cents]


def test_a_balance_without_a_day_keeps_its_money() -> None:
    statement = read(mt940_with(":61:150305C0,00NMSC").replace(b"C150304", b"C000000")).statements[0]
    assert (statement.start, statement.balanced) == (None, True)


def test_brackets_are_a_minus_and_two_signs_are_none() -> None:
    entries = read(b"Date,Description,Amount\n13/03/2015,x,(1.50)\n14/03/2015,y,2.00\n").statements[0].entries
    assert [entry.amount.units for entry in entries] == [-150, 200]
    for cell in ("(-1.50)", "-(1.50)", "-1.50 S", "(1.50"):
        with pytest.raises(Refusal):
            read(f"Date,Description,Amount\n13/03/2015,x,{cell}\n".encode())


def test_a_day_and_month_that_could_be_swapped_is_said_aloud() -> None:
    assert read(b"Date,Description,Amount\n03/04/2015,x,-5.00\n").warnings
    assert not read(b"Date,Description,Amount\n13/04/2015,x,-5.00\n").warnings
