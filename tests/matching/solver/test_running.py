"""The running solution under everything that can happen: rules kept, decisions kept, nobody forgotten."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.matching.solver.cases import Raw, check, host, season, seeker
from zueinander.matching import solver
from zueinander.matching.solver.incremental import Running

_OCCASIONS = ["12-24", "12-25", "12-31"]


class Season(RuleBasedStateMachine):
    """Listings come and go, volunteers decide and forbid, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.rng = random.Random(7)
        self.raw: Raw = season(random.Random(3), 8, 6)
        self.running = Running(solver.from_json(self.raw, growing=True), spare=4)
        self.occasions = [o for o in _OCCASIONS if any(o in h["seats"] for h in self.raw["hosts"])]
        self.decided: list[tuple[Any, Any, str]] = []
        self.numbers = iter(range(10_000))

    @rule(seed=st.integers(0, 10**6))
    def somebody_arrives(self, seed: int) -> None:
        row = seeker(random.Random(seed), f"new{next(self.numbers)}", self.occasions, 0.5)
        self.raw["seekers"].append(row)
        self.running.arrive(row)

    @rule(seed=st.integers(0, 10**6))
    def a_host_offers(self, seed: int) -> None:
        row = host(random.Random(seed), f"table{next(self.numbers)}", self.occasions, 0.5)
        self.raw["hosts"].append(row)
        self.running.arrive_host(row)

    @rule(pick=st.integers(0, 10**6))
    def somebody_leaves(self, pick: int) -> None:
        if self.raw["seekers"]:
            gone = self.raw["seekers"].pop(pick % len(self.raw["seekers"]))
            self.running.leave(gone["id"])
            self.decided = [pair for pair in self.decided if pair[0] != gone["id"]]

    @rule(pick=st.integers(0, 10**6), seed=st.integers(0, 10**6))
    def somebody_wishes_otherwise(self, pick: int, seed: int) -> None:
        free = [n for n, row in enumerate(self.raw["seekers"]) if row["id"] not in {s for s, _, _ in self.decided}]
        if free:
            n = free[pick % len(free)]
            row = seeker(random.Random(seed), self.raw["seekers"][n]["id"], self.occasions, 0.5)
            self.raw["seekers"][n] = row
            self.running.change(row)

    @rule(pick=st.integers(0, 10**6))
    def a_host_withdraws(self, pick: int) -> None:
        if self.raw["hosts"]:
            gone = self.raw["hosts"].pop(pick % len(self.raw["hosts"]))
            told = self.running.leave_host(gone["id"])
            assert set(told) == {s for s, h, _ in self.decided if h == gone["id"]}
            self.decided = [pair for pair in self.decided if pair[1] != gone["id"]]

    @rule(pick=st.integers(0, 10**6))
    def people_agree(self, pick: int) -> None:
        waiting = [pair for pair in self.running.pairs() if pair not in self.decided]
        if waiting:
            pair = waiting[pick % len(waiting)]
            self.running.decide(*pair)
            self.decided.append(pair)

    @rule(pick=st.integers(0, 10**6))
    def a_volunteer_forbids(self, pick: int) -> None:
        waiting = [pair for pair in self.running.pairs() if pair not in self.decided]
        if waiting:
            s, h, _ = waiting[pick % len(waiting)]
            self.running.forbid(s, h)
            self.raw["forbidden"].append([s, h])

    @invariant()
    def every_rule_is_kept(self) -> None:
        pairs = self.running.pairs()
        check(self.raw, [(str(s), str(h), o) for s, h, o in pairs])
        assert set(self.decided) <= set(pairs)


TestSeason = Season.TestCase
TestSeason.settings = settings(max_examples=40, stateful_step_count=30, deadline=None, derandomize=True)


def test_arrivals_one_by_one_are_as_good_as_one_run_at_the_end() -> None:
    reached, possible = 0, 0
    for number in range(40):
        rng = random.Random(number)
        raw = season(rng, 20, 12)
        start = {**raw, "seekers": raw["seekers"][:10], "forbidden": []}
        running = Running(solver.from_json(start, growing=True))
        for row in raw["seekers"][10:]:
            running.arrive(row)
        reached += len(running.pairs())
        possible += solver.solve(solver.from_json({**raw, "forbidden": []}), price=False).matched
    assert reached >= 0.97 * possible


def test_changes_and_farewells_one_by_one_are_as_good_as_one_run_at_the_end() -> None:
    reached, possible = 0, 0
    for number in range(40):
        rng = random.Random(number)
        raw = season(rng, 24, 12)
        running = Running(solver.from_json({**raw, "forbidden": []}, growing=True))
        occasions = [o for o in _OCCASIONS if any(o in h["seats"] for h in raw["hosts"])]
        for n in range(4):
            raw["seekers"][n] = seeker(rng, f"s{n}", occasions, 0.5)
            running.change(raw["seekers"][n])
            running.leave(raw["seekers"].pop()["id"])
            running.leave_host(raw["hosts"].pop()["id"])
        reached += len(running.pairs())
        possible += solver.solve(solver.from_json({**raw, "forbidden": []}), price=False).matched
    assert reached >= 0.97 * possible


def test_a_decided_pair_is_not_undone_by_other_wishes() -> None:
    row = {"id": "a", "lat": 51.0, "lon": 9.0, "radius_km": 30, "occasions": ["x"]}
    raw: Raw = {"seekers": [row], "hosts": [{"id": "h", "lat": 51.0, "lon": 9.0, "seats": {"x": 1}}]}
    running = Running(solver.from_json(raw, growing=True))
    running.decide("a", "h", "x")
    with pytest.raises(solver.InstanceError, match="decided"):
        running.change({**row, "radius_km": 1})
    assert running.pairs() == [("a", "h", "x")]


def test_a_running_season_starts_as_one_run_over_everybody_ends() -> None:
    for number in range(6):
        raw = season(random.Random(number), 120, 40)
        raw["forbidden"] = raw["forbidden"][:1]
        instance = solver.from_json(raw, growing=True)
        found = solver.assign(instance, exact=False)
        columns = (found.seeker.tolist(), found.host.tolist(), found.occasion.tolist())
        assert Running(instance).rows() == list(zip(*columns, strict=True))
