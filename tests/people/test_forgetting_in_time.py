"""Nobody is kept longer than the privacy page says, and only numbers stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import pairs
from tests.flowing import arrive, flow, make_account, make_campaign, said
from tests.matching_stage.test_deciding import at_once
from zueinander.campaigns.models import Tally
from zueinander.house.checks import invariants
from zueinander.intake.models import Post
from zueinander.introductions import actions as introducing
from zueinander.introductions.models import FollowUp, Introduction, Message, Report
from zueinander.journal.actions import name_of
from zueinander.journal.models import Entry
from zueinander.listings.models import Listing
from zueinander.matching.actions import propose
from zueinander.matching.models import Match
from zueinander.networks.actions import tell
from zueinander.networks.models import Send, WayBack
from zueinander.networks.port import Deleted
from zueinander.partners.actions import keep_partner, refer
from zueinander.people.actions import (
    are_blocked,
    block,
    give_consent,
    handle_key,
    make_link,
    meet,
    raise_attention,
    stop,
)
from zueinander.people.forgetting_in_time import forget_in_time
from zueinander.people.models import AgeBand, Apart, Attention, Block, Consent, Handle, Person, PersonalLink, Stop
from zueinander.shared.config import config
from zueinander.shared.forgetting import erase, erased_people

pytestmark = pytest.mark.django_db
Clock = Callable[[float], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Moves the clock of everything we do; the rows stay as old as they are."""
    now = timezone.now()

    def move(days: float) -> None:
        moment = now + timedelta(days=days)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return move


def everything_stored() -> bytes:
    """All rows of all tables as the database gives them."""
    found = b""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found += "\n".join(row[0] for row in cursor.fetchall()).encode()
    return found


# -- a person whose only words were taken back ------------------------------------------------------------------------


def test_of_somebody_whose_only_post_was_deleted_nothing_stays(later: Clock) -> None:
    make_campaign()
    account = make_account()
    arrive(account, said("Suche Anschluss am 24.12. in Worms", native_id="a", who="ada", to_us=True))
    flow()
    person = Person.objects.get()
    assert Listing.objects.exists()
    assert Send.objects.filter(person=person).exists()
    arrive(account, Deleted("replay", "a"))
    flow()
    later(0.1)
    forget_in_time()
    for model in (Person, Handle, WayBack, Send, Listing, PersonalLink, Consent, Attention):
        assert not model.objects.exists(), model
    assert handle_key("replay", "ada").encode() not in everything_stored()
    assert person.pk in erased_people()  # also after a restore


def test_stop_outlives_the_person(later: Clock) -> None:
    account = make_account()
    arrive(account, said("Suche Anschluss", native_id="a", who="ada", to_us=True))
    stop(person=Person.objects.get(), actor="machine")
    arrive(account, Deleted("replay", "a"))
    later(0.1)
    forget_in_time()
    assert not Person.objects.exists()
    assert Stop.objects.get().key == handle_key("replay", "ada")
    arrive(account, said("Hallo", native_id="b", who="ada", to_us=True))
    back = Person.objects.get()
    assert back.stopped_at is not None
    assert tell(person=back, text="Hallo", about="x", key="x") is None


def test_a_block_outlives_the_people_it_is_about(later: Clock) -> None:
    names = ("ada", "bo", "cem")
    ada, bo, _cem = (meet(network="mastodon", native_id=name).person for name in names)
    block(one=ada, other=bo, actor=name_of(ada))
    later(400)
    forget_in_time()
    assert not Person.objects.exists()
    assert not Block.objects.exists()
    assert {len(key) for row in Apart.objects.all() for key in (row.one, row.other)} == {64}  # nothing to be read in it
    back = {name: meet(network="mastodon", native_id=name).person for name in names}
    assert are_blocked(back["ada"], back["bo"])
    assert Block.objects.count() == 1
    assert not are_blocked(back["ada"], back["cem"])
    of = pairs.campaign()
    for name, side in (("ada", "seek"), ("bo", "offer"), ("cem", "offer")):
        give_consent(person=back[name], purposes=["match"])
        pairs.listing(of, side, who=back[name], at=pairs.MANNHEIM if name == "cem" else pairs.WORMS)
    propose(of)
    assert Match.objects.get().offer.person == back["cem"]


