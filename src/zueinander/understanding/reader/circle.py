# ruff: noqa: E501 (a pattern cut over lines cannot be read)
"""Parties of which the writer tells what they are to one another, what they need or how many it makes in the end; and
where a number is told of others, or of what is wished for."""

from __future__ import annotations

import re
from collections.abc import Callable

from .counting import MANY, N, how_many, named
from .persons import ANIMAL, LOST
from .sieve import AnyOf, Gated

_KIDS = r"(?:kind(?:er|ern)?|kids|kleinkinder|schulkinder|zwerge|jungs|buben|buam|buebe|mädchen|mädels|meitli|madln?|töchter|söhne|chinder|chind|children|racker|rabauken)"
_WE_HAVE = Gated(
    r"\b(?:wir|mir|mia|mer|we) (?:haben|hab|ham|hom|hend|händ|hei|have)(?: (?:schon|ja|auch|noch|selbst|selber|zusammen|bereits))* "
    + N
    + rf" (?:kleine |kloane |chlini |young |small |liebe |lebhafte )?{_KIDS}\b(?! (?:aus|von|im|in der|auf|zu besuch)|(?: \(\d+\))?, (?:das|der|die)\b)"
)
_ALONE = Gated(r"\b(?:alleinerziehend\w*|ich bin allein|single (?:mom|mum|dad)|solo-?mama)")
_WED = Gated(
    r"\b(?:wir|mir|mia|we) (?:sind|san|sin|send|are|wären) (?:[\wäöü]+ ){0,3}?(?:verheiratet|verlobt|eheleute|married|engaged|newlyweds|ein (?:\w+ )?(?:paar|ehepaar|pärchen|gespann|duo))\b(?! (?:tage|wochen|leute|hundert|stunden|freunde|freundinnen|jungs|mädels|familien|nachbarn|studis))"
    r"|\bseit \d\d jahren verheiratet\b|\ber,? \(?\d\d\)?,? (?:und )?sie,? \(?\d\d\b|\bsie,? \(?\d\d\)?,? (?:und )?er,? \(?\d\d\b"
    r"|\bwir (?:sind )?\d\d und \d\d\b|\bwir,? \(?[mwfd] ?\d\d,? (?:und )?[mwfd] ?\d\d\b|\bwir,? \(?\d\d ?[mwfd],? (?:und )?\d\d ?[mwfd]\b"
)
_MAKES = Gated(
    r"\b(?:macht|macht zusammen|macht insgesamt|sind zusammen|sind insgesamt|sind also|wären wir|wären dann|insgesamt|alles in allem|all in all) "
    + MANY
    + r"(?= ?(?:[.,!?:;)]|$)| (?:personen|leute|menschen|köpfe|esser|people)\b)"
)
_GREAT_AND_SMALL = Gated(
    N + r" (?:grosse|erwachsene|ältere)\w*(?:,| und| \+| &|, und) " + N + r" (?:klein|jung|kind)\w*"
)
_AND_I = Gated(
    r"\b(?:und|&|and) (?:ich|i)(?: \([^)]{1,15}\))? (?:hängen|bleiben|stecken|hocken|suchen|sind|machen|möchten|würden|wollen|haben|hätten|wären|brauchen|wohnen|sitzen|stehen|kommen|feiern|are|would|need)\b"
)
_NAMES_BEFORE = re.compile(r"(?:^|[.!?:\n] ?)((?:[a-zäöü]{3,}, ){0,4})[a-zäöü]{3,} \Z")
_BY_NAMES = Gated(
    r"\bwir,? \(([a-zäöü]{2,}(?:, [a-zäöü]{2,})*(?:,| und| &) [a-zäöü]{2,})\)"
    r"|\bdas sind ([a-zäöü]{3,}(?:, [a-zäöü]{3,})* und (?!ich\b)[a-zäöü]{3,})(?=[.,!?]|$)"
    r"|\bwir sind ([a-zäöü]{3,}(?: \(\d\d\))? und [a-zäöü]{3,})(?: \(\d\d\))? aus\b"
)
_AGED_NAMES = Gated(
    r"\(\d\d?(?: ?j\.?| jahre| monate)?\)(?:(?:,| und| &| \+|, und| and) [a-zäöü]{3,} \(\d\d?(?: ?j\.?| jahre| monate)?\))+"
)
_THE_CHILD = re.compile(
    r"\b(?:das|mein|meine|meinem|meiner|ihr) (?:kind|baby|kleine[rn]?|sohn|tochter|töchterchen|säugling)\b"
)
_WE_AS = Gated(
    r"(?:(?<!haben )(?<!sind )\b(?:wir|mia|mer)|(?:^|[.!?\n:] ?)mir)(?:,|:| -|,? also|,? nämlich) ?(?:die )?"
    + MANY
    + r" (?:[a-zäöü]+e[nr]? ){0,2}(?!fehl|stunden|tage|wochen|monate|jahre|mal\b|minuten|zimmer|kilo|euro|gänge|hunde|katzen|plätze|stühle|betten)[a-zäöü]{4,}"
    r"|\b(?:mia|mir|mer|wir) (zwei|zwa|zwoa|zwoi|zwee|drei|drü|dra|vier|viere|fünf) (?:[a-zäöü]+e[nr]? )?(?:pensionist\w*|rentner\w*|student\w*|senior\w*|leit|leut|lüt|madln?|buam|weiber|frauen|froue|männer|jungs|mädels|damen|alte\w*|[a-zäöü]{3,}innen)\b"
)
_PLACES_NEEDED = Gated(
    r"\b(?:such\w*|brauch\w*|bräucht\w*|benötig\w*|need|(?:wer|jemand|einer)(?: [\w.]+){0,4} (?:hat|hätte)|(?:hat|hätte) (?:hier |noch |vielleicht |zufällig )*(?:wer|jemand|einer|irgendwer|ein[e]? \w+))(?: (?!zimmer|wohnung|nur|bloss)[\w.]+){0,5}? "
    + MANY
    + r" (?:freie |günstige |billige |warme )?(?:stühle (?:für|am|an)|teller|betten|schlafplätze|schlafgelegenheiten|plätze|sitzplätze|mitfahrplätze|sitze|beds|seats|spots)\b"
    r"|\b(?:wer|jemand|ihr|einer)\b[^.!?\n]{0,60}?\bplatz für (?:uns )?"
    + MANY
    + r"\b(?! (?:euro|kisten|säcke|koffer|tage|nächte))"
)
_ONE_OF_THEM = Gated(r"\b(?:brauche|nehme|bräuchte|will|möchte)(?: ich)?(?: \w+)? (?:nur |bloss )?eine[ns]?\b")
_SOME = Gated(
    r"[,.!?:;(] ?" + MANY + r" (?:stück|person|personen|leut|an der zahl)\b(?=[,.;:!?)]|$| aus)"
    r"|\bwo (?:dürfen|können|könnten|kommen|kriegen|finden|schlafen|dürften) (?:wir )?" + MANY + r" (?:[a-zäöü]+e[nr]? )?(?:leute|menschen|personen|mann|leut|lüt|frauen|männer|mädels|jungs|freunde|freundinnen|[a-zäöü]{3,}innen)\b"
    r"|(?:^|[.!?\n:,] ?)" + MANY + r" (?:[a-zäöü]+e[nr]? )?(?:brüder|schwestern|geschwister|freunde|freundinnen|kumpels?|alte|bräute|väter|mütter|witwen|kolleginnen|kollegen|mitbewohner\w*|singles|einsame|mäuler|esser|nasen|köpfe)(?=[,.:]| aus| über| und (?:kein|nix|nichts))"
    r"|\b(?:nimmt|nehmt|nehmen|hätten|lädt|ladet|lassen|lasst|könnte|würde)(?: \w+){0,3} uns (beide|beiden)\b|\b(?:group|party|bunch|team|crew|gang) of " + MANY + r"\b|\buns (zwei|drei|vier) (?:mädels|mädchen|jungs|frauen|männer|alten|alte|seniorinnen|senioren|rentner\w*|student\w*|freund\w*|omas|opas|schwestern|brüder|leute|geschwister)\b|\buns (zweien|zwei|drei|dreien|vier|vieren)\b(?= und d| hat | haben | ist | fehlt |[,.!?]|$)"
    r"|\ballein\w*(?: in [a-zäöü]+)? mit (?:meine\w*|den|mine|mei) (drei|vier|fünf)\b"
)  # fmt: skip
_ALL_OF_US = Gated(
    r"(?<!fehlen )(?<!fehlt )(?<!waren )\b(?:wir|uns|mir|mia) (zwei|zwoa|zwöi|zwee|beiden?|drei|drü|vier|fünf|sechs|sieben)\b(?= (?:irgendwo|jemand|wer|noch|auch|gern\w*|nicht\w*|keine\w*|wollen|ab|an|am|auf|aus|bei|beim|im|in|mit|nach|um|vom|von|zu|zum|brauchen|haben|hätten|könnten|möchten|sind|sitzen|suchen|würden|wären|heilig\w*|weihnachten|silvester|ostern|mal)\b|[.,!?]| ?\(|$)"
    r"|\b(?:und|un|u) (?:ich|i|ig),? (?:wir )?(zwei|zwoa|drei|vier|beide)\b(?= [a-zäöü]{4,})|\bwir (?:\w+ ){1,2}zu (acht|neunt|zehnt|elft|zwölft)\b|\bfür die (drei|vier|fünf|sechs|sieben)(?= (?:am|an|bei|bis|ein|eine|einen|etwas|gern|im|in|suche|such|was|zu)\b|[.,!?]|$)"
)
_WE_AND_CHILDREN = Gated(
    rf"\b(?:wir|uns|mia|mir) (?:zwei|zwoa|zwöi|beiden?) (?:und|mit|plus|&|\+) (?:unser\w*|die|der|das|dem|den|mei\w*) (?:{MANY} )?(?:[a-zäöü]+e[nrm]? )?(?:{_KIDS}|tochter|sohn|baby|bub|kleine[nrm]?|zwerg)\b"
)
_MOTHERS = Gated(
    rf"\b{MANY} (?:[a-zäöü]+e )?(?:mamas|mütter|väter|frauen|(?:ehe)?paare) mit (?:zusammen|insgesamt) {MANY} (?:[a-zäöü]+en )?{_KIDS}"
)
_COUPLES = Gated(
    r"\b(?:wir|mir|mia)(?:,| sind| san| sin| waren)(?: [a-zäöü]+){0,2} " + MANY + r" (?:[a-zäöü]+e )?(?:ehe)?paare\b"
)
_AND_ONE = Gated(r"\bfür die (beiden|zwei|drei|vier|fünf) und (?:mich|uns)\b")
_US = re.compile(r"\b(?:wir|uns|we|us|bräuchten|brauchen|suchen|zahlen|würden|möchten|mir (?:suech|suach|bruch)\w*)\b")
_OF_US = re.compile(
    r"(?<!bei )(?<!zu )(?<!von )\buns\b|\b(?:we|us)\b"
    r"|\bwir (?:können|gehen|könnten|suchen|brauchen|bräuchten|würden|kommen|möchten|sitzen|stehen nicht|sind|haben|kennen|wollen|hätten)\b|\b(?:könnten|gehen|würden|suchen|möchten|bräuchten|sitzen|kommen|haben|brauchen|dürften|sind|dürfen) wir\b"
)
_FACES = Gated(r"[👨👩👧👦👶🧒🧑👵👴🧓](?: ?[👨👩👧👦👶🧒🧑👵👴🧓])+")
_WITH_SMALL = Gated(
    r"\bfamilie (?:mit|und|\+) (?:einem |unserem |1 |neugeborenem |kleinem )?(?:baby|kleinkind|säugling|kind|neugeborenen)\b"
    r"|\bwir (?:stehen|sitzen|sind|hängen|stranden|kommen|leben|wohnen|reisen)(?: [\wäöü]+){0,3} mit (?:einem |unserem |kleinem |1 )?(?:baby|kleinkind|kind|säugling|neugeborenen)\b"
)
_WE_WITH = Gated(
    r"\b(?:wir|mir|mia|we) (?:eltern )?(?:stehen|sitzen|sind|san|hängen|kommen|leben|wohnen|reisen|stranden|hausen|are)(?: [\wäöü]+){0,3} (?:mit|with) (?:unseren |our |den )?"
    + MANY
    + rf" (?:[a-zäöü]+en )?{_KIDS}\b"
)
_WITH_ME = Gated(
    r"\bmeine? (?:mutter|mama|tochter|schwester|freundin|frau|oma|tante|nichte|enkelin|vater|papa|sohn|bruder|freund|mann|opa|onkel|neffe|enkel)\b[^.!?\n]{0,45}\b(?:mit mir zusammen|zusammen mit mir|gemeinsam mit mir|mit mir gemeinsam)\b"
)
_AGED_CHILDREN = Gated(
    r"\b(?:familie|wir|uns)\b[^.!?\n]{0,90}[.!?]? ?(?:die |unsere )?(?:kinder|kids)(?: sind)? \(?\d\d?(,|,? und|/) ?\d\d?((?:,|,? und|/) ?\d\d?)?((?:,|,? und|/) ?\d\d?)?\b(?! ?(?:uhr|euro|km|kg|€|zimmer|wochen|tage))"
)
_ELSEWHERE = Gated(
    rf"\b(?:{_KIDS}|enkel\w*|mitbewohner\w*|meine (?:beiden|zwei|drei|grossen))\b(?:[^.!?\n]|\d\.){{0,40}}?\b(?:bei ihrem|bei ihrer|beim (?:vater|papa|ex)|bei der (?:mutter|mama|ex)|bei (?:mutter|mama|papa|vater) |aus dem haus|ausgezogen|weit weg|weggezogen|heimgefahren|verreist|ausgeflogen|im ausland\b|leben in|wohnen in|in [a-zäöü]+ (?:leben|wohnen|studieren)|melden sich nicht|lange erwachsen|sind alle (?:in|weg|fort)\b|alle fort\b|with their (?:dad|mum|mom|father|mother))|\b(?:erwachsenen?|grown(?:-up)?) (?:kinder|söhne|töchter|sohn|tochter|kids|sons|daughters|children)\b"
)
_OTHERS_BEFORE = re.compile(
    r"(?:\b(?:ihr|euch|sich|mir|immer|als|oder|gern|gerne|wieder|mal|einmal|lieber|endlich|besser|spaziergang|spazieren|kaffee|filmabend|abend|reden|tanzen|plaudern|dann (?:sind|wären|wär\w*)(?: \w+){0,2}|wg (?:ist|war)|die (?:anderen|andern)(?: \w+)?)(?: \w+)?) \Z"
)
_ANYBODY = re.compile(r"\b(?:jemand|wer|man|seid ihr|ihr seid|schlafen|gestern)\b")
_SENTENCE_END = re.compile(r"[.!?\n]")
_OTHERS_BEHIND = re.compile(
    r",? mit (?:mir|uns)\b| (?:macht|machts|wär\w*|ists?|isst|lebt|geht|gehts|schmeckt|lacht|singt|spielt|redet|kocht|läuft|kürzer|schöner|leichter|besser|lustiger|essen\b|heimgefahren|weggefahren|schläft|schon eher)|, zu (?:dritt|viert)\b"
)
_OF_THE_FACES = 6
_NUMBERS = ("zwei", "drei", "vier", "fünf", "2", "3", "4", "5")
_OF_AGE = 14  # a number in brackets that is younger may count appointments
_MANY_CHILDREN = 8  # a school has more
_NEAREST = Gated(
    r"\b(?:mein mann|meine frau|mein freund|meine freundin|mein partner|meine partnerin|mein verlobter|meine verlobte|mein lebensgefährte|meine lebensgefährtin|mei mann|mei frau|mi maa|mi frau|my husband|my wife)\b"
)
_NO_LONGER = re.compile(
    rf"\b(?:{LOST}|verlassen|getrennt|geschieden|ausgezogen|ex|verwitwet|witwer?|montage|auf see|im ausland|seemann|koma|hospiz|im heim|erkennt mich|tauscht mit mir|mein mann (?:sagt|hilft|auch nicht)|nicht mehr,|entlassen)\b"
)
_WITH = re.compile(r"\b(?:ich|wir|i)\b[^.!?\n]{0,50}\b(?:mit|und) (?:[a-zäöü]+ ){0,3}[a-zäöü]{3,} \Z")
TELLING = (
    _ALL_OF_US,
    _COUPLES,
    _MOTHERS,
    _AND_ONE,
    _WE_AND_CHILDREN,
    _NEAREST,
    _WE_HAVE,
    _WED,
    _MAKES,
    _GREAT_AND_SMALL,
    _WE_AS,
    _PLACES_NEEDED,
    _FACES,
    _WITH_SMALL,
    _WITH_ME,
    _AGED_CHILDREN,
    _SOME,
    _WE_WITH,
    _ALONE,
    _AND_I,
    _BY_NAMES,
    _AGED_NAMES,
)
"""Without one of them no size of a party is found here."""
_ANY = AnyOf(*TELLING)


