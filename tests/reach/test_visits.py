"""Visits are counted without knowing anybody, added up once an hour, and survive a disk that is full for a while."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest

from tests import flowing
from tests.story.test_web_servers import Behind, free_port, nginx
from zueinander.reach import actions, queries, visits
from zueinander.reach.models import Measure
from zueinander.reach.visits import take_log, take_visits
from zueinander.shared.config import config
from zueinander.site.files.visits import Visits
from zueinander.site.story import tree


@pytest.fixture
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[dict[str, object]]]:
    monkeypatch.setattr(config(), "keys", config().key_folder)
    monkeypatch.setattr(config(), "data", tmp_path)
    return lambda: [
        row for path in sorted((tmp_path / "visits").glob("*.json")) for row in json.loads(path.read_text())
    ]


def test_pages_count_and_nothing_else_does(tmp_path: Path, counted: Callable[[], list[dict[str, object]]]) -> None:
    counting = Visits(tmp_path / "visits")
    for path in ("/fuer/kba/", "/fuer/kba/neues/", "/fuer/kba/stil-1.css", "/fuer/kba/widget/", "/f/abc/", "/"):
        counting.count(path)
    counting.write()
    counting.write()
    assert [(row["campaign"], row["visits"]) for row in counted()] == [("kba", 2)]
    assert all(set(row) == {"hour", "campaign", "visits"} for row in counted())


def test_what_cannot_be_written_is_written_later(
    tmp_path: Path, counted: Callable[[], list[dict[str, object]]]
) -> None:
    (tmp_path / "visits").write_text("in the way")
    counting = Visits(tmp_path / "visits")
    counting.count("/fuer/kba/")
    counting.write()
    (tmp_path / "visits").unlink()
    counting.write()
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


def line(at: datetime, path: str = "/fuer/kba/index.html", status: int = 200, method: str = "GET") -> bytes:
    return f"{at.astimezone(ZoneInfo('Europe/Berlin')):%Y-%m-%dT%H:%M:%S}+01:00 {status} {method} {path}\n".encode()


@pytest.fixture
def weblog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "visits.log"
    monkeypatch.setattr(config(), "visit_log", str(path))
    return path


AT = datetime(2026, 12, 20, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def last_written(path: Path, at: datetime) -> None:
    os.utime(path, (at.timestamp(), at.timestamp()))


def told(path: Path, begin: datetime, minutes: int, *, every: str = "/fuer/kba/index.html") -> None:
    path.write_bytes(b"".join(line(begin + n * MINUTE, every) for n in range(minutes)))
    last_written(path, begin + minutes * MINUTE)


@pytest.mark.django_db
def test_the_log_of_the_web_server_is_counted_once_an_hour(weblog: Path) -> None:
    campaign = flowing.make_campaign()
    told(weblog, AT, 90)
    now = AT + 66 * MINUTE
    assert (take_log(now - 2 * MINUTE), take_log(now), take_log(now)) == (0, 1, 0)
    assert take_log(now + 60 * MINUTE) == 1
    series = queries.series(campaign, Measure.VISITS)
    assert [(row.at, row.value, row.span) for row in series] == [(AT, 60, 60), (AT + 60 * MINUTE, 30, 60)]
    assert queries.plot_of(campaign, Measure.VISITS).points[0].value == 60


@pytest.mark.django_db
def test_only_pages_that_were_fetched_count(weblog: Path) -> None:
    campaign = flowing.make_campaign()
    weblog.write_bytes(
        line(AT) + line(AT, "/fuer/kba/en/index.html", 304) + line(AT, "/fuer/kba/") + line(AT, status=404)
        + line(AT, method="HEAD") + line(AT, "/fuer/kba/stil-1.css") + line(AT, "/fuer/kba/widget/index.html")
        + line(AT, "/fuer/andere/") + line(AT, "/f/abc/") + b"\xff\x00 kaputt\n2026-12-20 200\n\n" + line(AT)[:30]
    )  # fmt: skip
    last_written(weblog, AT)
    assert take_log(AT + 70 * MINUTE) == 1
    assert [row.value for row in queries.series(campaign, Measure.VISITS)] == [3]


@pytest.mark.django_db
@pytest.mark.parametrize("packed", [False, True])
def test_rotated_files_are_read_and_none_twice(weblog: Path, packed: bool) -> None:
    campaign = flowing.make_campaign()
    older = weblog.with_name("visits.log.1")
    told(older, AT, 60)
    told(weblog, AT + 60 * MINUTE, 30)
    take_log(AT + 65 * MINUTE)
    told(older.with_name("visits.log.2"), AT, 60)
    told(older, AT + 60 * MINUTE, 45)
    told(weblog, AT + 105 * MINUTE, 15)
    compressed = older.with_name("visits.log.1.gz")
    compressed.write_bytes(gzip.compress(older.read_bytes()))
    last_written(compressed, AT + 105 * MINUTE)
    if packed:
        older.unlink()
    take_log(AT + 126 * MINUTE)
    assert [row.value for row in queries.series(campaign, Measure.VISITS)] == [60, 60]


@pytest.mark.django_db
def test_a_step_that_is_killed_loses_and_doubles_nothing(weblog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = flowing.make_campaign()
    told(weblog, AT, 180)
    real, calls = actions.note, []

    def dies(**words: object) -> object:
        calls.append(words)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(**words)  # type: ignore[arg-type]

    monkeypatch.setattr(visits, "note", dies)
    with pytest.raises(KeyboardInterrupt):
        take_log(AT + 200 * MINUTE)
    assert not queries.series(campaign, Measure.VISITS)
    assert take_log(AT + 200 * MINUTE) == 3
    assert [row.value for row in queries.series(campaign, Measure.VISITS)] == [60, 60, 60]


@pytest.mark.django_db
def test_a_long_log_is_read_from_where_it_is_needed(weblog: Path) -> None:
    campaign = flowing.make_campaign()
    told(weblog, AT - timedelta(days=3), 3 * 24 * 60 + 120, every="/fuer/kba/" + "x" * 60 + "/")
    begin = AT + 60 * MINUTE
    assert len(list(visits._lines(weblog, begin))) < 2 * visits.STEP / 90
    assert take_log(AT + 126 * MINUTE) == 3 * 24 + 2
    assert {row.value for row in queries.series(campaign, Measure.VISITS)} == {60}


@pytest.mark.django_db
def test_without_a_log_or_with_a_locked_one_nothing_is_noted(weblog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flowing.make_campaign()
    assert take_log(AT) == 0
    told(weblog, AT, 60)
    weblog.with_name("visits.log.1").mkdir()
    last_written(weblog.with_name("visits.log.1"), AT + 60 * MINUTE)
    assert take_log(AT + 70 * MINUTE) == 0
    weblog.with_name("visits.log.1").rmdir()
    assert take_log(AT + 70 * MINUTE) == 1
    monkeypatch.setattr(config(), "visit_log", "")
    assert take_log(AT + 200 * MINUTE) == 0


@pytest.mark.django_db
def test_nginx_as_shipped_writes_what_is_counted_and_nothing_of_who(weblog: Path, tmp_path: Path) -> None:
    campaign = flowing.make_campaign()
    root = tmp_path / "published" / "public"
    with tree.locked(root):
        tree.replace(root, prefixes=("fuer/kba/",), files={"fuer/kba/index.html": b"<p>Ja", "fuer/kba/a.css": b"p {}"})
    port = free_port()
    command, _ = nginx(tmp_path, root, port, Behind(free_port()))
    server = subprocess.Popen(command)
    try:
        there = f"http://127.0.0.1:{port}"
        httpx.Client(transport=httpx.HTTPTransport(retries=8)).get(f"{there}/fuer/kba/?von=ada@example.org")
        etag = httpx.get(f"{there}/fuer/kba/").headers["etag"]
        httpx.get(f"{there}/fuer/kba/", headers={"if-none-match": etag})
        for path in ("/fuer/kba/a.css", "/fuer/nichts/", "/l/geheim"):
            httpx.get(there + path)
    finally:
        server.terminate()
        server.wait(20)
    written = (tmp_path / "zueinander-visits.log").read_text()
    assert all(who not in written for who in ("127.0.0.1", "ada", "httpx", "geheim"))
    weblog.write_text(written)
    now = datetime.now(UTC) + 70 * MINUTE
    take_log(now)
    assert sum(row.value for row in queries.series(campaign, Measure.VISITS)) == 3
