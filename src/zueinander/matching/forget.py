"""What this room holds about a person."""

from __future__ import annotations

from typing import Any

from django.db import models

from zueinander.matching.actions import release
from zueinander.matching.models import LIVE, Match, Matching
from zueinander.people.actions import clear_attention
from zueinander.shared.forgetting import Held


def free_and_delete(rows: models.QuerySet[Any]) -> None:
    """The other side gets its seats back and is searched for again before the match goes."""
    for match in Match.objects.filter(pk__in=[row.pk for row in rows]).select_related("seek", "offer"):
        if match.state in LIVE:
            release(
                match, to=Matching.ENDED if match.state == Matching.INTRODUCED else Matching.DECLINED, reason="erased"
            )
        clear_attention(subject=match)
        match.delete()


HOLDS = (Held(Match, "seek__person", free_and_delete), Held(Match, "offer__person", free_and_delete))
