"""Parts of an instance, and instances with something added, as instances of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

import numpy as np

from .instance import I64, Hosts, Instance, Seekers

Side = TypeVar("Side", Seekers, Hosts)


def take_seekers(seekers: Seekers, rows: I64) -> Seekers:
    """The given rows, in that order."""
    pointers, entries = ragged(seekers.occ_ptr, rows)
    return replace(_take(seekers, rows, {"occ_ptr", "occ"}), occ_ptr=pointers, occ=seekers.occ[entries])


def ragged(pointers: I64, rows: I64) -> tuple[I64, I64]:
    """The given rows of a ragged column: their pointers, and the entries that belong to them."""
    lengths = np.diff(pointers)[rows]
    made = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return made, np.repeat(pointers[rows] - made[:-1], lengths) + np.arange(made[-1])


def take_hosts(hosts: Hosts, rows: I64, slots: I64) -> Hosts:
    """The given hosts, with the given rows of `hosts.slot_*` only (all of them theirs)."""
    position = np.full(len(hosts), -1, dtype=np.int32)
    position[rows] = np.arange(len(rows), dtype=np.int32)
    return replace(
        _take(hosts, rows, {"slot_host", "slot_occ", "slot_seats"}),
        slot_host=position[hosts.slot_host[slots]],
        slot_occ=hosts.slot_occ[slots],
        slot_seats=hosts.slot_seats[slots],
    )


def all_seekers(*parts: Seekers) -> Seekers:
    """One after another."""
    before = np.cumsum([0, *(part.occ_ptr[-1] for part in parts)])
    pointers = [part.occ_ptr[:-1] + start for part, start in zip(parts, before, strict=False)]
    return Seekers(**_all(parts, {"occ_ptr": np.concatenate([*pointers, before[-1:]]).astype(np.int64)}))


def all_hosts(*parts: Hosts) -> Hosts:
    """One after another."""
    before = np.cumsum([0, *map(len, parts)])
    owner = [part.slot_host + start for part, start in zip(parts, before, strict=False)]
    return Hosts(**_all(parts, {"slot_host": np.concatenate(owner).astype(np.int32)}))


def _all(parts: Sequence[Seekers | Hosts], made: dict[str, Any]) -> dict[str, Any]:
    for field in fields(parts[0]):
        columns = [getattr(part, field.name) for part in parts]
        if field.name not in made:
            arrays = isinstance(columns[0], np.ndarray)
            made[field.name] = np.concatenate(columns) if arrays else [one for column in columns for one in column]
    return made


def part(instance: Instance, seekers: I64, slots: I64) -> tuple[Instance, I64]:
    """The instance of these seekers and slots alone, with their pins and bans, and the rows of its hosts."""
    hosts = np.unique(instance.hosts.slot_host[slots]).astype(np.int64)
    seeker_at = {int(row): n for n, row in enumerate(seekers)}
    host_at = {int(row): n for n, row in enumerate(hosts)}
    offered = {(int(instance.hosts.slot_host[r]), int(instance.hosts.slot_occ[r])) for r in slots}
    here = [p for p in instance.pinned if p[0] in seeker_at and (p[1], p[2]) in offered]
    kept = [p for p in instance.proposed if p[0] in seeker_at and (p[1], p[2]) in offered]
    bans = [p for p in instance.forbidden if p[0] in seeker_at and p[1] in host_at]
    return (
        replace(
            instance,
            seekers=take_seekers(instance.seekers, seekers),
            hosts=take_hosts(instance.hosts, hosts, slots),
            forbidden=[(seeker_at[s], host_at[h]) for s, h in bans],
            pinned=[(seeker_at[s], host_at[h], o) for s, h, o in here],
            proposed=[(seeker_at[s], host_at[h], o) for s, h, o in kept],
        ),
        hosts,
    )


def _take(side: Side, rows: I64, other: set[str]) -> Side:
    return replace(side, **{f.name: _pick(getattr(side, f.name), rows) for f in fields(side) if f.name not in other})


def _pick(column: Any, rows: I64) -> Any:
    if isinstance(column, np.ndarray):
        return column[rows]
    values: Sequence[Any] = column
    return [values[int(row)] for row in rows]


def grow_seekers(seekers: Seekers, more: int) -> Seekers:
    """Copies with `more` blank rows after them: no occasion, so never matched."""
    grown = replace(
        seekers, **{f.name: _longer(getattr(seekers, f.name), more) for f in fields(seekers) if f.name != "occ"}
    )
    grown.occ_ptr[len(seekers) :] = seekers.occ_ptr[-1]
    grown.party[len(seekers) :] = 1
    return grown


def grow_hosts(hosts: Hosts, more: int) -> Hosts:
    """Copies with `more` blank rows after them: no seats."""
    fixed = {"slot_host", "slot_occ", "slot_seats"}
    return replace(
        hosts, **{f.name: _longer(getattr(hosts, f.name), more) for f in fields(hosts) if f.name not in fixed}
    )


def _longer(column: Any, more: int) -> Any:
    if isinstance(column, np.ndarray):
        return np.concatenate([column, np.zeros((more, *column.shape[1:]), dtype=column.dtype)])
    return [*column, *[None] * more]
