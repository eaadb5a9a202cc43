"""What is said about a pair never contradicts its score, and nobody is left without an honest reason."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest

from tests.matching.solver.cases import allowed, points, season, travel_km
from zueinander.matching import solver

_SIGN = {
    "closeness": r" km Weg\.|nebenan",
    "interests": r"^Gemeinsam: ",
    "preference": r"Wunschtermin|Wunsch Nummer",
    "waiting": r"^Wartet seit",
    "languages": r"^Gemeinsame Sprache",
    "household": r"^Der Haushalt",
}


def test_sentences_never_contradict_the_score() -> None:
    for number in range(150):
        raw = season(random.Random(number), 14, 7)
        seekers, hosts = ({row["id"]: row for row in raw[side]} for side in ("seekers", "hosts"))
        for pair in solver.solve(solver.from_json(raw)).pairs:
            s, h = seekers[pair.seeker], hosts[pair.host]
            assert pair.score == pytest.approx(sum(pair.terms.values()))
            assert pair.score == pytest.approx(points(raw, s, h, pair.occasion))
            _agree(pair, s, h, travel_km(s, h, raw["weights"]["detour_factor"]))


def _agree(pair: Any, s: dict[str, Any], h: dict[str, Any], km: float) -> None:
    said = {term: [text for text in pair.reasons if re.search(sign, text)] for term, sign in _SIGN.items()}
    for term, texts in said.items():
        named = len(texts) == 1
        assert named == (pair.terms[term] > 0) or (term == "waiting" and s["waiting_days"] < 1), (term, pair)
    told = re.search(r"^([\d,]+) km Weg", "\n".join(pair.reasons), re.MULTILINE)
    assert (float(told[1].replace(",", ".")) if told else 0.5) == pytest.approx(km, abs=0.51)
    for text in said["interests"]:
        assert set(text.removeprefix("Gemeinsam: ").rstrip(".").split(", ")) == set(s["interests"]) & set(
            h["interests"]
        )
    for text in said["preference"]:
        assert ("Wunschtermin" in text) == (s["occasions"][0] == pair.occasion)
    weights = [pair.terms[next(t for t, sign in _SIGN.items() if re.search(sign, text))] for text in pair.reasons]
    assert weights == sorted(weights, reverse=True)


def test_every_seeker_without_company_gets_the_true_reason() -> None:
    seen = set()
    for number in range(150):
        raw = season(random.Random(number), 12, 5)
        seekers = {row["id"]: row for row in raw["seekers"]}
        result = solver.solve(solver.from_json(raw))
        assert {p.seeker for p in result.pairs} | {u.seeker for u in result.unmatched} == set(seekers)
        for alone in result.unmatched:
            s = seekers[alone.seeker]
            seen.add(alone.code)
            assert alone.reason.endswith(".")
            assert ".." not in alone.reason
            fits = [h for h in raw["hosts"] for o in h["seats"] if allowed(raw, s, h, o)]
            assert (alone.code == "taken") == bool(fits), (number, alone)
            _nearest_is_true(raw, s, alone)
    assert seen == {"minor", "no_occasion", "no_host", "distance", "rules", "taken"}


def _nearest_is_true(raw: dict[str, Any], s: dict[str, Any], alone: Any) -> None:
    if alone.nearest is None:
        return
    h = next(row for row in raw["hosts"] if row["id"] == alone.nearest.host)
    km = travel_km(s, h, raw["weights"]["detour_factor"])
    assert alone.nearest.km == pytest.approx(km, rel=1e-6)
    assert ("distance" in alone.nearest.misses) == (km > s["radius_km"])
    assert ("occasion" in alone.nearest.misses) == (alone.nearest.occasion not in s["occasions"])
    assert not allowed(raw, s, h, alone.nearest.occasion)


def test_the_reason_reads_as_people_would_say_it() -> None:
    raw = {
        "seekers": [{"id": "s", "lat": 51.0, "lon": 9.5, "radius_km": 20, "occasions": ["12-24"]}],
        "hosts": [{"id": "h", "lat": 51.3, "lon": 9.5, "seats": {"12-25": 1}, "place": "Neustadt"}],
        "weights": {"detour_factor": 1.0},
    }
    reason = solver.solve(solver.from_json(raw)).unmatched[0].reason
    assert reason == "Für 24.12. gibt es noch kein Angebot; der nächste passende ist am 25.12. in Neustadt, 33 km."
    raw["hosts"] = [{"id": "h", "lat": 51.3, "lon": 9.5, "seats": {"12-24": 1}}]
    english = solver.solve(solver.from_json(raw), language="en").unmatched[0].reason
    assert english == "No fitting place within 20 km for 12-24; the nearest fitting one is on 12-24, 33 km away."
