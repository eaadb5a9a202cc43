"""The invented day: a campaign of its own, played through the replay network, and removed whole."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from zueinander.campaigns.models import Campaign, Occasion, Running
from zueinander.intake.models import Malformed
from zueinander.networks.models import Account
from zueinander.people.models import Person
from zueinander.shared.forgetting import erase

SLUG = "probelauf"
OCCASIONS = ((12, 24, "Heiligabend"), (12, 25, "1. Weihnachtstag"), (12, 26, "2. Weihnachtstag"), (12, 31, "Silvester"))


@transaction.atomic
def start() -> Campaign:
    """The demonstration's campaign, made when it is not there; the listeners play the day by themselves."""
    year = timezone.localdate().year
    campaign, made = Campaign.objects.get_or_create(
        slug=SLUG,
        defaults={
            "name": "Probelauf #KeinerBleibtAllein",
            "hashtags": ["KeinerBleibtAllein"],
            "countries": ["DE", "AT", "CH"],
            "season_start": date(year, 11, 1),
            "season_end": date(year, 12, 31),
            "state": Running.OPEN,
            "demonstration": True,
        },
    )
    if made:
        for month, day, name in OCCASIONS:
            Occasion.objects.create(campaign=campaign, on=date(year, month, day), name=name)
        account = Account.objects.create(
            network="replay", name="Probelauf", settings={"day": "heiligabend-naht", "speed": "0", "year": str(year)},
            hashtags=campaign.hashtags,
        )  # fmt: skip
        campaign.accounts.add(account)
    return campaign


def remove() -> int:
    """Erases everybody the demonstration made, then the campaign; returns how many people there were.

    The account goes first: without it nothing that is still being played can be stored any more.
    """
    Account.objects.filter(network="replay").delete()
    people = list(Person.objects.filter(handles__network="replay").distinct().values_list("pk", flat=True))
    for person in people:
        erase(person)
    Malformed.objects.filter(network="replay").delete()
    Campaign.objects.filter(demonstration=True).delete()
    return len(people)
