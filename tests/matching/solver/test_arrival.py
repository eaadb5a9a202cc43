"""Deciding before the season is over: what is sure is decided, what others may need more is left open."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.matching.solver.cases import season
from zueinander.matching import solver
from zueinander.matching.solver import Experience, Outlook, decide, learn
from zueinander.matching.solver.experience import HOST_COLUMNS, SEEKER_COLUMNS
from zueinander.matching.solver.imagined import imagine, prepared
from zueinander.matching.solver.scoring import score
from zueinander.matching.solver.subset import part

SHORT, PLENTY = 50.0, 53.0  # latitudes of two regions
TOWNS = [(48.1, 11.6, 6.0), (48.4, 10.9, 2.0), (49.0, 12.1, 1.0), (47.9, 11.1, 0.4), (48.5, 12.2, 0.4)]
OTHER_TOWNS = [(48.1, 11.6, 3.0), (48.8, 11.4, 2.0), (49.0, 12.1, 2.0), (47.9, 11.1, 0.4), (48.7, 11.9, 0.8)]


def _seekers(lat: float, number: int, party: int = 1) -> list[dict[str, Any]]:
    row = {"lon": 9.0, "radius_km": 30, "occasions": ["12-24"], "party": party}
    return [{"id": f"s{lat}-{party}-{n}", "lat": lat + n / 1000, **row} for n in range(number)]


def _hosts(lat: float, number: int, seats: int) -> list[dict[str, Any]]:
    return [
        {"id": f"h{lat}-{seats}-{n}", "lat": lat + n / 1000, "lon": 9.0, "seats": {"12-24": seats}}
        for n in range(number)
    ]


def test_a_large_table_is_left_open_where_many_will_come_and_decided_where_hosts_abound() -> None:
    last_year = {
        "seekers": [*_seekers(SHORT, 150), *_seekers(PLENTY, 20), *_seekers(SHORT, 9, 3), *_seekers(PLENTY, 9, 3)],
        "hosts": [*_hosts(SHORT, 26, 3), *_hosts(PLENTY, 60, 3)],
    }
    today = solver.from_json(
        {
            "seekers": [*_seekers(SHORT, 1, 3), *_seekers(PLENTY, 1, 3)],
            "hosts": [*_hosts(SHORT, 1, 3), *_hosts(PLENTY, 1, 3)],
        }
    )
    outlook = Outlook(188, 86, [(learn(solver.from_json(last_year)), 1.0)])
    sure = decide(today, outlook, at_most=0.1)
    assert [today.seekers.ids[pair.seeker] for pair in sure] == [f"s{PLENTY}-3-0"]
    assert len(decide(today, replace(outlook, seekers=0, hosts=0), at_most=0.1)) == 2, "nobody comes: why wait?"


def test_only_pairs_of_the_proposal_are_called_sure_and_more_risk_decides_more() -> None:
    outlook = Outlook(60, 25, [(learn(solver.from_json(season(random.Random(1), 120, 50))), 1.0)])
    counts = []
    for number in range(2, 6):
        today = solver.from_json(season(random.Random(number), 60, 30))
        proposal = solver.assign(today)
        pairs = set(zip(proposal.seeker.tolist(), proposal.host.tolist(), proposal.occasion.tolist(), strict=True))
        before: set[tuple[int, int, int]] = set()
        for at_most in (0.003, 0.03, 0.3, 10.0):
            sure = decide(today, outlook, at_most=at_most, proposal=proposal)
            assert [pair.regret for pair in sure] == sorted(pair.regret for pair in sure)
            assert all(0 <= pair.regret <= at_most for pair in sure)
            now = {(pair.seeker, pair.host, pair.occasion) for pair in sure}
            assert before <= now <= pairs
            before = now
            counts.append(len(now))
        assert before == pairs
        assert decide(today, outlook) == decide(today, outlook)
    assert len(set(counts)) > 4


def test_nobody_there_is_nothing_to_decide() -> None:
    outlook = Outlook(30, 10, [(learn(solver.from_json(season(random.Random(1), 30, 10))), 1.0)])
    assert decide(solver.from_json({"seekers": [], "hosts": []}), outlook) == []
    assert decide(solver.from_json({"seekers": _seekers(SHORT, 2), "hosts": []}), outlook) == []


def test_a_season_of_nobody_teaches_nothing_and_does_no_harm() -> None:
    nobody = Experience.from_json(json.loads(json.dumps(learn(solver.from_json({})).as_json())))
    today = solver.from_json({"seekers": _seekers(SHORT, 2), "hosts": _hosts(SHORT, 2, 1)})
    assert len(decide(today, Outlook(50, 50, [(nobody, 1.0)]))) == 2


def _groups(side: Any, groups: tuple[tuple[str, ...], ...]) -> list[list[Any]]:
    return [np.column_stack([getattr(side, name) for name in names]).tolist() for names in groups]


def test_what_is_kept_of_a_season_is_nobody() -> None:
    """Every column is in an order of its own, which does not depend on who stood beside whom."""
    raw = season(random.Random(1), 150, 60)
    kept = learn(solver.from_json(raw, growing=True))
    turned = {**raw, "seekers": raw["seekers"][::-1], "hosts": random.Random(2).sample(raw["hosts"], 60)}
    assert learn(solver.from_json(turned, growing=True)).as_json() == kept.as_json()
    for side, groups in ((kept.seekers, SEEKER_COLUMNS), (kept.hosts, HOST_COLUMNS)):
        for column in _groups(side, groups):
            order = [row[::-1] for row in column]
            assert order == sorted(order)
    said = json.dumps(kept.as_json())
    assert not any(f'"{row["id"]}"' in said for row in (*raw["seekers"], *raw["hosts"]))
    assert np.allclose(kept.seekers.lat * 20, np.round(kept.seekers.lat * 20)), "places to some five kilometres"


def test_what_was_learnt_can_be_kept_as_figures() -> None:
    experience = learn(solver.from_json(season(random.Random(1), 120, 50)))
    kept = Experience.from_json(json.loads(json.dumps(experience.as_json())))
    today = solver.from_json(season(random.Random(2), 60, 30))
    assert decide(today, Outlook(60, 20, [(experience, 1.0)])) == decide(today, Outlook(60, 20, [(kept, 1.0)]))


def test_those_to_come_are_drawn_from_what_is_known_in_the_words_of_today() -> None:
    last_year = season(random.Random(1), 200, 200)
    for row in last_year["seekers"]:
        row["occasions"] = [f"2024-{day}" for day in row["occasions"]]
    for row in last_year["hosts"]:
        row["seats"] = {f"2024-{day}": n for day, n in row["seats"].items()}
    raw = season(random.Random(3), 30, 30)
    for row in raw["seekers"]:
        row["occasions"], row["needs"] = ["2025-12-24"], []
    for row in raw["hosts"]:
        row["seats"], row["accepts"] = {"2025-12-24": 2}, {"dog": True}
    experience = learn(solver.from_json(last_year, growing=True))
    today, outlook = prepared(solver.from_json(raw), Outlook(500, 400, [(experience, 1.0)]))
    names = today.vocabulary
    assert names.occasions == ["2025-12-24"]
    assert {"dog", "wheelchair"} <= set(names.conditions)
    made = imagine(today, outlook, np.random.default_rng(0))
    assert (len(made.seekers), len(made.hosts)) == (530, 430)
    assert made.seekers.party[:30].tolist() == [row["party"] for row in raw["seekers"]]
    bit = 1 << names.conditions.index("wheelchair")
    needs = (made.seekers.needs[30:] & np.uint64(bit) != 0).mean()
    assert needs == pytest.approx(np.mean(["wheelchair" in row["needs"] for row in last_year["seekers"]]), abs=0.05)
    grants = (made.hosts.accepts[30:] & np.uint64(bit) != 0).mean()
    assert grants == pytest.approx(np.mean([row["accepts"]["wheelchair"] for row in last_year["hosts"]]), abs=0.08)
    asked = np.diff(made.seekers.occ_ptr)[30:].mean()
    assert asked == pytest.approx(np.mean([len(row["occasions"]) for row in last_year["seekers"]]), abs=0.1)
    assert set(made.hosts.slot_occ.tolist()) == {0}
    large = (made.seekers.party >= 3) | (made.seekers.needs & np.uint64(bit) != 0)
    assert made.seekers.hard[large].all()


def test_a_season_on_other_days_teaches_by_the_turn_of_its_days() -> None:
    last_year = {
        "seekers": [{**row, "occasions": ["2025-06-20", "2025-06-27"]} for row in _seekers(SHORT, 9)],
        "hosts": [{**row, "seats": {"2025-06-27": 1}} for row in _hosts(SHORT, 5, 1)],
    }
    raw = {"seekers": [{**_seekers(SHORT, 1)[0], "occasions": ["2025-12-24", "2025-12-31"]}], "hosts": []}
    experience = learn(solver.from_json(last_year, growing=True))
    today, outlook = prepared(solver.from_json(raw), Outlook(7, 5, [(experience, 1.0)]))
    made = imagine(today, outlook, np.random.default_rng(0))
    assert made.seekers.occ.tolist() == [0, 1] * 8
    assert set(made.hosts.slot_occ.tolist()) == {1}


def _drawn(seed: int, towns: list[tuple[float, float, float]], needs: float, parties: list[int]) -> solver.Instance:
    """A small season in which seats are short; everything invented."""
    rng = random.Random(seed)

    def somewhere() -> dict[str, Any]:
        lat, lon, _ = rng.choices(towns, [weight for _, _, weight in towns])[0]
        liked = rng.sample(["chess", "choir", "cooking", "films", "hiking", "knitting", "reading"], rng.randint(1, 4))
        return {"lat": lat + rng.gauss(0, 0.07), "lon": lon + rng.gauss(0, 0.1), "interests": liked}

    def seeker(n: int) -> dict[str, Any]:
        wants = [name for name in ("dog", "kids", "wheelchair") if rng.random() < needs]
        row = {"radius_km": rng.choice([10, 25, 50]), "occasions": ["12-24"], "party": rng.choice(parties)}
        return {"id": n, **somewhere(), **row, "needs": wants, "waiting_days": rng.expovariate(1 / 7)}

    def host(n: int) -> dict[str, Any]:
        grants = {name: rng.random() < 0.6 for name in ("dog", "kids", "wheelchair")}
        return {"id": n, **somewhere(), "seats": {"12-24": rng.choice([1, 2, 2, 3, 4])}, "accepts": grants}

    return solver.from_json({"seekers": [seeker(n) for n in range(240)], "hosts": [host(n) for n in range(130)]})


@pytest.mark.parametrize("earlier_season", [True, False])
def test_half_of_the_pairs_decided_early_keep_97_percent_of_the_value(earlier_season: bool) -> None:
    """Learnt from a season with other towns and other needs, or from none but this one as far as it has come."""
    whole = _drawn(3, TOWNS, needs=0.15, parties=[1, 1, 1, 2, 2, 3])
    other = learn(_drawn(103, OTHER_TOWNS, needs=0.25, parties=[1, 1, 1, 1, 2, 4]))
    fixed = _decided_early(whole, other if earlier_season else None, days=8)
    found, at_end = (solver.assign(replace(whole, pinned=pins)) for pins in (fixed, []))
    kept, best = (score(whole, one.seeker, one.host, one.occasion).sum() for one in (found, at_end))
    assert len(fixed) >= 0.5 * len(found.seeker)
    assert kept >= 0.97 * best
    assert len(found.seeker) >= 0.97 * len(at_end.seeker)


def _decided_early(whole: solver.Instance, earlier: Experience | None, days: int) -> list[tuple[int, int, int]]:
    """Every evening but the last those that are sure."""
    rng = np.random.default_rng(3)
    came, opened = rng.integers(0, days, len(whole.seekers)), rng.integers(0, days, len(whole.hosts))
    fixed: list[tuple[int, int, int]] = []
    for day in range(days - 1):
        here, slots = np.flatnonzero(came <= day), np.flatnonzero(opened[whole.hosts.slot_host] <= day)
        today, hosts = part(replace(whole, pinned=fixed), here, slots)
        rest = (days - 1 - day) / (day + 1)
        like = [(earlier, 0.7), (learn(today), 0.3)] if earlier else [(learn(today), 1.0)]
        sure = decide(today, Outlook(round(len(here) * rest), round(len(hosts) * rest), like))
        fixed += [(int(here[pair.seeker]), int(hosts[pair.host]), pair.occasion) for pair in sure]
    return fixed
