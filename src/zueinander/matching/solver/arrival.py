"""Which pairs can be decided today, and which are better left open for a day.

The season is imagined to its end, some times over: whoever is here, and whoever may still come. The prices of every
such end say what a pair would cost the others there, and what its seeker could have had instead. Pairs that are right
in nearly every one of them can be decided: waiting is not likely to bring anybody more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .imagined import Outlook, imagine, prepared
from .instance import F64, I64, Instance
from .problem import Problem, prepare
from .rounds import best_gains, find_prices, lay_open
from .scoring import score
from .season import EPSILON, Assignment, assign

AT_MOST = 0.01
_GAP = 2e-3
_FUTURES = (8, 40)  # fewest and most ends that are imagined
_LISTINGS = 600_000  # so many in all of them together


@dataclass(frozen=True, slots=True)
class Sure:
    """A pair (rows of the instance) that can be decided today; `regret` is what that is expected to cost."""

    seeker: int
    host: int
    occasion: int
    regret: float


def decide(
    instance: Instance, outlook: Outlook, *, at_most: float = AT_MOST, proposal: Assignment | None = None, seed: int = 0
) -> list[Sure]:
    """The pairs of today's proposal that can be decided today, the clearest first; the others are left open.

    A pair is in it when deciding it costs at most `at_most` (in score units: higher decides more and risks more), on
    average over the imagined ends of the season. `proposal` spares solving the season as it stands. The same rows,
    outlook and seed give the same answer.
    """
    found = assign(instance) if proposal is None else proposal
    rows, hosts, days = (column[found.pinned :] for column in (found.seeker, found.host, found.occasion))
    if len(rows) == 0:
        return []
    regret = expected_regret(instance, outlook, rows, hosts, days, seed=seed)
    order = np.argsort(regret, kind="stable")
    sure = order[regret[order] <= at_most]
    return [Sure(int(rows[n]), int(hosts[n]), int(days[n]), float(regret[n])) for n in sure]


def expected_regret(
    instance: Instance, outlook: Outlook, seekers: I64, hosts: I64, occasions: I64, *, seed: int = 0
) -> F64:
    """What deciding each of these pairs today is expected to cost all together, in score units, never below 0."""
    weights, own = instance.weights, instance.seekers
    worth = score(instance, seekers, hosts, occasions) + weights.company + weights.hard_to_place * own.hard[seekers]
    today, outlook = prepared(instance, outlook)
    rng, listings = np.random.default_rng(seed), len(today.seekers) + len(today.hosts) + outlook.seekers + outlook.hosts
    futures = int(np.clip(_LISTINGS // max(1, listings), *_FUTURES))
    cost = np.zeros(len(seekers))
    for turn in range(futures):
        problem = prepare(imagine(today, outlook, rng))
        sweep = lay_open(problem, seed + turn)
        price = find_prices(sweep, EPSILON, _GAP).seat
        instead = best_gains(replace(sweep, walk=seekers), np.zeros(len(seekers)), price)
        seats = own.party[seekers] * price[_slots_of(problem, hosts, occasions)]
        cost += np.maximum(0.0, instead + seats - worth)
    return cost / futures


def _slots_of(problem: Problem, hosts: I64, occasions: I64) -> I64:
    """Where these tables are among the slots."""
    width = len(problem.instance.vocabulary.occasions)
    keys = problem.slots.host.astype(np.int64) * width + problem.slots.occ
    order = np.argsort(keys)
    return np.asarray(order[np.searchsorted(keys[order], hosts * width + occasions)])
