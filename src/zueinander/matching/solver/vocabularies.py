"""Listings of one season in the words of another."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from .columns import MAX_INTERESTS, SPARE_BIT
from .instance import I32, U64, Hosts, Seekers, Vocabulary

_DAY = 5  # the last letters of an occasion's name: the 24th of December is the same day in every year


def joined(one: Vocabulary, more: Vocabulary) -> Vocabulary:
    """All words of `one`, then those that only `more` knows, as long as there is room; the occasions of `one` alone."""
    return Vocabulary(
        occasions=one.occasions,
        conditions=_both(one.conditions, more.conditions, SPARE_BIT),
        traits=_both(one.traits, more.traits, SPARE_BIT),
        interests=_both(one.interests, more.interests, MAX_INTERESTS),
        languages=_both(one.languages, more.languages, 64),
        households=_both(one.households, more.households, SPARE_BIT),
    )


def _both(one: list[str], more: list[str], limit: int) -> list[str]:
    return [*one, *sorted(set(more) - set(one))][:limit]


def into_seekers(seekers: Seekers, old: Vocabulary, new: Vocabulary) -> Seekers:
    """The same seekers; an occasion that `new` does not know is one that nobody offers."""
    return replace(
        seekers,
        occ=_days(seekers.occ, old.occasions, new.occasions),
        needs=_masks(seekers.needs, old.conditions, new.conditions),
        traits=_masks(seekers.traits, old.traits, new.traits),
        interests=_words(seekers.interests, old.interests, new.interests),
        languages=_masks(seekers.languages, old.languages, new.languages, spare=False),
        household=_codes(seekers.household, old.households, new.households),
    )


def into_hosts(hosts: Hosts, old: Vocabulary, new: Vocabulary) -> Hosts:
    """The same hosts, without seats on occasions that `new` does not know."""
    days = _days(hosts.slot_occ, old.occasions, new.occasions)
    known = days >= 0
    return replace(
        hosts,
        slot_host=hosts.slot_host[known],
        slot_occ=days[known],
        slot_seats=hosts.slot_seats[known],
        accepts=_masks(hosts.accepts, old.conditions, new.conditions),
        requires=_masks(hosts.requires, old.traits, new.traits),
        interests=_words(hosts.interests, old.interests, new.interests),
        languages=_masks(hosts.languages, old.languages, new.languages, spare=False),
        household=_codes(hosts.household, old.households, new.households),
    )


def _days(numbers: I32, old: list[str], new: list[str]) -> I32:
    """Occasions by name, else by day; those of a season on wholly other days by their turn."""
    number = {name[-_DAY:]: n for n, name in enumerate(new)} | {name: n for n, name in enumerate(new)}
    to = [number.get(name, number.get(name[-_DAY:], -1)) for name in old]
    if max(to, default=-1) < 0:
        to = [n if n < len(new) else -1 for n in range(len(old))]
    return np.array([*to, -1], dtype=np.int32)[numbers]  # what nobody offers is -1 and stays it


def _codes(numbers: I32, old: list[str], new: list[str]) -> I32:
    code = {name: n for n, name in enumerate(new)}
    return np.array([*(code.get(name, -1) for name in old), -1], dtype=np.int32)[numbers]


def _masks(masks: U64, old: list[str], new: list[str], *, spare: bool = True) -> U64:
    """Bits moved to where `new` has the word; `spare`: bit 63 stands for every other word, as in `Vocabulary`."""
    bit = {name: n for n, name in enumerate(new)}
    moved = masks & np.uint64(1 << SPARE_BIT) if spare else np.zeros_like(masks)
    for n, name in enumerate(old):
        if name in bit:
            moved |= ((masks >> np.uint64(n)) & np.uint64(1)) << np.uint64(bit[name])
    return moved


def _words(masks: U64, old: list[str], new: list[str]) -> U64:
    place = {name: n for n, name in enumerate(new)}
    moved = np.zeros((len(masks), max(1, (len(new) + 63) // 64)), dtype=np.uint64)
    for n, name in enumerate(old):
        at = place.get(name)
        if at is not None and n < 64 * masks.shape[1]:
            had = (masks[:, n // 64] >> np.uint64(n % 64)) & np.uint64(1)
            moved[:, at // 64] |= had << np.uint64(at % 64)
    return moved
