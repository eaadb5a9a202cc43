"""Who could spend the day with whom: proposals for a whole season or for one new listing, each with its reasons.

Pure: knows no database and no network. docs/matching.md explains the model and proves the bounds.
"""

from __future__ import annotations

from .candidates import Candidate, Index
from .errors import InstanceError
from .instance import Instance
from .parse import from_json, load
from .result import Result
from .season import assign, solve
from .weights import Weights

__all__ = [
    "Candidate",
    "Index",
    "Instance",
    "InstanceError",
    "Result",
    "Weights",
    "assign",
    "from_json",
    "load",
    "solve",
]
