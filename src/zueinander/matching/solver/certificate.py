"""Upper bounds from seat prices: no assignment can do better. docs/matching.md holds the proof."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .instance import F64, I64
from .kernels.auction import auction
from .kernels.search import LEAF, best_worth
from .kernels.tables import Market, Seeking, Terms, Tree
from .problem import Problem, open_market

_SAFETY = 1e-9  # relative, above the rounding of sums in double precision


@dataclass(frozen=True, slots=True)
class Certificate:
    """Limits for the pairs the machine makes (pins come on top), and how they were proven."""

    matched: int
    value: float
    proof: str


def certify(problem: Problem, market: Market, placed: I64) -> Certificate:
    """Limits from the prices an auction ended with, for a proposal that places the seekers `placed`.

    Where parties are not all alike and seats run short, a second auction in which every person bids alone gives prices
    that are closer to the truth; the better limits count.
    """
    prices = seat_prices(problem, market)
    weights = problem.instance.weights
    aims = weights.company * len(placed) + weights.hard_to_place * float(problem.instance.seekers.hard[placed].sum())
    matched = count_bound(problem, market, prices, len(placed))
    worth = dual_bound(problem, market, prices, problem.seeking, problem.terms)
    sizes = problem.seeking.party[problem.open]
    if matched > len(placed) and sizes.max(initial=1) > sizes.min(initial=1):
        finer = person_prices(problem)
        matched = min(matched, count_bound(problem, market, finer, len(placed)))
        worth = min(worth, dual_bound(problem, market, finer, problem.seeking, problem.terms))
    return Certificate(matched, worth - aims, "dual prices")


def person_prices(problem: Problem, epsilon: float = 0.01) -> F64:
    """Prices per seat of the season in which parties may split: every person bids for one seat with an equal share."""
    rows = np.repeat(problem.open, problem.seeking.party[problem.open])
    per_row = {name: getattr(problem.seeking, name)[rows] for name in problem.seeking._fields if name not in _BY_ENTRY}
    persons = problem.seeking._replace(
        **per_row,
        share=1.0 / problem.seeking.party[rows],
        forbid_ptr=problem.seeking.forbid_ptr[rows],
        forbid_end=problem.seeking.forbid_end[rows],
    )
    market = open_market(problem, sizes=np.ones(len(rows), dtype=np.int32))
    queue = np.arange(len(rows), dtype=np.int32)
    tree = problem.tree._replace(low=problem.tree.low.copy())
    auction(queue, len(queue), epsilon, persons, problem.slots, tree, market, problem.terms)
    prices = market.cost[:, 0].copy()
    prices[problem.seats == 0] = 0.0
    return prices


_BY_ENTRY = ("occ", "pref", "share", "forbid", "forbid_ptr", "forbid_end")


def seat_prices(problem: Problem, market: Market) -> F64:
    """One price per seat and slot: 0 while a seat is free, otherwise the least bid per seat of those who sit there."""
    prices = np.zeros(len(problem.seats))
    seated = problem.open[market.at[problem.open] >= 0]
    slots = market.at[seated]
    density = np.full(len(prices), np.inf)
    np.minimum.at(density, slots, market.paid[seated] / market.size[seated])
    full = (market.free == 0) & (problem.seats > 0)
    prices[full] = density[full]
    return prices


def dual_bound(problem: Problem, market: Market, prices: F64, seeking: Seeking, terms: Terms) -> float:
    """Price of all seats plus the most that each party could still gain at these prices."""
    if len(problem.seats) == 0 or len(problem.open) == 0:
        return 0.0
    fixed, tree = priced(problem, market, prices)
    gains = best_worth(problem.open, seeking, problem.slots, tree, fixed, terms)
    total = float((prices * problem.seats).sum() + gains.sum())
    return total * (1 + _SAFETY)


def count_bound(problem: Problem, market: Market, prices: F64, placed: int) -> int:
    """The least bound on the number of parties over a few roundings of the prices; every one of them is valid."""
    alike = problem.seeking._replace(base=np.ones_like(problem.seeking.base), pref=np.zeros_like(problem.seeking.pref))
    nothing = Terms(closeness=0.0, scale=problem.terms.scale, interests=0.0, languages=0.0, household=0.0)
    best = len(problem.open)
    for trial in _count_prices(prices / max(problem.instance.weights.company, 1e-9)):
        bound = dual_bound(problem, market, trial, alike, nothing)
        best = min(best, int(bound + 1e-6))
        if best <= placed:
            break
    return best


def _count_prices(scaled: F64) -> list[F64]:
    """Prices per seat that make sense when every party counts one: none, or one party's share of the seats it takes."""
    shares = np.array([0.0, *(1.0 / n for n in range(12, 0, -1))])
    nearest = shares[np.abs(np.minimum(scaled, 1.0)[:, None] - shares[None, :]).argmin(axis=1)]
    return [np.zeros_like(scaled), nearest, np.minimum(scaled, 1.0), (scaled >= 1.0).astype(np.float64)]


def priced(problem: Problem, market: Market, prices: F64) -> tuple[Market, Tree]:
    """A market whose seats cost `prices` each, whoever sits there, and the tree that goes with it.

    Parties larger than the price table find seats free, which can only raise a bound.
    """
    columns = np.arange(1, market.cost.shape[1] + 1)
    cost = np.where(columns[None, :] <= problem.seats[:, None], prices[:, None] * columns, np.inf)
    fixed = market._replace(cost=cost, sitting=np.zeros_like(market.sitting), free=problem.seats)
    return fixed, problem.tree._replace(low=_lows(problem, cost[:, 0]))


def _lows(problem: Problem, seat: F64) -> F64:
    """Least price of one seat below each node."""
    tree = problem.tree
    low = np.full(len(tree.low), np.inf)
    for o in range(len(tree.leaves)):
        start, stop = tree.first[o], tree.first[o + 1]
        if start == stop:
            continue
        cuts = np.arange(start, stop, LEAF)
        width = int(tree.leaves[o])
        base = int(tree.offset[o])
        low[base + width : base + width + len(cuts)] = np.minimum.reduceat(seat[:stop], cuts)
        while width > 1:
            below = low[base + width : base + 2 * width]
            width //= 2
            low[base + width : base + 2 * width] = np.minimum(below[::2], below[1::2])
    return low
