# ruff: noqa: E501 (a pattern cut over lines cannot be read)
"""How many places a host has left."""

from __future__ import annotations

import re

from . import free, invited, no_seats, spare
from .counting import FOLK, MANY, NUMBERS, SEAT, N, how_many
from .of_people import counts, of_people
from .party import party
from .remaining import TELLING, beside_host, difference
from .sieve import AnyOf, Gated, Sieve

_SEATS = (
    re.compile(r"\b(?:no|noch) " + N + r" (?:leute |personen |gäste )?dazu\w*"),
    re.compile(r"\b(?:" + NUMBERS + r")(?: bis |, ?| bis zu )" + N + r" (?:\w+ )?(?:" + FOLK + r"|" + SEAT + r")\b"),
    re.compile(r"\bdavon (?:(?:ist|sind|wäre|wären) )?(?:noch )?" + N + r" (?:noch )?(?:frei|leer|übrig|zu haben)\b"),
    re.compile(r"\b" + N + r"(?:-\d+)? (?:weitere[rn]?|freie[rni]?|freii|leere[rn]?|free|more|empty|extra|spare|übrige)? ?" + SEAT + r"\b(?! für " + N + r"\b)"),
    re.compile(r"(?:platz|plaatz|plätze|raum|stühle|teller|essen|space|room|reicht|reichen|langt|langts|betten|sofa|couch|zimmer|gross genug|genug|gnueg|gnuag|tisch|gans|ente|raclette|fondue|topf)\w*(?: \w+){0,4}? für(?: noch| no| bis zu| max\.?| maximal| insgesamt| circa| ca\.?| etwa| gut| locker| mindestens)* " + N + r"\b"),
    re.compile(r"(?:room|space|seats?|table|enough)(?: \w+){0,2} for(?: up to| another)? " + N + r"\b"),
    re.compile(r"(?:noch|bis zu|bis|max\.?|maximal|höchstens|gern(?:e)?|up to|no|ca\.|weitere|für) " + N + r" (?:weitere[rn]? |liebe[rn]? |nette[rn]? |einsame[rn]? |alleinstehende[rn]? |fremde[rn]? |andere[rn]? |zusätzliche[rn]? |more )?" + FOLK + r"\b"),
    re.compile(r"(?:aufnehmen|nehmen|nehme|unterbringen|beherbergen|einladen|mitnehmen|laden|lade|nimmt|host|take)(?: [\w.-]+){0,4}? " + N + r" (?:(?!paar )\w+ )?" + FOLK),
    re.compile(r"\b" + N + r" (?:(?!paar )\w+ )?" + FOLK + r"(?: \([^)]{1,15}\)| [\w-]+){0,6} (?:aufnehmen|unterbringen|mitessen|dazukommen|einladen|unterkommen|pennen|schlafen|übernachten|mitfeiern|willkommen|passen|passt|wären|können|könnten|dürfen|kommen)|\b" + N + r" (?:(?!paar )\w+ )?" + FOLK + r"(?: [\w.]+){0,4} (?:noch |no )?(?:platz|plotz|unterschlupf)\b"),
    re.compile(r"(?:max\.?|maximal|höchstens|bis zu|bes ze) (?!\d\d?\. ?(?!bitte|wer|meld|schreib)\w)" + N + r"(?! ?(?:uhr|km|€|euro|jahr|tag|woche|min|stund))"),
    re.compile(r"^\W*" + N + r" " + SEAT + r"|\b" + N + r"er? (?:sind|wären) (?:noch )?frei|\b" + N + r" (?:sind|wären) (?:noch )?frei"),
    re.compile(r"\b" + N + r" (?:können|könnten|dürfen|dürften|kriegen|finden) (?:\w+ ){0,2}(?:dazu\w*|mit\w*|noch|platz|kommen|sitzen)\b"),
    re.compile(r"\b(?:no|noch) " + N + r" (?:eini|rein|dazu|dabei|mit)\b"),
    re.compile(r"\bpassen(?: \w+){0,2}? " + N + r"\b(?! ?(?:uhr|%))"),
    re.compile(r"(?<!schon )(?<!bereits )(?<!hatten )\b" + N + r" (?:weitere )?gästen?\b"),
    re.compile(r"\b" + N + r" (?:personen|leute|pers)\W*$"),
    re.compile(r"\b" + N + r" (?:" + FOLK + r" )?(?:hätten|hätt|haben|hend|finden|fänden|passen|passten|gehen|gingen|kriegen|bekommen|bring|bringen|krieg|fit) (?:[\w]+ ){0,3}?(?:platz|rein|hinein|nei|eini|unter|unterschlupf|satt|drauf|in)\b"),
    re.compile(r"\b" + N + r" (?:(?:weitere |fremde |liebe )?" + FOLK + r" mehr\b|mehr (?:oder weniger )?(?:fällt|fallen|macht|machen|stört|stören|geht|gehen|passt|am tisch|werden satt|ned auf|net auf|nicht auf|nit auf))|\bauf " + MANY + r" mehr (?:oder weniger )?(?:kommt|chunnt|kummt)\b"),
    re.compile(r"\b(?:mehr als|mehr wie|more than) " + N + r" (?:\w+ )?(?:dürf\w*|könn\w*|kann|soll\w*|geh\w*|pass\w*|krieg\w*|bring\w*|schaff\w*|nehm\w*|hab\w* (?:\w+ )?platz|people|gäste)"),
    re.compile(r"\b(?:bis|bis zu|max\.?|maximal|höchstens|für|noch) " + N + r" (?:\w+ )?(?:familien|haushalte|alleinstehende\w*|nachbar\w*|damen|herren|kolleg\w*|freundinnen|radler\w*|wander\w*|musiker\w*|tänzer\w*)\b"),
)  # fmt: skip
_ONE_SEAT = Gated(
    r"\b(?:noch )?(?:ein(?:en)?|nen|1|a|an|es|en|äs|oan|the) (?:freier? |freien |freies |warmes |weiches |frisches |eigenes |bequemes |gemachtes |leerer? |leeren |spare |free |zusätzlicher? |warmer? |gemütlicher? )?(?:platz|stuhl|sessel|teller|gedeck|bett|schlafplatz|plätzchen|plätzli|sitzplatz|stüehl|stual|gast|seat|chair|plate|gästezimmer für eine)\b(?! für (?:alle|jede))"
    r"|\b(?:hab|habe|hätte|hätt|haben|biete)(?: \w+){0,3} platz für (?:dich|jemand|wen|eine person)|(?:platz|bett|stuhl|teller) für (?:dich|eine (?:liebe |nette )?(?:person|frau|dame)|einen (?:lieben |netten )?(?:menschen|mann|gast|herrn))\b|\b(?:sein|ihr|der) (?:platz|stuhl|sessel|teller|bett)\b(?: [\w.]+){0,7} (?:ist|bleibt|wäre|wird|steht)(?: [\w.]+){0,4} (?:frei|leer|zu haben)\b|\bfrei für (?:ein|eine|einen)\b(?! [a-zäöü]+ mit kindern)|für eine person|für 1 person|: eine person\b|\b(?:stuhl|platz|sessel|teller|sitz) (?:nummer|nr\.?) ?\d\d?\b|\b(?:platz|plotz|bett|stohl|stual) (?:för|fir|fia|für) (?:een|eenen|oan|oane[nr]?|eis|eini)\b|\b(?:ist|wird|wäre|bleibt) für (?:sie|dich) (?:reserviert|frei)\b|\beine person (?:bitte )?(?:noch|mehr)\b|\b(?:verschenke|gebe|habe|hab|hätte)(?: noch)? eine (?:[a-zäöü]*karte)\b|\beine [a-zäöü]*karte (?:zu verschenken|abzugeben|zu vergeben)\b|\bfür oa person\b|\b(?:studentin|student|oma|omi|opa|dame|frau|gast|person|seele) (?:für [^.!?\n]{0,30} )?gesucht\b|\b(?:das|die|mein|meine|ein|eine) zweites? (?:ticket|karte|konzertkarte|theaterkarte|fahrkarte)\b(?! kauf)|noch (?:jemand(?:en)?|wen) (?:\w+ )?(?:auf|dazu|mit)\b|\b(?:dritte|vierte|fünfte|fünfta|sechste|siebte|achte|neunte|zehnte)[rns]? (?:stuhl|platz|sessel|stui|stual|teller|gedeck)\b"
)
_SET_FOR = re.compile(
    r"(?:bisher|aktuell|schon|derzeit|momentan|bis jetzt|jetzt|wir)?(?: \w+)? ?(?:sind wir|wir sind|sind|sind schon|kommen)(?: \w+){0,2} (?:zu |schon |bisher |bereits )?"
    + r"(?!eine?n? )"
    + N
    + r"\b"
)
_ROOM_FOR = re.compile(
    r"(?:platz|tisch|stühle|plätze|essen|gans|ente|pute|truthahn|raclette|fondue|braten|reicht|reichen|langt|topf|kuchen|auflauf|gulasch|chili|eintopf|kartoffelsalat|suppe|pfanne|karpfen|lasagne|klösse|knödel)\w*(?: \w+){0,3}? (?:für|reicht für|ist für|wäre für|hat) "
    + N
    + r"\b"
)
_COMING = re.compile(
    r"\b"
    + N
    + r" (?:(?:kommen|sind|haben) (?:wir )?(?:schon|bereits|fest|sicher)\b|sind wir\b|hocken schon|sitzen schon)"
)
_HOSTED = Gated(
    r"\b(?:für|an|gern\w*|biete\w*(?: \w+){0,5}?|nehme\w*(?: \w+){0,4}?) (?:eine? )?(?:junge |geflüchtete )?(?:frau|mutter|mama|geflüchtete|alleinerziehende[nr]?) (?:oder (?:\w+ ){1,2})?mit (?:einem |ihrem )?(?:kind|baby)\b"
)
_SEAT_SIEVE = Sieve([*_SEATS, _ONE_SEAT.pattern, _ROOM_FOR, _HOSTED.pattern])
_TAKEN = Gated(
    r"\b"
    + N
    + r" "
    + SEAT
    + r",? (?:davon )?(?:sind )?"
    + N
    + r" (?:davon )?(?:sind |schon |bereits )*(?:besetzt|belegt|vergeben|weg)\b"
)

