"""One new listing: exactly the best tables, in order, and nothing that breaks a rule."""

from __future__ import annotations

import random

import pytest

from tests.matching.solver.cases import allowed, points, season
from zueinander.matching import solver
from zueinander.matching.solver.ranking import ranked_pairs


@pytest.mark.parametrize("number", range(25))
def test_candidates_are_the_best_of_all_tables(number: int) -> None:
    rng = random.Random(number)
    raw = season(rng, 10, rng.choice([1, 5, 60, 300]))
    index = solver.Index.from_json(raw["hosts"], raw["weights"])
    for s in raw["seekers"]:
        banned = tuple(h for one, h in raw["forbidden"] if one == s["id"])
        found = index.candidates(s, 20, forbidden=banned)
        every = [
            (points(raw, s, h, o), h["id"], o) for h in raw["hosts"] for o in h["seats"] if allowed(raw, s, h, o)
        ]  # fmt: skip
        best = sorted((score for score, _, _ in every), reverse=True)[:20]
        assert [c.score for c in found] == pytest.approx(best)
        possible = {(h, o) for _, h, o in every}
        assert {(c.host, c.occasion) for c in found} <= possible
        assert all(c.reasons and c.score == pytest.approx(sum(c.terms.values())) for c in found)


def test_young_people_get_no_candidates() -> None:
    raw = season(random.Random(1), 1, 200)
    index = solver.Index.from_json(raw["hosts"])
    asker = {"id": "q", "lat": 50.2, "lon": 9.2, "radius_km": 80, "occasions": ["12-24"]}
    assert index.candidates({**asker, "age": 30})
    assert index.candidates({**asker, "age": 17}) == []


@pytest.mark.parametrize("number", range(25))
def test_a_new_host_is_shown_the_seekers_who_fit_best(number: int) -> None:
    rng = random.Random(number)
    raw = season(rng, rng.choice([1, 5, 60, 300]), 10)
    index = solver.GuestIndex(solver.from_json({**raw, "hosts": [], "forbidden": []}, growing=True))
    for h in raw["hosts"]:
        found = index.candidates(h, 20)
        fits = {**raw, "forbidden": []}
        every = [points(raw, s, h, o) for s in raw["seekers"] for o in h["seats"] if allowed(fits, s, h, o)]
        assert [c.score for c in found] == pytest.approx(sorted(every, reverse=True)[:20])


@pytest.mark.parametrize("number", range(25))
def test_looking_at_every_pair_finds_what_the_whole_season_allows_best_first(number: int) -> None:
    rng = random.Random(number)
    raw = season(rng, *rng.choice([(1, 60), (60, 1), (20, 20), (0, 5), (5, 0)]))
    every = {
        (s["id"], h["id"], o): points(raw, s, h, o)
        for s in raw["seekers"] for h in raw["hosts"] for o in h["seats"] if allowed(raw, s, h, o)
    }  # fmt: skip
    found = ranked_pairs(solver.from_json(raw), 15)
    assert [one.score for one in found] == pytest.approx(sorted(every.values(), reverse=True)[:15])
    for one in found:
        assert every[str(one.seeker), str(one.host), one.occasion] == pytest.approx(one.score)
        assert one.score == pytest.approx(sum(one.terms.values()))
        assert one.reasons


def test_a_mistake_in_the_question_is_named() -> None:
    index = solver.Index.from_json([])
    with pytest.raises(solver.InstanceError, match=r"seeker\.lat"):
        index.candidates({"id": "q", "lat": 100, "lon": 9, "radius_km": 5})
