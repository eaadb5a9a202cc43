"""A better understanding with one click, and what it does to the listing at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.desk.conftest import at_desk
from tests.flowing import NOW, arrive, flow, make_account, make_campaign, said
from zueinander.intake.models import Post
from zueinander.listings.models import Listing
from zueinander.people.models import Attention, Person, Volunteer

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    account, campaign = make_account(), make_campaign()
    campaign.accounts.add(account)
    arrive(
        account, said("@wir #KeinerBleibtAllein suche Anschluss für Heiligabend in Worms", to_us=True, posted_at=NOW)
    )
    flow()
    return Post.objects.get()


def press(desk: Client, post: Post, **button: Any) -> str:
    answer = desk.post(reverse("desk:correct", args=[post.reading.pk]), button, follow=True)
    post.reading.refresh_from_db()
    return str(answer.content.decode())


def listing(side: str = "seek") -> Listing:
    return Listing.objects.get(side=side, state="draft")


def test_the_listing_follows_every_correction_at_once(post: Post, ada: Volunteer) -> None:
    desk = at_desk(ada)
    assert listing().place == "Worms"
    press(desk, post, places="Mannheim, Speyer")
    assert listing().place == "Mannheim"
    press(desk, post, when_add="12-31")
    assert [d.occasion.key for d in listing().dates.all()] == ["12-24", "12-31"]
    press(desk, post, when_drop="12-24")
    assert [d.occasion.key for d in listing().dates.all()] == ["12-31"]
    press(desk, post, people="3")
    assert listing().party == 3
    press(desk, post, needs_add="dog")
    press(desk, post, needs_add="kids")
    assert listing().needs == ["dog", "kids"]
    press(desk, post, needs_drop="dog")
    assert listing().needs == ["kids"]
    press(desk, post, intent="offer")
    assert listing("offer").place == "Mannheim"
    assert not Listing.objects.filter(side="seek", state="draft").exists()


def test_age_and_danger_change_what_the_machine_may_do(post: Post, ada: Volunteer) -> None:
    desk = at_desk(ada)
    person = Person.objects.get()
    press(desk, post, age="71")
    person.refresh_from_db()
    assert person.age_band == "60-74"
    press(desk, post, age="34")
    person.refresh_from_db()
    assert person.age_band == "30-44"
    press(desk, post, danger="acute")
    assert Attention.objects.filter(kind="danger", urgent=True, cleared_at=None).count() == 1
    assert not Listing.objects.filter(state="draft").exists()
    press(desk, post, danger="none")
    assert not Attention.objects.filter(kind="danger", cleared_at=None).exists()
    press(desk, post, age="16")
    person.refresh_from_db()
    assert person.is_minor
    assert not Listing.objects.exclude(state="withdrawn").exists()


def test_pressing_twice_changes_nothing_more(post: Post, ada: Volunteer) -> None:
    desk = at_desk(ada)
    for _ in range(2):
        press(desk, post, needs_add="dog")
        press(desk, post, when_add="12-31")
    assert post.reading.found["needs"] == ["dog"]
    assert [w["date"][-5:] for w in post.reading.found["when"]] == ["12-24", "12-31"]


@pytest.mark.parametrize(
    "wrong", [{"intent": "x"}, {"people": "99"}, {"people": "viele"}, {"age": "-3"}, {"danger": "x"}]
)
def test_what_cannot_be_is_answered_and_changes_nothing(post: Post, ada: Volunteer, wrong: dict[str, str]) -> None:
    before = post.reading.found
    assert "Die Lesart ist, wie sie war" in press(at_desk(ada), post, **wrong)
    assert post.reading.found == before


def test_what_somebody_confirmed_themselves_stays_theirs(post: Post, ada: Volunteer) -> None:
    Listing.objects.update(state="open", confirmed_at=timezone.now())
    page = press(at_desk(ada), post, places="Speyer")
    assert Listing.objects.get().place == "Worms"
    assert "Hier gelten die eigenen Angaben" in page
    assert not Attention.objects.filter(kind="unsure", cleared_at=None).exists()


def test_doubt_is_shown_until_somebody_has_looked(post: Post, ada: Volunteer) -> None:
    row = post.reading
    row.found = {**row.found, "places": [
        {"name": "Neustadt", "confidence": 0.3, "start": 0, "end": 0}, {"name": "Halle", "start": 0, "end": 0},
    ]}  # fmt: skip
    row.confidence = 0.4
    row.save()
    desk = at_desk(ada)
    page = desk.get(reverse("desk:person", args=[Person.objects.get().pk])).content.decode()
    for doubt in ("Nicht sicher, was gemeint ist (40 %).", "Neustadt: Es gibt mehrere", "Mehrere Orte genannt"):
        assert doubt in page
    assert "Nicht sicher" not in press(desk, post, intent="seek")
