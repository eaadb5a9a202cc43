"""Bluesky when it is paused, forgetful, hostile, strict or partly out of reach."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from websockets.sync.server import ServerConnection, serve

from testnet.bluesky import BlueskyNetwork
from testnet.bluesky import bluesky_network as start_bluesky
from tests.networks.hearing import KeptSession, RealClock, listening, tools
from tests.networks.stages import BlueskyStage, fresh
from zueinander.networks import registry
from zueinander.networks.bluesky import merging
from zueinander.networks.bluesky.saying import record_key
from zueinander.networks.port import AccountGone, Address, Connection, Deleted, Malformed, Outgoing, Refused, Renamed


@pytest.fixture
def stage(bluesky_network: BlueskyNetwork) -> BlueskyStage:
    return BlueskyStage(bluesky_network)


@pytest.fixture
def full(bluesky_full: BlueskyNetwork) -> BlueskyStage:
    return BlueskyStage(bluesky_full)


def settled(stage: BlueskyStage) -> str:
    """A cursor behind everything said so far."""
    stage.mutter(words := fresh("anfang"))
    with listening(stage.adapter()) as ear:
        ear.hears(words)
    assert ear.cursor
    return ear.cursor


@pytest.mark.parametrize("wire", ["jetstream", "firehose"])
def test_a_paused_network_is_waited_for_and_nothing_is_missed(bluesky_network: BlueskyNetwork, wire: str) -> None:
    stage = BlueskyStage(bluesky_network, wire, silence="1")
    with listening(stage.adapter(), settled(stage)) as ear:
        ear.until(lambda ear: bool(ear.batches))
        os.kill(bluesky_network.child.pid, signal.SIGSTOP)
        try:
            time.sleep(2.5)
            assert ear.died is None
        finally:
            os.kill(bluesky_network.child.pid, signal.SIGCONT)
        stage.mutter(words := f"Wieder da {fresh()}")
        ear.hears(words)


@pytest.mark.parametrize("wire", ["jetstream", "firehose"])
def test_a_stream_that_lost_our_place_says_so_and_goes_on(bluesky_network: BlueskyNetwork, wire: str) -> None:
    stage = BlueskyStage(bluesky_network, wire)
    url = bluesky_network.jetstream if wire == "jetstream" else bluesky_network.firehose
    cursor = orjson.dumps({"stream": f"{wire} {url} 99999999"}).decode()
    with listening(stage.adapter(), cursor) as ear:
        ear.until(lambda ear: any(batch.gap for batch in ear.batches))
        for _ in range(20):
            stage.mutter(words := f"Neu {fresh()}")
            time.sleep(0.5)
            if ear.posted:
                break
        ear.hears("Neu")
        assert words


def test_an_edit_that_takes_our_hashtag_away_takes_back_the_words(stage: BlueskyStage) -> None:
    cursor = settled(stage)
    said = stage.somebody.post(f"Ich suche {fresh()} #{stage.tag}")
    record = {"$type": "app.bsky.feed.post", "text": "Doch nicht", "createdAt": "2026-11-20T10:00:00Z"}
    stage.somebody.edit(said["uri"], record)
    with listening(stage.adapter(), cursor) as ear:
        ear.until(lambda ear: Deleted("bluesky", said["uri"]) in ear.events)


def test_names_and_ends_of_accounts_are_told(stage: BlueskyStage) -> None:
    settled(stage)
    with listening(stage.adapter()) as ear:
        ear.hears("anfang")
        stage.somebody.call("POST", "com.atproto.identity.updateHandle", handle=(new := f"{fresh('neu')}.test"))
        ear.until(
            lambda ear: any(isinstance(event, Renamed) and event.author.address == f"@{new}" for event in ear.events)
        )
        stage.somebody.call("POST", "com.atproto.server.deactivateAccount")
        gone = AccountGone("bluesky", stage.somebody.did, "deactivated")
        ear.until(lambda ear: gone in ear.events)


def test_without_the_right_to_messages_posts_are_still_heard(bluesky_network: BlueskyNetwork) -> None:
    stage = BlueskyStage(bluesky_network)
    plain = stage.us.call("POST", "com.atproto.server.createAppPassword", name=fresh("app"), privileged=False)
    connection = Connection("bluesky", stage.connection.settings, {"app_password": plain["password"]}, (stage.tag,))
    with listening(registry.make(connection, tools())) as ear:
        stage.mutter(words := f"Beitrag {fresh()}")
        ear.hears(words)
        ear.until(lambda ear: any("Direktnachrichten" in batch.gap for batch in ear.batches))


def test_a_wrong_password_is_said_once_and_not_tried_for_ever(stage: BlueskyStage) -> None:
    connection = Connection("bluesky", stage.connection.settings, {"app_password": "falsch"}, (stage.tag,))
    with listening(registry.make(connection, tools())) as ear:
        while ear.died is None:
            time.sleep(0.05)
    assert isinstance(ear.died, Refused)


def test_the_login_is_kept_and_renewed_instead_of_repeated(stage: BlueskyStage) -> None:
    adapter: Any = stage.adapter()
    adapter.publish(Outgoing(fresh("key"), None, "Eins", "public"))
    assert stage.session.saved == 1
    again: Any = stage.adapter()
    again.publish(Outgoing(fresh("key"), None, "Zwei", "public"))
    assert stage.session.saved == 1
    kept = orjson.loads(stage.session.kept)
    stage.session.kept = orjson.dumps(kept | {"access": "abgelaufen"}).decode()
    renewed: Any = stage.adapter()
    renewed.publish(Outgoing(fresh("key"), None, "Drei", "public"))
    assert orjson.loads(stage.session.kept)["access"] != "abgelaufen"
    assert kept["did"] == orjson.loads(stage.session.kept)["did"]


def test_a_login_too_many_is_refused_with_the_pause_the_server_asks_for(tmp_path: Path) -> None:
    with start_bluesky(tmp_path, rate_limits=True) as network:
        us = network.account()
        settings = {"handle": us.handle, "server": network.pds, "stream_url": network.jetstream, "plc": network.plc}
        login = {"identifier": us.handle, "password": us.password}
        url = f"{network.pds}/xrpc/com.atproto.server.createSession"
        with ThreadPoolExecutor(6) as pool:
            list(pool.map(lambda _: httpx.post(url, json=login, timeout=60), range(30)))
        adapter: Any = registry.make(Connection("bluesky", settings, {"app_password": us.password}), tools())
        with pytest.raises(Refused) as refused:
            adapter.publish(Outgoing(fresh("key"), None, "Hallo", "public"))
    assert refused.value.retry_after is not None
    assert refused.value.retry_after.total_seconds() > 1


def test_nobody_is_told_that_we_have_seen_what_no_source_has_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "_SIGN_OF_LIFE", 0.1)
    over = threading.Event()

    def out_of_reach(place: str | None, put: Callable[[merging.Piece], None], stop: threading.Event) -> None:
        stop.wait()

    batches = merging.merge({"stream": out_of_reach}, None, over, RealClock())
    seen = {next(batches).seen_through for _ in range(3)}
    over.set()
    assert list(batches) == []
    assert len(seen) == 1


def test_record_keys_are_valid_and_follow_from_the_key() -> None:
    keys = [record_key(f"key {number}") for number in range(2000)]
    assert len(set(keys)) == 2000
    assert record_key("key 1") == keys[1]
    assert all(len(key) == 13 and key[0] in "234567abcdefghij" for key in keys)
    assert all(set(key) <= set("234567abcdefghijklmnopqrstuvwxyz") for key in keys)


# -- with an AppView ---------------------------------------------------------------------------------------------------


def test_mentions_are_heard_even_when_the_stream_is_out_of_reach(bluesky_full: BlueskyNetwork) -> None:
    stage = BlueskyStage(bluesky_full, stream_url="ws://127.0.0.1:9")
    with listening(stage.adapter()) as ear:
        stage.say(words := f"Hört ihr mich {fresh()}")
        heard = ear.hears(words)
    assert heard.mentions_us
    assert not heard.no_republish


def test_who_wants_no_replies_gets_none(full: BlueskyStage) -> None:
    adapter: Any = full.adapter()
    said = full.somebody.post(f"@{full.us.handle} {fresh()} #{full.tag}", mentions={f"@{full.us.handle}": full.us.did})
    gate = {"$type": "app.bsky.feed.threadgate", "post": said["uri"], "createdAt": "2026-11-20T10:00:00Z", "allow": []}
    rkey = said["uri"].rpartition("/")[2]
    body = {"repo": full.somebody.did, "collection": gate["$type"], "rkey": rkey, "record": gate}
    full.somebody.call("POST", "com.atproto.repo.createRecord", **body)
    answer = Outgoing(fresh("key"), full.person, f"Schön {fresh()}", "reply", said["uri"], automatic=True)
    for _ in range(80):
        view = full.us.call("GET", "app.bsky.feed.getPosts", uris=said["uri"])["posts"]
        if view and view[0]["viewer"].get("replyDisabled"):
            break
        time.sleep(0.1)
    with pytest.raises(Refused):
        adapter.send(answer)
    assert full.public_posts() == []


def test_what_moderation_takes_down_is_gone_for_us(full: BlueskyStage) -> None:
    adapter: Any = full.adapter()
    said = full.somebody.post(f"Bleibt {fresh()} #{full.tag}")
    for _ in range(80):
        if adapter.still_there([said["uri"]]).standing[said["uri"]] == "there":
            break
        time.sleep(0.1)
    found = adapter.still_there([said["uri"], "dm:a/b"])
    assert found.standing == {said["uri"]: "there"}  # nobody can ask about a message
    assert found.current[0].author.address == f"@{full.somebody.handle}"
    full.network.admin(
        "com.atproto.admin.updateSubjectStatus",
        subject={"$type": "com.atproto.admin.defs#repoRef", "did": full.somebody.did},
        takedown={"applied": True, "ref": "1"},
    )
    for _ in range(80):
        if adapter.still_there([said["uri"]]).standing[said["uri"]] == "gone":
            return
        time.sleep(0.1)
    pytest.fail("still there")


def test_our_account_says_that_it_is_automated(full: BlueskyStage) -> None:
    profile = {"$type": "app.bsky.actor.profile", "displayName": "Probeverein"}
    full.us.call(
        "POST", "com.atproto.repo.putRecord", repo=full.us.did, collection=profile["$type"], rkey="self", record=profile
    )
    adapter: Any = full.adapter()
    adapter.declare_automation()
    adapter.declare_automation()
    name = "com.atproto.repo.getRecord"
    record = full.us.call("GET", name, repo=full.us.did, collection=profile["$type"], rkey="self")["value"]
    assert record["displayName"] == "Probeverein"
    assert [label["val"] for label in record["labels"]["values"]] == ["bot"]


# -- a stream that sends anything ------------------------------------------------------------


def _post(seq: int, text: str) -> str:
    name = "network.bsky.jetstream.subscribeEvents"
    event = {"$type": f"{name}#commit", "seq": seq, "did": "did:plc:ada", "time": "2026-11-20T10:00:00Z", "rev": "1"}
    record = {"$type": "app.bsky.feed.post", "text": text, "createdAt": "2026-11-20T10:00:00Z"}
    event |= {
        "operation": "create",
        "collection": "app.bsky.feed.post",
        "rkey": f"3k{seq}",
        "cid": "bafy",
        "record": record,
    }
    return orjson.dumps({"$type": "message", "payload": event}).decode()


@pytest.fixture
def hostile() -> Iterator[tuple[str, list[str]]]:
    """A Jetstream that sends noise, then a frame of 9 MB, then closes, and goes on as if nothing had been."""
    asked: list[str] = []

    def handle(socket: ServerConnection) -> None:
        assert socket.request is not None
        asked.append(socket.request.path)
        if len(asked) == 1:
            for noise in ("{", '{"$type":"message"}', '{"payload":[]}', b"\xff\x00", "null", '{"payload":{"seq":"x"}}'):
                socket.send(noise)
            socket.send(_post(5, "#probe vor dem Großen"))
            socket.send("x" * 9_000_000)
        socket.send(_post(7, "#probe nach dem Großen"))
        socket.send('{"$type":"error","error":"ConsumerTooSlow"}')
        time.sleep(0.2)

    with serve(handle, "127.0.0.1", 0, subprotocols=["xrpc.v1.json"], max_size=None) as server:  # type: ignore[list-item]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"ws://127.0.0.1:{server.socket.getsockname()[1]}", asked
        server.shutdown()
        thread.join()


def test_no_frame_of_a_stream_stops_it(stage: BlueskyStage, hostile: tuple[str, list[str]]) -> None:
    url, asked = hostile
    given = dict(stage.connection.settings) | {"stream_url": url, "from_beginning": ""}
    connection = Connection("bluesky", given, stage.connection.secrets, ("probe",))
    with listening(registry.make(connection, tools(KeptSession()))) as ear:
        ear.hears("vor dem Großen")
        ear.hears("nach dem Großen")
        ear.until(lambda ear: any("übergroß" in batch.gap for batch in ear.batches))
    assert sum(isinstance(event, Malformed) for event in ear.events) >= 5
    assert "cursor=6" in asked[1]


def test_a_direct_message_is_never_taken_for_repeatable(stage: BlueskyStage) -> None:
    from zueinander.networks.port import repeatable

    adapter = stage.adapter()
    assert not repeatable(adapter, Outgoing("k", Address("did:plc:x"), "Hallo", "direct"))
    assert repeatable(adapter, Outgoing("k", None, "Hallo", "public"))
