"""The rules beside which the matcher is measured are what they are called."""

from __future__ import annotations

import random
from collections import defaultdict

import numpy as np
import pytest

from bench.matcher_rules import first_come, stable
from tests.matching.solver.cases import Raw, allowed, check, points, season
from zueinander.matching import solver
from zueinander.matching.solver.instance import I32
from zueinander.matching.solver.problem import Problem, prepare

Sitting = dict[str, tuple[str, str]]


def _case(number: int) -> tuple[Raw, Problem]:
    """A small season in which only the score counts, as for people."""
    rng = random.Random(number)
    raw = season(rng, rng.randint(0, 25), rng.randint(1, 9))
    raw["forbidden"] = []
    raw["weights"] |= {"company": 0, "hard_to_place": 0}
    return raw, prepare(solver.from_json(raw))


def _named(problem: Problem, at: I32) -> Sitting:
    s, h, days = problem.instance.seekers.ids, problem.instance.hosts.ids, problem.instance.vocabulary.occasions
    found = [(i, problem.slots.host[at[i]], problem.slots.occ[at[i]]) for i in np.flatnonzero(at >= 0).tolist()]
    return {str(s[i]): (str(h[host]), days[occasion]) for i, host, occasion in found}


def _wishes(raw: Raw) -> list[tuple[float, str, str, str]]:
    """Every possible pair, the highest score first."""
    every = [
        (points(raw, s, h, o), s["id"], h["id"], o)
        for s in raw["seekers"] for h in raw["hosts"] for o in h["seats"] if allowed(raw, s, h, o)
    ]  # fmt: skip
    return sorted(every, reverse=True)


def _greedy(raw: Raw) -> Sitting:
    """The best pair of all sits down, then the best of what is left."""
    party, sitting, taken = (
        {s["id"]: s["party"] for s in raw["seekers"]},
        Sitting(),
        defaultdict[tuple[str, str], int](int),
    )
    seats = {(h["id"], o): n for h in raw["hosts"] for o, n in h["seats"].items()}
    for _, s, h, o in _wishes(raw):
        if s not in sitting and taken[h, o] + party[s] <= seats[h, o]:
            sitting[s] = (h, o)
            taken[h, o] += party[s]
    return sitting


def _envied(raw: Raw, sitting: Sitting) -> list[tuple[str, str, str]]:
    """Seekers and tables that would both rather have each other: seats are free, or others there have a lower score."""
    party, score = {s["id"]: s["party"] for s in raw["seekers"]}, {(s, h, o): n for n, s, h, o in _wishes(raw)}
    seats = {(h["id"], o): n for h in raw["hosts"] for o, n in h["seats"].items()}
    found = []
    for (s, h, o), worth in score.items():
        mine = score[s, *sitting[s]] if s in sitting else -1.0
        better = sum(party[t] for t, at in sitting.items() if at == (h, o) and score[t, h, o] >= worth and t != s)
        if worth > mine and better + party[s] <= seats[h, o]:
            found.append((s, h, o))
    return found


@pytest.mark.parametrize("number", range(60))
def test_stable_is_greedy_and_nobody_would_rather_sit_elsewhere_where_they_were_rather_had(number: int) -> None:
    raw, problem = _case(number)
    sitting = _named(problem, stable(problem))
    check(raw, [(s, h, o) for s, (h, o) in sitting.items()])
    assert sitting == _greedy(raw)
    assert _envied(raw, sitting) == []


@pytest.mark.parametrize("number", range(60))
def test_first_come_first_served_gives_everybody_in_turn_the_best_that_is_left(number: int) -> None:
    raw, problem = _case(number)
    queue = np.random.default_rng(number).permutation(problem.open)
    sitting = _named(problem, first_come(problem, queue))
    expected, party = Sitting(), {s["id"]: s["party"] for s in raw["seekers"]}
    left = {(h["id"], o): n for h in raw["hosts"] for o, n in h["seats"].items()}
    for row in queue:
        who = problem.instance.seekers.ids[row]
        at = next(((h, o) for _, s, h, o in _wishes(raw) if s == who and left[h, o] >= party[s]), None)
        if at:
            expected[str(who)] = at
            left[at] -= party[who]
    assert sitting == expected
