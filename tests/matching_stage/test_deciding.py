"""A volunteer's yes takes the seats; a seat is never given twice."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

from tests import pairs
from zueinander.house.checks import invariants
from zueinander.introductions.actions import part_those_who_must_not_meet
from zueinander.matching import actions
from zueinander.matching.models import Match, Matching
from zueinander.people.actions import block
from zueinander.people.models import Attention
from zueinander.shared.forgetting import erase
from zueinander.shared.lifecycle import ForbiddenStep


@pytest.mark.django_db
def test_a_yes_takes_the_seats_of_both_and_clears_the_desk() -> None:
    of = pairs.campaign()
    seek, host = pairs.listing(of, "seek", "Ada", seats=2), pairs.listing(of, "offer", "Bo", seats=5)
    by = pairs.volunteer()
    match = actions.approve(pairs.proposal(of, seek, host), by=by)
    assert (match.state, match.decided_by) == (Matching.APPROVED, by)
    assert (pairs.taken(seek), pairs.taken(host)) == ([2], [2])
    assert not Attention.objects.filter(kind="proposal", cleared_at=None).exists()
    assert invariants() == []
    with pytest.raises(ForbiddenStep):
        actions.approve(match, by=by)
    assert pairs.taken(host) == [2]


@pytest.mark.django_db
def test_giving_back_frees_both_once_and_the_pair_is_not_tried_again() -> None:
    of = pairs.campaign()
    seek, host = pairs.listing(of, "seek", "Ada"), pairs.listing(of, "offer", "Bo")
    match = actions.approve(pairs.proposal(of, seek, host), by=pairs.volunteer())
    actions.release(match)
    assert (pairs.taken(seek), pairs.taken(host)) == ([0], [0])
    with pytest.raises(ForbiddenStep):
        actions.release(match)
    other = pairs.listing(of, "offer", "Cem", at=pairs.MANNHEIM)
    assert pairs.proposal(of, seek, other).state == Matching.PROPOSED
    assert invariants() == []


@pytest.mark.django_db
def test_a_yes_comes_too_late_for_people_who_must_not_meet_any_more() -> None:
    of = pairs.campaign()
    seek, host = pairs.listing(of, "seek", "Ada"), pairs.listing(of, "offer", "Bo")
    match = pairs.proposal(of, seek, host)
    block(one=seek.person, other=host.person, actor="machine")
    with pytest.raises(actions.NotTogether):
        actions.approve(match, by=pairs.volunteer())
    assert pairs.taken(host) == [0]


@pytest.mark.django_db
def test_what_is_withdrawn_blocked_or_under_age_later_is_parted() -> None:
    of = pairs.campaign()
    live = []
    for name in ("Ada", "Eva", "Ida"):
        seek, host = pairs.listing(of, "seek", name), pairs.listing(of, "offer", f"Host{name}")
        actions.propose(of)
        match = Match.objects.get(seek=seek, state=Matching.PROPOSED)
        live.append(actions.approve(match, by=pairs.volunteer()))
        assert host.pk
    block(one=live[0].seek.person, other=live[0].offer.person, actor="machine")
    live[1].offer.state = "withdrawn"
    live[1].offer.save()
    live[2].seek.person.age_band = "0-17"
    live[2].seek.person.save()
    assert invariants() != []
    assert actions.rest_minors() == 1
    assert part_those_who_must_not_meet() == 3
    assert part_those_who_must_not_meet() == 0
    assert invariants() == []


@pytest.mark.django_db
def test_when_a_person_is_erased_the_other_gets_the_seats_back() -> None:
    of = pairs.campaign()
    seek, host = pairs.listing(of, "seek", "Ada"), pairs.listing(of, "offer", "Bo")
    actions.approve(pairs.proposal(of, seek, host), by=pairs.volunteer())
    erase(seek.person_id)
    assert not Match.objects.exists()
    assert pairs.taken(host) == [0]
    assert invariants() == []


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Runs all at the same moment, each on its own connection; their results or exceptions."""
    gate = threading.Barrier(len(calls))
    results: dict[int, object] = {}

    def run(place: int, call: Callable[[], object]) -> None:
        try:
            gate.wait(20)
            results[place] = call()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return [results[n] for n in range(len(calls))]


@pytest.mark.django_db(transaction=True)
def test_a_seat_is_given_once_however_many_say_yes_at_the_same_moment() -> None:
    of, by = pairs.campaign(), pairs.volunteer()
    host = pairs.listing(of, "offer", "Bo", seats=2)
    day = of.occasions.all()[0]
    matches = [
        Match.objects.create(campaign=of, seek=pairs.listing(of, "seek", f"S{n}"), offer=host, occasion=day, party=1)
        for n in range(6)
    ]
    results = at_once(*[lambda m=m: actions.approve(Match.objects.get(pk=m.pk), by=by) for m in matches])
    won = [r for r in results if isinstance(r, Match)]
    assert len(won) == 2
    assert all(isinstance(r, Match | actions.NoSeat) for r in results), results
    assert pairs.taken(host) == [2]
    assert Match.objects.filter(state=Matching.APPROVED).count() == 2
    assert invariants() == []


@pytest.mark.django_db(transaction=True)
def test_a_seeker_is_promised_to_one_host_only() -> None:
    of, by = pairs.campaign(), pairs.volunteer()
    seek = pairs.listing(of, "seek", "Ada", days=2)
    days = list(of.occasions.all())
    matches = [
        Match.objects.create(
            campaign=of, seek=seek, offer=pairs.listing(of, "offer", f"H{n}", days=2), occasion=days[n % 2], party=1
        )
        for n in range(5)
    ]
    results = at_once(*[lambda m=m: actions.approve(Match.objects.get(pk=m.pk), by=by) for m in matches])
    assert len([r for r in results if isinstance(r, Match)]) == 1
    assert all(isinstance(r, Match | actions.NoSeat | ForbiddenStep) for r in results), results
    assert sum(pairs.taken(seek)) == 1
    assert invariants() == []


@pytest.mark.django_db(transaction=True)
def test_two_volunteers_deciding_the_same_proposal_make_one_decision() -> None:
    of, by = pairs.campaign(), pairs.volunteer()
    match = pairs.proposal(of, pairs.listing(of, "seek", "Ada"), pairs.listing(of, "offer", "Bo"))

    def yes() -> Match:
        return actions.approve(Match.objects.get(pk=match.pk), by=by)

    def no() -> Match:
        return actions.reject(Match.objects.get(pk=match.pk), by=by, reason="no")

    results = at_once(yes, no, yes, no)
    assert len([r for r in results if isinstance(r, Match)]) == 1, results
    assert invariants() == []
    assert connection.vendor == "postgresql"
