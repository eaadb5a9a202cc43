"""From an instance to the tables the kernels work on: sphere points, slot order, search trees, pins taken out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .errors import InstanceError
from .instance import F64, I32, I64, Hosts, Instance, Seekers
from .kernels.search import LEAF
from .kernels.tables import Market, Seeking, Slots, Terms, Tree
from .weights import EARTH_RADIUS_KM, Weights

CANDIDATES = 16
PRICE_COLUMNS = 64  # seat prices are tabulated up to this party size; larger parties take free seats only


@dataclass(slots=True)
class Problem:
    """An instance made ready. `row_of_slot[j]` is the row in `hosts.slot_*` that slot j came from."""

    instance: Instance
    seeking: Seeking
    slots: Slots
    tree: Tree
    terms: Terms
    row_of_slot: I64
    seats: I32  # seats left in each slot after pins, in slot order
    open: I64  # seekers the machine may place, ascending


def prepare(instance: Instance) -> Problem:
    """Tables for one instance; raises InstanceError for pins that contradict each other."""
    left = _seats_after_pins(instance)
    slots, rows = build_slots(instance.hosts)
    seeking = build_seeking(instance)
    return Problem(
        instance=instance,
        seeking=seeking,
        slots=slots._replace(seats=left[rows]),
        tree=build_tree(slots._replace(seats=left[rows]), len(instance.vocabulary.occasions)),
        terms=build_terms(instance.weights),
        row_of_slot=rows,
        seats=left[rows],
        open=open_seekers(instance),
    )


def build_terms(weights: Weights) -> Terms:
    """All of one type, so that whole numbers among the weights do not make the kernels compile again."""
    return Terms(
        closeness=float(weights.closeness),
        scale=float(EARTH_RADIUS_KM * weights.detour_factor / weights.closeness_km),
        interests=float(weights.interests),
        languages=float(weights.languages),
        household=float(weights.household),
    )


def sphere(lat: F64, lon: F64) -> F64:
    """Degrees to points on the unit sphere."""
    phi, lam = np.radians(lat), np.radians(lon)
    return np.ascontiguousarray(np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=1))


def reach_chord2(radius_km: F64, weights: Weights) -> F64:
    """Squared chord up to which a travel distance is within the radius."""
    half_angle = np.minimum(radius_km / (2 * EARTH_RADIUS_KM * weights.detour_factor), np.pi / 2)
    return np.asarray(4.0 * np.sin(half_angle) ** 2 * (1 + 1e-12))


def open_seekers(instance: Instance) -> I64:
    """Not pinned, of age or of unknown age, with an occasion."""
    seekers = instance.seekers
    ready = (seekers.age < 0) | (seekers.age >= instance.weights.adult_age)
    ready &= np.diff(seekers.occ_ptr) > 0
    ready[[pin[0] for pin in instance.pinned]] = False
    return np.flatnonzero(ready)


def build_seeking(instance: Instance) -> Seeking:
    seekers, weights = instance.seekers, instance.weights
    waiting = weights.waiting * np.minimum(seekers.waiting_days / weights.waiting_full_days, 1.0)
    pointers, hosts = _forbidden(instance)
    return Seeking(
        xyz=sphere(seekers.lat, seekers.lon),
        reach=reach_chord2(seekers.radius_km, weights),
        party=seekers.party,
        needs=seekers.needs,
        traits=seekers.traits,
        age=seekers.age,
        tags=seekers.interests,
        norm=inverse_root(seekers.interest_count),
        languages=seekers.languages,
        household=seekers.household,
        base=weights.company + weights.hard_to_place * seekers.hard + waiting,
        share=np.ones(len(seekers)),
        occ_ptr=seekers.occ_ptr[:-1],
        occ_end=seekers.occ_ptr[1:],
        occ=seekers.occ,
        pref=preference(seekers, weights),
        forbid_ptr=pointers[:-1],
        forbid_end=pointers[1:],
        forbid=hosts,
    )


def preference(seekers: Seekers, weights: Weights) -> F64:
    """Weighted preference of every entry of `seekers.occ`: whole for the first, a half for the second, and so on."""
    rank = np.arange(len(seekers.occ)) - np.repeat(seekers.occ_ptr[:-1], np.diff(seekers.occ_ptr))
    return np.asarray(weights.preference / (1.0 + rank))


def inverse_root(count: I32) -> F64:
    return np.where(count > 0, 1.0 / np.sqrt(np.maximum(count, 1)), 0.0)


def _forbidden(instance: Instance) -> tuple[I64, I32]:
    pairs = np.array(sorted(set(instance.forbidden)), dtype=np.int64).reshape(-1, 2)
    pointers = np.searchsorted(pairs[:, 0], np.arange(len(instance.seekers) + 1))
    return pointers.astype(np.int64), pairs[:, 1].astype(np.int32)


def _seats_after_pins(instance: Instance) -> I32:
    hosts, seekers = instance.hosts, instance.seekers
    left = hosts.slot_seats.copy()
    forbidden, taken = set(instance.forbidden), set[int]()
    wanted = {(h, o) for _, h, o in instance.pinned}
    rows = np.flatnonzero(np.isin(hosts.slot_host, [h for h, _ in wanted]))
    row_of = {(int(hosts.slot_host[r]), int(hosts.slot_occ[r])): r for r in rows}
    for n, (s, h, o) in enumerate(instance.pinned):
        place = f"pinned[{n}]"
        row = row_of.get((h, o))
        if s in taken:
            raise InstanceError(place, f"seeker {seekers.ids[s]!r} is pinned twice")
        if (s, h) in forbidden:
            raise InstanceError(place, "this pair is forbidden")
        if 0 <= seekers.age[s] < instance.weights.adult_age:
            raise InstanceError(place, f"seeker {seekers.ids[s]!r} is under age")
        if row is None or left[row] < seekers.party[s]:
            raise InstanceError(place, f"host {hosts.ids[h]!r} has not enough seats")
        taken.add(s)
        left[row] -= seekers.party[s]
    return left


def build_slots(hosts: Hosts) -> tuple[Slots, I64]:
    """Slot tables in search order, and the row in `hosts.slot_*` each came from."""
    points = sphere(hosts.lat, hosts.lon)
    curve = curve_position(points)
    order = np.lexsort((hosts.slot_host, curve[hosts.slot_host], hosts.slot_occ)).astype(np.int64)
    host = hosts.slot_host[order]
    return (
        Slots(
            xyz=points[host],
            host=host,
            occ=hosts.slot_occ[order],
            seats=hosts.slot_seats[order],
            accepts=hosts.accepts[host],
            requires=hosts.requires[host],
            age_min=hosts.age_min[host],
            age_max=hosts.age_max[host],
            tags=hosts.interests[host],
            norm=inverse_root(hosts.interest_count)[host],
            languages=hosts.languages[host],
            household=hosts.household[host],
        ),
        order,
    )


def curve_position(points: F64) -> I64:
    """Position along a Morton curve with 2^-20 steps: near each other on it mostly means near on the ground."""
    code = np.zeros(len(points), dtype=np.int64)
    for axis in range(3):
        cell = np.clip(((points[:, axis] + 1) * (1 << 20)).astype(np.int64), 0, (1 << 21) - 1)
        for bits, mask in _SPREAD:
            cell = (cell | (cell << bits)) & mask
        code |= cell << axis
    return code


_SPREAD = (
    (32, 0x1F00000000FFFF),
    (16, 0x1F0000FF0000FF),
    (8, 0x100F00F00F00F00F),
    (4, 0x10C30C30C30C30C3),
    (2, 0x1249249249249249),
)


def build_tree(slots: Slots, occasions: int) -> Tree:
    """Boxes, largest table and accepted conditions per node; `low` is 0 where a seat is left."""
    first = np.searchsorted(slots.occ, np.arange(occasions + 1)).astype(np.int64)
    buckets = (np.diff(first) + LEAF - 1) // LEAF
    leaves = np.array([1 << int(n - 1).bit_length() if n else 0 for n in buckets], dtype=np.int64)
    offset = np.concatenate([[0], np.cumsum(2 * leaves)]).astype(np.int64)
    nodes = int(offset[-1])
    tree = Tree(
        first=first,
        leaves=leaves,
        offset=offset,
        box=np.tile(np.array([9.0, 9.0, 9.0, -9.0, -9.0, -9.0]), (nodes, 1)),
        low=np.full(nodes, np.inf),
        seats=np.zeros(nodes, dtype=np.int32),
        accepts=np.zeros(nodes, dtype=np.uint64),
    )
    for o in range(occasions):
        _fill(tree, slots, o)
    return tree


def _fill(tree: Tree, slots: Slots, o: int) -> None:
    start, stop = tree.first[o], tree.first[o + 1]
    if start == stop:
        return
    cuts = np.arange(start, stop, LEAF)
    at = tree.offset[o] + tree.leaves[o]
    here = slice(at, at + len(cuts))
    tree.box[here, :3] = np.minimum.reduceat(slots.xyz[:stop], cuts, axis=0)
    tree.box[here, 3:] = np.maximum.reduceat(slots.xyz[:stop], cuts, axis=0)
    tree.low[here] = np.where(np.maximum.reduceat(slots.seats[:stop], cuts) > 0, 0.0, np.inf)
    tree.seats[here] = np.maximum.reduceat(slots.seats[:stop], cuts)
    tree.accepts[here] = np.bitwise_or.reduceat(slots.accepts[:stop], cuts)
    width = int(tree.leaves[o])
    while width > 1:
        below = tree.offset[o] + width
        width //= 2
        here = slice(tree.offset[o] + width, tree.offset[o] + 2 * width)
        left, right = slice(below, below + 2 * width, 2), slice(below + 1, below + 2 * width, 2)
        tree.box[here, :3] = np.minimum(tree.box[left, :3], tree.box[right, :3])
        tree.box[here, 3:] = np.maximum(tree.box[left, 3:], tree.box[right, 3:])
        tree.low[here] = np.minimum(tree.low[left], tree.low[right])
        tree.seats[here] = np.maximum(tree.seats[left], tree.seats[right])
        tree.accepts[here] = tree.accepts[left] | tree.accepts[right]


def open_market(problem: Problem, candidates: int = CANDIDATES, sizes: I32 | None = None) -> Market:
    """A market in which nobody has bid: every seat is free and costs nothing. `sizes`: if not the parties'."""
    largest = int(problem.seeking.party[problem.open].max(initial=1)) if sizes is None else int(sizes.max(initial=1))
    sizes = problem.seeking.party if sizes is None else sizes
    seekers, seats = len(sizes), problem.seats
    columns = max(1, min(PRICE_COLUMNS, largest))
    pointers = np.concatenate([[0], np.cumsum(seats)]).astype(np.int64)
    cost = np.zeros((len(seats), columns))
    cost[np.arange(1, columns + 1)[None, :] > seats[:, None]] = np.inf
    return Market(
        size=sizes,
        at=np.full(seekers, -1, dtype=np.int32),
        paid=np.zeros(seekers),
        held_ptr=pointers,
        held=np.full(int(pointers[-1]), -1, dtype=np.int32),
        sitting=np.zeros(len(seats), dtype=np.int32),
        most_held=int(seats.max(initial=1)),
        free=seats.copy(),
        reserve=np.zeros(len(seats)),
        cost=cost,
        cand=np.empty((seekers, candidates), dtype=np.int32),
        worth=np.empty((seekers, candidates), dtype=np.float32),
        filled=np.full(seekers, -1, dtype=np.int32),
        beyond=np.zeros(seekers),
    )
