"""Checked listings as columns: names become numbers and bits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from .errors import InstanceError
from .fields import Row
from .instance import U64, Hosts, Seekers, Vocabulary
from .weights import Weights

SPARE_BIT = 63
MAX_INTERESTS = 512


def whole_vocabulary(seekers: list[Row], hosts: list[Row]) -> Vocabulary:
    asked = [{"names": (*row["needs"], *row["conditions"])} for row in seekers]
    granted = [{"names": row["accepts"]} for row in hosts]
    required = [{"names": row["requires"]} for row in hosts]
    had = [{"names": row["traits"]} for row in seekers]
    return Vocabulary(
        occasions=sorted({o for row in seekers for o in row["occasions"]} | {o for row in hosts for o in row["seats"]}),
        conditions=_limited("conditions", _all([*granted, *asked], "names"), SPARE_BIT),
        traits=_limited("requires", _all([*required, *had], "names"), SPARE_BIT),
        interests=_all([*seekers, *hosts], "interests")[:MAX_INTERESTS],
        languages=_limited("languages", _all([*seekers, *hosts], "languages"), 64),
        households=sorted({row["household"] for row in (*seekers, *hosts)} - {None}),
    )


def _all(rows: list[Row], name: str) -> list[str]:
    """Every name in use, the most frequent first."""
    count: dict[str, int] = {}
    for row in rows:
        for value in row[name]:
            count[value] = count.get(value, 0) + 1
    return sorted(count, key=lambda value: (-count[value], value))


def vocabulary_of(seekers: list[Row], hosts: list[Row]) -> Vocabulary:
    occasions = {o for row in seekers for o in row["occasions"]} | {o for row in hosts for o in row["seats"]}
    asked = {c for row in seekers for c in (*row["needs"], *row["conditions"])}
    granted = {c for row in hosts for c in row["accepts"]}
    required = {t for row in hosts for t in row["requires"]}
    return Vocabulary(
        occasions=sorted(occasions),
        conditions=_limited("conditions", sorted(asked & granted), SPARE_BIT),
        traits=_limited("requires", sorted(required), SPARE_BIT),
        interests=_shared(seekers, hosts, "interests")[:MAX_INTERESTS],
        languages=_limited("languages", _shared(seekers, hosts, "languages"), 64),
        households=sorted({row["household"] for row in (*seekers, *hosts)} - {None}),
    )


def _shared(seekers: list[Row], hosts: list[Row], name: str) -> list[str]:
    """Names that appear on both sides, the most frequent first; others can never be shared."""
    counts: list[dict[str, int]] = [{}, {}]
    for side, rows in zip(counts, (seekers, hosts), strict=True):
        for row in rows:
            for value in row[name]:
                side[value] = side.get(value, 0) + 1
    common = counts[0].keys() & counts[1].keys()
    return sorted(common, key=lambda value: (-counts[0][value] - counts[1][value], value))


def _limited(place: str, names: list[str], limit: int) -> list[str]:
    if len(names) > limit:
        raise InstanceError(place, f"{len(names)} different names are in use, at most {limit} are possible")
    return names


def _masks(lists: Iterable[Iterable[str]], names: list[str], spare: bool) -> U64:
    bit = {name: 1 << n for n, name in enumerate(names)}
    other = 1 << SPARE_BIT if spare else 0
    return np.array([_mask(given, bit, other) for given in lists], dtype=np.uint64)


def _mask(given: Iterable[str], bit: dict[str, int], other: int) -> int:
    mask = 0
    for name in given:
        mask |= bit.get(name, other)
    return mask


def _words(rows: list[Row], names: list[str]) -> U64:
    """Interest bits, 64 per word, one row per listing."""
    words = max(1, (len(names) + 63) // 64)
    bit = {name: (n // 64, 1 << (n % 64)) for n, name in enumerate(names)}
    out = np.zeros((len(rows), words), dtype=np.uint64)
    for n, row in enumerate(rows):
        for name in row["interests"]:
            if name in bit:
                word, value = bit[name]
                out[n, word] |= np.uint64(value)
    return out


def _column(rows: list[Row], name: str, kind: Any) -> Any:
    return np.array([row[name] for row in rows], dtype=kind)


def _codes(rows: list[Row], name: str, names: list[str]) -> Any:
    code = {value: n for n, value in enumerate(names)}
    return np.array([code.get(row[name], -1) for row in rows], dtype=np.int32)


def _is_hard(row: Row, weights: Weights) -> bool:
    asked = (*row["needs"], *row["conditions"])
    return (
        row["party"] >= weights.hard_party
        or row["population"] < weights.hard_population
        or any(name in weights.hard_needs for name in asked)
    )


def seeker_columns(rows: list[Row], vocabulary: Vocabulary, weights: Weights) -> Seekers:
    code = {name: n for n, name in enumerate(vocabulary.occasions)}
    pointers = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row["occasions"]) for row in rows], out=pointers[1:])
    asked = [(*row["needs"], *row["conditions"]) for row in rows]
    return Seekers(
        ids=[row["id"] for row in rows],
        lat=_column(rows, "lat", np.float64),
        lon=_column(rows, "lon", np.float64),
        party=_column(rows, "party", np.int32),
        radius_km=_column(rows, "radius_km", np.float64),
        occ_ptr=pointers,
        occ=np.array([code.get(o, -1) for row in rows for o in row["occasions"]], dtype=np.int32),
        needs=_masks(asked, vocabulary.conditions, spare=True),
        traits=_masks((row["traits"] for row in rows), vocabulary.traits, spare=False),
        age=_column(rows, "age", np.int32),
        interests=_words(rows, vocabulary.interests),
        interest_count=np.array([len(row["interests"]) for row in rows], dtype=np.int32),
        languages=_masks((row["languages"] for row in rows), vocabulary.languages, spare=False),
        household=_codes(rows, "household", vocabulary.households),
        waiting_days=_column(rows, "waiting_days", np.float64),
        hard=np.array([_is_hard(row, weights) for row in rows], dtype=np.bool_),
        places=[row["place"] for row in rows],
        need_names=asked,
    )


def host_columns(rows: list[Row], vocabulary: Vocabulary) -> Hosts:
    code = {name: n for n, name in enumerate(vocabulary.occasions)}
    slots = [(n, code[o], seats) for n, row in enumerate(rows) for o, seats in row["seats"].items() if seats > 0]
    columns = np.array(slots, dtype=np.int32).reshape(-1, 3)
    return Hosts(
        ids=[row["id"] for row in rows],
        lat=_column(rows, "lat", np.float64),
        lon=_column(rows, "lon", np.float64),
        slot_host=columns[:, 0].copy(),
        slot_occ=columns[:, 1].copy(),
        slot_seats=columns[:, 2].copy(),
        accepts=_masks((row["accepts"] for row in rows), vocabulary.conditions, spare=False),
        requires=_masks((row["requires"] for row in rows), vocabulary.traits, spare=True),
        age_min=np.array([row["ages"][0] for row in rows], dtype=np.int32),
        age_max=np.array([row["ages"][1] for row in rows], dtype=np.int32),
        interests=_words(rows, vocabulary.interests),
        interest_count=np.array([len(row["interests"]) for row in rows], dtype=np.int32),
        languages=_masks((row["languages"] for row in rows), vocabulary.languages, spare=False),
        household=_codes(rows, "household", vocabulary.households),
        places=[row["place"] for row in rows],
    )
