"""Who could spend the day with whom: proposals for a whole season or for one new listing, each with its reasons.

Pure: knows no database and no network. docs/matching.md explains the model and proves the bounds.
"""

from __future__ import annotations

from .arrival import Sure, decide
from .candidates import Candidate, Index
from .errors import InstanceError
from .experience import Experience, learn
from .guests import Guest, GuestIndex
from .imagined import Outlook
from .incremental import Running
from .instance import Instance
from .parse import from_json, load
from .result import Result
from .season import assign, solve
from .weights import Weights
from .whatif import WhatIf, whatif

__all__ = [
    "Candidate",
    "Experience",
    "Guest",
    "GuestIndex",
    "Index",
    "Instance",
    "InstanceError",
    "Outlook",
    "Result",
    "Running",
    "Sure",
    "Weights",
    "WhatIf",
    "assign",
    "decide",
    "from_json",
    "learn",
    "load",
    "solve",
    "whatif",
]
