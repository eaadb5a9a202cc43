"""`zueinander check` is silent on a healthy database and names what somebody broke by hand."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, models

from tests import pairs
from zueinander.house.checks import invariants
from zueinander.introductions import actions
from zueinander.introductions.models import Introduction
from zueinander.listings.models import ListingDate
from zueinander.matching.models import Match
from zueinander.networks.models import Send
from zueinander.people.models import Block, Person

pytestmark = pytest.mark.django_db


def by_hand(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql, values)


@pytest.fixture
def intro() -> Introduction:
    made = pairs.introduction(seats=2)
    assert invariants() == []
    return made


def one_line(start: str) -> None:
    found = invariants()
    assert len([line for line in found if line.startswith(start)]) == 1, found


def test_an_introduction_without_both_yes(intro: Introduction) -> None:
    by_hand("UPDATE introductions_ask SET answer = 'no' WHERE listing_id = %s", intro.match.offer_id)
    assert invariants() == [f"Introduction {intro.pk}: not both people said yes."]
    by_hand("UPDATE introductions_ask SET answer = 'yes'")
    assert invariants() == []
    by_hand("DELETE FROM introductions_ask WHERE listing_id = %s", intro.match.seek_id)
    assert invariants() == [f"Introduction {intro.pk}: not both people said yes."]


def test_two_yes_of_the_same_side_are_not_both(intro: Introduction) -> None:
    by_hand("ALTER TABLE introductions_ask DROP CONSTRAINT asked_once")
    by_hand(
        "UPDATE introductions_ask SET listing_id = %s WHERE listing_id = %s", intro.match.seek_id, intro.match.offer_id
    )
    assert invariants() == [f"Introduction {intro.pk}: not both people said yes."]


def test_an_introduction_without_a_volunteer(intro: Introduction) -> None:
    by_hand("ALTER TABLE matching_match DROP CONSTRAINT a_human_decided")
    by_hand("UPDATE matching_match SET decided_by_id = NULL")
    assert invariants() == [f"Introduction {intro.pk}: no volunteer said yes."]


def test_a_match_introduced_by_nobody(intro: Introduction) -> None:
    actions.answer_follow_up(intro.follow_ups.all()[0], met="yes")
    by_hand("DELETE FROM introductions_followup")
    for table in ("introductions_message", "introductions_report", "introductions_introduction"):
        by_hand(f"DELETE FROM {table}")
    assert invariants() == [f"Match {intro.match_id}: introduced, but there is no introduction."]


@pytest.mark.parametrize("taken", [0, 2])
def test_seats_that_nobody_holds_or_too_few(intro: Introduction, taken: int) -> None:
    day = ListingDate.objects.get(listing=intro.match.offer)
    by_hand("UPDATE listings_listingdate SET taken = %s WHERE id = %s", taken, day.pk)
    one_line(f"Date {day.pk} of listing {day.listing_id}: {taken} seats are taken, matches hold 1.")


def test_a_seat_given_twice(intro: Introduction) -> None:
    day = ListingDate.objects.get(listing=intro.match.offer)
    by_hand("ALTER TABLE listings_listingdate DROP CONSTRAINT no_seat_twice")
    by_hand("UPDATE listings_listingdate SET taken = 3 WHERE id = %s", day.pk)
    by_hand("UPDATE matching_match SET party = 3")
    one_line(f"Date {day.pk} of listing {day.listing_id}: 3 seats are given, there are 2.")


def test_a_match_on_a_date_its_listing_does_not_have(intro: Introduction) -> None:
    by_hand("DELETE FROM listings_listingdate WHERE listing_id = %s", intro.match.offer_id)
    assert invariants() == [f"Match {intro.match_id}: its offer listing does not have this date."]


def test_two_live_matches_of_one_seeker(intro: Introduction) -> None:
    by_hand("DROP INDEX one_live_match")
    other = Match.objects.get(pk=intro.match_id)
    other.pk, other.offer, other.state = None, pairs.listing(intro.match.campaign, "offer", "Cem"), "approved"
    other._state.adding = True
    other.save(force_insert=True)
    one_line(f"Listing {intro.match.seek_id}: 2 live matches for one seeker.")


def test_a_second_automatic_answer(intro: Introduction) -> None:
    by_hand("DROP INDEX one_automatic_answer_per_interaction")
    first, second = Send.objects.all()[:2]
    by_hand(
        "UPDATE networks_send SET automatic = true, interaction = 'post:1' WHERE id IN (%s, %s)", first.pk, second.pk
    )
    assert invariants() == ["Interaction post:1: 2 automatic answers."]


def test_a_message_that_is_being_sent_for_ever(intro: Introduction) -> None:
    send = Send.objects.all()[0]
    by_hand(
        "UPDATE networks_send SET state = 'trying', tried_at = now() - interval '59 minutes' WHERE id = %s", send.pk
    )
    assert invariants() == []
    by_hand("UPDATE networks_send SET tried_at = now() - interval '61 minutes' WHERE id = %s", send.pk)
    assert invariants() == [f"Send {send.pk}: being sent for more than an hour."]


def test_a_minor_with_a_listing_or_a_match(intro: Introduction) -> None:
    by_hand("UPDATE people_person SET age_band = '0-17' WHERE id = %s", intro.match.seek.person_id)
    assert invariants() == [f"Match {intro.match_id}: live, but one person is under 18."]
    other = pairs.listing(intro.match.campaign, "offer", "Kid")
    by_hand("UPDATE people_person SET age_band = '0-17' WHERE id = %s", other.person_id)
    one_line(f"Listing {other.pk}: open, but the person is under 18.")


def test_a_match_between_blocked_people(intro: Introduction) -> None:
    first, second = sorted([intro.match.seek.person_id, intro.match.offer.person_id])
    by_hand("INSERT INTO people_block (first_id, second_id, made_by, at) VALUES (%s, %s, 'x', now())", first, second)
    assert Block.objects.count() == 1
    assert invariants() == [f"Match {intro.match_id}: live between people of whom one blocked the other."]


def test_a_column_nobody_classified(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Person, "CLASSES", {k: v for k, v in Person.CLASSES.items() if k != "lang"})
    assert invariants() == ["people.Person.lang has no data class."]


def test_a_model_about_people_that_no_room_would_erase(monkeypatch: pytest.MonkeyPatch) -> None:
    from zueinander.people import forget

    kept: tuple[type[models.Model], ...] = (Person,)
    monkeypatch.setattr(forget, "HOLDS", tuple(h for h in forget.HOLDS if h.model not in kept))
    assert invariants() == ["people.Person holds personal data, but no room's HOLDS lists it."]
