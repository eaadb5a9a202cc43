# ruff: noqa: E501 (a pattern cut over lines cannot be read)
"""How many people: the asking party, or the places left; whether the writer speaks for somebody else."""

from __future__ import annotations

import re

from .sieve import Gated, Sieve

_WORDS = {
    "ein": 1, "eine": 1, "einen": 1, "einer": 1, "einem": 1, "eins": 1, "zwei": 2, "zwoi": 2, "zwa": 2, "zwee": 2, "beide": 2, "drei": 3,
    "drü": 3, "zwöi": 2, "zweie": 2, "dreie": 3, "viere": 4, "fünfe": 5, "sechse": 6, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16,
    "achtzehn": 18, "zwanzig": 20, "dreissig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60, "achtzig": 80, "hundert": 100, "zwo": 2, "föif": 5, "sächs": 6, "vier": 4, "vieri": 4, "fünf": 5, "füf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11,
    "zwölf": 12, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "zweit": 2, "dritt": 3, "viert": 4,
    "fünft": 5, "sechst": 6, "siebt": 7, "acht(t)": 8, "zweien": 2, "zweier": 2, "dreien": 3, "zwoa": 2, "paar": 2, "beiden": 2, "zwe": 2, "einzelne": 1, "dutzend": 12,
}  # fmt: skip
_N = (
    r"(\d{1,4}|"
    + "|".join(sorted((w for w in _WORDS if w not in ("paar", "beiden", "zwe")), key=len, reverse=True)).replace(
        "(t)", ""
    )
    + r")"
)
_NUMBERS = _N[1:-1]
_FOLK = (
    r"(?:leute|lüt|leit|personen|persone|person|pers\b\.?|menschen|mensch|gäste|gast|gästen|erwachsene|mitesser|mitfeiernde\w*|freunde|leutchen|esser|"
    r"mitspieler\w*|kinder|people|guests?|persons?|nasen|weitere\w*|frauen|männer|seelen|mäuler|jungs|mädels|tischgäste|geflüchtete\w*|student\w*|"
    r"senior\w*|alleinstehende\w*|fremde|hungrige\w*|mann\b|schläfer|konzertgäste|einsame\w*|studierende\w*|bewohner\w*|heimbewohner\w*|azubis?|teenies?|pilger\w*|rentner\w*)"
)
_SEAT = (
    r"(?:stühle?|stuhl|plätze?n?|platz|plätzchen|plätzli|platzerl|plätzle|plätz\b|sessel|teller|gedecke?|sitzplätze?|sitzplatz|plätzen|(?:gäste|schlaf|etagen)?betten|(?:gäste)?bett|gästezimmer|schlafsofas?|schlafplätze?|schlafplatz|seats?|"
    r"spots?|places|portionen|zimmer für|matratzen?|couch-?plätze?)"
)
_SEATS = (
    re.compile(r"\b(?:" + _NUMBERS + r")(?: bis |, ?| bis zu )" + _N + r" (?:\w+ )?(?:" + _FOLK + r"|" + _SEAT + r")\b"),
    re.compile(r"\bdavon (?:(?:ist|sind|wäre|wären) )?(?:noch )?" + _N + r" (?:noch )?(?:frei|leer|übrig|zu haben)\b"),
    re.compile(r"\b" + _N + r"(?:-\d+)? (?:weitere[rn]?|freie[rn]?|leere[rn]?|free|more|empty|extra|spare|übrige)? ?" + _SEAT + r"\b(?! für " + _N + r"\b)"),
    re.compile(r"(?:platz|plätze|raum|stühle|teller|essen|space|room|reicht|reichen|langt|langts|betten|sofa|couch|zimmer|gross genug|genug|tisch|gans|ente|raclette|fondue|topf)\w*(?: \w+){0,4}? für(?: noch| bis zu| max\.?| maximal| insgesamt| circa| ca\.?| etwa| gut| locker| mindestens)* " + _N + r"\b"),
    re.compile(r"(?:room|space|seats?|table|enough)(?: \w+){0,2} for(?: up to| another)? " + _N + r"\b"),
    re.compile(r"(?:noch|bis zu|bis|max\.?|maximal|höchstens|gern(?:e)?|up to|no|ca\.|weitere|für) " + _N + r" (?:weitere[rn]? |liebe[rn]? |nette[rn]? |einsame[rn]? |alleinstehende[rn]? |fremde[rn]? |andere[rn]? |zusätzliche[rn]? |more )?" + _FOLK + r"\b"),
    re.compile(r"(?:aufnehmen|nehmen|nehme|unterbringen|beherbergen|einladen|mitnehmen|laden|lade|nimmt|host|take)(?: [\w.-]+){0,4}? " + _N + r" (?:(?!paar )\w+ )?" + _FOLK),
    re.compile(r"\b" + _N + r" (?:(?!paar )\w+ )?" + _FOLK + r"(?: [\w-]+){0,5} (?:aufnehmen|unterbringen|mitessen|dazukommen|einladen|unterkommen|pennen|schlafen|übernachten|mitfeiern|willkommen|passen|passt|wären|können|könnten|dürfen|kommen)|\b" + _N + r" (?:(?!paar )\w+ )?" + _FOLK + r"(?: [\w.]+){0,4} (?:noch )?(?:platz|unterschlupf)\b"),
    re.compile(r"(?:max\.?|maximal|höchstens|bis zu) " + _N + r"(?! ?(?:uhr|km|€|euro|jahr|tag|woche|min|stund|\.))"),
    re.compile(r"^\W*" + _N + r" " + _SEAT + r"|\b" + _N + r"er? (?:sind|wären) (?:noch )?frei|\b" + _N + r" (?:sind|wären) (?:noch )?frei"),
    re.compile(r"\b" + _N + r" (?:können|könnten|dürfen|dürften|kriegen|finden) (?:\w+ ){0,2}(?:dazu\w*|mit\w*|noch|platz|kommen|sitzen)\b"),
    re.compile(r"\b(?:no|noch) " + _N + r" (?:eini|rein|dazu|dabei|mit)\b"),
    re.compile(r"\bpassen(?: \w+){0,2}? " + _N + r"\b(?! ?(?:uhr|%))"),
    re.compile(r"(?<!schon )(?<!bereits )(?<!hatten )\b" + _N + r" (?:weitere )?gästen?\b"),
    re.compile(r"\b" + _N + r" (?:personen|leute|pers)\W*$"),
)  # fmt: skip
_ONE_SEAT = Gated(
    r"\b(?:noch )?(?:ein(?:en)?|nen|1|a|an|es|en|äs|oan|the) (?:freier? |freien |freies |leerer? |leeren |spare |free |zusätzlicher? |warmer? |gemütlicher? )?(?:platz|stuhl|sessel|teller|gedeck|bett|schlafplatz|plätzchen|plätzli|sitzplatz|stüehl|stual|gast|seat|chair|plate|gästezimmer für eine)\b"
    r"|\b(?:hab|habe|hätte|hätt|haben|biete)(?: \w+){0,3} platz für (?:dich|jemand|wen|eine person)|(?:platz|bett|stuhl|teller) für (?:dich|eine (?:liebe |nette )?(?:person|frau|dame)|einen (?:lieben |netten )?(?:menschen|mann|gast|herrn))\b|\b(?:sein|ihr|der) (?:platz|stuhl|sessel|teller|bett)\b(?: [\w.]+){0,7} (?:ist|bleibt|wäre|wird)(?: [\w.]+){0,4} (?:frei|leer)\b|\bfrei für (?:ein|eine|einen)\b|für eine person|für 1 person|noch (?:jemand(?:en)?|wen) (?:\w+ )?(?:auf|dazu|mit)\b"
)
_SET_FOR = re.compile(
    r"(?:bisher|aktuell|schon|derzeit|momentan|bis jetzt|jetzt|wir)?(?: \w+)? ?(?:sind wir|wir sind|sind|sind schon|kommen)(?: \w+)? (?:zu |schon |bisher |bereits )?"
    + r"(?!eine?n? )"
    + _N
    + r"\b"
)
_ROOM_FOR = re.compile(
    r"(?:platz|tisch|stühle|plätze|essen|gans|ente|pute|truthahn|raclette|fondue|braten|reicht|reichen|langt|topf|kuchen|auflauf|gulasch|chili|eintopf|kartoffelsalat|suppe|pfanne|karpfen|lasagne)\w*(?: \w+){0,3}? (?:für|reicht für|ist für|wäre für|hat) "
    + _N
    + r"\b"
)
_PARTY = (
    re.compile(r"\b(?:wir sind|sind wir|wären|mir sind|mir sin|we are|wir wären|mia san|miar sind|bin ich|wir \(|sind|seien)(?: (?!(?:am|den|vom|bis|ab|seit|um|dem|an|der|bei|es)\b)\w+){0,2}? (?:zu |nur |a )?" + _N + r"\b(?!\.[ \d]*[a-zäöü]| (?:tot|gestorben|verstorben|weg|krank)\b|\.?\d| ?%| ?(?:tage|stück|prozent|grad|euro|jahre|jährig|km|min|stund|monat|woche|j\.|(?:\w+ )?(?:familie|\w*gruppe|wg\b|runde|truppe|family|group|couple|paar|pärchen|ehepaar|team)))"),
    re.compile(r"\bzu (zweit|dritt|viert|fünft|sechst|siebt|zweien)\b|\b(\d|drei|vier|fünf|sechs|sieben)[- ]?köpfige[nr]? (?:familie|wg|gruppe|truppe)\b"),
    re.compile(r"\b(?:für|suchen|platz für|unterkunft für) (?:uns )?" + _N + r" (?:(?!stunden|tage|wochen|minuten|euro)\w+ )?" + _FOLK
               + r"|^\W*" + _N + r" (?:leute|mann|personen|freunde|freundinnen|mädels|jungs),"
               + r"|^\W*" + _N + r" (?:\w+e[nr]? )?(?:student\w*|freund\w*|frauen|mädels|jungs|geschwister|rentner\w*|damen|herren|männer|kolleg\w*|azubis|pilger\w*|senior\w*|witwen|schwestern|brüder)\b[^.!?]{0,40}\b(?:such|brauch|hätt|möcht|würd|woll|wünsch)"),
    re.compile(r"\bwir (?:beiden?|(zwei|drei|vier|fünf|zwoi|zwee|2|3|4|5))\b"),
    re.compile(r"\bmy (?:wife|husband|partner|girlfriend|boyfriend|roommate|flatmate|friend) and (?:i|me)\b|\b(?:i|me) and my (?:wife|husband|partner|girlfriend|boyfriend|roommate|flatmate|friend)\b|(?<!für )\b(?:ich und|mit) (?:mann|frau|freund|freundin|partner|partnerin|mutter|mama|bruder|schwester|verlobter?|kumpel|mitbewohner(?:in)?)(?: und ich| dabei)?\b(?!(?: \w+){0,3} (?:gestorben|verstorben|tot|weg|nicht mehr|fehlt|verloren|begraben))|\bmei(?:ne|n)? (?:mann|frau|freund|freundin|partner|partnerin|mutter|mama|mutti|vater|bruder|schwester|oma|opa|sohn|tochter|verlobter?|kumpel|mitbewohner(?:in)?|hund)(?: ?\([^)]{1,15}\))? und (?:ich|i)\b|\bwir (?:geschwister|schwestern|brüder|freundinnen|eheleute)\b|\bich und mein(?:e)? (?:mann|frau|freund|freundin|partner|partnerin|mutter|mama|bruder|schwester|sohn|tochter|kind|kleiner|kleine|baby|oma)\b|\bmit (?:meiner?|meinem) (?:kleinen )?(?:sohn|tochter|kind|baby|mutter|freundin|freund|mann|frau|partner|partnerin|schwester|bruder|mama|oma)\b|\b(?:mama|mutter|vater|papa) mit (?:baby|kind|sohn|tochter)\b|\b(?:mutter|mama|vater|papa|oma|opa|tante|onkel)(?: ?\([^)]{1,12}\))? (?:und|&|\+|mit) (?:tochter|sohn|kind|baby|enkel\w*|nichte|neffe)\b|\bwir,? \(?\d\d(?: ?[/,&+]| und) ?\d\d\b|\bmit (?:baby|kleinkind|kind|säugling|teenie|teenager|sohn|tochter)\b|\b(?:oma|opa|mama|papa|mutter|vater|schwester|bruder|freundin|freund|mann|frau) ?(?:\+|&|und) ?ich\b|\bich ?(?:\+|&) ?(?:oma|opa|mama|papa|mutter|vater|schwester|bruder|freundin|freund|mann|frau|kind|baby|sohn|tochter)\b|\bfür (?:meine|unsere|die) (?:\w+ )?(?:eltern|grosseltern|schwiegereltern)\b|\b(?:meine|unsere) (?:\w+ )?(?:eltern|grosseltern|schwiegereltern)(?: ?\([^)]{1,20}\))?,?(?: \w+){0,5} (?:suchen|wünschen|würden|hätten|möchten|bräuchten|brauchen|sitzen|sind allein\w*)\b"),
)  # fmt: skip
_COMING = re.compile(r"\b" + _N + r" (?:kommen|sind|haben) (?:schon|bereits|fest|sicher)\b")
_COUPLE = Gated(r"(?:platz|bett|zimmer|plätze) für (?:ein|a|noch ein) (?:\w+ )?(?:paar|pärchen|ehepaar|duo)\b")
_HOSTED_FAMILY = Gated(r"(?:für|können|kann|nehmen?|biete\w*)(?: \w+){0,4}? (?:eine )?familie mit (\w+) kind(?:ern)?\b")
_ADULTS = re.compile(r"\b(\d|ein|eine|zwei|drei|vier) ?(?:erw\b\.?|erwachsene\w*|adults?)")
_CHILDREN = re.compile(
    r"\b(\d|ein|eine|einem|zwei|drei|vier|two|three|beiden|zwe|zwoa|zwee|fünf) (?:\w+ )?(?:kind(?:er|ern)?|kids?|jungs?|jungen|mädchen|mädels|söhnen?|töchtern?|kleinkind(?:er|ern)?|teenagern?|children|baby|babys|chind|knirpse|buben|kindl|ki\b\.?|teenies?|teens|mädle|buem|kindla)\b|\b(zwillinge?n?|drillinge?n?)\b"
)
_ALONE_KIDS = Gated(
    r"alleinerziehend|solo-?mama|single mom|single mum|(?:mutter|mama|vater|papa|mum|mom)\b(?: ?\([^)]{1,12}\))?(?: \w+){0,2} mit|ich mit|ich und meine|ich \+|mit meinen|plus|\bund ich\b|ich,? mein"
)
_PAIR = re.compile(
    r"\b(?:ehepaar|pärchen|pärli|couple|duo|pensionistenpaar|rentnerpaar|rentnerehepaar|seniorenpaar)\b(?! (?:of )?(?:tage|socken))"
    r"|(?<=[a-zäöü]es )paar\b(?! (?:tage|stunden|wochen|schuhe|socken|ski|handschuhe))"
    r"|\bpaar(?= ?\(|,? (?:\d\d|aus|mit|und ich|sucht?|anfang|mitte|ende|um die|hätten?|möchten?|würden?|neu|frisch|ohne kinder)\b)"
)
_FAMILY = re.compile(
    r"\bfamilie mit (\w+) (?:\w+ )?(?:kind(?:ern)?|chind(?:er)?|mädchen|jungs|mädels|töchtern|söhnen)\b|\bfamily of "
    + _N
)
_SOUGHT = re.compile(r"\b(?:such\w*|für|gesucht:?|bei)(?: (?!uns |mich )[\wäöü]+){0,4} $")
_SOUGHT_BEHIND = re.compile(r"\w* (?:gesucht|die|der|oder)\b")
_WITH_CHILDREN = re.compile(
    r"\w*,? (?:mit|\+|&|und) (?:\w+ ){0,2}?(?:("
    + _NUMBERS
    + r") (?:\w+ )?)?(?:babys?|kind(?:er)?n?|kleinkind(?:er)?n?|säugling|sohn|söhnen|tochter|töchtern|teenies?|chind|zwillinge?n?)\b"
)
_SPOUSE = re.compile(
    r"\b(?:mein mann|meine frau|mein partner|meine partnerin|mein freund|meine freundin|papa und mama|mama und papa|mama, papa)\b"
)
_HOSTED = Gated(
    r"\b(?:für|gern\w*|biete\w*(?: \w+){0,5}?|nehme\w*(?: \w+){0,4}?) (?:eine? )?(?:junge |geflüchtete )?(?:frau|mutter|mama) (?:oder \w+ )?mit (?:einem |ihrem )?(?:kind|baby)\b"
)

