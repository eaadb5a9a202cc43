"""How many people a text speaks of, places that are left, and for whom it asks.

Who asks and says no number gets none: a listing takes it for one person, and should the wish turn out an offer,
nothing wrong was counted.
"""

from __future__ import annotations

from collections.abc import Mapping

from . import headcount, kinship, party
from .seats import seats_left

_WISHES = ("seek", "offer", "both")
_PERHAPS = 0.1  # a text that is this unlikely a wish is none
_OR_ELSE = 0.15  # from here on a number is also heard that only the other side would tell


def company(intent: str, chances: Mapping[str, float], low: str) -> tuple[int | None, int | None, bool]:
    """People, seats, and whether somebody else is spoken for. Of a text that is no wish, what it would say if it were
    the likeliest one: whoever corrects the reading finds the number there. The same where who asks may as well offer:
    nobody who asks tells of free chairs, and of those who offer few say how many they are and not for how many."""
    side = intent if intent in _WISHES else max(_WISHES, key=chances.__getitem__)
    if side != intent != "spam" and chances[side] < _PERHAPS:
        return None, None, False
    if side == "seek":
        many = party.wanted(low)
        people = many or party.party(low) or party.perhaps(low)
        if people is None and chances["offer"] > _OR_ELSE:
            people = seats_left(low)
        relayed = party.on_behalf(low)
        if people is None and relayed and kinship.parents(low):
            people = 2
        return people, None, intent == side and (relayed or many is not None or party.for_a_group(low))
    seats = seats_left(low, side)
    if side == "offer":
        seats = headcount.told(low) if seats is None else headcount.rest(low, seats) or seats
    people = seats or party.party(low) or (None if party.of_a_body(low) else 1) if side == "both" else seats
    if people is None and chances["seek"] > _OR_ELSE:
        people = party.party(low)
    return people, seats if intent in ("offer", "both", "spam") else None, False