def of_others(low: str, match: re.Match[str]) -> bool:
    """Whether "zu zweit" is what is wished for, or said of others: "zu zweit schmeckt es", "ihr könnt zu fünft sein"."""
    before = low[max(0, match.start() - 45) : match.start()]
    said = _SENTENCE_END.split(before)[-1]
    return (
        _OTHERS_BEFORE.search(before) is not None
        or _OTHERS_BEHIND.match(low, match.end()) is not None
        or (
            match[0].startswith("zu ")
            and (_of_anybody(said) or _for_anybody(said, low[match.end() : match.end() + 80]))
        )
    )


def _of_anybody(said: str) -> bool:
    """Whether a sentence speaks of somebody or of all, and not of us."""
    return _ANYBODY.search(said) is not None and _US.search(said) is None


def _for_anybody(said: str, behind: str) -> bool:
    """Whether a sentence goes on to ask who would like that: "Skat zu zweit, wer?"."""
    return behind.startswith(", wer") and _US.search(said + _SENTENCE_END.split(behind)[0]) is None


def elsewhere(low: str) -> bool:
    """Whether the children of whom is told live with somebody else or are long gone."""
    return _ELSEWHERE.search(low) is not None


def heard(low: str) -> bool:
    """Whether `sure` or `perhaps` may find a number."""
    return _ANY.heard(low)


