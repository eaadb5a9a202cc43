"""Mastodon servers that are slow, busy, broken or late: nothing is lost and nothing is said twice."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from testnet.mastodon import MastodonServer
from tests.networks.hearing import listening, tools
from tests.networks.stages import MastodonStage, fresh
from zueinander.networks import registry
from zueinander.networks.mastodon.poll import AGAIN_EVERY, Poller
from zueinander.networks.mastodon.reading import Us
from zueinander.networks.port import Connection, Malformed, Outgoing, Posted, Refused, Unclear


@pytest.fixture
def stage(mastodon_server: MastodonServer) -> Iterator[MastodonStage]:
    yield MastodonStage(mastodon_server)
    mastodon_server.heal()


def test_a_server_that_asks_for_a_pause_gets_it_and_nothing_is_missed(stage: MastodonStage) -> None:
    path = f"/api/v1/timelines/tag/{stage.tag}"
    with listening(stage.adapter()) as ear:
        ear.until(lambda ear: bool(ear.batches))
        stage.server.fault(path, "ratelimit", headers={"Retry-After": "2"}, count=1)
        stage.mutter(words := f"Trotzdem {fresh()}")
        ear.hears(words)


def test_a_refused_send_names_the_pause(stage: MastodonStage) -> None:
    adapter = stage.adapter()
    stage.server.fault("/api/v1/statuses", "ratelimit", headers={"Retry-After": "77"}, count=1)
    call = Outgoing(fresh("key"), None, f"Aufruf {fresh()}", "public")
    with pytest.raises(Refused) as refused:
        adapter.publish(call)  # type: ignore[attr-defined]
    assert refused.value.retry_after == timedelta(seconds=77)
    assert adapter.publish(call).native_id  # type: ignore[attr-defined]


@pytest.mark.parametrize(("effect", "more"), [("status", {"status": 500}), ("malformed", {}), ("timeout", {})])
def test_when_nobody_knows_whether_it_was_sent_nobody_claims_it(stage: MastodonStage, effect: str, more: Any) -> None:
    adapter: Any = registry.make(stage.connection, tools(timeout=1.5))
    adapter.us()
    stage.server.fault("/api/v1/statuses", effect, count=1, **more)
    with pytest.raises(Unclear):
        adapter.publish(Outgoing(fresh("key"), None, f"Aufruf {fresh()}", "public"))


def test_a_refusal_of_the_server_is_final(stage: MastodonStage) -> None:
    stage.server.fault("/api/v1/statuses", "status", status=422, count=1)
    adapter: Any = stage.adapter()
    with pytest.raises(Refused) as refused:
        adapter.publish(Outgoing(fresh("key"), None, f"Aufruf {fresh()}", "public"))
    assert refused.value.retry_after is None


def test_broken_answers_are_told_and_survived(stage: MastodonStage) -> None:
    with listening(stage.adapter()) as ear:
        ear.until(lambda ear: bool(ear.batches))
        stage.server.fault("/api/v1/notifications", "malformed", count=2)
        ear.until(lambda ear: any(isinstance(event, Malformed) for event in ear.events))
        stage.say(words := f"Weiter gehts {fresh()}")
        ear.hears(words)


def test_a_hanging_server_is_given_up_and_tried_again(stage: MastodonStage) -> None:
    adapter: Any = registry.make(stage.connection, tools(timeout=1.0))
    with listening(adapter) as ear:
        ear.until(lambda ear: bool(ear.batches))
        os.kill(stage.server.child.pid, signal.SIGSTOP)
        try:
            time.sleep(2.5)
            assert ear.died is None
        finally:
            os.kill(stage.server.child.pid, signal.SIGCONT)
        stage.say(words := f"Wieder wach {fresh()}")
        ear.hears(words)


def test_a_wrong_token_ends_the_listening_with_a_clear_word(stage: MastodonStage) -> None:
    wrong = Connection("mastodon", stage.connection.settings, {"token": "falsch"})
    with listening(registry.make(wrong, tools())) as ear:
        while ear.died is None:
            time.sleep(0.05)
    assert isinstance(ear.died, Refused)


def test_a_long_absence_is_caught_up_completely(stage: MastodonStage) -> None:
    with listening(stage.adapter()) as ear:
        ear.until(lambda ear: bool(ear.batches))
    said = [f"Nummer {number} {fresh()}" for number in range(95)]
    for words in said:
        stage.mutter(words)
    with listening(stage.adapter(), ear.cursor) as second:
        second.until(lambda ear: len({post.native_id for post in ear.posted}) >= 95)
    heard = [post.text.rpartition(" #")[0] for post in second.posted]
    assert heard == said


def test_an_edit_is_the_same_post_in_another_version(stage: MastodonStage) -> None:
    stage.say(words := f"Zwei Plätze {fresh()}")
    with listening(stage.adapter()) as ear:
        before = ear.hears(words)
    stage.edit(words, new := f"Nur noch ein Platz {fresh()}")
    with listening(stage.adapter(), ear.cursor) as second:
        after = second.hears(new)
    assert before.native_id == after.native_id
    assert before.version != after.version
    (current,) = stage.adapter().still_there([before.native_id]).current  # type: ignore[attr-defined]
    assert (current.text, current.version) == (after.text, after.version)


def test_ten_megabytes_in_one_post_are_cut(stage: MastodonStage) -> None:
    with listening(stage.adapter()) as ear:
        ear.until(lambda ear: bool(ear.batches))
        timeline = f"/api/v1/timelines/tag/{stage.tag}"
        stage.mutter("kurz")
        (status,) = httpx.get(f"{stage.server.base_url}{timeline}", timeout=30).json()
        mark = fresh()
        huge = status | {"content": f"<p>{mark} {'Wort ' * 2_000_000}</p>", "edited_at": "2026-11-20T10:00:00Z"}
        stage.server.fault(timeline, "status", status=200, body=[huge], count=1)
        heard = ear.hears(mark)
        stage.mutter(after := f"danach {fresh()}")
        ear.hears(after)
    assert "cut" in heard.notes
    assert len(heard.text) <= 20_000


def test_our_account_says_that_it_is_automated_and_counts(stage: MastodonStage) -> None:
    adapter: Any = stage.adapter()
    adapter.declare_automation()
    adapter.declare_automation()
    assert stage.us.me()["bot"] is True
    sent = adapter.publish(Outgoing(fresh("key"), None, f"Aufruf {fresh()}", "public"))
    stage.somebody.status_favourite(sent.native_id.partition("@")[0])
    figures = adapter.measure([sent.native_id, "", "12345@nirgends"])
    assert {figure.name: figure.value for figure in figures[sent.native_id]} == {"likes": 1, "shares": 0, "replies": 0}
    assert [figure.name for figure in figures[""]] == ["followers"]
    assert "12345@nirgends" not in figures


# -- order and lateness, which no server does on command --------------------------------------------------


class Server:
    """A timeline as Mastodon keeps it: sorted by id, pages by min_id, max_id."""

    def __init__(self) -> None:
        self.statuses: dict[str, dict[str, Any]] = {}

    def us(self) -> Us:
        return Us("1", "verein", "social.example.org")

    def put(self, number: int, text: str, edited: str | None = None) -> None:
        account = {"id": "7", "acct": "ada", "uri": "https://social.example.org/users/ada"}
        status = {"id": str(number), "account": account, "content": text, "created_at": "2026-11-01T00:00:00Z"}
        self.statuses[str(number)] = status | {"edited_at": edited}

    def call(self, method: str, path: str, params: Any = ()) -> Any:
        if "timelines" not in path:
            return []
        given = dict(params)
        found = sorted(self.statuses.values(), key=lambda one: int(one["id"]), reverse=True)
        if "max_id" in given:
            found = [one for one in found if int(one["id"]) < int(given["max_id"])]
        if "min_id" in given:
            found = [one for one in found if int(one["id"]) > int(given["min_id"])]
            return found[-int(given["limit"]) :]
        return found[: int(given["limit"])]


class MovableClock:
    def __init__(self) -> None:
        self.moment = datetime(2026, 12, 20, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment


def heard(poller: Poller) -> list[str]:
    return [event.text for batch in poller.round() for event in batch.events if isinstance(event, Posted)]


def test_a_post_that_reaches_the_server_late_is_found_when_the_hour_is_read_again() -> None:
    server, clock = Server(), MovableClock()
    poller = Poller(server, ("tag",), None, clock)
    server.put(100, "erster")
    assert heard(poller) == ["erster"]
    server.put(200, "zweiter")
    assert heard(poller) == ["zweiter"]
    server.put(150, "zu spät")
    server.put(200, "zweiter, geändert", edited="2026-12-20T12:01:00Z")
    assert heard(poller) == []
    clock.moment += AGAIN_EVERY
    assert heard(poller) == ["zu spät", "zweiter, geändert"]
    clock.moment += AGAIN_EVERY
    assert heard(poller) == []


def test_the_first_look_back_is_in_order_and_bounded() -> None:
    server = Server()
    for number in range(1, 400):
        server.put(number, f"Nummer {number}")
    found = heard(Poller(server, ("tag",), None, MovableClock()))
    assert found == [f"Nummer {number}" for number in range(200, 400)]
