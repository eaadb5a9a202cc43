# ruff: noqa: E501 (a pattern cut over lines cannot be read)
"""How many people ask: the size of the party."""

from __future__ import annotations

import re

from . import circle, close, household, in_a_row, kinship, missing, others
from .counting import FOLK, NUMBERS, N, how_many, named
from .sieve import AnyOf, Gated, Sieve

_PARTY = (
    re.compile(r"\b(?<!dann )(?:wir sind|sind wir|wären|mir sind|mir sin|we are|we're|mir si|mir send|mer send|mer si|mir hend|wir wären|mia san|wir san|miar sind|bin ich(?! \d\d)|wir \(|(?<!zwei )(?<!beide )(?<!drei )sind|seien)(?: (?!(?:alle|entweder|minus|mit|ohne|am|auf|den|vom|bis|ab|seit|um|dem|an|der|bei|es|mitte|anfang|ende|über|unter|beide?|both|each|\d+|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf)\b)\w+){0,2}? (?:zu |nur |a )?(?!\d\d?\.[ \d]*[a-zäöü])" + N + r"\b(?!, ?\d\d| ?, ?\d(?:,| und \d)| (?:und|von) (?:\d|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf)|:\d|\+| uhr\b| (?:leute |kinder |frauen )?(?:tot|gestorben|verstorben|weg|krank)\b|\.?\d| ?%| ?(?:tage|stück|prozent|grad|euro|jahre|jährig|k?m\b|(?:kilo)?meter|kilo|liter|schritte|stufen|treppen|etagen|stationen|min|stund|monat|woche|j\.|(?:\w+ )?(?:familie|\w*gruppe|wg\b|runde|truppe|family|group|couple|paar|pärchen|ehepaar|team)))"),
    re.compile(r"(?<!\balle )\bzu (zweit|dritt|viert|fünft|sechst|siebt|zweien)\b|\b(\d|drei|vier|fünf|sechs|sieben)[- ]?köpfige[nr]? (?:familie|wg|gruppe|truppe)\b"),
    re.compile(r"\b(?:für|suchen|platz für|unterkunft für) (?:uns )?" + N + r" (?:(?!stunden|tage|wochen|minuten|euro)\w+ )?" + FOLK
               + r"|^\W*" + N + r" (?:leute|mann|personen|freunde|freundinnen|mädels|jungs),"
               + r"|^\W*" + N + r" (?:\w+e[nr]? )?(?:student\w*|studis|freund\w*|frauen|mädels|jungs|geschwister|rentner\w*|damen|herren|männer|kolleg\w*|azubis|pilger\w*|senior\w*|witwen|schwestern|brüder)\b[^.!?]{0,40}\b(?:such|brauch|hätt|möcht|würd|woll|wünsch)"),
    re.compile(r"(?<!suchen )(?<!brauchen )(?<!bräuchten )(?<!haben )\bwir (?:beiden?|(zwei|drei|vier|fünf|zwoi|zwee|2|3|4|5))\b|\b(?:mir|mia|mer) (zwoi|zwa|zwoa|zwöi|zwee|drü)\b"),
    re.compile(r"\bmy (?:wife|husband|partner|girlfriend|boyfriend|roommate|flatmate|friend) and (?:i|me)\b|\b(?:i|me) and my (?:wife|husband|partner|girlfriend|boyfriend|roommate|flatmate|friend)\b|(?<!für )\b(?:ich und|mit) (?:mann|frau|freund|freundin|partner|partnerin|mutter|mama|bruder|schwester|verlobter?|kumpel|mitbewohner(?:in)?)(?: und ich| dabei)?\b(?!(?: \w+){0,3} (?:gestorben|verstorben|tot|weg|nicht mehr|fehlt|verloren|begraben))|\bmei(?:ne|n)? (?:mann|frau|freund|freundin|partner|partnerin|mutter|mama|mutti|vater|bruder|schwester|oma|opa|sohn|tochter|verlobter?|kumpel|mitbewohner(?:in)?|hund)(?: ?\([^)]{1,15}\))? und (?:ich|i)\b|\bwir (?:geschwister|schwestern|brüder|freundinnen|eheleute)\b|\bich und mein(?:e)? (?:mann|frau|freund|freundin|partner|partnerin|mutter|mama|bruder|schwester|sohn|tochter|kind|kleiner|kleine|baby|oma)\b|\bmit (?:meiner?|meinem) (?:kleinen )?(?:sohn|tochter|kind|baby|neugeborenen|säugling|kleinkind|enkel(?:in)?|neffen|nichte|mutter|freundin|freund|mann|frau|partner|partnerin|schwester|bruder|mama|oma|kleinen|grossen|jüngsten|ältesten)\b|\b(?:mama|mutter|vater|papa) mit (?:baby|kind|sohn|tochter)\b|\b(?:mutter|mama|vater|papa|oma|opa|tante|onkel)(?: ?\([^)]{1,12}\))? (?:und|&|\+|mit) (?:tochter|sohn|kind|baby|enkel\w*|nichte|neffe)\b|\bwir,? \(?\d\d(?: ?[/,&+]| und) ?\d\d\b|\bmit (?:baby|kleinkind|kind|säugling|teenie|teenager|sohn|tochter)\b|\b(?:baby|säugling|neugeborenes) (?:auf dem|im|am) arm\b|\b(?:oma|opa|mama|papa|mutter|vater|schwester|bruder|freundin|freund|mann|frau) ?(?:\+|&|und) ?ich\b|\b(?:ich|mich) ?(?:\+|&) ?(?:oma|opa|mama|papa|mutter|vater|schwester|bruder|freundin|freund|mann|frau|kind|baby|sohn|tochter)\b|\b(?:für|auftrag|namen|auftrag von|namen von|kann jemand|könnte jemand|kann wer|wer kann|wer könnte|jemand kann|hilft) (?:meine[rn]?|unsere[rn]?|die|der) (?:\w+ )?(?:eltern|grosseltern|schwiegereltern)\b|\b(?:meine|unsere) (?:\w+ )?(?:eltern|grosseltern|schwiegereltern)(?: ?\([^)]{1,20}\))?,?(?: \w+){0,5} (?:suchen|wünschen|würden|hätten|möchten|bräuchten|brauchen|sitzen|sind allein\w*)\b"),
)  # fmt: skip
_ADULTS = re.compile(
    r"\b(\d|ein|eine|zwei|drei|vier) ?(?:erw\b\.?|erwachseni|erwachsene\w*|adults?)\b(?! (?:kinder|söhne|töchter|sohn|tochter|kids|children))"
)
_CHILDREN = re.compile(
    r"\b(\d|ein|eine|einem|zwei|drei|vier|two|three|beiden|zwe|zwoa|zwee|fünf) (?:\w+ )?(?:kind(?:er|ern)?|kids?|jungs?|jungen|mädchen|mädels|söhnen?|töchtern?|kleinkind(?:er|ern)?|teenagern?|children|baby|babys|chind|knirpse?|buben|buam|zwerge?n?|zwergerl|racker|sprösslinge?n?|mäuse|enkel(?:kinder)?n?|toddlers?|little ones|daughters|sons|wichtel|kindl|ki\b\.?|teenies?|teens|mädle|buem|kindla|schulkind(?:er)?|säuglinge?|pflegekind(?:er)?|rabauken|neugeborenes?)\b|\b(zwillinge?n?|drillinge?n?|twins|triplets)\b"
)
_ALONE_KIDS = Gated(
    r"alleinerz(?:iehend|\.)|\b(?:mama|mutter|papa|vater) \(\d kinder|ich (?:gehe?|stehe?|sitze?|lebe?|wohne?|ziehe?|bin) (?:[a-zäöü]+ ){0,2}mit (?:zwei|drei|vier|fünf|[2-6]) |(?:zieht|ziehe) (?:[a-zäöü]+ ){1,2}(?:kinder|kids|söhne|töchter|jungs|buben) (?:ganz )?allein|ich und (?:\w+ )?(?:zwei|drei|vier|fünf|[2-6]) |ich hab\w* (?:\w+ )?(?:kinder|kids|buben|zwerge|zwillinge) dabei|me and (?:my|the)\b|allein\w* mit|mit (?:\w+ )?(?:zwei|drei|vier|fünf|[2-6]) \w+ allein|solo-?mama|single mom|single mum|(?:mutter|mama|vater|papa|mum|mom)\b(?: ?\([^)]{1,12}\))?(?: \w+){0,2} mit|ich mit|ich und meine|ich \+|mit meinen|plus|\bund ich\b|ich,? mein"
)
_PAIR = re.compile(
    r"\b(?:ehepaar|geschwisterpaar|elternpaar|pärchen|pärli|päärli|couple|duo|pensionistenpaar|rentnerpaar|rentnerehepaar|seniorenpaar|(?:hetero|lesben|schwulen)-?paar)\b(?! (?:of )?(?:tage|socken))"
    r"|(?<=[a-zäöü]es )(?<!jedes )(?<!zweites )paar\b(?! (?:arme|tage|stunden|wochen|[a-zäöü]*(?:schuhe|socken|skie?r?|stiefel|strümpfe)\b))"
    r"|\bpaar(?= ?\(|,? (?:\d\d|aus|mit|und ich|sucht?|anfang|mitte|ende|um die|hätten?|möchten?|würden?|neu|frisch|ohne kinder)\b)"
)
_FAMILY = re.compile(
    r"\bfamilie mit (\w+) (?:\w+ )?(?:kind(?:ern)?|kids|chind(?:er)?|mädchen|jungs|mädels|töchtern|söhnen)\b|\bfamily of "
    + N
)
_SOUGHT = re.compile(
    r"\b(?:such\w*|is there|are there|any|gibt es|gibts|kennt|für|gesucht:?|bei|welche|alles|lauter|zwischen|oder)(?: (?!uns |mich )[\wäöü]+){0,4} $"
)
_SOUGHT_BEHIND = re.compile(r"\w* (?:gesucht|die|der|oder)\b")
_WITH_CHILDREN = re.compile(
    r"\w*(?: aus [a-zäöü]+)?,? (?:mit|\+|&|und) (?:(?!keine)\w+ ){0,2}?(?:("
    + NUMBERS
    + r") (?:\w+ )?)?(?:babys?|kind(?:er)?n?|kleinkind(?:er)?n?|säugling|sohn|söhnen|tochter|töchtern|teenies?|chind|zwillinge?n?|mädchen|mädels|jungs|jungen|buben|halbwüchsigen|teenagern)\b"
)

