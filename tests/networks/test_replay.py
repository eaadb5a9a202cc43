"""The written day: alive every December, rich enough for a demonstration, and played without loss."""

from __future__ import annotations

import re
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.networks.hearing import listening, tools
from zueinander.networks import registry
from zueinander.networks.port import (
    AccountGone,
    Connection,
    Deleted,
    Malformed,
    Outgoing,
    Posted,
    Renamed,
    Tools,
)
from zueinander.networks.replay import script

DAY = "heiligabend-naht"


class FixedClock:
    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


def played(moment: datetime, **settings: str) -> list[Any]:
    adapter: Any = registry.make(
        Connection("replay", settings), Tools(FixedClock(moment), tools().http, tools().session)
    )
    found, stop = [], threading.Event()
    for batch in adapter.listen(None, stop):
        found.extend(batch.events)
        if not batch.events:
            stop.set()
    return found


def test_the_day_has_everything_a_demonstration_needs() -> None:
    events = played(datetime(2026, 11, 21, tzinfo=UTC))
    posted = [event for event in events if isinstance(event, Posted)]
    assert len({post.native_id for post in posted}) >= 200
    assert {type(event) for event in events} == {Posted, Deleted, Renamed, AccountGone}
    assert {"bluesky", "mastodon", "form"} == {post.extra["seen_in"] for post in posted}
    versions = Counter(post.native_id for post in posted)
    assert sum(count > 1 for count in versions.values()) >= 4  # edited, or delivered twice
    assert any(post.channel == "direct" for post in posted)
    assert any(post.mentions_us for post in posted)
    texts = " ".join(post.text for post in posted)
    for occasion in ("24.12.", "Heilig Abend", "Silvester", "Christtag", "Feiertag"):
        assert occasion in texts


def test_the_day_stays_true_every_year() -> None:
    for year, weekday in ((2026, "Donnerstag"), (2027, "Freitag"), (2028, "Sonntag")):
        texts = " ".join(
            event.text for event in played(datetime(year, 12, 20, tzinfo=UTC)) if isinstance(event, Posted)
        )
        assert f"fällt der 24. auf einen {weekday}" in texts
        assert f"25.12.{year}" in texts
        assert "{" not in texts
        assert set(re.findall(r"\b20\d\d\b", texts)) <= {str(year), "2009"} | {"2000"}
    assert script.season_year(datetime(2027, 1, 3, tzinfo=UTC)) == 2026


def test_the_whole_day_lies_in_the_last_twenty_four_hours() -> None:
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    times = [event.posted_at for event in played(now) if isinstance(event, Posted)]
    assert times == sorted(times)
    assert now - timedelta(days=1) <= times[0] <= times[-1] <= now


def test_played_in_pieces_it_is_the_same_day() -> None:
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    whole, pieces, cursor = played(now), [], None
    adapter: Any = registry.make(Connection("replay", {}), Tools(FixedClock(now), tools().http, tools().session))
    while True:
        batch = next(adapter.listen(cursor, threading.Event()))
        if not batch.events:
            break
        pieces.extend(batch.events)
        cursor = batch.cursor
    assert pieces == whole


def test_at_a_speed_the_first_post_comes_at_once_and_nothing_is_left_out() -> None:
    connection = Connection("replay", {"speed": "60000", "day": DAY})
    with listening(registry.make(connection, tools())) as ear:
        ear.until(lambda ear: len(ear.events) == len(played(datetime.now(UTC))))
    assert ear.posted[0].text.startswith("@zueinander #KeinerBleibtAllein suche Anschluss")


def test_answers_in_a_demonstration_go_nowhere_and_are_kept() -> None:
    adapter: Any = registry.make(Connection("replay", {}), tools())
    call = Outgoing("key", None, "Diese Antwort kommt automatisch.", "public")
    assert adapter.send(call) == adapter.send(call)
    assert list(adapter.sent.values()) == [call]


def test_an_unreadable_line_is_told_and_the_next_one_played() -> None:
    good = b'{"at":"09:00","id":"1","author":"a","text":"gut"}'
    raw = b"\n".join((b'{"day": "x"}', b'{"at": "25"}', b"unsinn", good, b'{"at":"09:01","id":"2"}', b""))
    events = [script.to_event(entry, datetime(2026, 1, 1, tzinfo=UTC), 2026) for entry in script.entries(raw)]
    assert [type(event) for event in events] == [Malformed, Malformed, Posted, Malformed]


@pytest.mark.parametrize(
    ("field", "value"), [("day", "gibts-nicht"), ("speed", "schnell"), ("year", "-5"), ("day", "../x")]
)
def test_settings_that_cannot_be_are_refused(field: str, value: str) -> None:
    from zueinander.networks.port import BadSettings

    with pytest.raises(BadSettings):
        registry.make(Connection("replay", {field: value}), tools())
