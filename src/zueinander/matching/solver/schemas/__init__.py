"""The JSON schemas of instance and result, for anyone who checks a result independently."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, Literal


def schema(name: Literal["instance", "result"]) -> dict[str, Any]:
    """The schema as Python data."""
    loaded: dict[str, Any] = json.loads(files(__name__).joinpath(f"{name}.schema.json").read_text(encoding="utf-8"))
    return loaded
