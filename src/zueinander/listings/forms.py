"""Answers of our public form, as they lie beside a post."""

from __future__ import annotations

from zueinander.campaigns.models import Campaign
from zueinander.intake.models import Post
from zueinander.listings.confirming import Answers
from zueinander.listings.models import Household, HouseholdIs, Side
from zueinander.listings.rules import CONDITIONS, MAX_PARTY
from zueinander.people.models import AgeBand, Person, Purpose
from zueinander.understanding.rules import place

ANY_DAY = "any"


def answers_of(post: Post, person: Person, campaign: Campaign) -> Answers:
    """Unknown words are left out: the form has checked them, but a request can be made by hand."""
    given = {key: str(value) for key, value in post.extra.items()}
    spot = place(given.get("place", "").strip()[:120]) if given.get("place", "").strip() else {}
    party = max(1, min(int(given["party"]), MAX_PARTY)) if given.get("party", "").isdigit() else 1
    keys = given.get("occasions", "").split()
    dates = [(o.pk, party) for o in campaign.to_come() if o.key in keys or ANY_DAY in keys]
    conditions = [name for name in given.get("conditions", "").split() if name in CONDITIONS]
    side = given["side"] if given["side"] in Side.values else Side.SEEK
    return Answers(
        first_name=person.first_name or (post.handle.visible_name if post.handle else ""),
        side=side,
        place=str(spot.get("name", "")),
        country=str(spot.get("country", "")),
        lat=spot.get("lat"),
        lon=spot.get("lon"),
        dates=dates,
        party=party,
        needs=conditions if side == Side.SEEK else [],
        accepts=conditions if side == Side.OFFER else [],
        household_wish=given.get("household", "") if given.get("household") in Household.values else "",
        household_is=given.get("household_is", "") if given.get("household_is") in HouseholdIs.values else "",
        age_band=given.get("age_band", "") if given.get("age_band") in AgeBand.values else "",
        text=post.text,
        purposes=[p for p in given.get("consents", "").split() if p in Purpose.values],
    )
