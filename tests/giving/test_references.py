"""A code copied by hand is found again, a slip is only proposed, and nothing is taken for a code that is none."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zueinander.giving.rules.references import (
    ALPHABET,
    LENGTH,
    Issued,
    complete,
    generate,
    one_slip,
    shown,
    squeezed,
    valid,
)

DATA = st.text(ALPHABET, min_size=6, max_size=6)


def test_the_alphabet_has_no_look_alikes() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 23
    for pair in ("0O", "1I", "1L", "5S", "8B", "2Z", "6G", "UV", "OQ"):
        assert not set(pair) <= set(ALPHABET), pair


@settings(max_examples=300, deadline=None, database=None)
@given(DATA, st.integers(0, 7), st.sampled_from(ALPHABET), st.integers(0, 7), st.sampled_from(ALPHABET))
def test_one_or_two_wrong_characters_never_make_another_valid_code(
    data: str, at: int, char: str, other_at: int, other: str
) -> None:
    code = complete(data)
    assert valid(code)
    wrong = list(code)
    wrong[at], wrong[other_at] = char, other
    assert "".join(wrong) == code or not valid("".join(wrong))
    swapped = list(code)
    swapped[at], swapped[other_at] = swapped[other_at], swapped[at]
    assert "".join(swapped) == code or not valid("".join(swapped))


@settings(max_examples=300, deadline=None, database=None)
@given(DATA, st.text(" \n\t-./", max_size=3), st.integers(1, 7), st.text("abc ü,", max_size=12))
def test_a_code_is_found_wherever_a_bank_cuts_it(data: str, gap: str, at: int, around: str) -> None:
    code = complete(data)
    text = f"{around} {code[:at]}{gap}{code[at:].lower()} {around}"
    assert Issued([code]).find(text).sure == code


def test_only_an_exact_issued_code_is_sure() -> None:
    code, other = complete("ACDEFH"), complete("234679")
    issued = Issued([code, other])
    assert issued.find(f"für Kim {shown(code)}").sure == code
    assert issued.find(f"{code} und {other}").sure == "", "two codes are a matter for a person"
    assert issued.find(f"{code} {code}").sure == code
    assert issued.find(complete("WXYWXY")).sure == "", "valid, but never issued"
    assert issued.find("").sure == ""


@pytest.mark.parametrize("slip", ["missing", "wrong", "extra", "swapped"])
def test_a_slip_is_proposed_and_never_sure(slip: str) -> None:
    chance = random.Random(5)
    for _ in range(100):
        code = complete("".join(chance.choice(ALPHABET) for _ in range(6)))
        at = chance.randrange(LENGTH - 1)
        spoiled = {
            "missing": code[:at] + code[at + 1 :],
            "wrong": code[:at] + chance.choice("0158OISBZ") + code[at + 1 :],
            "extra": code[:at] + chance.choice(ALPHABET) + code[at:],
            "swapped": code[:at] + code[at + 1] + code[at] + code[at + 2 :],
        }[slip]
        if squeezed(spoiled) == code or code in spoiled:
            continue
        found = Issued([code, complete("ACDEFH")]).find(f"Spende {spoiled} danke")
        assert found.sure == ""
        assert found.near == (code,)


def test_two_slips_are_not_proposed() -> None:
    code = complete("ACDEFH")
    assert Issued([code]).find(f"x {code[:2]}00{code[4:]} x").near == ()


def test_ordinary_texts_hold_no_code() -> None:
    chance = random.Random(11)
    issued = Issued(generate(lambda _: False, chance.choice) for _ in range(3000))
    texts = [
        "Fuer Kim und die Kinder alles Gute",
        "DE89 3704 0044 0532 0130 00 Miete April",
        "Rechnung 4711 vom 03.02.2015",
    ]
    assert [issued.find(text).sure for text in texts] == ["", "", ""]


def test_a_new_code_is_never_one_that_is_taken() -> None:
    taken = {generate(lambda _: False) for _ in range(50)}
    code = generate(taken.__contains__)
    assert valid(code)
    assert code not in taken
    with pytest.raises(RuntimeError):
        generate(lambda _: True)


def test_one_slip_is_one_slip() -> None:
    assert one_slip("ABCD", "ABCD")
    assert one_slip("ABCD", "ABD")
    assert one_slip("ABCD", "ABDC")
    assert one_slip("ABCD", "ABXD")
    assert not one_slip("ABCD", "AXXD")
    assert not one_slip("ABCD", "AB")
    assert not one_slip("ABCD", "DCBA")
