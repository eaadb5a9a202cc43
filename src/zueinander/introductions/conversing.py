"""Two people who were introduced write to each other; reporting and blocking."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from zueinander.introductions.models import Introduction, Message, Report
from zueinander.introductions.queries import may_write, other_side
from zueinander.introductions.rules import NOTIFY_AGAIN_AFTER, clean, warnings
from zueinander.introductions.telling import hush, tell
from zueinander.journal.actions import name_of, record
from zueinander.listings.models import Listing
from zueinander.matching.actions import release
from zueinander.matching.models import LIVE, Match, Matching
from zueinander.people.actions import block, raise_attention
from zueinander.people.models import Attention, Person, PersonalLink

LOOK_AT_WARNING_WITHIN = timedelta(hours=12)
LOOK_AT_REPORT_WITHIN = timedelta(minutes=30)


class Refused(Exception):  # noqa: N818
    """The message is not delivered: empty, or the two do not write to each other any more."""


@transaction.atomic
def write(introduction: Introduction, *, author: Person, text: str, token: str) -> Message:
    """A message to the other side, who is told in their own network. The same token again gives the message there is.

    Whatever looks like a trick is delivered with a warning and reviewed, never dropped. Raises `Refused`, `NotYours`.
    """
    row = Introduction.objects.select_for_update(no_key=True).get(pk=introduction.pk)
    listing = other_side(row, author)
    said = clean(text)
    if not may_write(row, author) or not said:
        raise Refused
    known = row.messages.filter(author=author, token=token[:40]).first()
    if known:
        return known
    before = list(row.messages.filter(author=author).order_by("-id").values_list("at", flat=True))
    found = warnings(said, len(before))
    message = Message.objects.create(introduction=row, author=author, text=said, token=token[:40], warnings=found)
    record("wrote", message, row, actor=name_of(author), warnings=found)
    if found:
        raise_attention(
            kind=Attention.Kind.REPORT, subject=message, person=author, deadline=message.at + LOOK_AT_WARNING_WITHIN
        )
    if not before or message.at - before[0] >= NOTIFY_AGAIN_AFTER:
        use = PersonalLink.Use.CONVERSATION
        tell("message", row.match, listing, use=use, subject=row, key=f"message:{message.pk}")
    return message


@transaction.atomic
def report(introduction: Introduction, *, by: Person, text: str, message: Message | None = None) -> Report:
    """Somebody says that something is wrong: a human looks within half an hour. The same words again are one report."""
    row = Introduction.objects.select_for_update(no_key=True).get(pk=introduction.pk)
    other_side(row, by)
    if message is not None and message.introduction_id != row.pk:
        message = None
    said = clean(text)
    for earlier in row.reports.filter(by=by, message=message, settled_at=None):
        if earlier.text == said:
            return earlier
    made = Report.objects.create(introduction=row, by=by, text=said, message=message)
    record("reported", made, row, row.match, actor=name_of(by))
    raise_attention(
        kind=Attention.Kind.REPORT, subject=made, person=by, deadline=made.at + LOOK_AT_REPORT_WITHIN, urgent=True
    )
    return made


@transaction.atomic
def block_other(introduction: Introduction, *, by: Person) -> None:
    """Ends it at once: no further message, nothing that still waits is told, the two are never put together again."""
    row = Introduction.objects.select_for_update(no_key=True).get(pk=introduction.pk)
    other = other_side(row, by)
    block(one=by, other=other.person, actor=name_of(by))
    if row.closed_at:
        return
    row.closed_at, row.close_reason = timezone.now(), "blocked"
    row.save(update_fields=["closed_at", "close_reason"])
    hush(_own_side(row.match, by), [row])
    if row.match.state in LIVE:
        release(row.match, to=Matching.ENDED, actor=name_of(by), reason="blocked")
        tell("over", row.match, other, use=PersonalLink.Use.OWN_PAGE, subject=None)
    record("closed", row, row.match, actor=name_of(by), reason="blocked")


def _own_side(match: Match, person: Person) -> Listing:
    return match.seek if match.seek.person_id == person.pk else match.offer
