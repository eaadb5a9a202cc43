# ruff: noqa: E501 (a pattern cut over lines cannot be read)
"""Words for numbers, for people and for places to sit or sleep, as parts of patterns."""

from __future__ import annotations

import re

WORDS = {
    "ein": 1, "eine": 1, "einen": 1, "einer": 1, "einem": 1, "eins": 1, "zwei": 2, "zwoi": 2, "zwa": 2, "zwee": 2, "beide": 2, "drei": 3,
    "drü": 3, "zwöi": 2, "zweie": 2, "dreie": 3, "viere": 4, "fünfe": 5, "sechse": 6, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16,
    "achtzehn": 18, "zwanzig": 20, "dreissig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60, "achtzig": 80, "hundert": 100, "zwo": 2, "föif": 5, "sächs": 6, "vier": 4, "vieri": 4, "fünf": 5, "füf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11,
    "zwölf": 12, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "zweit": 2, "dritt": 3, "viert": 4,
    "fünft": 5, "sechst": 6, "siebt": 7, "acht(t)": 8, "zweien": 2, "zweier": 2, "dreien": 3, "vieren": 4, "fünfen": 5, "sechsen": 6, "zwoa": 2, "zwoit": 2, "zwoate": 2, "paar": 2, "beiden": 2, "zwe": 2, "einzelne": 1, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "dutzend": 12,
    "neunt": 9, "zehnt": 10, "elft": 11, "zwölft": 12, "twee": 2, "dree": 3, "veer": 4, "fief": 5, "söss": 6, "söven": 7, "sibe": 7, "nün": 9, "zäh": 10, "zwue": 2, "drui": 3, "viar": 4, "fimf": 5, "fünef": 5,
    "siebene": 7, "achte": 8, "neune": 9, "zehne": 10, "zwölfe": 12, "siebzehn": 17, "neunzehn": 19, "fünfundzwanzig": 25, "siebzig": 70, "eleven": 11, "fifteen": 15, "twenty": 20,
}  # fmt: skip
N = (
    r"(\d{1,4}|"
    + "|".join(sorted((w for w in WORDS if w not in ("paar", "beiden", "zwe")), key=len, reverse=True)).replace(
        "(t)", ""
    )
    + r")"
)
NUMBERS = N[1:-1]
_NO_MORE_THAN_ONE = frozenset(["ein", "eine", "einen", "einer", "einem", "eins", "einzelne", "one"])
MANY = "(" + "|".join(word for word in NUMBERS.split("|") if word not in _NO_MORE_THAN_ONE) + ")"
"""As N, but not the words for one, with which patterns would begin at every article."""
FOLK = (
    r"(?:leute|leut|lüt|lüü|leit|personen|persone|person|pers\b\.?|menschen|mensch|gäste|gast|gästen|erwachsene|mitesser|mitfeiernde\w*|freunde|leutchen|esser|"
    r"mitspieler\w*|kindern?|jugendlichen?|nachbarn|seniorinnen|damen|herren|opas|omas|freiwillige\w*|lüüt|leid|people|guests?|persons?|nasen|weitere\w*|frauen|männer|seelen|mäuler|jungs|mädels|tischgäste|geflüchtete\w*|student\w*|"
    r"senior\w*|alleinstehende\w*|fremde|hungrige\w*|mann\b|schläfer|konzertgäste|einsame\w*|studierende\w*|bewohner\w*|heimbewohner\w*|azubis?|teenies?|pilger\w*|rentner\w*)"
)
SEAT = (
    r"(?:stühle?|stuhl|plätze?n?|platz|plätzchen|plätzli|platzerl|plätzle|plätz\b|plotz|plåtz|platzln?|sessel|teller|gedecke?|sitzplätze?|sitzplatz|plätzen|(?:gäste|schlaf|etagen|feld|klapp|not|stock)?betten|(?:gäste)?bett|(?:gäste|gäschte)?bett(?:a|li|en)|gäschtebett|gästezimmer|schlafsofas?|schlafplätzen?|schlafplatz|kojen|seats?|"
    r"slots?|spots?|places|sitze?|stüel|stüehl|stual|stüal|kissen|lager|sitzkissen|isomatten|hocker|liegen|sitzgelegenheiten|chairs?|beds|portionen|zimmer für|matratzen?|couch-?plätze?)"
)


def how_many(word: str | None) -> int | None:
    """The number a word or digits mean."""
    if not word:
        return None
    return int(word) if word.isdigit() else WORDS.get(word)


def named(match: re.Match[str]) -> tuple[int, int | None]:
    """Which group of a match has said something, the first of them, and the number that it means; (0, None) for none."""
    group = next((n for n, found in enumerate(match.groups(), 1) if found), 0)
    return group, how_many(match[group]) if group else None
