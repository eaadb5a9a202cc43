"""Strangers send what they like. Nothing of it may stop a stream, get through unclean or grow without bounds."""

from __future__ import annotations

import dataclasses
import os
import random
import unicodedata
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.networks.test_captured import NOW, US, captured
from zueinander.networks import texts
from zueinander.networks.bluesky import frames, reading
from zueinander.networks.bluesky.facets import facets_for, tags_and_mentions
from zueinander.networks.bluesky.frames import Wire
from zueinander.networks.html import to_text
from zueinander.networks.mail.reading import read_mail, without_quotes
from zueinander.networks.manual import recognise
from zueinander.networks.mastodon.reading import read_status
from zueinander.networks.port import Author, Malformed, Posted
from zueinander.networks.replay import script

FUZZ = settings(
    max_examples=int(os.environ.get("ZUEINANDER_FUZZ", "150")), deadline=None, suppress_health_check=list(HealthCheck)
)
NASTY = st.text(st.characters(codec=None), max_size=300) | st.sampled_from(
    ["\x00", "\u202e", "\ud800", "#" * 5000, "a\u0301" * 2000, "🏳️‍🌈" * 500, "<" * 3000, "@" * 3000, "\r\n" * 1000]
)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | NASTY,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NASTY, inner, max_size=4),
    max_leaves=20,
)
INTEREST = reading.Interest("did:plc:us", "verein.test", frozenset({"keinerbleibtallein"}))
NOBODY = reading.Profile(Author("did:plc:ada"), frozenset(), False)


def assert_harmless(event: object) -> None:
    """No text of an event has invisible characters or exceeds its limit; times are aware and not in the future."""
    assert isinstance(event, Posted | Malformed)
    if isinstance(event, Malformed):
        assert len(event.excerpt) <= texts.MAX_EXCERPT
        assert_clean(event.excerpt)
        return
    for value in (event.text, event.subject, event.lang, event.author.visible_name, event.author.address):
        assert_clean(value)
    assert len(event.text) <= texts.MAX_TEXT
    assert len(event.author.visible_name) <= texts.MAX_NAME
    assert len(event.hashtags) <= texts.MAX_HASHTAGS
    assert all(0 < len(name) <= texts.MAX_ID + 300 for name in (event.native_id, event.author.native_id))
    assert event.posted_at.tzinfo is not None
    assert event.posted_at <= NOW


def assert_clean(text: str) -> None:
    bad = [hex(ord(one)) for one in text if unicodedata.category(one) in ("Cc", "Cs") and one not in "\n\t"]
    assert not bad
    assert not set(text) & set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    text.encode()  # what cannot be encoded cannot be stored


def _mutated(original: Any, change: Any, draw: random.Random) -> Any:
    """The original with one random place replaced."""
    if not isinstance(original, dict | list) or not original or draw.random() < 0.2:
        return change
    copy = original.copy()
    key = draw.choice(list(copy) if isinstance(copy, dict) else range(len(copy)))
    copy[key] = _mutated(copy[key], change, draw)
    return copy


@FUZZ
@given(NASTY)
def test_texts_are_clean_and_bounded(raw: str) -> None:
    cleaned = texts.clean(raw, 100)
    assert len(cleaned.text) <= 100
    assert_clean(cleaned.text)
    assert texts.clean(cleaned.text, 100).text == cleaned.text


@FUZZ
@given(JSON, st.randoms())
def test_any_status_of_mastodon(change: Any, draw: random.Random) -> None:
    import orjson

    status = orjson.loads(captured("mastodon", "timeline.json"))[0]
    assert_harmless(read_status(_mutated(status, change, draw), US, NOW))
    assert_harmless(read_status(change, US, NOW))


POST = {
    "text": "Grüße 🎄 #KeinerBleibtAllein @verein.test",
    "createdAt": "2026-11-20T10:00:00Z",
    "langs": ["de"],
    "facets": [
        {
            "index": {"byteStart": 9, "byteEnd": 28},
            "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": "KeinerBleibtAllein"}],
        }
    ],
    "labels": {"values": [{"val": "porn"}]},
    "reply": {"parent": {"uri": "at://did:plc:us/app.bsky.feed.post/1", "cid": "c"}, "root": {"uri": "at://x/y/z"}},
    "tags": ["Mehr"],
}


@FUZZ
@given(JSON, st.randoms())
def test_any_record_of_bluesky(change: Any, draw: random.Random) -> None:
    record = _mutated(POST, change, draw)
    if isinstance(record, dict):
        reading.look(record, INTEREST)
    assert_harmless(reading.read_post("at://did:plc:ada/app.bsky.feed.post/1", "bafy", record, NOBODY, INTEREST, NOW))
    assert_harmless(reading.read_message(change, "convo", NOBODY, NOW))


