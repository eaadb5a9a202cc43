"""Looking again at stored posts: what its author deleted is deleted here, also where no network tells of it."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from zueinander.intake.actions import take_in
from zueinander.intake.models import Post
from zueinander.intake.rules import look_again_after
from zueinander.intake.storing import told
from zueinander.networks.connecting import adapter_for
from zueinander.networks.models import Account
from zueinander.networks.port import BadSettings, Deleted, Event, Rechecked, Rechecks

log = logging.getLogger(__name__)
BATCH = 25
"""Posts of one account in one look. One look a minute leaves a server that allows 300 calls in five minutes room for
the listener."""
REST = timedelta(minutes=30)
"""How long an account's posts are left alone after the network gave no answer and named no time."""


def look_again(limit: int = BATCH) -> int:
    """Asks each network about up to `limit` posts whose time has come, the longest waiting first; a post that is gone
    goes here, an edit is taken in. Returns how many were asked about."""
    return sum(_look(account, limit) for account in Account.objects.filter(active=True).order_by("pk"))


def _look(account: Account, limit: int) -> int:
    now = timezone.now()
    due = Post.objects.filter(account=account, deleted_at=None, look_again_at__lte=now).exclude(handle=None)
    posts = list(due.order_by("look_again_at")[:limit])
    if not posts:
        return 0
    try:
        adapter = adapter_for(account)
        if not isinstance(adapter, Rechecks):
            due.update(look_again_at=None)
            return 0
        seen = adapter.still_there([post.native_id for post in posts])
    except BadSettings:
        due.update(look_again_at=now + REST)
        return 0
    except Exception:  # one network's trouble keeps no other from being asked
        log.exception("account %s: looking again broke", account.pk)
        due.update(look_again_at=now + REST)
        return 0
    _settle(account, posts, seen, now)
    return len(posts)


@transaction.atomic
def _settle(account: Account, posts: list[Post], seen: Rechecked, now: datetime) -> None:
    gone: list[Event] = [Deleted(p.network, p.native_id) for p in posts if seen.standing.get(p.native_id) == "gone"]
    take_in(account, [*seen.current, *gone])
    for post in posts:
        if seen.standing.get(post.native_id) == "there":
            after = look_again_after(now - (post.posted_at or post.arrived_at), told=told(post.network))
            Post.objects.filter(pk=post.pk).update(look_again_at=now + after)
    asked = [post for post in posts if post.native_id in seen.standing]
    never = {post.pk for post in posts} - {post.pk for post in asked}
    Post.objects.filter(pk__in=never).update(look_again_at=None)  # or they would hold up the others for ever
    unknown = [post.pk for post in asked if seen.standing[post.native_id] == "unknown"]
    if seen.pause is not None or (unknown and len(unknown) == len(asked)):
        later = now + (seen.pause or REST)
        Post.objects.filter(account=account, look_again_at__lt=later).update(look_again_at=later)
    else:
        Post.objects.filter(pk__in=unknown).update(look_again_at=now + REST)
