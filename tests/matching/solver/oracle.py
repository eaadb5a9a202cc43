"""The same problem for CP-SAT, built from the raw JSON alone."""

from __future__ import annotations

from dataclasses import dataclass

from ortools.sat.python import cp_model

from tests.matching.solver.cases import Raw, allowed, hard, points

_SCALE = 1_000_000


@dataclass(frozen=True)
class Best:
    matched: int
    hard: int
    value: float


def best(raw: Raw) -> Best:
    """Most parties; among those most hard-to-place ones; among those the highest score."""
    model = cp_model.CpModel()
    chosen = {
        (s["id"], h["id"], o): (model.new_bool_var(""), s, points(raw, s, h, o))
        for s in raw["seekers"]
        for h in raw["hosts"]
        for o in h["seats"]
        if allowed(raw, s, h, o)
    }
    for s in raw["seekers"]:
        model.add_at_most_one(var for (ident, _, _), (var, _, _) in chosen.items() if ident == s["id"])
    for h in raw["hosts"]:
        for o, seats in h["seats"].items():
            there = [
                var * s["party"] for (_, ident, day), (var, s, _) in chosen.items() if (ident, day) == (h["id"], o)
            ]
            model.add(sum(there) <= seats)
    count = sum(var for var, _, _ in chosen.values())
    rare = sum(var for var, s, _ in chosen.values() if hard(s))
    value = sum(var * round(score * _SCALE) for var, _, score in chosen.values())
    model.maximize(count * 100 * _SCALE * 100 + rare * 100 * _SCALE + value)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    taken = [(s, score) for var, s, score in chosen.values() if solver.value(var)]
    return Best(len(taken), sum(hard(s) for s, _ in taken), sum(score for _, score in taken))
