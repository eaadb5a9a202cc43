"""The matcher looks again when something it depends on has changed, and only then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from tests import pairs
from zueinander.campaigns.models import Campaign, Occasion
from zueinander.desk.actions import note_age
from zueinander.introductions.actions import answer, ask_approved
from zueinander.journal.actions import record
from zueinander.listings import actions as listings
from zueinander.listings.models import Listing
from zueinander.matching import actions
from zueinander.matching.models import Learnt, Match, Run
from zueinander.matching.tasks import is_due, propose_where_due
from zueinander.people.actions import block, stop, withdraw_consent
from zueinander.people.models import Volunteer
from zueinander.shared.forgetting import erase

pytestmark = pytest.mark.django_db


@dataclass
class World:
    """Ada seeks and Bo hosts: they are proposed. Eva seeks as well, Cem hosts far from both."""

    campaign: Campaign
    by: Volunteer
    ada: Listing
    bo: Listing
    eva: Listing
    cem: Listing

    @property
    def match(self) -> Match:
        return Match.objects.get(seek=self.ada, offer=self.bo)

    @property
    def day(self) -> Occasion:
        return self.campaign.occasions.all()[0]


@pytest.fixture
def world() -> World:
    of = pairs.campaign()
    ada, bo = pairs.listing(of, "seek", "Ada"), pairs.listing(of, "offer", "Bo")
    eva, cem = pairs.listing(of, "seek", "Eva", at=pairs.KIEL, radius_km=5), pairs.listing(of, "offer", "Cem")
    pairs.listing(of, "offer", "Far", at=pairs.MANNHEIM)
    cem.lat = 53.0
    cem.save()
    actions.propose(of)
    return World(of, pairs.volunteer(), ada, bo, eva, cem)


def moved(row: Listing, **values: object) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


MATTERS: dict[str, Callable[[World], object]] = {
    "somebody new": lambda w: pairs.listing(w.campaign, "seek", "Ida"),
    "a new host": lambda w: pairs.listing(w.campaign, "offer", "Dan"),
    "another place": lambda w: moved(w.eva, lat=53.1),
    "a wider radius": lambda w: moved(w.eva, radius_km=200),
    "a need": lambda w: moved(w.ada, needs=["dog"]),
    "an interest": lambda w: moved(w.cem, interests=["music"]),
    "a wish for a household": lambda w: moved(w.ada, household_wish="women"),
    "more seats": lambda w: w.bo.dates.update(seats=4),
    "another order of days": lambda w: w.ada.dates.update(preference=3),
    "a host who pauses": lambda w: listings.pause(w.cem, actor="machine"),
    "a seeker who ends it": lambda w: listings.withdraw(w.eva, actor="machine"),
    "a stop": lambda w: stop(person=w.cem.person, actor="machine"),
    "no consent any more": lambda w: withdraw_consent(person=w.cem.person, purpose="match"),
    "a block": lambda w: block(one=w.eva.person, other=w.cem.person, actor="machine"),
    "an age": lambda w: note_age(w.cem.person, band="0-17", by=w.by),
    "an erasure": lambda w: erase(w.cem.person_id),
    "a yes": lambda w: actions.approve(w.match, by=w.by),
    "a no": lambda w: actions.reject(w.match, by=w.by, reason="no"),
    "a pair set by hand": lambda w: actions.pin(seek=w.eva, offer=w.cem, occasion=w.day, by=w.by),
    "a pair ruled out": lambda w: actions.forbid(seek=w.eva, offer=w.cem, occasion=w.day, by=w.by),
    "other weights": lambda w: actions.weigh(w.campaign, values={"closeness": 0.6}, by=w.by),
    "another occasion": lambda w: Occasion.objects.create(campaign=w.campaign, on=w.day.on + timedelta(1), name="Neu"),
    "what a season taught": lambda w: Learnt.objects.create(campaign=pairs.campaign(), experience={}),
}
DOES_NOT: dict[str, Callable[[World], object]] = {
    "a post": lambda w: record("arrived", w.ada.person),
    "a message sent": lambda w: record("sent", w.ada.person, w.ada),
    "a draft": lambda w: pairs.listing(w.campaign, "seek", "Ida", state="draft"),
    "a block elsewhere": lambda w: block(one=pairs.person("Ida"), other=w.cem.person, actor="machine"),
    "a stop elsewhere": lambda w: stop(person=pairs.person("Ida"), actor="machine"),
    "another campaign": lambda w: pairs.listing(pairs.campaign(), "seek", "Ida"),
    "weights of another campaign": lambda w: actions.weigh(pairs.campaign(), values={"closeness": 0.6}, by=w.by),
    "its own proposals": lambda w: actions.propose(w.campaign),
    "a text": lambda w: moved(w.ada, text="Andere Worte"),
}


@pytest.mark.parametrize("what", MATTERS)
def test_it_looks_again_after(what: str, world: World) -> None:
    assert not is_due(world.campaign)
    MATTERS[what](world)
    assert is_due(world.campaign)


@pytest.mark.parametrize("what", DOES_NOT)
def test_it_does_not_look_again_after(what: str, world: World) -> None:
    DOES_NOT[what](world)
    runs = Run.objects.filter(campaign=world.campaign)
    before = runs.count()
    propose_where_due()
    assert runs.count() == before


def test_asking_and_agreeing_changes_nothing_for_the_others_but_a_no_does(world: World) -> None:
    match = actions.approve(world.match, by=world.by)
    actions.propose(world.campaign)
    ask_approved()
    seek, offer = match.asks.get(listing=world.ada), match.asks.get(listing=world.bo)
    answer(seek, yes=True)
    assert not is_due(world.campaign)
    answer(offer, yes=False)
    assert is_due(world.campaign)


def test_who_waits_longer_is_looked_at_after_a_while(world: World) -> None:
    Run.objects.update(at=Run.objects.latest("id").at - timedelta(minutes=16))
    assert is_due(world.campaign)
