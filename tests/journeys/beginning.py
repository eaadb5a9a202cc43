"""How an installation of a journey begins: our accounts, a campaign of the coming season, somebody of the team."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from tests.journeys.installation import Installation

EMAIL, PASSWORD = "kim@example.org", "ein langes Kennwort"
_CONNECT = """
import json
from zueinander.networks.actions import connect
for one in json.loads({given!r}):
    connect(network=one["network"], name="Verein", settings=one["settings"], secrets=one["secrets"],
            hashtags=one["tags"])
"""
_OPEN = """
from datetime import date
from zueinander.campaigns.models import Campaign, Occasion
from zueinander.networks.models import Account
from zueinander.people.models import Role, Volunteer
campaign = Campaign.objects.create(
    slug="kba", name="#KeinerBleibtAllein", hashtags={tags!r}, countries=["DE", "AT", "CH"], state="open",
    season_start=date({year}, 1, 1), season_end=date({year}, 12, 31))
for day, name in ((24, "Heiligabend"), (25, "1. Weihnachtstag"), (26, "2. Weihnachtstag"), (31, "Silvester")):
    Occasion.objects.create(campaign=campaign, on=date({year}, 12, day), name=name)
campaign.accounts.set(Account.objects.all())
Volunteer.objects.create_user({email!r}, {password!r}, role=Role.VOLUNTEER, name="Kim")
"""


def season() -> int:
    """The year whose Christmas is still some days away, so that the journey works on every day of the year."""
    today = datetime.now(UTC).date()
    return today.year + (today > date(today.year, 12, 18))


def connect(installation: Installation, stages: Iterable[Any]) -> None:
    """Our accounts, as the stages hold them ready."""
    given = [
        {
            "network": one.network,
            "settings": dict(one.settings),
            "tags": list(one.hashtags),
            "secrets": dict(one.secrets),
        }
        for one in (stage.connection for stage in stages)
    ]  # fmt: skip
    installation.script(_CONNECT.format(given=json.dumps(given)))


def open_campaign(installation: Installation, tags: list[str]) -> None:
    installation.script(_OPEN.format(tags=tags, year=season(), email=EMAIL, password=PASSWORD))
