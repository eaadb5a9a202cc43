"""What this room holds about a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models

from zueinander.intake.models import Post
from zueinander.intake.storing import emptied
from zueinander.shared.forgetting import Held, Kept


def empty(posts: models.QuerySet[Any]) -> None:
    """A mark without content stays: a network that delivers the post again must not bring it back."""
    emptied(Post.objects.filter(pk__in=list(posts.values_list("pk", flat=True))))


def _standing(since: datetime) -> models.Q:
    return models.Q(deleted_at=None, arrived_at__gte=since)


def _old(moment: datetime) -> models.QuerySet[Post]:
    return Post.objects.filter(deleted_at=None, arrived_at__lt=moment)


HOLDS: tuple[Held, ...] = (Held(Post, "handle__person", erase=empty, needed=_standing),)
KEEPS = (Kept("posts", lambda settings: settings.keep_at_most_days, _old, empty),)
