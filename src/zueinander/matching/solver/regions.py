"""Regions that cannot affect each other, so that many machines can share a season: split, assign each, join."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from .certificate import Certificate
from .instance import I64, Instance
from .problem import prepare, reach_chord2, sphere
from .result import Bonus, summed
from .scoring import score
from .season import Assignment, assign, bonus_of
from .subset import part

_CELLS = 256.0  # per unit of the unit sphere's axes: cells of about 25 km


@dataclass(slots=True)
class Region:
    """An instance of its own; its row n is row `seekers[n]` (`hosts[n]`) of the season it was cut from."""

    instance: Instance
    seekers: I64
    hosts: I64


def split(instance: Instance) -> list[Region]:
    """Regions without a possible pair between them, the largest first. Seekers beyond every host's reach are in none.

    Looked at in cells of about 25 km, so regions are never cut too small, sometimes left too large.
    """
    prepare(instance)  # contradictory pins are reported before the season is shared out
    label_of_seeker, label_of_slot = _labels(instance)
    regions = []
    for label in np.unique(label_of_slot[np.isin(label_of_slot, label_of_seeker)]):
        seekers = np.flatnonzero(label_of_seeker == label)
        own, hosts = part(instance, seekers, np.flatnonzero(label_of_slot == label))
        regions.append(Region(own, seekers, hosts))
    return sorted(regions, key=lambda region: -len(region.seekers))


def _labels(instance: Instance) -> tuple[I64, I64]:
    """Region of each seeker (-1: none) and of each slot."""
    hosts, seekers = instance.hosts, instance.seekers
    cell = np.floor(sphere(hosts.lat, hosts.lon) * _CELLS)[hosts.slot_host]
    keys, cell_of_slot = np.unique(np.column_stack([hosts.slot_occ, cell]), axis=0, return_inverse=True)
    edges = [*_reachable(instance, keys), *_pinned(instance, cell_of_slot)]
    n, m = len(seekers), len(keys)
    left = np.array([s for s, _ in edges], dtype=np.int64)
    right = np.array([c for _, c in edges], dtype=np.int64) + n
    graph = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(n + m, n + m))
    _, label = connected_components(graph, directed=False)
    label_of_seeker = label[:n].astype(np.int64)
    label_of_seeker[np.bincount(left, minlength=n)[:n] == 0] = -1
    return label_of_seeker, label[n:][cell_of_slot].astype(np.int64)


def _reachable(instance: Instance, keys: np.ndarray) -> list[tuple[int, int]]:
    """Seekers and the cells that their radius may touch on an occasion of theirs."""
    seekers = instance.seekers
    points = sphere(seekers.lat, seekers.lon)
    reach = np.sqrt(reach_chord2(seekers.radius_km, instance.weights)) + np.sqrt(3) / (2 * _CELLS) + 1e-9
    who = np.repeat(np.arange(len(seekers)), np.diff(seekers.occ_ptr))
    edges: list[tuple[int, int]] = []
    for o in np.unique(seekers.occ):
        cells = np.flatnonzero(keys[:, 0] == o)
        if len(cells) == 0:
            continue
        rows = who[seekers.occ == o]
        near = cKDTree((keys[cells, 1:] + 0.5) / _CELLS).query_ball_point(points[rows], reach[rows])
        edges.extend((int(row), int(cells[c])) for row, found in zip(rows, near, strict=True) for c in found)
    return edges


def _pinned(instance: Instance, cell_of_slot: I64) -> list[tuple[int, int]]:
    if not instance.pinned:
        return []
    hosts = instance.hosts
    row_of = {(int(h), int(o)): r for r, (h, o) in enumerate(zip(hosts.slot_host, hosts.slot_occ, strict=True))}
    return [(s, int(cell_of_slot[row_of[h, o]])) for s, h, o in instance.pinned]


def join(regions: list[Region], assignments: list[Assignment]) -> Assignment:
    """One assignment for the season out of those of its regions; their limits add up."""
    columns: list[list[I64]] = [[], [], []]
    for of_pins in (True, False):
        for region, found in zip(regions, assignments, strict=True):
            rows = slice(0, found.pinned) if of_pins else slice(found.pinned, None)
            columns[0].append(region.seekers[found.seeker[rows]])
            columns[1].append(region.hosts[found.host[rows]])
            columns[2].append(found.occasion[rows])
    nothing = np.zeros(0, dtype=np.int64)
    limits = Certificate(
        matched=sum(found.certificate.matched for found in assignments),
        value=sum(found.certificate.value for found in assignments),
        proof=" + ".join(sorted({found.certificate.proof for found in assignments})),
    )
    seeker, host, occasion = (np.concatenate([nothing, *column]) for column in columns)
    return Assignment(seeker, host, occasion, sum(found.pinned for found in assignments), limits)


def assign_apart(instance: Instance) -> tuple[Assignment, Bonus]:
    """The proposal for an instance, region by region, with what serving the hard to place first brings in all."""
    regions = split(instance)
    found = [assign(region.instance) for region in regions]
    both = zip(regions, found, strict=True)
    bonuses = [bonus_of(region.instance, one) or _unmoved(region.instance, one) for region, one in both]
    return join(regions, found), summed(instance.weights.hard_to_place, bonuses)


def _unmoved(instance: Instance, found: Assignment) -> Bonus:
    """Of a region in which the weight moves nobody."""
    hard, placed = int(instance.seekers.hard[found.seeker].sum()), len(found.seeker)
    value = float(score(instance, found.seeker, found.host, found.occasion).sum())
    return Bonus(instance.weights.hard_to_place, hard, hard, placed, placed, value, value)
