"""Writing into the journal."""

from __future__ import annotations

from typing import Any

from django.db import models

from zueinander.journal.models import Entry

MACHINE = "machine"


def name_of(row: models.Model) -> str:
    """How the journal calls a row: "listing:<id>"."""
    return f"{row._meta.model_name}:{row.pk}"


def record(verb: str, *subjects: models.Model, actor: str = MACHINE, **detail: Any) -> Entry:
    """Writes down what happened, in the transaction of the act itself. `detail`: plain values, nobody's words."""
    return Entry.objects.create(actor=actor, verb=verb, subjects=[name_of(s) for s in subjects], detail=detail)
