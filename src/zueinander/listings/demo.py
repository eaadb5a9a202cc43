"""In the demonstration nobody is there to answer our questions: the invented people confirm what was understood."""

from __future__ import annotations

from zueinander.campaigns.models import Running
from zueinander.journal.actions import name_of
from zueinander.listings.confirming import Answers, confirm
from zueinander.listings.models import Listing, Standing
from zueinander.people.models import AgeBand, Purpose


def answer_for_everybody(limit: int = 100) -> int:
    """Confirms drafts of demonstrations as their people would; returns how many. Real campaigns are never touched."""
    drafts = Listing.objects.filter(
        campaign__demonstration=True, campaign__state=Running.OPEN, state=Standing.DRAFT, lat__isnull=False,
        person__stopped_at=None, person__handles__network="replay",
    ).exclude(person__age_band=AgeBand.UNDER_18).select_related("person").distinct()[:limit]  # fmt: skip
    rows = list(drafts)
    for listing in rows:
        confirm(listing, answers=_answers(listing), actor=name_of(listing.person))
    return len(rows)


def _answers(listing: Listing) -> Answers:
    handle = listing.person.handles.first()
    name = (handle.visible_name if handle else "").split(" ")[0] or "Jemand"
    return Answers(
        first_name=name, side=listing.side, place=listing.place, country=listing.country, lat=listing.lat,
        lon=listing.lon, radius_km=listing.radius_km, party=listing.party, needs=listing.needs, accepts=listing.accepts,
        dates=[(date.occasion_id, date.seats) for date in listing.dates.all()],
        household_wish=listing.household_wish, household_is=listing.household_is,
        age_band=listing.person.age_band or AgeBand.FROM_30, text=listing.text,
        purposes=[Purpose.MATCH, Purpose.SHARE],
    )  # fmt: skip
