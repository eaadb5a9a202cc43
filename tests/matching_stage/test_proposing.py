"""Who is proposed to whom, and who never is."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests import pairs
from zueinander.campaigns.models import Campaign
from zueinander.listings.models import Listing
from zueinander.listings.towns import people_in
from zueinander.matching import actions, solver, solving
from zueinander.matching.models import Match, Matching
from zueinander.matching.queries import watch_outs
from zueinander.people.actions import block, stop, withdraw_consent
from zueinander.people.models import Attention

pytestmark = pytest.mark.django_db


def proposed() -> set[tuple[str, str]]:
    rows = Match.objects.filter(state=Matching.PROPOSED)
    return {(m.seek.person.first_name, m.offer.person.first_name) for m in rows}


def test_two_who_fit_are_proposed_with_reasons_and_wait_on_the_desk_before_the_occasion() -> None:
    of = pairs.campaign()
    seek = pairs.listing(of, "seek", "Ada", needs=["dog"])
    pairs.listing(of, "offer", "Bo", accepts=["dog"], at=pairs.MANNHEIM)
    run = actions.propose(of)
    match = Match.objects.get()
    assert proposed() == {("Ada", "Bo")}
    assert 15 < match.distance_km < 30
    assert any("km" in reason for reason in match.reasons)
    assert match.score == pytest.approx(sum(match.terms.values()))
    assert (run.seekers, run.hosts, run.matched, run.matched_bound) == (1, 1, 1, 1)
    line = Attention.objects.get(kind="proposal", cleared_at=None)
    assert line.subject == f"match:{match.pk}"
    assert line.person == seek.person


@pytest.mark.parametrize(
    ("seek", "offer"),
    [
        ({"needs": ["dog"]}, {"accepts": ["children"]}),
        ({"accepts": []}, {"needs": ["smoke"]}),
        ({"household_wish": "women"}, {"household_is": "family"}),
        ({"household_is": "single"}, {"household_wish": "women"}),
        ({"at": pairs.KIEL}, {}),
        ({"seats": 3}, {"seats": 2}),
        ({"state": "paused"}, {}),
        ({}, {"state": "withdrawn"}),
        ({"lat": None}, {}),
    ],
)
def test_what_is_asked_for_is_never_bent(seek: dict[str, Any], offer: dict[str, Any]) -> None:
    of = pairs.campaign()
    pairs.listing(of, "seek", "Ada", **seek)
    pairs.listing(of, "offer", "Bo", **offer)
    actions.propose(of)
    assert proposed() == set()


def test_a_woman_who_comes_alone_is_somebody_alone_too_but_two_are_not() -> None:
    of = pairs.campaign()
    pairs.listing(of, "seek", "Ada", household_is="women", seats=2)
    pairs.listing(of, "offer", "Bo", household_wish="single", seats=2)
    actions.propose(of)
    assert proposed() == set()
    pairs.listing(of, "seek", "Eva", household_is="women")
    actions.propose(of)
    assert proposed() == {("Eva", "Bo")}


def test_what_fits_both_ways_is_proposed() -> None:
    of = pairs.campaign()
    pairs.listing(of, "seek", "Ada", accepts=["smoke"], household_is="women", household_wish="women", seats=2)
    pairs.listing(of, "offer", "Bo", needs=["smoke"], household_wish="women", household_is="women", seats=2)
    actions.propose(of)
    assert proposed() == {("Ada", "Bo")}


def test_blocked_minor_stopped_and_unwilling_people_are_left_out() -> None:
    of = pairs.campaign()
    seek = pairs.listing(of, "seek", "Ada")
    foe, stopped, silent = (pairs.listing(of, "offer", name) for name in ("Foe", "Stopped", "NoConsent"))
    pairs.listing(of, "offer", who=pairs.person("Kid", age_band="0-17"))
    pairs.listing(of, "offer", who=seek.person)
    block(one=seek.person, other=foe.person, actor="machine")
    stop(person=stopped.person, actor="machine")
    withdraw_consent(person=silent.person, purpose="match")
    actions.propose(of)
    assert proposed() == set()
    pairs.listing(of, "offer", "Bo")
    actions.propose(of)
    assert proposed() == {("Ada", "Bo")}


def test_who_lives_in_a_village_goes_first_where_a_seat_is_short() -> None:
    of = pairs.campaign()
    harbour = (53.63, 11.41)
    pairs.listing(of, "seek", "Town", at=harbour, place="Schwerin")
    pairs.listing(of, "seek", "Village", at=(53.8, 11.36), place="Bobitz", country="DE")
    pairs.listing(of, "offer", "Bo", at=harbour, place="Schwerin")
    run = actions.propose(of)
    assert (run.seekers, run.hard) == (2, 1)
    assert proposed() == {("Village", "Bo")}


def test_a_village_is_known_by_its_name_and_where_it_is() -> None:
    assert (people_in("Schwerin", "DE", 53.63, 11.41) or 0) > 50_000
    assert people_in("Schwerin", "DE", 48.1, 11.4) is None
    assert people_in("Nirgendwo", "", 53.6, 11.4) is None


def test_a_seeker_under_age_is_never_proposed() -> None:
    of = pairs.campaign()
    pairs.listing(of, "seek", who=pairs.person("Kid", age_band="0-17"))
    pairs.listing(of, "offer", "Bo")
    actions.propose(of)
    assert proposed() == set()


def test_as_many_as_possible_have_company_and_running_again_changes_nothing() -> None:
    of = pairs.campaign()
    for name in ("Ada", "Eva"):
        pairs.listing(of, "seek", name)
    pairs.listing(of, "seek", "Far", at=pairs.MANNHEIM, radius_km=5)
    pairs.listing(of, "offer", "Bo", seats=2, at=pairs.MANNHEIM)
    pairs.listing(of, "offer", "Cem", seats=2)
    actions.propose(of)
    first = set(Match.objects.values_list("pk", "state"))
    assert len(proposed()) == 3
    actions.propose(of)
    assert set(Match.objects.values_list("pk", "state")) == first
    assert Attention.objects.filter(kind="proposal").count() == 3


def test_a_proposal_that_no_longer_fits_lapses_and_leaves_the_desk() -> None:
    of = pairs.campaign()
    pairs.listing(of, "seek", "Ada")
    host = pairs.listing(of, "offer", "Bo")
    actions.propose(of)
    host.state = "withdrawn"
    host.save()
    actions.propose(of)
    assert Match.objects.get().state == Matching.LAPSED
    assert not Attention.objects.filter(kind="proposal", cleared_at=None).exists()


def test_a_no_is_remembered_and_somebody_else_is_proposed() -> None:
    of = pairs.campaign()
    seek, near = pairs.listing(of, "seek", "Ada"), pairs.listing(of, "offer", "Bo")
    pairs.listing(of, "offer", "Cem", at=pairs.MANNHEIM)
    actions.reject(pairs.proposal(of, seek, near), by=pairs.volunteer(), reason="too far")
    actions.propose(of)
    assert proposed() == {("Ada", "Cem")}
    assert Match.objects.get(offer=near).reject_reason == "too far"


def test_what_a_volunteer_puts_together_stays() -> None:
    of = pairs.campaign()
    seek = pairs.listing(of, "seek", "Ada")
    pairs.listing(of, "offer", "Bo")
    far = pairs.listing(of, "offer", "Far", at=pairs.KIEL)
    made = actions.pin(seek=seek, offer=far, occasion=of.occasions.all()[0], by=pairs.volunteer())
    actions.propose(of)
    assert proposed() == {("Ada", "Far")}
    assert "Der Weg ist weiter als gewünscht." in watch_outs(made)
    block(one=seek.person, other=far.person, actor="machine")
    with pytest.raises(actions.NotTogether):
        actions.pin(seek=seek, offer=far, occasion=of.occasions.all()[0], by=pairs.volunteer())


def test_candidates_are_ranked_from_either_side() -> None:
    of = pairs.campaign()
    seek = pairs.listing(of, "seek", "Ada")
    near, far = pairs.listing(of, "offer", "Bo"), pairs.listing(of, "offer", "Cem", at=pairs.MANNHEIM)
    foe = pairs.listing(of, "offer", "Foe")
    block(one=seek.person, other=foe.person, actor="machine")
    found = actions.candidates_for(seek)
    assert [c.listing for c in found] == [near, far]
    assert found[0].km < found[1].km
    assert found[1].reasons
    assert [c.listing for c in actions.candidates_for(far)] == [seek]
    assert actions.candidates_for(foe) == []


def drawn(of: Campaign, rng: random.Random, side: str, number: int) -> Listing:
    """Somebody somewhere between Worms and Heidelberg with wishes of every kind."""
    kinds = ["", "women", "family", "couple", "single"]
    needs, accepts = (rng.sample(["dog", "kids", "wheelchair"], rng.choice([0, 0, 1, 2])) for _ in range(2))
    made = pairs.listing(
        of, side, who=pairs.person(f"{side}{number}", reachable=False, purposes=rng.choice([("match",)] * 4 + [()])),
        at=(49.4 + rng.random() / 2, 8.2 + rng.random() / 2), radius_km=rng.choice([10, 25, 60]), needs=needs,
        accepts=sorted({*accepts, *rng.sample(["dog", "kids", "wheelchair"], 2)}), days=rng.choice([1, 2]),
        household_wish=rng.choice([*kinds, *[""] * 6]), household_is=rng.choice([*kinds, "mixed"]),
        seats=rng.choice([1, 1, 2, 3]),
    )  # fmt: skip
    if side == "offer" and rng.random() < 0.3:
        made.dates.update(taken=1)
    return made


@pytest.mark.parametrize("seed", range(3))
def test_the_database_leaves_out_nobody_whom_the_matcher_would_name(seed: int) -> None:
    of, rng = pairs.campaign(), random.Random(seed)
    seeks, offers = ([drawn(of, rng, side, n) for n in range(40)] for side in ("seek", "offer"))
    table = solving.lay(of)
    index = solver.Index.from_json(table.instance["hosts"])
    possible = {
        (row["id"], str(found.host), found.occasion)
        for row in table.instance["seekers"]
        for found in index.candidates(row, 1000)
    }
    asked = {
        (str(seek.pk), str(one.listing.pk), one.occasion.on.isoformat())
        for seek in seeks
        if str(seek.pk) in {row["id"] for row in table.instance["seekers"]}
        for one in actions.candidates_for(seek, limit=1000)
    }
    assert asked == possible
    named = {
        (str(one.listing.pk), str(offer.pk), one.occasion.on.isoformat())
        for offer in offers
        if str(offer.pk) in {row["id"] for row in table.instance["hosts"]}
        for one in actions.candidates_for(offer, limit=1000)
    }
    assert named == possible
    assert len(possible) > 20


def test_reasons_name_tags_and_languages_as_people_do() -> None:
    of = pairs.campaign()
    more: dict[str, Any] = {"interests": ["boardgames"], "languages": ["fa"]}
    pairs.listing(of, "seek", "Ada", household_wish="family", **more)
    pairs.listing(of, "offer", "Bo", household_is="family", **more)
    actions.propose(of)
    said = " ".join(Match.objects.get().reasons)
    for words in ("Gemeinsam: Brettspiele.", "Gemeinsame Sprache: Persisch.", "wie gewünscht: eine Familie."):
        assert words in said
