"""What the method says about mentions that were really counted, with events that others have labelled.

The method was changed once after a look at `crm.csv`; `ibm.csv` was opened afterwards and nothing was changed for it.
"""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from zueinander.reach.rules.trends import HISTORY, HOUR, judge

RECORDED = Path(__file__).parent / "recorded"


def march(day: int, hour: int) -> datetime:
    return datetime(2015, 3, day, hour, tzinfo=UTC)


LABELLED = {
    "ibm": [(march(16, 15), march(18, 12)), (march(23, 0), march(24, 21))],
    "crm": [(march(8, 21), march(10, 18)), (march(19, 1), march(20, 22)), (march(25, 21), march(27, 18))],
}
"""Windows of the benchmark, widened to whole hours."""
FIRST_SEEN = {
    "ibm": [march(17, 8), march(23, 22)],
    "crm": [march(9, 19), march(19, 23), march(26, 16)],
}


def counted(name: str) -> dict[datetime, int]:
    with (RECORDED / f"{name}.csv").open() as file:
        return {datetime.fromisoformat(row["hour"]): int(row["mentions"]) for row in csv.DictReader(file)}


def risen(counts: dict[datetime, int]) -> list[datetime]:
    verdicts = [(hour, judge(counts, hour, since=min(counts))) for hour in counts]
    return [hour for hour, verdict in verdicts if verdict and verdict.rises]


@pytest.mark.parametrize("name", ["ibm", "crm"])
def test_every_labelled_event_is_told_and_nothing_else(name: str) -> None:
    counts = counted(name)
    assert len(counts) == (max(counts) - min(counts)) / HOUR + 1
    rises = risen(counts)
    first = [min(hour for hour in rises if begin <= hour < end) for begin, end in LABELLED[name]]
    assert first == FIRST_SEEN[name]
    assert [hour for hour in rises if not any(begin <= hour < end for begin, end in LABELLED[name])] == []
    assert max(counts) - min(counts) - HISTORY * HOUR > timedelta(weeks=3)


def test_a_wave_that_grows_over_hours_does_not_hide_itself() -> None:
    counts = counted("crm")
    wave = [march(26, hour) for hour in range(16, 24)]
    assert set(wave) <= set(risen(counts))
