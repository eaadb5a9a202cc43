# ruff: noqa: E501 (a pattern cut over lines cannot be read)
"""Parties of which something else than their size is told: who is missing for a game, who lives in a house, "alle drei"."""

from __future__ import annotations

import re

from .counting import MANY, how_many, named
from .sieve import AnyOf, Gated

_NTH = {"zweite": 2, "dritte": 3, "vierte": 4, "fünfte": 5, "sechste": 6, "siebte": 7, "achte": 8}
_WANTED_NTH = Gated(
    r"\b(?:fehl\w*|such\w*|brauch\w*|gesucht|missing|sueche\w*)\b[^.!?\n]{0,60}?\b(dritte|vierte|fünfte|sechste|siebte|achte)[rnms]?\b(?! (?:rad|stock|etage|klasse|advent|bezirk|semester|tag|mal|woche|baby|kind|feiertag|\w*tag)\b)"
    r"|\b(dritte|vierte|fünfte|sechste)[rnms]? (?:mann|frau|person|stimme|hand|spieler\w*|mitspieler\w*|mensch\w*|mitbewohner\w*|im bunde)\b[^.!?\n]{0,40}?\b(?:fehlt|gesucht|such)"
)
_GAMES = {"skat": 3, "doppelkopf": 4, "doko": 4, "schafkopf": 4, "jass": 4, "watten": 4, "bridge": 4, "quartett": 4}
_GAME = Gated(r"\b(skat|doppelkopf|doko|schafkopf|jass|watten|bridge|quartett)\w*")
_LACKING = Gated(
    r"\b(?:fehlen|fehlt|fehle)(?: \w+){0,3} " + MANY + r"\b|\buns (?:fehlen|fehlt)(?: \w+){0,2} " + MANY + r"\b"
    r"|\bfehlt(?: uns| mir| noch| nur| genau| bloss)* (eine?|einer) (?:mensch|person|mann|frau|hand|(?:mit)?spieler\w*)\b"
)
_TIMES = r"(?:wochen?|tagen?|monaten?|jahren?|stunden?|minuten|nächten?|mal|grad|euro|uhr|zimmer\w*|stühle|plätze|betten|sorten|gänge|teller|sachen|dinge|varianten|wohnungen|katzen|hunde|punkte|advents\w*|seiten|feiertage\w*|weihnachtstage\w*|tabletten|bücher|karten|hände|arme)"
_ALL = Gated(
    r"\b(?:alle|wir|uns|(?<!um )die|ihnen allen) (zwei|drei|vier|fünf|sechs|sieben|acht|2|3|4|5|6)\b(?= (?!"
    + _TIMES
    + r"\b)(?:kommen|sitzen|sind|leben|wohnen|brauchen|suchen|haben|hätten|würden|wären|möchten|schlafen|stehen|kennen|freuen|stecken|hängen|spielen|nie|in|im|am|auf|aus|aber|allein)\b|[,.:!?]|$)"
)
_HOUSEHOLD = Gated(
    r"(?:\b(?:haushalt|familie|wg|trupp|wohngemeinschaft|clan|band|chor)|gruppe|truppe|runde|clique)\b(?: (?!such|wir|gern)[a-zäöü]+){0,2}?(?:,| mit| von| aus| zu| \(| -)? ?(?:insgesamt |zusammen )?" + MANY + r" ?(?:pers\b|personen|köpfe|leute|menschen|mitglieder|mann\b|erwachsene und)"
    + r"|(?<!ein)(?<!zwei)(?<!drei)(?<!vier)(?<!fünf)[,(:] ?" + MANY + r" (?:leute|personen|köpfe|menschen|seelen|pers\b\.?)(?=[,.;:)!]|$)"
    + r"|\b" + MANY + r"-?köpfige[nr]?\b|\bich ?(?:\+|plus) ?(\d|eins)\b|\bwir [a-zäöü-]{4,},? \((\d)(?: leute| personen| köpfe| pers\.?)?\)|\bz[u']? ?(zwoit|zwoat|zwöit)\b|\b(?:mia|mir|mer|mier|wia) (zwoa|zwoi|zwöi|zwee|zwei|drei|drü|dra|vier|vieri)(?=,| ?\(|:| (?:suach|such|suech|san|sin|send|sind|ham|hend|händ|hei|wär|hätt|tät|wott))"
)  # fmt: skip
_SUBJECT = Gated(
    r"(?:^|[.!?:\n] ?)"
    + MANY
    + r" (?:[a-zäöü]+e[nr]? )?(?!"
    + _TIMES
    + r"\b|personen \w+ werden)[a-zäöü]{4,}\b[^.!?\n]{0,60}?\b(?:suchen|suchn|suechet|sueched|möchten|wünschen|hätten gern|bräuchten|wollen|würden gern|würden sich)\b"
)
_HOUSE = Gated(
    r"\b(?:wohngruppe|tagesgruppe|wohngemeinschaft|tagespflege|pflegeheim|altenheim|seniorenheim|kinderheim|heim|hospiz|frauenhaus|station|nachtcafe|jugendgruppe|kita|kindergarten|schulklasse|klasse|werkstatt|unterkunft|internat|haus(?:es)?|unsere[rnm]?|betreue\w*)\b"
)
_FOLK_OF_IT = Gated(
    r"\b"
    + MANY
    + r" (?:(?!uhr|wochen|tage|jahre)[a-zäöü]+e[nr]? ){0,2}(?:bewohner\w*|kinder[ns]?|senior\w*|jugendliche\w*|damen|herren|opas|omas|gästen?|freiwillige\w*|ehrenamtliche\w*|menschen|leuten?|mädchen|jungs|jungen|frauen|männern?|patient\w*|azubis|alten?|schüler\w*|geflüchtete\w*|witwen|familien|[a-zäöü]{3,}innen)\b"
)
_ASKED_FOR = re.compile(
    r"\b(?:such\w*|brauch\w*|fehl\w*|gesucht|benötig\w*|noch|ab|über|unter|von|jede[nr]?|vor|seit|nach|zwischen|früher|damals)(?: [\w-]+){0,4} \Z"
)
_NOT_OF_IT = re.compile(
    r"(?: [\w]+){0,3} (?:abgesagt|aufhören|krank|weniger|fehlen|standen|liegen|hören auf)\b|[^.!?\n]{0,20} zum [a-zäöü]+en\b"
)
_GIFTS = Gated(
    r"\b(?:fehlen|brauchen|braucht|suchen|sucht|wünschen sich)\b(?: \w+){0,4}? " + MANY + r" (?:\w+ )?(?:geschenke|päckchen|wünsche|pakete|jacken|winterjacken|schlafsäcke|schultüten|stiefel)\b"
)  # fmt: skip
_CHILDREN = Gated(
    r"(?:^|[,.;:(+] ?|\bund |\bhabe? )"
    + MANY
    + r" (?:kleine |kranke )?(?:kinder|kids|töchter|söhne|jungs|mädchen)(?=[.,!;)]|$| und (?:kein|ich)| zu hause| daheim| zuhause)"
)
_NEED = Gated(
    r"\b(?:kaputt|jobcenter|bürgergeld|miete|strom|rechnung|heizung|geld|alleinerziehend\w*|übrig|reicht nicht|abgelehnt|windeln|waschmaschine|kühlschrank|schulden|kündigung|wohnung)\b"
)
_NOT_THEY = re.compile(r"\b(?:nicht|tot|weg|gestorben|verstorben),? \Z")
_TOGETHER = (_ALL, _HOUSEHOLD, _GIFTS, _SUBJECT)
_ANY_TOGETHER = AnyOf(*_TOGETHER)
OTHERWISE = (*_TOGETHER, _CHILDREN)
"""Without one of them `together` and `with_children` find nothing."""
TELLING = (_WANTED_NTH, _LACKING, *_TOGETHER, _CHILDREN, _FOLK_OF_IT)
"""Without one of them no size of a party is found here."""


