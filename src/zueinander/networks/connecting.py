"""From an account's row to its adapter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import httpx

from zueinander.networks import registry
from zueinander.networks.models import Account
from zueinander.networks.port import Adapter, Connection, Tools

TIMEOUT = httpx.Timeout(20.0, connect=10.0)


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True)
class AccountSession:
    """A login kept sealed in the account's row."""

    account_id: int

    def load(self) -> str:
        return Account.objects.values_list("session", flat=True).filter(pk=self.account_id).first() or ""

    def save(self, session: str) -> None:
        Account.objects.filter(pk=self.account_id).update(session=session)


class NoSession:
    """For sources without a login of ours."""

    def load(self) -> str:
        return ""

    def save(self, session: str) -> None:
        return None


def bare_tools() -> Tools:
    """For sources that neither log in nor keep anything: the form, pasting."""
    return Tools(SystemClock(), httpx.Client(timeout=TIMEOUT), NoSession())


def tools_for(account: Account) -> Tools:
    return Tools(SystemClock(), httpx.Client(timeout=TIMEOUT), AccountSession(account.pk))


def adapter_for(account: Account) -> Adapter:
    """The account's adapter; raises `BadSettings` when it cannot be made from what is stored."""
    connection = Connection(account.network, account.settings, account.secrets, tuple(account.hashtags))
    return registry.make(connection, tools_for(account))
