# ruff: noqa: E501
"""Whatever is thrown at it, the reader answers: a reading with spans inside the text, or a refusal with a name."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zueinander.understanding.reader import Reader, Reading, Refused, rules
from zueinander.understanding.reader.fold import Folded
from zueinander.understanding.reader.sieve import Sieve

MANY = int(os.environ.get("READER_EXAMPLES", "400"))
REASONS = {"empty", "too-long"}
PIECES = st.sampled_from(
    ["Suche ", "Platz ", "frei ", "Köln ", "Straße ", "GROẞ ", "24.12. ", "Heiligabend ", "\u202e", "\x00", "ß", "ﬁ", "İ",
     "o\u0308", "👨‍👩‍👧", "0171 2345678 ", "#", "@", "שלום ", "مرحبا ", "\ud83d", "zwischen ", "wir sind ", "9 ", "St. "]
)  # fmt: skip
ANY = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map("".join))


def spans(reading: Reading) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = [(p.start, p.end) for p in reading.places]
    found += [(w.start, w.end) for w in reading.when]
    found += [(c.start, c.end) for c in reading.contact]
    return found + [(e.start, e.end) for e in reading.danger_evidence]


@settings(max_examples=MANY, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=ANY)
def test_any_text_gives_a_reading_or_a_named_refusal(reader: Reader, text: str) -> None:
    try:
        reading = reader.read(text)
    except Refused as refused:
        reason = refused.reason
        assert reason in REASONS
        return
    assert all(0 <= start < end <= len(text) for start, end in spans(reading))
    assert all(text[p.start : p.end] == p.text for p in reading.places)
    assert all(text[w.start : w.end] == w.text for w in reading.when)
    assert reader.read(text) == reading


@pytest.mark.parametrize("text", ["x" * 1_000_000, "(" * 1_000_000, "am 24. " * 150_000])
def test_a_megabyte_is_refused_by_name(reader: Reader, text: str) -> None:
    with pytest.raises(Refused) as refused:
        reader.read(text)
    assert refused.value.reason == "too-long"


@pytest.mark.parametrize(
    "piece",
    ["a", " ", "ich ", "wir sind ", "1", "1. ", "24.", "((", "@a ", "#a", "ß", "für mich und ", "0 ", "wer hat "],
)
def test_the_longest_text_of_one_piece_still_ends(reader: Reader, piece: str) -> None:
    text = (piece * 20_000)[:19_999] + "x"
    assert isinstance(reader.read(text), Reading)


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00\x01", "\u200b\u200e"])
def test_nothing_to_read_is_said_so(reader: Reader, text: str) -> None:
    with pytest.raises(Refused) as refused:
        reader.read(text)
    assert refused.value.reason == "empty"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Suche Gesellschaft in Gießen, Große Straße", "Suche Gesellschaft in Giessen, Grosse Strasse"),
        ("Noch ein Platz frei am Heiligabend in Kempten", "NOCH EIN PLATZ FREI AM HEILIGABEND IN KEMPTEN"),
        ("bin in Köln allein an Silvester", "bin in Ko\u0308ln allein an Silvester"),
    ],
)
def test_spellings_of_one_text_agree(reader: Reader, one: str, other: str) -> None:
    a, b = reader.read(one), reader.read(other)
    assert a.intent == b.intent
    assert [p.name for p in a.places] == [p.name for p in b.places]
    assert [w.occasion for w in a.when] == [w.occasion for w in b.when]


@settings(max_examples=MANY, deadline=None)
@given(text=ANY)
def test_folding_always_finds_the_way_back(text: str) -> None:
    folded = Folded(text)
    places = [folded.at(i) for i in range(len(folded.low) + 1)]
    assert places == sorted(places)
    assert all(0 <= p <= len(text) for p in places)


@settings(max_examples=MANY, deadline=None)
@given(
    words=st.lists(
        st.sampled_from(
            [
                "suche",
                "platz",
                "frei",
                "wer",
                "hat",
                "noch",
                "einen",
                "stuhl",
                "zu",
                "uns",
                "bitte",
                "teilen",
                "danke",
                "habe",
                "bestellt",
            ]
        ),
        max_size=14,
    )
)
def test_the_sieve_changes_nothing(words: list[str]) -> None:
    low = " ".join(words)
    patterns = [pattern for _, pattern in rules._CUES]
    assert Sieve(patterns).matching(low) == [n for n, p in enumerate(patterns) if p.search(low)]
