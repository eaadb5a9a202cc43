"""Prices for a season of any size: lists of known slots, persons who bid, and searches at the prices that come out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .blocks import lay_out
from .instance import F64, I32, I64
from .kernels.bidding import Hall, Lists, attained, persons_bid
from .kernels.blocks import Blocks
from .kernels.lists import enlarge, gains
from .problem import Problem, curve_position

KNOWN = 32  # slots a party keeps in mind
MORE = 16  # slots a search adds
LATER = 8
COARSE = (4.0, 2.0, 1.0)  # epsilon of the first auctions, whose prices are only searched at
ROUNDS = 5
GAP = 1e-3
STALLED = 0.8  # another round must have brought what is lost down to this share
_SAFETY = 1e-9  # relative, above the rounding of sums in double precision
_NEIGHBOURS = 64


@dataclass(frozen=True, slots=True)
class Prices:
    """Seat prices, the bound they prove (for all aims), how much of it may be lost by the lists, and who sits where."""

    seat: F64
    bound: float
    lost: float
    lists: Lists
    hall: Hall


@dataclass(frozen=True, slots=True)
class Sweep:
    """A problem laid out for searching everybody in turn: open seekers as they search and as they bid."""

    problem: Problem
    blocks: Blocks
    walk: I64
    order: I64


def lay_open(problem: Problem, seed: int) -> Sweep:
    """Seekers search along the curve, as what one search touched is near for the next. They bid in stretches of it
    that come in an order drawn from the seed.
    """
    walk = problem.open[np.argsort(curve_position(problem.seeking.xyz[problem.open]), kind="stable")]
    parts = np.arange(-(-len(walk) // _NEIGHBOURS))
    np.random.default_rng(seed).shuffle(parts)
    rank = np.empty(len(parts), dtype=np.int64)
    rank[parts] = np.arange(len(parts))
    order = walk[np.argsort(np.repeat(rank, _NEIGHBOURS)[: len(walk)], kind="stable")]
    return Sweep(problem, lay_out(problem, np.zeros(len(problem.seats))), walk, order)


def find_prices(sweep: Sweep, epsilon: float, gap: float = GAP) -> Prices:
    """Auctions in which parties may split, until searching all slots shows that better lists bring hardly anything.

    Hardly anything is half of `gap`, as a share of the bound. The bound holds for every assignment, as the last search
    looks at every slot (docs/matching.md has the proof).
    """
    problem, walk = sweep.problem, sweep.walk
    lists = _no_lists(len(problem.seeking.party))
    seat, rows, last = np.zeros(len(problem.seats)), walk, np.inf
    floor = np.zeros(len(problem.seeking.party))
    best, blocks = None, sweep.blocks
    for turn in range(ROUNDS):
        enlarge(rows, MORE if turn == 0 else LATER, problem.seeking, problem.slots, blocks, seat, problem.terms, lists)
        hall = _hold(problem, sweep.order, lists, epsilon * COARSE[min(turn, len(COARSE) - 1)])
        seat = hall.price
        blocks = lay_out(problem, seat)
        if turn == 0:
            continue
        attained(problem.seeking.party, lists, hall, floor)
        gained = gains(walk, floor[walk], problem.seeking, problem.slots, blocks, seat, problem.terms)
        bound, missed = dual(problem, seat, gained), gained - floor[walk]
        lost = float(missed.sum())
        if best is None or bound < best.bound:
            best = Prices(seat, bound, lost, lists, hall)
        if lost <= gap / 2 * bound or lost > STALLED * last:
            break
        rows, last = walk[missed > epsilon], lost
    assert best is not None
    return best


def best_gains(sweep: Sweep, floor: F64, seat: F64) -> F64:
    """What each seeker of the walk could gain at most at these prices, over every slot; `floor` is known to be had."""
    problem = sweep.problem
    blocks = lay_out(problem, seat)
    return gains(sweep.walk, floor, problem.seeking, problem.slots, blocks, seat, problem.terms)


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
