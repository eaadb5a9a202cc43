"""Invented people who seek and offer company, made through the real rows; used by the tests of several rooms."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from zueinander.campaigns.models import Campaign, Occasion
from zueinander.introductions import actions as introducing
from zueinander.introductions.models import Introduction
from zueinander.journal.actions import name_of
from zueinander.listings.models import Listing, ListingDate
from zueinander.matching import actions as matching
from zueinander.matching.models import Match, Matching
from zueinander.networks.actions import turned_to_us
from zueinander.networks.models import Account
from zueinander.people.actions import give_consent, meet
from zueinander.people.models import Person, Volunteer

WORMS, MANNHEIM, KIEL = (49.63, 8.36), (49.49, 8.47), (54.32, 10.14)
_numbers = count(1)


def volunteer() -> Volunteer:
    return Volunteer.objects.create_user(f"v{next(_numbers)}@example.org", name="Vera")


def campaign(days: int = 20) -> Campaign:
    """A running one with two occasions: "Heiligabend" in `days` days and "Silvester" a week later."""
    today = timezone.localdate()
    made = Campaign.objects.create(
        slug=f"aktion-{next(_numbers)}", name="Niemand allein", hashtags=["NiemandAllein"], countries=["DE"],
        state="open", season_start=today - timedelta(days=60), season_end=today + timedelta(days=days + 30),
    )  # fmt: skip
    Occasion.objects.create(campaign=made, on=today + timedelta(days=days), name="Heiligabend")
    Occasion.objects.create(campaign=made, on=today + timedelta(days=days + 7), name="Silvester")
    return made


def account() -> Account:
    return Account.objects.get_or_create(network="mastodon", name="@hilfe@example.org")[0]


def person(name: str, *, reachable: bool = True, purposes: tuple[str, ...] = ("match", "share"), **more: Any) -> Person:
    handle = meet(network="mastodon", native_id=f"{name}-{next(_numbers)}", visible_name=name, address=f"@{name}")
    made = handle.person
    made.first_name = name
    for key, value in {"age_band": "30-44", **more}.items():
        setattr(made, key, value)
    made.save()
    give_consent(person=made, purposes=list(purposes))
    if reachable:
        turned_to_us(handle=handle, account=account(), channel="direct", native_id=name, at=timezone.now())
    return made


def listing(
    of: Campaign, side: str, name: str = "", *, who: Person | None = None, at: tuple[float, float] = WORMS,
    seats: int = 1, days: int = 1, **more: Any,
) -> Listing:  # fmt: skip
    """An open listing with the campaign's first `days` occasions; `seats`: the party, or places on each."""
    values = {
        "state": "open", "place": "Worms", "country": "DE", "lat": at[0], "lon": at[1], "radius_km": 50,
        "party": seats if side == "seek" else 1, "confirmed_at": timezone.now(), "text": f"Worte von {name}",
    }  # fmt: skip
    made = Listing.objects.create(campaign=of, side=side, person=who or person(name), **{**values, **more})
    for rank, occasion in enumerate(of.occasions.all()[:days]):
        ListingDate.objects.create(listing=made, occasion=occasion, seats=seats, preference=rank)
    return made


def proposal(of: Campaign, seek: Listing, offer: Listing) -> Match:
    """The machine's proposal for exactly these two."""
    matching.propose(of)
    return Match.objects.get(seek=seek, offer=offer, state=Matching.PROPOSED)


def introduction(of: Campaign | None = None, **host: Any) -> Introduction:
    """Two people who said yes after a volunteer's yes: Ada seeks, Bo hosts."""
    of = of or campaign()
    match = proposal(of, listing(of, "seek", "Ada"), listing(of, "offer", "Bo", **host))
    matching.approve(match, by=volunteer())
    introducing.ask_approved()
    made = [introducing.answer(ask, yes=True, actor=name_of(ask.listing.person)) for ask in match.asks.all()]
    assert made[0] is None
    assert made[1] is not None
    return made[1]


def taken(row: Listing) -> list[int]:
    return [day.taken for day in row.dates.all()]
