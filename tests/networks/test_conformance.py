"""What every network promises, tried on each of them against a real server."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from tests.networks.hearing import listening, tools
from tests.networks.stages import build, fresh
from zueinander.networks import registry
from zueinander.networks.port import (
    Adapter,
    BadSettings,
    Connection,
    Converses,
    Deleted,
    Outgoing,
    Refused,
    repeatable,
)

LISTENING = ["bluesky-jetstream", "bluesky-firehose", "mastodon", "mail", "form", "manual", "replay"]
TALKING = ["bluesky-jetstream", "mastodon", "mail"]
FORGETTING = ["bluesky-jetstream", "bluesky-firehose", "mastodon", "replay"]
WITH_HASHTAGS = ["bluesky-jetstream", "bluesky-firehose", "mastodon", "replay"]
WITH_MESSAGES = ["bluesky-jetstream", "mastodon", "mail", "form", "replay"]


@pytest.fixture
def stage(request: pytest.FixtureRequest) -> Any:
    return build(request.param, request)


@pytest.mark.parametrize("stage", LISTENING, indirect=True)
def test_what_is_said_arrives_once_with_its_author(stage: Any) -> None:
    words = f"Ich suche Gesellschaft in Worms, {fresh()}"
    with listening(stage.adapter()) as before:
        before.until(lambda ear: bool(ear.batches))
    stage.say(words)
    with listening(stage.adapter(), before.cursor) as ear:
        ear.hears(words)
        found = [post for post in ear.posted if words in post.text]
        assert {(post.native_id, post.version) for post in found} == {(found[0].native_id, found[0].version)}
        assert found[0].author.native_id
        assert found[0].author.visible_name
        assert found[0].posted_at.tzinfo is not None
        assert found[0].posted_at <= ear.batches[-1].seen_through


@pytest.mark.parametrize("stage", LISTENING, indirect=True)
def test_nothing_is_missed_across_a_restart(stage: Any) -> None:
    before, meanwhile, after = (f"{word} {fresh()}" for word in ("vorher", "inzwischen", "danach"))
    with listening(stage.adapter()) as ear:
        ear.until(lambda ear: bool(ear.batches))
    with listening(stage.adapter(), ear.cursor) as second:
        stage.say(before)
        if stage.live:
            second.hears(before)
    stage.say(meanwhile)
    with listening(stage.adapter(), second.cursor) as third:
        heard = third.hears(meanwhile)
        stage.say(after)
        if stage.live:
            third.hears(after)
    with listening(stage.adapter(), second.cursor) as fourth:
        twice = fourth.hears(meanwhile)
    assert (twice.native_id, twice.version) == (heard.native_id, heard.version)


@pytest.mark.parametrize("stage", LISTENING, indirect=True)
def test_invisible_characters_never_get_through(stage: Any) -> None:
    mark = fresh()
    with listening(stage.adapter()) as ear:
        ear.until(lambda ear: bool(ear.batches))
    stage.say(f"gut\u202egegnirps\u202c \u2066{mark}\u2069 ich\x07 suche\u200f")
    with listening(stage.adapter(), ear.cursor) as second:
        heard = second.hears(mark)
    assert "gutgegnirps" in heard.text
    assert not any(character in heard.text for character in "\x00\x07\u202e\u202c\u2066\u2069\u200f")
    assert "direction" in heard.notes


@pytest.mark.parametrize("stage", WITH_HASHTAGS, indirect=True)
def test_only_who_spoke_to_us_may_get_an_automatic_answer(stage: Any) -> None:
    with listening(stage.adapter()) as ear:
        ear.until(lambda ear: bool(ear.batches))
    said, muttered = f"zu euch {fresh()}", f"nur so {fresh()}"
    stage.say(said)
    stage.mutter(muttered)
    adapter = stage.adapter()
    with listening(adapter, ear.cursor) as second:
        to_us, by_tag = second.hears(said), second.hears(muttered)
    assert adapter.rules.may_answer_automatically(to_us)
    assert not adapter.rules.may_answer_automatically(by_tag)
    assert not adapter.rules.may_answer_automatically(dataclasses.replace(to_us, automatic=True))


@pytest.mark.parametrize("stage", WITH_MESSAGES, indirect=True)
def test_private_messages_stay_private(stage: Any) -> None:
    with listening(stage.adapter()) as ear:
        ear.until(lambda ear: bool(ear.batches))
    words = f"Nur für euch {fresh()}"
    stage.whisper(words)
    adapter = stage.adapter()
    with listening(adapter, ear.cursor) as second:
        heard = second.hears(words)
    assert heard.channel == "direct"
    assert heard.no_republish or "replay" in heard.network
    assert adapter.rules.may_answer_automatically(heard)


@pytest.mark.parametrize("stage", FORGETTING, indirect=True)
def test_deleted_at_the_source_is_noticed(stage: Any) -> None:
    with listening(stage.adapter()) as ear:
        ear.until(lambda ear: bool(ear.batches))
    words = f"Das nehme ich zurück {fresh()}"
    stage.say(words)
    adapter = stage.adapter()
    with listening(adapter, ear.cursor) as second:
        heard = second.hears(words)
    assert adapter.still_there([heard.native_id]).standing == {heard.native_id: "there"}
    stage.erase(words)
    adapter = stage.adapter()
    assert adapter.still_there([heard.native_id]).standing == {heard.native_id: "gone"}
    if heard.network != "mastodon":  # its polling sees no deletions; the re-check does
        with listening(adapter, second.cursor) as third:
            third.until(lambda ear: Deleted(heard.network, heard.native_id) in ear.events)


@pytest.mark.parametrize("stage", TALKING, indirect=True)
def test_an_answer_arrives_where_the_question_came_from(stage: Any) -> None:
    with listening(stage.adapter()) as ear:
        ear.until(lambda ear: bool(ear.batches))
    words, answer = f"Hallo {fresh()}", f"Schön, dass du schreibst {fresh()}"
    stage.whisper(words)
    adapter = stage.adapter()
    with listening(adapter, ear.cursor) as second:
        heard = second.hears(words)
    assert isinstance(adapter, Converses)
    to = dataclasses.replace(stage.person, native_id=heard.author.native_id)
    sent = adapter.send(Outgoing(fresh("key"), to, answer, "direct", heard.native_id, automatic=True))
    assert sent.native_id
    assert any(answer in text for text in stage.answers(1))


@pytest.mark.parametrize("stage", ["bluesky-jetstream", "mastodon"], indirect=True)
def test_a_public_answer_hangs_below_the_question_and_is_answered_in_turn(stage: Any) -> None:
    words, back = f"Ich suche {fresh()}", f"Gern {fresh()}"
    stage.say(words)
    adapter = stage.adapter()
    with listening(adapter) as ear:
        heard = ear.hears(words)
    to = dataclasses.replace(stage.person, native_id=heard.author.native_id)
    answer = Outgoing(fresh("key"), to, f"Automatische Antwort: schön {fresh()}", "reply", heard.native_id, True)
    sent = adapter.send(answer)
    assert adapter.send(answer) == sent
    assert stage.parent_of(sent.native_id) == heard.native_id
    stage.answer_back(sent.native_id, back)
    with listening(stage.adapter(), ear.cursor) as second:
        returned = second.hears(back)
    assert returned.reply_to_us
    assert returned.in_reply_to == sent.native_id
    assert adapter.rules.may_answer_automatically(returned)


@pytest.mark.parametrize("stage", ["bluesky-jetstream", "mastodon"], indirect=True)
def test_our_own_words_are_not_heard(stage: Any) -> None:
    adapter, ours, theirs = stage.adapter(), fresh("unser"), fresh("ihres")
    adapter.publish(Outgoing(fresh("key"), None, f"{ours} #{stage.tag}", "public"))
    stage.mutter(theirs)
    with listening(adapter) as ear:
        ear.hears(theirs)
    assert not any(ours in post.text for post in ear.posted)


@pytest.mark.parametrize("stage", ["bluesky-jetstream", "mastodon"], indirect=True)
def test_a_repeated_send_with_the_same_key_says_it_once(stage: Any) -> None:
    adapter, words = stage.adapter(), f"Ein Aufruf {fresh()}"
    call = Outgoing(fresh("key"), None, words, "public")
    assert repeatable(adapter, call)
    first = adapter.publish(call)
    assert stage.adapter().publish(call) == first
    assert sum(words in text for text in stage.public_posts()) == 1
    adapter.delete(first.native_id)
    adapter.delete(first.native_id)
    assert not any(words in text for text in stage.public_posts())


@pytest.mark.parametrize("stage", TALKING, indirect=True)
def test_what_does_not_fit_is_refused_before_it_is_sent(stage: Any) -> None:
    adapter = stage.adapter()
    for text in ("", "x" * 20_001):
        with pytest.raises(Refused) as refused:
            adapter.send(Outgoing(fresh("key"), stage.person, text, "direct"))
        assert refused.value.retry_after is None


@pytest.mark.parametrize("stage", ["bluesky-jetstream", "mastodon", "mail", "replay"], indirect=True)
def test_a_foreign_cursor_is_refused_not_guessed(stage: Any) -> None:
    with listening(stage.adapter(), "gibts nicht") as ear:
        ear.until(lambda ear: True)
        for _ in range(400):
            if ear.died:
                break
            ear._thread.join(0.1)
    assert isinstance(ear.died, Refused)


@pytest.mark.parametrize("key", registry.KEYS)
def test_every_network_explains_itself_in_german(key: str) -> None:
    network = registry.network(key)
    assert network.key == key
    assert network.label
    assert network.can_see.endswith(".")
    assert network.cannot_see.endswith(".")
    assert all(field.label for field in network.fields)
    for text in (network.can_see, network.cannot_see, *(field.help for field in network.fields)):
        assert "!" not in text


@pytest.mark.parametrize("key", ["bluesky", "mastodon", "mail"])
def test_a_missing_setting_is_named(key: str) -> None:
    with pytest.raises(BadSettings) as missing:
        registry.make(Connection(key, {}), tools())
    assert missing.value.field_name in {field.name for field in registry.network(key).fields}
    assert missing.value.message


@pytest.mark.parametrize(
    ("key", "field", "value"),
    [
        ("mastodon", "server", "http://social.example.org"),
        ("mastodon", "server", "ftp://social.example.org"),
        ("mastodon", "server", "https://user:word@social.example.org"),
        ("bluesky", "server", "http://pds.example.org"),
        ("bluesky", "stream_url", "ws://stream.example.org"),
        ("bluesky", "wire", "telepathy"),
        ("bluesky", "chat_did", "chat"),
        ("mail", "smtp_security", "none"),
        ("mail", "smtp_port", "99999"),
        ("mail", "address", "a@b.example\nBcc: c@d.example"),
    ],
)
def test_an_unsafe_setting_is_refused_by_name(key: str, field: str, value: str) -> None:
    good = {
        "mastodon": {"server": "https://social.example.org"},
        "bluesky": {"handle": "verein.example.org"},
        "mail": {"address": "verein@example.org", "smtp_host": "mail.example.org"},
    }[key]
    secrets = {"token": "abc", "app_password": "abc", "password": "abc"}
    adapter: Adapter = registry.make(Connection(key, good, secrets), tools())
    assert adapter.network == key
    with pytest.raises(BadSettings) as refused:
        registry.make(Connection(key, {**good, field: value}, secrets), tools())
    assert refused.value.field_name == field
