"""Hard rules and worth of one pair, and the price of seats."""

from __future__ import annotations

import math

import numpy as np

from .jit import inlined
from .tables import Market, Seeking, Slots, Terms

NEVER = -1e18


@inlined
def popcount(x: np.uint64) -> int:
    """Bits set in a 64-bit word (the compiler turns this into one instruction)."""
    x = x - ((x >> np.uint64(1)) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return (x * np.uint64(0x0101010101010101)) >> np.uint64(56)  # type: ignore[return-value]


@inlined
def closeness(chord2: float, terms: Terms) -> float:
    """Weighted closeness from a squared chord of the unit sphere."""
    if chord2 < 0.01:  # arcsine as a series: below 640 km its error is under a centimetre
        angle = math.sqrt(chord2) * (1.0 + chord2 * (1.0 / 24.0 + chord2 * (3.0 / 640.0)))
    else:
        angle = 2.0 * math.asin(min(1.0, 0.5 * math.sqrt(chord2)))
    return terms.closeness * math.exp(-angle * terms.scale)


@inlined
def is_forbidden(s: Seeking, i: int, host: int) -> bool:
    for e in range(s.forbid_ptr[i], s.forbid_end[i]):  # noqa: SIM110 - generators do not compile
        if s.forbid[e] == host:
            return True
    return False


@inlined
def suits(s: Seeking, i: int, t: Slots, j: int) -> bool:
    """Every hard rule except distance and occasion."""
    if s.needs[i] & ~t.accepts[j] or t.requires[j] & ~s.traits[i] or s.party[i] > t.seats[j]:
        return False
    if s.age[i] < t.age_min[j] or s.age[i] > t.age_max[j]:
        return False
    return not is_forbidden(s, i, t.host[j])


@inlined
def shared(s: Seeking, i: int, t: Slots, j: int, terms: Terms) -> float:
    """Weighted common ground: interests, language, household."""
    total = 0.0
    if s.norm[i] > 0.0 and t.norm[j] > 0.0:
        common = 0
        for w in range(s.tags.shape[1]):
            common += popcount(s.tags[i, w] & t.tags[j, w])
        total += terms.interests * common * s.norm[i] * t.norm[j]
    if s.languages[i] & t.languages[j]:
        total += terms.languages
    if s.household[i] >= 0 and s.household[i] == t.household[j]:
        total += terms.household
    return total


@inlined
def chord2(s: Seeking, i: int, t: Slots, j: int) -> float:
    dx = s.xyz[i, 0] - t.xyz[j, 0]
    dy = s.xyz[i, 1] - t.xyz[j, 1]
    dz = s.xyz[i, 2] - t.xyz[j, 2]
    return dx * dx + dy * dy + dz * dz  # type: ignore[no-any-return]


@inlined
def seat_price(m: Market, t: Slots, j: int, party: int) -> float:
    """What `party` seats of slot j cost: the least that parties now sitting there have bid for them."""
    if party <= m.cost.shape[1]:
        return m.cost[j, party - 1]  # type: ignore[no-any-return]
    return party * m.reserve[j] if party <= m.free[j] else np.inf  # very large parties take free seats only


@inlined
def eviction_costs(m: Market, j: int, most: int, best: np.ndarray) -> None:
    """best[g] = least sum of bids that gives up at least g seats (free ones at their reserve)."""
    for g in range(most + 1):
        best[g] = g * m.reserve[j] if g <= m.free[j] else np.inf
    for e in range(m.held_ptr[j], m.held_ptr[j] + m.sitting[j]):
        party = m.held[e]
        size = m.size[party]
        for g in range(most, 0, -1):
            other = best[max(0, g - size)] + m.paid[party]
            best[g] = min(best[g], other)
