# ruff: noqa: E501 (a pattern cut over lines cannot be read)
"""Guests that a host names by what they are to one another: a couple, "die beiden", a mother with her children."""

from __future__ import annotations

import re

from .counting import MANY, how_many
from .sieve import Gated

_COUPLE = Gated(
    r"\b(?:ein weiteres|noch ein|ein anderes|ein zweites) (?:ehepaar|paar|pärchen)\b(?! (?:tage|stöcke|ski|skier|stiefel|handschuhe|schuhe|socken|leute|stunden|minuten|plätze))|(?:platz|blatz|bett|zimmer|plätze|ideal|umsonst) für (?:ein|a|ä|es|noch ein) (?:\w+ )?(?:paar|pärchen|päärli|[a-zäöü]+paar|duo)\b(?! (?:tage|wochen|stunden|nächte))|\beinmal ehepaar\b"
)
_WITH_ANOTHER = Gated(
    r"\bdu (?:kannst|darfst)\b[^.!?\n]{0,30} und deine?n? \w+ mitbringen\b|\bfür (?:dich|jemand\w*|1|eine?n?)(?: (?:person|menschen|frau|mann|gast))?,? (?:\+|plus|und|samt|mit) (?:(?:deine?n?|ihre?|eine?r?) )?(?:begleitung|begleiter|begleitperson|freundin|freund|partner|partnerin|1|anhang|kind|baby)\b"
)
_THE_TWO = Gated(
    r"\bdie beiden (?:können|dürfen|könnten|dürften|her)\b|\bkommt (?:doch |ruhig |gern )*(?:alle )?beide\b|\bschick\w* (?:mir |uns )?die beiden\b"
)
_PAIRS = Gated(r"\b" + MANY + r" (?:[a-zäöü]+e )?ehepaare\b")
_A_PAIR = Gated(r"\b(?:ein|ä|a|es) (?:ehepaar|elternpaar|seniorenpaar|pärchen)\b")
_HOSTED_FAMILY = Gated(
    r"\b(familie|mutter|mama|vater|papa|alleinerziehende[nr]?)(?:,? eltern)? mit (?:bis zu |max\.? |maximal |höchstens |ein bis )?(\w+) kind(?:er|ern)?\b"
)
_OURSELVES = re.compile(r"\b(?:wir sind|wir,|bin|als)(?: eine)? \Z")
_INVITED_BEFORE = re.compile(r"\b(?:für|können|kann|nehmen?|biete\w*|platz|laden)(?: \w+){0,5} \Z")
_INVITED = re.compile(r"[^.!?\n]{0,60}\b(?:kann|könnte|darf|dürfte|laden|willkommen|wohnen|einladen|aufnehmen)\b")
TELLING = (_COUPLE, _WITH_ANOTHER, _THE_TWO, _PAIRS, _A_PAIR, _HOSTED_FAMILY)
"""Without one of them nothing is found here."""


def couples(low: str) -> int | None:
    """Of couples, of two who are named, and of somebody with another."""
    if (pairs := _PAIRS.search(low)) and "wir" not in low[: pairs.start()].split():
        return 2 * (how_many(pairs[1]) or 1)
    return 2 if _COUPLE.search(low) or _WITH_ANOTHER.search(low) or _THE_TWO.search(low) else None


def family(low: str) -> int | None:
    """Of a family, a mother or a couple that is invited, not of the hosts' own."""
    pair = _A_PAIR.search(low)
    if pair and _INVITED.match(low, pair.end()):
        return 2
    kin = _HOSTED_FAMILY.search(low)
    if kin is None:
        return None
    before = low[max(0, kin.start() - 45) : kin.start()]
    children = how_many(kin[2])
    if children is None or _OURSELVES.search(before):
        return None
    if not (_INVITED_BEFORE.search(before) or _INVITED.match(low, kin.end())):
        return None
    return children + (2 if kin[1] == "familie" else 1)
