"""The states that texts like the shipped examples need, kept beside the module as Python keeps its compiled code:
made at `make install`, of use until the patterns change. Without them a process makes them as it reads, which takes it
some seconds; what it reads is the same."""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from .follow import Machine

_HERE = Path(__file__).parent
_MADE_BY = ("automaton.py", "codes.py", "follow.py", "literals.py", "nodes.py", "states.py")
_UNREADABLE = (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, IndexError, ValueError)
"""None there, cut short, or written under another version of NumPy: then they are made anew."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Work that makes many objects, hardly any of them in circles: Python's search for these waits until it is done."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def place(patterns: Sequence[str]) -> Path:
    """Where the states of these patterns lie, made by this code."""
    digest = hashlib.sha256("\n".join(patterns).encode())
    for name in _MADE_BY:
        digest.update((_HERE / name).read_bytes())
    return _HERE / "__pycache__" / f"states-{digest.hexdigest()[:16]}.pickle"


def load(patterns: Sequence[str]) -> Machine | None:
    """The kept states, if there are any."""
    try:
        with uncollected(), place(patterns).open("rb") as kept:  # a hundred thousand small objects that all stay
            found = pickle.load(kept)  # our own, beside our own code
    except _UNREADABLE:
        return None
    return found if isinstance(found, Machine) else None


def keep(machine: Machine, patterns: Sequence[str]) -> None:
    """Writes the states; those of earlier patterns go."""
    target = place(patterns)
    target.parent.mkdir(exist_ok=True)
    made = target.with_suffix(f".{os.getpid()}")
    made.write_bytes(pickle.dumps(machine, protocol=5))
    os.replace(made, target)
    for other in target.parent.glob("states-*.pickle"):
        if other != target:
            other.unlink(missing_ok=True)
