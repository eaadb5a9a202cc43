"""Prices for a season of any size: lists of known slots, persons who bid, and searches at the prices that come out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .blocks import build_blocks
from .instance import F64, I32, I64
from .kernels.bidding import Hall, Lists, attained, persons_bid
from .kernels.blocks import enlarge, gains
from .kernels.tables import Seeking, Terms
from .problem import Problem, curve_position

KNOWN = 32  # slots a party keeps in mind
MORE = 16  # slots a search adds
COARSE = (4.0, 2.0, 1.0)  # epsilon of the first auctions, whose prices are only searched at
ROUNDS = 5
GOOD_ENOUGH = 1.5e-3  # of the bound: what better lists could still bring
STALLED = 0.8  # another round must have brought that down to this share
_SAFETY = 1e-9  # relative, above the rounding of sums in double precision
_NEIGHBOURS = 64


@dataclass(frozen=True, slots=True)
class Prices:
    """Seat prices, the bound they prove (for all aims together), and where every person sits."""

    seat: F64
    bound: float
    lists: Lists
    hall: Hall


def in_walking_order(problem: Problem, seed: int) -> I64:
    """Open seekers so that neighbours come close together, in an order drawn from the seed."""
    order = problem.open[np.argsort(curve_position(problem.seeking.xyz[problem.open]), kind="stable")]
    parts = np.arange(-(-len(order) // _NEIGHBOURS))
    np.random.default_rng(seed).shuffle(parts)
    rank = np.empty(len(parts), dtype=np.int64)
    rank[parts] = np.arange(len(parts))
    return order[np.argsort(np.repeat(rank, _NEIGHBOURS)[: len(order)], kind="stable")]


def find_prices(problem: Problem, order: I64, epsilon: float) -> Prices:
    """Auctions in which parties may split, until searching all slots shows that better lists bring hardly anything.

    The bound holds for every assignment, as the last search looks at every slot (docs/matching.md has the proof).
    """
    lists = _no_lists(len(problem.seeking.party))
    seat, rows, last = np.zeros(len(problem.seats)), order, np.inf
    floor = np.zeros(len(problem.seeking.party))
    best: Prices | None = None
    for turn in range(ROUNDS):
        enlarge(rows, MORE, problem.seeking, problem.slots, build_blocks(problem, seat), seat, problem.terms, lists)
        hall = _hold(problem, order, lists, epsilon * COARSE[min(turn, len(COARSE) - 1)])
        seat = hall.price
        if turn == 0:
            continue
        attained(problem.seeking.party, lists, hall, floor)
        gained = best_gains(problem, order, floor[order], seat, problem.seeking, problem.terms)
        bound = dual(problem, seat, gained)
        if best is None or bound < best.bound:
            best = Prices(seat, bound, lists, hall)
        missed = gained - floor[order]
        lost = float(missed.sum())
        if lost <= GOOD_ENOUGH * bound or lost > STALLED * last:
            break
        rows, last = order[missed > epsilon], lost
    assert best is not None
    return best


def best_gains(problem: Problem, rows: I64, floor: F64, seat: F64, seeking: Seeking, terms: Terms) -> F64:
    """What each seeker could gain at most at these prices, over every slot; `floor` is known to be had."""
    return gains(rows, floor, seeking, problem.slots, build_blocks(problem, seat), seat, terms)


def dual(problem: Problem, seat: F64, gained: F64) -> float:
    """Price of all seats plus the most that parties could gain at these prices: no assignment is worth more."""
    return (float((seat * problem.seats).sum()) + float(gained.sum())) * (1 + _SAFETY)


def _no_lists(seekers: int) -> Lists:
    shape = (seekers, KNOWN)
    return Lists(np.zeros(shape, np.int32), np.zeros(shape, np.float32), np.zeros(seekers, np.int32))


def _hold(problem: Problem, order: I64, lists: Lists, epsilon: float) -> Hall:
    """One auction from nothing."""
    size, slots = problem.seeking.party, len(problem.seats)
    party_of: I32 = np.repeat(order, size[order]).astype(np.int32)
    ptr = np.concatenate([[0], np.cumsum(problem.seats)]).astype(np.int64)
    hall = Hall(
        party_of=party_of,
        at=np.full(len(party_of), -1, dtype=np.int32),
        ptr=ptr,
        sitting=np.zeros(slots, dtype=np.int32),
        who=np.full(int(ptr[-1]), -1, dtype=np.int32),
        bid=np.zeros(int(ptr[-1])),
        price=np.zeros(slots),
    )
    stack = np.arange(len(party_of), dtype=np.int32)[::-1].copy()
    persons_bid(stack, len(stack), epsilon, size, lists, hall)
    return hall
