"""What the kernels see: named tuples of arrays. Positions are points on the unit sphere, distances squared chords."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..instance import F64, I32, I64, U64

F32 = npt.NDArray[np.float32]


class Terms(NamedTuple):
    """Weights as the kernels need them; `scale` turns radians of great circle into closeness_km units."""

    closeness: float
    scale: float
    interests: float
    languages: float
    household: float


class Seeking(NamedTuple):
    """Seekers; `base` is all of a pair's worth that does not depend on the host, `pref` is aligned with `occ`.

    Seeker i's occasions are entries occ_ptr[i] to occ_end[i] of `occ`.
    """

    xyz: F64
    reach: F64
    party: I32
    needs: U64
    traits: U64
    age: I32
    tags: U64
    norm: F64
    languages: U64
    household: I32
    base: F64
    share: F64  # factor on the whole worth: 1, or 1 / party when every person bids alone
    occ_ptr: I64
    occ_end: I64
    occ: I32
    pref: F64
    forbid_ptr: I64
    forbid_end: I64
    forbid: I32


class Slots(NamedTuple):
    """(host, occasion) rows, sorted by occasion and then along a space-filling curve."""

    xyz: F64
    host: I32
    occ: I32
    seats: I32
    accepts: U64
    requires: U64
    age_min: I32
    age_max: I32
    tags: U64
    norm: F64
    languages: U64
    household: I32


class Tree(NamedTuple):
    """One implicit binary tree per occasion over consecutive slots, LEAF slots per leaf.

    Node r of occasion o is row `offset[o] + r` (root 1, children 2r and 2r+1, leaves from `leaves[o]`). `low` is the
    least price of one seat below the node, infinite where there is nothing.
    """

    first: I64
    leaves: I64
    offset: I64
    box: F64
    low: F64
    seats: I32
    accepts: U64


class Market(NamedTuple):
    """The state of an auction: who sits where, what each party has bid, and what g seats of a slot cost now."""

    size: I32
    at: I32  # slot of a party, -1 for none
    paid: F64
    held_ptr: I64
    held: I32  # parties in a slot: held[held_ptr[j] : held_ptr[j] + sitting[j]]
    sitting: I32
    most_held: int  # parties a slot can hold at most
    free: I32
    reserve: F64  # price of a free seat of each slot
    cost: F64  # cost[j, g - 1]
    cand: I32
    worth: F32
    filled: I32  # candidates known, -1 before the first search
    beyond: F64  # no slot outside the candidates is worth more than this