def sure(low: str) -> int | None:
    """What is told so plainly that it counts before a row of people does."""
    if both := _GREAT_AND_SMALL.search(low):
        return (how_many(both[1]) or 0) + (how_many(both[2]) or 0)
    if (have := _WE_HAVE.search(low)) and (children := how_many(have[1]) or 0) < _MANY_CHILDREN:
        return children + (1 if _ALONE.search(low) else 2)
    if have := _WE_WITH.search(low):
        return (how_many(have[1]) or 0) + (1 if _ALONE.search(low) else 2)
    if with_children := _WE_AND_CHILDREN.search(low):
        return 2 + (how_many(with_children[1]) or 1)
    if several := _MOTHERS.search(low):
        return (how_many(several[1]) or 0) * (2 if "paare" in several[0] else 1) + (how_many(several[2]) or 0)
    if pairs := _COUPLES.search(low):
        return 2 * (how_many(pairs[1]) or 1)
    if one := _AND_ONE.search(low):
        return (how_many(one[1]) or 0) + 1
    for pattern in (_ALL_OF_US, _WE_AS, _MAKES):
        if (match := pattern.search(low)) and (found := named(match)[1]) and 1 < found < 500:
            return found
    return None


def perhaps(low: str) -> int | None:
    """What is left to say of a party when nobody was counted."""
    return next((found for way in _WAYS if (found := way(low))), None)


