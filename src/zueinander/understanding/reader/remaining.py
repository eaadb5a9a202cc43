# ruff: noqa: E501 (a pattern cut over lines cannot be read)
"""Places that are left where a host tells how many there are and who is there already, or for how many the meal is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .counting import FOLK, MANY, SEAT, N, how_many, named
from .sieve import Gated, Sieve

_VESSEL = r"(?:tisch|zelt|zimmer|hütte|bank|sofa|tafel|runde|stube)"
_FOOD = r"(?:gans|ente|pute|truthahn|karpfen|raclette|fondue|braten|schweinsbraten|gulasch|suppe|lasagne|auflauf|chili|eintopf|kartoffelsalat|risotto|topf|kuchen|pfanne|rouladen|knödel|klösse|fisch|menü|essen|käsefondue|sauna|hütte|tisch|zelt|stube|keulen|gänsekeulen|schnitzel|turkey|dinner|food|pizza|spätzle|nudeln)"
_TOTAL = (
    re.compile(r"\b(?:max\.?|maximal|höchstens) " + MANY + r" (?:" + FOLK + r"|teilnehm\w*)"),
    re.compile(r"\b(?:nimmt|nehmen) (?:maximal |höchstens )?" + MANY + r"\b(?=[,.;])"),
    re.compile(r"\b" + MANY + r" können (?:mitspielen|mitfahren|mitmachen|mitkommen|mitessen)\b|\b(?:am|an den) tisch (?:gehen|passen) (?:\w+ )?" + MANY + r"\b|\ban (?:unsere[nr]?|meine[nr]?|den|die) (?:\w+ )?(?:tisch|tafel) passen (?:\w+ )?" + MANY + r"\b|\bbei " + MANY + r" (?:ist|is|isch|machen wir) (?:schluss|zu|ende|voll)\b"),
    re.compile(r"\b(?:tisch|tafel) (?:geht|reicht) (?:auf|bis|für) " + MANY + r"\b|\b(?:pfännchen|stühle|teller|gabeln) (?:sind|sind's|sind es) " + MANY + r"\b|\b" + MANY + r" (?:karten|tickets|gabeln|pfännchen)\b"),
    re.compile(r"\bkönnten (?:auch |gut |bis zu )?" + MANY + r" (?:sein|werden)\b"),
    re.compile(r"\b(?:plätze|sitzplätze|schlafplätze|stühle|sessel|betten|lager|seats|chairs)\b[^.!?\n]{0,40}?: ?(?:insgesamt |gesamt |zusammen )?" + MANY + r"\b"),
    re.compile(r"\b(?:insgesamt|in summe|total) " + MANY + r" (?:" + SEAT + r"|" + FOLK + r")"),
    re.compile(r"\b" + MANY + r" (?:\w+e )?" + SEAT + r"\b"),
    re.compile(r"\b(?:fasst|verträgt|schläft|schlafen|sitzen|schlafen lässt|sleeps|fits|seats|hat platz für|reicht für|reichen für|langt für|platz für|gross genug für|gedeckt für|für|auf(?= \w+ aus\b)) (?:gut |locker |bis zu |etwa |ca\.? |a )?" + MANY + r"\b"),
    re.compile(r"\bplatz (?:hat|hätt\w*|gibt es|ist|wär\w*)(?: [\wäöü]+){0,3} für " + MANY + r"\b"),
    re.compile(r"\b(?:" + _FOOD + r"|cook\w*|enough) for " + MANY + r"\b"),
    re.compile(r"\b" + MANY + r"(?:er)?-?" + _VESSEL + r"\b|\b(\d)er[ -]?" + _VESSEL + r"\b|\btisch mit " + MANY + r"\b"),
    re.compile(r"\bhab(?:e|en)? " + MANY + r"(?=[,;])|(?<!halb )\b" + MANY + r" (?:" + FOLK + r" )?(?:passen|passed|passn|gehen|haben platz|finden platz)\b|\bpassen(?: \w+){0,2} " + MANY + r" (?:hin|rein|hinein)\b"),
)  # fmt: skip
_PRESENT = (
    re.compile(r"\b(?:wir sind|sind wir|wir selb(?:er|st) (?:sind|sin|san)|mir san|mia san|mia sein|mir sind|mir sin|mer sind|mir si|mer sin|we are|we're|samma|sama|simmer|semmer)(?: (?!am|im|um|der|die)[\wäöü]+){0,2}? (?:zu )?" + MANY + r"\b(?!\. ?(?:\d|jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez)| (?:uhr|tage|wochen|jahre))"),
    re.compile(r"\b" + MANY + r" (?:samma|sama|sind wir|san ma|sin mer|si mer|simmer|semmer|are we|davon sind wir|wohnen hier|von uns|of us|hintern|esser\b|leute sind wir|bewohner\b)"),
    re.compile(r"(?<!oder )(?<!kommt )\bz[u'] ?(zweit|dritt|viert|fünft|sechst|siebt|acht|neunt|zehnt)\b"),
    re.compile(r"\b" + MANY + r" (?:davon |sind |san |is |ist |schon |bereits |scho |are |already )*(?:weg|anmeldungen|zusagen|besetzt|belegt|vergeben|taken|gone|verplant|reserviert|ausgebucht|verteilt|abgeholt|bezogen|verkauft)\b"),
    re.compile(r"\b(?:weg|besetzt|belegt|vergeben|taken|zugesagt|reserviert|angemeldet)(?: sind| haben| schon| bereits| bisher)*:? " + MANY + r"\b|\b(?:wir belegen|belegen wir|wir besetzen|zu uns gehören|mit (?:ihm|ihr|uns|crew|fahrer|mir) sind wir|stehen) (?:schon |bereits )?" + MANY + r"\b(?= ?[.,;!]| namen|$)"),
    re.compile(r"\b(?:am tisch|hier|bei uns|da|bis jetzt|bisher|zu tisch|es) (?:sitzen|hocken|sind|san|sin) (?:wir )?(?:am \d\d?\. )?(?:nur |erst |bloss |schon |aber )*" + MANY + r"\b"),
    re.compile(r"\b" + MANY + r" (?:\w+ )?(?:sitzen|kommen|hocken|haben|sind|stehen|san|hend) (?:\w+ )?(?:schon|bereits|scho|fest|zugesagt|drin)\b|\b" + MANY + r" (?:leute |personen |gäste )?(?:kommen|fix|angemeldet|dabei|zugesagt|gesetzt|haben (?:bezahlt|überwiesen|gebucht|zugesagt|unterschrieben)|sind (?:angemeldet|dabei|fix|fest|da))\b|\b(?:haben|hat) (?:sich )?(?:schon |bereits |erst |bisher )*" + MANY + r" (?:leute |personen |gäste )?(?:angemeldet|zugesagt|gemeldet)\b|\b(?:und|aber|doch) (?:wir |mir |mer )?(?:sind|san|sin|si) (?:nur |bloss |selbst |selber |zu |eh |erst )*" + MANY + r"\b(?! (?:jahre|tage|uhr|meter|km))|\b" + MANY + r" (?:brauchen|benötigen|nehmen) wir\b|\b" + MANY + r" (?:fahr|mit)?(?:gäste|fahrer|leute|personen) (?:habe?|haben) (?:ich|wir)\b"),
    re.compile(r"\b" + MANY + r" (?:davon sind|davon san|nehmen|davon nehmen) (?:mein|meine|ich|wir)\b|\b" + MANY + r" (?:davon )?(?:für (?:meine frau|meinen mann|mich|uns)|geh(?:e)?n für uns|sind für uns)\b|\bbrauchen (?:aber )?(?:nur |selbst |selber )*" + MANY + r"\b(?= ?[.,;!])"),
    re.compile(r"\b" + MANY + r" (?:davon|of them)\b[^.!?\n]{0,12}\b(?:wir|we|uns)\b|\bdavon (?:brauchen wir|sind wir|besetzen wir|nehmen wir) (?:selber |selbst |schon )?" + MANY + r"\b"),
    re.compile(r"\bthere(?:'s| are| is) " + MANY + r" of us\b|\bwir(?: \w+)?[,:(] ?\(?" + MANY + r"\b(?! ?(?:uhr|jahre))|\b(?:bisher|aktuell|derzeit|momentan)(?: \w+){0,2} " + MANY + r"\b"),
)  # fmt: skip
_TOTAL_SIEVE, _PRESENT_SIEVE = Sieve(_TOTAL), Sieve(_PRESENT)
_GONE = r"(?:schon |bereits |davon )?(?:vergeben|verteilt|weg|besetzt|belegt|verkauft|gebucht)\b"
_OUT_OF = Gated(
    rf"\b{N} von {MANY}(?: [a-zäöü]+)? (?:(?:sind|san) )?{_GONE}"
    rf"|\bvon (?:den |unseren )?{MANY} [a-zäöü-]+ (?:sind|san) {N} {_GONE}"
)
_COUPLES = re.compile(r" (?:[a-zäöü]+e )?(?:ehe)?paare\b")
_FREE_BEFORE = re.compile(
    r"\b(?:noch|no|nu|nomol|weitere|up to|bis zu|another|still)(?: (?:immer|gut|locker|gern|platz))*(?: für)? \Z"
)
_FREE_BEHIND = re.compile(
    r"[^.!?,;:\n]{0,22}\b(?:frei|leer|übrig|übrige|über|free|left|spare|mehr|more|weitere|noch|no|zu haben|zu vergeben|zu besetzen|offen|gäste|guests)\b"
)
_WERE = re.compile(r"\bwar(?:en|n)\b")
_NO_PEOPLE = re.compile(
    r"[.,:]\d| ?(?:€|euro|eur\b|cent|uhr|h\b|franken|chf|%|km|kilo|kg|liter|jahr|monat|woche|tage?\b|tagen|nächte?\b|stund|min\b|minuten|grad|gänge|sorten|mal\b)"
)
_FOR = Gated(
    r"\b(?:reicht|reichen|langt|langts|für|for) (?:es |gut |locker |bestimmt |eh |für )?"
    + MANY
    + r"\b(?!-| (?:"
    + SEAT
    + r"|gäste\w*|weitere|andere|neue))|\bmit "
    + MANY
    + r" (?:gabeln|pfännchen|stühlen|plätzen|tellern|betten|sesseln|sitzen)\b"
)
_ROOM = re.compile(
    r"\b(?:platz|plätze|plätzchen|raum|room|stuhl|stühle|sessel|bett|betten|schlafplatz|karten|tickets|space)\b(?:(?! und |,)[^.!?\n]){0,20}\Z"
)


def difference(low: str) -> int | None:
    """What there is less who is there, where a text tells both and does not call the places free."""
    if gone := _OUT_OF.search(low):
        left = (how_many(gone[2] or gone[3]) or 0) - (how_many(gone[1] or gone[4]) or 0)
        return left if left > 0 else None
    there = _PRESENT_SIEVE.candidates(low)
    here = there and _TOTAL_SIEVE.candidates(low)
    if not here:
        return None
    present = _numbers(_PRESENT_SIEVE, list(there), low)
    for place, total in _numbers(_TOTAL_SIEVE, list(here), low):
        behind = place + len(_LETTERS.match(low, place)[0])  # type: ignore[index]
        free = _FREE_BEHIND.match(low, behind)
        if _FREE_BEFORE.search(low[max(0, place - 24) : place]) or (free and not _WERE.search(free[0])):
            continue
        for other, count in present:
            if other != place and 0 < count < total:
                return total - count
    return None


TELLING = (_OUT_OF, _PRESENT_SIEVE, _FOR)
"""Without one of them nothing is found here."""
_LETTERS = re.compile(r"\w+")


def _numbers(sieve: Sieve, which: Sequence[int], low: str) -> list[tuple[int, int]]:
    """Where numbers of people stand, and which."""
    out = []
    for number in which:
        for match in sieve.finditer(number, low):
            group, count = named(match)
            if count and count < 500 and not _NO_PEOPLE.match(low, match.end(group)):
                out.append((match.start(group), 2 * count if _COUPLES.match(low, match.end(group)) else count))
    return out


def beside_host(low: str, hosts: int) -> int | None:
    """Of a meal or a room for so many what is left beside the hosts, who are alone with it."""
    for match in _FOR.finditer(low):
        group, count = named(match)
        if not count or count > 60 or count <= hosts or _NO_PEOPLE.match(low, match.end(group)):
            continue
        if not _ROOM.search(low[max(0, match.start() - 40) : match.start()]):
            return count - hosts
    return None
