# ruff: noqa: E501 (a pattern cut over lines cannot be read)
"""Places a host has left, told by who may come: "eine Mutter mit zwei Kindern", "sechs Fremde", "einer geht noch"."""

from __future__ import annotations

import re

from . import household, in_a_row
from .counting import FOLK, MANY, SEAT, N, how_many
from .sieve import AnyOf, Gated, Sieve

_FOLK = (
    r"(?:" + FOLK + r"|mäuler|wohnungslose\w*|obdachlose\w*|kinder|mädchen|jungen|familienlose\w*|radfahrer\w*|mitfahrer\w*|mitesser\w*|[a-zäöü]{3,}(?:innen|linge))"
)  # fmt: skip
_ADJECTIVES = r"(?:(?!stunden|tage|wochen|jahre)[a-zäöü]+e[nrs]? ){0,2}"
_CAN = r"(?:kann|können|könnten|könnte|chönd|chöi|chönnd|kinna|kenna|kennan|derfn|derfen|dürfen|dürften|würden|würde|hätten|hend|hät|haben|haumma|hamma|finden|kriegen|krieg|bekommen|bringen|bring|laden|lade|lad|nehmen|nehme|nimm|mögen|möged|passen|passt|gehen|gehn|dürf\w*|ziehen|essen|feiern|schlafen)"
_IN = r"(?:rein|hinein|ine|inä|nei|eini|inni|unter|mit|dazu|dazunehmen|mitnehmen|aufnehmen|unterbringen|unterkommen|zurücknehmen|einladen|ein|auf|satt|platz|plotz|schlafen?|schlofa|pennen|wohnen|übernachten|mitessen|mitfeiern|mitfahren|kommen|bei uns|bei mir|bi eus|bi üs|bi mir|freuen|schlof\w*|betreuen|unterrichten|bekochen|begleiten|zum \w+)"
_GUESTS = (
    re.compile(r"\b" + MANY + " " + _ADJECTIVES + _FOLK + r",? (?:die [^.!?\n]{1,50}?,? )?" + _CAN + r"(?: [\wäöü.]+){0,6}? " + _IN + r"\b"),
    re.compile(r"\b" + _CAN + r" (?:wir|ich|mir|mer|i)(?: [\wäöü.]+){0,5}? " + MANY + " " + _ADJECTIVES + _FOLK + r"(?: [\wäöü.]+){0,6}? " + _IN + r"\b"),
    re.compile(r"\b(?:hätten|hätte|finden|fänden|können|könnten|kennan|kinna|dürfen|dürften|chönd|sollen) " + MANY + " " + _ADJECTIVES + _FOLK + r"\b"),
    re.compile(r"\bfehlen (?:uns |mir )?(?:noch )?(?:in [\wäöü]+ )?(?:noch )?" + MANY + " " + _ADJECTIVES + _FOLK + r"\b"),
    re.compile(r"\b(zwe|zwo) (?:freie |leere |freii )?" + SEAT + r"\b"),
    re.compile(r"\b" + MANY + r" (?:von|of) (?:den |unseren |our |the )?(?:" + MANY[1:] + r" \w+(?: [\wäöü.]+){0,6}? (?:frei|leer|übrig|zu haben|unbesetzt|free|left)\b"),
    re.compile(r"\b(?:an|für) " + MANY + " " + _ADJECTIVES + r"(?:" + FOLK + r")(?=,? (?:die|der|frei|ideal|reichen|reicht|wäre|wären|ist|zu haben|bereit|gedacht)|[.,!:;]|$)"),
    re.compile(r"\b" + MANY + r" (?:könnte|kann|könnten|können|nehme|nehmen|würde|würden|bring|bringe) (?:ich|wir|i|mer|mir)\b(?: [\wäöü.]+){0,7}? " + _IN + r"\b"),
    re.compile(r"\b(?:noch|no|nu|nomol) (?:immer )?" + MANY + r"(?: (?!tage|abende|nachmittage|parzellen|stunden|wochen|zimmer|kisten|säcke|nächte|wohnungen)[a-zäöü]+)? (?:frei|leer|unbesetzt|zu vergeben|ohne po|free)\b"),
    re.compile(r"\b(?:von|of) (?:den |unseren |meinen |our )?" + "(?:" + MANY[1:] + r" \w+(?: in \w+)?(?: (?:sind|san|wären|haben|bleiben|stehen|hab|are))?(?: (?:noch|no|erst|schon))* " + MANY + r" (?:noch |no )?(?:frei|leer|übrig|ohne|unbesetzt|left|free)\b"),
    re.compile(r"\b(?:sofa|couch|bed|futon|room|flat|apartment|bett|liege)\w* (?:\w+ )?(?:for|für) (?:up to |bis zu )?" + MANY + r"\b(?! (?:weeks|days|nights|euro|nächte|tage|wochen|monate))"),
    re.compile(r"\b" + MANY + r" (?:[a-zäöü]+e )?(?!kinder|baby|blumen|hoch)[a-zäöü]{3,}(?:betten|matratzen|sitze|matten)\b"),
    re.compile(r"\bihr " + MANY + r"(?: [\wäöü]+){0,2}? (?:kommt|könnt|passt|dürft|sitzt|esst|schlaft|feiert|setzt)\b"),
    re.compile(r"\bfür " + MANY + r"(?: \w+)? (?:ist|is|isch|wär\w*|sind|gibt'?s?|hab\w*|hätt\w*|hot|het|hets)\b[^.!?\n]{0,24}\b(?:frei|platz|plotz|was|etwas|übrig|genug)\b"),
    re.compile(r"\b(?:zimmer|kammer|bett|sofa|couch|tisch|stube|wohnung)\b[^.!?\n]{0,60}, für " + MANY + r"(?= ?[,.;!]| so )"),
    re.compile(r"\b(dutzend|dozen) (?:passt|passen|geht|hat platz)"),
)  # fmt: skip
_SIEVE = Sieve(_GUESTS)
_ROOMS = Gated(
    r"\b"
    + N
    + r" (?:[a-zäöü]+ )?(?:zimmer|räume|kammern|rooms) mit (?:je|jeweils|jeweil) "
    + N
    + r" (?:\w+ )?(?:betten|bett|schlafplätzen|matratzen)\b"
)
_DOUBLES = Gated(r"\b" + N + r" (?:\w+e[sn]? )?doppel(?:zimmer|betten)\b")
_A_COUPLE = Gated(
    r"\bdu und (?:deine?|dein[er]?) [a-zäöü]+,? (?:könnt|dürft|seid|habt|kommt)\b|\bein (?:\w+es (?:ehepaar|pärchen|paar)|ehepaar|pärchen) (?:oder [\wäöü ]{1,25} )?(?:könnte|kann|können|könnten|dürfte|darf|würden wir|würde ich)\b|\bein paar (?:könnte|kann|dürfte|darf|hätte|findet|passt)\b(?! (?:man|ich|jeder))|\bfür ein paar (?:noch |auch )*(?:platz|raum)\b|\b(?:wenn|falls) (?:ein|a|e) (?:ehepaar|paar|pärchen|päärle|päärli|pärle)\b|\bein paar oder zwei (?:einzelne|freund\w*)\b|\bplatz für (?:a|ein|e) (?:päärle|päärli|pärle|paarl)\b|\bein(?: [a-zäöü]+es)? (?:ehepaar|pärchen|paar) (?:einladen|aufnehmen|unterbringen|mitnehmen|bewirten|bekochen)\b|\b(?:für|nehmen|nimmt|auch|passt|könnte|kann) (?:ein|a|es|eis|noch ein) (?:[a-zäöü]+e[sn]? )?(?:ehepaar|pärchen|päärli|pärli)\b|\b(?:für ein|für a|kann ein|könnte ein|(?:^|[.!?,] )ein) paar(?= (?:ideal|frei|wäre|wär|ohne|mit kind|ist|gedacht|bereit|können wir|kann ich|könnten wir)|[.,!;]|$)"
)
_ALONE_WITH_CHILD = Gated(
    r"\balleinerziehende[rn]? (?:mit|und|\+) (?:(?:"
    + N
    + r"|ihrem) )?(?:kind|kindern|baby)\b[^.!?\n]{0,40}\b(?:kann|könnte|darf|willkommen|unterkommen|wohnen|aufnehmen|einziehen|platz)\b"
)
_ONE_MORE = Gated(
    r"\b(?:eine?r?|oaner|oana|eini|anyone|one) (?:geht|passt|ginge|kann|könnte|kunnt|kannt|chönnt|darf|hätte|hat|fits?|more) (?:[\wäöü.]+ ){0,4}?(?:noch|no|rein|mit|dazu|fits|welcome|platz)\b"
    r"|\bnoch eine[rnm]?(?= (?:dazu|rein|frei|platz))|\bnoch einer(?=[?!.]|$| für)|\bfür noch eine[nm]?\b"
    r"|\b(?:platzerl|plätzle|plätzli|platzl|platzal|sitzerl|stüehli|eckerl|betterl|bettli|bettle|notbett|gästebett|klappbett|extra-?bett)\b"
    r"|\bde[rn] (?:zweite|dritte|vierte|fünfte|sechste|siebte|achte|neunte|zehnte|letzte)n? (?:stuhl|platz|teller|sitz|sessel|hocker)\b[^.!?\n]{0,20}\b(?:frei|leer|übrig|unbesetzt)"
    r"|\b(?:kann|könnte|darf|dürfte) (?:(?:da|dort|hier|gern|umsonst|gratis|drin|bei uns|bei mir) )*(?:jemand|wer|einer) (?:[\wäöü.]+ ){0,4}?(?:wohnen|schlafen|übernachten|einziehen|unterkommen|mitfahren|bleiben)\b"
    r"|\b(?:lädt|lade|laden|lad|nimmt|nehme?|nehmen|nimm)(?: (?!uns|mich)[\wäöü.]+){0,5} (?:jemand(?:en)?|wen|einen|eine) (?:[\wäöü.]+ ){0,3}?(?:ein|auf|mit)\b(?=[,.!?;]|$| in | ins | zu | zum | zur | nach )|\bgern eine? (?:schüler|student|gast|azubi|au-?pair)(?:in)?\b|\bfür dich(?: und (?:die|den|das|deine?n?) \w+)?, ja\b"
    r"|\b(?:one|an?|eine|1) (?:extra|spare|übrige|überzählige) (?:ticket|karte|seat|bed|chair)\b|\b(?:eine|1) (?:(?:fahr|eintritts|konzert|kino|theater|frei|opern|zirkus)?karte|ticket)(?: (?:ist|wäre|hab ich|hätte ich|hätt ich))? (?:noch )?(?:übrig|über|frei|zu viel)\b|\bbiete (?:in [\wäöü]+ )?eine[mr] (?:schüler|studenten|kind|azubi|student|geflüchteten)(?:in)?\b"
    r"|\b(?:wohnt|wohnen|einziehen|zimmer|untermiete)\b[^.!?\n]{0,40}\b(?:ein|eine|einen) (?:junge[rn]?|ältere[rn]?|alte[rn]?|nette[rn]?) (?:mensch|menschen|frau|mann|person|dame)\b"
    r"|\b(?:wenn|dass) eine? (?:\w+e )?(?:student(?:in)?|frau|person|azubi|rentner(?:in)?|familienmensch) (?:einzieht|mitkommt|mitisst|dazukommt)\b"
    r"|\b(?:falls|wenn|sollte|if)(?: in [\wäöü]+)? (?:einer?|eine[nm]?|a) (?:\w+e )?(?:student(?:in)?|frau|person|azubi|schüler(?:in)?|rentner(?:in)?|mensch|mädchen|junge|student)\b[^.!?\n]{0,60}\b(?:zimmer|bett|platz|dach|sofa|couch|room)\b"
    r"|\bfür jemand(?:en)?,? (?:der|die|dem)\b|\bpasst\b[^.!?\n]{0,40}\bnoch (?:wer|jemand|eine?r?)\b|\bgenau eine?n? (?:menschen|mensch|person|gast)\b|\bbei (?:mir|uns) (?:pennst|schläfst|wohnst|isst|feierst|sitzt) du\b"
    r"|\beine? (?:[a-zäöü]+e[rn]? )?(?:dame|frau|herr|mann|oma|opa|senior(?:in)?|student(?:in)?|fremder|fremde|gast)\b[^.!?\n]{0,60}\bwillkommen\b|\b(?:sein|ihr) (?:platz|stuhl)\b[^.!?\n]{0,40}\bgedeckt\b"
    r"|\b(?:ihren|seinen|ihre|seine) (?:platz|stuhl|sitz|portion) (?:[a-zäöü]+ ){0,2}?(?:einnehmen|haben|übernehmen)\b|\bbeifahrersitz\b[^.!?\n]{0,30}\b(?:keiner|niemand|leer)\b|\bnur an eine person\b"
    r"|\beine?n? (?:[a-zäöü]+e[nr]? )?(?:dame|frau|mann|herrn|menschen|person|gast|student\w*) (?:laden|nehmen|holen|lade|nehme|hole) (?:wir|ich)\b"
    r"|\b(?:such\w*|fehlt) (?:[\wäöü]+ ){0,3}noch (?:jemand(?:en)?|eine[nr]?|wen), (?:der|die) mit uns\b|\bfor one (?:person|guest|student)\b"
    r"|\b(?:möchten?|wollen|hätten?|würden?)\b[^.!?\n]{0,30} jemand(?:en)? (?:am|an unserem|an unseren|an den) tisch\b|\b(?:sein|ihr) (?:platz|stuhl) soll\b[^.!?\n]{0,20} nicht (?:leer|frei|kalt) bleiben\b"
    r"|\bsuch\w* für (?:unsere|die) (?:[a-zäöü-]+ )?wg\b[^.!?\n]{0,50}\bjemand(?:en)?\b"
    r"|\bfür eine?n? (?:[a-zäöü]+e[nr]? )?(?:dame|frau|mann|herrn?|menschen|person|student\w*|oma|opa|gast)\b[^.!?\n]{0,60}\b(?:ist|wäre|wär|hätten|haben|hab|gibt)\b[^.!?\n]{0,20}\bplatz\b"
    r"|\beine[rmn]? (?:student(?:en|in)?|geflüchteten|studierenden|azubi|lehrling|rentner(?:in)?|obdachlosen|frau|mann|person|menschen)\b(?: [\wäöü.]+){0,5} (?:ein zimmer|ein bett|ein dach|unterschlupf|obdach|einen platz|quartier)\b"
)
_HEADS = Gated(r"\b(?:eine?r?|an eine) " + MANY + r"-?köpfigen? familie\b")
_HOSTING_BEFORE = re.compile(
    r"\b(?:für|nehme?n?|nimmt|aufnehmen|lade[nt]?|biete\w*|kann|können|könnte\w*|würden?|darf|dürfen|gern\w*|beherberge\w*)(?: [\wäöü]+){0,4}? \Z"
)
_HOSTING_BEHIND = re.compile(
    r"[^.!?,\n]{0,45}\b(?:kann|könn\w*|dürfen|darf|dürfte\w*|würden wir|würde ich|hätten wir|nehmen wir|laden wir|willkommen|unterkommen|einziehen|aufnehmen|wohnen|unterbringen|passt|passen|ginge|geht auch|wäre platz)\b"
)
TELLING = (_SIEVE, _ROOMS, _DOUBLES, _A_COUPLE, _ALONE_WITH_CHILD, _HEADS, _ONE_MORE, in_a_row.TELLING)
"""Without one of them nothing is found here."""
_ANY = AnyOf(_ROOMS, _DOUBLES, _A_COUPLE, _ALONE_WITH_CHILD, _HEADS, in_a_row.TELLING)