_RELATION = (
    r"(?:nachbar(?:in|s|n)?|grosseltern|oma|opa|omi|grossmutter|grossvater|mutter|mama|mutti|mami|vater|papa|vati|schwester|bruder|tante|onkel|cousine?|"
    r"schwiegermutter|schwiegervater|schwiegereltern|eltern|freundin|freund|freunde|freunden|bekannten?r?|kollegin|kollegen?|kumpel|mitbewohner(?:in)?|patient(?:in)?|klient(?:in)?|schüler(?:in)?|"
    r"sohn|tochter|patenkind|enkel(?:in)?|neffe|nichte|cousin|mieter(?:in)?|untermieter(?:in)?|grosi|nani|nonna|ex|chefin?|patentante|betreute[nr]?|bewohner(?:in)?|kundin|gast|au-?pair|dame|herrn?|"
    r"grandma|grandmother|grandpa|mother|mom|dad|father|neighbou?r|friend|aunt|uncle|colleague|sister|brother|student|nochberi|nachbi)"
)
_BEHALF = (
    re.compile(r"\bfür (?:mein(?:e|en|er|em)?|unser(?:e|en|er|em)?|ein(?:e|en|er|em)?|diese[nr]?|ne|nen|zwei|'ne|'nen|den|die|es|my|mini|min|mis|mai) (?:\w+ ){0,3}?" + _RELATION + r"\b"),
    re.compile(r"(?<!mit )\b(?:meine?[rm]?|unsere?[rm]?|unser|eine?[rm]?|die|mini|mis|my|mei) (?:\w+e?[rnm]? ){0,3}?" + _RELATION + r"\b(?! und ich| ?[+&] ?ich)(?: ?\([^)]{1,20}\))?,?(?: [\w,.()\-]+){0,7}?(?<! ich) (?:sucht|suche|braucht|ist(?: \w+){0,4} alle?in|wäre(?: \w+){0,4} alle?in|sitzt(?: \w+){0,4} alle?in|hat niemand\w*|hat keine\w*|würden?(?: \w+){0,3} (?:sich|gern\w*)|freut sich|freuen|bräuchte|wünscht|möchte|mag|needs|is alone|looking|has nobody|suecht|suacht|benötigt|will nicht alle?in|kennt(?: \w+)? niemand\w*|fehlt|isch(?: \w+){0,3} elei|traut sich|schafft|kann nicht mehr|is spending|would love|wohnt allein|lebt allein)"),
    re.compile(r"\b(?:kann|könnte|mag|würde|möchte|hat|holt|fährt|besucht|wer|jemand(?:en)?,? (?:der|die))(?: [\w.]+){0,6} (?:meiner|meinem|meine|meinen|unserer|unserem|unseren|einer|einem) (?:\w+e?[rnm]? ){0,3}?" + _RELATION + r"\b"),
    re.compile(r"\bim (?:auftrag|namen) (?:von|meine|unsere|eine)|\b(?:ich )?(?:frage|schreibe|poste|suche|such|frag|schreib|inseriere)(?: \w+){0,2} (?:das )?(?:im namen|für (?:jemand\b|sie\b|ihn\b|andere|einen bekannten|wen\b|(?:den|die) (?:\w+ )?(?:familie|gruppe|nachbar)))|stellvertretend|\bkontakt (?:läuft )?über mich|meld\w+ (?:euch )?(?:gern )?bei mir,? ich (?:leite|geb)|leite (?:es |das |ich )?weiter|(?:er|sie) (?:hat|haben) (?:kein|keinen|selbst kein) (?:internet|twitter|insta\w*|facebook|account|handy|social)|gebe? (?:es |das )?(?:gern )?weiter|stelle (?:den )?kontakt her|vermittle gern|sie (?:ist|sind) nicht (?:hier|auf|bei|im)"),
    re.compile(r"\b(?:ein|eine|einer? unserer|unsere?|zwei|drei|diese[rs]?) (?:junge[rn]? |ältere[rn]? |alte[rn]? |alleinerziehende |geflüchtete |ukrainische |obdachlose[rn]? |liebe )?(?:mutter|familie|frau|dame|mann|herr|student(?:in)?|mädel|rentner(?:in)?|witwe[r]?|bewohner(?:in)?|bekannte[r]?)(?: [\w,.()\-]+){0,6}? (?:sucht|braucht|benötigt|bräuchte)\b(?! (?:ihr|euch|man))"),
    re.compile(r"\b(?:schreibt|besucht|hilft|begleitet|holt|fährt|schenkt|ruft) (?:ihm|ihr|ihn|sie|ihnen) (?:jemand|wer|einer)\b|\b(?:dame|frau|mann|herr)\b[^.!?]{0,40},? (?:die|der) [^.!?]{0,30}(?:niemand\w*|keinen|allein) (?:hat|ist|sitzt|wäre)\b|\b(?:gastgeber\w*|gastfamilien?|quartiere?|unterkunft|zimmer) für (?:\w+ ){0,3}(?:studierende|studenten|geflüchtete|pilger|gäste|kinder|familien|azubis)\b|\bnach (?:ihr|ihm|ihnen) (?:schauen|sehen|gucken|schaut|sieht)\b|wunschbaum|wunschzettel|für (?:die |unsere |ein paar )?(?:obdachlose\w*|geflüchtete\w*|(?:\w+ )?(?:heim)?bewohner\w*|senior(?:en|inn?en)\w* (?:im|aus|unser)|heimbewohner\w*|kinder aus|unsere gäste|familien, die|unsere bewohner\w*)|für (?:eine|die|unsere) (?:\w+ )?(?:familie)\b(?! aus der ukraine auf)"),
)  # fmt: skip
_WANTED = Gated(
    r"\b(?:fehlen|brauchen|gebraucht|suchen|sucht|gesucht|benötig\w+|hängen)\b(?: \w+){0,6}? "
    + _N
    + r" (?:\w+ )?(?:schlafplätze?|betten|päckchen|quartiere?|privatquartiere|unterkünfte|wünsche|kinderwünsche|zettel|gastfamilien|plätze|sängerinnen|familien|kinder|pilger|wunschzettel)\b"
)
_LEFT = Gated(r"\b" + _N + r" (?:hab|habe|haben|sind|hängen)(?: \w+)? (?:noch )?(?:übrig|offen)")
_GROUP = Gated(
    r"wunschbaum|wunschzettel|(?:zettel|wünsche|bewohner\w*|unser\w*|dem) (?:\w+ ){0,3}(?:alten|pflege|senioren)heim|kirchentag|turnfest|ehrenamt|weiterverm|ich vermittle|privatquartier|pilger|familien ohne|mutter mit|weiterverm"
)
_BEHALF_SIEVE = Sieve(_BEHALF)
_SEAT_SIEVE = Sieve([*_SEATS, _ONE_SEAT.pattern, _ROOM_FOR, _HOSTED.pattern])
_PARTY_SIEVE = Sieve([*_PARTY, _ADULTS, _CHILDREN, _PAIR, _FAMILY])