def test_who_erases_themselves_and_comes_back_by_another_way_stays_apart() -> None:
    ada = meet(network="form", native_id="mailto:ada@example.org").person
    bo = meet(network="mastodon", native_id="bo").person
    block(one=ada, other=bo, actor=name_of(bo))
    erase(ada.pk)
    assert not Block.objects.exists()
    back = meet(network="mail", native_id="mailto:Ada@example.org").person
    assert are_blocked(back, bo)


@pytest.mark.django_db(transaction=True)
def test_two_who_come_back_at_the_same_moment_are_apart_again() -> None:
    ada, bo = (meet(network="mastodon", native_id=name).person for name in ("ada", "bo"))
    block(one=ada, other=bo, actor="machine")
    erase(ada.pk)
    erase(bo.pk)
    come = [lambda name=name: meet(network="mastodon", native_id=name) for name in ("ada", "bo")]
    assert all(isinstance(one, Handle) for one in at_once(*come))
    assert Block.objects.count() == 1


def test_who_wrote_something_else_too_stays(later: Clock) -> None:
    account = make_account()
    arrive(account, said("eins", native_id="a", who="ada"), said("zwei", native_id="b", who="ada"))
    arrive(account, Deleted("replay", "a"))
    later(0.1)
    forget_in_time()
    assert Person.objects.count() == 1


def test_danger_that_nobody_has_seen_yet_is_not_swept_away(later: Clock) -> None:
    account = make_account()
    arrive(account, said("...", native_id="a", who="ada"))
    post, person = Post.objects.get(), Person.objects.get()
    line = raise_attention(
        kind=Attention.Kind.DANGER, subject=post, person=person, deadline=timezone.now(), urgent=True
    )
    arrive(account, Deleted("replay", "a"))
    later(0.1)
    forget_in_time()
    assert Person.objects.exists()
    Attention.objects.filter(pk=line.pk).update(cleared_at=timezone.now())
    forget_in_time()
    assert not Person.objects.exists()


def test_no_human_is_sent_to_answer_words_that_were_taken_back() -> None:
    make_campaign()
    account = make_account()
    arrive(account, said("Suche Anschluss am 24.12. in Worms #KeinerBleibtAllein", native_id="a"))
    flow()
    assert Attention.objects.filter(cleared_at=None, kind=Attention.Kind.BY_HAND).exists()
    arrive(account, Deleted("replay", "a"))
    assert not Attention.objects.filter(cleared_at=None).exists()


# -- seasons end ------------------------------------------------------------------------------------------------------


def met(good: str = "yes") -> Introduction:
    """Ada and Bo were introduced for an occasion in 20 days, wrote, and told afterwards how it was."""
    intro = pairs.introduction()
    ada, bo = intro.match.seek.person, intro.match.offer.person
    said_by_ada = introducing.write(intro, author=ada, text="Ich bringe Kuchen mit", token="a")
    introducing.report(intro, by=bo, text="Das war seltsam", message=said_by_ada)
    for row in FollowUp.objects.all():
        introducing.answer_follow_up(row, met="yes", good=good, text="Es war schön")
    return intro


OCCASION = 20


def test_a_listing_stays_thirty_days_after_its_last_occasion(later: Clock) -> None:
    of = pairs.campaign(OCCASION)
    one, both = pairs.listing(of, "seek", "Ada"), pairs.listing(of, "offer", "Bo", days=2)
    later(OCCASION + 29)
    forget_in_time()
    assert Listing.objects.count() == 2
    later(OCCASION + 32)
    forget_in_time()
    assert list(Listing.objects.all()) == [both]
    later(OCCASION + 7 + 32)
    forget_in_time()
    assert not Listing.objects.exists()
    assert not Person.objects.filter(pk=one.person_id).exists()
    assert dict(Tally.objects.values_list("what", "count")) == {"listing.seek.open": 1, "listing.offer.open": 1}


def test_the_post_a_listing_came_from_goes_with_it(later: Clock) -> None:
    of = pairs.campaign(OCCASION)
    account = make_account()
    arrive(account, said("Suche Anschluss", who="ada"))
    pairs.listing(of, "seek", who=Person.objects.get(), post=Post.objects.get())
    later(OCCASION + 32)
    forget_in_time()
    assert Post.objects.get().text == ""
    assert not Person.objects.exists()


