"""Seasons as they may go on: everybody who is here, and invented listings for those who are still to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .experience import HOST_COLUMNS, NOBODY, SEEKER_COLUMNS, Experience, Groups, hard_by_wish, owners, slots_of
from .instance import Hosts, Instance, Seekers, Vocabulary
from .subset import all_hosts, all_seekers, ragged
from .vocabularies import into_hosts, into_seekers, joined
from .weights import Weights

Rng = np.random.Generator

_NEARBY_KM = 15.0  # how far (one standard deviation) from a place where somebody was, somebody else may come from
_KM_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Outlook:
    """How many are still to come, and what they may be like: experiences, each with its share."""

    seekers: int
    hosts: int
    like: Sequence[tuple[Experience, float]]


def prepared(instance: Instance, outlook: Outlook) -> tuple[Instance, Outlook]:
    """The same with one vocabulary for all; nothing is pending any more."""
    vocabulary = instance.vocabulary
    for experience, _ in outlook.like:
        vocabulary = joined(vocabulary, experience.vocabulary)
    like = [(_in_words(experience, vocabulary), share) for experience, share in outlook.like]
    today = replace(
        instance,
        seekers=replace(into_seekers(instance.seekers, instance.vocabulary, vocabulary), **NOBODY, need_names=()),
        hosts=replace(into_hosts(instance.hosts, instance.vocabulary, vocabulary), **NOBODY),
        vocabulary=vocabulary,
        proposed=[],
    )
    return today, replace(outlook, like=like)


def imagine(today: Instance, outlook: Outlook, rng: Rng) -> Instance:
    """One season as it may go on; today's rows keep their numbers. Both have gone through `prepared`."""
    seekers, hosts = [today.seekers], [today.hosts]
    shares = np.array([share for _, share in outlook.like])
    of_seekers, of_hosts = (rng.multinomial(n, shares / shares.sum()) for n in (outlook.seekers, outlook.hosts))
    for (experience, _), some, others in zip(outlook.like, of_seekers, of_hosts, strict=True):
        seekers.append(_seekers(experience.seekers, today.vocabulary, today.weights, int(some), rng))
        hosts.append(_hosts(experience.hosts, int(others), rng))
    return replace(today, seekers=all_seekers(*seekers), hosts=all_hosts(*hosts))


def _in_words(experience: Experience, vocabulary: Vocabulary) -> Experience:
    return Experience(
        into_seekers(experience.seekers, experience.vocabulary, vocabulary),
        into_hosts(experience.hosts, experience.vocabulary, vocabulary),
        vocabulary,
    )


def _seekers(known: Seekers, vocabulary: Vocabulary, weights: Weights, number: int, rng: Rng) -> Seekers:
    number = number if len(known) else 0
    pointers, entries = ragged(known.occ_ptr, rng.integers(0, max(1, len(known)), number))
    columns = _drawn(known, SEEKER_COLUMNS, number, rng)
    made = Seekers(**columns, **NOBODY, need_names=(), occ_ptr=pointers, occ=known.occ[entries])
    return replace(made, hard=made.hard | hard_by_wish(made, vocabulary, weights))


def _hosts(known: Hosts, number: int, rng: Rng) -> Hosts:
    number = number if len(known) else 0
    pointers, entries = ragged(slots_of(known), rng.integers(0, max(1, len(known)), number))
    return Hosts(
        **_drawn(known, HOST_COLUMNS, number, rng), **NOBODY, slot_host=owners(pointers),
        slot_occ=known.slot_occ[entries], slot_seats=known.slot_seats[entries],
    )  # fmt: skip


def _drawn(known: Seekers | Hosts, groups: Groups, number: int, rng: Rng) -> dict[str, Any]:
    """So many rows, every group of columns from rows of its own; somewhere near where somebody was."""
    made: dict[str, Any] = {}
    for names in groups:
        rows = rng.integers(0, max(1, len(known)), number)
        made |= {name: getattr(known, name)[rows] for name in names}
    north, east = rng.normal(0.0, _NEARBY_KM / _KM_PER_DEGREE, (2, number))
    lat = np.clip(made["lat"] + north, -89.0, 89.0)
    return {**made, "lat": lat, "lon": made["lon"] + east / np.cos(np.radians(lat))}