@pytest.mark.parametrize(
    "index",
    [
        {"byteStart": -5, "byteEnd": 10**12},
        {"byteStart": 7, "byteEnd": 8},  # inside an emoji
        {"byteStart": 28, "byteEnd": 9},
        {"byteStart": "null", "byteEnd": None},
        None,
    ],
)
def test_hostile_facet_offsets_are_harmless(index: Any) -> None:
    record: dict[str, Any] = POST | {"facets": [{"index": index, "features": POST["facets"][0]["features"]}]}  # type: ignore[index]
    post = reading.read_post("at://did:plc:ada/app.bsky.feed.post/1", "bafy", record, NOBODY, INTEREST, NOW)
    assert isinstance(post, Posted)
    assert post.text == POST["text"]
    assert "KeinerBleibtAllein" in post.hashtags


def test_a_million_facets_are_not_all_looked_at() -> None:
    one = {"index": {}, "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": "x"}]}
    found, _ = tags_and_mentions({"facets": [one] * 1_000_000})
    assert len(found) <= 200


@pytest.mark.parametrize("wire", ["jetstream", "firehose"])
@FUZZ
@given(st.binary(max_size=200), st.integers(0, 2**31), st.randoms())
def test_any_frame_is_read_or_unreadable(wire: Wire, noise: bytes, where: int, draw: random.Random) -> None:
    raw = captured("bluesky", "jetstream.jsonl" if wire == "jetstream" else "firehose.bin")
    good = draw.choice(raw.split(b"\n")) if wire == "jetstream" else raw[4 : 4 + int.from_bytes(raw[:4], "big")]
    cut = where % (len(good) + 1)
    for frame in (noise, good[:cut], good[:cut] + noise + good[cut + len(noise) :]):
        try:
            frames.read(wire, frame, ())
        except frames.Unreadable:
            continue


@FUZZ
@given(st.binary(max_size=400), st.integers(0, 2**31))
def test_any_mail(noise: bytes, where: int) -> None:
    good = captured("mail", "antwort.eml")
    cut = where % len(good)
    for raw in (noise, good[:cut] + noise + good[cut:], b"From: a@b\n" + noise):
        event = read_mail(raw, "verein@example.org", NOW)
        if isinstance(event, Posted | Malformed):
            assert_harmless(event)


@FUZZ
@given(NASTY)
def test_any_line_of_a_day_link_or_html(raw: str) -> None:
    for entry in script.entries(b"{}\n" + raw.encode("utf-8", "surrogatepass")):
        event = script.to_event(entry, NOW, 2026)
        assert isinstance(event, Posted | Malformed) or event.network == "replay"
    recognise(raw)
    recognise("https://" + raw)
    to_text(raw)
    without_quotes(raw)


@pytest.mark.parametrize("size", [10_000_000])
def test_ten_megabytes_are_cut_and_said_to_be_cut(size: int) -> None:
    import orjson

    huge = "Wort " * (size // 5)
    status = orjson.loads(captured("mastodon", "timeline.json"))[0]
    mail = b"From: a@example.org\nMessage-ID: <a@b>\n\n" + huge.encode()
    found = [
        read_status(status | {"content": f"<p>{huge}</p>"}, US, NOW),
        reading.read_post("at://did:plc:a/b/c", "bafy", POST | {"text": huge}, NOBODY, INTEREST, NOW),
        read_mail(mail, "verein@example.org", NOW),
    ]
    for post in found:
        assert isinstance(post, Posted)
        assert "cut" in post.notes
        assert_harmless(post)


def test_a_time_from_the_future_is_not_believed() -> None:
    record = POST | {"createdAt": "2999-01-01T00:00:00Z"}
    post = reading.read_post("at://did:plc:a/b/c", "bafy", record, NOBODY, INTEREST, NOW)
    assert isinstance(post, Posted)
    assert post.posted_at == NOW


def test_labels_that_forbid_republishing_are_kept() -> None:
    known = dataclasses.replace(Author("did:plc:ada"), visible_name="Ada")
    for labels in ({"!no-unauthenticated"}, {"!hide"}, {"porn"}):
        profile = reading.Profile(known, frozenset(labels), True)
        post = reading.read_post("at://d/b/c", "bafy", {"text": "#x"}, profile, INTEREST, NOW)
        assert isinstance(post, Posted)
        assert post.no_republish
    unknown = reading.read_post("at://d/b/c", "bafy", {"text": "#x"}, NOBODY, INTEREST, NOW)
    assert isinstance(unknown, Posted)
    assert unknown.no_republish
    profile = reading.Profile(known, frozenset(), True)
    post = reading.read_post("at://d/b/c", "bafy", {"text": "#x"}, profile, INTEREST, NOW)
    assert isinstance(post, Posted)
    assert not post.no_republish


def test_our_facets_count_bytes() -> None:
    (facet,) = facets_for("Heute in Köln 🚀: #KeinerBleibtAllein — wer kommt mit?")
    assert facet["index"] == {"byteStart": 21, "byteEnd": 40}