def with_children(low: str) -> int | None:
    """Somebody in need who only tells the children: they and one who looks after them."""
    match = _CHILDREN.search(low)
    found = how_many(match[1]) if match and _NEED.search(low) else None
    return found + 1 if found and found < 13 else None


def missing(low: str) -> int | None:
    """Who is there already, when a fourth is looked for, or two for a game of four."""
    if nth := _WANTED_NTH.search(low):
        return _NTH[nth[1] or nth[2]] - 1
    if (lack := _LACKING.search(low)) and (game := _GAME.search(low)):
        left = _GAMES[game[1]] - (named(lack)[1] or 0)
        return left if left > 0 else None
    return None


def together(low: str) -> int | None:
    """ "Alle drei", a household or a group with its number, gifts for so many."""
    if not _ANY_TOGETHER.heard(low):
        return None
    for pattern in _TOGETHER:
        match = pattern.search(low)
        found = named(match)[1] if match else None
        if match and found and found < 5000 and not _NOT_THEY.search(low[max(0, match.start() - 16) : match.start()]):
            return found + (match[0].startswith("ich"))
    return None


def of_a_house(low: str) -> int | None:
    """How many live in the home or are in the group for which somebody asks."""
    if _HOUSE.search(low) is None:
        return None
    for match in _FOLK_OF_IT.finditer(low):
        found = how_many(match[1])
        before = low[max(0, match.start() - 30) : match.start()]
        if found and 1 < found < 500 and not (_ASKED_FOR.search(before) or _NOT_OF_IT.match(low, match.end())):
            return found
    return None
