"""Random small seasons with every kind of rule in them, and an independent reading of those rules."""

from __future__ import annotations

import math
import random
from typing import Any

Raw = dict[str, Any]
CONDITIONS = ["dog", "kids", "smoke_free", "wheelchair", "allergy"]
TAGS = ["chess", "choir", "cooking", "films", "hiking", "knitting", "reading"]


def season(rng: random.Random, seekers: int, hosts: int, *, spread: float = 0.5) -> Raw:
    """A season within `spread` degrees, with forbidden pairs and odd wishes."""
    occasions = ["12-24", "12-25", "12-31"][: rng.randint(1, 3)]
    raw: Raw = {
        "seekers": [seeker(rng, f"s{n}", occasions, spread) for n in range(seekers)],
        "hosts": [host(rng, f"h{n}", occasions, spread) for n in range(hosts)],
        "forbidden": [],
        "weights": {"detour_factor": rng.choice([1.0, 1.3])},
    }
    if seekers and hosts:
        pairs = {(rng.randrange(seekers), rng.randrange(hosts)) for _ in range(rng.randint(0, 3))}
        raw["forbidden"] = [[f"s{s}", f"h{h}"] for s, h in sorted(pairs)]
    return raw


def seeker(rng: random.Random, ident: str, occasions: list[str], spread: float) -> Raw:
    return {
        "id": ident,
        "lat": 50 + rng.random() * spread,
        "lon": 9 + rng.random() * spread,
        "party": rng.choice([1, 1, 1, 2, 2, 3, 4]),
        "radius_km": rng.choice([5, 15, 30, 80]),
        "occasions": rng.sample(occasions, rng.randint(0 if rng.random() < 0.05 else 1, len(occasions))),
        "needs": [c for c in CONDITIONS if rng.random() < 0.12],
        "conditions": ["unheard_of"] if rng.random() < 0.03 else [],
        "age": rng.choice([None, 15, 17, 18, *range(20, 90, 7)]),
        "interests": rng.sample(TAGS, rng.randint(0, 4)),
        "languages": rng.sample(["de", "en", "uk"], rng.randint(0, 2)),
        "household": rng.choice([None, "family", "single"]),
        "traits": ["woman"] if rng.random() < 0.5 else [],
        "waiting_days": rng.choice([0, 0.5, 1, 6, 40]),
    }


def host(rng: random.Random, ident: str, occasions: list[str], spread: float) -> Raw:
    return {
        "id": ident,
        "lat": 50 + rng.random() * spread,
        "lon": 9 + rng.random() * spread,
        "seats": {o: rng.randint(0, 5) for o in rng.sample(occasions, rng.randint(1, len(occasions)))},
        "accepts": {c: rng.random() < 0.7 for c in CONDITIONS},
        "interests": rng.sample(TAGS, rng.randint(0, 4)),
        "languages": rng.sample(["de", "en", "uk"], rng.randint(0, 2)),
        "household": rng.choice([None, "family", "single"]),
        "requires": ["woman"] if rng.random() < 0.2 else [],
        "ages": rng.choice([None, None, None, [30, 60], [18, 99]]),
    }


def travel_km(seeker: Raw, host: Raw, detour: float) -> float:
    """Spherical law of cosines written with vectors: another formula than the solver's."""

    def vector(row: Raw) -> tuple[float, float, float]:
        lat, lon = math.radians(row["lat"]), math.radians(row["lon"])
        return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)

    chord = math.dist(vector(seeker), vector(host))
    return 2 * 6371.0088 * math.asin(min(1.0, chord / 2)) * detour


def allowed(raw: Raw, seeker: Raw, host: Raw, occasion: str) -> bool:
    """Every hard rule, read from the texts of the issue."""
    detour = raw.get("weights", {}).get("detour_factor", 1.3)
    age, band = seeker.get("age"), host.get("ages")
    return (
        (age is None or age >= 18)
        and occasion in seeker["occasions"]
        and host["seats"].get(occasion, 0) >= seeker["party"]
        and travel_km(seeker, host, detour) <= seeker["radius_km"]
        and all(host.get("accepts", {}).get(name) is True for name in (*seeker["needs"], *seeker["conditions"]))
        and set(host.get("requires", [])) <= set(seeker.get("traits", []))
        and (band is None or (age is not None and band[0] <= age <= band[1]))
        and [seeker["id"], host["id"]] not in raw["forbidden"]
    )


def points(raw: Raw, seeker: Raw, host: Raw, occasion: str) -> float:
    """The score by its documented formula with the standing weights."""
    km = travel_km(seeker, host, raw.get("weights", {}).get("detour_factor", 1.3))
    one, two = set(seeker["interests"]), set(host["interests"])
    ground = len(one & two) / math.sqrt(len(one) * len(two)) if one and two else 0.0
    wish = seeker["household"]
    return (  # type: ignore[no-any-return]
        0.45 * math.exp(-km / 20)
        + 0.25 * ground
        + 0.10 / (1 + seeker["occasions"].index(occasion))
        + 0.10 * min(seeker["waiting_days"] / 14, 1)
        + 0.05 * bool(set(seeker["languages"]) & set(host["languages"]))
        + 0.05 * (wish is not None and wish == host["household"])
    )


def hard(seeker: Raw) -> bool:
    return seeker["party"] >= 3 or bool({"wheelchair", "allergy"} & {*seeker["needs"], *seeker["conditions"]})


def check(raw: Raw, pairs: list[tuple[str, str, str]], *, pinned: list[tuple[str, str, str]] | None = None) -> None:
    """No rule broken (pinned pairs excepted), nobody placed twice, no seat given twice."""
    seekers = {row["id"]: row for row in raw["seekers"]}
    hosts = {row["id"]: row for row in raw["hosts"]}
    taken: dict[tuple[str, str], int] = {}
    assert len({s for s, _, _ in pairs}) == len(pairs)
    for s, h, o in pairs:
        assert (s, h, o) in (pinned or []) or allowed(raw, seekers[s], hosts[h], o), (s, h, o)
        taken[h, o] = taken.get((h, o), 0) + seekers[s]["party"]
    for (h, o), people in taken.items():
        assert people <= hosts[h]["seats"][o], (h, o)
