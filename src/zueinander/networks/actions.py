"""Every write about our accounts and what we say by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from zueinander.journal.actions import MACHINE, name_of, record
from zueinander.networks import registry
from zueinander.networks.connecting import adapter_for, tools_for
from zueinander.networks.delivering import LOOK_WITHIN, deliver_waiting, reclaim_trying
from zueinander.networks.gate import facts_about, rules_of
from zueinander.networks.models import SENDING, Account, Send, Sending, WayBack
from zueinander.networks.port import Connection
from zueinander.networks.rules import marked, refusal
from zueinander.networks.texts import fold_tag, line
from zueinander.people.actions import clear_attention, raise_attention
from zueinander.people.models import Attention, Handle, Person, Volunteer
from zueinander.shared.lifecycle import ForbiddenStep
from zueinander.shared.nudge import nudge

__all__ = [
    "adapter_for",
    "can_only_be_handed",
    "connect",
    "deliver_waiting",
    "find_a_way",
    "follow",
    "looks_in_themselves",
    "queue_send",
    "reclaim_trying",
    "settle_unclear",
    "tell",
    "turned_to_us",
]

OPEN_ANSWER = (
    "Wir haben eine Nachricht für dich, die nicht öffentlich sein soll. "
    "Schreib uns bitte eine Direktnachricht, dann antworten wir dir dort."
)


@transaction.atomic
def connect(
    *,
    network: str,
    name: str,
    settings: Mapping[str, str],
    secrets: Mapping[str, str] | None = None,
    hashtags: Sequence[str] = (),
) -> Account:
    """Our account, made or changed. What it could not see before is settled: its listener starts afresh, and says so
    again if that is still true. Without `hashtags` it keeps following those it follows.

    Raises `BadSettings` (field and German sentence) when it cannot work as given.
    """
    account, _ = Account.objects.select_for_update(no_key=True).get_or_create(network=network, name=name)
    tags = [tag.strip().lstrip("#") for tag in hashtags if tag.strip().lstrip("#")] or account.hashtags
    kept = {**account.secrets, **{key: value for key, value in (secrets or {}).items() if value}}
    registry.make(Connection(network, dict(settings), kept, tuple(tags)), tools_for(account))
    account.settings, account.secrets, account.hashtags = dict(settings), kept, tags
    had_gap = bool(account.gap)
    account.active, account.trouble, account.gap = True, "", ""
    account.save(update_fields=["settings", "secrets", "hashtags", "active", "trouble", "gap"])
    record("connected", account, network=network, gap_settled=had_gap)
    return account


@transaction.atomic
def follow(account: Account, hashtags: Sequence[str]) -> None:
    """From now on it hears these hashtags, too. Again changes nothing."""
    row = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    known = {fold_tag(tag) for tag in row.hashtags}
    row.hashtags += [tag for tag in hashtags if fold_tag(tag) not in known]
    row.save(update_fields=["hashtags"])


def turned_to_us(*, handle: Handle, account: Account | None, channel: str, native_id: str, at: datetime) -> None:
    """Remembers the way back to somebody who wrote to us; an older word never replaces a newer one.

    Who writes is there again, whatever a bounced mail or their network said of them before.
    """
    Handle.objects.filter(pk=handle.pk, gone_at__lt=at).update(gone_at=None)
    row, made = WayBack.objects.get_or_create(
        handle=handle, defaults={"account": account, "channel": channel, "native_id": native_id, "at": at}
    )
    if not made and at >= row.at:
        row.account, row.channel, row.native_id, row.at = account, channel, native_id, at
        row.save()
    if channel == "direct" and account is not None:
        _say_withheld(handle, account, native_id)


def _say_withheld(handle: Handle, account: Account, native_id: str) -> None:
    """In public we asked them to write to us in private; now they have."""
    hints = Send.objects.filter(handle=handle, account=account, kind="reply").exclude(state=Sending.QUEUED)
    for hint in hints.select_related("person").order_by("created_at"):
        if hint.withheld:
            queue_send(
                account=account, person=hint.person, handle=handle, kind="direct", about=hint.about, text=hint.withheld,
                idempotency_key=f"{hint.idempotency_key}:private", in_reply_to=native_id, automatic=hint.automatic,
                subject_line=hint.subject_line,
            )  # fmt: skip
            Send.objects.filter(pk=hint.pk).update(withheld="")


def queue_send(
    *,
    account: Account,
    person: Person | None,
    handle: Handle | None,
    kind: str,
    about: str,
    text: str,
    idempotency_key: str,
    in_reply_to: str = "",
    automatic: bool = False,
    interaction: str = "",
    subject_line: str = "",
    fallback: str = "",
    not_before: datetime | None = None,
    unsubscribe: str = "",
) -> Send | None:
    """One row for one thing to say, or None when the gate refuses it. The same key, or a second automatic answer to the
    same interaction, gives the row there is."""
    rules = rules_of(account)
    if automatic:
        text, fallback = marked(text, rules), marked(fallback, rules) if fallback else ""
    facts = facts_about(person=person, handle=handle, kind=kind, text=text, automatic=automatic)
    if why := refusal(facts, rules, timezone.now()):
        record("kept silent", *([person] if person else []), about=about, reason=why)
        return None
    try:
        with transaction.atomic():
            send = Send.objects.create(
                idempotency_key=idempotency_key, account=account, person=person, handle=handle, kind=kind, about=about,
                text=text, fallback=fallback, in_reply_to=in_reply_to, automatic=automatic, interaction=interaction,
                subject_line=line(subject_line, 200), not_before=not_before, unsubscribe=unsubscribe,
            )  # fmt: skip
            record("queued", send, *([person] if person else []), about=about, automatic=automatic)
    except IntegrityError:
        known = _there_is(idempotency_key, interaction if automatic else "")
        if known is None:
            raise
        return known
    nudge("networks.deliver")
    return send


def _there_is(key: str, interaction: str) -> Send | None:
    same = Send.objects.filter(idempotency_key=key).first()
    answers = Send.objects.filter(interaction=interaction, automatic=True) if interaction else Send.objects.none()
    return same or answers.first()


def tell(
    *,
    person: Person,
    text: str,
    about: str,
    key: str,
    subject_line: str = "",
    automatic: bool = True,
    interaction: str = "",
) -> Send | None:
    """Writes to a person in private, in the network they last wrote to us in, else by mail; None when nothing lets us.

    In public only a hint is left, without anything personal, and only where the network lets no message through.
    """
    for handle, account in ways_to(person):
        way = WayBack.objects.filter(handle=handle).first()
        open_way = way is not None and way.channel == "public"
        send = queue_send(
            account=account, person=person, handle=handle, kind="direct", about=about, text=text, idempotency_key=key,
            in_reply_to=way.native_id if way else "", automatic=automatic, interaction=interaction,
            subject_line=subject_line, fallback=OPEN_ANSWER if open_way else "",
        )  # fmt: skip
        if send is not None:
            return send
    return None


def find_a_way(*, person: Person, subject: models.Model, deadline: datetime | None = None) -> None:
    """Nothing lets the machine write to somebody: a human finds a way, so that nobody is dropped. "Stop" is final, and
    who left no address has been told to look at their own page."""
    if looks_in_themselves(person):
        return
    if Person.objects.filter(pk=person.pk, stopped_at=None).exists():
        due = deadline or timezone.now() + LOOK_WITHIN
        raise_attention(kind=Attention.Kind.BY_HAND, subject=subject, person=person, deadline=due)


def looks_in_themselves(person: Person) -> bool:
    """They filled in the form without an address: all news waits on their own page."""
    handles = list(person.handles.all())
    return bool(handles) and all(handle.network == "form" and not handle.address for handle in handles)


def can_only_be_handed(person: Person) -> bool:
    """Nothing we have lets us write to them, or they said stop: what they need to know a human gives them."""
    return person.stopped_at is not None or not ways_to(person)


def ways_to(person: Person) -> list[tuple[Handle, Account]]:
    """Handles by which we can write, each with the account to use: the last used first, mail last."""
    found = []
    for handle in person.handles.filter(gone_at=None).select_related("way_back__account"):
        way = getattr(handle, "way_back", None)
        account = _account_for(handle, way)
        if account is not None:
            by_mail = handle.network in ("form", "mail")
            found.append((by_mail, -(way.at if way else handle.seen_at).timestamp(), handle, account))
    return [(handle, account) for _, _, handle, account in sorted(found, key=lambda item: item[:2])]


def _account_for(handle: Handle, way: WayBack | None) -> Account | None:
    if handle.network == "manual" or (handle.network == "form" and not handle.address):
        return None
    network = "mail" if handle.network == "form" else handle.network
    if way and way.account and way.account.active and way.account.network == network:
        return way.account
    return Account.objects.filter(network=network, active=True).order_by("pk").first()


@transaction.atomic
def settle_unclear(send: Send, *, as_sent: bool, by: Volunteer) -> Send:
    """A human says what became of an unclear message: it arrived, or it did not and goes out again.

    Raises `ForbiddenStep` when it is not unclear any more: pressed twice it must not go out twice.
    """
    if not Send.objects.select_for_update(no_key=True).filter(pk=send.pk, state=Sending.UNCLEAR).exists():
        raise ForbiddenStep(f"Send {send.pk} is not unclear.")
    if as_sent:
        SENDING.move(send, Sending.SENT, finished_at=timezone.now())
    else:
        SENDING.move(send, Sending.QUEUED, not_before=None)
        nudge("networks.deliver")
    clear_attention(subject=send, kinds=[Attention.Kind.UNCLEAR_SEND], by=by)
    record("settled", send, actor=name_of(by) if by else MACHINE, as_sent=as_sent)
    return send
