"""One batch of arrivals put into the tables: looked up in bulk, each post once, deleted ones emptied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db import models
from django.utils import timezone

from zueinander.campaigns.models import Campaign
from zueinander.intake.models import Post
from zueinander.intake.rules import STRENGTH, campaign_for, is_news, look_again_after, says_stop, turned_to_us
from zueinander.journal.actions import name_of, record
from zueinander.networks import registry
from zueinander.networks.actions import turned_to_us as note_way_back
from zueinander.networks.models import Account, Send
from zueinander.networks.port import AccountGone, Deleted, Event, Posted, Renamed, Undelivered, basis_of
from zueinander.people.actions import clear_attention, handle_key, meet, raise_attention, stop
from zueinander.people.models import Attention, Handle
from zueinander.shared.sealed import blind_index

EMPTY = {
    "text": "", "native_id": "", "url": "", "extra": {}, "thread": "", "lang": "", "version": "", "versions": [],
    "automatic_allowed": False, "no_republish": True, "handle": None,
}  # fmt: skip


def key_of(network: str, native_id: str) -> str:
    return blind_index("post", network, native_id)


def told(network: str) -> bool:
    """Whether this network reports what its people delete."""
    return registry.network(network).tells_deletions


def emptied(posts: models.QuerySet[Post]) -> int:
    """Removes what was said and by whom; the row stays, so that the same post cannot come back."""
    now = timezone.now()
    return posts.update(**EMPTY, deleted_at=now)


class Arrivals:
    """`changed` counts posts that are new, edited or deleted. Call `finish` last."""

    def __init__(self, account: Account | None, events: Sequence[Event], campaign: Campaign | None = None) -> None:
        self.account, self.campaign, self.changed = account, campaign, 0
        about = [e for e in events if isinstance(e, Posted | Deleted)]
        self._known = {
            post.key: post
            for post in Post.objects.select_for_update(no_key=True, of=("self",))
            .select_related("handle")
            .filter(network__in={e.network for e in about}, key__in={key_of(e.network, e.native_id) for e in about})
        }
        self._gone: dict[str, str] = {}
        self._running: dict[int, list[str]] | None = None
        self._own: list[int] = []

    # -- posts ----------------------------------------------------------------------------------------------------

    def posted(self, event: Posted) -> None:
        """New, or edited, or nothing new; deleted stays deleted, in whatever order word of it comes."""
        key = key_of(event.network, event.native_id)
        known = self._known.get(key)
        if key in self._gone or (known is not None and known.deleted_at):
            return
        if known is None:
            self._known[key] = self._new(key, event)
        elif is_news(event.version, known.version, known.versions):
            self._edit(known, event)
        else:
            self._strengthen(known, event)

    def _new(self, key: str, event: Posted) -> Post:
        handle = self._meet(event)
        basis = basis_of(event)
        rules = registry.network(event.network).rules
        post = Post.objects.create(
            network=event.network, key=key, native_id=event.native_id, version=event.version[:200],
            versions=[event.version[:200]], account=self.account, campaign_id=self._campaign_of(event), handle=handle,
            text=event.text, basis=basis, channel=event.channel, lang=event.lang[:10], url=event.url,
            thread=blind_index("thread", event.network, event.thread_id) if event.thread_id else "",
            extra=dict(event.extra), automatic_allowed=rules.may_answer_automatically(event),
            no_republish=event.no_republish, posted_at=event.posted_at,
            look_again_at=timezone.now() + look_again_after(timedelta(0), told=told(event.network)),
        )  # fmt: skip
        record("arrived", post, handle.person, network=event.network, basis=basis)
        self.changed += 1
        self._heard(event, handle, basis)
        return post

    def _edit(self, post: Post, event: Posted) -> None:
        post.version, post.text, post.lang = event.version[:200], event.text, event.lang[:10]
        post.versions = [*post.versions, post.version][-50:]
        post.no_republish = post.no_republish or event.no_republish
        post.read_at = None
        post.save(update_fields=["version", "versions", "text", "lang", "no_republish", "read_at"])
        record("edited", post)
        self.changed += 1
        self._strengthen(post, event)
        if post.handle and not event.automatic and turned_to_us(basis_of(event)) and says_stop(event.text):
            stop(person=post.handle.person, actor=name_of(post.handle.person))

    def _strengthen(self, post: Post, event: Posted) -> None:
        """The same post heard by a second way may give a better reason to answer (hashtag first, then the mention)."""
        basis = basis_of(event)
        if STRENGTH[basis] <= STRENGTH[post.basis] or post.handle is None:
            return
        post.basis = basis
        post.automatic_allowed = registry.network(event.network).rules.may_answer_automatically(event)
        post.save(update_fields=["basis", "automatic_allowed"])
        self._heard(event, post.handle, basis)

    def _meet(self, event: Posted) -> Handle:
        author = event.author
        return meet(
            network=event.network, native_id=author.native_id, visible_name=author.visible_name, address=author.address,
            url=author.url,
        )  # fmt: skip

    def _heard(self, event: Posted, handle: Handle, basis: str) -> None:
        """Who turned to us can be answered; who says stop is not written to again."""
        if not turned_to_us(basis):
            return
        note_way_back(
            handle=handle, account=self.account, channel=event.channel, native_id=event.native_id, at=event.posted_at
        )  # fmt: skip
        if basis != "form" and not event.automatic and says_stop(event.text):
            stop(person=handle.person, actor=name_of(handle.person))

    def _campaign_of(self, event: Posted) -> int | None:
        if self.campaign is not None:
            return self.campaign.pk
        if self._running is None:
            self._running = dict(Campaign.objects.running().order_by("pk").values_list("pk", "hashtags"))
            if self.account is not None:
                self._own = list(
                    Campaign.objects.filter(accounts=self.account).order_by("pk").values_list("pk", flat=True)
                )
        return campaign_for(event.hashtags, self._running, self._own)

    # -- deletions ------------------------------------------------------------------------------------------------

    def deleted(self, event: Deleted) -> None:
        self._gone[key_of(event.network, event.native_id)] = event.network

    def finish(self) -> None:
        """Empties what was deleted and leaves a mark for what was deleted before it came."""
        if not self._gone:
            return
        standing = [key for key in self._gone if key in self._known and not self._known[key].deleted_at]
        for key in standing:
            record("deleted", self._known[key])
            clear_attention(subject=self._known[key], kinds=[Attention.Kind.UNSURE, Attention.Kind.BY_HAND])
        self.changed += emptied(Post.objects.filter(key__in=standing)) if standing else 0
        now = timezone.now()
        Post.objects.bulk_create(
            [
                Post(network=network, key=key, deleted_at=now)
                for key, network in self._gone.items()
                if key not in self._known
            ],
            ignore_conflicts=True,
            batch_size=1000,
        )

    # -- people ---------------------------------------------------------------------------------------------------

    def people(self, events: Iterable[Renamed | AccountGone | Undelivered]) -> None:
        """Renamed, gone, come back, unreachable: handles are looked up in bulk, strangers are ignored."""
        by_key: dict[str, list[Renamed | AccountGone | Undelivered]] = {}
        networks: set[str] = set()
        for event in events:
            for network, key in _handles_of(event):
                by_key.setdefault(key, []).append(event)
                networks.add(network)
        for handle in Handle.objects.select_for_update(no_key=True).filter(network__in=networks, key__in=by_key):
            for event in by_key[handle.key]:
                self._person(handle, event)

    def _person(self, handle: Handle, event: Renamed | AccountGone | Undelivered) -> None:
        if isinstance(event, Renamed):
            author = event.author
            meet(
                network=event.network, native_id=author.native_id,
                visible_name=author.visible_name or handle.visible_name,
                address=author.address or handle.address, url=author.url or handle.url,
            )  # fmt: skip
        elif isinstance(event, AccountGone):
            self._account(handle, event)
        else:
            self._bounced(handle, event)

    def _account(self, handle: Handle, event: AccountGone) -> None:
        """Deactivated may come back; deleted means that everything they wrote there is deleted here."""
        gone = None if event.status == "active" else timezone.now()
        Handle.objects.filter(pk=handle.pk).update(gone_at=gone)
        record("account", handle.person, status=event.status)
        if event.status == "deleted":
            for post in handle.posts.filter(deleted_at=None):
                self._gone[post.key] = post.network
                self._known[post.key] = post

    def _bounced(self, handle: Handle, event: Undelivered) -> None:
        record("undelivered", handle.person, permanent=event.permanent)
        if not event.permanent:
            return
        Handle.objects.filter(pk=handle.pk).update(gone_at=timezone.now())
        last = Send.objects.filter(handle=handle).order_by("-created_at").first()
        raise_attention(
            kind=Attention.Kind.BY_HAND, subject=last or handle, person=handle.person, deadline=timezone.now()
        )  # fmt: skip


def _handles_of(event: Renamed | AccountGone | Undelivered) -> list[tuple[str, str]]:
    """Network and key of the handles an event may be about; a bounced mail may have gone to a writer of our form."""
    if isinstance(event, Renamed):
        return [(event.network, handle_key(event.network, event.author.native_id))]
    if isinstance(event, AccountGone):
        return [(event.network, handle_key(event.network, event.native_id))]
    return [(network, handle_key(network, f"mailto:{event.address.strip()}")) for network in ("mail", "form")]
