"""Two people of the team, a campaign, and one case of each kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from zueinander.campaigns.models import Campaign, Occasion, Running
from zueinander.intake.models import Post
from zueinander.listings.models import Listing, ListingDate, Side, Standing
from zueinander.matching.models import Match
from zueinander.people.actions import meet, raise_attention
from zueinander.people.models import Attention, Person, Role, Volunteer
from zueinander.understanding.models import Reading

TEXT = "Suche Anschluss <b>in</b> Worms an Heiligabend"


def member(name: str, role: str = Role.VOLUNTEER) -> Volunteer:
    return Volunteer.objects.create_user(f"{name.lower()}@example.org", role=role, name=name)


def at_desk(who: Volunteer) -> Client:
    client = Client()
    client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def ada(db: None) -> Volunteer:
    return member("Ada")


@pytest.fixture
def bo(db: None) -> Volunteer:
    return member("Bo", Role.COORDINATOR)


@dataclass
class World:
    campaign: Campaign
    occasion: Occasion
    seeker: Person
    host: Person
    post: Post
    reading: Reading
    match: Match
    case: Attention
    proposal: Attention


def listing(person: Person, campaign: Campaign, occasion: Occasion, side: str) -> Listing:
    row = Listing.objects.create(
        person=person, campaign=campaign, side=side, state=Standing.OPEN, place="Worms", country="DE",
        lat=49.63, lon=8.36, needs=["dog"] if side == Side.SEEK else [], text=f"{side} von {person.first_name}",
    )  # fmt: skip
    ListingDate.objects.create(listing=row, occasion=occasion, seats=1)
    return row


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def make_world() -> World:
    today = timezone.localdate()
    day = today + timedelta(days=20)
    campaign = Campaign.objects.create(
        slug="kba", name="Aktion", hashtags=["KeinerBleibtAllein"], countries=["DE"],
        season_start=date(today.year, 1, 1), season_end=day, state=Running.OPEN,
    )  # fmt: skip
    occasion = Occasion.objects.create(campaign=campaign, on=day, name="Heiligabend")
    people = []
    for number, name in enumerate(("Mira", "Jost")):
        person = meet(network="mastodon", native_id=str(number), visible_name=name).person
        person.first_name, person.age_band = name, "30-44"
        person.save()
        people.append(person)
    seeker, host = people
    post = Post.objects.create(
        network="mastodon", key="k1", native_id="1", handle=seeker.handles.get(), campaign=campaign, text=TEXT
    )
    start = TEXT.index("Worms")
    found = {
        "intent": "seek", "when": [], "people": 1,
        "places": [{"name": "Worms", "country": "DE", "start": start, "end": start + 5, "confidence": 0.4}],
    }  # fmt: skip
    reading = Reading.objects.create(post=post, intent="seek", confidence=0.5, reader="test", found=found)
    seek, offer = (listing(p, campaign, occasion, s) for p, s in ((seeker, Side.SEEK), (host, Side.OFFER)))
    match = Match.objects.create(
        campaign=campaign,
        seek=seek,
        offer=offer,
        occasion=occasion,
        party=1,
        distance_km=12,
        reasons=["Nah beieinander."],
    )
    soon = timezone.now() + timedelta(hours=20)
    return World(
        campaign, occasion, seeker, host, post, reading, match,
        raise_attention(kind=Attention.Kind.BY_HAND, subject=post, deadline=soon, person=seeker),
        raise_attention(kind=Attention.Kind.PROPOSAL, subject=match, deadline=soon + timedelta(hours=1), person=seeker),
    )  # fmt: skip
