"""What every network can be asked for, by capability; no network's own words get past this file.

An adapter is handed its clock, HTTP client and credentials (`Tools`, `Connection`), knows no database and no Django,
and has as many of the capabilities below as its network allows: ask with ``isinstance(adapter, Listens)``.

Promises all adapters keep (tests/networks/test_conformance.py):

* The same thing delivered twice has the same `native_id` and the same `version`; an edit changes only `version`.
* After a restart with the cursor of the last stored batch nothing is missed; something may come twice.
* Nothing that arrives can stop the stream: what cannot be understood comes as `Malformed`.
* Every text has passed `texts.clean`: no NUL, no control or text-direction characters, never longer than the limits.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, Protocol, runtime_checkable

import httpx

from zueinander.networks.events import (
    AccountGone,
    AccountStatus,
    Address,
    Author,
    Basis,
    Batch,
    Channel,
    Deleted,
    Event,
    Malformed,
    Posted,
    Renamed,
    Standing,
    Undelivered,
)

__all__ = [
    "AccountGone",
    "AccountStatus",
    "Adapter",
    "Address",
    "Author",
    "BadSettings",
    "Basis",
    "Batch",
    "Channel",
    "Clock",
    "Connection",
    "Converses",
    "Declares",
    "Deleted",
    "Event",
    "Figure",
    "Listens",
    "Malformed",
    "Measures",
    "Outgoing",
    "Posted",
    "Publishes",
    "Rechecked",
    "Rechecks",
    "Refused",
    "Renamed",
    "Rules",
    "Sent",
    "SessionStore",
    "Standing",
    "Tools",
    "Unclear",
    "Undelivered",
    "Withdraws",
    "basis_of",
    "remembers",
    "repeatable",
]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One thing to say. `idempotency_key` is stored before the first attempt and never used for anything else.

    `in_reply_to` is the `native_id` of what is answered; `automatic` marks it as written by a machine (the adapter adds
    what its network demands besides the text, e.g. a mail header); `subject` is used by mail only, and so is
    `unsubscribe`, the address by which a mail to many is left with one click.
    """

    idempotency_key: str
    to: Address | None
    text: str
    kind: Literal["reply", "direct", "public"]
    in_reply_to: str = ""
    automatic: bool = False
    subject: str = ""
    lang: str = "de"
    unsubscribe: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    native_id: str
    url: str = ""