_CHILD = r"(?:kind|baby|kleinkind|säugling|bub|bua|tochter|töchterchen|sohn|sohnemann|zwerg|knirps|mädel|mädle|mädchen|kleinem?r?n?|grosse[rn]?|maus|junior|teenager|teenie|toddler|kiddo|son|daughter|enkelin|enkel|spatz)"
_PARENT = r"(?:mami|mama|mutti|mutter|muddi|mum|mom|papa|papi|vati|vater|dad|oma|omi|opa|opi)"
_MORE_PARTIES = (
    re.compile(r"\b(two|three|four|five|six|seven|eight|\d) of us\b|\bwir (?:\w+ ){1,3}mit " + N + r" (?:mann|leuten?|jungs|mädels|personen|frauen|männern|freunden|freundinnen|kollegen)\b|\b(?:familie|family|wg|gruppe|truppe)\b[ ,:(-]{1,3}(?:insgesamt |mit |zusammen )?" + N + r" ?(?:pers|köpf|leute|mitglieder|people|erwachsene und)|\bwir(?: \w+)?[,:(-]+ ?" + N + r" " + FOLK + r"|\b" + N + r" (?:leute|personen|köpfe|nasen|mann|menschen|freunde), (?:" + NUMBERS + r"|ein|eine)\b (?!such|brauch)"),
    re.compile(r"(?:^|(?<!\d)[.!?\n:] ?)\W*" + N + r" (?:\w+ )?(?!stunden\b|tage\b)(?!kisten|listen)(?:\w*(?:innen|leute|anden|anten|isten|istinnen|studenten|jährige|frauen|männer|mädels|jungs|schwestern|brüder|geschwister|freunde|kollegen|pfadfinder|azubis|musiker|sänger|wanderer|radler|schüler|lehrlinge|flüchtlinge|soldaten|\w*fahrer|kerle|typen|students|friends|backpackers|travellers|hikers|cyclists|pilgrims|musicians|girls|guys|sisters|brothers|nurses|women|men|mann(?= (?:vom|von|aus))))\b(?![^.!?]{0,30}(?:mehr\b|braucht|gesucht|dürf|haben (?:mein|mich|mir|uns)|willkommen|sind (?:tot|weg)|wohnen|haben abgesagt))"),
    re.compile(r"\b" + N + r" (?:\w+ )?(?:bewohner\w*|kinder|senior\w*|jugendliche\w*|mädchen|jungs|menschen|leute|gäste|patient\w*|männer|frauen|azubis|alte) (?:unser\w*|in unser\w*|aus unser\w*|bei uns|auf unser\w*|meiner station)\b"),
    re.compile(r"(?:^|(?<!\d)[.!?\n:] ?)\W*" + N + r" (?:unserer|meiner) (?:[a-zäöü]+en )?[a-zäöü]{4,} (?:sitzen|hocken|haben|sind|kennen|wissen|würden|möchten|wollen|suchen|brauchen|bräuchten|kriegen|bekommen|bleiben|können|feiern)\b"),
)  # fmt: skip
_PARENT_AND_CHILD = Gated(
    r"\b" + _PARENT + r" ?(?:\+|&|und|mit|plus|samt) (?:(?:1|ein\w{0,2}|ihre[mr]?|kleine[mr]?) )?" + _CHILD + r"\b"
    r"|\bfür (?:mi|mich) (?:und|u|un|en) (?:meine?|mei|mis|mini|min|mien) (?:[a-zäöü]+[es] )?(?:"
    + f"{_CHILD}|{_PARENT}"
    + r"|mann|ma|frau|frou|freund|freundin|bruder|schwester|partnerin|partner|chlini|chind|meitschi|meitli|bueb|buam|dirndl)\b|\b(?:ich|i|me) ?(?:\+|&|und|mit|plus|samt|and) (?:meine?[rm]?|mei|mim|my) (?:\w+e[nrm]? )?"
    + _CHILD
    + r"\b"
)
_MUM, _DAD = r"(?:mama|mami|mutti|mutter|mum|mom)", r"(?:papa|papi|vati|vater|dad)"
_BOTH_PARENTS = Gated(rf"\b{_MUM}(?:,| und| &| ?\+| and|) ?{_DAD}\b|\b{_DAD}(?:,| und| &| ?\+| and) ?{_MUM}\b")
_SPOUSE_WORD = r"(?:mein mann|meine frau|mei mann|mei frau|mein partner|meine partnerin|mein freund|meine freundin|my wife|my husband|my partner)"
_WE_AND_CHILD = Gated(
    rf"\b(?:ich|i),? (?:und )?{_SPOUSE_WORD},? (?:und |and |\+ |& )?(?:unsere?|mit|our|my|das) {_CHILD}\b|\b{_SPOUSE_WORD}, (?:unsere?|our|my|das|die|der) {_CHILD} (?:und|and) (?:ich|i|me)\b"
)
_WE_TWO = Gated(
    r"\b(?:er|m) ?\(\d\d\)(?: und| &| \+|,) ?(?:sie|w) ?\(\d\d\)|\b(?:sie|w) ?\(\d\d\)(?: und| &| \+|,) ?(?:er|m) ?\(\d\d\)|\bwir,? \(?(?:m/w|w/m|w/w|m/m|m\+w|w\+m|m & w|w & m)\b|\bmy (?:mum|mom|dad|mother|father|sister|brother|daughter|son|boyfriend|girlfriend|best friend) and (?:me|i)\b|\bme and my (?:mum|mom|dad|mother|father|sister|brother|daughter|son|best friend)\b"
)
_US_AND_BABY = Gated(
    r"\bwir (?:zwei|beiden?|2),? (?:\+|plus|und|mit|samt) (?:unser(?:em|e)? )?(?:baby|säugling|kind|kleinkind)\b"
)
_NAMED_AND_ME = Gated(r"\(\d{1,2}\) und ich\b|\bich und [a-zäöü]+ \(\d{1,2}\)")
_FAMILY_OF = Gated(
    r"\b(?:familie|family|wg|gruppe)\b(?: (?:aus|from) (?:\w+ ){0,2}?\w+)? ?\((\d)(?: pers\w*\.?| leute| köpfe)?\)"
)
_ONE_CHILD = re.compile(r",? ?(?:und|&|\+|,|and|mit)? ?(?:1 |ein |eine |a )?" + _CHILD + r"\b")
_MY_SPOUSE_OUR_CHILD = Gated(
    rf"\b{_SPOUSE_WORD}\b[^.!?\n]{{1,60}}\bunsere? (?:\w+ )?{_CHILD}\b|\bunsere? (?:\w+ )?{_CHILD}\b[^.!?\n]{{1,60}}\b{_SPOUSE_WORD}\b"
)
_OUR_CHILD = Gated(
    r"\bunsere? (?:\w+ )?(?:tochter|sohn|kind|baby|kleine|kleiner|mädchen|bub|frühchen)\b(?: \([^)]{1,12}\))?(?: [\w.]+){0,4} (?:liegt|klinik|kinderklinik|krankenhaus|spital|intensiv\w*|operiert|krank|monate|wochen alt)\b"
)
_WANTED = Gated(
    r"\b(?:fehlen|brauchen|gebraucht|suchen|sucht|gesucht|benötig\w+|hängen)\b(?: \w+){0,6}? "
    + N
    + r" (?:\w+ )?(?:schlafplätze?|betten|päckchen|quartiere?|privatquartiere|unterkünfte|wünsche|kinderwünsche|zettel|gastfamilien|plätze|sängerinnen|familien|kinder|pilger|wunschzettel)\b"
)
_LEFT = Gated(r"\b" + N + r" (?:hab|habe|haben|sind|hängen)(?: \w+)? (?:noch )?(?:übrig|offen)")
_GROUP = Gated(
    r"wunschbaum|wunschzettel|(?:zettel|wünsche|bewohner\w*|unser\w*|dem) (?:\w+ ){0,3}(?:alten|pflege|senioren)heim|kirchentag|turnfest|ehrenamt|weiterverm|ich vermittle|privatquartier|pilger|familien ohne"
)
_BOTH, _WE = (
    Gated(r"(?<!ihr )(?<!meine )(?<!seine )\b(?:beiden?|beid[ie]|both)\b"),
    re.compile(r"\b(?:wir|uns|mia|üs|we|us)\b"),
)
_PET = re.compile(r"\b(?:hund|hündin|katze|kater|dackel|mops|esel|pferd)\b")
_OUR = re.compile(r"\b(?:wir|uns|unser\w*|mia|üs|we|us|our)\b")
_ONE = re.compile(
    r"\b(?:ich|i|ig|mich|mir|mein\w*|bin|allein\w*|solo|single|my|me|witwer?|student(?:in)?|rentner(?:in)?)\b"
)
_I = re.compile(_ONE.pattern + r"|\b(?:beide?n?|paar|ehepaar|zwei)\b")
_SEVERAL = re.compile(
    _OUR.pattern
    + r"|\b(?:beide?n?|paar|ehepaar|zwei|eltern|geschwister|schwestern|brüder|zwillinge|kinder|kindern|kids|buben|jungs|mädels|freunde|freundinnen)\b"
)
_MORE_SIEVE = Sieve(_MORE_PARTIES)
_OF_THINGS = re.compile(
    r" (?!(?:und|aus|in|im|am|mit|von|vom|auf|die|noch|aber|oder|bei|zu|ab|suchen|würden|möchten|wollen|brauchen)\b|(?:[a-zäöü]+e[rn]? )?(?:"
    + FOLK
    + r"|freund\w*|mäd\w+|buben|[a-zäöü]+innen|eltern|brüder|schwestern|geschwister)\b)[a-zäöü]{4,}"
)
_PARTY_SIEVE = Sieve([*_PARTY, _ADULTS, _CHILDREN, _PAIR, _FAMILY])
_ONE_BY_ONE = (
    _US_AND_BABY, _NAMED_AND_ME, _BOTH_PARENTS, _WE_AND_CHILD, _FAMILY_OF, _MY_SPOUSE_OUR_CHILD, _OUR_CHILD, _WE_TWO, _PARENT_AND_CHILD
)  # fmt: skip
_NUMBERED = (0, 1, len(_PARTY))
_ANY_ONE_BY_ONE = AnyOf(*_ONE_BY_ONE)
_OTHERWISE = AnyOf(_PARTY_SIEVE, _MORE_SIEVE, *_ONE_BY_ONE, *missing.OTHERWISE)
_TELLING = AnyOf(
    _PARTY_SIEVE, _MORE_SIEVE, *_ONE_BY_ONE, in_a_row.TELLING, *missing.TELLING, *circle.TELLING, *kinship.TELLING
)  # else no party is told


