"""Background steps of this room."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from zueinander.intake.looking import look_again
from zueinander.intake.models import Malformed, Post

MARK_LASTS = timedelta(days=2)
"""A post that comes this long after word of its deletion has not been seen; marks of strangers' posts are many."""
UNREADABLE_LASTS = timedelta(days=30)


@app.periodic(cron="17 * * * *")
@app.task(name="intake.tidy", queueing_lock="intake.tidy", pass_context=False)
def tidy(timestamp: int = 0) -> None:
    """Drops marks of posts we never had, and old unreadable things."""
    now = timezone.now()
    Post.objects.filter(posted_at=None, deleted_at__lt=now - MARK_LASTS).delete()
    Malformed.objects.filter(at__lt=now - UNREADABLE_LASTS).delete()


@app.periodic(cron="* * * * *")
@app.task(name="intake.look_again", queueing_lock="intake.look_again", lock="intake.look_again", pass_context=False)
def look(timestamp: int = 0) -> None:
    """A polite batch a minute for each account; what is still due waits for the next."""
    look_again()
