"""Saying what waits: one row at a time, claimed before it is tried, settled after."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from zueinander.journal.actions import record
from zueinander.networks.connecting import adapter_for
from zueinander.networks.gate import facts_about
from zueinander.networks.models import SENDING, Account, Send, Sending
from zueinander.networks.port import (
    Adapter,
    Address,
    BadSettings,
    Converses,
    Outgoing,
    Publishes,
    Refused,
    Sent,
    Unclear,
    remembers,
    repeatable,
)
from zueinander.networks.rules import (
    DANGER,
    GONE,
    MAX_ATTEMPTS,
    MINOR,
    NO_ACCOUNT,
    NO_BASIS,
    STOPPED,
    TOO_LATE,
    pause_after,
    refusal,
)
from zueinander.people.actions import raise_attention
from zueinander.people.models import Attention
from zueinander.shared.lifecycle import ForbiddenStep

log = logging.getLogger(__name__)
TRYING_LASTS = timedelta(minutes=5)
"""No try takes longer: adapters give a server up after a minute."""
LOOK_WITHIN = timedelta(hours=4)
_OURS = frozenset({DANGER, GONE, MINOR, NO_BASIS, STOPPED, TOO_LATE})
"""Refusals of our own gate: nothing is tried instead."""
_SETTLED = frozenset({DANGER, MINOR, STOPPED})
"""Refusals after which nobody needs to find another way: it is final, or a human looks already."""


def deliver_waiting(limit: int = 50) -> int:
    """Tries up to `limit` waiting messages, the oldest first; returns how many were tried. Many may run at once."""
    tried = 0
    while tried < limit and (send := _claim()) is not None:
        _try(send)
        tried += 1
    return tried


@transaction.atomic
def _claim() -> Send | None:
    now = timezone.now()
    send = (
        Send.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
        .select_related("account", "handle", "person")
        .filter(Q(not_before=None) | Q(not_before__lte=now), state=Sending.QUEUED)
        .order_by("created_at")
        .first()
    )
    if send is not None:
        SENDING.move(send, Sending.TRYING, tried_at=now, attempts=send.attempts + 1)
    return send


def _outgoing(send: Send) -> Outgoing:
    to = Address(send.handle.native_id, send.handle.address) if send.handle else None
    kind = send.kind if send.kind in ("reply", "direct") else "public"
    key = f"{send.idempotency_key}:open" if send.kind == "reply" else send.idempotency_key
    return Outgoing(
        idempotency_key=key, to=to, text=send.text, kind=kind,  # type: ignore[arg-type]
        in_reply_to=send.in_reply_to, automatic=send.automatic, subject=send.subject_line, unsubscribe=send.unsubscribe,
    )  # fmt: skip


def _try(send: Send) -> None:
    """One attempt, outside any transaction; whatever happens, the row says it afterwards."""
    adapter: Adapter | None = None
    try:
        adapter = _voice(send)
        if why := _refused_now(send, adapter):
            raise Refused(why)
        if send.unclear_since and not remembers(adapter, timezone.now() - send.unclear_since):
            raise Unclear(send.reason)  # it waited too long: said again it might be there twice
        outgoing = _outgoing(send)
        assert isinstance(adapter, Converses | Publishes)
        sent = adapter.publish(outgoing) if outgoing.kind == "public" else adapter.send(outgoing)  # type: ignore[union-attr]
        _settle_sent(send, sent)
    except Refused as refused:
        _settle_refused(send, refused)
    except Unclear as unclear:
        _settle_unclear(send, unclear.reason, adapter)
        _let_rest(send.account, timezone.now() + pause_after(1))
    except ForbiddenStep:
        log.warning("send %s was settled by somebody else", send.pk)
    except Exception as error:  # an adapter broke in the middle: nobody knows whether it was said
        log.exception("send %s broke", send.pk)
        _settle_unclear(send, f"{type(error).__name__}"[:200], adapter)


def _voice(send: Send) -> Adapter:
    account: Account | None = send.account
    if account is None or not account.active:
        raise Refused(NO_ACCOUNT)
    try:
        return adapter_for(account)
    except BadSettings as bad:
        raise Refused(bad.message) from bad


def _refused_now(send: Send, adapter: Adapter) -> str:
    facts = facts_about(
        person=send.person, handle=send.handle, kind=send.kind, text=send.text, automatic=send.automatic
    )
    capability = Publishes if send.kind == "public" else Converses
    return refusal(facts, adapter.rules, timezone.now()) or ("" if isinstance(adapter, capability) else NO_ACCOUNT)


@transaction.atomic
def _settle_sent(send: Send, sent: Sent) -> None:
    SENDING.move(
        send, Sending.SENT, native_id=sent.native_id, url=sent.url, reason="", finished_at=timezone.now()
    )  # fmt: skip
    record("sent", send, *([send.person] if send.person else []), about=send.about)


@transaction.atomic
def _settle_refused(send: Send, refused: Refused) -> None:
    now = timezone.now()
    if refused.retry_after is not None and send.attempts < MAX_ATTEMPTS:
        SENDING.move(send, Sending.QUEUED, not_before=now + refused.retry_after, reason=refused.reason[:500])
        if refused.all_wait:
            _let_rest(send.account, now + refused.retry_after)
    elif send.kind == "direct" and send.fallback and refused.reason not in _OURS:
        SENDING.move(
            send, Sending.QUEUED, kind="reply", text=send.fallback, withheld=send.text, fallback="", attempts=0,
            reason=refused.reason[:500],
        )  # fmt: skip
    else:
        SENDING.move(send, Sending.REFUSED, reason=refused.reason[:500], finished_at=now)
        record("refused", send, *([send.person] if send.person else []), about=send.about)
        if send.person is not None and refused.reason not in _SETTLED:
            raise_attention(
                kind=Attention.Kind.BY_HAND, subject=send, person=send.person, deadline=now + LOOK_WITHIN
            )  # fmt: skip


def _let_rest(account: Account | None, until: datetime) -> None:
    """What else this account has to say waits: a network that asks for a pause gets one, and one that hangs makes one
    message unclear, not all of them, and keeps no other network's waiting."""
    waiting = Send.objects.filter(Q(not_before=None) | Q(not_before__lt=until), account=account, state=Sending.QUEUED)
    waiting.update(not_before=until)


