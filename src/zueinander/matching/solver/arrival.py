"""Which pairs can be decided today, and which are better left open for a day: what earlier seasons taught.

An earlier season's prices say what a seat is worth to others, and what a seeker like this one came to have in the end.
A pair that is worth both together can be decided: waiting is not likely to bring anybody more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.spatial import cKDTree

from .instance import F64, I64, U64, Instance
from .problem import Problem, prepare
from .rounds import best_gains, find_prices, lay_open
from .scoring import score
from .season import EPSILON, Assignment, assign

_NEIGHBOURS = 24
_RIDGE = 1.0
_CELL = 0.0008  # on the unit sphere, some five kilometres
_OTHER_DAY = 0.02  # on the unit sphere, some 130 km: neighbours on the same occasion are preferred to those nearer by


@dataclass(frozen=True, slots=True)
class Sure:
    """A pair (rows of the instance) that can be decided today; `advantage` is what it brings above expectation."""

    seeker: int
    host: int
    occasion: int
    advantage: float


@dataclass(frozen=True, slots=True)
class _Guess:
    """A straight line through what a listing asks or offers, and how its neighbours differed from that line."""

    line: F64
    near: cKDTree
    rest: F64

    def as_json(self) -> dict[str, Any]:
        """Places to some five kilometres and sums to a thousandth: figures that point to nobody."""
        places = [[*np.round(row[:3] / _CELL).astype(int).tolist(), round(float(row[3]), 3)] for row in self.near.data]
        return {"line": self.line.tolist(), "places": places, "rest": np.round(self.rest, 3).tolist()}

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> _Guess:
        places = np.array(raw["places"], dtype=np.float64) * [_CELL, _CELL, _CELL, 1.0]
        return cls(np.array(raw["line"]), cKDTree(places), np.array(raw["rest"]))

    def __call__(self, facts: F64, points: F64) -> F64:
        _, at = self.near.query(points, k=min(_NEIGHBOURS, len(self.rest)))
        around = self.rest[at] if at.ndim == 1 else self.rest[at].mean(axis=1)
        return np.asarray(np.maximum(0.0, facts @ self.line + around))


@dataclass(frozen=True, slots=True)
class Experience:
    """What an earlier season taught: the gain of a seeker and the price of a seat, by region, occasion and needs."""

    gain: _Guess
    price: _Guess
    conditions: list[str]
    occasions: list[str]

    def as_json(self) -> dict[str, Any]:
        """What can be kept when the season's listings are long forgotten."""
        guesses = {"gain": self.gain.as_json(), "price": self.price.as_json()}
        return {**guesses, "conditions": self.conditions, "occasions": self.occasions}

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Experience:
        """What `as_json` gave."""
        gain, price = (_Guess.from_json(raw[name]) for name in ("gain", "price"))
        return cls(gain, price, raw["conditions"], raw["occasions"])


def learn(instance: Instance, *, seed: int = 0, epsilon: float = EPSILON) -> Experience:
    """Solve a season that is over and remember its prices. The instance needs open seekers and seats."""
    problem = prepare(instance)
    sweep = lay_open(problem, seed)
    order, price = sweep.walk, find_prices(sweep, epsilon).seat
    gained = best_gains(sweep, np.zeros(len(order)), price)
    names, days = instance.vocabulary.conditions, instance.vocabulary.occasions
    return Experience(
        gain=_learnt(_seeker_facts(problem, order, names), _seeker_points(problem, order, days), gained),
        price=_learnt(_slot_facts(problem, names), _slot_points(problem, days), price),
        conditions=names,
        occasions=days,
    )


