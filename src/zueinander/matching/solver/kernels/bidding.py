"""Persons bid for single seats, each with an equal share of what its party is worth (Bertsekas' auction on lists)."""

from __future__ import annotations

from typing import NamedTuple

from ..instance import F64, I32, I64
from .jit import inlined, kernel
from .tables import F32


class Lists(NamedTuple):
    """Slots a party knows, in any order: the first `filled[i]` of row i, and what the pair is worth."""

    cand: I32
    gross: F32
    filled: I32


class Hall(NamedTuple):
    """Persons on seats. The bids of slot j are a heap in `bid[ptr[j] : ptr[j] + sitting[j]]`, the least one first.

    `price` is the least bid where every seat is taken, otherwise 0.
    """

    party_of: I32
    at: I32
    ptr: I64
    sitting: I32
    who: I32
    bid: F64
    price: F64


@inlined
def sink(at: int, start: int, stop: int, h: Hall) -> None:
    """Mend the heap from `at` downwards."""
    while True:
        child = start + 2 * (at - start) + 1
        if child >= stop:
            return
        if child + 1 < stop and h.bid[child + 1] < h.bid[child]:
            child += 1
        if h.bid[at] <= h.bid[child]:
            return
        h.who[at], h.who[child] = h.who[child], h.who[at]
        h.bid[at], h.bid[child] = h.bid[child], h.bid[at]
        at = child


@inlined
def rise(at: int, start: int, h: Hall) -> None:
    """Mend the heap from `at` upwards."""
    while at > start:
        parent = start + (at - start - 1) // 2
        if h.bid[parent] <= h.bid[at]:
            return
        h.who[at], h.who[parent] = h.who[parent], h.who[at]
        h.bid[at], h.bid[parent] = h.bid[parent], h.bid[at]
        at = parent


@inlined
def take(q: int, j: int, offer: float, h: Hall) -> int:
    """Person q sits down in slot j; whoever must stand up for that, or -1."""
    start, seats = h.ptr[j], h.ptr[j + 1] - h.ptr[j]
    gone = -1
    if h.sitting[j] < seats:
        here = start + h.sitting[j]
        h.sitting[j] += 1
        h.who[here], h.bid[here] = q, offer
        rise(here, start, h)
    else:
        gone = h.who[start]
        h.at[gone] = -1
        h.who[start], h.bid[start] = q, offer
        sink(start, start, start + seats, h)
    h.at[q] = j
    if h.sitting[j] == seats:
        h.price[j] = h.bid[start]
    return gone


@kernel
def persons_bid(stack: I32, waiting: int, epsilon: float, size: I32, lists: Lists, h: Hall) -> int:
    """The first `waiting` persons of the stack bid, and whoever loses a seat, until nobody wants to. Counts bids.

    The last to lose a seat is the next to bid: neighbours one after the other, which keeps memory near.
    """
    bids = 0
    while waiting > 0:
        waiting -= 1
        q = stack[waiting]
        i = h.party_of[q]
        share = 1.0 / size[i]
        best, first, second = -1, 0.0, 0.0
        for c in range(lists.filled[i]):
            j = lists.cand[i, c]
            net = lists.gross[i, c] * share - h.price[j]
            if net > first:
                best, second, first = j, first, net
            elif net > second:
                second = net
        if best < 0:
            continue
        bids += 1
        gone = take(q, best, h.price[best] + first - second + epsilon, h)
        if gone >= 0:
            stack[waiting] = gone
            waiting += 1
    return bids


@kernel
def attained(size: I32, lists: Lists, h: Hall, floor: F64) -> None:
    """floor[i]: what party i certainly gains at today's prices: its worst-off person's gain times its size."""
    floor[:] = 1e18
    for q in range(len(h.party_of)):
        i = h.party_of[q]
        net = 0.0
        for c in range(lists.filled[i]):
            if lists.cand[i, c] == h.at[q]:
                net = max(net, lists.gross[i, c] - size[i] * h.price[h.at[q]])
        floor[i] = min(floor[i], net)
