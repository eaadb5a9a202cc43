# ruff: noqa: E501 (a pattern cut over lines cannot be read)
"""Ages: the writer's, those wanted, and hints that the writer is under eighteen."""

from __future__ import annotations

import re

from .sieve import Gated, Sieve

_AGES = (
    re.compile(
        r"\b(?:rentner(?:in)?|witwer?|student(?:in)?|studi|azubi|single|mama|papa|oma|opa|pensionist(?:in)?|alleinerziehend|geschieden|verwitwet|ledig),? (\d{2})\b(?![.:]\d|\.| ?(?:uhr|€|euro|km|leute|plätze))|^\W*(\d{2}), (?:geschieden|ledig|verwitwet|single|weiblich|männlich|allein|rentner|student|getrennt|alleinerziehend)"
    ),
    re.compile(
        r"\b(?:bin|ich,|ich|werde|i'?m|i am|alter:?|bi)\s*(?:\(?[mwfd][,/ ]{1,2})?(?:erst |jetzt |schon |grad(?:e)? |also )?(\d{2})\b(?!\.\d|[:.]\d| ?(?:uhr|km|euro|€|leute|min|\. ?(?:dez|okt|nov|jan)|tage|wochen|monate|stunden|kg|cm|mal|personen))"
    ),
    re.compile(r"\b(?:w|m|f|d|weiblich|männlich|female|male|mann|frau|er|sie)[ ,/(]{0,3}(\d{2})\b(?![.:]\d|[.:]?\d)"),
    re.compile(r"\b(\d{2})[ ,/]{0,2}(?:w|m|f|d)\b"),
    re.compile(r"\((?:[^()]{0,20}[ ,])?(\d{2})(?: ?j\.?| jahre?)?[,)]"),
    re.compile(r"\b(\d{2}) ?(?:jahre?|j\b\.?|jährige?r?|years? old|yo\b|jöhrig|johr|lenze)|\b(\d{2})-jährige?r?"),
)
_BAND = Gated(
    r"\b(?:zwischen )?(\d{2}) ?(?:-|bis|und|to) ?(\d{2}) ?(?:jahren?|j\b|jährige|years)|\((\d{2}) ?- ?(\d{2})\)|\b(?:alter|zwischen|alters)(?: von)? (\d{2}) (?:bis|und|-) (\d{2})\b|\b(\d{2})(?:-| bis )(\d{2})(?: ?j\b|jährig)|\bu(\d{2})\b|\bü(\d{2})\b|\b(\d{2}) ?(?:\+|plus)"
)
_MINOR = Gated(
    r"\b(?:bin|ich bin|bi|i'?m|i am|w|m|ich,?|,)[ /(]*(?:erst |grad |noch |jetzt |schon |also )?(?:1[0-7])\b(?! ?(?:uhr|leute|personen|km|euro|€|tage|wochen|monate|\.|:|,\d|min|stund|mal|plätze|jahre (?:verheiratet|alt(?:en|er)|her|lang|mit|hier|in)))"
    r"|\b(?:1[0-7]) ?(?:jahre? alt|j\.? alt|years old|yo\b|jährige[rs]? (?:mädchen|junge|schüler))|\b(?:bin|noch) minderjährig|(?:meine eltern|mama|papa|meine mutter|mein vater)(?: \w+){0,4} (?:erlauben|verboten|nicht wissen|merken|wissen nicht|dürfen das nicht)"
    r"|\bwerde? (?:bald |jetzt |im \w+ |nächste woche )?1[0-8]\b(?! ?(?:uhr|\.))|ohne (?:meine )?eltern (?:kommen|mitmachen|dabei|mitfeiern|hin)|\bin (?:der|die) (?:[5-9]|10|fünften|sechsten|siebten|achten|neunten|zehnten)\.? klasse|\bschüler(?:in)?\b[^.!?]{0,20}\b(?:[5-9]|10)\. ?klasse|\bgeh\w* (?:noch )?(?:zur|in die|i d) (?:schule|schuel)|\bmein(?:e)? klassen(?:lehrer|kamerad)|\b(?:1[0-7])[ ,/]{0,2}[wm]\b|\b(?:sek|oberstufe|berufsschule 1)\b"
)
_CHILD = re.compile(
    r"\b(?:tochter|töchter\w*|sohn|söhne\w*|kind(?:er\w*)?|enkel\w*|nichte|neffe|mädchen|jungs?|jungen|bub|chind|son|daughter|kids?|(?:er|sie) (?:ist|geht|wird))\b"
)
_OWN = re.compile(r"\b(?:ich|bin|bi|i'?m|i am|minderjährig|eltern|mama|papa|mutter|vater|klassen\w+)\b")
_SENTENCE = re.compile(r"[.!?\n]")
_AGE_SIEVE = Sieve(_AGES)


def ages(low: str) -> int | tuple[int, int] | None:
    """The writer's age or the range that is wanted."""
    band = _BAND.search(low)
    for number in _AGE_SIEVE.candidates(low):
        match = _AGE_SIEVE.search(number, low)
        if match:
            age = int(next(g for g in match.groups() if g))
            if age < 18 and _of_a_child(low, match.start()) and not _OWN.search(match[0]):
                continue
            if 10 <= age <= 105 and not (band and band.start() <= match.start() < band.end()):
                return age
    if not band:
        return None
    if band[9]:
        return 18, int(band[9])
    if band[10] or band[11]:
        return int(band[10] or band[11]), 99
    low_age, high = (int(g) for g in band.groups()[:8] if g)
    return (low_age, high) if low_age < high <= 110 else None


def minor(low: str) -> bool:
    """A hint that the writer is under eighteen; a person looks at it."""
    return any(_OWN.search(m[0]) or not _of_a_child(low, m.start()) for m in _MINOR.finditer(low))


def _of_a_child(low: str, at: int) -> bool:
    """Whether the sentence has just spoken of a child, whose age or school it then is."""
    return _CHILD.search(_SENTENCE.split(low[max(0, at - 60) : at])[-1]) is not None
