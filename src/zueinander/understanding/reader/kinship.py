# ruff: noqa: E501 (a pattern cut over lines cannot be read)
"""Parties told by what somebody is to the others: "Mutter von vier Kindern", "zwei Paare mit je einem Kind", "Klasse mit 26
Kindern und 2 Lehrkräften", "meine Eltern". The writer may be one of them or ask for them."""

from __future__ import annotations

import re

from .counting import MANY, N, how_many, named
from .sieve import AnyOf, Gated

_PARENT = r"(?:mutter|mama|mami|mutti|mum|mom|mother|muada|muata|mame|vater|papa|papi|vati|dad|father|voda|vota)"
_KIDS = r"(?:kind(?:er|ern)?|kids|children|kleinkindern?|schulkindern?|jungs|jungen|buben|buam|buebe|mädchen|mädels|madln?|meitli|töchtern?|söhnen?|sons|daughters|chinder|goofe|gschroppn|bengeln?|rabauken|zwergen?|teenagern?|teenies)"
_PARENT_OF = Gated(
    rf"(?<!meine )(?<!unsere )(?<!deine )(?<!eure )\b(?:{_PARENT} (?:von|of|vo)|(?:bin |i'm )?(?:alleinerziehende?|alleinerzieherin|single {_PARENT}|solo-?{_PARENT})(?: {_PARENT})? (?:mit|von|of|with)) "
    + N
    + rf"(?: (?:[a-zäöü]+e[nr] )?{_KIDS})?\b(?! (?:monate|jahre|wochen|katzen|hunden))"
)
_EACH = Gated(
    r"\b"
    + MANY
    + r" (?:[a-zäöü]+e )?(paare|pärchen|ehepaare|päärli|familien|couples|families|mütter|väter|mamas|frauen|alleinerziehende|freundinnen|freunde|schwestern|brüder)(?: [a-zäöü]+)?,? (?:mit|with|und|plus) (?:je|jeweils|jeweil|each) "
    + N
    + r"\b"
)
_IN_PAIRS = frozenset(["paare", "pärchen", "ehepaare", "päärli", "familien", "couples", "families"])
_LED = (
    r"(?:kindern?|jugendlichen?|schüler[a-z]*|teilnehm[a-z]*|ministranten|pfadfinder[a-z]*|sänger[a-z]*|spieler[a-z]*|konfis|konfirmand[a-z]*|azubis|teenies?|senior[a-z]*|bewohner[a-z]*|kids|children|students|erwachsenen?|adults|"
    r"lehr(?:er|ern|kräfte|kräften|erinnen|personen|linge)|betreuer[a-z]*|betreuungspersonen|begleit(?:er|ern|erinnen|personen|ungen)|leiter[a-z]*|trainer[a-z]*|teamer[a-z]*|eltern(?:teile)?|erzieher[a-z]*|pfleger[a-z]*|fahrer[a-z]*|helfer[a-z]*|teachers|leaders|coaches|mädchen|mädels|jungs|buben|frauen|männer|musiker[a-z]*|pilger[a-z]*)"
)
_LED_BY = Gated(
    r"\b"
    + N
    + r" (?:[a-zäöü]+e[nr]? )?"
    + _LED
    + r"(?:,| und| plus| \+| &|, und| and| mit) "
    + N
    + r" (?:[a-zäöü]+e[nr]? )?"
    + _LED
    + r"\b(?! im (?:team|angebot))"
    + rf"|\b{MANY} (?:mütter|väter) mit {MANY} (?:[a-zäöü]+en )?{_KIDS}\b"
)
_DOZEN = Gated(
    r"\b(halbes |halb's |half a )?(?:dutzend|dozen) (?!mal|eier|hunde|katzen|euro|flaschen|kisten|kerzen|gläser|teller|stühle|plätzchen|brötchen|tage|jahre|leute)(?:[a-zäöü]+e[nr]? )?[a-zäöü]{4,}\b(?= (?:aus|in|vom|von|bei|such|brauch|will|möcht|woll|bräucht|steh|sitz|sind|ist|hat|haben|ohne))"
)
_PARENTS = Gated(
    r"(?:\b(?:für|der|die|wer|hilft|helft) |(?:^|[.!?:\n] ?))(?:meinen?|unseren?|mini|üsi|my) (?:(?:alten|lieben|betagten) )?(?:schwieger|gross|pflege|ur)?(?:eltern|grosseltern|parents|grandparents)\b"
)
_FAMILY_WITH = Gated(
    rf"\b(?:familie(?: aus (?:de[rnm] )?[a-zäöü]+)?(?:,| \(| -|:)|(?:pflege|gross)?eltern mit) ?{N} (?:[a-zäöü]+e )?{_KIDS}\b(?!(?: \w+){{0,2}} (?:willkommen|gesucht))"
)
_WITH_CHILD = Gated(
    r"\b(?:ist|sitzt|lebt|wohnt|steht|bleibt|feiert|isch|sitz|is) mit (?:ihrem|ihrer|seinem|seiner) (?:[a-zäöü]+e[nr] )?(?:sohn|tochter|kind|baby|bub|buben|mann|frau|mutter|bruder|schwester|enkel|enkelin)\b"
    r"|\b(?:sie|er) und (?:ihre?|seine?) (?:[a-zäöü]+e[rs]? )?(?:sohn|tochter|kind|baby|bub|mann|frau|mutter|bruder|schwester|enkel|enkelin)\b"
    r"|(?<!meine )\bzwillings(?:schwestern|brüder|geschwister|paar)\b"
)
_WITH_CHILDREN = Gated(
    r"\b(?:ist|sitzt|lebt|wohnt|steht|bleibt|feiert|isch|sitz) mit (?:ihren|seinen|ihre) "
    + MANY
    + rf" (?:[a-zäöü]+en )?{_KIDS}\b"
    r"|\b(?:sie|er) (?:und|mit) (?:die|ihre|ihren|seine|seinen|den) " + MANY + rf" (?:[a-zäöü]+en? )?{_KIDS}\b"
    r"|\beine? (?:[a-zäöü]+e[nr]? )?(?:mutter|mama|frau|vater|papa|kollegin|freundin|nachbarin)(?: aus (?:de[rm] )?[a-zäöü]+)? mit (?:ihren|seinen) "
    + MANY
    + rf" (?:[a-zäöü]+en )?{_KIDS}\b"
)
_MY_KIDS = Gated(
    rf"\bmeine {MANY} \(\d{{1,2}}(?:,| und| &)"
    rf"|\bich,? (?:\d\d,? )?mit {MANY} kleinen(?=[,.!?)]|$)"
    rf"|(?:^|(?<!mutter)(?<!vater)(?<!mama)(?<!papa)[.,!?] ){MANY} (?:mädels|mädchen|jungs|buben|kinder|töchter|söhne) \(\d{{1,2}}(?:,| und| &) ?\d{{1,2}}\)"
)
_AGES = Gated(r"\bwir,? \((?:[a-zäöü]+ )?\d\d?(?:(?:,| und| &| \+|/) ?(?:[a-zäöü]+ )?\d\d?)+\)")
_WITHOUT = Gated(
    rf"\b{MANY} (?:davon )?(?:haben|sind|stehen|wären) (?:[a-zäöü]+ ){{0,4}}?(?:kein|keine|keinen|ohne) (?:zuhause|daheim|familie|gastfamilie|bett|platz|unterkunft|dach|quartier|bleibe|zimmer|besuch)\b"
)
_OUR_KIDS = Gated(rf"\bwir (?:zwei|beiden?|2)\b[^.!?,\n]{{0,30}} mit unseren? {MANY} (?:[a-zäöü]+en )?{_KIDS}\b")
_AGE, _TWINS = re.compile(r"\d+"), re.compile(r"zwilling|twins")
_NO_MORE = re.compile(
    r"[^.!?\n]{0,40}\b(?:gestorben|verstorben|tot|gefallen|leben in|leben weit|besuch\w*|haben (?:mir|uns|abgesagt|gesagt|immer)|sagen|sagten|fahren|feiern ohne|waren|wollten|ticket|abgeben)\b"
)
_THE_TWO = Gated(
    r"\bdie (?:beiden?|zwei|zwoa|zwee)\b(?= (?:[\w.]+ ){0,6}(?:ein|auf|mit|einladen|aufnehmen|mitfeiern|mitnehmen|abholen|besuchen|dabei\w*)\b|[?.!])"
    r"|\bfür (?:ein|das|unser) (?:\w+es )?(?:ehepaar|paar|pärchen)\b"
)
_SEVERAL = re.compile(r"\b(?:mein mann|meine frau|mein partner|meine partnerin|my (?:wife|husband)|wir eltern)\b")
_ADDED_UP = (_AGES, _OUR_KIDS, _WITHOUT, _EACH, _LED_BY)
_RELATED = (_PARENT_OF, _DOZEN, _FAMILY_WITH, _WITH_CHILD, _WITH_CHILDREN, _MY_KIDS)
TELLING = (*_ADDED_UP, *_RELATED)
"""Without one of them no party is told here."""
_SUMS, _OTHERS = AnyOf(*_ADDED_UP), AnyOf(*_RELATED)
_CHILDREN = 10  # more than that no mother has of whom one hears here


