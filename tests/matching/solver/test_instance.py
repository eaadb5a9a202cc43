"""Bad instances get an error that names the place; good ones match the published schema."""

from __future__ import annotations

import json
import math
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.matching.solver.cases import season
from zueinander.matching import solver
from zueinander.matching.solver.cli import main
from zueinander.matching.solver.parse import parse_bytes
from zueinander.matching.solver.schemas import schema

SEEKER: dict[str, Any] = {"id": "s", "lat": 51.0, "lon": 9.0, "radius_km": 20, "occasions": ["x"]}
HOST: dict[str, Any] = {"id": "h", "lat": 51.0, "lon": 9.0, "seats": {"x": 2}}

BAD: list[tuple[dict[str, Any], str]] = [
    ({"seekers": [SEEKER], "colour": 1}, "instance.colour"),
    ({"seekers": [{**SEEKER, "colour": "red"}]}, "seekers[0].colour"),
    ({"hosts": [HOST, {**HOST, "id": "i", "pets": True}]}, "hosts[1].pets"),
    ({"hosts": [{**HOST, "seats": {"x": 1, "12-24": -2}}]}, 'hosts[0].seats["12-24"]'),
    ({"hosts": [{**HOST, "seats": {"x": 1.5}}]}, 'hosts[0].seats["x"]'),
    ({"hosts": [{**HOST, "seats": {"x": True}}]}, 'hosts[0].seats["x"]'),
    ({"hosts": [{**HOST, "accepts": {"dog": "yes"}}]}, 'hosts[0].accepts["dog"]'),
    ({"hosts": [{**HOST, "ages": [60, 30]}]}, "hosts[0].ages"),
    ({"seekers": [{**SEEKER, "lat": 90.5}]}, "seekers[0].lat"),
    ({"seekers": [{**SEEKER, "lon": -181}]}, "seekers[0].lon"),
    ({"seekers": [{**SEEKER, "lat": math.nan}]}, "seekers[0].lat"),
    ({"seekers": [{**SEEKER, "radius_km": math.inf}]}, "seekers[0].radius_km"),
    ({"seekers": [{**SEEKER, "radius_km": -1}]}, "seekers[0].radius_km"),
    ({"seekers": [{**SEEKER, "lat": "51"}]}, "seekers[0].lat"),
    ({"seekers": [{**SEEKER, "lat": 10**400}]}, "seekers[0].lat"),
    ({"seekers": [{**SEEKER, "party": 0}]}, "seekers[0].party"),
    ({"seekers": [{**SEEKER, "needs": ["dog", 3]}]}, "seekers[0].needs[1]"),
    ({"seekers": [{**SEEKER, "occasions": ["x", "x"]}]}, "seekers[0].occasions"),
    ({"seekers": [{k: v for k, v in SEEKER.items() if k != "lon"}]}, "seekers[0].lon"),
    ({"seekers": [SEEKER, {**SEEKER, "id": "t"}, SEEKER]}, "seekers[2].id"),
    ({"seekers": "many"}, "seekers"),
    ({"seekers": [7]}, "seekers[0]"),
    ({"seekers": [SEEKER], "hosts": [HOST], "forbidden": [["s", "nobody"]]}, "forbidden[0][1]"),
    ({"seekers": [SEEKER], "hosts": [HOST], "pinned": [["s", "h"]]}, "pinned[0]"),
    ({"seekers": [SEEKER], "hosts": [HOST], "pinned": [["s", "h", "y"]]}, "pinned[0][2]"),
    ({"weights": {"closenes": 1}}, "weights.closenes"),
    ({"weights": {"closeness": math.nan}}, "weights.closeness"),
    ({"weights": {"detour_factor": 0.9}}, "weights.detour_factor"),
    ({"weights": {"closeness_km": 0}}, "weights.closeness_km"),
]


@pytest.mark.parametrize(("raw", "place"), BAD, ids=[place for _, place in BAD])
def test_the_error_names_the_place(raw: dict[str, Any], place: str) -> None:
    with pytest.raises(solver.InstanceError) as error:
        solver.from_json(raw)
    assert error.value.place == place
    assert str(error.value).startswith(place)


def test_nan_in_a_file_is_named_at_its_field() -> None:
    with pytest.raises(solver.InstanceError, match=r"hosts\[0\]\.lat"):
        parse_bytes(json.dumps({"hosts": [{**HOST, "lat": math.nan}]}).encode())
    with pytest.raises(solver.InstanceError, match="line 1"):
        parse_bytes(b'{"hosts": [')


def test_a_million_duplicates_are_refused_at_the_second() -> None:
    with pytest.raises(solver.InstanceError) as error:
        solver.from_json({"hosts": [HOST] * 1_000_000})
    assert error.value.place == "hosts[1].id"


def test_many_listings_at_the_very_same_spot_are_no_trouble() -> None:
    raw = {
        "seekers": [{**SEEKER, "id": n} for n in range(400)],
        "hosts": [{**HOST, "id": n, "seats": {"x": 1}} for n in range(300)],
    }
    found = solver.solve(solver.from_json(raw), exact=False)
    assert found.matched == found.matched_bound == 300


def test_empty_sides_are_fine() -> None:
    for raw in ({}, {"seekers": [SEEKER]}, {"hosts": [HOST]}, {"seekers": [SEEKER], "hosts": [{**HOST, "seats": {}}]}):
        for exact in (True, False):
            found = solver.solve(solver.from_json(raw), exact=exact)
            assert (found.matched, found.matched_bound) == (0, 0)


def test_instance_and_result_follow_their_schemas() -> None:
    for name in ("instance", "result"):
        jsonschema.Draft202012Validator.check_schema(schema(name))
    for number in range(20):
        raw = season(random.Random(number), 12, 5)
        jsonschema.validate(raw, schema("instance"))
        found = solver.solve(solver.from_json(raw), exact=number % 2 == 0)
        jsonschema.validate(json.loads(found.to_bytes()), schema("result"))


@pytest.mark.parametrize(("raw", "place"), [case for case in BAD if "nan" not in str(case) and "inf" not in str(case)])
def test_the_schema_refuses_what_has_a_wrong_shape(raw: dict[str, Any], place: str) -> None:
    beyond_shape = {"seekers[2].id", "hosts[0].ages", "forbidden[0][1]", "pinned[0][2]"}
    if place not in beyond_shape:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(raw, schema("instance"))


def test_the_command_writes_the_result_and_says_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given, out = tmp_path / "season.json", tmp_path / "result.json"
    given.write_text(json.dumps({"seekers": [SEEKER], "hosts": [HOST]}))
    assert main(["--instance", str(given), "--out", str(out)]) == 0
    assert [p["seeker"] for p in json.loads(out.read_text())["pairs"]] == ["s"]
    given.write_text(json.dumps({"seekers": [{**SEEKER, "lat": 99}]}))
    assert main(["--instance", str(given)]) == 2
    assert "seekers[0].lat" in capsys.readouterr().err
    assert main(["--instance", str(tmp_path / "missing.json")]) == 2


def test_a_small_season_is_solved_without_compiling_anything(tmp_path: Path) -> None:
    given = tmp_path / "season.json"
    given.write_text(json.dumps(season(random.Random(1), 20, 8)))
    code = (
        "import sys; from numba.core import dispatcher; "
        "dispatcher.Dispatcher.compile = lambda *a, **k: sys.exit('compiled'); "
        "from zueinander.matching.solver.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, "--instance", str(given), "--out", str(tmp_path / "out.json")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
