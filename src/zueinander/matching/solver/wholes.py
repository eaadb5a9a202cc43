"""Parties stay together: from persons on seats to whole parties at tables."""

from __future__ import annotations

import numpy as np

from .instance import F64, I32, I64
from .kernels.auction import auction, refresh_all, sit_down
from .kernels.tables import Market
from .problem import Problem, open_market
from .rounds import ROUNDS, Prices

RESERVES = (1.0, 0.9)  # shares of the persons' price that a free seat costs, one auction after the other


def seat_wholes(problem: Problem, order: I64, prices: Prices, epsilon: float) -> Market:
    """Parties whose persons all found the same table keep it; the others bid as a whole, the largest first.

    Free seats cost what they cost the persons: from zero, everybody near would fight for each of them. At the end they
    are free, and whoever is alone looks at every table again.
    """
    size, lists = problem.seeking.party, prices.lists
    slot, paid = _together(problem, prices)
    market = open_market(problem, candidates=1)._replace(
        cand=lists.cand, worth=lists.gross, filled=lists.filled, beyond=np.zeros(len(size))
    )
    sit_down(order[slot[order] >= 0].astype(np.int32), slot, paid, market)
    alone = len(order) + 1
    for reserve in (*RESERVES, *[0.0] * ROUNDS):
        market.reserve[:] = reserve * prices.seat
        refresh_all(problem.slots, problem.tree, market)
        rest = order[market.at[order] < 0]
        if len(rest) == alone:
            break
        alone = len(rest) if reserve == 0 else alone
        market.filled[rest] = np.where(reserve > 0, market.filled[rest], -1)  # they look around anew
        queue = np.zeros(len(order), dtype=np.int32)
        queue[: len(rest)] = rest[np.argsort(-size[rest], kind="stable")]
        auction(queue, len(rest), epsilon, problem.seeking, problem.slots, problem.tree, market, problem.terms)
    return market


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
