"""The words behind a conclusion: whatever the offsets, the text is whole, safe and marked where it should be."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from zueinander.desk.evidence import pieces
from zueinander.understanding.reader import Reader
from zueinander.understanding.rules import found_by, with_evidence

SPANS = st.lists(st.fixed_dictionaries({"start": st.integers(-5, 60), "end": st.integers(-5, 60)}), max_size=8)


@given(st.text(max_size=50), SPANS, SPANS, SPANS)
def test_any_spans_leave_the_text_whole_and_mark_exactly_what_they_cover(
    text: str, places: list[Any], when: list[Any], cues: list[Any]
) -> None:
    found = {"places": places, "when": when, "cues": cues}
    cut = pieces(text, found)
    assert "".join(piece.text for piece in cut) == text
    covered = [""] * len(text)
    at = 0
    for piece in cut:
        covered[at : at + len(piece.text)] = [piece.kinds] * len(piece.text)
        at += len(piece.text)
    for name, kind in (("places", "place"), ("when", "when"), ("cues", "cue")):
        inside = {
            n for span in found[name] if 0 <= span["start"] < span["end"] <= len(text)
            for n in range(span["start"], span["end"])
        }  # fmt: skip
        assert {n for n, kinds in enumerate(covered) if kind in kinds.split()} == inside


def test_each_conclusion_is_named_once_where_it_ends() -> None:
    found = {"places": [{"start": 0, "end": 10}], "when": [{"start": 5, "end": 15}], "danger_evidence": []}
    assert [(p.text, p.kinds, p.label) for p in pieces("0123456789abcdefgh", found)] == [
        ("01234", "place", ""), ("56789", "place when", "Ort"), ("abcde", "when", "Termin"), ("fgh", "", ""),
    ]  # fmt: skip


def test_what_really_was_read_is_marked_with_its_reasons() -> None:
    text = "Größe Runde? <Suche> Anschluß für Heiligabend in Worms, mit Hund. Tel. 0170 1234567"
    found = with_evidence(found_by(Reader.load().read(text)), text)
    marked = {kind: [p.text for p in pieces(text, found) if kind in p.kinds.split()] for kind in
              ("place", "when", "need", "contact", "cue")}  # fmt: skip
    assert marked["place"] == ["Worms"]
    assert marked["when"] == ["Heiligabend"]
    assert "Hund" in marked["need"]
    assert "".join(marked["contact"]) == "0170 1234567"
    assert marked["cue"]


def test_nothing_in_a_text_becomes_markup() -> None:
    class Heard:
        pieces = pieces("<script>alert(1)</script>", {"places": [{"start": 1, "end": 7}]})

    page = render_to_string("desk/parts/reading.html", {"heard": Heard})
    assert "<script" not in page
    assert "&lt;<mark" in page.replace("\n", "")