class Refused(Exception):  # noqa: N818  an answer of the port, not a fault
    """It certainly did not happen. `retry_after`: the network asks to come back then; None: a repeat is useless.

    `all_wait`: that holds for everything our account has to say, not for this message alone.
    """

    def __init__(self, reason: str, retry_after: timedelta | None = None, *, all_wait: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after
        self.all_wait = all_wait


class Unclear(Exception):  # noqa: N818
    """It may or may not have happened (connection lost after sending, server error)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BadSettings(ValueError):  # noqa: N818
    """A connection cannot be made from these settings; `message` is German and for the person who typed them."""

    def __init__(self, field_name: str, message: str) -> None:
        super().__init__(f"{field_name}: {message}")
        self.field_name = field_name
        self.message = message


@dataclass(frozen=True, slots=True)
class Rules:
    """What a network permits, for the consent gate and for writing texts that fit.

    `automatic`: bases on which ONE automatic answer per interaction may go out. `answer_window`: how long after their
    last word we may write at all (None: for ever). `answer_within`: the promise of the channel, the volunteers' work
    order. `count` gives a text's length the way the network counts it, never more than `max_length`.
    `disclosure`: German words every automatic answer must contain. `may_write_first`: whether a person who never wrote
    to us may be written to directly.
    """

    automatic: frozenset[Basis]
    answer_window: timedelta | None
    answer_within: timedelta
    max_length: int
    count: Callable[[str], int]
    counted_in: Literal["graphemes", "characters"]
    disclosure: str
    may_write_first: bool = False

    def may_answer_automatically(self, posted: Posted) -> bool:
        """Basis, machines and opt-outs; whether somebody said stop or is in danger is not known here."""
        if posted.automatic:
            return False
        if posted.via_bot_optout and basis_of(posted) not in ("direct", "form"):
            return False
        return basis_of(posted) in self.automatic

    def fits(self, text: str) -> bool:
        return 0 < self.count(text) <= self.max_length


def basis_of(posted: Posted) -> Basis:
    """The strongest reason why we may react: form and paste by network, then direct, reply, mention, hashtag."""
    if posted.network == "form":
        return "form"
    if posted.network == "manual" or posted.extra.get("pasted"):
        return "pasted"
    if posted.channel == "direct":
        return "direct"
    if posted.reply_to_us:
        return "reply"
    return "mention" if posted.mentions_us else "hashtag"


@runtime_checkable
class Adapter(Protocol):
    """What all have. `network` is the registry's key; `idempotent`: no repeated send with the same key can double.

    Where that holds for some kinds only, `idempotent` is False and `repeatable` knows more; where it holds for a time
    only, `remembers` knows how long.
    """

    network: str
    rules: Rules
    idempotent: bool


def repeatable(adapter: Adapter, outgoing: Outgoing) -> bool:
    """Whether sending this again after `Unclear` is safe; some networks know the key only for some kinds."""
    kinds = getattr(adapter, "idempotent_kinds", None)
    return adapter.idempotent if kinds is None else outgoing.kind in kinds


def remembers(adapter: Adapter, ago: timedelta) -> bool:
    """Whether the network still knows the key of something said so long ago; most know it for ever."""
    longest: timedelta | None = getattr(adapter, "remembers", None)
    return longest is None or ago < longest


@runtime_checkable
class Listens(Protocol):
    def listen(self, cursor: str | None, stop: threading.Event) -> Iterator[Batch]:
        """Go on behind `cursor` (None: from as far back as the network gives cheaply) until `stop` is set.

        Reconnects by itself with growing pauses, notices a hanging server, respects Retry-After. Raises only `Refused`,
        when coming again is useless (the password is wrong). Generators end within a few seconds of `stop`.
        """
        ...


@runtime_checkable
class Converses(Protocol):
    def send(self, outgoing: Outgoing) -> Sent:
        """Say it once. Raises `Refused` (it did not happen) or `Unclear` (nobody knows); never retries by itself."""
        ...


@runtime_checkable
class Publishes(Protocol):
    def publish(self, outgoing: Outgoing) -> Sent:
        """Like `send` for a public post to nobody in particular (`kind="public"`)."""
        ...


@runtime_checkable
class Withdraws(Protocol):
    def delete(self, native_id: str) -> None:
        """Remove something of ours; already gone is success. Raises `Refused` or `Unclear`."""
        ...


@dataclass(frozen=True, slots=True)
class Rechecked:
    """`standing` has every id that can be asked for (what is left out never can); `current` the posts as they are now,
    where the network shows them.

    `pause`: the network wants to be left alone for so long (None: it did not say so).
    """

    standing: Mapping[str, Standing]
    current: tuple[Posted, ...] = ()
    pause: timedelta | None = None


@runtime_checkable
class Rechecks(Protocol):
    def still_there(self, native_ids: Sequence[str]) -> Rechecked:
        """Look again at stored posts. A network that cannot be reached answers "unknown", never "gone", and is not
        asked on in the same call."""
        ...


@dataclass(frozen=True, slots=True)
class Figure:
    """`name` is one of likes, shares, replies, quotes, followers, views."""

    name: str
    value: int
    at: datetime


@runtime_checkable
class Measures(Protocol):
    def measure(self, native_ids: Sequence[str]) -> Mapping[str, tuple[Figure, ...]]:
        """Figures of posts; the empty id "" stands for our account itself. What is unknown is left out, never 0."""
        ...


@runtime_checkable
class Declares(Protocol):
    def declare_automation(self) -> None:
        """Marks our account as automated, as networks ask; again is harmless. Raises `Refused` or `Unclear`."""
        ...


class Clock(Protocol):
    def now(self) -> datetime: ...


class SessionStore(Protocol):
    """Keeps a login between runs (sealed by whoever implements it)."""

    def load(self) -> str: ...

    def save(self, session: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Connection:
    """One of our accounts. `settings` and `secrets` are keyed by the names of the network's `Field`s.

    `hashtags` without "#", compared without regard to case.
    """

    network: str
    settings: Mapping[str, str]
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    hashtags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tools:
    """What an adapter gets from outside. `http` has its timeouts set."""

    clock: Clock
    http: httpx.Client
    session: SessionStore