def _number(word: str | None) -> int | None:
    if not word:
        return None
    return int(word) if word.isdigit() else _WORDS.get(word)


def _counted(low: str) -> int | None:
    """Places of a host who names a couple or a family with its children, or chairs and how many are taken."""
    if taken := _TAKEN.search(low):
        return max(0, (_number(taken[1]) or 0) - (_number(taken[2]) or 0)) or None
    if _COUPLE.search(low):
        return 2
    family = _HOSTED_FAMILY.search(low)
    children = _number(family[1]) if family else None
    return 2 + children if children else None


_TAKEN = Gated(
    r"\b"
    + _N
    + r" "
    + _SEAT
    + r",? (?:davon )?(?:sind )?"
    + _N
    + r" (?:davon )?(?:sind |schon |bereits )*(?:besetzt|belegt|vergeben|weg)\b"
)


def seats_left(low: str) -> int | None:
    """Places a host has left; "bisher 9, Platz ist für 14" gives 5, "eine Gans für sechs" of somebody alone 5."""
    if counted := _counted(low):
        return counted
    could = _SEAT_SIEVE.candidates(low)
    if not could:
        return None
    room = _SEAT_SIEVE.search(len(_SEATS) + 1, low)
    if room and (total := _number(room[1])):
        have = _SET_FOR.search(low[: room.start()]) or _SET_FOR.search(low[room.end() :]) or _COMING.search(low)
        number = _number(have[1]) if have else None
        if number and number < total and not re.search(r"noch(?: \w+){0,2} platz|platz für noch|noch für", low):
            return total - number
        if re.search(
            r"\b(?:gans|ente|pute|truthahn|karpfen|raclette|braten|fondue|essen|gulasch|suppe|lasagne|auflauf|chili|eintopf|kartoffelsalat)\w* für",
            room[0],
        ) and re.search(r"\ballein|elei\b|\bwitwer?\b|nur für (?:mich|einen|eine)\b", low):
            return total - 1
    if len(_SEATS) + 2 in could and _HOSTED.search(low):
        return 2
    for number in (n for n in could if n < len(_SEATS)):
        match = _SEAT_SIEVE.search(number, low)
        if match:
            found = _number(next((g for g in match.groups() if g), None))
            if found and found < 5000:
                return found
    return 1 if _ONE_SEAT.search(low) else None


