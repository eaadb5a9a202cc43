"""The score of given pairs, term by term, and the hard rules they break: plain NumPy, what kernels must agree with."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from .instance import F64, I64, U64, Instance
from .problem import inverse_root
from .weights import EARTH_RADIUS_KM

TERMS: Final = ("closeness", "interests", "preference", "waiting", "languages", "household")
RULES: Final = ("adult", "occasion", "seats", "distance", "conditions", "requires", "age", "forbidden")
Flags = npt.NDArray[np.bool_]


def travel_km(instance: Instance, seekers: I64, hosts: I64) -> F64:
    """Great circle (haversine) times the detour factor."""
    s, h = instance.seekers, instance.hosts
    phi1, phi2 = np.radians(s.lat[seekers]), np.radians(h.lat[hosts])
    dlam = np.radians(h.lon[hosts] - s.lon[seekers])
    half = np.sin((phi2 - phi1) / 2) ** 2 + np.cos(phi1) * np.cos(phi2) * np.sin(dlam / 2) ** 2
    circle = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(half)))
    return np.asarray(circle * instance.weights.detour_factor)


def common_interests(instance: Instance, seekers: I64, hosts: I64) -> I64:
    """How many interests each pair shares."""
    both: U64 = instance.seekers.interests[seekers] & instance.hosts.interests[hosts]
    return np.asarray(np.bitwise_count(both).sum(axis=1, dtype=np.int64))


def rank_of(instance: Instance, seekers: I64, occasions: I64) -> I64:
    """Place of the occasion in each seeker's order, 0 for the dearest, -1 when it is not wanted."""
    s = instance.seekers
    out = np.full(len(seekers), -1, dtype=np.int64)
    most = int(np.diff(s.occ_ptr).max(initial=0))
    for rank in range(most - 1, -1, -1):
        at = s.occ_ptr[seekers] + rank
        there = at < s.occ_ptr[seekers + 1]
        there[there] = s.occ[at[there]] == occasions[there]
        out[there] = rank
    return out


def terms(instance: Instance, seekers: I64, hosts: I64, occasions: I64) -> dict[str, F64]:
    """Weighted terms per pair, in the order of TERMS; their sum is the score."""
    w, s, h = instance.weights, instance.seekers, instance.hosts
    norms = inverse_root(s.interest_count[seekers]) * inverse_root(h.interest_count[hosts])
    rank = rank_of(instance, seekers, occasions)
    wish = s.household[seekers]
    return {
        "closeness": w.closeness * np.exp(-travel_km(instance, seekers, hosts) / w.closeness_km),
        "interests": w.interests * common_interests(instance, seekers, hosts) * norms,
        "preference": np.where(rank >= 0, w.preference / (1.0 + np.maximum(rank, 0)), 0.0),
        "waiting": w.waiting * np.minimum(s.waiting_days[seekers] / w.waiting_full_days, 1.0),
        "languages": w.languages * ((s.languages[seekers] & h.languages[hosts]) != 0),
        "household": w.household * ((wish >= 0) & (wish == h.household[hosts])),
    }


def score(instance: Instance, seekers: I64, hosts: I64, occasions: I64) -> F64:
    """Sum of the terms."""
    return np.asarray(sum(terms(instance, seekers, hosts, occasions).values()))


def broken_rules(instance: Instance, seekers: I64, hosts: I64, occasions: I64, seats: I64) -> dict[str, Flags]:
    """For each hard rule, which pairs break it; `seats` is what the host has on that occasion (0: none)."""
    s, h = instance.seekers, instance.hosts
    age = s.age[seekers]
    banned = set(instance.forbidden)
    return {
        "adult": (age >= 0) & (age < instance.weights.adult_age),
        "occasion": rank_of(instance, seekers, occasions) < 0,
        "seats": s.party[seekers] > seats,
        "distance": travel_km(instance, seekers, hosts) > s.radius_km[seekers] * (1 + 1e-9),
        "conditions": (s.needs[seekers] & ~h.accepts[hosts]) != 0,
        "requires": (h.requires[hosts] & ~s.traits[seekers]) != 0,
        "age": (age < h.age_min[hosts]) | (age > h.age_max[hosts]),
        "forbidden": np.array([(int(i), int(j)) in banned for i, j in zip(seekers, hosts, strict=True)], dtype=np.bool_)
        if banned
        else np.zeros(len(seekers), dtype=np.bool_),
    }
