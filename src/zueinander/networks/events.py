"""What networks tell us, in one language for all of them. Part of the port: import it from there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Channel = Literal["public", "direct"]
Basis = Literal["hashtag", "mention", "reply", "direct", "form", "pasted", "opt_in"]
"""Why we may know of somebody's words at all; the consent gate decides by it."""

Standing = Literal["there", "gone", "unknown"]
AccountStatus = Literal["active", "deactivated", "suspended", "takendown", "deleted"]


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote. `native_id` never changes (DID, account id, mail address); name and address may.

    `address` is how the network shows it ("@ada@example.social"); `url` is the profile page or empty.
    """

    native_id: str
    visible_name: str = ""
    address: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person is written to. `address` helps networks that need the shown name besides the id."""

    native_id: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """Something somebody wrote, new or edited (same `native_id`, other `version`).

    `posted_at` is aware and never in the future of its arrival. `uri` is the network's own permanent name, `url` a page
    a human can open (may be empty). `no_republish`: never show it on a public page. `via_bot_optout`: the author asks
    automated accounts to stay away. `notes` names what `texts.clean` had to do ("cut", "controls", "direction").
    """

    network: str
    native_id: str
    uri: str
    version: str
    author: Author
    text: str
    posted_at: datetime
    channel: Channel = "public"
    mentions_us: bool = False
    reply_to_us: bool = False
    hashtags: tuple[str, ...] = ()
    lang: str = ""
    url: str = ""
    thread_id: str = ""
    in_reply_to: str = ""
    no_republish: bool = False
    via_bot_optout: bool = False
    subject: str = ""
    automatic: bool = False
    """The sender's machine wrote it (out-of-office, another bot): never answer it automatically."""
    notes: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
    """Facts only this source knows, e.g. answers of the form (`postcode`, `occasion`); never needed to understand."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """The author or the network removed it; also sent for things never delivered before."""

    network: str
    native_id: str


@dataclass(frozen=True, slots=True)
class AccountGone:
    """An author's account changed state; `active` means it came back."""

    network: str
    native_id: str
    status: AccountStatus


@dataclass(frozen=True, slots=True)
class Renamed:
    network: str
    author: Author


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message of ours did not reach `address` (bounce). `permanent`: a repeat is useless."""

    network: str
    native_id: str
    address: str
    permanent: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Malformed:
    """Something arrived that nobody can read. `excerpt` is cleaned and bounded, for the operator's eyes."""

    network: str
    reason: str
    excerpt: str


Event = Posted | Deleted | AccountGone | Renamed | Undelivered | Malformed


@dataclass(frozen=True, slots=True)
class Batch:
    """Events in order of arrival (maybe none: a sign of life), and where to go on after storing them.

    `gap` is empty, or says in German what this source cannot have seen (its cursor was too old, say).
    """

    events: tuple[Event, ...]
    cursor: str
    seen_through: datetime
    gap: str = ""
