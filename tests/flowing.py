"""Letting things arrive and flow, as the listeners and the worker do."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from zueinander.campaigns.models import Campaign, Occasion, Running
from zueinander.intake.actions import store
from zueinander.intake.models import Post
from zueinander.listings.actions import take_up_waiting
from zueinander.networks.models import Account
from zueinander.networks.port import Author, Batch, Event, Posted
from zueinander.people.models import Volunteer
from zueinander.understanding.actions import read_waiting

NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)
OCCASIONS = ((12, 24, "Heiligabend"), (12, 25, "1. Weihnachtstag"), (12, 26, "2. Weihnachtstag"), (12, 31, "Silvester"))
_numbers = count(1)


def make_campaign(slug: str = "kba", hashtags: tuple[str, ...] = ("KeinerBleibtAllein",)) -> Campaign:
    made = Campaign.objects.create(
        slug=slug, name=f"#{slug}", hashtags=list(hashtags), countries=["DE", "AT", "CH"], state=Running.OPEN,
        season_start=date(2026, 11, 1), season_end=date(2026, 12, 31),
    )  # fmt: skip
    for month, day, name in OCCASIONS:
        Occasion.objects.create(campaign=made, on=date(2026, month, day), name=name)
    return made


def make_account(network: str = "replay", name: str = "wir", **values: Any) -> Account:
    return Account.objects.create(network=network, name=name, **values)


def make_volunteer() -> Volunteer:
    return Volunteer.objects.create_user(f"team{next(_numbers)}@example.org")


def said(text: str, **values: Any) -> Posted:
    """A post of somebody; `to_us`: they mention us. Everything else as in `Posted`."""
    number = next(_numbers)
    who = values.pop("who", f"mensch-{number}")
    native_id = values.pop("native_id", f"post-{number}")
    tags = ("KeinerBleibtAllein",) if "#KeinerBleibtAllein" in text else ()
    given: dict[str, Any] = {
        "network": "replay", "native_id": native_id, "uri": native_id, "version": "1",
        "author": Author(who, who, f"@{who}"),
        "text": text, "posted_at": NOW, "mentions_us": values.pop("to_us", False),
        "hashtags": tags, "thread_id": native_id,
    }  # fmt: skip
    return Posted(**{**given, **values})


def arrive(account: Account, *events: Event, cursor: str = "") -> int:
    return store(account, Batch(tuple(events), cursor or f"c{next(_numbers)}", NOW))


def flow() -> None:
    while read_waiting() or take_up_waiting():
        pass


def only_post() -> Post:
    return Post.objects.get()
