"""What kind of data each column holds. Every model declares `CLASSES`; a guard test fails for a column without one."""

from __future__ import annotations

from enum import StrEnum

from django.apps import apps
from django.db import models

from zueinander.shared.sealed import SealedTextField


class Data(StrEnum):
    IDENTITY = "identity"  # who somebody is or how to reach them: sealed
    CONTENT = "content"  # what somebody wrote, or what we understood of it: sealed
    SECRET = "secret"  # credentials and tokens: sealed, or only their hash
    COARSE = "coarse"  # about a person, but shared by many (town, age band, occasion): readable, exported and erased
    LINK = "link"  # points to another row
    PUBLIC = "public"  # meant for everybody
    TECHNICAL = "technical"  # states, times, counters, keys without meaning outside


SEALED = {Data.IDENTITY, Data.CONTENT}
PERSONAL = {Data.IDENTITY, Data.CONTENT, Data.COARSE}


def our_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith("zueinander.")]


def classes_of(model: type[models.Model]) -> dict[str, Data]:
    """Declared classes; relations and the primary key need no declaration."""
    declared: dict[str, Data] = dict(getattr(model, "CLASSES", {}))
    for field in model._meta.get_fields():
        if field.is_relation and field.concrete:
            declared.setdefault(field.name, Data.LINK)
        elif getattr(field, "primary_key", False):
            declared.setdefault(field.name, Data.TECHNICAL)
    return declared


def unclassified() -> list[str]:
    """Columns nobody has classified, and personal ones that are not sealed: sentences, empty when all is well."""
    found = []
    for model in our_models():
        declared = classes_of(model)
        concrete = {f.name: f for f in model._meta.get_fields() if f.concrete}
        found += [f"{model._meta.label}.{name} has no data class." for name in concrete if name not in declared]
        found += [
            f"{model._meta.label}.{name} is classified but does not exist." for name in declared if name not in concrete
        ]
        found += [
            f"{model._meta.label}.{name} is {declared[name]} but not sealed."
            for name, field in concrete.items()
            if declared.get(name) in SEALED and not isinstance(field, SealedTextField)
        ]
    return found