def party(low: str) -> int | None:
    """Size of the asking party, the writer included; None when nothing says it."""
    if not _TELLING.heard(low):
        return None
    if plainly := kinship.summed(low) or _plainly(low):
        return plainly
    found = _by_whom(low)
    return None if found and circle.elsewhere(low) else found


def _plainly(low: str) -> int | None:
    """Where a number is said of them all."""
    could = _PARTY_SIEVE.candidates(low)
    if could.keys().isdisjoint(_NUMBERED):
        return None
    together = _PARTY_SIEVE.search(1, low)
    adults = _PARTY_SIEVE.search(len(_PARTY), low)
    if adults and not together:
        return (how_many(adults[1]) or 1) + (_children(low) or (1 if re.search(r"\b(?:baby|b[eé]b[eé])\b", low) else 0))
    for which in (n for n in (1, 0) if n in could):
        match = together if which == 1 else _PARTY_SIEVE.search(which, low)
        if match and (found := _named(match)) and found > 1 and not _of_others(low, match):
            return max(found, household.told(low) or 0)
    return None


def _of_others(low: str, match: re.Match[str]) -> bool:
    """Whether the number is one of others or of things: "zu zweit schmeckt es", "es sind drei Räume", "die Kater sind
    beide alt"."""
    bare = match[0].startswith(("sind", "seien"))
    return circle.of_others(low, match) or (
        bare
        and (
            low.endswith("es ", 0, match.start())
            or "beide" in match[0]
            or _OF_THINGS.match(low, match.end()) is not None
        )
    )