_SAID_MORE = (
    re.compile(r"\bnoch " + N + r" (?:(?:im|ins|in der|am|auf der) (?:auto|bus|wagen|kutsche|schlitten|tisch|bank|runde|zelt|boot|anhänger)|verrückte\w*|nette\w*|liebe\w*|feierwütige\w*|mutige\w*|einsame\w*)\b"),
    re.compile(r"\b(?:nehme|nehmen|nimm|bring|bringe|lade|laden) (?:[\w.]+ ){0,3}?" + N + r" (?:mit|auf|ein)\b"),
    re.compile(r"\b(?:verträgt|trägt|fasst) noch " + MANY + r"\b|\b" + N + r" (?:von|of) (?:euch|you)\b|\b(?:zahle?n?|spendiere?n?|bezahle?n?|schenke?n?) (?:ich |wir )?" + MANY + r" (?:\w+en )?(?:leuten|personen|menschen|familien|kindern|gästen)\b|\b(?:verschenken?|vergeben?) (?:ich |wir )?" + MANY + r" (?:\w+e )?(?:gutscheine|karten|tickets|menüs|essen|portionen)\b"),
    re.compile(r"\b" + MANY + r" (?:leute |gäste |personen |freunde )?(?:haben|hend|hom|hamm) (?:[a-zäöü]+ ){0,2}abgesagt\b"),
    re.compile(r"\b(?:can|could|will|would) (?:\w+ )?(?:take|host|fit|squeeze in|have|seat|feed) (?:\w+ )?" + N + r"\b(?! (?:and|cats?|dogs?|or))"),
    re.compile(r"\b" + N + r" (?:könnten|können|kann|dürfen|dürften) (?:\w+ ){0,2}(?:schlafen|pennen|übernachten|unterkommen|mitfahren|mitessen|mitfeiern|kommen)\b"),
    re.compile(r"\b(?:biete|betreue|begleite|schenke|bekoche|unterrichte|fahre|hole)n?(?: [\w.-]+){0,2} " + MANY + r" (?:\w+ )?" + FOLK),
    re.compile(r"\b" + MANY + r" (?:(?!stunden|tage|wochen|monate|jahre|zimmer|räume|minuten|abende|nachmittage|parzellen|gärten|beete|qm|quadratmeter)\w+ ){1,2}?(?:(?:noch |no |nu )?(?:frei|leer|unbesetzt|unbelegt|zu vergeben)\b|(?:gehen|gehn|gingen|tätn?|täten) (?:sich|si|se)\b)"),
    re.compile(r"\b" + MANY + r" (?:\w+e )?(?:" + SEAT + r"|" + FOLK + r"|karten|tickets|freikarten|gabeln|löffel|\w*pfännchen|\w*teller|\w*stühle|\w*plätze|\w*portionen|\w*hälften) (?:\w+ ){0,2}?(?:noch |no )?(?:übrig|über|zu haben)\b"),
    re.compile(r"\b" + MANY + r" (?:gehen|gehn|gingen|tätn?|täten) (?:sich|si|se)\b|\bfür " + MANY + r" (?:het's|hets|hat's|hats|gibt's|git's|reicht's|langt's|reichts|gibts)\b"),
    re.compile(r"\b" + MANY + r" (?:leere|freie|unbesetzte|übrige|leeren|freien|spare|empty|extra) (?!tage|stunden|wochen|abende|wochenenden|zimmer|räume|\w*(?:kartons?|kisten|anhänger|gläser|flaschen|eimer|säcke|regale)\b)\w+"),
    re.compile(r"\b" + MANY + r" (?:andere[nr]? |einsame[nr]? |weitere[nr]? )?(?:seelen|übriggebliebene|mitleidende|mitsitzer|mitesser|lüüd|leit|mitfahrer)\b(?! (?:such|brauch|und ich))"),
    re.compile(r"\b" + MANY + r" (?:[a-zäöü]+e[nr]? )?(?:kinder|leutchen|schülerinnen|schüler|omas|damen|herren) (?:kann|könnte|nehme?|fahre|bekoche|hole) ich\b|\bbietet " + MANY + r" [a-zäöü]+ern\b|\bdürfen (?:jetzt |noch )*" + MANY + r" (?:andere|weitere)\b"),
    re.compile(r"\b" + MANY + r" (?:(?!stunden|tage|wochen)\w+ ){0,2}(?:können|könnten|dürfen|dürften|kann|könnte) (?:\w+ ){0,6}?(?:einziehen|wohnen|mitfahren|mitkommen|kommen|mitmachen|mit raus|bleiben|lernen|machen|mitessen)\b"),
)  # fmt: skip
_MORE_SIEVE = Sieve(_SAID_MORE)
_FOR_TABLE = Gated(r"\b(?:tisch für|table for) " + N + r"\b|\b(\d)er-?(?:tisch|zelt|zimmer|hütte)\b")
_HALF_GONE = Gated(
    r"\b"
    + MANY
    + " (?:[a-zäöü]+e )?"
    + SEAT
    + r"\b[^.!?\n]{0,40}\bhälfte\b(?: \w+){0,3} (?:weg|vergeben|besetzt|belegt|frei|leer|übrig|offen|free|taken)\b"
)
_AT_WORST = Gated(
    r"\b(?:notfalls|zur not|im notfall|if need be)(?: auch)? " + MANY + r"\b|\b" + MANY + r" (?:notfalls|zur not)\b"
)
_HALF_DOZEN = Gated(r"\b(?:halbes|halb's|halbs|half a) (?:dutzend|dozen)\b")
_TICKETS = Gated(
    r"\b" + N + r" (?:\w+ )?(?:karten|tickets|freikarten|eintrittskarten|konzertkarten|theaterkarten|kinokarten)\b"
)
_GOING = re.compile(
    r"wer (?:will|mag|möchte|hat lust|kommt|geht|begleitet)|kommt mit|mitkommen|mitgehen|mit mir|mit uns|begleit|join"
)
_WITH_ME = re.compile(
    r"\b(?:kommt|geht|mag|kimmt|chunnt|will|möchte) (?:\w+ ){0,3}mit\b|\bmitkommen|\bmitgehen|\bmit mir\b|\bbegleitet mich|\bwith me\b"
)
_HOLDS = Gated(
    r"\b(?:schläft|fasst|fassen|sleeps|fits|reicht's|(?:ist|wäre|sind|reicht|reichen|langt|gedeckt|gedacht|gekocht|kochen?|koch|koche|koch ich|decken|buffet|bleche|backen?|kaufen?|kauf|eingekauft|einkaufen|raclette|fondue|cook|cooking|enough)(?: (?:locker|gleich|immer|gut|aber|eh|noch|wieder|doch|essen|ich|halt|einfach|gern|gerne|heuer))* (?:für|for)) (?:gut |locker |bis zu |etwa |ca\.? )?"
    + N
    + r"\b"
)
_LAID = Gated(r"\bfür " + N + r" (?:gedeckt|gekocht|eingekauft|gebacken|geplant|bestellt|reserviert)\b")
_TAKES = Gated(r"\b(?:braucht|brauchen|needs|spielt man zu|geht nur zu|geht erst zu) " + N + r"\b")
_AM_ONE = Gated(
    r"\bich bin (?:nur |erst |die |der )?(?:eine?r?|allein\w*|erste)\b|\bbin (?:nur |erst )?(?:eine?r?|allein\w*|solo)\b|\bi'?m (?:only |just )?one\b"
)
_INSTEAD = Gated(r"\bfür " + N + r" statt (?:für |nur )?" + N + r"\b")
_OF_US = Gated(
    r"\b"
    + N
    + r" (?:\w+ )?"
    + SEAT
    + r",? (?:und |aber |doch )?(?:nur |bloss )?(?:wir sind (?:nur |bloss |zu )?)?"
    + N
    + r"(?: von uns| of us| hintern| esser| leute| bewohner\w*|[.,!:;]| und)"
)
_FURNITURE = r"(?:tisch|boden|sofa|couch|matratzen?|bett|doppelbett|bank|eckbank|teppich|küche|wohnzimmer|gästezimmer|dachboden|hockern?|balkon|kinderzimmer|stube|keller|zelt|wohnwagen|gartenhaus)"
_HERE_AND_THERE = Gated(
    r"\b"
    + N
    + r" (?:\w+ )?(?:am|auf|im|in|aufs) (?:de[mr] |m |einem |einer )?"
    + _FURNITURE
    + r"(?: und|,| plus|, und) (?:noch )?"
    + N
    + r" (?:\w+ )?(?:am|auf|im|in|aufs) (?:de[mr] |m |einem |einer )?"
    + _FURNITURE
    + r"\b"
)
_WITH_CHILD = Gated(
    r"\b(?:mutter|mama|mami|vater|papa|frau) (?:mit|und|\+|samt) (?:ihrem |einem |seinem |1 )?(?:kind|baby|kleinkind|säugling)\b(?: \w+){0,3}? (?:willkommen|darf|kann|könnte|dürfte|wäre|gesucht|gern\w*|bevorzugt)"
    r"|\b(?:kann|könnte|darf|dürfte|hätte|hat)(?: [\wäöü.]+){0,6} eine? (?:\w+e )?(?:mutter|mama|mami|vater|papa|frau) (?:mit|und) (?:ihrem |einem |seinem )?(?:kind|baby|kleinkind|säugling)\b"
    r"|\bfür dich und deine?n? (?:tochter|sohn|kind|baby|mann|frau|mutter|mama|oma|vater|freundin|freund|schwester|bruder|partner|partnerin|kleinen?|hund und)\b"
)
_THE_ONE = Gated(
    r"\bsuch\w* (?:\w+ ){0,3}(?:zwischen|unter)mieter(?:[*:_/-]{0,2}in)?\b|\b(?:zwischen|unter)mieter(?:[*:_/-]{0,2}in)?\b(?=[^.!?\n]{0,30}\b(?:gesucht|willkommen|wanted)\b)"
    r"|\b(?:lade|lad|lädt|laden|nehme|nehmen|nimmt|hole|holt|holen|suche|suchen)(?: [\w.]+){0,6}? (?:eine?n?|1|nen|ne|a) (?:\w+ )?(?:dame|frau|mann|herrn|person|menschen|studenten|studentin|seniorin|senioren|rentnerin|rentner|gast|witwer?|alleinstehende[nr]?|nachbarin|mitfahrer\w*|mitesser\w*|mitspieler\w*|vierten?|dritten?|fünften?)\b(?! mit)"
    r"|(?<!uns )(?<!mich )(?<!ihn )(?<!sie )(?<!mir )\bjemand(?:en)? (?:(?!uns|mich|ihn|die)\w+ ){0,4}(?:einladen|aufnehmen|mitnehmen|beherbergen)\b|\bfür dich (?:ist|wird|wäre|decke|koche|mit)\b"
    r"|\bdu kommst (?:doch |einfach |gern |dann )*zu (?:uns|mir)\b|\bkommst du (?:doch |einfach |gern |dann )*zu (?:uns|mir)\b"
    r"|(?<!meine )(?<!seine )(?<!unsere )(?<!mein )\b(?:frau|dame|mann|studentin|mädel|student|studi|azubi|person|studierende[rn]?)(?: mit [a-zäöü]+)? (?:darf|soll|kann sich|kann klingeln|kann kommen|willkommen|(?:kann|könnte|dürfte)(?: [\w.]+){0,6}? (?:wohnen|einziehen|bleiben|schlafen|kommen|übernachten|unterkommen|mitessen|mitfeiern))\b"
    r"|\bein(?:e)? (?:einzelne[rn]? |einsame[rn]? |alleinstehende[rn]? )(?:mensch|person|gast|student\w*|frau|mann|dame|herr)\b|\bbeifahrersitz\b|\beinzelperson\b|\bfür eine (?:\w+ )?(?:person|frau|dame|studentin)(?:,| die)|\b(?:eine alte dame|ein alter herr|ein student oder eine studentin|eine studentin oder ein student)\b|\b(?:zimmer|bett|sofa|stuhl|platz)\b[^.!?\n]{0,20} (?:wartet|warten) auf jemand"
)
_SEATER = Gated(r"\b(fünf|sechs|sieben|acht|neun)-?sitz(?:er|ig)")
_TOLD = (
    *invited.TELLING,
    _TAKEN,
    _HALF_GONE,
    _AT_WORST,
    _OF_US,
    _INSTEAD,
    _HERE_AND_THERE,
    _HALF_DOZEN,
)
_MEANT_FOR = (_HOLDS, _LAID, _FOR_TABLE, _TAKES)
_ANY_TOLD, _ANY_ROOM = AnyOf(*_TOLD), AnyOf(_SEAT_SIEVE, *_MEANT_FOR)
_TELLING = AnyOf(
    _SEAT_SIEVE,
    _MORE_SIEVE,
    free.TELLING,
    *_TOLD,
    *_MEANT_FOR,
    _TICKETS,
    _WITH_CHILD,
    _ONE_SEAT,
    _THE_ONE,
    *TELLING,
    *spare.TELLING,
    _SEATER,
)
"""Without one of them no place is left."""
_ALONE = re.compile(
    r"(?<!sonst )\ballein|\balloa|\belei|\bwitwer?\b|nur für (?:mich|eine)|\bich bin ein(?:e|er|s)?[.,! ]|\bsolo\b|by myself|\balone\b|niemand\w* da|keiner da"
)
_MEALS = re.compile(
    r"\b(?:gans|ente|pute|truthahn|karpfen|raclette|braten|fondue|essen|gulasch|suppe|lasagne|auflauf|chili|eintopf|kartoffelsalat|reicht|reichen|langt|koche?|gekocht|kauf\w*|eingekauft|einkaufen|gedeckt|cook\w*)\w*\b.{0,20} (?:für|for)"
)
_MORE = re.compile(r"noch(?: \w+){0,2} platz|platz für noch|noch für")


