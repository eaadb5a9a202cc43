"""A season as columns: one array per field, so that a million listings fit in memory and in the kernels.

`from_json` (module `parse`) fills it from the documented JSON; programs may fill the arrays themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from .errors import InstanceError
from .weights import Weights

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
U64 = npt.NDArray[np.uint64]
Ident = str | int

__all__ = ["F64", "I32", "I64", "U64", "Hosts", "Ident", "Instance", "InstanceError", "Seekers", "Vocabulary"]


@dataclass(slots=True)
class Vocabulary:
    """Names behind the numbers: occasion k is `occasions[k]`, bit k of a mask is `conditions[k]`, and so on.

    Bit 63 stands for every other name: conditions that no host accepts, traits that no seeker has.
    """

    occasions: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    traits: list[str] = field(default_factory=list)
    interests: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    households: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Seekers:
    """Parties who look for company. `occ[occ_ptr[i]:occ_ptr[i+1]]` are seeker i's occasions, dearest first."""

    ids: Sequence[Ident]
    lat: F64
    lon: F64
    party: I32
    radius_km: F64
    occ_ptr: I64
    occ: I32
    needs: U64
    traits: U64
    age: I32  # -1: not known
    interests: U64  # one row per seeker, 64 interests per word
    interest_count: I32
    languages: U64
    household: I32  # -1: no wish
    waiting_days: F64
    hard: npt.NDArray[np.bool_]
    places: Sequence[str | None]
    need_names: Sequence[tuple[str, ...]]  # as written, for sentences

    def __len__(self) -> int:
        return len(self.lat)


@dataclass(slots=True)
class Hosts:
    """Tables with seats. Slots are (host, occasion) with seats above 0; `slot_host` is ascending."""

    ids: Sequence[Ident]
    lat: F64
    lon: F64
    slot_host: I32
    slot_occ: I32
    slot_seats: I32
    accepts: U64
    requires: U64
    age_min: I32
    age_max: I32
    interests: U64
    interest_count: I32
    languages: U64
    household: I32
    places: Sequence[str | None]

    def __len__(self) -> int:
        return len(self.lat)


@dataclass(slots=True)
class Instance:
    """One season. Pairs are (seeker row, host row[, occasion number]).

    `pinned` pairs are kept whatever they score; `proposed` ones (pending proposals of an earlier run) are kept unless
    something clearly better is found; `forbidden` ones are never made.
    """

    seekers: Seekers
    hosts: Hosts
    vocabulary: Vocabulary
    weights: Weights = field(default_factory=Weights)
    forbidden: list[tuple[int, int]] = field(default_factory=list)
    pinned: list[tuple[int, int, int]] = field(default_factory=list)
    proposed: list[tuple[int, int, int]] = field(default_factory=list)