def _by_whom(low: str) -> int | None:
    """Where it is told who they are."""
    related = circle.heard(low)
    return (
        missing.missing(low)
        or (circle.sure(low) if related else None)
        or kinship.told(low)
        or household.told(low)
        or _counted(low)
        or missing.of_a_house(low)
        or (circle.perhaps(low) if related else None)
    )


def _counted(low: str) -> int | None:
    """The size of a party by the other ways to say it."""
    if not _OTHERWISE.heard(low):
        return None
    match = _PARTY_SIEVE.search(2, low)
    if match and (found := _named(match)) and not others.helpers(low, match):
        return found
    for which in _MORE_SIEVE.candidates(low):
        match = _MORE_SIEVE.search(which, low)
        if match and (found := _named(match)) and found > 1 and not others.helpers(low, match):
            return found
    return (
        missing.together(low) or _told_one_by_one(low) or _of_two(low) or _household(low) or missing.with_children(low)
    )


def perhaps(low: str) -> int | None:
    """Of a wish, what else may be its party where nothing says it outright."""
    return (
        household.perhaps(low)
        or close.told(low)
        or (2 if _BOTH.search(low) and _WE.search(low) and not _PET.search(low) else None)
    )


def _named(match: re.Match[str]) -> int | None:
    """The number a match speaks of, if it is one of people."""
    found = named(match)[1] or (2 if "beide" in match[0] else None)
    return found if found and found < 5000 else None


