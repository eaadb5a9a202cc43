# ruff: noqa: E501
"""The common pass over a text hears exactly what every pattern would hear by itself."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zueinander.understanding.reader import danger, rules, scan
from zueinander.understanding.reader.examples import corpus
from zueinander.understanding.reader.fold import fold
from zueinander.understanding.reader.scan import SCANNER, Scanner
from zueinander.understanding.reader.sieve import between

_PATTERNS = [re.compile(source) for source in SCANNER.patterns]
_WORDS = [word for example in corpus()[::7] for word in fold(example.text).split(" ")]


def _agrees(low: str) -> None:
    found = SCANNER.find_all([low])[0]
    for number, pattern in enumerate(_PATTERNS):
        every = [m.span() for m in pattern.finditer(low)]
        heard = found.get(number)
        if heard is None:
            assert every == [], pattern.pattern
        else:
            assert [m.span() for m in between(pattern, low, heard, SCANNER.width(number))] == every, pattern.pattern
            assert every or not SCANNER.exact(number), pattern.pattern


def test_every_pattern_is_heard_in_texts_as_people_write_them() -> None:
    for example in corpus()[::9]:
        _agrees(fold(example.text))


def test_every_pattern_is_heard_among_words_in_any_order() -> None:
    chance = random.Random(5)
    for _ in range(60):
        _agrees(" ".join(chance.choices(_WORDS, k=chance.randint(2, 50))))


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=80))
def test_any_characters_are_heard_alike(text: str) -> None:
    _agrees(fold(text))


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        (r"\bich(?: \w+){0,2} (?:allein|einsam)\b", ["ich allein", "ich bin so allein", "ich bin so sehr allein", "sich allein", "ich einsamer"]),
        (r"^(?:hallo|hi)\b", ["hallo du", " hallo", "hi", "hin"]),
        (r"x[^.!?]{0,20}y$", ["x y", "x" + "a" * 30 + "y", "x.y", "xy\n", "xyz"]),
        (r"(?<!nicht )suche(?! ich)", ["suche", "nicht suche", "suche ich", "ich suche was"]),
        (r"ab{2,3}c?\Z", ["abbc", "abbbbc", "abb", "abb "]),
        (r"\d{4}|[€$]", ["٣٤٥٦", "123", "12 €", "1234"]),
    ],
)  # fmt: skip
def test_each_kind_of_part_is_understood(pattern: str, texts: list[str]) -> None:
    scanner = Scanner()
    number = scanner.enrol(pattern)
    plain = re.compile(pattern)
    for text, found in zip(texts, scanner.find_all(texts), strict=True):
        if plain.search(text):
            assert number in found, text
        elif scanner.exact(number):
            assert number not in found, text


def test_a_full_store_is_emptied_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [fold(example.text) for example in corpus()[::40]]
    expected = SCANNER.find_all(texts)
    monkeypatch.setattr(scan, "_STATES", 3_000)
    monkeypatch.setattr(scan, "_POOL", 20_000)
    small = Scanner()
    for source in SCANNER.patterns:
        small.enrol(source)
    assert small.find_all(texts) == expected


def test_one_alone_and_in_company_is_the_same() -> None:
    texts = [fold(example.text) for example in corpus()[::25]]
    assert SCANNER.find_all(texts) == [SCANNER.find_all([text])[0] for text in texts]


def test_the_cues_and_the_words_of_danger_are_among_them() -> None:
    assert {p.pattern for p in rules._SIEVE.patterns} <= set(SCANNER.patterns)
    assert {p.pattern for p in danger._SIEVE.patterns} <= set(SCANNER.patterns)
