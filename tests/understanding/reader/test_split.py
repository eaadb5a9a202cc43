"""Words of many texts found at once are those of each text alone, at their places; equal words are known again."""

from __future__ import annotations

import re

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from zueinander.understanding.reader import features, letters
from zueinander.understanding.reader.examples import corpus
from zueinander.understanding.reader.features import spoken
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


def test_letters_of_many_words_weigh_what_each_word_by_itself_does() -> None:
    table = np.random.default_rng(4).normal(size=(letters.NUMBERS + 1, 9)).astype(np.float32)
    table[-1] = 0.0
    words = [
        *{word for example in corpus()[::30] for word in spoken(fold(example.text))},
        "ä",
        "x",
        "donaudampfschifffahrtsgesellschaft",
    ]
    found, count = letters.weights(words, table)
    assert count.tolist() == [len(letters.groups(word)) for word in words]
    assert np.allclose(found, [table[list(letters.groups(word))].sum(0) for word in words], atol=1e-4)


def test_a_word_is_of_the_first_class_that_names_it() -> None:
    classes = [(name, re.compile("(?:" + "|".join(words) + r")\Z")) for name, words in features._CLASSES]
    for word in {word for example in corpus()[::5] for word in spoken(fold(example.text)) if word[0].isalpha()}:
        first = next((name for name, pattern in classes if pattern.match(word)), "")
        assert features.known_as(word)[1] == first or word.startswith(("http", "www."))
