"""One round with the payment provider: what it called about, what is due, what moved, what is on its way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from zueinander.giving.actions.online import look_at_payments
from zueinander.giving.actions.online_arriving import settle_transfers
from zueinander.giving.actions.online_moves import book_moves, complete_transfers, fetch_moves
from zueinander.giving.models import Notice, OnlineAccount
from zueinander.giving.online.connecting import provider as connected
from zueinander.giving.online.port import Provider, Trouble

EVERY = timedelta(minutes=15)
"""How often is looked for what moved when the provider has not called."""


def go_round(now: datetime | None = None, provider: Provider | None = None) -> None:
    """Everything that can be known now is known and booked afterwards. Again changes nothing; killed, the rest waits.

    When the provider cannot be understood, its account says why, and the next round tries again.
    """
    at, asked = now or timezone.now(), provider or connected()
    if asked is not None:
        rows = OnlineAccount.objects.filter(provider=asked.name)
        account = rows.order_by(F("closed_at").desc(nulls_first=True), "-pk").first()
        if account is not None:
            _ask(account, asked, at)
    book_moves()
    settle_transfers()


def _ask(account: OnlineAccount, provider: Provider, at: datetime) -> None:
    """All three questions, also when one of them has no answer."""
    called = Notice.objects.filter(done_at=None).exists()
    long_ago = account.looked_at is None or account.looked_at <= at - EVERY
    troubles = []
    questions: tuple[Callable[[], object], ...] = (
        lambda: look_at_payments(provider, at),
        lambda: fetch_moves(account, provider) if called or long_ago else None,
        lambda: complete_transfers(provider),
    )
    for question in questions:
        try:
            question()
        except Trouble as trouble:
            troubles.append(str(trouble)[:300])
    OnlineAccount.objects.filter(pk=account.pk).update(trouble=troubles[0] if troubles else "")
