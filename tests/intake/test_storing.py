"""What arrives is stored once, as seen last, and is gone when it is deleted where it came from."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from tests.flowing import NOW, arrive, make_account, make_campaign, only_post, said
from zueinander.intake import storing
from zueinander.intake.models import Malformed, Post
from zueinander.journal.models import Entry
from zueinander.networks.models import WayBack
from zueinander.networks.port import AccountGone, Author, Deleted, Renamed, Undelivered
from zueinander.networks.port import Malformed as Unreadable
from zueinander.people.models import Attention, Handle, Person
from zueinander.shared.forgetting import erase

pytestmark = pytest.mark.django_db


def test_what_comes_twice_is_there_once() -> None:
    account, post = make_account(), said("Suche Anschluss in Worms")
    assert arrive(account, post, post) == 1
    assert arrive(account, post) == 0
    assert Post.objects.count() == Person.objects.count() == 1


def test_an_edit_replaces_the_text_and_asks_to_be_read_again() -> None:
    account = make_account()
    arrive(account, said("Zwei Plätze", native_id="a", who="ada"))
    Post.objects.update(read_at=NOW)
    assert arrive(account, said("Ein Platz", native_id="a", who="ada", version="2")) == 1
    assert only_post().text == "Ein Platz"
    assert only_post().read_at is None


@pytest.mark.parametrize(
    ("first", "second"),
    [("2", "1"), ("2026-12-20T12:00:00Z", "2026-12-20T11:00:00Z"), ("2026-12-20T12:00:00Z", "1")],
)
def test_an_older_version_that_comes_later_changes_nothing(first: str, second: str) -> None:
    account = make_account()
    arrive(account, said("neu", native_id="a", version=first))
    assert arrive(account, said("alt", native_id="a", version=second)) == 0
    assert only_post().text == "neu"


def test_a_version_that_was_replaced_does_not_come_back() -> None:
    account = make_account()
    arrive(account, said("erst", native_id="a", version="bafy-x"), said("dann", native_id="a", version="bafy-a"))
    assert arrive(account, said("erst", native_id="a", version="bafy-x")) == 0
    assert only_post().text == "dann"


def test_deleted_at_the_source_is_deleted_here() -> None:
    account = make_account()
    arrive(account, said("Meine Nummer ist geheim", native_id="a", url="https://example.org/a", extra={"k": "v"}))
    assert arrive(account, Deleted("replay", "a")) == 1
    post = only_post()
    assert (post.text, post.native_id, post.url, post.extra, post.handle) == ("", "", "", {}, None)
    assert post.deleted_at
    assert arrive(account, said("Meine Nummer ist geheim", native_id="a", version="bafy-2")) == 0
    assert only_post().text == ""


@pytest.mark.parametrize("together", [True, False])
def test_a_deletion_that_comes_first_wins(together: bool) -> None:
    account, gone, late = make_account(), Deleted("replay", "a"), said("zu spät", native_id="a", version="bafy-2")
    if together:
        arrive(account, gone, late)
    else:
        arrive(account, gone)
        arrive(account, late)
    assert only_post().text == ""
    assert Person.objects.count() == 0


def test_a_post_and_its_deletion_in_one_batch_leave_nothing() -> None:
    arrive(make_account(), said("schnell gelöscht", native_id="a"), Deleted("replay", "a"))
    assert only_post().text == ""


def test_thousands_of_strangers_deletions_cost_a_handful_of_queries() -> None:
    account = make_account()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        arrive(account, *(Deleted("replay", f"fremd-{n}") for n in range(3000)))
    assert len(queries) < 15
    assert Post.objects.filter(deleted_at__isnull=False).count() == 3000


def test_a_closed_account_takes_its_posts_along() -> None:
    account = make_account()
    arrive(account, said("eins", who="ada"), said("zwei", who="ada"), said("drei", who="bea"))
    arrive(account, AccountGone("replay", "ada", "deleted"))
    assert sorted(p.text for p in Post.objects.all()) == ["", "", "drei"]
    assert Handle.objects.exclude(gone_at=None).count() == 1


def test_a_resting_account_keeps_its_posts_and_may_come_back() -> None:
    account = make_account()
    arrive(account, said("eins", who="ada"), AccountGone("replay", "ada", "deactivated"))
    assert Handle.objects.exclude(gone_at=None).exists()
    arrive(account, AccountGone("replay", "ada", "active"))
    assert not Handle.objects.exclude(gone_at=None).exists()
    assert only_post().text == "eins"


def test_who_renames_themselves_stays_the_same_person() -> None:
    account = make_account()
    arrive(account, said("eins", who="ada"))
    arrive(
        account, Renamed("replay", Author("ada", "Ada L.", "@ada.l")), Renamed("replay", Author("fremd", "Wer", "@w"))
    )
    handle = Handle.objects.get()
    assert (handle.visible_name, handle.address) == ("Ada L.", "@ada.l")


def test_a_mail_that_cannot_be_delivered_goes_to_a_human() -> None:
    account = make_account("mail")
    arrive(
        account,
        said(
            "Hallo", network="mail", channel="direct", author=Author("mailto:ada@example.org", "Ada", "ada@example.org")
        ),
    )
    arrive(account, Undelivered("mail", "x", "ada@example.org", True, "unknown user"))
    assert Attention.objects.get().kind == Attention.Kind.BY_HAND
    assert Handle.objects.exclude(gone_at=None).exists()


def test_what_nobody_can_read_is_kept_for_the_operator() -> None:
    arrive(make_account(), Unreadable("replay", "not JSON", "{{"), said("lesbar"))
    assert Malformed.objects.get().excerpt == "{{"
    assert Post.objects.count() == 1


def test_when_storing_fails_nothing_is_stored_and_the_cursor_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    account = make_account(cursor="bisher")

    def full(*_: Any, **__: Any) -> None:
        raise OperationalError("could not extend file: No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(storing, "note_way_back", full)
        with pytest.raises(OperationalError):
            arrive(account, said("eins"), said("zwei", to_us=True), cursor="weiter")
    account.refresh_from_db()
    assert (account.cursor, Post.objects.count(), Entry.objects.count()) == ("bisher", 0, 0)
    arrive(account, said("eins"), said("zwei", to_us=True), cursor="weiter")
    account.refresh_from_db()
    assert (account.cursor, Post.objects.count()) == ("weiter", 2)


def test_only_who_turned_to_us_leaves_a_way_back() -> None:
    arrive(make_account(), said("#KeinerBleibtAllein", who="still"), said("@wir hallo", who="laut", to_us=True))
    assert WayBack.objects.get().handle.visible_name == "laut"


def test_a_hashtag_that_turns_out_to_be_a_mention_may_be_answered() -> None:
    account = make_account()
    arrive(account, said("@wir #KeinerBleibtAllein", native_id="a"))
    assert not only_post().automatic_allowed
    arrive(account, said("@wir #KeinerBleibtAllein", native_id="a", to_us=True))
    assert only_post().automatic_allowed
    assert only_post().basis == "mention"


def test_the_campaign_follows_the_hashtag() -> None:
    make_campaign("weihnachten")
    summer = make_campaign("sommer", ("SommerZuZweit",))
    arrive(make_account(), said("los", hashtags=("sommerzuzweit",)))
    assert only_post().campaign == summer


def test_without_a_known_hashtag_the_only_campaign_is_meant_and_with_two_none() -> None:
    account, only = make_account(), make_campaign()
    arrive(account, said("ohne alles", channel="direct"))
    assert only_post().campaign == only
    make_campaign("zweite", ("Zweite",))
    arrive(account, said("auch ohne", channel="direct"))
    assert Post.objects.filter(campaign=None).count() == 1
    only.accounts.add(account)
    arrive(account, said("unser Konto", channel="direct"))
    assert Post.objects.filter(campaign=only).count() == 2


def test_the_erased_stay_erased_when_the_network_delivers_them_again() -> None:
    account, post = make_account(), said("Ich bin Ada", who="ada", native_id="a")
    arrive(account, post)
    erase(Person.objects.get().pk)
    arrive(account, post)
    assert only_post().text == ""
