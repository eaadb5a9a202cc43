"""A large season is solved in parts, by as many workers as there are, and comes to the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests import pairs
from tests.matching_stage.test_deciding import at_once
from tests.matching_stage.test_proposing import proposed
from zueinander.campaigns.models import Campaign
from zueinander.house.checks import invariants
from zueinander.journal.models import Entry
from zueinander.listings.models import Listing
from zueinander.matching import actions, sharing
from zueinander.matching.models import Match, Matching, Run, RunPart, SharedRun, Solving
from zueinander.matching.tasks import propose_where_due, solve_parts
from zueinander.people.actions import block
from zueinander.shared.forgetting import erase

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """As if the worker were gone: nothing catches it, what was not committed is lost."""


@pytest.fixture(autouse=True)
def every_region_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "LARGE", 0)
    monkeypatch.setattr(sharing, "BUNDLE", 1)


def season() -> Campaign:
    """Three on the Rhine seek two tables, two on the coast seek three seats at one; one seeks where nobody is."""
    of = pairs.campaign()
    for name, more in (("Ada", {"seats": 3}), ("Eva", {}), ("Ida", {"interests": ["chess"]})):
        pairs.listing(of, "seek", name, **more)
    pairs.listing(of, "offer", "Bo", seats=3, at=pairs.MANNHEIM)
    pairs.listing(of, "offer", "Cem", interests=["chess"])
    for name in ("Jon", "Kim"):
        pairs.listing(of, "seek", name, at=pairs.KIEL, days=2)
    pairs.listing(of, "offer", "Dan", at=pairs.KIEL, seats=3, days=2)
    pairs.listing(of, "seek", "Far", at=(48.1, 11.5))
    return of


def finish() -> None:
    """What the background steps do until nothing is left."""
    solve_parts()
    sharing.apply_solved()


def whole_run() -> None:
    propose_where_due()
    finish()


def told(run: Run) -> tuple[Any, ...]:
    return run.seekers, run.hosts, run.matched, run.matched_bound, round(run.gap, 6), run.hard, run.seen


def found() -> set[tuple[Any, ...]]:
    rows = Match.objects.filter(state=Matching.PROPOSED)
    return {(m.seek_id, m.offer_id, m.occasion_id, m.verdict, *m.reasons) for m in rows}


def scores() -> list[float]:
    return sorted(Match.objects.filter(state=Matching.PROPOSED).values_list("score", flat=True))


def alone(run: Run) -> list[tuple[str, str, str]]:
    return sorted((row.listing.person.first_name, row.code, row.reason) for row in run.alone.all())


def test_in_parts_it_is_the_same_proposal_with_the_same_proof() -> None:
    of = season()
    whole = actions.propose(of)
    as_whole, worth, left, bonus = found(), scores(), alone(whole), whole.bonus
    Match.objects.all().delete()
    Run.objects.all().delete()
    assert propose_where_due() == 1
    assert RunPart.objects.count() == 2
    assert not found(), "nothing is proposed before all is solved"
    finish()
    run = Run.objects.get()
    assert told(run) == told(whole)
    assert found() == as_whole
    assert scores() == pytest.approx(worth, abs=1e-4), "a second of waiting more"
    assert alone(run) == left
    assert run.bonus is not None
    assert run.bonus == pytest.approx(bonus, abs=1e-4)
    assert not SharedRun.objects.exists(), "what a part held is gone with the run"
    assert propose_where_due() == 0


def test_a_season_that_is_not_large_is_solved_in_one_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "LARGE", 9)
    season()
    assert propose_where_due() == 1
    assert (Run.objects.count(), SharedRun.objects.count()) == (1, 0)


def test_small_regions_share_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "BUNDLE", 100)
    season()
    propose_where_due()
    assert RunPart.objects.count() == 1
    finish()
    assert len(proposed()) == 5 - 1


def test_nobody_near_anybody_is_a_run_as_well() -> None:
    of = pairs.campaign()
    pairs.listing(of, "seek", "Ada")
    propose_where_due()
    propose_where_due()
    assert [(run.seekers, run.matched) for run in Run.objects.all()] == [(1, 0)]


def test_while_a_run_is_under_way_no_second_one_begins() -> None:
    season()
    assert propose_where_due() == 1
    pairs.listing(Campaign.objects.get(), "seek", "Late")
    assert propose_where_due() == 0
    solve_parts()
    assert propose_where_due() == 1, "joined, and begun anew for the one who came meanwhile"
    assert Run.objects.count() == 1
    finish()
    assert Run.objects.count() == 2


def test_parts_hold_keys_and_figures_only() -> None:
    season()
    propose_where_due()
    solve_parts()
    keys = {str(pk) for pk in Listing.objects.values_list("pk", flat=True)}
    for part in RunPart.objects.all():
        assert set(part.listings) <= keys
        assert part.found is not None
        assert {key for s, h, _ in part.found["pairs"] for key in (s, h)} <= keys
        assert set(part.found) == {"pairs", "limits", "bonus", "sure"}
        assert not any(word in json.dumps(part.found) for word in ("km", "chess", "Worms"))


def die(*_: object, **__: object) -> None:
    raise Killed


def die_after(monkeypatch: pytest.MonkeyPatch, where: Any, name: str) -> None:
    done: Callable[..., Any] = getattr(where, name)

    def late(*args: Any, **kwargs: Any) -> None:
        done(*args, **kwargs)
        raise Killed

    monkeypatch.setattr(where, name, late)


@pytest.mark.parametrize(
    ("where", "name", "after"),
    [
        (sharing, "_lots", False), (RunPart.objects, "bulk_create", True), (sharing, "_next", True),
        (sharing, "_solved", False), (sharing, "_solved", True), (sharing, "_joined", True),
        (actions, "write_down", False), (actions, "write_down", True), (actions, "_write_pair", True),
    ],
)  # fmt: skip
def test_killed_anywhere_it_goes_on_and_nothing_is_proposed_twice(
    monkeypatch: pytest.MonkeyPatch, where: Any, name: str, after: bool
) -> None:
    season()
    with monkeypatch.context() as killing:
        if after:
            die_after(killing, where, name)
        else:
            killing.setattr(where, name, die)
        with pytest.raises(Killed):
            whole_run()
    whole_run()
    finish()
    assert Run.objects.count() == 1
    assert not SharedRun.objects.exists()
    assert len(proposed()) == 4
    assert Entry.objects.filter(verb="proposed").count() == 4


def test_killed_between_two_parts_the_solved_one_is_not_solved_again() -> None:
    season()
    propose_where_due()
    sharing.solve_one()
    assert sharing.apply_solved() == 0
    assert sorted(RunPart.objects.values_list("state", "tries")) == [("solved", 1), ("waiting", 0)]
    finish()
    assert Run.objects.count() == 1
    assert len(proposed()) == 4


def test_what_was_decided_meanwhile_is_respected() -> None:
    of = season()
    actions.propose(of)
    by, day = pairs.volunteer(), of.occasions.all()[0]
    row = {one.person.first_name: one for one in Listing.objects.select_related("person")}
    sharing.cut(of)
    solve_parts()
    pairs_then = {tuple(pair[:2]) for part in RunPart.objects.all() for pair in (part.found or {})["pairs"]}
    assert (str(row["Jon"].pk), str(row["Dan"].pk)) in pairs_then
    assert (str(row["Ada"].pk), str(row["Bo"].pk)) in pairs_then
    decided = actions.approve(Match.objects.get(seek=row["Jon"]), by=by)
    block(one=row["Kim"].person, other=row["Dan"].person, actor="machine")
    erase(row["Ada"].person_id)
    byhand = actions.pin(seek=row["Eva"], offer=row["Cem"], occasion=day, by=by)
    assert sharing.apply_solved() == 1
    decided.refresh_from_db()
    assert decided.state == Matching.APPROVED
    assert proposed() == {("Eva", "Cem")}, "Ida's seat went to Eva by hand; Ada is gone, Kim is kept away"
    assert Match.objects.get(state=Matching.PROPOSED) == byhand
    assert invariants() == []
    assert propose_where_due() == 1, "and the matcher looks again at once"


def test_seats_given_away_meanwhile_are_not_given_twice() -> None:
    of = season()
    sharing.cut(of)
    solve_parts()
    day = Listing.objects.get(person__in=[who_hosts("Bo")]).dates.get()
    day.taken = 1
    day.save()
    sharing.apply_solved()
    assert ("Ada", "Bo") not in proposed(), "three people, two seats"


def who_hosts(name: str) -> Any:
    return next(one.person_id for one in Listing.objects.filter(side="offer") if one.person.first_name == name)


def test_a_part_that_fails_is_tried_three_times_and_begun_anew_later(monkeypatch: pytest.MonkeyPatch) -> None:
    season()
    propose_where_due()
    with monkeypatch.context() as failing:
        failing.setattr(sharing, "assign_apart", lambda instance: 1 // 0)
        finish()
    assert {(p.state, p.tries, p.error) for p in RunPart.objects.all()} == {(Solving.FAILED, 3, "ZeroDivisionError")}
    finish()
    assert propose_where_due() == 0
    assert not Run.objects.exists()
    SharedRun.objects.update(at=timezone.now() - timedelta(hours=2))
    assert propose_where_due() == 1
    finish()
    assert len(proposed()) == 4


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_take_different_parts_and_propose_once(monkeypatch: pytest.MonkeyPatch) -> None:
    of, solved, solve = season(), list[int](), sharing._solved
    sharing.cut(of)

    def counted(part: RunPart) -> sharing.Found:
        solved.append(part.number)
        return solve(part)

    monkeypatch.setattr(sharing, "_solved", counted)
    results = at_once(*[sharing.solve_one] * 4)
    assert set(results) <= {True, False}, results
    while sharing.solve_one():
        pass
    assert {(part.state, part.error) for part in RunPart.objects.all()} == {(Solving.SOLVED, "")}
    assert sorted(solved) == [0, 1], "each by one worker"
    assert sorted(map(int, at_once(*[sharing.apply_solved] * 3))) == [0, 0, 1]  # type: ignore[arg-type]
    assert Run.objects.count() == 1
    assert Entry.objects.filter(verb="proposed").count() == len(proposed()) == 4