@transaction.atomic
def _settle_unclear(send: Send, reason: str, adapter: Adapter | None) -> None:
    later = timezone.now() + pause_after(send.attempts)
    since = send.unclear_since or send.tried_at or later
    again = adapter is not None and repeatable(adapter, _outgoing(send)) and remembers(adapter, later - since)
    if again and send.attempts < MAX_ATTEMPTS:
        SENDING.move(send, Sending.QUEUED, not_before=later, reason=reason[:500], unclear_since=since)
        return
    SENDING.move(send, Sending.UNCLEAR, reason=reason[:500], unclear_since=None)
    record("unclear", send, *([send.person] if send.person else []), about=send.about)
    raise_attention(
        kind=Attention.Kind.UNCLEAR_SEND, subject=send, person=send.person, deadline=timezone.now() + LOOK_WITHIN
    )


def reclaim_trying(older_than: timedelta = TRYING_LASTS) -> int:
    """Messages whose sender died in the middle: repeated where that cannot double, else a human decides."""
    stuck = Send.objects.select_related("account", "handle", "person").filter(
        state=Sending.TRYING, tried_at__lt=timezone.now() - older_than
    )
    count = 0
    for send in stuck:
        try:
            adapter = _voice(send)
        except Refused:
            adapter = None
        try:
            _settle_unclear(send, "the sender was interrupted", adapter)
            count += 1
        except ForbiddenStep:
            continue
    return count
