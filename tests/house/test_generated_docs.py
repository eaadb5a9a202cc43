"""Facts about the code that the docs repeat are as the code says."""

from __future__ import annotations

from pathlib import Path

import pytest

from zueinander.house.docs import generated

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", ["settings.md", "lifecycles.md"])
def test_generated_pages_are_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text() == generated()[name], "run: .venv/bin/python -m zueinander.house.docs"
