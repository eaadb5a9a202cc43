# ruff: noqa: E501 (a pattern cut over lines cannot be read)
"""Places that a host calls free in so many words, whatever else is counted beside them."""

from __future__ import annotations

from .counting import MANY, N
from .of_people import of_people
from .sieve import Gated

_SEATS = r"(?:plätze|sitzplätze|schlafplätze|stühle|betten|sitze)"
_FREE = r"(?:zu haben|zu vergeben|offen|frei|leer|übrig)"
_GO = "gehen|gehn|gengan|gangertn|gönd"
_STILL = Gated(
    "|".join(  # each names one number
        (
            rf"\b(?:platz|plätze|raum) noch für {N}\b",
            rf"\b{MANY} (?:sind|san|sin|wären|bleiben|gibt es|gibt's|hätten wir|habe ich|hab ich) (?:also |dann |aber |jetzt |noch |no )*{_FREE}\b",
            rf"\bfür {MANY} (?:extra|zusätzlich|andere|weitere|fremde)\b",
            rf"\b{MANY} (?:gibt es|gibt's|gäbe es) noch\b",
            rf"\b(?:plätze|betten|stühle|platz)[^.!?]{{0,20}},? (?:und zwar|nämlich) (?:genau |nur )?{MANY}\b",
            rf"\b{MANY} (?:{_GO}|gengat|göhnd|passen) (?:gut|nei|noch|no|nu|auch|locker|immer|leicht|scho)\b",
            rf"\b{MANY} (?:leut[ei]?|lüt|personen|menschen|gäste) (?:{_GO}|passen(?= ?[.!?]|$))\b",
            rf"\b{MANY} davon (?:sind |wären |bleiben |noch )*(?:leer|frei|kalt|unbesetzt|offen|übrig)\b",
            rf"\bwir nehmen noch {MANY}\b",
            rf"\bfehlen(?: mir| uns| noch| nur| bloss)* {MANY} [a-zäöü]+ (?:dazu|am tisch|daran)\b",
            rf"\bsuch\w* noch {MANY} (?:fürs?|zum|zur|leute|mitesser|die|mit)\b",
            rf"\b(?:decke|deck|decken|koche|koch|kochen|backe|back|brate)(?: \w+){{0,3}} für {MANY} (?:\w+ ){{0,2}}mit\b(?= ?[.,!?;]|$)",
            rf"\bnoch {MANY} (?:zu haben|zu vergeben|frei)\b",
            rf"\bplatz für {MANY}, die\b",
            rf"\b(?:also|dann|damit|bleiben|macht|somit)(?: \w+){{0,2}} noch {MANY}\b",
            rf"\b{MANY} (?:ausser|neben|und) (?:mir|uns)\b(?= ?[.,!?;)]|$)",
            rf"\bdie {MANY} (?:anderen|andern|übrigen)\b(?! (?:haben|sind (?:schon|weg)|kommen|fahren))",
            rf"\bmacht (?:also )?(?:platz für )?{MANY} (?:leute?|leere|freie|schlafplätze)\b",
            rf"\b{MANY} (?:dürfen|können) sich (?:gern |noch )*(?:einfinden|dazusetzen)\b",
            rf"\bda gehen noch {MANY}\b",
            rf"\bdie (?:anderen|übrigen|restlichen|andern) {MANY}\b(?! (?:sind (?:schon|bereits|weg)|haben|kommen|fahren))",
            rf"\b{MANY} {_SEATS} (?:habe ich|hab ich|haben wir|hätte ich|hätten wir|gibt es|gibt's|sind|wären)(?: (?:noch|frei|also|da)\b)+",
            rf"\b{MANY} {_SEATS} gibt es\b",
            rf"\bdie {MANY} (?:übrigen|restlichen|freien|anderen|leeren) (?:{_SEATS}|karten)\b",
            rf"\b(?:freie|offene|restliche) (?:{_SEATS}|zimmer)(?: sind)?:? {MANY}\b",
            rf"\bvon (?:den |unseren )?(?:{MANY[1:]} \w+ (?:sind |san |wären |haben wir |gibt es )?(?:noch |no |erst )*{MANY} (?:noch )?{_FREE}\b",
            rf"\bfür {MANY} (?:\w+ )?(?:hätte|hätt|hat|gibt) (?:es|'s) (?:also |noch |no |auch )*platz\b",
        )
    )
)
TELLING = _STILL
"""Without it nothing is found here."""


def still_free(low: str) -> int | None:
    """How many; None where nothing is called so."""
    still = _STILL.search(low)
    return of_people(low, still) if still else None