def _related(low: str) -> int | None:
    if _WITH_SMALL.search(low):
        return 3
    if _WITH_ME.search(low):
        return 2
    if aged := _AGED_CHILDREN.search(low):
        return 3 + sum(1 for group in aged.groups() if group)
    if _ALONE.search(low) and _THE_CHILD.search(low):
        return 2
    return 2 if _WED.search(low) else None


def _needed(low: str) -> int | None:
    """As many as the beds or seats for which they ask."""
    match = _PLACES_NEEDED.search(low)
    found = named(match)[1] if match and _US.search(low) and not _ONE_OF_THEM.search(low) else None
    return found if found and found < 30 else None


def _pictured(low: str) -> int | None:
    """A family in little pictures, at the head of what it asks."""
    match = _FACES.search(low)
    if match is None or match.start() > _OF_THE_FACES:
        return None
    return len(match[0].replace(" ", ""))


def _some(low: str) -> int | None:
    """A number of people that stands by itself, of a text that speaks of "us"."""
    match = _SOME.search(low) if _US.search(low) or low.startswith(_NUMBERS) else None
    found = named(match)[1] if match else None
    return found + match[0].startswith("allein") if match and found and found < 100 else None


def _by_name(low: str) -> int | None:
    """ "Jonas, Emre und ich suchen"; "Katja (36), Sven (40) und Theo (11)"."""
    others = _AND_I.search(low)
    if others and (names := _NAMES_BEFORE.search(low[max(0, others.start() - 80) : others.start()])):
        beside = [name for name in names[0].strip(" .!?:\n").split(", ") if not ANIMAL.match(name)]
        return 1 + len(beside) if beside else None
    if told := _BY_NAMES.search(low):
        return sum(1 for name in re.split(r", | und | & ", told[1] or told[2] or told[3]) if not ANIMAL.match(name))
    aged = _AGED_NAMES.search(low)
    if aged is None:
        return None
    ages = [int(age) for age in re.findall(r"\((\d+)", aged[0])]
    if _WITH.search(low[max(0, aged.start() - 90) : aged.start()]):
        return len(ages) + 1
    return len(ages) if any(age >= _OF_AGE for age in ages) else None


def _beside_us(low: str) -> int | None:
    """Who tells of a husband or a wife and says "us" is two, with a child of theirs three."""
    if _NEAREST.search(low) is None or _OF_US.search(low) is None or _NO_LONGER.search(low):
        return None
    return 2 + (_THE_CHILD.search(low) is not None)


_WAYS: tuple[Callable[[str], int | None], ...] = (_by_name, _some, _related, _needed, _pictured, _beside_us)
