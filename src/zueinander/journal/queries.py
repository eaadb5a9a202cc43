"""Reading the journal."""

from __future__ import annotations

from django.db import models

from zueinander.journal.actions import name_of
from zueinander.journal.models import Entry


def history(*rows: models.Model) -> models.QuerySet[Entry]:
    """Everything that touched any of these rows, oldest first."""
    return Entry.objects.filter(subjects__overlap=[name_of(r) for r in rows]).order_by("id")
