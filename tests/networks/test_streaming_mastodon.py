"""What Mastodon's streams tell is heard at once and once; without them nothing is missed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import httpx
import pytest

from testnet.mastodon import MastodonServer
from tests.networks.hearing import PATIENCE, Ear, listening
from tests.networks.stages import MastodonStage, fresh
from tests.networks.test_trouble_mastodon import MovableClock, Server, heard
from zueinander.networks import web
from zueinander.networks.mastodon.poll import Poller
from zueinander.networks.mastodon.stream import Told, events, told
from zueinander.networks.port import Deleted, Malformed

NEVER = "3600"
"""Seconds between two rounds of polling: whatever is heard came by a stream."""


@pytest.fixture
def server(mastodon_server: MastodonServer) -> Iterator[MastodonServer]:
    yield mastodon_server
    mastodon_server.heal()


def until(ready: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not ready():
        assert time.monotonic() < end, what
        time.sleep(0.05)


@contextmanager
def streaming(stage: MastodonStage) -> Iterator[tuple[Ear, list[httpx.Response]]]:
    """Listening, with both streams open; the streams as the server gave them."""
    adapter: Any = stage.adapter()
    opened: list[httpx.Response] = []
    follow = adapter.follow

    def watched(url: str, params: web.Params) -> AbstractContextManager[httpx.Response]:
        @contextmanager
        def kept() -> Iterator[httpx.Response]:
            with follow(url, params) as answer:
                opened.append(answer)
                yield answer

        return kept()

    adapter.follow = watched
    with listening(adapter) as ear:
        until(lambda: len(opened) >= 2, "the streams were never opened")
        yield ear, opened


def test_hashtag_mention_and_private_message_are_heard_without_polling(server: MastodonServer) -> None:
    stage = MastodonStage(server, poll_seconds=NEVER)
    with streaming(stage) as (ear, _):
        stage.mutter(tagged := f"Noch Platz am Tisch {fresh()}")
        stage.say(mentioned := f"Ich suche Anschluss {fresh()}")
        stage.whisper(private := f"Nur für euch {fresh()}")
        assert not ear.hears(tagged).mentions_us
        assert ear.hears(mentioned).mentions_us
        assert ear.hears(private).channel == "direct"
        assert len(ear.posted) == 3  # the mention came by both streams


def test_an_edit_and_a_deletion_are_heard_without_polling(server: MastodonServer) -> None:
    stage = MastodonStage(server, poll_seconds=NEVER)
    with streaming(stage) as (ear, _):
        stage.say(words := f"Zwei Plätze {fresh()}")
        before = ear.hears(words)
        stage.edit(words, new := f"Nur noch einer {fresh()}")
        assert ear.hears(new).native_id == before.native_id
        stage.erase(words)
        ear.until(lambda ear: Deleted("mastodon", before.native_id) in ear.events)


def test_what_stream_and_polling_both_bring_arrives_once(server: MastodonServer) -> None:
    stage = MastodonStage(server)
    said = [f"Nummer {number} {fresh()}" for number in range(12)]
    with streaming(stage) as (ear, _):
        for words in said:
            stage.say(words)
        ear.hears(said[-1])
        rounds = len(ear.batches)
        ear.until(lambda ear: len(ear.batches) > rounds + 3)
        assert sorted(post.text.split(" #")[0].partition(" ")[2] for post in ear.posted) == sorted(said)


def test_when_the_streams_break_polling_goes_on(server: MastodonServer) -> None:
    stage = MastodonStage(server)
    with streaming(stage) as (ear, opened):
        server.fault("/api/v1/streaming/*", "status", status=503)
        for answer in opened:
            answer.extensions["network_stream"].get_extra_info("socket").shutdown(2)
        until(lambda: all(answer.is_closed for answer in opened), "the broken streams were kept")
        stage.mutter(words := f"Trotzdem {fresh()}")
        ear.hears(words)


@pytest.mark.parametrize("effect", [{"effect": "status", "status": 404}, {"effect": "malformed"}])
def test_a_server_without_streams_is_polled(server: MastodonServer, effect: dict[str, Any]) -> None:
    stage = MastodonStage(server)
    server.fault("/api/v1/streaming/*", **effect)
    with listening(stage.adapter()) as ear:
        stage.say(words := f"Auch so {fresh()}")
        ear.hears(words)


def test_whoever_stops_listening_leaves_no_stream_open(server: MastodonServer) -> None:
    with streaming(MastodonStage(server, poll_seconds=NEVER)) as (_, opened):
        pass
    until(lambda: all(answer.is_closed for answer in opened), "a stream outlived its listener")
    until(lambda: not any(t.name.startswith("stream-") for t in threading.enumerate()), "a thread outlived it")


# -- bytes no server sends on command -----------------------------------------------------------------------


def test_events_come_whole_however_they_are_cut() -> None:
    raw = b':connected\n\nevent: update\r\ndata: {"a":\r\ndata: 1}\r\n\r\n:thump\nevent: delete\ndata: 12\n\n'
    whole = [("", b""), ("update", b'{"a":\n1}'), ("", b""), ("delete", b"12")]
    for size in range(1, len(raw)):
        assert list(events(raw[at : at + size] for at in range(0, len(raw), size))) == whole


def test_an_event_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "MAX_ANSWER", 1000)
    with pytest.raises(web.Trouble):
        list(events(b"x" * 100 for _ in range(20)))
    assert len(list(events(b"event: delete\ndata: 1\n\n" for _ in range(200)))) == 200


def test_of_the_user_stream_only_what_names_us_concerns_us() -> None:
    ours, theirs = b'{"mentions": [{"id": "7"}]}', b'{"mentions": [{"id": "8"}]}'
    assert told("update", ours, "7")
    assert not told("update", theirs, "7")
    assert told("update", theirs, None)
    assert told("notification", b'{"type": "mention", "status": {}}', "7")
    assert not told("notification", b'{"type": "follow"}', "7")
    assert not told("filters_changed", b"", "7")


@pytest.mark.parametrize("data", [b"[]", b"5", b'{"mentions": 5}', b'{"mentions": [3]}', b"null", b"\xff", b"{"])
@pytest.mark.parametrize("event", ["update", "status.update", "notification", "delete"])
def test_nonsense_in_a_stream_is_survived(event: str, data: bytes) -> None:
    poller = Poller(Server(), ("tag",), None, MovableClock())
    for our_id in ("1", None):
        said = told(event, data, our_id)
        found = poller.told([said]).events if said else ()
        assert all(isinstance(one, Malformed | Deleted) for one in found)


def test_a_late_stream_brings_back_neither_an_older_version_nor_what_is_gone() -> None:
    server = Server()
    server.put(5, "alt")
    old = Told(dict(server.statuses["5"]))
    server.put(5, "neu", edited="2026-12-20T12:01:00Z")
    poller = Poller(server, ("tag",), None, MovableClock())
    assert heard(poller) == ["neu"]
    assert poller.told([old]).events == ()
    assert len(poller.told([Told(gone="5")]).events) == 1
    assert poller.told([Told(dict(server.statuses["5"]))]).events == ()
