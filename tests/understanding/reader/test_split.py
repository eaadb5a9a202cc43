"""Words of many texts found at once are those of each text alone, at their places; equal words are known again."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from zueinander.understanding.reader.fold import fold
from zueinander.understanding.reader.split import split
from zueinander.understanding.reader.tables import NONE, Table


@settings(max_examples=80, deadline=None)
@given(texts=st.lists(st.text(alphabet="ab ä\n😀.", max_size=30).map(fold), min_size=1, max_size=8))
def test_pieces_are_those_between_spaces_and_line_breaks(texts: list[str]) -> None:
    parted = split(texts)
    found = [
        (int(text), int(place), parted.piece(n))
        for n, (text, place) in enumerate(zip(parted.text, parted.place, strict=True))
    ]
    expected = [piece for text in texts for piece in text.replace("\n", " \n ").split(" ") if piece]
    assert [piece for _, _, piece in found] == expected
    assert all(texts[text].startswith(piece, place) for text, place, piece in found)
    keys = dict(zip(parted.keys.tolist(), expected, strict=True))
    assert len(keys) == len(set(expected))
    assert [keys[key] for key in parted.keys.tolist()] == expected


def test_a_table_grows_and_forgets_nothing() -> None:
    keys = np.random.default_rng(3).choice(1 << 40, 3_000, replace=False).astype(np.int64)
    table = Table(keys[:5], np.arange(5))
    for at in range(5, 2_000, 105):
        table.add(keys[at : at + 105], np.arange(at, at + 105))
    assert table.find(keys[:2_000]).tolist() == list(range(2_000))
    assert (table.find(keys[2_100:]) == NONE).all()
