"""Pasting a post with its link, from any network, without anybody's permission."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.networks.hearing import tools
from zueinander.networks.form import Answers, FormAdapter
from zueinander.networks.manual import ManualAdapter, Paste, Unusable, recognise
from zueinander.networks.port import basis_of
from zueinander.networks.texts import mail_address


@pytest.mark.parametrize(
    ("links", "network", "name"),
    [
        (
            [
                "https://www.instagram.com/p/Cx-1_a/?igsh=abc",
                "https://instagram.com/p/Cx-1_a/",
                "https://www.instagram.com/ada.probe/p/Cx-1_a/",
            ],
            "instagram",
            "instagram:Cx-1_a",
        ),
        (
            [
                "https://x.com/ada/status/123?s=20",
                "https://twitter.com/ada/status/123",
                "https://mobile.twitter.com/a/status/123",
            ],
            "x",
            "x:123",
        ),
        (
            ["https://bsky.app/profile/ada.test/post/3kabc", " https://bsky.app/profile/Ada.test/post/3kabc "],
            "bluesky",
            "bluesky:ada.test/3kabc",
        ),
        (["https://social.example.org/@ada/109123456789"], "mastodon", "mastodon:social.example.org/109123456789"),
        (
            ["https://social.example.org/@ada@other.example/109123456789"],
            "mastodon",
            "mastodon:social.example.org/109123456789",
        ),
        (
            ["https://www.threads.net/@ada/post/Cabc", "https://threads.com/@ada/post/Cabc?xmt=1"],
            "threads",
            "threads:Cabc",
        ),
        (
            [
                "https://m.facebook.com/story.php?story_fbid=77&id=5",
                "https://facebook.com/permalink.php?story_fbid=77&id=5",
            ],
            "facebook",
            "facebook:77",
        ),
        (
            [
                "https://www.facebook.com/groups/nachbarn/posts/88/",
                "https://m.facebook.com/groups/nachbarn/permalink/88/",
            ],
            "facebook",
            "facebook:88",
        ),
        (["https://t.me/nachbarn/12", "https://t.me/s/nachbarn/12"], "telegram", "telegram:nachbarn/12"),
        (["https://www.tiktok.com/@ada/video/5?lang=de"], "tiktok", "tiktok:5"),
        (
            ["https://forum.example.org/t/9?utm_source=x", "https://www.forum.example.org/t/9/#antwort"],
            "web",
            "web:forum.example.org/t/9",
        ),
    ],
)
def test_links_to_one_post_are_one_post(links: list[str], network: str, name: str) -> None:
    for link in links:
        found = recognise(link)
        assert found is not None
        assert (found.network, found.native_id) == (network, name)


@pytest.mark.parametrize(
    "link",
    ["", "kein link", "javascript:alert(1)", "https://", "ftp://example.org/a", "https://[x", "https://a b.example"],
)
def test_what_is_no_link_is_said_to_be_none(link: str) -> None:
    assert recognise(link) is None


@pytest.mark.parametrize(
    "link", ["https://bsky.app.evil.example/profile/a/post/3k", "https://evilinstagram.com/p/abc/"]
)
def test_a_look_alike_is_not_taken_for_the_network(link: str) -> None:
    found = recognise(link)
    assert found is not None
    assert found.network == "web"


def test_pasting_twice_is_one_post_and_a_changed_text_a_new_version() -> None:
    adapter = ManualAdapter(tools())
    link = "https://www.instagram.com/p/Cabc/"
    first, second, changed = (
        adapter.take(Paste(text, link)) for text in ("Ich suche", "Ich suche", "Ich suche nicht mehr")
    )
    assert (first.native_id, first.version) == (second.native_id, second.version)
    assert changed.native_id == first.native_id
    assert changed.version != first.version
    assert basis_of(first) == "pasted"
    assert not adapter.rules.may_answer_automatically(first)


def test_a_message_without_link_is_known_by_its_words() -> None:
    adapter = ManualAdapter(tools())
    one = adapter.take(Paste("Ich  suche\nGesellschaft", author="Ada", seen_in="Instagram", channel="direct"))
    again = adapter.take(Paste("ich suche gesellschaft", author="ada", seen_in="instagram", channel="direct"))
    other = adapter.take(Paste("Ich suche Gesellschaft", author="Bela", seen_in="instagram", channel="direct"))
    assert one.native_id == again.native_id != other.native_id
    assert one.no_republish


def test_two_unknown_authors_are_two_people() -> None:
    adapter = ManualAdapter(tools())
    one, two = (adapter.take(Paste(text)) for text in ("Ich suche", "Ich biete"))
    assert one.author.native_id != two.author.native_id


def test_an_unusable_paste_says_what_is_needed() -> None:
    adapter = ManualAdapter(tools())
    for paste in (Paste("  "), Paste("\u202e\x00"), Paste("Hallo", link="kein link")):
        with pytest.raises(Unusable) as unusable:
            adapter.take(paste)
        assert unusable.value.message.endswith(".")


def test_a_pasted_time_is_kept_unless_it_lies_ahead() -> None:
    adapter = ManualAdapter(tools())
    past = datetime.now(UTC) - timedelta(days=3)
    assert adapter.take(Paste("Hallo", posted_at=past)).posted_at == past
    assert adapter.take(Paste("Hallo", posted_at=past + timedelta(days=30))).posted_at < datetime.now(UTC) + timedelta(
        seconds=1
    )


def test_a_form_sent_twice_is_one_message() -> None:
    adapter = FormAdapter(tools())
    answers = Answers("token-1", "Ich suche", "Ada", "Ada@Example.ORG", extra={"postcode": "67547"})
    one, two = adapter.take(answers), adapter.take(answers)
    assert (one.native_id, one.version) == (two.native_id, two.version)
    assert one.author.address == "Ada@example.org"
    assert one.author.native_id == "mailto:ada@example.org"
    assert one.extra["postcode"] == "67547"
    assert basis_of(one) == "form"
    assert adapter.rules.may_answer_automatically(one)


@pytest.mark.parametrize(
    "bad", ["a@b", "a b@c.de", "a@c.de\nBcc: x@y.de", "a@c.de,x@y.de", "<a@c.de>", "@c.de", "a" * 300 + "@c.de", ""]
)
def test_an_address_that_is_none_is_not_written_to(bad: str) -> None:
    assert mail_address(bad) == ""
