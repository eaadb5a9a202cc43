# ruff: noqa: E501 (a pattern cut over lines cannot be read)
"""How many people a text speaks of, places that are left, and for whom it asks.

Who asks as "ich" and tells of nobody else is one. Should the wish perhaps be an offer, no number is given where none is
said, so that nothing wrong was counted; a listing takes none for one person.
"""

from __future__ import annotations

from collections.abc import Mapping

from . import behalf, free, headcount, household, kinship, party
from .seats import seats_left
from .sieve import Gated

_WISHES = ("seek", "offer", "both")
_PERHAPS = 0.1  # a text that is this unlikely a wish is none
_OR_ELSE = 0.15  # from here on a number is also heard that only the other side would tell
_RATHER = 0.3  # and from here on it is heard first
_ASKED = Gated(
    r"\b(?:wer|jemand|habt ihr|hat)\b[^.!?,\n]{0,25}\b(?:platz|plätze|stuhl|bett|sofa)\b[^.!?,\n]{0,8}\b(?:hat|hätte|frei|für)\b"
)
_DIALECT = Gated(r"\b(?:fia|för|fir|füa|fer)\b|\ba (?=(?:zwoa|drei|vier|fünf|sechs)\b)")


def company(intent: str, chances: Mapping[str, float], low: str) -> tuple[int | None, int | None, bool]:
    """People, seats, and whether somebody else is spoken for. Of a text that is no wish, what it would say if it were
    the likeliest one: whoever corrects the reading finds the number there. The same where who asks may as well offer:
    nobody who asks tells of free chairs, and of those who offer few say how many they are and not for how many."""
    if _DIALECT.search(low):
        low = _DIALECT.pattern.sub(lambda said: "" if said[0] == "a " else "für", low)
    side = intent if intent in _WISHES else max(_WISHES, key=chances.__getitem__)
    if side != intent != "spam" and chances[side] < _PERHAPS:
        return None, None, False
    if side == "seek":
        people, relayed = _asking(chances, low)
        return people, None, intent == side and relayed
    seats = _left(side, low)
    people = seats
    if side == "both":
        people = seats or party.party(low) or (None if party.of_a_body(low) else 1)
    elif seats is None and (chances["seek"] > _OR_ELSE or chances["both"] > _RATHER):
        people = party.party(low)
    relayed = behalf.offers(low) or (side == "both" and behalf.asks(low))
    return people, seats if intent in ("offer", "both", "spam") else None, intent == side and relayed


def _asking(chances: Mapping[str, float], low: str) -> tuple[int | None, bool]:
    """How many ask, and whether they are others."""
    many, relayed, maybe = party.wanted(low), behalf.asks(low), chances["offer"] > _OR_ELSE
    people = many
    if people is None and chances["offer"] + chances["both"] > _RATHER and not _ASKED.search(low):
        people = seats_left(low)
    people = people or party.party(low) or party.perhaps(low) or (seats_left(low) if maybe else None)
    if people is None and relayed:
        people = 2 if kinship.two(low) else household.spoken_for(low)
    elif people is None and not maybe and party.of_one(low):
        people = 1
    return people, relayed or many is not None or party.for_a_group(low)


def _left(side: str, low: str) -> int | None:
    """How many may come."""
    seats = seats_left(low, side)
    if side == "both" or (seats and free.still_free(low)):
        return seats
    return headcount.told(low) if seats is None else headcount.rest(low, seats) or seats
