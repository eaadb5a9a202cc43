"""People decide about their own listing: what they say counts, and nothing given away is taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.flowing import make_campaign
from zueinander.campaigns.models import Campaign
from zueinander.listings.actions import Answers, confirm, consent, pause, resume, start, withdraw
from zueinander.listings.models import Listing, ListingDate, Standing
from zueinander.people.actions import has_consented
from zueinander.people.models import Person
from zueinander.shared.forgetting import erase, export
from zueinander.shared.lifecycle import ForbiddenStep

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign() -> Campaign:
    return make_campaign()


def days(campaign: Campaign, **seats: int) -> list[tuple[int, int]]:
    return [(o.pk, seats[f"d{o.on:%d}"]) for o in campaign.occasions.all() if f"d{o.on:%d}" in seats]


def answers(campaign: Campaign) -> Answers:
    return Answers(
        first_name="Mia", side="offer", place="Worms", country="DE", lat=49.63278, lon=8.35916, party=3,
        dates=days(campaign, d24=3, d31=2), accepts=["dog"], age_band="30-44", text="Bei uns ist Platz.",
        purposes=["match", "share"],
    )  # fmt: skip


def begun(campaign: Campaign) -> Listing:
    return start(person=Person.objects.create(), campaign=campaign, answers=answers(campaign), actor="person:1")


def test_answers_open_a_listing_with_a_coarse_place(campaign: Campaign) -> None:
    listing = begun(campaign)
    assert listing.state == Standing.OPEN
    assert (listing.lat, listing.lon) == (49.63, 8.36)
    assert [(d.occasion.key, d.seats) for d in listing.dates.all()] == [("12-24", 3), ("12-31", 2)]
    assert (listing.person.first_name, has_consented(listing.person, "match")) == ("Mia", True)


def test_starting_twice_changes_the_one_there_is(campaign: Campaign) -> None:
    listing = begun(campaign)
    again = replace(answers(campaign), place="Trier")
    assert start(person=listing.person, campaign=campaign, answers=again, actor="p") == listing
    assert Listing.objects.get().place == "Trier"


def test_who_seeks_after_all_gets_a_listing_of_that_side_and_nobody_counts_on_the_old_one(campaign: Campaign) -> None:
    listing = begun(campaign)
    seek = confirm(listing, answers=replace(answers(campaign), side="seek"), actor="p")
    listing.refresh_from_db()
    assert (listing.side, listing.state) == ("offer", Standing.WITHDRAWN)
    assert (seek.side, seek.state, seek.person) == ("seek", Standing.OPEN, listing.person)


def test_of_two_drafts_the_one_confirmed_for_the_other_side_gives_way(campaign: Campaign) -> None:
    """Their text could mean both; on the page of the one they say the other."""
    person = Person.objects.create()
    drafts = {side: Listing.objects.create(person=person, campaign=campaign, side=side) for side in ("seek", "offer")}
    opened = confirm(drafts["seek"], answers=answers(campaign), actor="p")
    assert (opened, opened.state) == (drafts["offer"], Standing.OPEN)
    assert Listing.objects.exclude(state=Standing.WITHDRAWN).count() == 1


def test_a_single_draft_is_turned_round_in_place(campaign: Campaign) -> None:
    draft = Listing.objects.create(person=Person.objects.create(), campaign=campaign, side="seek")
    assert confirm(draft, answers=answers(campaign), actor="p") == draft
    assert (draft.side, draft.state) == ("offer", Standing.OPEN)


def test_seats_already_given_are_not_taken_back(campaign: Campaign) -> None:
    listing = begun(campaign)
    ListingDate.objects.filter(listing=listing).update(taken=2)
    confirm(listing, answers=replace(answers(campaign), dates=days(campaign, d24=1, d25=4)), actor="p")
    assert {(d.occasion.key, d.seats) for d in listing.dates.all()} == {("12-24", 2), ("12-31", 2), ("12-25", 4)}


def test_under_18_ends_it(campaign: Campaign) -> None:
    draft = Listing.objects.create(person=Person.objects.create(), campaign=campaign, side="offer")
    confirm(draft, answers=replace(answers(campaign), age_band="0-17"), actor="p")
    assert draft.state == Standing.WITHDRAWN
    assert draft.person.is_minor


def test_who_turns_out_to_be_under_18_rests_and_cannot_go_on(campaign: Campaign) -> None:
    listing = begun(campaign)
    confirm(listing, answers=replace(answers(campaign), age_band="0-17"), actor="p")
    assert listing.state == Standing.PAUSED
    with pytest.raises(ForbiddenStep):
        resume(listing, actor="p")


def test_who_once_said_they_are_under_18_stays_so_until_a_human_knows_better(campaign: Campaign) -> None:
    listing = begun(campaign)
    Person.objects.update(age_band="0-17")
    confirm(listing, answers=answers(campaign), actor="p")
    assert (listing.state, Person.objects.get().age_band) == (Standing.PAUSED, "0-17")
    withdraw(listing, actor="p")
    assert start(person=listing.person, campaign=campaign, answers=answers(campaign), actor="p").state != Standing.OPEN


def test_a_yes_taken_back_lets_everything_rest_until_it_is_given_again(campaign: Campaign) -> None:
    listing = begun(campaign)
    consent(person=listing.person, purposes=["share"])
    listing.refresh_from_db()
    assert listing.state == Standing.PAUSED
    with pytest.raises(ForbiddenStep):
        resume(listing, actor="p")
    consent(person=listing.person, purposes=["match", "share"])
    assert resume(listing, actor="p").state == Standing.OPEN


def test_without_consent_nobody_is_matched(campaign: Campaign) -> None:
    draft = Listing.objects.create(person=Person.objects.create(), campaign=campaign, side="offer")
    confirm(draft, answers=replace(answers(campaign), purposes=["share"]), actor="p")
    assert draft.state == Standing.DRAFT
    listing = begun(campaign)
    confirm(listing, answers=replace(answers(campaign), purposes=[]), actor="p")
    assert listing.state == Standing.PAUSED
    assert not has_consented(listing.person, "match")


def test_pause_resume_withdraw_and_no_way_back(campaign: Campaign) -> None:
    listing = begun(campaign)
    assert pause(listing, actor="p").state == Standing.PAUSED
    assert resume(listing, actor="p").state == Standing.OPEN
    assert withdraw(listing, actor="p").state == Standing.WITHDRAWN
    with pytest.raises(ForbiddenStep):
        withdraw(listing, actor="p")
    assert begun(campaign) != listing


def test_what_we_hold_can_be_taken_along_and_erased(campaign: Campaign) -> None:
    person = begun(campaign).person
    assert export(person.pk)["listings.Listing"][0]["text"] == "Bei uns ist Platz."
    erase(person.pk)
    assert not Listing.objects.exists()