def party(low: str) -> int | None:
    """Size of the asking party, the writer included; None when nothing says it."""
    could = _PARTY_SIEVE.candidates(low)
    if not could:
        return None
    size = len(_PARTY)
    together = _PARTY_SIEVE.search(1, low)
    adults = _PARTY_SIEVE.search(size, low)
    if adults and not together:
        return (_number(adults[1]) or 1) + (_children(low) or (1 if re.search(r"\bbaby\b", low) else 0))
    for number in (n for n in (1, 0, 2, 3) if n in could):
        match = together if number == 1 else _PARTY_SIEVE.search(number, low)
        if match:
            found = _number(next((g for g in match.groups() if g), None)) or (2 if "beide" in match[0] else None)
            if found and found < 5000:
                return found
    return _household(low)


_MANY = {"z": 2, "d": 3}  # twins, triplets


def _children(low: str) -> int:
    return sum(_number(m[1]) or _MANY.get((m[2] or " ")[0], 0) for m in _PARTY_SIEVE.finditer(len(_PARTY) + 1, low))


def _household(low: str) -> int | None:
    """Size of a party of whom it is said what they are to one another: a couple, a family, a mother and her child."""
    size = len(_PARTY)
    for which in (3, 2):
        match = _PARTY_SIEVE.search(size + which, low)
        if match and not _sought(low, match):
            if which == 3:
                return _number(match[2]) or 2 + (_number(match[1] or match[3]) or 1)
            small = _WITH_CHILDREN.match(low, match.end())
            if small is None:
                return 2
            return 4 if "zwilling" in small[0] else 2 + (_number(small[1]) or 1)
    if (_PARTY_SIEVE.search(size + 1, low)) and _ALONE_KIDS.search(low):
        return 1 + (_children(low) or 1) + (_SPOUSE.search(low) is not None)
    return 2 if _PARTY_SIEVE.search(4, low) else None


def _sought(low: str, match: re.Match[str]) -> bool:
    """Whether the couple or family is the one looked for."""
    before = low[max(0, match.start() - 50) : match.start()]
    return _SOUGHT.search(before) is not None or _SOUGHT_BEHIND.match(low, match.end()) is not None


def wanted(low: str) -> int | None:
    """How many an organiser asks places or things for ("es fehlen noch 40 Betten")."""
    if "wunsch" not in low and not _GROUP.search(low) and "fehlen" not in low and "brauchen" not in low:
        return None
    match = _WANTED.search(low) or (_LEFT.search(low) if _GROUP.search(low) else None)
    return _number(match[1]) if match else None


def for_a_group(low: str) -> bool:
    """An organiser or a go-between speaks."""
    return _GROUP.search(low) is not None


def on_behalf(low: str) -> bool:
    """Whether the wish is somebody else's."""
    return bool(_BEHALF_SIEVE.matching(low))
