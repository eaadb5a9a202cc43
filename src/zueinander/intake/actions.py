"""Every write about what arrives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from zueinander.campaigns.models import Campaign
from zueinander.intake.models import Malformed, Post
from zueinander.intake.storing import Arrivals, key_of
from zueinander.journal.actions import name_of, record
from zueinander.networks.connecting import bare_tools
from zueinander.networks.form import Answers, FormAdapter
from zueinander.networks.manual import ManualAdapter, Paste
from zueinander.networks.models import Account
from zueinander.networks.port import AccountGone, Batch, Channel, Deleted, Event, Posted, Renamed, Undelivered
from zueinander.networks.port import Malformed as Unreadable
from zueinander.people.models import Volunteer
from zueinander.shared.nudge import nudge

__all__ = ["paste", "store", "submit_form", "take_in"]
AFTER_A_GAP = timedelta(minutes=15)
"""Time for a network's own pages to have caught up with its posts."""


@transaction.atomic
def store(account: Account, batch: Batch) -> int:
    """Stores a batch's events and its cursor together; returns how many posts are new or changed. The same batch again
    changes nothing. When anything fails nothing is stored, and the batch comes again."""
    changed = take_in(account, batch.events)
    _advance(account, batch)
    return changed


@transaction.atomic
def take_in(account: Account, events: Sequence[Event]) -> int:
    """Stores what a network said, by whatever way it was heard; returns how many posts are new or changed."""
    arrivals = Arrivals(account, events)
    for event in events:
        if isinstance(event, Posted):
            arrivals.posted(event)
        elif isinstance(event, Deleted):
            arrivals.deleted(event)
        elif isinstance(event, Unreadable):
            Malformed.objects.create(
                account=account, network=event.network, reason=event.reason[:300], excerpt=event.excerpt
            )  # fmt: skip
    arrivals.people([event for event in events if isinstance(event, Renamed | AccountGone | Undelivered)])
    arrivals.finish()
    if arrivals.changed:
        nudge("understanding.read")
    return arrivals.changed


def _advance(account: Account, batch: Batch) -> None:
    """A gap stays to be seen until somebody connects the account anew; trouble is over when something arrives.

    What was deleted during a gap nobody told us: its posts are looked at again soon.
    """
    values: dict[str, object] = {"cursor": batch.cursor, "seen_through": batch.seen_through, "trouble": ""}
    if batch.events:
        values["delivered_at"] = timezone.now()
    if batch.gap:
        values["gap"] = batch.gap
        soon = timezone.now() + AFTER_A_GAP
        Post.objects.filter(account=account, deleted_at=None, look_again_at__gt=soon).update(look_again_at=soon)
    Account.objects.filter(pk=account.pk).update(**values)
    account.cursor = batch.cursor


def _take(posted: Posted, campaign: Campaign) -> Post:
    arrivals = Arrivals(None, (posted,), campaign=campaign)
    arrivals.posted(posted)
    arrivals.finish()
    if arrivals.changed:
        nudge("understanding.read")
    return Post.objects.get(network=posted.network, key=key_of(posted.network, posted.native_id))


@transaction.atomic
def paste(
    *,
    link: str,
    text: str,
    author_name: str,
    campaign: Campaign,
    by: Volunteer,
    seen_in: str = "",
    channel: Channel = "public",
    posted_at: datetime | None = None,
) -> Post:
    """A post or message somebody of the team brings. The same link again is the same post.

    Raises `manual.Unusable` with a German sentence.
    """
    pasted = Paste(text, link, author_name, seen_in, channel, posted_at)
    post = _take(ManualAdapter(bare_tools()).take(pasted), campaign)
    record("pasted", post, actor=name_of(by))
    return post


@transaction.atomic
def submit_form(*, answers: Answers, campaign: Campaign) -> Post:
    """What somebody wrote in our form. The same token again is the same message.

    Raises ValueError without token or text.
    """
    post = _take(FormAdapter(bare_tools()).take(answers), campaign)
    if post.handle is not None and answers.first_name and not post.handle.person.first_name:
        post.handle.person.first_name = answers.first_name[:60]
        post.handle.person.save(update_fields=["first_name"])
    return post