def _of_two(low: str) -> int | None:
    """Two who are named; a couple with its child is more."""
    match = _PARTY_SIEVE.search(3, low)
    if match is None:
        return None
    couple = _PARTY_SIEVE.search(len(_PARTY) + 2, low)
    small = _WITH_CHILDREN.match(low, couple.end()) if couple else None
    return _household(low) if small else _named(match) or _household(low)


def _told_one_by_one(low: str) -> int | None:
    """ "Mama, Papa, zwei Kinder", "wir" with a child of theirs in hospital; a parent and a child."""
    if not _ANY_ONE_BY_ONE.heard(low):
        return None
    if parents := _BOTH_PARENTS.search(low):
        small = _children(low) or (_ONE_CHILD.match(low, parents.end()) is not None)
        if small:
            return 2 + small + low.startswith(", ich ", parents.end())
    if _WE_AND_CHILD.search(low) or _US_AND_BABY.search(low):
        return 3
    if family := _FAMILY_OF.search(low):
        return how_many(family[1])
    if _MY_SPOUSE_OUR_CHILD.search(low) and re.search(r"\b(?:wir|uns|we|us)\b", low):
        return 2 + (_children(low) or 1)
    if _OUR_CHILD.search(low) and re.search(r"\b(?:wir|uns)\b", low):
        return 2 + (_children(low) or 1)
    if _WE_TWO.search(low) or _NAMED_AND_ME.search(low) or (_PARENT_AND_CHILD.search(low) and not _children(low)):
        return 2
    return None


