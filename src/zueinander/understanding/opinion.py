"""A second opinion on unsure texts from a language model the operator chose. Off unless an address is set.

A text that may be dangerous, a minor's, or one a volunteer has already judged never leaves; contact data is masked.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from django.db import transaction

from zueinander.journal.actions import record
from zueinander.shared.config import config
from zueinander.shared.nudge import nudge
from zueinander.understanding.learning import reader
from zueinander.understanding.models import Reading
from zueinander.understanding.reader import Refused
from zueinander.understanding.reader.adapter import SecondOpinion

TIMEOUT = 20.0  # seconds


@contextmanager
def second_opinion() -> Iterator[SecondOpinion | None]:
    """The operator's endpoint; None when there is none."""
    chosen = config()
    if not chosen.opinion_url:
        yield None
        return
    headers = {"Authorization": f"Bearer {chosen.opinion_key}"} if chosen.opinion_key else {}
    base = chosen.opinion_url.rstrip("/") + "/"
    with httpx.Client(base_url=base, headers=headers, timeout=TIMEOUT, follow_redirects=False) as client:
        yield SecondOpinion(client, chosen.opinion_model, chosen.opinion_below)


def ask_waiting(limit: int = 20) -> int:
    """Asks about up to `limit` unsure readings, each once; returns how many were changed."""
    with second_opinion() as opinion:
        if opinion is None:
            return 0
        rows = Reading.objects.filter(
            danger="none", minor=False, corrected_at=None, post__deleted_at=None, confidence__lt=opinion.below,
        ).select_related("post").order_by("at")  # fmt: skip
        waiting = [row for row in rows[: limit * 10] if "opinion" not in row.found][:limit]
        return sum(_ask(row, opinion) for row in waiting)


def _ask(row: Reading, opinion: SecondOpinion) -> bool:
    post = row.post
    try:
        before = reader().read(post.text, posted_at=post.written_at, lang=post.lang or None, channel=post.channel)
    except Refused:
        return False
    return _keep(row, opinion.ask(post.text, before).intent if before.intent == row.intent else row.intent)


@transaction.atomic
def _keep(asked: Reading, intent: str) -> bool:
    """A volunteer may have spoken meanwhile: then their word stands."""
    row = Reading.objects.select_for_update(no_key=True, of=("self",)).select_related("post").get(pk=asked.pk)
    if row.corrected_at is not None or row.found != asked.found:
        return False
    changed = intent != row.intent
    row.found = {**row.found, "opinion": intent}
    if changed:
        row.found["intent"], row.intent, row.listed_at = intent, intent, None
    row.save(update_fields=["found", "intent", "listed_at"])
    if changed:
        record("read", row.post, intent=intent, danger=row.danger, minor=row.minor)
        nudge("listings.take_up")
    return changed
