"""Ranked tables for one new listing, at once, among a million others."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from .explain import reasons
from .instance import Ident, Instance, Seekers
from .kernels.search import ranked
from .parse import hosts_only, one_seeker
from .problem import build_seeking, open_market, prepare
from .result import Language
from .scoring import terms, travel_km
from .weights import Weights


@dataclass(frozen=True, slots=True)
class Candidate:
    """A table that keeps every hard rule for the seeker asked about; `score` is the sum of `terms`."""

    host: Ident
    occasion: str
    score: float
    terms: dict[str, float]
    km: float
    source: tuple[Instance, int, int, Language] = field(repr=False, compare=False)

    @property
    def reasons(self) -> list[str]:
        """Sentences for the terms, made when somebody wants to read them."""
        instance, host, occasion, language = self.source
        return reasons(instance, 0, host, occasion, self.terms, language)


class Index:
    """Hosts made ready for questions. Building takes about a second per million; asking well under two milliseconds.

    Seats are those the hosts named, less pins; `seats` in `candidates` may lower them.
    """

    def __init__(self, instance: Instance) -> None:
        hosts_alone = replace(
            instance,
            seekers=one_seeker(_NOBODY, instance.vocabulary, instance.weights),
            pinned=[],
            proposed=[],
            forbidden=[],
        )
        self._instance = hosts_alone
        self._problem = prepare(hosts_alone)
        self._market = open_market(self._problem, candidates=1)

    @classmethod
    def from_json(cls, hosts: list[dict[str, Any]], weights: dict[str, Any] | None = None) -> Index:
        """From the `hosts` of an instance file. Raises InstanceError naming the place."""
        return cls(hosts_only(hosts, weights or {}))

    def candidates(
        self, seeker: dict[str, Any], k: int = 20, *, forbidden: tuple[Ident, ...] = (), language: Language = "de"
    ) -> list[Candidate]:
        """The k best tables for a seeker written as in an instance file, best first, without `forbidden` hosts."""
        instance = self._instance
        row = one_seeker(seeker, instance.vocabulary, instance.weights)
        asked = replace(instance, seekers=row, forbidden=self._rows(forbidden))
        if 0 <= row.age[0] < instance.weights.adult_age or len(self._problem.seats) == 0:
            return []
        problem = self._problem
        found, _ = ranked(0, k, build_seeking(asked), problem.slots, problem.tree, self._market, problem.terms)
        return self._describe(asked, found.astype(np.int64), language)

    def _rows(self, hosts: tuple[Ident, ...]) -> list[tuple[int, int]]:
        if not hosts:
            return []
        position = {ident: n for n, ident in enumerate(self._instance.hosts.ids)}
        return [(0, position[ident]) for ident in hosts if ident in position]

    def _describe(self, asked: Instance, slots: np.ndarray, language: Language) -> list[Candidate]:
        hosts = self._problem.slots.host[slots].astype(np.int64)
        occasions = self._problem.slots.occ[slots].astype(np.int64)
        who = np.zeros(len(slots), dtype=np.int64)
        table = terms(asked, who, hosts, occasions)
        km = travel_km(asked, who, hosts)
        out = []
        for n, (h, o) in enumerate(zip(hosts.tolist(), occasions.tolist(), strict=True)):
            parts = {name: float(column[n]) for name, column in table.items()}
            names = asked.hosts.ids[h], asked.vocabulary.occasions[o]
            out.append(Candidate(*names, sum(parts.values()), parts, float(km[n]), (asked, h, o, language)))
        return out


_NOBODY: dict[str, Any] = {"id": "-", "lat": 0, "lon": 0, "radius_km": 0}
__all__ = ["Candidate", "Index", "Seekers", "Weights"]