def test_what_two_wrote_and_told_goes_and_only_numbers_stay(later: Clock) -> None:
    intro = met()
    later(OCCASION + 2)
    introducing.ask_how_it_was()
    later(OCCASION + 29)
    forget_in_time()
    assert (Message.objects.count(), FollowUp.objects.count(), Match.objects.count()) == (1, 2, 1)
    later(OCCASION + 32)
    forget_in_time()
    for model in (Message, Report, FollowUp, Introduction, Match):
        assert not model.objects.exists(), model
    assert not Attention.objects.filter(cleared_at=None).exists()
    stays = {(str(t.occasion.on) if t.occasion else "", t.what): t.count for t in Tally.objects.all()}
    on = str(intro.match.occasion.on)
    assert stays[on, "match.ended"] == 1
    assert stays[on, "follow_up.met.yes"] == stays[on, "follow_up.good.yes"] == 2
    assert invariants() == []


def test_after_ninety_days_nothing_about_anybody_is_left(later: Clock) -> None:
    account = make_account()
    arrive(account, said("Ich wollte nur danken", who="dank", to_us=True))
    intro = met()
    referred = pairs.person("Fred")
    refer(person=referred, partner=keep_partner(name="Haus", by=pairs.volunteer()), note="x", by=pairs.volunteer())
    names = [handle.key for handle in Handle.objects.all()]
    assert len(names) == 4
    later(OCCASION + 2)
    introducing.ask_how_it_was()
    later(OCCASION + 91)
    forget_in_time()
    assert not Person.objects.exists()
    stored = everything_stored()
    assert not [name for name in names if name.encode() in stored]
    assert b"Worte von" not in stored
    assert str(intro.match.occasion.on).encode() in stored
    assert forget_in_time() == dict.fromkeys(forget_in_time(), 0)


def test_our_own_words_are_emptied_and_never_said_again(later: Clock) -> None:
    person = pairs.listing(pairs.campaign(OCCASION), "seek", "Ada").person
    send = tell(person=person, text="Bo hat am 24. Platz", about="x", key="x")
    assert send is not None
    Send.objects.update(state="sent")
    later(29)
    forget_in_time()
    assert Send.objects.get().text
    later(31)
    forget_in_time()
    send.refresh_from_db()
    assert (send.text, send.native_id) == ("", "")
    again = tell(person=person, text="Bo hat am 24. Platz", about="x", key="x")
    assert again == send


@pytest.mark.parametrize(("days", "there"), [(6, True), (8, False)])
def test_who_is_under_18_goes_after_a_week(later: Clock, days: int, there: bool) -> None:
    arrive(make_account(), said("Ich bin 15 und allein", who="kim", to_us=True))
    kim = Person.objects.get()
    Person.objects.update(age_band=AgeBand.UNDER_18)
    pairs.listing(pairs.campaign(), "seek", who=kim, state="paused")
    later(days)
    forget_in_time()
    assert Person.objects.exists() is there
    assert (Post.objects.get().text != "") is there


def test_whoever_is_kept_for_a_later_day_loses_nothing(later: Clock) -> None:
    of = pairs.campaign(85)
    row = pairs.listing(of, "seek", "Ada")
    token = make_link(person=row.person, use=PersonalLink.Use.OWN_PAGE)
    later(80)
    forget_in_time()
    row.refresh_from_db()
    assert row.text
    assert token
    assert Handle.objects.exists()


def test_the_journal_says_how_much_was_forgotten(later: Clock) -> None:
    meet(network="mail", native_id="a@example.org")
    later(1)
    forget_in_time()
    entry = Entry.objects.get(verb="forgotten")
    assert entry.detail == {"what": "people", "count": 1}
    assert entry.subjects == []


def test_the_days_can_be_set_shorter(later: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config(), "keep_listing_days", 3)
    pairs.listing(pairs.campaign(OCCASION), "seek", "Ada")
    later(OCCASION + 5)
    forget_in_time()
    assert not Listing.objects.exists()


def test_the_privacy_page_says_the_days_that_hold(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, days in (("listing", 31), ("message", 32), ("minor", 8), ("at_most", 89)):
        monkeypatch.setattr(config(), f"keep_{name}_days", days)
    page = client.get(reverse("site:privacy")).content.decode()
    for days in (31, 32, 8, 89):
        assert f"{days} Tage" in page


def test_new_people_are_left_to_settle(later: Clock) -> None:
    moment: datetime = timezone.now()
    handle: Any = meet(network="mail", native_id="a@example.org")
    assert handle.person.created_at >= moment
    forget_in_time()
    assert Person.objects.exists()
