"""Help numbers: dated, for three countries, and somebody always answers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from zueinander.shared.helplines import COUNTRIES, for_everybody, for_young, helplines, stale

BERLIN = ZoneInfo("Europe/Berlin")


def test_each_country_has_a_line_for_everybody_that_never_closes() -> None:
    assert [line.country for line in for_everybody()] == list(COUNTRIES)


def test_each_country_has_an_emergency_number_and_one_for_the_young() -> None:
    for country in COUNTRIES:
        assert {"emergency", "young", "all"} <= {line.audience for line in helplines() if line.country == country}


@pytest.mark.parametrize(
    ("moment", "first"),
    [
        (datetime(2026, 12, 21, 15, tzinfo=BERLIN), "Nummer gegen Kummer"),
        (datetime(2026, 12, 20, 15, tzinfo=BERLIN), "TelefonSeelsorge"),  # Sunday
        (datetime(2026, 12, 21, 20, tzinfo=BERLIN), "TelefonSeelsorge"),  # closed at eight
    ],
)
def test_young_people_read_a_number_that_answers_now_first(moment: datetime, first: str) -> None:
    german = [line for line in for_young(moment) if line.country == "DE"]
    assert german[0].name == first
    assert german[0].open_at(moment)
    assert "Nummer gegen Kummer" in [line.name for line in german]


def test_a_number_nobody_checked_for_90_days_is_named() -> None:
    newest = max(line.checked for line in helplines())
    assert stale(newest + timedelta(days=91)) == list(helplines())
    assert not stale(min(line.checked for line in helplines()))


def test_no_number_is_dated_in_the_future() -> None:
    assert all(line.checked <= date.today() for line in helplines())
