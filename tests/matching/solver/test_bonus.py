"""What serving the hard to place first brings and costs is said, and it is what it says."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.matching.solver.cases import season
from zueinander.matching import solver
from zueinander.matching.solver.cli import main
from zueinander.matching.solver.schemas import schema


def without(raw: dict[str, Any]) -> dict[str, Any]:
    return {**raw, "weights": {**raw.get("weights", {}), "hard_to_place": 0}}


def test_the_price_is_the_value_given_up_beside_a_season_without_the_bonus() -> None:
    told, paid = 0, 0
    for number in range(120):
        rng = random.Random(number)
        raw = season(rng, rng.randint(2, 12), rng.randint(1, 6))
        found = solver.solve(solver.from_json(raw))
        plain = solver.solve(solver.from_json(without({**raw, "proposed": []})))
        assert plain.bonus is None
        if found.bonus is None:
            assert found.hard_to_place["seekers"] == 0
            continue
        told += 1
        bonus = found.bonus
        assert (bonus.matched_without, bonus.hard_without) == (plain.matched, plain.hard_to_place["matched"])
        assert bonus.value_without == pytest.approx(plain.value, abs=2e-5)
        assert bonus.hard_with >= bonus.hard_without
        assert bonus.matched_with == bonus.matched_without
        assert bonus.price >= -1e-6
        paid += bonus.price > 0.001
        jsonschema.validate(json.loads(found.to_bytes()), schema("result"))
        assert solver.solve(solver.from_json(raw), price=False).bonus is None
    assert told > 60
    assert paid > 3


def test_the_command_prints_it(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    here = {"lat": 50.0, "lon": 8.0, "radius_km": 50, "occasions": ["12-24"]}
    raw = {
        "seekers": [{"id": "a", **here, "lat": 50.1, "needs": ["wheelchair"]}, {"id": "b", **here}],
        "hosts": [{"id": "h", "lat": 50.0, "lon": 8.0, "seats": {"12-24": 1}, "accepts": {"wheelchair": True}}],
    }
    file = tmp_path / "season.json"
    file.write_text(json.dumps(raw))
    assert main(["--instance", str(file), "--out", str(tmp_path / "result.json")]) == 0
    assert "hard to place: 1, without the bonus of 0.5 0; price" in capfd.readouterr().err
    result = json.loads((tmp_path / "result.json").read_text())
    assert result["bonus"]["price"] == pytest.approx(1 - result["value"] / result["bonus"]["value_without"])
    assert main(["--instance", str(file), "--no-price", "--out", str(tmp_path / "result.json")]) == 0
    assert "hard to place" not in capfd.readouterr().err
    assert json.loads((tmp_path / "result.json").read_text())["bonus"] is None
