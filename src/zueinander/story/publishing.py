"""Asking for the pages to be written anew, and keeping the record of what went out.

Who writes them stands in the settings (`PUBLISHER`): this room does not know the pages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from zueinander.giving.queries import Money
from zueinander.shared.nudge import nudge
from zueinander.story.models import IN_PUBLIC, Publication, Story

TASK = "site.publish"


def ask_to_publish(story: Story, *, at_once: bool = False) -> None:
    """After the commit: the worker publishes within a moment. `at_once`: this process does it before it answers."""
    if at_once:
        transaction.on_commit(lambda: publisher()(story.pk))
    elif story.state in IN_PUBLIC:
        nudge(TASK)


def publisher() -> Callable[[int], object]:
    """Writes one story's pages as they are now, or takes them away when it is not public."""
    found: Callable[[int], object] = import_string(settings.PUBLISHER)
    return found


def keep_record(story: Story, *, reason: str, digest: str, money: Money, files: int) -> Publication:
    """The row of a publication that is about to go out."""
    return Publication.objects.create(
        story=story, reason=reason, digest=digest, figures=figures_of(money), files=files
    )  # fmt: skip


def figures_of(money: Money) -> dict[str, int | str | None]:
    """A campaign's money as a publication keeps it: cents, and the day of the last statement."""
    day = money.last_statement
    return {**asdict(money), "last_statement": day.isoformat() if day else None}


def went_live(publication: Publication) -> None:
    Publication.objects.filter(pk=publication.pk).update(live_at=timezone.now())


def last_live(story: Story) -> Publication | None:
    return story.publications.filter(live_at__isnull=False).first()
