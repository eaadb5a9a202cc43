"""Deciding before the season is over: what is sure is decided, what others may need more is left open."""

from __future__ import annotations

import random
from typing import Any

from tests.matching.solver.cases import season
from zueinander.matching import solver
from zueinander.matching.solver.arrival import decide, learn

SHORT, PLENTY = 50.0, 53.0  # latitudes of two regions


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
    experience = learn(solver.from_json(last_year))
    today = solver.from_json(
        {
            "seekers": [*_seekers(SHORT, 1, 3), *_seekers(PLENTY, 1, 3)],
            "hosts": [*_hosts(SHORT, 1, 3), *_hosts(PLENTY, 1, 3)],
        }
    )
    sure = decide(today, experience, margin=1.0)
    assert [today.seekers.ids[pair.seeker] for pair in sure] == [f"s{PLENTY}-3-0"]


def test_only_pairs_of_the_proposal_are_called_sure_and_more_margin_decides_more() -> None:
    experience = learn(solver.from_json(season(random.Random(1), 120, 50)))
    counts = []
    for number in range(2, 8):
        today = solver.from_json(season(random.Random(number), 60, 30))
        proposal = solver.assign(today)
        pairs = set(zip(proposal.seeker.tolist(), proposal.host.tolist(), proposal.occasion.tolist(), strict=True))
        before: set[tuple[int, int, int]] = set()
        for margin in (-0.5, 0.0, 0.5, 10.0):
            sure = decide(today, experience, margin=margin, proposal=proposal)
            assert [pair.advantage for pair in sure] == sorted((pair.advantage for pair in sure), reverse=True)
            now = {(pair.seeker, pair.host, pair.occasion) for pair in sure}
            assert before <= now <= pairs
            before = now
            counts.append(len(now))
        assert before == pairs
        assert decide(today, experience) == decide(today, experience)
    assert len(set(counts)) > 4


def test_nobody_there_is_nothing_to_decide() -> None:
    experience = learn(solver.from_json(season(random.Random(1), 30, 10)))
    assert decide(solver.from_json({"seekers": [], "hosts": []}), experience) == []
    assert decide(solver.from_json({"seekers": _seekers(SHORT, 2), "hosts": []}), experience) == []
