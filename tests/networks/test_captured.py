"""Bytes real servers sent (kept beside each adapter), and what they must mean to us."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from importlib.resources import files
from typing import Any

import orjson
import pytest

from zueinander.networks.bluesky import frames, reading
from zueinander.networks.bluesky.frames import Happening, Wire
from zueinander.networks.mail.reading import read_mail
from zueinander.networks.mastodon.reading import Us, read_status
from zueinander.networks.port import Author, Malformed, Posted, Undelivered

NOW = datetime(2026, 12, 1, tzinfo=UTC)


def captured(network: str, name: str) -> bytes:
    return files(f"zueinander.networks.{network}").joinpath("captured", name).read_bytes()


def _interest() -> reading.Interest:
    us = orjson.loads(captured("bluesky", "us.json"))
    return reading.Interest(us["did"], us["handle"], frozenset({"keinerbleibtallein"}))


def _binary_frames() -> list[bytes]:
    raw, found = captured("bluesky", "firehose.bin"), []
    while raw:
        size = int.from_bytes(raw[:4], "big")
        found.append(raw[4 : 4 + size])
        raw = raw[4 + size :]
    return found


def happenings(wire: Wire, needles: tuple[bytes, ...] = ()) -> list[Happening]:
    raws: list[Any] = (
        [one for one in captured("bluesky", "jetstream.jsonl").split(b"\n") if one]
        if wire == "jetstream"
        else _binary_frames()
    )
    found = (frames.read(wire, raw, needles) for raw in raws)
    return [happening for frame in found if frame is not None for happening in frame.happenings]


@pytest.mark.parametrize("wire", ["jetstream", "firehose"])
def test_both_streams_of_bluesky_tell_the_same_story(wire: Wire) -> None:
    interest = _interest()
    posts = [one for one in happenings(wire) if one.kind in ("create", "update") and one.did != interest.did]
    texts = [one.content["text"] for one in posts if reading.look(one.content, interest).relevant]
    assert texts == [
        "@verein.test #KeinerBleibtAllein suche Anschluss in Köln 🎄, bin 34",
        "Wir haben an Heiligabend noch zwei Plätze in Köln. #keinerbleibtallein",
        "Danke euch",
        "Wir haben an Heiligabend noch einen Platz in Köln. #keinerbleibtallein",
    ]
    found = [reading.look(one.content, interest) for one in posts]
    assert [one.mentions_us for one in found] == [True, False, False, False, False]
    assert [one.reply_to_us for one in found] == [False, False, False, True, False]
    deleted = [one.uri for one in happenings(wire) if one.kind == "delete"]
    assert deleted == [posts[1].uri] == [posts[4].uri]
    assert [one.content for one in happenings(wire) if one.kind == "account"][-1] == "deactivated"


def test_both_streams_name_versions_alike() -> None:
    jetstream = {(one.uri, one.cid) for one in happenings("jetstream") if one.cid}
    firehose = {(one.uri, one.cid) for one in happenings("firehose") if one.cid}
    assert len(jetstream) == 6
    assert jetstream == firehose


@pytest.mark.parametrize("wire", ["jetstream", "firehose"])
def test_the_look_at_the_bytes_leaves_out_only_what_does_not_concern_us(wire: Wire) -> None:
    interest = _interest()
    kept = {one.uri for one in happenings(wire, interest.needles()) if one.kind == "create"}
    relevant = {
        one.uri for one in happenings(wire) if one.kind == "create" and reading.look(one.content, interest).relevant
    }
    everything = {one.uri for one in happenings(wire) if one.kind == "create"}
    assert relevant <= kept < everything
    assert [one.uri for one in happenings(wire, interest.needles()) if one.kind == "delete"]


def test_a_direct_message_of_bluesky() -> None:
    (entry,) = [one for one in orjson.loads(captured("bluesky", "log.json"))["logs"] if "message" in one]
    nobody = reading.Profile(Author("did:plc:ada"), frozenset(), False)
    message = reading.read_message(entry["message"], entry["convoId"], nobody, NOW)
    assert isinstance(message, Posted)
    assert (message.text, message.channel) == ("Darf der Hund mitkommen?", "direct")


US = Us("1795241125278", "verein", "localhost:48853")


def test_posts_and_messages_of_mastodon() -> None:
    account = orjson.loads(captured("mastodon", "account.json"))
    us = Us(account["id"], account["acct"], "social.example.org")
    (post,) = [read_status(one, us, NOW) for one in orjson.loads(captured("mastodon", "timeline.json"))]
    assert isinstance(post, Posted)
    assert post.text == "@verein #KeinerBleibtAllein Wir haben in Mannheim noch einen Platz am Tisch"
    assert post.mentions_us
    assert post.version != "1"
    notes = [read_status(one["status"], us, NOW) for one in orjson.loads(captured("mastodon", "notifications.json"))]
    assert {note.channel for note in notes if isinstance(note, Posted)} == {"public", "direct"}


REAL_SHAPE = (
    '<p><span class="h-card" translate="no"><a href="https://social.example.org/@verein" class="u-url mention">@<span>'
    'verein</span></a></span> <a href="https://social.example.org/tags/KeinerBleibtAllein" class="mention hashtag" '
    'rel="tag">#<span>KeinerBleibtAllein</span></a> Wir haben Platz &amp; Zeit.<br />Zwei Stühle.</p><p><a href="https://'
    'lang.example.org/weg/zum/tisch" rel="nofollow"><span class="invisible">https://</span><span class="ellipsis">lang.'
    'example.org/weg</span><span class="invisible">/zum/tisch</span></a></p><script>alert(1)</script>'
)


def test_the_html_of_real_mastodon_servers_becomes_what_was_typed() -> None:
    status = orjson.loads(captured("mastodon", "timeline.json"))[0] | {"content": REAL_SHAPE, "spoiler_text": "Essen"}
    post = read_status(status, US, NOW)
    assert isinstance(post, Posted)
    assert post.text == (
        "Essen\n\n@verein #KeinerBleibtAllein Wir haben Platz & Zeit.\nZwei Stühle.\n\nhttps://lang.example.org/weg/zum/tisch"
    )


def test_wishes_of_an_author_on_mastodon_are_kept() -> None:
    status = orjson.loads(captured("mastodon", "timeline.json"))[0]
    account = status["account"] | {"note": '<p>Bitte <a href="x">#<span>NoBot</span></a></p>', "noindex": True}
    post = read_status(status | {"account": account}, US, NOW)
    assert isinstance(post, Posted)
    assert post.via_bot_optout
    assert post.no_republish
    machine = read_status(status | {"account": status["account"] | {"bot": True}}, US, NOW)
    assert isinstance(machine, Posted)
    assert machine.automatic


def test_an_answer_by_mail_is_only_what_was_newly_written() -> None:
    post = read_mail(captured("mail", "antwort.eml"), "verein@example.org", NOW)
    assert isinstance(post, Posted)
    expected = "Hallo,\n\nich würde gern kommen, am 24. in Worms. Darf mein Hund mit?\n\nLiebe Grüße\nAda"
    assert post.text == expected
    assert post.reply_to_us
    assert post.in_reply_to == "z.0123456789abcdef0123456789abcdef@example.org"
    assert post.author.native_id == "mailto:ada@example.org"
    assert not post.automatic


def test_an_absence_note_is_known_as_a_machine() -> None:
    post = read_mail(captured("mail", "abwesend.eml"), "verein@example.org", NOW)
    assert isinstance(post, Posted)
    assert post.automatic


BOUNCE = b"""From: MAILER-DAEMON@mail.example.org (Mail Delivery System)
To: verein@example.org
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
Message-Id: <bounce-1@mail.example.org>

