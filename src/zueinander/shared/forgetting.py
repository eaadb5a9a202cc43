"""Export and erasure by construction: each room's ``forget.py`` says in ``HOLDS`` what it holds about a person.

A guard test fails for a model with personal columns that no room lists.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models, transaction

from zueinander.shared.classes import PERSONAL, Data, classes_of
from zueinander.shared.config import config


@dataclass(frozen=True)
class Held:
    """Rows of `model` whose `path` leads to a person. `erase` None: the rows are deleted."""

    model: type[models.Model]
    path: str
    erase: Callable[[models.QuerySet[Any]], None] | None = None

    def rows(self, person_id: UUID) -> models.QuerySet[Any]:
        return self.model._default_manager.filter(**{self.path: person_id}).distinct()


def held() -> Iterator[Held]:
    """What all rooms hold, the last room of the flow first, so that rows go before those they point to."""
    for room in reversed(settings.ROOMS):
        name = f"zueinander.{room}.forget"
        if find_spec(name):
            yield from import_module(name).HOLDS


def export(person_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """Everything we hold about a person, by model; no credentials and no other person's words."""
    found: dict[str, list[dict[str, Any]]] = {}
    for part in held():
        names = [n for n, c in classes_of(part.model).items() if c in PERSONAL or c in (Data.TECHNICAL, Data.PUBLIC)]
        rows = [{n: getattr(row, n) for n in names} for row in part.rows(person_id)]
        if rows:
            found.setdefault(part.model._meta.label, []).extend(rows)
    return found


def erase(person_id: UUID) -> int:
    """Removes or empties everything about a person in one transaction; returns how many rows were touched."""
    touched = 0
    _note(person_id)
    with transaction.atomic():
        for part in held():
            rows = part.rows(person_id)
            touched += rows.count()
            if part.erase:
                part.erase(rows)
            else:
                part.model._default_manager.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()
    return touched


def _journal() -> Path:
    return config().data / "erased"


def _note(person_id: UUID) -> None:
    """Written before the act, outside the database: whoever is in a backup stays erased when it comes back."""
    with open(_journal(), "a") as file:
        file.write(f"{person_id}\n")
        file.flush()
        os.fsync(file.fileno())


def erased_people() -> list[UUID]:
    return [UUID(line) for line in _journal().read_text().split()] if _journal().exists() else []


def forgotten_models() -> list[str]:
    """Models with personal columns that no room's ``HOLDS`` lists (empty when all is well)."""
    from zueinander.shared.classes import our_models

    listed = {part.model for part in held()}
    return [
        m._meta.label
        for m in our_models()
        if m not in listed and not getattr(m, "ABOUT_NOBODY", False) and PERSONAL & set(classes_of(m).values())
    ]