def decide(
    instance: Instance, experience: Experience, *, margin: float = 0.0, proposal: Assignment | None = None
) -> list[Sure]:
    """The pairs of today's proposal that can be decided today, the clearest first; the others are left open.

    A pair is in it when its worth is at least the seeker's expected gain plus the expected price of the seats, less
    `margin` (in score units: higher decides more and risks more). `proposal` spares solving the season as it stands.
    """
    problem = prepare(instance)
    found = assign(instance) if proposal is None else proposal
    rows, hosts, days = (column[found.pinned :] for column in (found.seeker, found.host, found.occasion))
    if len(rows) == 0:
        return []
    slots = _slots_of(problem, hosts, days)
    price = experience.price(_slot_facts(problem, experience.conditions), _slot_points(problem, experience.occasions))
    hoped = experience.gain(
        _seeker_facts(problem, rows, experience.conditions), _seeker_points(problem, rows, experience.occasions)
    )
    weights, s = instance.weights, instance.seekers
    worth = score(instance, rows, hosts, days) + weights.company + weights.hard_to_place * s.hard[rows]
    advantage = worth - s.party[rows] * price[slots] - hoped
    order = np.argsort(-advantage, kind="stable")
    sure = order[advantage[order] >= -margin]
    return [Sure(int(rows[n]), int(hosts[n]), int(days[n]), float(advantage[n])) for n in sure]


def _slots_of(problem: Problem, hosts: I64, occasions: I64) -> I64:
    """Where these tables are among the slots."""
    width = len(problem.instance.vocabulary.occasions)
    keys = problem.slots.host.astype(np.int64) * width + problem.slots.occ
    order = np.argsort(keys)
    return np.asarray(order[np.searchsorted(keys[order], hosts * width + occasions)])


def _learnt(facts: F64, points: F64, truth: F64) -> _Guess:
    line: F64 = np.asarray(np.linalg.solve(facts.T @ facts + _RIDGE * np.eye(facts.shape[1]), facts.T @ truth))
    return _Guess(line, cKDTree(points), truth - facts @ line)


def _bits(masks: U64, names: list[str], known: list[str]) -> list[F64]:
    """One column of zeros and ones for every name of `known`."""
    bit = {name: n for n, name in enumerate(names)}
    nothing = np.zeros(len(masks))
    return [((masks >> np.uint64(bit[k])) & np.uint64(1)).astype(np.float64) if k in bit else nothing for k in known]


def _seeker_facts(problem: Problem, rows: I64, known: list[str]) -> F64:
    """What is known of each seeker, one row each. Waiting time counts in full: whoever waits gains by that alone."""
    s, seeking = problem.instance.seekers, problem.seeking
    waiting = seeking.base[rows] - problem.instance.weights.company
    radius = np.minimum(s.radius_km[rows], 500.0)
    columns = [
        np.ones(len(rows)),
        waiting,
        np.log1p(radius),
        1 / (1 + radius),
        s.interest_count[rows],
        seeking.norm[rows],
    ]
    columns += [(s.party[rows] == n).astype(np.float64) for n in (1, 2, 3)] + [s.party[rows].astype(np.float64)]
    columns += [(s.household[rows] >= 0).astype(np.float64), np.bitwise_count(s.languages[rows]).astype(np.float64)]
    columns += [np.diff(s.occ_ptr)[rows].astype(np.float64)]
    return np.column_stack([*columns, *_bits(s.needs[rows], problem.instance.vocabulary.conditions, known)])


def _slot_facts(problem: Problem, known: list[str]) -> F64:
    t = problem.slots
    narrow = (t.age_max - t.age_min < 100).astype(np.float64)
    columns = [np.ones(len(t.occ)), problem.seats.astype(np.float64), 1 / np.maximum(1, problem.seats), t.norm, narrow]
    columns += [np.bitwise_count(t.languages).astype(np.float64)]
    return np.column_stack([*columns, *_bits(t.accepts, problem.instance.vocabulary.conditions, known)])


def _days(names: list[str], known: list[str], occasions: np.ndarray) -> F64:
    number = {name[-5:]: n for n, name in enumerate(known)}  # the 24th of December is the same day in every year
    place: F64 = np.array([number.get(name[-5:], len(known)) for name in names], dtype=np.float64)
    return np.asarray(place[occasions] * _OTHER_DAY)


def _seeker_points(problem: Problem, rows: I64, known: list[str]) -> F64:
    s = problem.instance.seekers
    first = s.occ[s.occ_ptr[rows]]
    return np.column_stack([problem.seeking.xyz[rows], _days(problem.instance.vocabulary.occasions, known, first)])


def _slot_points(problem: Problem, known: list[str]) -> F64:
    t = problem.slots
    return np.column_stack([t.xyz, _days(problem.instance.vocabulary.occasions, known, t.occ)])
