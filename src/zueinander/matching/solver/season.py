"""A season run: everybody at once, with a certificate."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .alone import explain_alone
from .certificate import Certificate, certify
from .exact import Optimum, small_edges, solve_exactly
from .explain import pin_reasons, reasons
from .instance import I64, Instance
from .keep import keep_proposed, still_possible
from .problem import Problem, prepare
from .result import Bonus, Language, Pair, Result
from .rounds import GAP, find_prices, lay_open
from .scoring import RULES, broken_rules, score, terms
from .wholes import seat_wholes

EPSILON = 0.002


@dataclass(slots=True)
class Assignment:
    """Who sits where: seeker rows, host rows, occasion numbers, pinned pairs first; and the limits proven for it."""

    seeker: I64
    host: I64
    occasion: I64
    pinned: int
    certificate: Certificate


def assign(
    instance: Instance, *, seed: int = 0, epsilon: float = EPSILON, gap: float = GAP, exact: bool = True
) -> Assignment:
    """The proposal for an instance. The same instance and seed give the same proposal, on every machine.

    Searching ends when it can bring less than half of `gap`, as a share of all aims. `exact=False` keeps small
    instances away from the integer program, for tests of the auction.
    """
    problem = prepare(instance)
    if exact:
        optimum = _optimum(problem)
        if optimum is not None:
            return optimum
    sweep = lay_open(problem, seed)
    prices = find_prices(sweep, epsilon, gap)
    market = seat_wholes(sweep, prices, epsilon)
    seekers = problem.open[market.at[problem.open] >= 0]
    seekers, slots = keep_proposed(problem, seekers, market.at[seekers].astype(np.int64))
    return _assignment(problem, seekers, slots, certify(sweep, prices, market, seekers))


def seat_again(instance: Instance, pairs: list[tuple[int, int, int]], limits: Certificate) -> Assignment:
    """Pairs that were found earlier, as far as they break no rule of the instance as it is now; its pins come first."""
    problem = prepare(replace(instance, proposed=pairs))
    placed = still_possible(problem)
    rows = np.array(sorted(placed), dtype=np.int64)
    return _assignment(problem, rows, np.array([placed[int(row)] for row in rows], dtype=np.int64), limits)


def _optimum(problem: Problem) -> Assignment | None:
    edges = small_edges(problem)
    optimum: Optimum | None = None if edges is None else solve_exactly(problem, edges)
    if edges is None or optimum is None:
        return None
    seekers, slots = keep_proposed(problem, edges.seeker[optimum.chosen], edges.slot[optimum.chosen])
    limits = Certificate(matched=optimum.count_bound, value=optimum.value_bound, proof="integer program")
    return _assignment(problem, seekers, slots, limits)


def _assignment(problem: Problem, seekers: I64, slots: I64, limits: Certificate) -> Assignment:
    pins = np.array(problem.instance.pinned, dtype=np.int64).reshape(-1, 3)
    order = np.argsort(seekers, kind="stable")
    return Assignment(
        seeker=np.concatenate([pins[:, 0], seekers[order]]),
        host=np.concatenate([pins[:, 1], problem.slots.host[slots[order]].astype(np.int64)]),
        occasion=np.concatenate([pins[:, 2], problem.slots.occ[slots[order]].astype(np.int64)]),
        pinned=len(pins),
        certificate=limits,
    )


def solve(
    instance: Instance, *, seed: int = 0, language: Language = "de", exact: bool = True, price: bool = True
) -> Result:
    """The whole result for an instance: pairs with reasons, the others with theirs, and the certificate.

    `price` solves the season once more (twice, when proposals are pending) to say what serving the hard to place
    first costs. Raises InstanceError for pins that contradict each other.
    """
    found = assign(instance, seed=seed, exact=exact)
    result = describe(prepare(instance), found, language)
    if price:
        result.bonus = bonus_of(instance, found, seed=seed, exact=exact)
    return result


def bonus_of(instance: Instance, found: Assignment, *, seed: int = 0, exact: bool = True) -> Bonus | None:
    """What the weight `hard_to_place` brings and costs beside the proposal `found`; None when it moves nobody."""
    weight, hard = instance.weights.hard_to_place, instance.seekers.hard
    if weight == 0 or not hard.any():
        return None
    fresh = replace(instance, proposed=[])
    ours = assign(fresh, seed=seed, exact=exact) if instance.proposed else found
    plain = assign(replace(fresh, weights=replace(instance.weights, hard_to_place=0.0)), seed=seed, exact=exact)
    both = (ours, plain)
    hard_with, hard_without = (int(hard[one.seeker].sum()) for one in both)
    value_with, value_without = (float(score(instance, one.seeker, one.host, one.occasion).sum()) for one in both)
    return Bonus(
        weight, hard_with, hard_without, len(ours.seeker), len(plain.seeker), value_with, value_without
    )  # fmt: skip


def describe(problem: Problem, found: Assignment, language: Language = "de") -> Result:
    """An assignment in words."""
    instance = problem.instance
    pairs = _pairs(instance, found, language)
    value = float(sum(pair.score for pair in pairs))
    pinned_value = float(sum(pair.score for pair in pairs[: found.pinned]))
    alone = np.setdiff1d(np.arange(len(instance.seekers)), found.seeker)
    bound = max(found.certificate.value + pinned_value, value)
    hard = instance.seekers.hard
    return Result(
        pairs=pairs,
        unmatched=[explain_alone(problem, int(row), language) for row in alone],
        matched_bound=max(found.certificate.matched + found.pinned, len(pairs)),
        matched=len(pairs),
        value=value,
        value_bound=bound,
        gap=(bound - value) / bound if bound > 0 else 0.0,
        proof=found.certificate.proof,
        hard_to_place={"seekers": int(hard.sum()), "matched": int(hard[found.seeker].sum())},
    )


def _pairs(instance: Instance, found: Assignment, language: Language) -> list[Pair]:
    table = terms(instance, found.seeker, found.host, found.occasion)
    seats = np.full(len(found.seeker), np.iinfo(np.int32).max, dtype=np.int64)
    broken = broken_rules(instance, found.seeker, found.host, found.occasion, seats)
    out = []
    for n, (s, h, o) in enumerate(
        zip(found.seeker.tolist(), found.host.tolist(), found.occasion.tolist(), strict=True)
    ):
        parts = {name: float(column[n]) for name, column in table.items()}
        said = reasons(instance, s, h, o, parts, language)
        if n < found.pinned:
            said = pin_reasons(instance, [rule for rule in RULES if broken[rule][n]], language) + said
        ids = instance.seekers.ids[s], instance.hosts.ids[h]
        out.append(Pair(*ids, instance.vocabulary.occasions[o], sum(parts.values()), parts, said))
    return out
