"""Parties stay together: from persons on seats to whole parties at tables."""

from __future__ import annotations

import numpy as np

from .blocks import offer
from .instance import F64, I32, I64
from .kernels.auction import auction, refresh_all, sit_down
from .kernels.bidding import Lists
from .kernels.lists import enlarge
from .kernels.tables import Market
from .problem import Problem, open_market
from .rounds import MORE, ROUNDS, Prices, Sweep

RESERVES = (1.0, 0.9)  # shares of the persons' price that a free seat costs, one auction after the other
POOR = 0.05  # share of the bound that lists may lose: above it, whoever is alone looks at every table while bidding


def seat_wholes(sweep: Sweep, prices: Prices, epsilon: float) -> Market:
    """Parties whose persons all found the same table keep it; the others bid as a whole, the largest first.

    Free seats cost what they cost the persons: from zero, everybody near would fight for each of them. At the end they
    are free, and whoever is alone looks for them everywhere.
    """
    problem, order, lists = sweep.problem, sweep.order, prices.lists
    size = problem.seeking.party
    slot, paid = _together(problem, prices)
    market = open_market(problem, candidates=1)._replace(
        cand=lists.cand, worth=lists.gross, filled=lists.filled, beyond=np.zeros(len(size))
    )
    sit_down(order[slot[order] >= 0].astype(np.int32), slot, paid, market)
    for reserve in (*RESERVES, 0.0):
        market.reserve[:] = reserve * prices.seat
        refresh_all(problem.slots, problem.tree, market)
        _bid(sweep, order[market.at[order] < 0], epsilon, market)
    _fill(sweep, epsilon, market, lists)
    if prices.lost > POOR * prices.bound:
        rest = order[market.at[order] < 0]
        market.filled[rest] = -1
        _bid(sweep, rest, epsilon, market)
    return market


def _fill(sweep: Sweep, epsilon: float, market: Market, lists: Lists) -> None:
    """Whoever is alone looks everywhere for seats that nobody has, as long as that helps somebody."""
    problem, walk = sweep.problem, sweep.walk
    free, alone = np.zeros(len(problem.seats)), len(walk) + 1
    for _ in range(ROUNDS):
        rest = walk[market.at[walk] < 0]
        if len(rest) == 0 or len(rest) >= alone:
            return
        alone = len(rest)
        market.filled[rest] = 0
        offer(sweep.blocks, free, market.free)
        enlarge(rest, MORE, problem.seeking, problem.slots, sweep.blocks, free, problem.terms, lists)
        _bid(sweep, rest, epsilon, market)


def _bid(sweep: Sweep, rest: I64, epsilon: float, market: Market) -> None:
    problem = sweep.problem
    queue = np.zeros(len(sweep.order), dtype=np.int32)
    queue[: len(rest)] = rest[np.argsort(-problem.seeking.party[rest], kind="stable")]
    auction(queue, len(rest), epsilon, problem.seeking, problem.slots, problem.tree, market, problem.terms)


def _together(problem: Problem, prices: Prices) -> tuple[I32, F64]:
    """The slot of every party whose persons sit in one (else -1), and what they bid in all."""
    hall, seekers = prices.hall, len(problem.seeking.party)
    lowest, highest = np.full(seekers, 2**31 - 1, dtype=np.int32), np.full(seekers, -1, dtype=np.int32)
    np.minimum.at(lowest, hall.party_of, hall.at)
    np.maximum.at(highest, hall.party_of, hall.at)
    taken = hall.who >= 0
    paid = np.zeros(seekers)
    np.add.at(paid, hall.party_of[hall.who[taken]], hall.bid[taken])
    return np.where(lowest == highest, highest, -1).astype(np.int32), paid
