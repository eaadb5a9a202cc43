"""What would help: how many more would find company if people travelled further, with more hosts, or weighed anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zueinander.campaigns.models import Campaign
from zueinander.matching import solving
from zueinander.matching.solver import WhatIf, from_json, whatif
from zueinander.matching.solver.weights import parse_weights

GENEROUS = ("dog", "kids", "wheelchair", "non-smoker", "vegetarian", "alcohol-free")


@dataclass(frozen=True, slots=True)
class NewHosts:
    """Hosts that are not there yet: `count` of them in one place, with `seats` each on every occasion to come."""

    lat: float
    lon: float
    count: int
    seats: int


@dataclass(frozen=True, slots=True)
class Effect:
    """A campaign as it is and as it would be."""

    seekers: int
    told: WhatIf


def what_if(
    campaign: Campaign,
    *,
    extra_km: float = 0,
    hosts: NewHosts | None = None,
    weights: Mapping[str, float] | None = None,
) -> Effect | None:
    """Solves the season twice, as it is and as it would be; None when nobody seeks. Changes nothing.

    Takes seconds for a large season. Raises `InstanceError` for a weight that cannot be.
    """
    table = solving.lay(campaign)
    if not table.seeks:
        return None
    wanted = {day for seeker in table.instance["seekers"] for day in seeker["occasions"]}
    rows = [_host(hosts, sorted(wanted))] if hosts else None
    told = whatif(
        from_json(table.instance),
        extra_km=extra_km,
        hosts=rows,
        copies=hosts.count if hosts else 1,
        weights=None if weights is None else parse_weights(dict(weights)),
    )
    return Effect(len(table.seeks), told)


def _host(given: NewHosts, days: list[str]) -> dict[str, object]:
    return {
        "id": "neu", "lat": given.lat, "lon": given.lon, "seats": dict.fromkeys(days, given.seats),
        "accepts": dict.fromkeys(GENEROUS, True),
    }  # fmt: skip
