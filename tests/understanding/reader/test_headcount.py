"""Numbers in offers that no pattern knows: which says how many may come, and which counts something else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from zueinander.understanding.reader.company import company
from zueinander.understanding.reader.fold import fold
from zueinander.understanding.reader.headcount import Headcount, numbers, spoken, told
from zueinander.understanding.reader.seats import seats_left
from zueinander.understanding.reader.train_headcount import Counted, examples, fit, rows, unseen

OFFERS: list[tuple[str, int | None]] = [
    ("Fünf Eintrittskarten fürs Puppentheater in Guben sind übrig, nehmt sie.", 5),
    ("Vier Anmeldungen nehmen wir für den Backnachmittag noch an. Stendal", 4),
    ("Am Lagerfeuer in Waren haben sechs Leute Platz.", 6),
    ("Für zwei Studierende, die nicht heim können, ist in Passau gedeckt.", 2),
    ("Ich habe zwei linke Hände, aber ein offenes Ohr. Ruft an, Meiningen.", None),
    ("Seit vier Wochen repariere ich Räder, bringt eure nach Suhl.", None),
    ("Ich fahre um acht mit drei Hunden nach Zittau und nehme Pakete mit.", None),
    ("Bin 2 Tage in Wismar und flicke euch die Netze.", None),
]
LIKELY = {"offer": 0.9, "seek": 0.05, "both": 0.02}


@pytest.mark.parametrize(("text", "people"), OFFERS)
def test_how_many_may_come(text: str, people: int | None) -> None:
    assert told(fold(text)) == people
    assert company("offer", LIKELY, fold(text))[:2] == (people, people)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Der Tisch reicht für zwanzig. Zwölf haben sich gemeldet, acht dürfen noch kommen. Rankweil", 8),
        ("Von 12 Plätzen sind 6 übrig. Zeulenroda, ab 20 Uhr", 6),
        ("Unser Wagen hat sieben Sitze, drei Fahrgäste habe ich, vier nehme ich noch mit. Lauf", 4),
        ("Bis zu vier Leute bringen wir unter, zwei auf der Couch, zwei auf Matratzen. Aurich", 4),
        ("Platz für fünf Gäste, drei auf dem Sofa und zwei im Zelt. Wismar", 5),
    ],
)
def test_of_three_numbers_that_add_up_the_rest_may_come(text: str, people: int) -> None:
    assert company("offer", LIKELY, fold(text))[:2] == (people, people)


def test_a_number_is_found_whatever_sign_stands_beside_it() -> None:
    assert [many for _, many in numbers(spoken(fold("Zwei, drei! (vier) 5: sechs? Ein Paar, 40 und 24.12.")))] == [
        2, 3, 4, 5, 6, 1
    ]  # fmt: skip


def test_an_empty_or_strange_text_tells_nothing() -> None:
    assert [told(text) for text in ("", " ", "\n", "zwei", "() ,. 3")] == [None] * 5


def test_authors_it_was_not_taught_are_understood_better_than_by_patterns_alone() -> None:
    some = examples()
    held = [one for one in some if one.author == "elders"]
    judge = Headcount(fit(rows(one for one in some if one.author != "elders")))
    lows = [fold(one.text) for one in held]
    plain = [seats_left(low, "offer") for low in lows]
    asked = [told(low, judge) if seats is None else seats for low, seats in zip(lows, plain, strict=True)]

    def right(found: list[int | None]) -> float:
        return sum(many == one.people for many, one in zip(found, held, strict=True)) / len(held)

    assert right(asked) > right(plain) + 0.04


def test_the_same_examples_give_the_same_file_in_every_process(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from zueinander.understanding.reader.train_headcount import *; "
        "save(fit(rows(examples())), Path(sys.argv[1]))"
    )
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / f"{seed}.npz")],
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
    assert (tmp_path / "1.npz").read_bytes() == (tmp_path / "2.npz").read_bytes()


def test_what_is_learnt_is_judged_by_others() -> None:
    """Two authors who each know only their own way tell nothing of the other."""
    mine = [Counted(3, f"Drei Kissen warten in Haus {n}x", "one") for n in "abcdefghij"]
    yours = [Counted(None, f"Drei Wochen male ich Wand {n}y", "two") for n in "abcdefghij"]
    precision, recall = unseen([*mine, *yours])
    assert (precision, recall) == (0.0, 0.0)
    assert told(fold(mine[0].text), Headcount(fit(rows([*mine, *yours])))) == 3
    assert told(fold(yours[0].text), Headcount(fit(rows([*mine, *yours])))) is None
