"""What this room holds about a person."""

from __future__ import annotations

from zueinander.listings.models import Listing, ListingDate
from zueinander.shared.forgetting import Held

HOLDS: tuple[Held, ...] = (Held(ListingDate, "listing__person"), Held(Listing, "person"))
