"""The documentation names every weight with its standing value, and the schema knows the same weights."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from zueinander.matching.solver.schemas import schema
from zueinander.matching.solver.weights import DESCRIPTIONS, Weights

DOC = Path(__file__).parents[3] / "docs" / "matching.md"


def test_every_weight_is_documented_everywhere() -> None:
    text, standing = DOC.read_text(encoding="utf-8"), Weights()
    names = {field.name for field in fields(Weights)}
    assert names == set(DESCRIPTIONS) == set(schema("instance")["properties"]["weights"]["properties"])
    for name in names:
        value = getattr(standing, name)
        told = ", ".join(value) if isinstance(value, tuple) else f"{value:g}"
        assert f"| `{name}` | {told} | {DESCRIPTIONS[name]} |" in text
