"""Waiting as long as asked, reading no more than bearable, and counting as the networks count."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from zueinander.networks import web
from zueinander.networks.port import Refused, Unclear
from zueinander.networks.texts import graphemes, hashtags_in, mastodon_length

NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "120"}, 120),
        ({"retry-after": "Sun, 20 Dec 2026 12:05:00 GMT"}, 300),
        ({"x-ratelimit-reset": "2026-12-20T12:01:00.000Z"}, 60),
        ({"ratelimit-reset": str(int(NOW.timestamp()) + 90)}, 90),
        ({"retry-after": "999999"}, 3600),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "bald"}, None),
        ({"retry-after": "9" * 400}, 3600),
        ({}, None),
    ],
)
def test_the_pause_a_server_asks_for(headers: dict[str, str], seconds: int | None) -> None:
    expected = None if seconds is None else timedelta(seconds=seconds)
    assert web.retry_after(headers, NOW) == expected


class CountingStop(threading.Event):
    def __init__(self) -> None:
        super().__init__()
        self.waited: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waited.append(timeout or 0)
        return False


def test_pauses_grow_are_bounded_and_never_shorter_than_asked() -> None:
    stop = CountingStop()
    backoff = web.Backoff(stop, first=1, most=60)
    for _ in range(12):
        backoff.pause()
    assert stop.waited[0] < 2
    assert all(20 < seconds < 80 for seconds in stop.waited[7:])
    backoff.reset()
    backoff.pause(timedelta(seconds=300))
    assert stop.waited[-1] == 300


def answer(handler: httpx.MockTransport | None = None, **response: object) -> web.Trouble:
    client = httpx.Client(transport=handler or httpx.MockTransport(lambda request: httpx.Response(**response)))  # type: ignore[arg-type]
    with pytest.raises(web.Trouble) as trouble:
        web.call(client, "POST", "https://a.example/x", json={}, now=NOW)
    return trouble.value


def test_an_endless_answer_is_not_read_to_its_end() -> None:
    def drip() -> object:
        while True:
            yield b"x" * 1_000_000

    assert answer(status_code=200, content=drip()).reason == "answer too large"


def test_what_happened_is_never_claimed_without_knowing() -> None:
    def lost(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("x")

    def closed(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("x")

    assert isinstance(answer(httpx.MockTransport(lost)).for_sender(), Unclear)
    assert isinstance(answer(httpx.MockTransport(closed)).for_sender(), Refused)
    assert isinstance(answer(status_code=502).for_sender(), Unclear)
    assert isinstance(answer(status_code=200, content=b"<html>").for_sender(), Unclear)
    assert isinstance(answer(status_code=302, headers={"location": "http://b.example"}).for_sender(), Unclear)
    refused = answer(status_code=429, headers={"retry-after": "7"}).for_sender()
    assert isinstance(refused, Refused)
    assert refused.retry_after == timedelta(seconds=7)


def test_lengths_are_counted_as_the_networks_count() -> None:
    assert graphemes("Zwölf 👩‍👩‍👧 e\u0301") == 9
    assert mastodon_length("@ada@social.example.org Hallo https://sehr.lang.example.org/" + "x" * 100) == 4 + 7 + 23


def test_hashtags_of_a_text() -> None:
    found = hashtags_in("#KeinerBleibtAllein #keinerbleibtallein #Grüße, #24 a#b https://x.example/#anker (#Köln)")
    assert found == ("KeinerBleibtAllein", "Grüße", "Köln")