def plainly(low: str) -> int | None:
    """Two rooms with two beds each; a couple, a mother with two children who may come."""
    if not _ANY.heard(low):
        return None
    if doubles := _DOUBLES.search(low):
        return 2 * (how_many(doubles[1]) or 0)
    if rooms := _ROOMS.search(low):
        return (how_many(rooms[1]) or 0) * (how_many(rooms[2]) or 0)
    if match := _ALONE_WITH_CHILD.search(low):
        return 1 + (how_many(match[1]) or 1)
    if heads := _HEADS.search(low):
        return how_many(heads[1])
    return hosted(low) or (2 if _A_COUPLE.search(low) else None)


def hosted(low: str) -> int | None:
    """How many they are who may come, where they are told one by one."""
    for group in in_a_row.groups(low):
        if group.own or group.ours or group.items < 2 or group.total < 2 or household.dead(low, group.end):
            continue
        before = low[max(0, group.start - 40) : group.start]
        if _HOSTING_BEFORE.search(before) or _HOSTING_BEHIND.match(low, group.end):
            return group.total
    return None


def guests() -> tuple[Sieve, int]:
    """The patterns that name the number of guests, and how many these are."""
    return _SIEVE, len(_GUESTS)


def one_more(low: str) -> bool:
    """Whether one place is left, told without a number."""
    return _ONE_MORE.search(low) is not None