_MANY = {"zw": 2, "dr": 3, "tw": 2, "tr": 3}  # twins, triplets


def _children(low: str) -> int:
    return sum(how_many(m[1]) or _MANY.get((m[2] or "")[:2], 0) for m in _PARTY_SIEVE.finditer(len(_PARTY) + 1, low))


def _household(low: str) -> int | None:
    """Size of a party of whom it is said what they are to one another: a couple, a family, a mother and her child."""
    size = len(_PARTY)
    for which in (3, 2):
        match = _PARTY_SIEVE.search(size + which, low)
        if match and not _sought(low, match):
            if which == 3:
                return how_many(match[2]) or 2 + (how_many(match[1] or match[3]) or 1)
            small = _WITH_CHILDREN.match(low, match.end())
            if small is None:
                return 2
            return 4 if "zwilling" in small[0] else 2 + (how_many(small[1]) or 1)
    if (_PARTY_SIEVE.search(size + 1, low)) and _ALONE_KIDS.search(low):
        return 1 + (_children(low) or 1) + others.spouse(low)
    pair = _PARTY_SIEVE.search(4, low)
    return 2 if pair and not others.with_whom(low, pair) and not household.dead(low, pair.end()) else None


def _sought(low: str, match: re.Match[str]) -> bool:
    """Whether the couple or family is the one looked for."""
    before = low[max(0, match.start() - 50) : match.start()]
    return _SOUGHT.search(before) is not None or _SOUGHT_BEHIND.match(low, match.end()) is not None


def wanted(low: str) -> int | None:
    """How many an organiser asks places or things for ("es fehlen noch 40 Betten")."""
    match = _WANTED.search(low)
    if match is None:
        match = _LEFT.search(low)
        return how_many(match[1]) if match and for_a_group(low) else None
    asked = "wunsch" in low or "fehlen" in low or "brauchen" in low or for_a_group(low)
    return how_many(match[1]) if asked else None


def for_a_group(low: str) -> bool:
    """An organiser or a go-between speaks."""
    return _GROUP.search(low) is not None


def of_a_body(low: str) -> bool:
    """Whether an association or a group speaks rather than one person."""
    return _OUR.search(low) is not None and _I.search(low) is None


def of_one(low: str) -> bool:
    """Whether one person speaks, and of nobody beside them."""
    return _ONE.search(low) is not None and _SEVERAL.search(low) is None
