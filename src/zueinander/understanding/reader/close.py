# ruff: noqa: E501 (a pattern cut over lines cannot be read)
"""Parties of a wish that no number tells: a child or a mother of whom the writer goes on with "us", children whom one
parent brings, two who marry; and room that is asked for so many."""

from __future__ import annotations

import re

from .counting import FOLK, MANY, how_many, named
from .persons import LOST
from .sieve import AnyOf, Gated

_KIDS = r"(?:kindern?|kids|kleinkindern?|jungs|jungen|buben|mädchen|mädels|töchtern?|söhnen?|zwillingen?)"
_ANY_KIDS = re.compile(_KIDS)
_MINE = Gated(
    r"\b(?:mein|meine|meinem|meiner|meinen|mei|mini|my) (?:[a-zäöü]+ )?(?:sohn|tochter|kind|kleine[rn]?|grosse[rn]?|grossmutter|bub|enkel|enkelin|patenkind|mutter|mama|mutti|oma|vater|papa|opa|bruder|schwester|freundin)\b"
)
_US = re.compile(
    r"\b(?:nimmt|nehmt|lässt|liesse|setzt|lädt|nähme|holt|würde|fährt) uns\b(?! (?:besuch|mal besuch))|\buns [^.!?\n]{0,45}\b(?:nehmen|nimmt|lassen|mitnehmen|einladen|unterbringen|aufnehmen|fahren|dazu|mit auf)\b|\b(?:könnten|dürften|kommen) wir\b"
)
_APART = re.compile(
    rf"\b(?:{LOST}|witwer?|geschieden|getrennt|ex|montage|im heim|hospiz|wohngruppe|internat|mann|frau|partner|geschwister|brüder|schwestern|freunde|kinder|eltern|team|verein|gemeinde|klasse|gruppe|nachbarn)\b"
)
_BROUGHT = Gated(rf"\bmit (?:den |meinen |zwei |2 |drei |3 |vier |4 |fünf |5 )?(?:[a-zäöü]+en )?{_KIDS}\b")
_HOW_MANY = re.compile(rf"mit {MANY} (?:[a-zäöü]+en )?{_KIDS}|mit (?:den )?(zwillingen)")
_OF_SOMEBODY = re.compile(
    r"\b(?:familien?|paar|pärchen|ehepaar|mutter|mama|vater|papa|eltern|frau|mann|mütter|väter|leute|jemand\w*|wer|für|arbeit\w*|sie|er|ihr|kollege|schwester)(?: [\w.,]+){0,3} \Z"
)
_ALONE = re.compile(r"\b(?:bin|sitze?|stehe?|krieg|hänge?|wohne?|lebe?|komme?|ohne wohnung)\b")
_TWO_OF_THEM = re.compile(r"\b(?:mein mann|meine frau|mein partner|meine partnerin|wir eltern|vorlesen|spielen mit)\b")
_LONE_PARENT = Gated(r"\balleinerziehend")
_ONE_CHILD = re.compile(r"\w*[^.!?\n]{0,40}\b(?:sohn|tochter|kind|junge|mädchen|bub)\b(?= \(?\d| ist|,)")
_TWO = Gated(r"\bwir heiraten\b|\bwir sind (?:die )?eltern (?!mit|von \w+ kindern|vom|der|aus)|\beltern eines\b")
_ROOM = Gated(
    r"\b(?:platz|plätzchen|plätzli|eckchen|ecke|tisch|unterschlupf|bleibe|quartier) für |\b(?:ver)?tr[aä]g(?:t|en) |\bleut[ei]? (?:mehr|am tisch)\b(?! früher)|\bgruppe von |\bgebrauchen\b|plätze\b|\buns (?:drei|vier|fünf|sechs)en\b"
)
_ROOM_FOR = re.compile(
    rf"\b(?:platz|plätzchen|plätzli|eckchen|ecke|tisch|unterschlupf|bleibe|quartier) für (?:uns )?{MANY}(?= ?[,.!?]| (?:am|an|ab|über|von|aus|die|in|leute|personen|menschen)\b|$)"
    rf"|\b(?:ver)?tr[aä]g(?:t|en)\b[^.!?\n]{{0,30}} {MANY} (?:leut[ei]?|menschen|personen|mann)\b|\b{MANY} (?:leut[ei]?|menschen|personen) (?:mehr|am tisch)\b"
    rf"|\bnoch {MANY} [a-zäöü]+[^.!?\n]{{0,50}}\bgebrauchen\b|\b(?:hat|hätte|habt|hättet)\b[^.!?\n]{{0,30}} {MANY} (?:freie )?(?:sitz|schlaf)?plätze\b[^.!?\n]{{0,20}}\bfrei\b"
    rf"|\bgruppe von {MANY}\b|\buns (drei|vier|fünf|sechs)en\b"
)
_SOUGHT = re.compile(r"\b(?:wer|welche[rs]?|jemand|hat|hätte|gibt|gibt's|hättet|wäre|könnte|kennt|lässt|uns|nimmt)\b")
_FOLK = Gated(
    r"\b(?:zwei|drei|vier|fünf|sechs|sieben|acht|zehn|elf|zwölf|two|three|four|\d\d?) (?:quiet |friendly )?(?:[a-zäöü]+e[nr]? )?(?:[a-zäöü]{4,}innen|[a-zäöü]*(?:arbeiter|studis|studierende|students|pfleger|künstler|artisten|läufer|berufstätige|krankenschwestern|leuten|jassern|handwerker|pilger)|mann(?= aus|,)|leit(?=,))\b"
)
_WHO_WOULD = Gated(
    rf"\b{MANY} (?:[a-zäöü]+e[nr]? )?{FOLK}\b[^.!?\n]{{0,40}}, die [^.!?\n]{{0,70}}\b(?:würden|möchten|wollen|suchen|bräuchten|brauchen)\b"
)
_LOOKED_FOR = re.compile(r"\b(?:such\w*|brauch\w*|fehl\w*|gesucht|gibt es|gibt's|kennt)\b(?: [\w,-]+){0,4} \Z")
_ASKED_FOR = re.compile(
    r"\b(?:su[ae]?ch\w*|brauch\w*|bräucht\w*|fehl\w*|gesucht|noch|wünsch\w*|gibt es|weitere|früher|von|waren|haben|über|ab|bis|unter)(?: [\w-]+){0,3} \Z"
)
TELLING = AnyOf(_FOLK, _WHO_WOULD, _MINE, _BROUGHT, _LONE_PARENT, _TWO, _ROOM)
"""Without one of them nothing is told here."""
_MOST = 40  # for more nobody asks for room at a table


