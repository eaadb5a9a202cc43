# ruff: noqa: E501
"""The common pass over a text hears exactly what every pattern would hear by itself."""

from __future__ import annotations

import itertools
import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zueinander.understanding.reader import contact, danger, follow, party, place_words, rules, scan, seats, sieve, warm
from zueinander.understanding.reader.examples import corpus
from zueinander.understanding.reader.fold import fold
from zueinander.understanding.reader.scan import SCANNER, Scanner
from zueinander.understanding.reader.sieve import at_places

_PATTERNS = [re.compile(source) for source in SCANNER.patterns]
_WORDS = [word for example in corpus()[::7] for word in fold(example.text).split(" ")]


def _agrees(low: str) -> None:
    """Both ways of going over a text hear what each pattern alone hears."""
    several = SCANNER.find_all([low] * 8)
    for heard in (several[0], several[-1], SCANNER.find_all([low])[0]):
        for pattern, (block, which), exact in zip(_PATTERNS, SCANNER.places, SCANNER.program.exact, strict=True):
            places = heard.get(block, {}).get(which, ())
            every = [m.span() for m in pattern.finditer(low)]
            assert [m.span() for m in at_places(pattern, low, places)] == every, pattern.pattern
            assert every or not exact or not places, pattern.pattern


def test_every_pattern_is_heard_in_texts_as_people_write_them() -> None:
    for example in corpus()[::20]:
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
        (r"(?<!\w)a+b", ["xab", "x ab", "aab", "äab"]),
        (r"ab(?= c|d)", ["ab c", "abd", "ab d", "ab"]),
        (r"(?<=am )1\d(?! uhr)", ["am 12", "am 12 uhr", "um 12 ", "am 1"]),
    ],
)  # fmt: skip
def test_each_kind_of_part_is_understood(pattern: str, texts: list[str]) -> None:
    scanner = Scanner()
    block = scanner.enrol([pattern])
    plain = re.compile(pattern)
    for found in (scanner.find_all(texts), scanner.find_all(texts * 5)[-len(texts) :]):
        for text, heard in zip(texts, found, strict=True):
            if plain.search(text):
                assert plain.match(text, heard[block][0][0]), text
            elif scanner.exact(block)[0]:
                assert block not in heard, text


def test_states_are_begun_anew_when_there_are_too_many_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [fold(example.text) for example in corpus()[::40]]
    expected = SCANNER.find_all(texts)
    monkeypatch.setattr(scan, "_MOST", 500)
    small = Scanner()
    for block, _ in itertools.groupby(zip(SCANNER.places, SCANNER.patterns, strict=True), lambda one: one[0][0]):
        small.enrol([p for (b, _), p in zip(SCANNER.places, SCANNER.patterns, strict=True) if b == block])
    assert [small.find_all(texts[at : at + 20]) for at in range(0, len(texts), 20)] == [
        expected[at : at + 20] for at in range(0, len(texts), 20)
    ]


def test_kept_states_find_the_same_and_go_on_from_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(warm, "place", lambda patterns: tmp_path / "kept" / "states-1.pickle")
    assert warm.load(SCANNER.patterns) is None
    fresh = follow.Machine(SCANNER.program)
    known, new = ([fold(example.text) for example in corpus()[at::60]] for at in (0, 1))
    expected = [follow.together(fresh, known).tolist()]
    warm.keep(fresh, SCANNER.patterns)
    kept = warm.load(SCANNER.patterns)
    assert kept is not None
    expected.append(follow.together(fresh, new).tolist())
    kept.settle()
    assert [follow.together(kept, texts).tolist() for texts in (known, new)] == expected
    whole = warm.place([]).read_bytes()
    for cut in (0, 1, len(whole) // 2):
        warm.place([]).write_bytes(whole[:cut])
        assert warm.load(SCANNER.patterns) is None


def test_one_alone_and_in_company_is_the_same() -> None:
    texts = [fold(example.text) for example in corpus()[::25]]
    assert SCANNER.find_all(texts) == [SCANNER.find_all([text])[0] for text in texts]


def test_a_pattern_that_may_match_nothing_is_refused() -> None:
    scanner = Scanner()
    scanner.enrol([r"(?:ich)?"])
    with pytest.raises(ValueError, match="nothing at all"):
        scanner.find("ich")


_BITS = ["karl-marx-strasse 5", "strasse", "str. 12", " weg 3 ", "platz", "-", "@", "a.b+c", "(at)", " at ", "web.de", ".",
         " ", "er", "ner", "erin", "erinnen", " raum", "wg", "köln", "kölner ", "berlinerinnen", "é", "5", "ring 7b ", "x@y.",
         "am alten markt 5,", "_", "erer zoo", "an der schönen linde 4, ", "strassestrasse 5", "aaa.bbb@ccc.ch"]  # fmt: skip


def test_words_that_any_word_may_begin_are_found_by_what_stands_behind() -> None:
    chance = random.Random(3)
    for _ in range(4_000):
        low = fold("".join(chance.choices(_BITS, k=chance.randint(1, 14))))
        could = contact._SIEVE.candidates(low)
        found = [(p.pattern, p.finditer(low)) for p in (place_words.ADJ, place_words.WOMEN)]
        found += [(p, at_places(p, low, contact._begins(n, low, could))) for n, (_, p) in enumerate(contact._PATTERNS)]
        for pattern, matches in found:
            assert [m.span() for m in matches] == [m.span() for m in pattern.finditer(low)], low


def test_the_cues_and_the_words_of_danger_are_among_them() -> None:
    assert {p.pattern for p in rules._SIEVE.patterns} <= set(SCANNER.patterns)
    assert {p.pattern for p in danger._SIEVE.patterns} <= set(SCANNER.patterns)


def test_numbers_of_people_are_the_same_whether_it_is_first_asked_if_any_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def numbers() -> list[tuple[int | None, ...]]:
        return [(party.party(low), seats.seats_left(low), seats.seats_left(low, "both")) for low in lows]

    lows = [fold(example.text) for example in corpus()[::3]]
    first = numbers()
    monkeypatch.setattr(sieve.AnyOf, "heard", lambda self, low: True)
    assert numbers() == first
    assert sum(any(found) for found in first) > len(first) / 20