def summed(low: str) -> int | None:
    """Of couples or mothers with so many children each; of children and those who lead them; of those whose ages are
    told, or who are still without what is asked for."""
    if not _SUMS.heard(low):
        return None
    if ages := _AGES.search(low):
        return len(_AGE.findall(ages[0])) + len(_TWINS.findall(ages[0]))
    if children := _OUR_KIDS.search(low):
        return 2 + (how_many(children[1]) or 0)
    if without := _WITHOUT.search(low):
        return how_many(without[1])
    if each := _EACH.search(low):
        return (how_many(each[1]) or 0) * ((2 if each[2] in _IN_PAIRS else 1) + (how_many(each[3]) or 1))
    led = _LED_BY.search(low)
    return sum(how_many(number) or 0 for number in led.groups()) if led else None


def told(low: str) -> int | None:
    """Of a parent, a family, a dozen or twins."""
    if not _OTHERS.heard(low):
        return None
    if (of := _PARENT_OF.search(low)) and (children := how_many(of[1]) or 0) < _CHILDREN:
        return children + (2 if _SEVERAL.search(low) else 1)
    if (family := _FAMILY_WITH.search(low)) and (children := how_many(family[1]) or 0) < _CHILDREN:
        return children + 2
    if kids := _MY_KIDS.search(low):
        return (named(kids)[1] or 0) + (2 if _SEVERAL.search(low) else 1)
    if dozen := _DOZEN.search(low):
        return 6 if dozen[1] else 12
    if several := _WITH_CHILDREN.search(low):
        return 1 + (named(several)[1] or 1)
    return 2 if _WITH_CHILD.search(low) else None


def two(low: str) -> bool:
    """Whether somebody speaks for their parents, for a couple or for "the two"."""
    found = _PARENTS.search(low)
    return (found is not None and not _NO_MORE.match(low, found.end())) or _THE_TWO.search(low) is not None
