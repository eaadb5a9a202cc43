"""Searching a whole season finds what looking at every table finds: the proofs of the bounds stand on it."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np

from tests.matching.solver.cases import season
from zueinander.matching import solver
from zueinander.matching.solver.blocks import lay_out, offer
from zueinander.matching.solver.instance import F64
from zueinander.matching.solver.kernels.lists import cheapest, gains
from zueinander.matching.solver.problem import Problem, prepare
from zueinander.matching.solver.scoring import broken_rules, score


def _every_table(problem: Problem, row: int) -> tuple[F64, F64]:
    """Worth of every slot for one seeker, and where all hard rules are kept."""
    host, day = problem.slots.host.astype(np.int64), problem.slots.occ.astype(np.int64)
    who = np.full(len(host), row)
    broken = broken_rules(problem.instance, who, host, day, problem.seats.astype(np.int64))
    weights, hard = problem.instance.weights, problem.instance.seekers.hard[row]
    worth = score(problem.instance, who, host, day) + weights.company + weights.hard_to_place * hard
    return worth, ~np.logical_or.reduce(list(broken.values()))


def test_the_most_a_seeker_can_gain_and_the_cheapest_seat_are_found_among_all() -> None:
    for number in range(6):
        rng = random.Random(number)
        raw = season(rng, 60, 350, spread=1.5)
        instance = solver.from_json(raw)
        if number % 2:
            instance = replace(instance, weights=replace(instance.weights, closeness_km=2.0, closeness=3.0))
        problem = prepare(instance)
        price = np.random.default_rng(number).choice([0.0, 0.25, 1.0, 2.5, 3.6], len(problem.seats))
        blocks, rows = lay_out(problem, price), problem.open
        found = gains(rows, np.zeros(len(rows)), problem.seeking, problem.slots, blocks, price, problem.terms)
        offer(blocks, price / 4, problem.seats)
        least = cheapest(rows, problem.seeking, problem.slots, blocks, problem.terms)
        for n, row in enumerate(rows.tolist()):
            worth, may = _every_table(problem, row)
            party = problem.seeking.party[row]
            assert abs(found[n] - max(0.0, (worth - party * price)[may].max(initial=0.0))) < 1e-9
            assert abs(least[n] - min(1 / party, (price / 4)[may].min(initial=9.0))) < 1e-6
