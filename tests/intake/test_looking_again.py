"""Deleted at the source means deleted here, also where the network tells nobody: we look again, politely."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from tests.flowing import arrive, flow, make_account, make_campaign, only_post, said
from tests.networks.hearing import listening
from tests.networks.stages import MastodonStage, fresh
from zueinander.intake import looking
from zueinander.intake.actions import store
from zueinander.intake.looking import look_again
from zueinander.intake.models import Post
from zueinander.intake.rules import look_again_after
from zueinander.intake.storing import key_of
from zueinander.listings.models import Listing
from zueinander.networks.actions import connect
from zueinander.networks.models import Account
from zueinander.networks.port import Batch, Posted, Rechecked
from zueinander.understanding.models import Reading

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def make_due(posts: Any = None) -> None:
    (Post.objects.all() if posts is None else posts).update(look_again_at=timezone.now())


@pytest.fixture
def stage(mastodon_server: Any) -> MastodonStage:
    return MastodonStage(mastodon_server)


@pytest.fixture
def account(stage: MastodonStage) -> Account:
    given = stage.connection
    return connect(network="mastodon", name="wir", settings=given.settings, secrets=given.secrets, hashtags=[stage.tag])


def hear(stage: MastodonStage, account: Account, *words: str) -> None:
    with listening(stage.adapter()) as ear:
        for one in words:
            ear.hears(one)
    for batch in ear.batches:
        with transaction.atomic():
            store(account, batch)


def test_what_the_author_deletes_on_mastodon_goes_here_with_all_we_made_of_it(
    stage: MastodonStage, account: Account
) -> None:
    make_campaign(hashtags=(stage.tag,))
    gone, stays = f"Bin Heiligabend allein und suche Gesellschaft in Worms {fresh()}", f"Frohes Fest {fresh()}"
    stage.mutter(gone)
    stage.mutter(stays)
    hear(stage, account, gone, stays)
    flow()
    assert Listing.objects.count() == 1
    stage.erase(gone)
    make_due()
    assert look_again() == 2
    flow()
    assert [stays in p.text for p in Post.objects.filter(deleted_at=None)] == [True]
    assert Reading.objects.count() == 1
    assert not Listing.objects.exists()


def test_an_edit_found_by_looking_again_is_taken_in(stage: MastodonStage, account: Account) -> None:
    words, new = f"Zwei Plätze {fresh()}", f"Ein Platz {fresh()}"
    stage.say(words)
    hear(stage, account, words)
    stage.edit(words, new)
    make_due()
    look_again()
    assert new in only_post().text


def test_a_server_that_wants_quiet_is_left_alone_and_nothing_counts_as_gone(
    stage: MastodonStage, account: Account
) -> None:
    words = [f"Hallo {fresh()}" for _ in range(3)]
    for one in words:
        stage.mutter(one)
    hear(stage, account, *words)
    stage.server.fault("/api/v1/statuses/*", "ratelimit")
    try:
        make_due()
        assert look_again() == 3
        assert look_again() == 0
    finally:
        stage.server.heal()
    assert not Post.objects.exclude(deleted_at=None).exists()
    assert Post.objects.filter(look_again_at__gt=timezone.now()).count() == 3


class Answers:
    """A network that answers as it is told and counts who asks."""

    def __init__(self, **standing: Any) -> None:
        self.standing, self.asked = standing, list[list[str]]()

    def still_there(self, native_ids: list[str]) -> Rechecked:
        self.asked.append(list(native_ids))
        return Rechecked({one: self.standing.get(one, "there") for one in native_ids if not one.startswith("dm:")})


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Any:
    def make(**standing: Any) -> Answers:
        made = Answers(**standing)
        monkeypatch.setattr(looking, "adapter_for", lambda account: made)
        return made

    return make


def test_a_batch_is_small_and_those_who_wait_longest_come_first(network: Any) -> None:
    account, asked = make_account("mastodon"), network().asked
    arrive(account, *(toot(f"p{n}") for n in range(5)))
    ids = {p.native_id: p.pk for p in Post.objects.all()}
    for n in range(5):
        Post.objects.filter(pk=ids[f"p{n}"]).update(look_again_at=timezone.now() - n * HOUR)
    assert look_again(2) == 2
    assert asked == [["p4", "p3"]]
    assert look_again(2) == 2
    assert asked[1] == ["p2", "p1"]


def test_messages_nobody_can_ask_about_keep_no_post_from_being_asked_about(network: Any) -> None:
    account, asked = make_account("bluesky"), network(**{"at://a": "gone"}).asked
    arrive(account, *(toot(one, network="bluesky") for one in ("dm:1", "dm:2", "at://a")))
    make_due()
    Post.objects.filter(key=key_of("bluesky", "at://a")).update(look_again_at=timezone.now() - timedelta(seconds=1))
    make_due(Post.objects.exclude(key=key_of("bluesky", "at://a")))
    Post.objects.exclude(key=key_of("bluesky", "at://a")).update(look_again_at=timezone.now() - HOUR)
    look_again(2)
    look_again(2)
    assert asked[1] == ["at://a"]
    assert Post.objects.filter(deleted_at=None, look_again_at=None).count() == 2


def test_not_asked_before_its_time_and_then_again_later(network: Any) -> None:
    account, asked = make_account("mastodon"), network().asked
    arrive(account, toot("a"))
    assert look_again() == 0
    make_due()
    assert (look_again(), look_again()) == (1, 0)
    assert asked == [["a"]]
    due = only_post().look_again_at
    assert due is not None
    assert due > timezone.now() + 0.9 * HOUR


def test_one_network_that_breaks_keeps_no_other_from_being_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    broken, well = make_account("mastodon", "a"), make_account("mastodon", "b")
    arrive(broken, toot("a"))
    arrive(well, toot("b"))
    make_due()

    def adapter(account: Account) -> Any:
        if account.pk == broken.pk:
            raise RuntimeError("boom")
        return Answers(b="gone")

    monkeypatch.setattr(looking, "adapter_for", adapter)
    assert look_again() == 1
    assert Post.objects.get(deleted_at=None).native_id == "a"


def test_after_a_gap_posts_of_a_network_that_reports_deletions_are_looked_at_again(network: Any) -> None:
    account = make_account("bluesky")
    arrive(account, toot("at://a/b/c", network="bluesky"))
    network(**{"at://a/b/c": "gone"})
    assert only_post().look_again_at > timezone.now() + 24 * HOUR  # type: ignore[operator]
    store(account, Batch((), "neu", timezone.now(), gap="Zwei Stunden fehlen."))
    assert only_post().look_again_at < timezone.now() + HOUR  # type: ignore[operator]
    make_due()
    look_again()
    assert only_post().deleted_at


def test_young_posts_often_old_ones_seldom() -> None:
    ages = [timedelta(hours=2), timedelta(days=3), timedelta(days=20), timedelta(days=200)]
    pauses = [look_again_after(age, told=False) for age in ages]
    assert pauses == sorted(pauses)
    assert pauses[0] <= HOUR
    assert look_again_after(ages[0], told=True) > timedelta(days=1)


def toot(native_id: str, network: str = "mastodon") -> Posted:
    return said(native_id, native_id=native_id, network=network, posted_at=timezone.now())
