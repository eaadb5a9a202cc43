"""Export, erasure and retention by construction: each room's ``forget.py`` says in ``HOLDS`` what it holds about a
person and for which of it the person is kept, and in ``KEEPS`` what goes earlier than the person.

A guard test fails for a model with personal columns that no room lists.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models, transaction

from zueinander.shared.classes import PERSONAL, Data, classes_of
from zueinander.shared.config import Config, config


@dataclass(frozen=True)
class Held:
    """Rows of `model` whose `path` leads to a person. `erase` None: the rows are deleted.

    `needed`: which of the rows are a reason to keep the person because they go on after a moment. None: they are none.
    """

    model: type[models.Model]
    path: str
    erase: Callable[[models.QuerySet[Any]], None] | None = None
    needed: Callable[[datetime], models.Q] | None = None

    def rows(self, person_id: UUID) -> models.QuerySet[Any]:
        return self.model._default_manager.filter(**{self.path: person_id}).distinct()


@dataclass(frozen=True)
class Kept:
    """Rows that go earlier than the people they are about. `over` are those whose time was over at a moment, and
    `days` the setting that says how long they stay; `end` None: they are deleted."""

    what: str
    days: Callable[[Config], int]
    over: Callable[[datetime], models.QuerySet[Any]]
    end: Callable[[models.QuerySet[Any]], None] | None = None


def _rooms() -> Iterator[ModuleType]:
    """The last room of the flow first, so that rows go before those they point to."""
    for room in reversed(settings.ROOMS):
        name = f"zueinander.{room}.forget"
        if find_spec(name):
            yield import_module(name)


def held() -> Iterator[Held]:
    """What all rooms hold."""
    for room in _rooms():
        yield from room.HOLDS


def kept() -> Iterator[Kept]:
    """What goes earlier than the people, of all rooms."""
    for room in _rooms():
        yield from getattr(room, "KEEPS", ())


def let_go(part: Kept, now: datetime, limit: int = 2000) -> int:
    """Ends up to `limit` rows a room kept long enough, in one transaction; returns how many. Again changes nothing."""
    with transaction.atomic():
        rows = part.over(now - timedelta(days=part.days(config())))
        keys = list(rows.values_list("pk", flat=True)[:limit])
        if keys:
            these = rows.model._default_manager.filter(pk__in=keys)
            part.end(these) if part.end else these.delete()
        return len(keys)


def nobody_needs(people: models.QuerySet[Any], since: datetime) -> models.QuerySet[Any]:
    """Those of `people` for whom no room has a reason that goes on after `since`."""
    for part in held():
        if part.needed:
            rows = part.model._default_manager.filter(part.needed(since), **{part.path: models.OuterRef("pk")})
            people = people.exclude(models.Exists(rows))
    return people


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
