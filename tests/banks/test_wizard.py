"""A table nobody knows: a person says what its columns mean, once, and the next upload is read by itself."""

from __future__ import annotations

import json

import pytest

from zueinander.banks import wizard
from zueinander.banks.detect import read
from zueinander.banks.model import UnknownLayout

STRANGE = (
    "Konto 4711\nWann;Wer;Wofür;Wieviel;Richtung\n"
    "05.03.2015;Ada Groß;für Kim;1.250;rein\n06.03.2015;Post;Porto;1.450;raus\n"
).encode()
SPLIT = b"Wann;Wozu;Minus;Plus\n05.03.2015;x;;1.250\n06.03.2015;y;1.450;\n"


def test_the_preview_says_why_and_shows_the_rows() -> None:
    with pytest.raises(UnknownLayout):
        read(SPLIT)
    shown = wizard.preview(SPLIT)
    assert shown.reason
    assert shown.rows[1].cells[0] == "05.03.2015"


def test_a_mapping_is_made_checked_saved_and_used_again() -> None:
    layout = wizard.layout_from(
        SPLIT,
        name="Meine Bank",
        header=0,
        decimal=",",
        currency="EUR",
        roles={0: "booked", 1: "text", 2: "debit", 3: "credit"},
    )
    file = wizard.check(SPLIT, layout)
    assert [entry.amount.plain() for entry in file.statements[0].entries] == ["1250.00", "-1450.00"]
    kept = wizard.from_json(json.loads(json.dumps(wizard.to_json(layout))))
    assert kept == layout
    assert read(SPLIT, layout=kept).layout == "Meine Bank"


def test_a_saved_mapping_is_not_applied_to_another_table() -> None:
    layout = wizard.layout_from(
        SPLIT, name="Meine Bank", header=0, decimal=",", roles={0: "booked", 1: "text", 2: "debit", 3: "credit"}
    )
    with pytest.raises(UnknownLayout):
        read(SPLIT.replace(b"Minus;Plus", b"Plus;Minus"), layout=layout)


def test_a_sign_column_with_unknown_words_is_refused_with_its_line() -> None:
    roles = {0: "booked", 1: "counterparty", 2: "text", 3: "amount", 4: "sign"}
    layout = wizard.layout_from(STRANGE, name="M", header=1, decimal=",", roles=roles)
    with pytest.raises(Exception, match="Zeile 3"):
        wizard.check(STRANGE, layout)


@pytest.mark.parametrize(
    "roles",
    [
        {0: "booked"},
        {3: "amount"},
        {0: "booked", 2: "amount", 3: "credit"},
        {0: "booked", 2: "amount", 3: "amount"},
        {0: "when", 3: "amount"},
    ],
)
def test_an_incomplete_or_contradicting_mapping_is_refused(roles: dict[int, str]) -> None:
    with pytest.raises(UnknownLayout):
        wizard.layout_from(SPLIT, name="M", header=0, decimal=",", roles=roles)
