"""Upper bounds from seat prices: no assignment can do better. docs/matching.md holds the proof."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .blocks import offer
from .instance import F64, I64
from .kernels.lists import cheapest
from .kernels.tables import Market
from .problem import Problem
from .rounds import Prices, Sweep, best_gains, dual

MUCH = 1.05  # times the parties placed
SHARES = 8  # prices of one in so many parts are tried for the bound on the count


@dataclass(frozen=True, slots=True)
class Certificate:
    """Limits for the pairs the machine makes (pins come on top), and how they were proven."""

    matched: int
    value: float
    proof: str


def certify(sweep: Sweep, prices: Prices, market: Market, placed: I64) -> Certificate:
    """Limits for a proposal that places the seekers `placed`, from the persons' prices.

    Where those prove little, the prices that whole parties ended with are tried as well; the better limits count.
    """
    problem = sweep.problem
    weights = problem.instance.weights
    aims = weights.company * len(placed) + weights.hard_to_place * float(problem.instance.seekers.hard[placed].sum())
    matched, worth = count_bound(sweep, prices.seat, len(placed)), prices.bound
    if matched > MUCH * len(placed):
        own = seat_prices(problem, market)
        matched = min(matched, count_bound(sweep, own, len(placed)))
        worth = min(worth, dual(problem, own, best_gains(sweep, np.zeros(len(sweep.walk)), own)))
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


def count_bound(sweep: Sweep, prices: F64, placed: int) -> int:
    """The least bound on the number of parties over a few roundings of the prices; every one of them is valid."""
    problem = sweep.problem
    best, size = len(sweep.walk), problem.seeking.party[sweep.walk]
    for trial in _count_prices(prices / max(problem.instance.weights.company, 1e-9)):
        price = trial.astype(np.float32).astype(np.float64)
        offer(sweep.blocks, price, problem.seats)
        least = cheapest(sweep.walk, problem.seeking, problem.slots, sweep.blocks, problem.terms)
        bound = dual(problem, price, np.maximum(0.0, 1.0 - size * least.astype(np.float64)))
        best = min(best, int(bound + 1e-6))
        if best <= placed:
            break
    return best


def _count_prices(scaled: F64) -> Iterator[F64]:
    """Prices per seat that make sense when every party counts one.

    Where seats are short, the parties that stay alone are alike, and a seat is worth one of their shares of a seat.
    """
    yield np.zeros_like(scaled)
    yield np.minimum(scaled, 1.0)
    yield (scaled >= 1.0).astype(np.float64)
    for size in range(1, SHARES + 1):
        yield np.where(scaled > 0, 1.0 / size, 0.0)