def told(low: str) -> int | None:
    """Of a wish, the size of the party, if it is told so."""
    if not TELLING.heard(low):
        return None
    room = _ROOM_FOR.search(low) if _ROOM.search(low) and _SOUGHT.search(low) and "früher" not in low else None
    if room and (found := named(room)[1]) and 1 < found <= _MOST:
        return found
    if brought := _children(low):
        return brought
    lone = _LONE_PARENT.search(low)
    if (lone and _ONE_CHILD.match(low, lone.end())) or (_TWO.search(low) and not _ANY_KIDS.search(low)):
        return 2
    if (folk := _FOLK.search(low)) and not _ASKED_FOR.search(low[max(0, folk.start() - 30) : folk.start()]):
        return how_many(folk[0].split(" ")[0])
    would = _WHO_WOULD.search(low)
    if would and not _LOOKED_FOR.search(low[max(0, would.start() - 30) : would.start()]):
        return how_many(would[1])
    mine = _MINE.search(low)
    return 2 if mine and _US.search(low) and not _APART.search(low) else None


def _children(low: str) -> int | None:
    """One parent and the children that are with them."""
    for brought in _BROUGHT.finditer(low):
        many = _HOW_MANY.match(low, brought.start())
        before = low[max(0, brought.start() - 40) : brought.start()]
        near = low[max(0, brought.start() - 60) : brought.end() + 30]
        if many is None or _OF_SOMEBODY.search(before) or _TWO_OF_THEM.search(low) or not _ALONE.search(near):
            continue
        return 1 + (named(many)[1] or 2)
    return None
