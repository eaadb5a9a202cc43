"""Dates and occasions: many names for one evening, days without a month, and numbers that are no dates."""

from __future__ import annotations

import pytest

from zueinander.understanding.reader import Reader

POSTED = "2026-12-15"
DAYS = [
    ("an Heilig Abend", "2026-12-24"),
    ("am heiligobe", "2026-12-24"),
    ("am 1. Weihnachtstag", "2026-12-25"),
    ("am ersten Feiertag", "2026-12-25"),
    ("am Christtag", "2026-12-25"),
    ("am 2. Weihnachtsfeiertag", "2026-12-26"),
    ("am Stefanitag", "2026-12-26"),
    ("am Stephanstag", "2026-12-26"),
    ("zwischen den Jahren", "2026-12-27"),
    ("an Sylvester", "2026-12-31"),
    ("zum Jahreswechsel", "2026-12-31"),
    ("an Neujahr", "2027-01-01"),
    ("am 24.", "2026-12-24"),
    ("am 24.12.", "2026-12-24"),
    ("am 24. Dezember", "2026-12-24"),
    ("vom 24. bis 26.12.", "2026-12-24"),
    ("am 3. Jänner", "2027-01-03"),
    ("am Freitag", "2026-12-18"),
    ("am Zischtig", "2026-12-15"),
    ("heute abend", "2026-12-15"),
    ("morgen", "2026-12-16"),
    ("übermorgen", "2026-12-17"),
    ("an Ostern", "2027-03-28"),
    ("am Ostermontag", "2027-03-29"),
    ("am Muttertag", "2027-05-09"),
    ("am 4. Advent", "2026-12-20"),
    ("on Christmas Eve", "2026-12-24"),
    ("on NYE", "2026-12-31"),
    ("am Hlg. Abend", "2026-12-24"),
    ("am Heiligaabig", "2026-12-24"),
    ("i de Altjahrwuche", "2026-12-27"),
    ("am Funkensonntag", "2027-02-14"),
    ("am Herz-Jesu-Sonntag", "2027-06-06"),
    ("zum Biikebrennen", "2027-02-21"),
    ("on 27 Dec", "2026-12-27"),
    ("ab Februar", None),
    ("Mitte Januar", None),
]


@pytest.mark.parametrize(("words", "day"), DAYS)
def test_words_give_the_day_they_mean(reader: Reader, words: str, day: str | None) -> None:
    when = reader.read(f"Wer hat {words} Zeit?", posted_at=POSTED).when
    assert [w.date for w in when] == [day]


def test_without_a_posting_day_the_year_stays_open(reader: Reader) -> None:
    assert [w.date for w in reader.read("Silvester allein").when] == ["12-31"]


@pytest.mark.parametrize(
    "text",
    [
        "Kostet 24.12 €",
        "Mein Mann ist im Mai gestorben, seither ist es still",
        "Einsam war gestern!",
        "Geschenke für Kinder zwischen 2 und 12. Wer packt?",
        "Umzug vom 5. in den 2. Stock",
        "Wir sind ein Paar (27/29)",
        "Version 10.14 ist da",
        "Ich wohne im 3. Stock",
        "Guten Morgen zusammen",
        "Mein Kater Silvester schläft",
        "Das 2. Kind kommt bald",
        "Platz ist für 14 Leute",
        "Seite 31 gefällt mir",
    ],
)
def test_prices_floors_and_greetings_are_no_dates(reader: Reader, text: str) -> None:
    assert reader.read(text, posted_at=POSTED).when == ()


def test_a_posting_day_that_is_none_is_refused(reader: Reader) -> None:
    from zueinander.understanding.reader import Refused

    with pytest.raises(Refused, match="bad-date"):
        reader.read("Hallo", posted_at="gestern")


@pytest.mark.parametrize(
    ("text", "posted", "day"),
    [
        ("Am Landesfeiertag in Klagenfurt allein, wer wandert mit?", "2026-09-01", "2026-10-10"),
        ("Landesfeiertag, wer in Wien geht mit ins Museum?", "2026-09-01", "2026-11-15"),
        ("Fasnacht in Basel, wer nimmt mich mit?", "2026-01-10", "2026-02-23"),
        ("Fasnacht in Freiburg, wer nimmt mich mit?", "2026-01-10", "2026-02-16"),
        ("Am Sechseläuten in Zürich, wer steht mit mir am Rand?", "2026-03-01", "2026-04-20"),
        ("Knabenschiessen, wer kommt mit?", "2026-08-01", "2026-09-14"),
        ("Jeûne genevois, ich backe Zwetschgenkuchen in Genf", "2026-08-01", "2026-09-10"),
    ],
)
def test_a_day_that_only_one_state_or_canton_has(reader: Reader, text: str, posted: str, day: str) -> None:
    assert [when.date for when in reader.read(text, posted_at=posted).when] == [day]
