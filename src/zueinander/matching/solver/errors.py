"""What can be wrong with an instance."""

from __future__ import annotations


class InstanceError(ValueError):
    """An instance that cannot be solved as it stands; `place` is where to look, e.g. `seekers[3].lat`."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(f"{place}: {problem}")
        self.place = place
        self.problem = problem
