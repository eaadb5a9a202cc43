"""What the questions page shows as already understood."""

from __future__ import annotations

from typing import Any

from zueinander.listings.models import Listing
from zueinander.people.actions import has_consented
from zueinander.people.models import Person, Purpose


def understood(person: Person, listing: Listing) -> dict[str, Any]:
    """Consent is never prefilled before it was given."""
    return {
        "side": listing.side,
        "first_name": person.first_name,
        "age_band": person.age_band,
        "place": listing.place,
        "occasions": [date.occasion.key for date in listing.dates.select_related("occasion")],
        "party": listing.party,
        "conditions": listing.needs if listing.side == "seek" else listing.accepts,
        "household": listing.household_wish,
        "household_is": listing.household_is,
        "text": listing.text,
        **{purpose: has_consented(person, purpose) for purpose in Purpose.values},
    }
