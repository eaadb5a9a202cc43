# ruff: noqa: E501 (a pattern cut over lines cannot be read)
"""How many people a text speaks of, places that are left, and for whom it asks.

Who asks as "ich" and tells of nobody else is one. Should the wish perhaps be an offer, no number is given where none is
said, so that nothing wrong was counted; a listing takes none for one person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import mul

from . import behalf, close, free, headcount, household, kinship, no_seats, party
from .seats import seats_left
from .sieve import Gated

BY_PATTERNS = (2.0, 0.0, 0.0, -1.0)  # what `signs` count where nothing was learnt: what the patterns say
_WISHES = ("seek", "offer", "both")
_PERHAPS = 0.1  # a text that is this unlikely a wish is none
_OR_ELSE = 0.15  # from here on a number is also heard that only the other side would tell
_RATHER = 0.3  # and from here on it is heard first
_ASKED = Gated(
    r"\b(?:wer|jemand|habt ihr|hat)\b[^.!?,\n]{0,25}\b(?:platz|plätze|stuhl|bett|sofa)\b[^.!?,\n]{0,8}\b(?:hat|hätte|frei|für)\b"
)
_WHO_HAS = Gated(
    r"\b(?:wer|(?:hat|hätte) (?:jemand|wer|irgendwer|irgendjemand|einer)) (?:hat |hätte )?(?:(?!kein|lust|hat|hätte)[a-zäöü]+ ){0,4}?(?:platz|plätzchen|plätzli|plätze|stuhl|stühle|bett|betten|sofa|couch)\b[^.!?,\n]{0,20}? (?:frei|übrig|für (?:uns|mich))\b(?! hat)"
)
_FOR_HER = Gated(
    r"\b(?:junge[rn]?|schöne[rn]?|hübsche[rn]?|süsse[rn]?|einsame[rn]?) (?:[a-zäöü]+e[rn]? )?(?:frau|sie|maus|dame|studentin)\b"
)
_DIALECT = Gated(r"\b(?:fia|för|fir|füa|fer)\b|\ba (?=(?:zwoa|drei|vier|fünf|sechs)\b)")


def company(
    intent: str, chances: Mapping[str, float], low: str, others: float = 0.0, counts: Sequence[float] = BY_PATTERNS
) -> tuple[int | None, int | None, bool]:
    """People, seats, and whether somebody else is spoken for: `others` is what the words of the text say to that,
    `counts` what `signs` count beside them. Of a text that is no wish, what it would say if it were
    the likeliest one: whoever corrects the reading finds the number there. The same where who asks may as well offer:
    nobody who asks tells of free chairs, and of those who offer few say how many they are and not for how many."""
    if _DIALECT.search(low):
        low = _DIALECT.pattern.sub(lambda said: "" if said[0] == "a " else "für", low)
    side = intent if intent in _WISHES else max(_WISHES, key=chances.__getitem__)
    if side != intent != "spam" and chances[side] < _PERHAPS:
        return None, None, False
    heard = relayed(side, low)
    theirs = (heard and side == "offer") or others + sum(map(mul, counts, signs(heard, side))) > 0
    if side == "seek":
        return _asking(chances, low, theirs), None, intent == side and theirs
    seats = _left(side, low)
    people = seats
    if side == "both":
        people = seats or party.party(low) or close.told(low) or (None if party.of_a_body(low) else 1)
    elif seats is None and (chances["seek"] > _OR_ELSE or chances["both"] > _RATHER):
        people = party.party(low)
    return people, seats if intent in ("offer", "both", "spam") else None, intent == side and theirs


def asks_for_room(low: str) -> bool:
    """Whether it is asked who has a place left: who asks that has none to give."""
    return _WHO_HAS.search(low) is not None


def relayed(side: str, low: str) -> bool:
    """Whether a pattern hears that a wish or an offer is somebody else's."""
    if side == "seek":
        return behalf.asks(low) or party.wanted(low) is not None or party.for_a_group(low)
    return behalf.offers(low) or (side == "both" and behalf.asks(low))


def signs(heard: bool, side: str) -> tuple[float, float, float, float]:
    """What counts besides the words when it is judged for whom a text speaks: what `relayed` hears, the side, and one
    for the bias."""
    return float(heard), float(side == "offer"), float(side == "both"), 1.0


def _asking(chances: Mapping[str, float], low: str, theirs: bool) -> int | None:
    """How many ask."""
    people, maybe = party.wanted(low), chances["offer"] > _OR_ELSE
    if people is None and chances["offer"] + chances["both"] > _RATHER and not _ASKED.search(low):
        people = seats_left(low)
    people = people or party.party(low) or party.perhaps(low) or (seats_left(low) if maybe else None)
    if people is None and theirs:
        return 2 if kinship.two(low) else household.spoken_for(low)
    return 1 if people is None and not maybe and party.of_one(low) else people


def _left(side: str, low: str) -> int | None:
    """How many may come."""
    seats = seats_left(low, side)
    if side == "both" or (seats and free.still_free(low)):
        return seats
    if seats is None:
        return (None if no_seats.always(low) else headcount.told(low)) or (1 if _FOR_HER.search(low) else None)
    return headcount.rest(low, seats) or seats
