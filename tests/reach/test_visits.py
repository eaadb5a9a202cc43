"""Visits are counted without knowing anybody, added up once an hour, and survive a disk that is full for a while."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests import flowing
from zueinander.reach import queries
from zueinander.reach.models import Measure
from zueinander.reach.visits import take_visits
from zueinander.shared.config import config
from zueinander.site.files.visits import Visits


@pytest.fixture
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[dict[str, object]]]:
    monkeypatch.setattr(config(), "keys", config().key_folder)
    monkeypatch.setattr(config(), "data", tmp_path)
    return lambda: [
        row for path in sorted((tmp_path / "visits").glob("*.json")) for row in json.loads(path.read_text())
    ]


def test_pages_count_and_nothing_else_does(tmp_path: Path, counted: Callable[[], list[dict[str, object]]]) -> None:
    visits = Visits(tmp_path / "visits")
    for path in ("/fuer/kba/", "/fuer/kba/neues/", "/fuer/kba/stil-1.css", "/fuer/kba/widget/", "/f/abc/", "/"):
        visits.count(path)
    visits.write()
    visits.write()
    assert [(row["campaign"], row["visits"]) for row in counted()] == [("kba", 2)]
    assert all(set(row) == {"hour", "campaign", "visits"} for row in counted())


def test_what_cannot_be_written_is_written_later(
    tmp_path: Path, counted: Callable[[], list[dict[str, object]]]
) -> None:
    (tmp_path / "visits").write_text("in the way")
    visits = Visits(tmp_path / "visits")
    visits.count("/fuer/kba/")
    visits.write()
    (tmp_path / "visits").unlink()
    visits.write()
    assert [row["visits"] for row in counted()] == [1]


@pytest.mark.django_db
def test_an_hour_is_noted_once_when_it_is_over(tmp_path: Path, counted: Callable[[], list[dict[str, object]]]) -> None:
    campaign = flowing.make_campaign()
    now = datetime(2026, 12, 20, 12, 30, tzinfo=UTC)
    (tmp_path / "visits").mkdir()
    for number, (hour, n) in enumerate(((10, 3), (10, 4), (12, 5))):
        rows = [{"hour": f"2026-12-20T{hour}:00:00+00:00", "campaign": "kba", "visits": n}]
        (tmp_path / "visits" / f"{number}.json").write_text(json.dumps(rows))
    (tmp_path / "visits" / "broken.json").write_text("{")
    assert (take_visits(now), take_visits(now)) == (1, 0)
    assert take_visits(now + timedelta(hours=1)) == 1
    assert [row.value for row in queries.series(campaign, Measure.VISITS)] == [7, 5]
    assert [path.name for path in (tmp_path / "visits").iterdir()] == ["broken.json"]
