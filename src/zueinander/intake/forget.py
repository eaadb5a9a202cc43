"""What this room holds about a person."""

from __future__ import annotations

from typing import Any

from django.db import models

from zueinander.intake.models import Post
from zueinander.intake.storing import emptied
from zueinander.shared.forgetting import Held


def _empty(posts: models.QuerySet[Any]) -> None:
    """A mark without content stays: a network that delivers the post again must not bring it back."""
    emptied(Post.objects.filter(pk__in=list(posts.values_list("pk", flat=True))))


HOLDS: tuple[Held, ...] = (Held(Post, "handle__person", erase=_empty),)
