"""Small seasons: nobody is left alone who need not be, and the proof never claims too little."""

from __future__ import annotations

import os
import random

import pytest

from tests.matching.solver.cases import check, season
from tests.matching.solver.oracle import best
from zueinander.matching import solver

CASES = int(os.environ.get("MATCHER_CASES", "2000"))
CHUNK = 100


@pytest.mark.parametrize("chunk", range(max(1, CASES // CHUNK)))
def test_as_good_as_the_exact_solver_and_every_bound_holds(chunk: int) -> None:
    for number in range(chunk * CHUNK, (chunk + 1) * CHUNK):
        rng = random.Random(number)
        raw = season(rng, rng.randint(0, 12), rng.randint(0, 7))
        truth = best(raw)
        instance = solver.from_json(raw)
        found = solver.solve(instance, price=False)
        check(raw, [(str(p.seeker), str(p.host), p.occasion) for p in found.pairs])
        assert (found.matched, found.hard_to_place["matched"]) == (truth.matched, truth.hard), number
        assert found.matched_bound == truth.matched
        assert found.value == pytest.approx(truth.value, abs=2e-5)
        _auction_keeps_its_word(raw, instance, truth.matched, truth.value, truth.hard, number)


def _auction_keeps_its_word(
    raw: dict[str, object], instance: solver.Instance, matched: int, value: float, hard: int, number: int
) -> None:
    """The way large seasons are solved: all rules kept, limits never below the truth."""
    found = solver.solve(instance, exact=False, price=False)
    check(raw, [(str(p.seeker), str(p.host), p.occasion) for p in found.pairs])
    assert found.matched <= matched <= found.matched_bound, number
    if (found.matched, found.hard_to_place["matched"]) == (matched, hard):
        assert found.value <= value + 2e-5
        assert found.value_bound >= value - 2e-5


def test_the_auction_leaves_hardly_anybody_alone_whom_the_exact_solver_places() -> None:
    total, reached = 0, 0
    for number in range(200):
        rng = random.Random(number)
        instance = solver.from_json(season(rng, rng.randint(5, 14), rng.randint(3, 9)))
        total += solver.solve(instance, price=False).matched
        reached += solver.solve(instance, exact=False, price=False).matched
    assert reached >= 0.97 * total


def test_a_popular_choice_for_one_never_leaves_another_alone() -> None:
    """Both live next door to h1; only one of them can reach h2, far away: that one goes there."""
    raw = {
        "seekers": [
            {"id": "free", "lat": 51.0, "lon": 9.0, "radius_km": 100, "occasions": ["x"], "interests": ["chess"]},
            {"id": "bound", "lat": 51.0, "lon": 9.1, "radius_km": 20, "occasions": ["x"]},
        ],
        "hosts": [
            {"id": "h1", "lat": 51.0, "lon": 9.0, "seats": {"x": 1}, "interests": ["chess"]},
            {"id": "h2", "lat": 51.6, "lon": 9.0, "seats": {"x": 1}},
        ],
    }
    for exact in (True, False):
        found = solver.solve(solver.from_json(raw), exact=exact)
        assert {(p.seeker, p.host) for p in found.pairs} == {("free", "h2"), ("bound", "h1")}


def test_the_same_seed_gives_the_same_bytes() -> None:
    raw = season(random.Random(5), 40, 15)
    for exact in (True, False):
        once, again = (solver.solve(solver.from_json(raw), seed=3, exact=exact).to_bytes() for _ in range(2))
        assert once == again


def test_the_order_of_the_aims_can_be_seen_in_the_value_bound() -> None:
    raw = season(random.Random(8), 30, 10)
    found = solver.solve(solver.from_json(raw), exact=False)
    assert found.value == pytest.approx(sum(sum(p.terms.values()) for p in found.pairs))
    assert 0 <= found.gap <= 1
    assert found.value <= found.value_bound
