"""A lifecycle: the states a row may be in and the steps between them, written down once beside its model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models


class ForbiddenStep(Exception):  # noqa: N818  the caller asked for something that may not be
    """The row is not in a state from which this step is allowed; nothing was changed."""


class Lifecycle:
    """`steps` maps each state to the states that may follow. Checked when made: all states known, all reachable."""

    all: list[Lifecycle] = []

    def __init__(
        self, name: str, states: type[models.TextChoices], start: str, steps: Mapping[str, Iterable[str]]
    ) -> None:
        self.name, self.states, self.start = name, states, start
        self.steps = {str(a): frozenset(map(str, b)) for a, b in steps.items()}
        known = set(states.values)
        if set(self.steps) != known or not set().union(*self.steps.values()) <= known:
            raise ValueError(f"lifecycle {name}: every state needs its steps, and only known ones")
        reached, todo = set(), [str(start)]
        while todo:
            state = todo.pop()
            if state not in reached:
                reached.add(state)
                todo += self.steps[state]
        if reached != known:
            raise ValueError(f"lifecycle {name}: {sorted(known - reached)} cannot be reached")
        Lifecycle.all.append(self)

    def sources(self, target: str) -> list[str]:
        return [a for a, b in self.steps.items() if str(target) in b]

    def move(self, row: models.Model, target: str, **values: Any) -> None:
        """Moves a row in one statement, whoever else tries too; raises `ForbiddenStep` when that is not allowed."""
        manager = type(row)._default_manager
        moved = manager.filter(pk=row.pk, state__in=self.sources(target)).update(state=str(target), **values)
        if not moved:
            raise ForbiddenStep(f"{self.name} {row.pk} cannot become {target} now.")
        row.refresh_from_db()

    def constraint(self, name: str) -> models.CheckConstraint:
        return models.CheckConstraint(condition=models.Q(state__in=self.states.values), name=name)

    def diagram(self) -> str:
        """The lifecycle as a Mermaid state diagram, for the docs."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.start}"]
        for state in self.states.values:
            lines += [f"    {state} --> {after}" for after in sorted(self.steps[state])] or [f"    {state} --> [*]"]
        return "\n".join(lines)
