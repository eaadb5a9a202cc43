# ruff: noqa: E501 (a list of words cannot be cut well)
"""Words for people as they stand in a row: "meine Schwester, ihre beiden Buben und ich"; dogs are none of them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from .counting import how_many

CHILD = r"kind(?:l|le)?|chind|baby|babys?|säugling|kleinkind|neugeborenes|bub|bua|bueb|buab|tochter|töchterchen|sohn|sohnemann|zwerg|zwergerl|knirps|wichtel|racker|maus|spatz|sprössling|bengel|buerscht|kindla|teenie|teenager|(?:ur)?enkel(?:in|kind|chen)?|söhnchen|schulkind|pflegekind|kindergartenkind|daughter|son|toddler|kid|child"
GROWN = (
    r"(?:schwieger|gross|gro|ur|stief|pflege|paten|urgross|gast|adoptiv|halb)?(?:mutter|vater|mama|papa|tochter|sohn|kind|oma|opa|eltern)|mami|mutti|muddi|mum|mom|mother|papi|vati|dad|father|omi|omma|grosi|nani|nonna|opi|neni|"
    r"(?:zwillings|stief|halb|gross|zimmer|bett|pflege|paten)(?:schwester|bruder|tante|onkel|nachbar(?:in)?)|nachbar(?:in)?|betreuer(?:in)?|pfleger(?:in)?|pflegekraft|leiter(?:in)?|trainer(?:in)?|"
    r"mann|männe|wenigkeit|maa|ma|mau|mo|frau|fru|fro|freund(?:in)?|lebensgefährt(?:e|in)|verlobte[rn]?|partner(?:in)?|gatte|gattin|fründ(?:in)?|begleit(?:er|erin|ung|person)|assisten(?:z|tin?)|schwester|schwöster|schwöschter|schweschter|brüetsch|schwesta|bruder|brueder|brüeder|bruada|sister|brother|"
    r"ehemann|ehefrau|tante|onkel|cousine?|kusine|neffe|nichte|schwägerin|schwager|kumpel|spezl|haberer|mitbewohner(?:in)?|kolleg(?:e|in|en)|teen|wife|husband|friend|boyfriend|girlfriend|roommate|flatmate|aunt|uncle|grandma|grandpa|"
    r"mudder|mudding|modder|pater|nonne|student(?:in)?|studänt(?:in)?|witwer?|rentner(?:in)?|muatta|muada|vota|voda|vata|fraa|oide|oida|tochta|dirndl|bruada|schwesta|mann|lebensgefährten|partners?|verlobten|schwangere|roll(?:i|stuhl)fahrer(?:in)?|dame|herr|single|erwachsener?|adult"
)
ONE = re.compile(rf"(?:{GROWN}|{CHILD})\Z")
LOST = "gestorben|verstorben|verunglückt|tot|verloren|begraben|zerstritten"
"""Said of those who are no more or no longer beside the writer, and so belong to no party."""
_SMALL = re.compile(
    r"(?:kleine[rnm]?|kurze[rnm]?|klane[rn]?|lütte[rn]?|neugeborene[rnsm]?|beste[rn]?|kleins?te[rnm]?|chlii|chline|chlini|grosse[rnm]?|jüngste[rnm]?|älteste[rnm]?)\Z"
)
_TWO = re.compile(
    r"(?:geschwisterpaar|gschwisterpaar|eltern|grosseltern|schwiegereltern|(?:ehe)?paare?|pärchen|päärli|pärli|parents|grandparents)\Z"
)
_BORN_TOGETHER = {"zwillinge": 2, "zwillingen": 2, "twins": 2, "drillinge": 3, "drillingen": 3, "triplets": 3}
_MANY = re.compile(
    r"(?:kinder|kindern|jugendlichen?|kleinkinder|chinder|kids|schulkinder|rabauken|väter|mütter|schwäger|madln|madeln|dirndln|froue|buben|buebe|buama?|buem|mädle|racker|wichtel|knirpse|mäuse|sprösslinge|kindla|zwergal|enkerl|jungs|jungen|mädchen|mädels|mädel|meitli|maderl|töchtern?|söhnen?|söhn|teenies|teens|teenagern|zwergen?|zwergerl|brüdern?|schwestern|geschwistern?|gschwüschterti|"
    r"freunden?|freundinnen|enkeln|(?:enkel|pflege|nachbars|stief)kindern?|(?:halb|pflege|stief)geschwistern?|mamas|papas|omis|opis|leuten?|lüt|leit|personen|frauen|männern?|damen|herren|opas|omas|nonnen|erwachsenen?|daughters|sons|children|friends|adults|sisters|brothers|guys|girls|boys|[a-zäöü]{3,}innen|studenten|kolleg(?:en|innen))\Z"
)
ANIMAL = re.compile(
    r"[a-zäöü]*(?:hund|hunde|hündin|hunderl|hündli|katz|katze|katzen|kater|katerl|dackel|dackeldame|mops|pudel|welpe|mischling|terrier|labrador|sittich|hamster|kaninchen|meerschweinchen|papagei|dog|cat|dogs|cats)\Z"
)
_OWNER = re.compile(
    r"(?:meine?[rmns]?|unsere?[rmns]?|mei|mi|mim|mini|minere?|mis|min|üsi|üse|eusi|mai|my|our|ihre?[rmn]?|her|his|seine?[rmn]?|deren|dessen)\Z"
)
_ARTICLE = re.compile(r"(?:der|die|das|den|dem|dr|da|ds|de|d|s|the)\Z")
_A = re.compile(r"(?:eine?[rmn]?|a|an|an?e|ne|nen|es|en)\Z")
_NOBODY = re.compile(r"(?:kein\w*|koan?\w*|ken|kei|ka|no|ohne|nid|nicht)\Z")
SELF = frozenset(["ich", "i", "ig", "ik", "ick", "icke", "me", "myself", "mich", "mir"])
_JOIN = frozenset(["und", "ond", "u", "un", "and", "&", "+", ",", "mit", "samt", "nebst", "sowie", "plus", "inkl", "inklusive", "/", "with", "dazu"])  # fmt: skip
_ADJECTIVE = re.compile(r"(?!generationen)[a-zäöü]{3,}(?:e|en|er|em|es|ti|igi|sti)\Z")


class Word(NamedTuple):
    """What a word may be in a row. number: what it counts, -1 where it only points (mein, die), None where neither; size:
    how many one such person is, 0 for animals, -1 for several without a number; begins: whether a row may begin with it."""

    text: str
    number: int | None
    size: int | None
    begins: bool
    joins: bool
    owner: bool
    adjective: bool
    small: bool


@lru_cache(maxsize=5_000)
def word_of(text: str) -> Word:
    number, size = _how_many(text), _size(text)
    return Word(
        text,
        number,
        size,
        number is not None or size is not None or text in SELF,
        text in _JOIN,
        _OWNER.match(text) is not None,
        _ADJECTIVE.match(text) is not None,
        _SMALL.match(text) is not None,
    )


def _how_many(word: str) -> int | None:
    """The number a word gives; -1 for one that only points (mein, die); None for all other words."""
    if _NOBODY.match(word):
        return 0
    if _A.match(word):
        return 1
    if _OWNER.match(word) or _ARTICLE.match(word):
        return -1
    return how_many(word) if word != "paar" else None


def _size(word: str) -> int | None:
    """How many one such person is: 0 animals, -1 several without a number."""
    if ANIMAL.match(word):
        return 0
    if _TWO.match(word):
        return 2
    if word in _BORN_TOGETHER:
        return _BORN_TOGETHER[word]
    if ONE.match(word):
        return 1
    return -1 if _MANY.match(word) else None