def _difference(match: re.Match[str] | None) -> int | None:
    """The first number less the second."""
    left = (how_many(match[1]) or 0) - (how_many(match[2]) or 0) if match else 0
    return left if left > 0 else None


def _counted(low: str) -> int | None:
    """Places of a host who names a couple or a family with its children, or chairs and how many are taken."""
    if not _ANY_TOLD.heard(low):
        return None
    if taken := _TAKEN.search(low):
        return _difference(taken)
    if half := _HALF_GONE.search(low):
        return (how_many(half[1]) or 0) // 2 or None
    worst = _AT_WORST.search(low)
    if worst and (most := of_people(low, worst)):
        return most
    if left := _difference(_OF_US.search(low)) or _difference(_INSTEAD.search(low)):
        return left
    if both := _HERE_AND_THERE.search(low):
        return (how_many(both[1]) or 0) + (how_many(both[2]) or 0)
    if two := invited.couples(low):
        return two
    if _HALF_DOZEN.search(low):
        return 6
    return invited.family(low)


def _room_left(low: str) -> int | None:
    """What a table, a hut or a game is for, less those who are there; None where nobody is said to be."""
    if not _ANY_ROOM.heard(low):
        return None
    room = _SEAT_SIEVE.search(len(_SEATS) + 1, low)
    if room is None or not counts(low, room, 1):
        room = _HOLDS.search(low) or _LAID.search(low)
    game = _TAKES.search(low)
    if room and (total := how_many(room[1])) and counts(low, room, 1):
        have = _SET_FOR.search(low[: room.start()]) or _SET_FOR.search(low[room.end() :]) or _COMING.search(low)
        there = how_many(have[1]) if have else None
        if there and there < total and not _MORE.search(low[max(0, room.start() - 25) : room.end() + 12]):
            return total - there
        if total > 1 and (_MEALS.search(room[0]) or _LAID.search(low)) and _ALONE.search(low):
            return total - 1
    table = _FOR_TABLE.search(low)
    if table and _ALONE.search(low) and (total := of_people(low, table)):
        return total - 1 or None
    if game and (total := how_many(game[1])) and counts(low, game, 1) and _AM_ONE.search(low):
        return total - 1 or None
    return None


