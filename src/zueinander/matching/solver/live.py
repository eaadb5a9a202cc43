"""The tables behind a running solution: how seats are taken, given back and offered on."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np

from .errors import InstanceError
from .gaps import nearest_gap, widen, with_gaps
from .instance import F64, I64, Hosts, Ident, Instance, Seekers
from .kernels.auction import auction, make_room, refresh_slot, sit_down, vacate
from .kernels.local import relax, suitors, willing
from .kernels.tables import Seeking, Slots
from .problem import Problem, build_seeking, build_slots, build_terms, build_tree, open_market, open_seekers, prepare
from .rounds import find_prices, lay_open
from .season import EPSILON
from .subset import grow_hosts, grow_seekers, take_hosts, take_seekers
from .wholes import seat_wholes

_SUITORS = 8
_ROUNDS = 8
_STEP = 5 * EPSILON  # where seats are short those who are alone would fight for a seat in thousands of small steps
_REACH = 16
_HELD = 8  # parties a table that comes later can hold at most


class Live:
    """An instance with room to grow, its market, and the pairs people have decided, which are outside the market."""

    def __init__(self, instance: Instance, *, seed: int = 0, spare: int = 1024) -> None:
        self._spare, self._seed = spare, seed
        self._decided: dict[int, tuple[int, int]] = {}
        self._build(instance)
        for s, h, o in instance.pinned:
            self._fix(s, h, o)
        self._take_seats(*_solved(instance, seed))

    def _build(self, instance: Instance) -> None:
        self._n, self._m = len(instance.seekers), len(instance.hosts)
        self.instance = replace(
            instance,
            seekers=grow_seekers(instance.seekers, self._spare),
            hosts=grow_hosts(instance.hosts, self._spare),
            pinned=[],
            proposed=[],
            forbidden=list(instance.forbidden),
        )
        self._open = np.zeros(len(self.instance.seekers), dtype=np.bool_)
        self._open[open_seekers(self.instance)] = True
        self._seeker_row = {ident: n for n, ident in enumerate(instance.seekers.ids)}
        self._host_row = {ident: n for n, ident in enumerate(instance.hosts.ids)}
        self._occasion = {name: n for n, name in enumerate(instance.vocabulary.occasions)}
        slots, _ = build_slots(instance.hosts)
        self._slots, _ = with_gaps(slots, len(self._occasion))
        self._seeking = self._with_pool(build_seeking(self.instance))
        self._market_tables()
        self._slots_of: dict[int, list[int]] = {}
        for j in np.flatnonzero(self._slots.host >= 0):
            self._slots_of.setdefault(int(self._slots.host[j]), []).append(int(j))

    def _market_tables(self) -> None:
        tree = build_tree(self._slots, len(self._occasion))
        everyone = np.arange(len(self._seeking.party))
        self._problem = Problem(
            self.instance, self._seeking, self._slots, tree, build_terms(self.instance.weights),
            np.zeros(0, dtype=np.int64), self._slots.seats, everyone,
        )  # fmt: skip
        market = open_market(self._problem)
        room = np.where(self._slots.host >= 0, self._slots.seats, _HELD)
        pointers = np.concatenate([[0], np.cumsum(room)]).astype(np.int64)
        columns = np.full((len(room), max(market.cost.shape[1], _HELD)), np.inf)
        columns[np.arange(1, columns.shape[1] + 1)[None, :] <= self._slots.seats[:, None]] = 0.0
        self._market = market._replace(
            held_ptr=pointers,
            held=np.full(int(pointers[-1]), -1, dtype=np.int32),
            most_held=int(room.max(initial=1)),
            cost=columns,
        )

    def _take_seats(self, rows: I64, tables: I64, paid: F64) -> None:
        """Undecided pairs (seeker, table as host row and occasion, bid) sit down; then whoever is alone bids."""
        there = np.flatnonzero(self._slots.host >= 0)
        at = {(int(self._slots.host[j]), int(self._slots.occ[j])): int(j) for j in there}
        slot, money = np.full(len(self._open), -1, dtype=np.int32), np.zeros(len(self._open))
        slot[rows] = [at[h, o] for h, o in tables.tolist()]
        money[rows] = paid
        sit_down(rows.astype(np.int32), slot, money, self._market)
        for j in np.unique(slot[rows]):
            refresh_slot(int(j), self._slots, self._problem.tree, self._market)
        alone = self.open_rows()
        alone = alone[self._market.at[alone] < 0]
        self._bid(np.random.default_rng(self._seed).permutation(alone).tolist())

    def _row(self, seeker: Ident) -> int:
        return self._seeker_row[seeker]

    def _may(self, row: int) -> bool:
        return bool(self._open[row])

    def open_rows(self) -> I64:
        """Seekers who are looking and not decided, as rows of `instance`."""
        return np.flatnonzero(self._open)

    def _bid(self, rows: list[int], epsilon: float = EPSILON) -> None:
        rows = [row for row in rows if self._may(row)]
        if not rows or len(self._slots.host) == 0:
            return
        ring = np.zeros(self._n + 1, dtype=np.int32)
        ring[: len(rows)] = rows
        p = self._problem
        auction(ring, len(rows), epsilon, self._seeking, self._slots, p.tree, self._market, p.terms)

    def _settle(self, freed: list[int]) -> None:
        """Offer freed slots to those who gain most, first of all to whoever is alone; each move frees another slot."""
        p = self._problem
        rows = self.open_rows()
        for _ in range(_ROUNDS):
            freed = [j for j in freed if j >= 0]
            if not freed:
                return
            j = freed.pop()
            cheaper = relax(j, _REACH, rows, EPSILON, self._seeking, self._slots, p.tree, self._market, p.terms)
            self._invite_lonely(cheaper.tolist())
            found = suitors(j, _SUITORS, rows, EPSILON, self._seeking, self._slots, self._market, p.terms)
            for who in found.tolist():
                self._market.filled[who] = -1
                if self._market.at[who] >= 0 and self._market.free[j] < self._market.size[who]:
                    continue
                left = vacate(who, self._slots, p.tree, self._market)
                self._bid([who])
                if left >= 0 and left != self._market.at[who]:
                    freed.append(left)

    def _invite_lonely(self, slots: list[int]) -> None:
        """Let those without company bid again when something in their reach has become cheaper."""
        alone = np.flatnonzero(self._open & (self._market.at < 0))
        called: set[int] = set()
        for j in slots:
            called.update(willing(j, alone, self._seeking, self._slots, self._problem.terms).tolist())
        lonely = sorted(called)[:_SUITORS]
        self._market.filled[lonely] = -1
        self._bid(lonely, _STEP)

    def _fix(self, row: int, h: int, o: int) -> list[int]:
        """Take the pair out of the market with its seats; who had to make room is returned."""
        j = next((j for j in self._slots_of.get(h, []) if int(self._slots.occ[j]) == o), -1)
        size = int(self._seeking.party[row])
        if j < 0 or self._slots.seats[j] < size:
            raise InstanceError("decide", f"host {self.instance.hosts.ids[h]!r} has not enough seats")
        gone = make_room(j, size, self._slots, self._problem.tree, self._market)
        self._slots.seats[j] -= size
        self._market.free[j] -= size
        refresh_slot(j, self._slots, self._problem.tree, self._market)
        self._decided[row] = (h, o)
        self._open[row] = False
        return [int(i) for i in gone]

    def _rebuild(self, slots: Slots | None = None, k: int = 0) -> None:
        """Tables anew with room again, with slot k of a new host added if given; decided pairs stay."""
        there = np.flatnonzero(self._slots.host >= 0)
        columns = [getattr(self._slots, name)[there] for name in ("host", "occ", "seats")]
        for h, o in set(self._decided.values()):
            columns[2][(columns[0] == h) & (columns[1] == o)] += self._party_of((h, o))
        if slots is not None:
            added = (self._m - 1, slots.occ[k], slots.seats[k])
            columns = [np.append(column, np.int32(value)) for column, value in zip(columns, added, strict=True)]
        hosts = replace(self.instance.hosts, slot_host=columns[0], slot_occ=columns[1], slot_seats=columns[2])
        open_rows, decided = self._open[: self._n].copy(), self._decided
        self._build(
            replace(
                self.instance,
                seekers=take_seekers(self.instance.seekers, np.arange(self._n)),
                hosts=take_hosts(hosts, np.arange(self._m), np.arange(len(columns[0]))),
            )
        )
        self._decided = {}
        self._open[: self._n] = open_rows
        for row, (h, o) in decided.items():
            self._fix(row, h, o)
        self._bid(np.random.default_rng(self._seed).permutation(self.open_rows()).tolist())

    def _party_of(self, table: tuple[int, int]) -> int:
        return sum(int(self._seeking.party[row]) for row, where in self._decided.items() if where == table)

    def _unfix(self, row: int) -> int:
        """Give a decided pair's seats back; the slot they belong to."""
        h, o = self._decided.pop(row)
        j = next(j for j in self._slots_of[h] if int(self._slots.occ[j]) == o)
        self._slots.seats[j] += self._seeking.party[row]
        self._market.free[j] += self._seeking.party[row]
        widen(self._problem.tree, self._slots, j)
        refresh_slot(j, self._slots, self._problem.tree, self._market)
        return j

    def _with_pool(self, seeking: Seeking) -> Seeking:
        """Room for the occasions of seekers to come."""
        seekers = self.instance.seekers
        pool = 4 * self._spare
        self._pool = len(seekers.occ)
        seekers.occ = np.concatenate([seekers.occ, np.zeros(pool, dtype=np.int32)])
        return seeking._replace(occ=seekers.occ, pref=np.concatenate([seeking.pref, np.zeros(pool)]))

    def _has_room(self, one: Seekers) -> bool:
        return self._pool + len(one.occ) <= len(self.instance.seekers.occ)

    def _write_seeker(self, one: Seekers) -> int:
        row, seekers = self._n, self.instance.seekers
        self._n += 1
        made = build_seeking(replace(self.instance, seekers=one, forbidden=[]))
        skip = {"occ_ptr", "occ_end", "occ", "pref", "forbid_ptr", "forbid_end", "forbid"}
        for name in set(made._fields) - skip:
            getattr(self._seeking, name)[row] = getattr(made, name)[0]
        _copy_row(seekers, one, row, {"occ_ptr", "occ"})
        stop = self._pool + len(one.occ)
        seekers.occ[self._pool : stop] = one.occ
        self._seeking.pref[self._pool : stop] = made.pref
        seekers.occ_ptr[row + 1 :] = stop
        self._pool = stop
        self._seeker_row[one.ids[0]] = row
        age = int(one.age[0])
        self._open[row] = (age < 0 or age >= self.instance.weights.adult_age) and len(one.occ) > 0
        return row

    def _write_host(self, one: Hosts) -> int:
        row = self._m
        self._m += 1
        _copy_row(self.instance.hosts, one, row, {"slot_host", "slot_occ", "slot_seats"})
        self._host_row[one.ids[0]] = row
        return row

    def _place_slot(self, slots: Slots, k: int) -> None:
        """Put slot k of a new host into a gap near it and offer it to those who gain most."""
        if slots.seats[k] > _HELD or nearest_gap(self._problem.tree, self._slots, int(slots.occ[k]), slots.xyz[k]) < 0:
            self._rebuild(slots, k)
            return
        j = nearest_gap(self._problem.tree, self._slots, int(slots.occ[k]), slots.xyz[k])
        for name in slots._fields:
            getattr(self._slots, name)[j] = getattr(slots, name)[k]
        self._slots.host[j] = self._m - 1
        self._market.free[j] = slots.seats[k]
        self._slots_of.setdefault(self._m - 1, []).append(j)
        widen(self._problem.tree, self._slots, j)
        refresh_slot(j, self._slots, self._problem.tree, self._market)
        self._settle([j])


def _solved(instance: Instance, seed: int) -> tuple[I64, I64, F64]:
    """The season as one run solves it: seekers, their tables as (host row, occasion), and what they bid."""
    problem = prepare(instance)
    if len(problem.open) == 0 or len(problem.seats) == 0:
        return np.zeros(0, dtype=np.int64), np.zeros((0, 2), dtype=np.int64), np.zeros(0)
    sweep = lay_open(problem, seed)
    market = seat_wholes(sweep, find_prices(sweep, EPSILON), EPSILON)
    rows = problem.open[market.at[problem.open] >= 0]
    slots = market.at[rows]
    return rows, np.stack([problem.slots.host[slots], problem.slots.occ[slots]], axis=1), market.paid[rows]


def _copy_row(into: Seekers | Hosts, one: Seekers | Hosts, row: int, skip: set[str]) -> None:
    for field in fields(one):
        if field.name not in skip:
            column: Any = getattr(into, field.name)
            column[row] = getattr(one, field.name)[0]
