"""The best pairs among a few hundred listings, by looking at every pair: nothing is built and nothing compiled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .explain import reasons
from .instance import Ident, Instance
from .result import Language
from .scoring import broken_rules, terms, travel_km


@dataclass(frozen=True, slots=True)
class Ranked:
    """A seeker and a table that keep every hard rule with each other; `score` is the sum of `terms`."""

    seeker: Ident
    host: Ident
    occasion: str
    score: float
    km: float
    terms: dict[str, float]
    reasons: list[str]


def ranked_pairs(instance: Instance, k: int, *, language: Language = "de") -> list[Ranked]:
    """The k best of all pairs, best first, each by itself: what else a table's seats are needed for does not count."""
    s, h = instance.seekers, instance.hosts
    seekers, slots = (grid.ravel() for grid in np.indices((len(s), len(h.slot_host))))
    hosts, occasions = h.slot_host[slots].astype(np.int64), h.slot_occ[slots].astype(np.int64)
    broken = broken_rules(instance, seekers, hosts, occasions, h.slot_seats[slots].astype(np.int64))
    fits = ~np.logical_or.reduce(list(broken.values()))
    seekers, hosts, occasions = seekers[fits], hosts[fits], occasions[fits]
    table, km = terms(instance, seekers, hosts, occasions), travel_km(instance, seekers, hosts)
    score = sum(table.values(), np.zeros(len(seekers)))
    out = []
    for n in np.argsort(-score, kind="stable")[:k].tolist():
        i, j, o = int(seekers[n]), int(hosts[n]), int(occasions[n])
        parts = {name: float(column[n]) for name, column in table.items()}
        said = reasons(instance, i, j, o, parts, language)
        names = s.ids[i], h.ids[j], instance.vocabulary.occasions[o]
        out.append(Ranked(*names, sum(parts.values()), float(km[n]), parts, said))
    return out
