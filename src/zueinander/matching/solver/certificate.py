"""Upper bounds from seat prices: no assignment can do better. docs/matching.md holds the proof."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .instance import F64, I64
from .kernels.tables import Market, Terms
from .problem import Problem
from .rounds import Prices, best_gains, dual

MUCH = 1.01  # times the parties placed


@dataclass(frozen=True, slots=True)
class Certificate:
    """Limits for the pairs the machine makes (pins come on top), and how they were proven."""

    matched: int
    value: float
    proof: str


def certify(problem: Problem, order: I64, prices: Prices, market: Market, placed: I64) -> Certificate:
    """Limits for a proposal that places the seekers `placed`, from the persons' prices.

    Where those prove little, the prices that whole parties ended with are tried as well; the better limits count.
    """
    weights = problem.instance.weights
    aims = weights.company * len(placed) + weights.hard_to_place * float(problem.instance.seekers.hard[placed].sum())
    matched, worth = count_bound(problem, order, prices.seat, len(placed)), prices.bound
    if matched > MUCH * len(placed):
        own = seat_prices(problem, market)
        matched = min(matched, count_bound(problem, order, own, len(placed)))
        gained = best_gains(problem, order, np.zeros(len(order)), own, problem.seeking, problem.terms)
        worth = min(worth, dual(problem, own, gained))
    return Certificate(matched, worth - aims, "dual prices")


def seat_prices(problem: Problem, market: Market) -> F64:
    """One price per seat and slot: 0 while a seat is free, otherwise the least bid per seat of those who sit there."""
    prices = np.zeros(len(problem.seats))
    seated = problem.open[market.at[problem.open] >= 0]
    density = np.full(len(prices), np.inf)
    np.minimum.at(density, market.at[seated], market.paid[seated] / market.size[seated])
    full = (market.free == 0) & (problem.seats > 0)
    prices[full] = density[full]
    return prices


def count_bound(problem: Problem, order: I64, prices: F64, placed: int) -> int:
    """The least bound on the number of parties over a few roundings of the prices; every one of them is valid."""
    alike = problem.seeking._replace(base=np.ones_like(problem.seeking.base), pref=np.zeros_like(problem.seeking.pref))
    nothing = Terms(closeness=0.0, scale=problem.terms.scale, interests=0.0, languages=0.0, household=0.0)
    best, floor = len(order), np.zeros(len(order))
    for trial in _count_prices(prices / max(problem.instance.weights.company, 1e-9)):
        bound = dual(problem, trial, best_gains(problem, order, floor, trial, alike, nothing))
        best = min(best, int(bound + 1e-6))
        if best <= placed:
            break
    return best


def _count_prices(scaled: F64) -> list[F64]:
    """Prices per seat that make sense when every party counts one: none, or one party's share of the seats it takes."""
    shares = np.array([0.0, *(1.0 / n for n in range(12, 0, -1))])
    nearest = shares[np.abs(np.minimum(scaled, 1.0)[:, None] - shares[None, :]).argmin(axis=1)]
    return [np.zeros_like(scaled), nearest, np.minimum(scaled, 1.0), (scaled >= 1.0).astype(np.float64)]
