# ruff: noqa: E501 (a pattern cut over lines cannot be read)
"""Contact data in a text, marked so that they never reach a public page."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .fold import Folded
from .reading import Contact
from .scan import Places
from .sieve import LETTERS, Sieve, at_places, word_begins

_NO_STREET = (
    "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|abend|heilig|weihnacht|silvester|feiertag|tag|tisch|gleis|haus|"
    "zimmer|stock|platz|alter|jahr|monat|dezember|januar|november|oktober|märz|april|mai|juni|juli|august|september|februar|advent|kreis|"
    "bezirk|raum|abschnitt|kapitel|band|bus|zug|linie|tor|gate|plz|umkreis|schnitt|ersten|zweiten|nächsten|ende|anfang|morgen|nachmittag|"
    "mittag|vormittag|wochenende|hotel|wohnung|gruppe|klasse|stand|stufe|ganzen|moment|vergleich|durchschnitt|preis|angebot"
)
_NAMED = (
    r"\b(?:an der|an den|auf der|auf dem|hinter der|unter den|vor dem) (?:[a-zäöü]{4,} ){1,2}\d{1,3}(?: ?[a-h]\b)?(?= ?(?:,|in \d|\d{5}|$))|\b(?:am|im|zum|zur|an der|in der|auf dem) (?!(?:"
    + _NO_STREET
    + r")\w* )(?:(?:alten?|neuen?|kleinen?|grossen?|hohen?|langen?) )?[a-zäöü]{3,24} \d{1,3}(?: ?[a-h]\b)?(?= ?(?:,|;|\)|\d{4,5}\b|in [a-zäöü]{3,}|$|\n))"
)
_AT_HOST = r" ?(?:@|\(at\)|\[at\]| at ) ?[\w-]+(?:\.| ?(?:\(dot\)|\[dot\]|\(punkt\)| punkt | dot ) ?)"
_WAYS = r"weg|gasse|allee|platz|ufer|ring|damm|steig|chaussee|gässli"
_PATTERNS = (
    ("mail", re.compile(r"(?<!\w)[\w.+-]+" + _AT_HOST + r"(?:[\w-]+\.)*(?:de|at|ch|com|net|org|eu|info|li|it|me|io)\b")),
    ("iban", re.compile(r"\b(?:de|at|ch|li|it)\d{2}(?: ?[\da-z]{4}){3,7}(?: ?[\da-z]{1,3})?\b")),
    ("link", re.compile(r"\bhttps?://\S{3,200}|\bwww\.\S{3,200}|\b(?:t\.me|wa\.me|bit\.ly|discord\.gg)/\S{2,100}")),
    ("phone", re.compile(r"(?<![\w.,])(?:\+|00)\d{2}[\d ()/.-]{6,18}\d|(?<![\w.,])0 ?\d{2,5}[ /.-]{0,3}\d{2,4}(?:[ /.-]?\d{2,5}){1,4}(?![\w€])|(?<=tel )\d{5,12}|(?<=tel\. )\d{5,12}|(?<=nummer )\d{5,12}|\b(?:null|eins|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun)(?:[ ,/-]{1,3}(?:null|eins|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun|\d{1,9})){4,12}\b")),
    ("handle", re.compile(r"(?<![\w.])@[a-z0-9_](?:[\w.]{1,40})(?:@[\w.-]{3,40})?|(?:telegram|whatsapp|insta(?:gram)?|signal|snap(?:chat)?|discord|threema)\s?(?::|ist|unter)\s?@?[\w.]{3,40}|\b(?:telegram|insta(?:gram)?|snap(?:chat)?|discord|kik) (?:[a-z]{2,30}[\d_.][\w.]{0,20}\w)")),
    ("address", re.compile(r"\b[a-zäöü-]{2,40}(?:strasse|str\.|straße|" + _WAYS + r") ?\d{1,3}(?: ?[a-h]\b)?(?! ?(?:uhr|plätze|leute|personen))|\b(?:[a-zäöü-]{3,30} (?:strasse|str\.|allee|weg|platz|gasse|ring)) \d{1,3}(?: ?[a-h]\b)?(?! ?(?:uhr|plätze|leute|personen))|" + _NAMED)),
)  # fmt: skip
_MAIL, _ADDRESS = 0, len(_PATTERNS) - 1
_TAILS = (_AT_HOST, r" ?(?:strasse|str\.|" + _WAYS + r") ?\d")
"""What stands behind the first word of a mail address and of a street: any word of a text might begin one."""
_SIEVE = Sieve([*(re.compile(p) for p in (_TAILS[0], *(p.pattern for _, p in _PATTERNS[1:-1]), _TAILS[1], _NAMED))])
_LONGEST = 41  # letters of a street's first word, and one more
_PLAIN_WEG = re.compile(
    r"^(?:unterwegs?|weg|platz|arbeitsweg|heimweg|hinweg|sitzplatz|stellplatz|schlafplatz|bauplatz|\w+ (?:weg|platz)) ?\d"
)


def find(folded: Folded) -> list[Contact]:
    """Phone, mail, iban, link, handle and address, none overlapping, in order."""
    low = folded.low
    could = _SIEVE.candidates(low)
    if not could:
        return []
    spans: list[tuple[int, int, str]] = []
    for number, (kind, pattern) in enumerate(_PATTERNS):
        for match in at_places(pattern, low, _begins(number, low, could)):
            if kind == "phone" and sum(c.isdigit() for c in match[0]) < 7 and not match[0].isdigit():
                continue
            if kind == "address" and _PLAIN_WEG.match(match[0]):
                continue
            if all(match.end() <= s or e <= match.start() for s, e, _ in spans):
                spans.append((match.start(), match.end(), kind))
    return [Contact(kind, *folded.span(s, e)) for s, e, kind in sorted(spans)]


def _begins(number: int, low: str, could: Mapping[int, Places]) -> Places:
    """Where one of the patterns may begin."""
    found = could.get(number, ())
    if number == _MAIL:
        return word_begins(low, found, _in_mail) if found else ()
    if number == _ADDRESS:
        streets = word_begins(low, found, _in_street, _LONGEST) if found else ()
        return sorted({*streets, *could.get(number + 1, ())})
    return found


def _in_mail(char: str) -> bool:
    return char.isalnum() or char in "_.+-"


def _in_street(char: str) -> bool:
    return char in LETTERS or char == "-"
