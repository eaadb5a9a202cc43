"""A running solution: listings come and go, people decide, and every step takes under a millisecond."""

from __future__ import annotations

from typing import Any

import numpy as np

from .errors import InstanceError
from .instance import Ident, Seekers
from .kernels.auction import refresh_slot, vacate
from .kernels.search import ranked
from .live import Live
from .parse import more_hosts, one_seeker
from .problem import build_slots


class Running(Live):
    """Start from an instance, then feed it what happens. Decided pairs never move; all others may.

    Single-threaded; holds no rows of a database. `spare` is how many new seekers and hosts fit in before the tables are
    built anew (about a second per million), which happens by itself.
    """

    def arrive(self, seeker: dict[str, Any]) -> list[tuple[Ident, str]]:
        """A new seeker, as in an instance file, is given a seat if one is to be had. Returns ranked (host, occasion).
        Raises InstanceError when the id is in use.
        """
        one = one_seeker(seeker, self.instance.vocabulary, self.instance.weights)
        if one.ids[0] in self._seeker_row:
            raise InstanceError("seeker.id", f"{one.ids[0]!r} is already here")
        self._make_room_for(one)
        self._bid([self._write_seeker(one)])
        return self.candidates(one.ids[0])

    def change(self, seeker: dict[str, Any]) -> list[tuple[Ident, str]]:
        """What a seeker asks for is different now; a seat is looked for anew. Returns ranked (host, occasion).
        Raises InstanceError when the pair is decided: only `leave` undoes that.
        """
        one = one_seeker(seeker, self.instance.vocabulary, self.instance.weights)
        before = self._row(one.ids[0])
        if before in self._decided:
            raise InstanceError("seeker.id", f"{one.ids[0]!r} has a decided pair")
        self._make_room_for(one)
        self._open[before] = False
        left = vacate(before, self._slots, self._problem.tree, self._market)
        row = self._write_seeker(one)
        for host in [h for who, h in self.instance.forbidden if who == before]:
            self._ban(row, host)
        self._bid([row])
        self._settle([left])
        return self.candidates(one.ids[0])

    def _make_room_for(self, one: Seekers) -> None:
        if self._n == len(self.instance.seekers) or not self._has_room(one):
            self._rebuild()

    def _ban(self, row: int, host: int) -> None:
        ends = self._seeking.forbid_end  # shares its memory with forbid_ptr, one place on
        self._seeking = self._seeking._replace(forbid=np.insert(self._seeking.forbid, ends[row], np.int32(host)))
        ends[row:] += 1
        self._problem.seeking = self._seeking
        self.instance.forbidden.append((row, host))

    def arrive_host(self, host: dict[str, Any]) -> None:
        """A new host, as in an instance file. Whoever gains by it moves, unless decided."""
        found = more_hosts([host], self.instance)
        if found.ids[0] in self._host_row:
            raise InstanceError("host.id", f"{found.ids[0]!r} is already here")
        if self._m == len(self.instance.hosts):
            self._rebuild()
        slots, _ = build_slots(found)
        self._write_host(found)
        for k in range(len(slots.host)):
            self._place_slot(slots, k)

    def leave(self, seeker: Ident) -> None:
        """A seeker is no longer looking; the seats go to whoever gains most."""
        row = self._row(seeker)
        self._open[row] = False
        freed = vacate(row, self._slots, self._problem.tree, self._market)
        if row in self._decided:
            freed = self._unfix(row)
        self._settle([freed])

    def leave_host(self, host: Ident) -> list[Ident]:
        """A host withdraws; undecided guests look elsewhere. Returns decided guests, whom a person must tell."""
        row = self._host_row[host]
        moved: list[int] = []
        for j in self._slots_of.pop(row, []):
            sitting = self._market.held[self._market.held_ptr[j] : self._market.held_ptr[j] + self._market.sitting[j]]
            for who in sitting.tolist():
                vacate(who, self._slots, self._problem.tree, self._market)
                moved.append(who)
            self._slots.seats[j] = 0
            self._market.free[j] = 0
            refresh_slot(j, self._slots, self._problem.tree, self._market)
        told = [who for who, (h, _) in self._decided.items() if h == row]
        for who in told:
            del self._decided[who]
            self._open[who] = True
        self._bid([*moved, *told])
        return [self.instance.seekers.ids[who] for who in told]

    def decide(self, seeker: Ident, host: Ident, occasion: str) -> None:
        """People have agreed (or a volunteer pins): the pair stays. Raises InstanceError without seats."""
        row, h, o = self._row(seeker), self._host_row[host], self._occasion[occasion]
        left = vacate(row, self._slots, self._problem.tree, self._market)
        moved = self._fix(row, h, o)
        self._bid(moved)
        self._settle([left])

    def forbid(self, seeker: Ident, host: Ident) -> None:
        """This pair never. An undecided one is taken apart."""
        row, h = self._row(seeker), self._host_row[host]
        self._ban(row, h)
        self._market.filled[row] = -1
        j = int(self._market.at[row])
        if j >= 0 and int(self._slots.host[j]) == h:
            vacate(row, self._slots, self._problem.tree, self._market)
            self._bid([row])
            self._settle([j])

    # what can be asked

    def candidates(self, seeker: Ident, k: int = 20) -> list[tuple[Ident, str]]:
        """The best tables at today's prices: wanted ones rank lower, so that others are not crowded out."""
        row = self._row(seeker)
        p = self._problem
        if not self._may(row):
            return []
        found, _ = ranked(row, k, self._seeking, self._slots, p.tree, self._market, p.terms)
        hosts, names = self.instance.hosts.ids, self.instance.vocabulary.occasions
        return [(hosts[int(self._slots.host[j])], names[int(self._slots.occ[j])]) for j in found]

    def pairs(self) -> list[tuple[Ident, Ident, str]]:
        """Everybody who has a seat today, decided or not."""
        seekers, hosts, names = self.instance.seekers.ids, self.instance.hosts.ids, self.instance.vocabulary.occasions
        return [(seekers[s], hosts[h], names[o]) for s, h, o in self.rows()]

    def rows(self) -> list[tuple[int, int, int]]:
        """The same as rows of `instance` and occasion numbers."""
        free = [
            (int(i), int(self._slots.host[j]), int(self._slots.occ[j]))
            for i in np.flatnonzero(self._market.at[: self._n] >= 0)
            for j in (self._market.at[i],)
        ]
        return sorted([*free, *((s, h, o) for s, (h, o) in self._decided.items())])
