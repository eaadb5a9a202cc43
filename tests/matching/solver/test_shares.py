"""Regions that many machines share, and what would help."""

from __future__ import annotations

import random

import pytest

from tests.matching.solver.cases import season
from zueinander.matching import solver
from zueinander.matching.solver.regions import join, split
from zueinander.matching.solver.whatif import whatif


def test_regions_solved_apart_are_as_good_as_the_whole() -> None:
    most = 0
    for number in range(40):
        rng = random.Random(number)
        raw = season(rng, 14, 8, spread=4.0)
        raw["pinned"] = []
        instance = solver.from_json(raw)
        regions = split(instance)
        most = max(most, len(regions))
        assert len({row for region in regions for row in region.seekers.tolist()}) == sum(
            len(r.seekers) for r in regions
        )
        shared = join(regions, [solver.assign(region.instance) for region in regions])
        whole = solver.assign(instance)
        assert len(shared.seeker) == len(whole.seeker)
        assert shared.certificate.matched == whole.certificate.matched
        assert shared.certificate.value == pytest.approx(whole.certificate.value, abs=1e-6)
    assert most > 3


def test_hosts_found_in_a_town_bring_company() -> None:
    row = {"lat": 50.83, "lon": 12.92, "radius_km": 20, "occasions": ["12-24"]}
    raw = {
        "seekers": [{"id": n, **row} for n in range(6)],
        "hosts": [{"id": "far", "lat": 51.34, "lon": 12.37, "seats": {"12-24": 1}}],
    }
    instance = solver.from_json(raw)
    new = {"lat": 50.83, "lon": 12.9, "seats": {"12-24": 1}}
    found = whatif(instance, hosts=[new], copies=5)
    assert (found.matched_before, found.matched_after, found.more) == (0, 5, 5)
    assert len(found.gained) == 5
    assert whatif(instance, extra_km=100).more == 1
    with pytest.raises(solver.InstanceError, match="nobody asks"):
        whatif(instance, hosts=[{**new, "seats": {"easter": 1}}])


def test_other_weights_are_previewed_on_the_same_scale() -> None:
    instance = solver.from_json(season(random.Random(4), 14, 8))
    same = whatif(instance, weights=instance.weights)
    assert (same.more, same.gained, same.lost) == (0, [], [])
    assert same.value_before == pytest.approx(same.value_after)
    other = whatif(
        instance, weights=solver.Weights(closeness=0.0, interests=1.0, detour_factor=instance.weights.detour_factor)
    )
    assert other.value_after <= same.value_after + 1e-6