def _said(low: str) -> int | None:
    """The number of places or guests a host names."""
    given = no_seats.given_away(low)
    for sieve, many in ((_SEAT_SIEVE, len(_SEATS)), (_MORE_SIEVE, len(_SAID_MORE)), spare.guests()):
        for which in (n for n in sieve.candidates(low) if n < many):
            match = sieve.search(which, low)
            if match is None or (given and no_seats.a_thing(match)) or no_seats.of_others(low, match):
                continue
            if found := of_people(low, match):
                return found
    return None


def _one(low: str) -> bool:
    """Whether one place is named, not one for each."""
    seat = _ONE_SEAT.search(low)
    return seat is not None and not no_seats.for_everybody(low, seat.start(), seat.end())


def _for_a_meal(low: str) -> int | None:
    """For how many is cooked, where nothing else is said."""
    room = _HOLDS.search(low) or _LAID.search(low)
    if room and counts(low, room, 1) and not no_seats.of_others(low, room):
        return how_many(room[1])
    tickets = _TICKETS.search(low)
    if tickets is None or not _GOING.search(low):
        return None
    many = how_many(tickets[1]) or 0
    return many - 1 if many > 1 and _WITH_ME.search(low) else many or None


def seats_left(low: str, intent: str = "offer") -> int | None:
    """Places a host has left; "bisher 9, Platz ist für 14" gives 5, "eine Gans für sechs" of somebody alone 5. Who
    offers and seeks at once is alone: what is cooked is for the hosts as well."""
    if not _TELLING.heard(low):
        return None
    if left := free.still_free(low):
        return left
    if left := difference(low) or _counted(low):
        return left
    if intent == "both" and (left := beside_host(low, party(low) or 1)):
        return left
    if left := _room_left(low) or spare.plainly(low):
        return left
    could = _SEAT_SIEVE.candidates(low)
    if (len(_SEATS) + 2 in could and _HOSTED.search(low)) or _WITH_CHILD.search(low):
        return 2
    if left := _said(low) or _for_a_meal(low):
        return left
    if seater := _SEATER.search(low):
        return (how_many(seater[1]) or 2) - 1
    return 1 if _one(low) or _THE_ONE.search(low) or spare.one_more(low) else None
