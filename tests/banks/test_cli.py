"""`zueinander statement FILE [--json]`: the published shape, and exit codes a script can trust."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from zueinander.banks.cli import main

SAMPLES = Path(__file__).parent / "samples"


def test_json_has_exactly_the_published_shape(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(SAMPLES / "camt053-v08-prefix.xml"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told) == ["format", "account", "currency", "statements"]
    statement = told["statements"][0]
    assert list(statement) == ["from", "to", "opening", "closing", "balanced", "entries"]
    assert statement["entries"][0] == {
        "booked": "2015-03-05",
        "valuta": "2015-03-05",
        "amount": "5.00",
        "currency": "EUR",
        "counterparty": "Ilka Dünenhof",
        "iban": "DE02120300000000202051",
        "reference": "",
        "text": "für Kim",
        "bank_ref": "",
        "status": "BOOK",
    }


def test_a_doubtful_balance_is_said_and_ends_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(SAMPLES / "mt940-unbalanced.sta")]) == 1
    said = capsys.readouterr()
    assert "GEHT NICHT AUF" in said.out
    assert "Achtung" in said.err


def test_a_refusal_names_line_and_reason_and_prints_no_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    broken = tmp_path / "x.csv"
    broken.write_text("Datum;Text;Betrag\n05.03.2015;x;1,50\n06.03.2015;x;1,5O\n")
    assert main([str(broken), "--json"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "Zeile 3" in said.err
    assert "1,5O" in said.err


def test_a_missing_file_ends_with_2(tmp_path: Path) -> None:
    assert main([str(tmp_path / "nothing")]) == 2
