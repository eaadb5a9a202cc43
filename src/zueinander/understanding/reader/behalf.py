# ruff: noqa: E501 (a pattern cut over lines cannot be read)
"""Whether the writer asks or offers for somebody else."""

from __future__ import annotations

import re

from .sieve import Gated, Sieve

_RELATION = (
    r"(?:nachbar(?:in|s|n)?|grosseltern|oma|opa|omi|grossmutter|grossvater|mutter|mama|mutti|mami|vater|papa|vati|schwester|bruder|tante|onkel|cousine?|(?:gross|paten|ur)(?:tante|onkel)|schwägerin|schwager|klassenlehrerin|azubi|lehrling|praktikant(?:en|in)?|pflegekind|schützling|"
    r"schwiegermutter|schwiegervater|schwiegereltern|eltern|freundin|freund|freunde|freunden|bekannten?r?|kollegin|kollegen?|kumpel|mitbewohner(?:in)?|patient(?:en|in)?|klient(?:en|in)?|schüler(?:in|s|n)?|"
    r"sohn|tochter|patenkind|enkel(?:in)?|neffe|nichte|cousin|mieter(?:in)?|untermieter(?:in)?|grosi|nani|nonna|ex|chefin?|patentante|betreute[nr]?|bewohner(?:in)?|kundin|gast|au-?pair|dame|herrn?|"
    r"grandma|grandmother|grandpa|mother|mom|dad|father|neighbou?r|friend|aunt|uncle|colleague|sister|brother|student|nochberi|nachbi)"
)
_BEHALF = (
    re.compile(r"\bfür (?:mein(?:e|en|er|em)?|unser(?:e|en|er|em)?|ein(?:e|en|er|em)?|diese[nr]?|ne|nen|zwei|'ne|'nen|den|die|es|my|mini|min|mis|mai) (?:\w+ ){0,3}?" + _RELATION + r"\b"),
    re.compile(r"(?<!mit )(?<!bei )\b(?:meine?[rm]?|unsere?[rm]?|unser|eine?[rm]?|die|de|mini|mis|my|mei|our|(?<!am )(?<!'m )(?<!as )an?) (?:\w+e?[rnm]? ){0,3}?" + _RELATION + r"\b(?! und ich| and (?:i|me|my)\b| ?[+&] ?ich|[^.!?]{0,45}(?: und|,|&|\+)? (?:ich|i)\b(?: \(\d\d\))? (?:und uns|such|wünsch|würd|möcht|hätt|brauch|sind)\w*)(?: ?\([^)]{1,20}\))?,?(?: [\w,.()\-]+){0,7}?(?<! ich) (?:sucht|suche|braucht|ist(?: \w+){0,4} alle?in|wäre(?: \w+){0,4} alle?in|wäre(?: \w+){0,4} für sich|tät\w* gern\w*|würd gern\w*|sitzt(?: \w+){0,4} alle?in|hat niemand\w*|hat keine\w*|würden?(?: \w+){0,3} (?:sich|gern\w*)|hätt\w* (?:so |halt |auch )?(?:gern\w*|gärn)|wollen nur|freut sich|freuen|bräuchte|wünscht|möchte|mag|needs|is alone|looking|has nobody|suecht|suacht|benötigt|will nicht alle?in|kennt(?: \w+)? niemand\w*|fehlt|isch(?: \w+){0,3} elei|traut sich|schafft|kann nicht mehr|is spending|would love|wohnt allein|lebt allein)"),
    re.compile(r"\b(?:kann|könnte|mag|würde|möchte|hat|holt|fährt|besucht|wer|jemand(?:en)?,? (?:der|die))(?: (?:\w+,?|\d+\.)){0,9} (?:meiner|meinem|meine|meinen|unserer|unserem|unseren|einer|einem) (?:\w+e?[rnm]? ){0,3}?" + _RELATION + r"\b"),
    re.compile(r"\bim (?:auftrag|namen) (?:von|meine|unsere|eine)|\b(?:ich )?(?:frage|schreibe|poste|suche|such|frag|schreib|inseriere)(?: \w+){0,2} (?:das )?(?:im namen|für (?:jemand\b|sie\b|ihn\b|andere|einen bekannten|wen\b|(?:den|die) (?:\w+ )?(?:familie|gruppe|nachbar)))|stellvertretend|\bkontakt (?:läuft )?über mich|meld\w+ (?:euch )?(?:gern )?bei mir,? ich (?:leite|geb)|leite (?:es |das |ich )?weiter|\bmit (?:ihrem|seinem) (?:segen|einverständnis|wissen)\b|(?:er|sie) (?:selbst |selber )?traut sich (?:selbst |selber )?nicht\b|\b(?:der|die|wer|hilft|helft) (?:meinen|unseren) (?:gross|schwieger)?eltern\b|\bfür (?:junge |unsere )?(?:gäste|studierende) aus\b|\bnicht für mich\b|\b(?:wer|jemand)(?: \w+)? (?:nimmt|bringt|kauft|gibt|leiht) (?:ihr|ihm|ihnen)\b|\btrauen sich (?:selbst |selber )?nicht\b|\breiche? (?:ich )?(?:es |das |sie |gern |gerne )*weiter\b|\b(?:ich bringe?|bringe? ich) (?:es|sie|ihn|das) (?:ihm|ihr|ihnen)\b|\bfragt (?:nach|um|ob|wer)\b|\b(?:was|eins|etwas) (?:ihm|ihr|ihnen) (?:\w+ ){0,3}fehlt\b|\b(?:also|drum|darum|deshalb) tu ich\b|\b(?:ich sammle|sammle ich|wir sammeln|sammeln wir)\b(?! (?:mich|uns))|\bbitten wir (?:für (?:sie|ihn) )?um (?:\w+ )?(?:geld)?spenden?\b|\b(?:mitnehmen|übrig|über|dazu|aufbauen|stündli) für (?:sie|ihn|ihnen)\b|\bfür (?:sie|ihn) (?:mitnehmen|dazu|über|übrig|aufbauen|jacken|jemand)\b|(?:er|sie) (?:hat|haben) (?:kein|keinen|selbst kein) (?:internet|twitter|insta\w*|facebook|account|handy|social)|gebe? (?:es |das )?(?:gern )?(?:den kontakt )?weiter|stelle (?:den )?kontakt her|vermittle gern|sie (?:ist|sind) nicht (?:hier|auf|bei|im)"),
    re.compile(r"\b(?:ein|eine|einer? unserer|unsere?|zwei|drei|diese[rs]?) (?:junge[rn]? |ältere[rn]? |alte[rn]? |alleinerziehende |geflüchtete |ukrainische |obdachlose[rn]? |liebe )?(?:mutter|familie|frau|dame|mann|herr|student(?:in)?|mädel|rentner(?:in)?|witwe[r]?|bewohner(?:in)?|bekannte[r]?)(?: [\w,.()\-]+){0,6}? (?:sucht|braucht|benötigt|bräuchte)\b(?! (?:ihr|euch|man))"),
    re.compile(r"\b(?:meine?|meinen|unsere?|unseren) " + _RELATION + r"\b(?: [\w,.()-]+){0,8} (?:alles verloren|alles weg|gebrannt|abgebrannt)\b"),
    re.compile(r"\b(?:schreibt|besucht|hilft|begleitet|holt|fährt|schenkt|ruft) (?:ihm|ihr|ihn|sie|ihnen) (?:jemand|wer|einer)\b|\b(?:dame|frau|mann|herr)\b[^.!?]{0,40},? (?:die|der) [^.!?]{0,30}(?:niemand\w*|keinen|allein) (?:hat|ist|sitzt|wäre)\b|\b(?:haushalte|familien|gastgeber\w*|gastfamilien),? die [^.!?\n]{0,60}\b(?:studis|studierende\w*|student\w*|geflüchtete\w*|senior\w*)\b|\b(?:gastgeber\w*|gastfamilien?|quartiere?|unterkunft|zimmer) für (?:\w+ ){0,3}(?:studierende|studenten|geflüchtete|pilger|gäste|kinder|familien|azubis)\b|\b(?:wer|(?:irgend)?jemand|einer|mag|kann|könnte)\b(?:[^.!?\n]|\d\.){0,60}\b(?:mit|bei|zu|für) (?:ihr|ihm|ihnen)\b|\b(?:wer|jemand)\b(?:[^.!?\n]|\d\.){0,40}\b(?:zeit|platz|plätzchen|stuhl|bett) für (?:ihn|sie)\b|\b(?:kann|könnte|nimmt|lädt|mag|würde) (?:ihn|ihm|ihr|sie) (?:wer|jemand|einer)\b|\b(?:kann|könnte|mag|würde) ihnen\b|\b(?:wen|jemand(?:en)?|wer|einem|eine[rn]) von ihnen\b|\bfür sie suchen (?:wir|ich)\b|\b(?:wen|wer|jemand(?:en)?)\b(?: aus [a-zäöü-]+)?,? (?:der|die) (?:ihr|ihm|ihnen|ihn)\b|\bfür die (?:beiden|zwei|drei) (?:um|etwas|was|noch|ein|eine)\b|\b(?:wen|wer|jemand(?:en)?),? (?:der|die) (?:mutti|mama|oma|opa|vati|papa)\b|\bfür (?:ausländische |internationale )?(?:studierende|studenten|schüler\w*)\b(?! wie (?:mich|uns))|\bfür (?:die|unsere) (?:frauen|männer|kinder|familien|leute|menschen) (?:bei uns |hier )?(?:in|im|aus)\b|\bnach (?:ihr|ihm|ihnen) (?:schauen|sehen|gucken|schaut|sieht)\b|wunschbaum|wunschzettel|für (?:die |unsere |ein paar )?(?:obdachlose\w*|geflüchtete\w*|(?:\w+ )?(?:heim)?bewohner\w*|senior(?:en|inn?en)\w* (?:im|aus|unser)|heimbewohner\w*|kinder aus|unsere gäste|familien, die|unsere bewohner\w*)|für (?:eine|die|unsere) (?:\w+ )?(?:familie)\b(?! aus der ukraine auf)"),
    re.compile(r"\b(?:die|diese) (?:beiden?|zwei|drei|mädels|jungs)\b(?:[^.!?\n]|\d\.){0,40}?\b(?:einladen|aufnehmen|mitnehmen|mitfeiern|abholen|besuchen|dabeihaben)\b|\bfür (?:ein|das|unser) (?:\w+es )?(?:ehepaar|paar|pärchen)\b[^.!?\n]{0,60}\bsuch|\bkann jemand (?:einer|der) familie\b|\bfür die (?:beiden|zwei|drei)\b(?=[?.!])|\b(?:bei|zu|mit) (?:der|dem|denen) (?:er|sie) |\bsuch\w* (?:ich )?für (?:eine?n?|diese) (?:\w+ )?(?:frau|mann|mutter|familie|jungen|mädchen|kind)\b|\b(?:wer|jemand)\b[^.!?\n]{0,30} (?:lädt|nimmt|holt|besucht|begleitet|fährt) (?:ihn|sie|ihm|die) \w+|\b(?:der|die|wer) (?:sie|ihn) (?:[\w.]+ ){0,6}?(?:holt|abholt|einlädt|mitnimmt|besucht|begleitet|aufnimmt|(?:einladen|aufnehmen|mitnehmen|abholen|besuchen) (?:würde|könnte|kann|mag|möchte))\b|\b(?:wer|jemand)(?: in [a-zäöü]+)? (?:würde|könnte|kann|mag|möchte) (?:sie|ihn|die|den) (?:[\w.]+ ){0,9}?(?:holen|einladen|aufnehmen|mitnehmen|besuchen|begleiten|abholen|dazuholen)\b|\b(?:mag|würde|kann|könnte|möchte) (?:jemand|wer) (?:\w+ ){0,3}(?:sie|ihn) (?:[\w.]+ ){0,5}?(?:holen|einladen|aufnehmen|mitnehmen|besuchen|begleiten|abholen|dazuholen)\b|\bsuch\w* (?:\w+ ){0,2}?für (?:zwei|drei|vier|fünf|sechs|unsere|\d) (?:\w+e[nr]? )?(?:jugendliche\w*|kinder|mädchen|jungs|bewohner\w*|frauen|senior\w*)\b|\bwenn (?:sie|ihn) (?:[\w.]+ ){0,5}?(?:jemand|wer|einer) (?:einlädt|abholt|mitnimmt|besucht|holt)\b"),
)  # fmt: skip
_ASKED_FOR = Sieve(_BEHALF)
_TO_ME = re.compile(
    r"\b(?:kontakt|infos?|nachricht(?:en)?|antworten|anfragen|meldungen|alles|pn|dm|anruf) (?:bitte |gern |gerne |läuft |laufen |geht |gehen |nur )*(?:über|an|bei|via) (?:mich|mir|uns)\b"
    r"|\bmeld\w* (?:euch |eich |dich |sich )?(?:bitte |gern |gerne |einfach |dann )*bei (?:mir|uns)\b|\bschreib\w* (?:es |bitte |einfach |doch |gern )*mir\b|\bich vermittle\b"
    r"|\bich (?:geb's|(?:leite|gebe?|reiche) (?:es|das|alles)) weiter\b|\b(?:message|dm|contact|write to) me\b"
)
_AND_FOR_ME = Gated(
    r"\bich(?:,? \d\d)?,? und (?:mein|unser)\w* |\b(?:mein|unser)\w* [^.!?\n]{1,30}? und (?:ich|mich|mir)\b|\b(?:uns|wir) (?:beiden?|zwei|drei|vier)\b|\bmein\w* \w+(?: \([^)]{1,12}\))?, ich\b|\bbin selbst (?:auch )?allein\b|\buns (?:\w+ ){0,3}(?:einlädt|einladen|aufnimmt|aufnehmen|mitnimmt|mitnehmen)\b"
)
_HOSTS_SPEAKER = Gated(
    r"\b(?:poste|schreibe?|frage?|inseriere|melde|mache) (?:ich )?(?:das |dies |es |hier )*(?:für (?:sie|ihn|mein\w*|unser\w*)|im namen)\b"
    r"|\bim namen (?:von|mein\w*|unser\w*)\b|\b(?:hat|haben) mich gebeten\b|\b(?:lässt|lassen) (?:durch mich |über mich )?(?:fragen|ausrichten|anfragen)\b|\blassen durch mich\b"
    r"|\b(?:ist|sind) (?:selbst |selber )?nicht (?:auf|bei|in) (?:insta\w*|facebook|twitter|mastodon|bluesky|social|whatsapp)\b|\bhier nicht (?:angemeldet|unterwegs)\b|\b(?:er|sie) (?:hat|haben) kein (?:internet|handy|smartphone|facebook|insta\w*)\b"
    r"|\b(?:leite|nehme|gebe?) (?:ich )?(?:gern |eure |ihre |alle |die )*(?:nachrichten|anfragen|antworten) (?:\w+ )*?(?:weiter|an)\b|\bbei interesse (?:leite|gebe|vermittle) ich\b|\bich (?:leite|gebe) (?:es |das )?(?:gern |gerne )?weiter\b"
    r"|\b(?:über mich|soll ich) ausrichten\b|\bich vermittle\b|\bvermittle (?:gern )?für (?:eine?n?|meine?n?)\b"
)
_RELATIVE = r"(?:gross|schwieger|ur)?(?:eltern|schwester|bruder|mutter|vater|oma|opa|tante|onkel|schwägerin|schwager|nachbarin|nachbarn?|freundin|freund|cousine?|kollegin|kollege|vermieterin)"
_THEIRS = Gated(rf"(?:^|[.!?\n] ?)(?:meine?|unsere?) (?:[a-zäöü]+ )?{_RELATIVE}\b")
_THEY_INVITE = re.compile(
    r"(?! und (?:ich|wir))(?![^.!?\n]{0,40}\b(?:darum|deshalb|drum|fort|gestorben|tot|weg)\b)(?:[^.!?\n]|\d\.){0,60} (?:nimmt|nehmen|lädt|laden|hat|haben|hätten?|würden?|möchten?|überlässt|vermietet)"
    r" (?:[^.!?\n]|\d\.){0,60}\b(?:einladen|aufnehmen|ein|auf|frei|plätze|platz|besuch|gäste|leute)\b"
)
_THEY_GIVE = Gated(
    r"\b(?:oma|opa|mama|papa|mutti|mutter|vater|tante|onkel|mueter|grosi|schwester|professor|nachbarin)\b(?: [a-zäöü]{3,})?(?: ?\([^)]{1,12}\))?,? (?:strickt|näht|lötet|repariert|lädt|chochet|kocht zu viel|macht zu viel|backt zu viel|verschenkt|spielt jeden)\b"
)
_SAID = Gated(
    r"\b(?:sagt|meint)(?: [a-zäöü]+)?,? (?:ich soll|soll ich) (?:fragen|schreiben|ausrichten)\b|\bsoll ich (?:von [a-zäöü]+ [a-zäöü]+ )?(?:sagen|ausrichten)\b|\blässt sagen\b|\bi[nm] (?:ihrem|seinem) name\w*\b|\bdarf ich ausrichten\b"
)
_OURS = re.compile(r"\b(?:bei|zu|an) uns\b|\bwir\b|\bund ich\b")
_AT_THEIRS = Gated(rf"\bbei (?:meine[rm]|unsere[rm]) (?:\w+ )?{_RELATIVE}\b")
_THEY_COULD = re.compile(r"[^\n]{0,90}\b(?:sie|er) (?:hätte|hat|kann|könnte|kocht|würde|freut)\b")


def asks(low: str) -> bool:
    """Whether the wish is somebody else's, and not the writer's own as well."""
    return bool(_ASKED_FOR.matching(low)) and not _AND_FOR_ME.search(low)


def takes_answers(low: str) -> bool:
    """Whether the writer asks for somebody else and takes the answers: who only passes on what others ask does not."""
    return not low.startswith("rt @") and _TO_ME.search(low) is not None and asks(low)


def offers(low: str) -> bool:
    """Whether somebody else invites or gives, for whom the writer speaks."""
    return (
        _HOSTS_SPEAKER.search(low) is not None
        or _SAID.search(low) is not None
        or (_THEY_GIVE.search(low) is not None and not _OURS.search(low))
        or any(_THEY_INVITE.match(low, who.end()) for who in _THEIRS.finditer(low))
        or any(_THEY_COULD.match(low, who.end()) for who in _AT_THEIRS.finditer(low))
    )