--b
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; weg@example.org
Original-Recipient: rfc822;weg@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <weg@example.org>:
    Recipient address rejected: User unknown

--b
Content-Type: message/rfc822

From: Verein <verein@example.org>
To: weg@example.org
Subject: =?utf-8?q?F=C3=BCr?= dich
Message-ID: <z.0123456789abcdef0123456789abcdef@example.org>

Hallo

--b--
"""


def test_a_bounce_names_the_mail_and_the_address() -> None:
    event = read_mail(BOUNCE, "verein@example.org", NOW)
    assert isinstance(event, Undelivered)
    assert event.native_id == "z.0123456789abcdef0123456789abcdef@example.org"
    assert (event.address, event.permanent) == ("weg@example.org", True)
    assert "User unknown" in event.reason
    later = read_mail(BOUNCE.replace(b"failed", b"delayed").replace(b"5.1.1", b"4.2.2"), "verein@example.org", NOW)
    assert isinstance(later, Undelivered)
    assert not later.permanent


def test_our_own_mail_is_not_heard() -> None:
    raw = message_from_bytes(captured("mail", "antwort.eml"))
    raw.replace_header("From", "Verein <VEREIN@example.org>")
    assert read_mail(raw.as_bytes(), "verein@example.org", NOW) is None


def test_answers_cannot_be_led_to_somebody_else() -> None:
    """A Reply-To would send the personal link of one person to another."""
    raw = b"From: Ada <ada@example.org>\nReply-To: eve@example.com\nMessage-ID: <a@b>\n\nHallo"
    post = read_mail(raw, "verein@example.org", NOW)
    assert isinstance(post, Posted)
    assert post.author.address == "ada@example.org"


def test_a_message_id_used_again_does_not_hide_another_mail() -> None:
    first, second = (
        read_mail(b"From: ada@example.org\nMessage-ID: <a@b>\n\n" + text, "verein@example.org", NOW)
        for text in (b"Eins", b"Zwei")
    )
    assert isinstance(first, Posted)
    assert isinstance(second, Posted)
    assert first.native_id != second.native_id


@pytest.mark.parametrize("raw", [b"", b"\x00\xff" * 500, b"Subject: nur\n\ntext", b"From: <@>\n\nx"])
def test_what_is_no_mail_is_said_to_be_unreadable(raw: bytes) -> None:
    event = read_mail(raw, "verein@example.org", NOW)
    assert isinstance(event, Malformed)
    assert len(event.excerpt) <= 300
