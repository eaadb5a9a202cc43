"""What a season leaves behind when its people are forgotten.

Every column is sorted by itself: places, party sizes, needs and all the rest no longer belong to one another, so that
no row is anybody.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from .instance import F64, I32, I64, Hosts, Instance, Seekers, Vocabulary
from .subset import ragged
from .weights import Weights

Groups = tuple[tuple[str, ...], ...]

_CELL = 0.05  # degrees, some five kilometres
_ALIKE: Groups = (("interests", "interest_count"), ("languages",), ("household",))
SEEKER_COLUMNS: Groups = (
    ("lat", "lon", "hard"), ("party",), ("radius_km",), ("needs",), ("traits",), ("age",), ("waiting_days",), *_ALIKE
)  # fmt: skip
HOST_COLUMNS: Groups = (("lat", "lon"), ("accepts",), ("requires",), ("age_min", "age_max"), *_ALIKE)
NOBODY: dict[str, Any] = {"ids": (), "places": ()}
"""Columns that say who somebody is are empty. Columns of one group stay together; a host's days and seats do, too."""


@dataclass(frozen=True, slots=True)
class Experience:
    """Columns of a season, each in an order of its own. `hard` tells who lives in a small place, nothing else."""

    seekers: Seekers
    hosts: Hosts
    vocabulary: Vocabulary

    def as_json(self) -> dict[str, Any]:
        """What can be kept when the season's listings are long forgotten."""
        sides = {"seekers": _as_lists(self.seekers), "hosts": _as_lists(self.hosts)}
        return {**sides, "vocabulary": asdict(self.vocabulary)}

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Experience:
        """What `as_json` gave."""
        seekers, hosts = (_as_columns(raw[side]) for side in ("seekers", "hosts"))
        return cls(
            Seekers(**seekers, **NOBODY, need_names=()), Hosts(**hosts, **NOBODY), Vocabulary(**raw["vocabulary"])
        )


def learn(instance: Instance) -> Experience:
    """Everybody of a season as figures; places to some five kilometres."""
    seekers, hosts = instance.seekers, instance.hosts
    small_place = seekers.hard & ~hard_by_wish(seekers, instance.vocabulary, instance.weights)
    known = _sorted(seekers, SEEKER_COLUMNS, {**_place(seekers), "hard": small_place})
    pointers, entries = ragged(seekers.occ_ptr, _in_order(seekers.occ_ptr, seekers.occ[:, None]))
    slots = slots_of(hosts)
    at, rows = ragged(slots, _in_order(slots, np.stack([hosts.slot_occ, hosts.slot_seats], axis=1)))
    return Experience(
        Seekers(**known, **NOBODY, need_names=(), occ_ptr=pointers, occ=seekers.occ[entries]),
        Hosts(
            **_sorted(hosts, HOST_COLUMNS, _place(hosts)), **NOBODY, slot_host=owners(at),
            slot_occ=hosts.slot_occ[rows], slot_seats=hosts.slot_seats[rows],
        ),
        instance.vocabulary,
    )  # fmt: skip


def hard_by_wish(seekers: Seekers, vocabulary: Vocabulary, weights: Weights) -> npt.NDArray[np.bool_]:
    """Who is hard to place by the size of the party or by a need, wherever they live."""
    bits = sum(1 << n for n, name in enumerate(vocabulary.conditions) if name in weights.hard_needs)
    return np.asarray((seekers.party >= weights.hard_party) | ((seekers.needs & np.uint64(bits)) != 0))


def slots_of(hosts: Hosts) -> I64:
    """Host h has rows [h] to [h + 1] of `hosts.slot_*`."""
    return np.searchsorted(hosts.slot_host, np.arange(len(hosts) + 1)).astype(np.int64)


def owners(pointers: I64) -> I32:
    """To whom every entry of a ragged column belongs."""
    return np.repeat(np.arange(len(pointers) - 1), np.diff(pointers)).astype(np.int32)


def _place(side: Seekers | Hosts) -> dict[str, F64]:
    return {name: np.round(getattr(side, name) / _CELL) * _CELL for name in ("lat", "lon")}


def _sorted(side: Seekers | Hosts, groups: Groups, instead: dict[str, Any]) -> dict[str, Any]:
    """Every group of columns in its own order."""
    made: dict[str, Any] = {}
    for names in groups:
        columns = {name: _rounded(instead[name] if name in instead else getattr(side, name)) for name in names}
        order = np.lexsort([key for column in columns.values() for key in np.atleast_2d(column.T)])
        made |= {name: column[order] for name, column in columns.items()}
    return made


def _in_order(pointers: I64, entries: npt.NDArray[Any]) -> I64:
    """Rows of a ragged column in the order of what they hold."""
    values = [tuple(map(tuple, entries[a:b].tolist())) for a, b in pairwise(pointers)]
    return np.array(sorted(range(len(values)), key=values.__getitem__), dtype=np.int64)


def _as_lists(side: Seekers | Hosts) -> dict[str, Any]:
    columns = {field.name: getattr(side, field.name) for field in fields(side)}
    return {name: _as_list(column) for name, column in columns.items() if isinstance(column, np.ndarray)}


def _as_list(column: npt.NDArray[Any]) -> dict[str, Any]:
    return {"kind": column.dtype.str, "shape": column.shape, "values": column.ravel().tolist()}


def _rounded(column: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return np.round(column, 3) if column.dtype.kind == "f" else column


def _as_columns(raw: dict[str, Any]) -> dict[str, Any]:
    return {name: np.array(one["values"], dtype=one["kind"]).reshape(one["shape"]) for name, one in raw.items()}
