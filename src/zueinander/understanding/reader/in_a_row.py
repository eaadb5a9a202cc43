# ruff: noqa: E501 (a list of words cannot be cut well)
"""Rows of people: "meine Schwester, ihre beiden Buben und ich" are four, and dogs are not counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from .counting import MANY
from .persons import CHILD, GROWN, ONE, SELF, Word, word_of
from .sieve import Gated

_NAMED = rf"(?:{GROWN}|{CHILD}|zwillingen?|drillingen?|twins|ehepaar|kinder|kindern|kids|children|buben|jungs|mädchen|mädels|töchtern?|söhnen?|brüder|schwestern|geschwister|freunde|(?:mitbewohner|kolleg|nachbar|student|freund)innen|kollegen|pflegekinder|enkelkinder|urenkel|nonnen|bewohnerinnen|(?:ehe)?paare|väter|mütter|schülerinnen|student(?:en|innen)|jugendlichen?|rollifahrer(?:in)?|rollstuhlfahrer(?:in)?|frauen|männer|damen|herren|omas|opas|enkel|erwachsene|rabauken)"
_TO_NEXT = r"(?:,|und\b|u\b|un\b|and\b|&|\+|mit\b|samt\b|nebst\b|sowie\b|plus\b|inkl|/|with\b)"
_GATE = Gated(
    rf"\b{_NAMED}\b(?: ?\([^)]{{1,20}}\)| \d{{1,2}}| aus \w+| from \w+| im \w+| [a-zäöü]{{3,}}(?=,))? ?{_TO_NEXT}|\b(?:ich|i|ig|ik|ick|me|mich|mir)(?: ?\([^)]{{1,20}}\)|,? \d\d,?)? ?(?:und|u|un|and|&|\+|mit|samt|plus|,) ?(?:\w+ ){{0,2}}{_NAMED}\b|\b(?:ich|i|ig|mich|mir) und mein|\b(?:mit|with) (?:mein\w*|mei|my) (?:\w+ )?{_NAMED}\b"
    rf"|\b{MANY[:-1]}|zwoa|beiden|beide) (?:\w+ )?{_NAMED}\b"
    rf"|\b(?:mann|frau|partner|partnerin|freund|freundin|mama|papa) (?:ich|i) ?{_TO_NEXT}|\b(?:oma|opa|tante|onkel|schwester|bruder|mutter|vater|freundin|freund|kumpel|sohn|tochter) [a-zäöü]{{3,}}(?: \(\d\d?\))? ?(?:und|&|\+) "
    r"|\b(?:und|ond|u|un|&|\+) (?:ich|i|ig|ik|icke)\b"
    r"|\bich \(\d\d\), (?:der|die|das) "
    r"|\b(?:die|der|das) (?:kleine|grosse|jüngste|älteste)r? und (?:ich|i)\b"
    r"|\b(?:mir|mich) und (?:dem|der|den) (?:kleinen?|grossen?)\b"
    r"|\b(?:meine?|mini|mei|unsere?) (?:beiden?|zwei|zwee|zwöi|zwoa|drei|drü|vier)(?: \([^)]{1,12}\))? ?(?:und|u|,|\+|&) (?:ich|i|ig|mich|mir)\b|\b(?:ich|i|mich|mir)(?: und| u| \+| &| mit|,) (?:meine?n?|mini|mei|mine) (?:beiden?|zwei|zwee|zwöi|zwoa|drei|drü|vier)\b"
)
TELLING = _GATE
"""Without it no row is found."""
_ALONE_VERB = frozenset(["suche", "such", "wohne", "kann", "bin", "habe", "hab", "will", "möchte", "würde", "frage", "brauche", "hätte", "weiss", "war", "arbeite", "lebe", "kenne", "sitze", "stehe", "pflege"])  # fmt: skip
_ROLES = r"witwer?|student(?:in)?|rentner(?:in)?|single|azubi|ersti"
_ROLE = re.compile(rf"(?:{_ROLES}|schwangere|dame|herr)\Z")
_TITLES = frozenset(["frau", "herr", "herrn"])
_THE = frozenset(["der", "die", "das"])
_WE, _PRONOUNS = frozenset(["wir", "uns"]), frozenset(["er", "sie"])
_OWN = SELF | _WE
_AGE = re.compile(r"-\Z|jährige[rnm]?\Z|monate?\Z|jahre?\Z|wochen?\Z")
_OF_AGE = frozenset(["jahre", "jahr", "j", "monate", "wochen"])
_YEARS = re.compile(r"[a-zäöü]*jährige[rnms]?\Z")
_OF_ONE = re.compile(rf"(?:(?:{_ROLES})(?:, | und |$))+\Z|frau und kind\Z")
"""What somebody is in several ways, and what others have: "Rentner, Witwer", "alle haben Frau und Kind"."""
_AGED = re.compile(r"\(\d\d?\)")
_BETWEEN = frozenset([",", "und", "u", "&", "+", "/"])
_ADDRESSED = frozenset(["damen", "herren", "leute", "freunde", "nachbarn"])
_BEFORE, _BEHIND = 3, 70  # words before and characters behind a person in which the row is looked for
_TOKEN = re.compile(r"[a-zäöü]+|\d+|[^\w\s]|\n")


class Group(NamedTuple):
    """People named in a row. total: how many; items: how many names; own: the writer is one of them; ours: they are
    told as the writer's."""

    total: int
    items: int
    own: bool
    ours: bool
    start: int
    end: int


Tokens = Sequence[tuple[Word, int, int]]
"""Words with where they start and end."""


@lru_cache(maxsize=4)
def groups(low: str) -> Sequence[Group]:
    """All rows of people in a text, from the left."""
    return tuple(_groups(low))


def _groups(low: str) -> Iterator[Group]:
    reached = 0
    for named in _GATE.finditer(low):
        if named.start() < reached:
            continue
        begin = named.start()
        for _ in range(_BEFORE):
            begin = max(low.rfind(" ", reached, max(begin - 1, reached)), reached)
        tokens = [(word_of(m[0]), *m.span()) for m in _TOKEN.finditer(low, begin, named.end() + _BEHIND)]
        at = 0
        while at < len(tokens):
            group, then = _row(tokens, at) if tokens[at][0].begins else (None, at)
            if group:
                reached = group.end
                if not _OF_ONE.match(low, group.start, reached):
                    yield group
            if reached > named.start() or tokens[at][1] > named.start():
                break
            at = at + 1 if tokens[at][0].text in _ADDRESSED else max(at + 1, then)


def _row(tokens: Tokens, at: int) -> tuple[Group | None, int]:
    """The row that begins at a token, and where it ends."""
    total = items = 0
    own = ours = unknown = False
    last = begin = at
    while at < len(tokens):
        size, then = _item(tokens, at, joined=items > 0)
        if then == at:
            break
        own, ours = own or tokens[at][0].text in _OWN, ours or tokens[at][0].owner
        unknown = unknown or (size < 0 and total < 2)
        total, items, last = total + max(size, 0), items + (size != 0), then
        at = _joined(tokens, then)
        if last < at < len(tokens) and (_the_same(tokens, at) or (own and _says_who(tokens, at))):
            break
        if at == then and at < len(tokens) and not _goes_on(tokens, at):
            break
    if not items or unknown or (own and items == 1):
        return None, last
    return Group(total, items, own, ours, tokens[begin][1], tokens[last - 1][2]), last


def _says_who(tokens: Tokens, at: int) -> bool:
    """Whether what follows says who they are: "ich, Witwer, 70", "meine Frau und ich, Rentner", "und ich, die Tochter,"."""
    if tokens[at - 1][0].text != ",":
        return False
    if tokens[at][0].text in _THE and tokens[at - 2][0].text in SELF:
        return at + 2 < len(tokens) and tokens[at + 1][0].size == 1 and tokens[at + 2][0].text == ","
    return _ROLE.match(tokens[at][0].text) is not None


def _the_same(tokens: Tokens, at: int) -> bool:
    """Whether what follows a comma names the same person once more: "meine Nachbarin, Frau Kress", "mein Vater, 75,
    Witwer"."""
    if tokens[at - 1][0].text != ",":
        return False
    at += tokens[at][0].text == "die" and at + 1 < len(tokens)
    if tokens[at][0].text not in _TITLES:
        return _ROLE.match(tokens[at][0].text) is not None
    return at + 1 < len(tokens) and tokens[at + 1][0].text.isalpha() and not tokens[at + 1][0].joins


def _goes_on(tokens: Tokens, at: int) -> bool:
    """Whether the row goes on where nothing joins: "1 Mama 1 Papa", "meine Frau ich und die Kinder"."""
    word = tokens[at][0].text
    return word.isdigit() or (word in ("ich", "i") and at + 1 < len(tokens) and tokens[at + 1][0].joins)


def _joined(tokens: Tokens, at: int) -> int:
    """Behind the words that join two items; a number needs none: "1 Mama 1 Papa"."""
    stop = min(at + 3, len(tokens))
    while at < stop and (tokens[at][0].joins or (tokens[at][0].text == "." and tokens[at - 1][0].text == "inkl")):
        at += 1
    return at


def _item(tokens: Tokens, at: int, joined: bool) -> tuple[int, int]:
    """(how many, where it ends) of one item; -1 where it says several without a number; nothing where none is there."""
    if (found := _writer(tokens, at, joined)) is not None:
        return found
    start, (number, named, here) = at, _number(tokens, at)
    for at in range(here, min(here + 3, len(tokens))):
        word = tokens[at][0]
        if word.size is not None:
            size = 1 if named else _ages(tokens, at + 1) or word.size
            return _times(number, size if word.size < 0 else word.size, word.text), _aged(tokens, at + 1)
        if (here == start and not (joined and word.small)) or not word.adjective:
            break
    if start < here < len(tokens) and _stands_for_one(tokens, start, here):
        return number, _aged(tokens, here + 1)
    if joined and named and here + 1 < len(tokens) and tokens[here][0].text.isalpha() and tokens[here + 1][0].joins:
        return 0, here + 1  # a thing among them: "zwei Omas, zwei Rollatoren, zwei Enkel"
    if here > start + 1 and named and number > 1 and tokens[start][0].owner and _ends(tokens, here):
        return number, _aged(tokens, here)
    if (
        joined
        and at == start
        and _is_name(tokens, at)
        and _AGED.match("".join(w.text for w, *_ in tokens[at + 1 : at + 4]))
    ):
        return 1, _aged(tokens, at + 1)  # "Jonas (10)"
    return 0, start


def _writer(tokens: Tokens, at: int, joined: bool) -> tuple[int, int] | None:
    """The same of the writer, of "wir zwei" and of "er und ich"; None for all others."""
    text = tokens[at][0].text
    if text in SELF:
        return (1, _aged(tokens, at + 1)) if _is_one_of_them(tokens, at, joined) else (0, at)
    if us := _we(tokens, at):
        return us, at + 2
    return (1, at + 1) if joined and text in _PRONOUNS and _and_self(tokens, at + 1) else None


def _we(tokens: Tokens, at: int) -> int:
    """How many "wir zwei" or "uns Eltern" are; 0 for all else."""
    if tokens[at][0].text not in _WE or at + 1 >= len(tokens):
        return 0
    word = tokens[at + 1][0]
    return 2 if word.text == "eltern" else word.number if word.number and word.number > 1 else 0


def _and_self(tokens: Tokens, at: int) -> bool:
    """Whether the row ends there with the writer: "er und ich"."""
    return at + 1 < len(tokens) and tokens[at][0].joins and tokens[at + 1][0].text in SELF


def _stands_for_one(tokens: Tokens, start: int, here: int) -> bool:
    """Whether a word that names nobody does so here: "der Kleine", "eine Sechsjährige", "unsere Ida (7)"."""
    word = tokens[here][0]
    if (word.small and tokens[start][0].number == -1) or _YEARS.match(word.text):
        return True
    return tokens[start][0].owner and here + 1 < len(tokens) and tokens[here + 1][0].text == "("


def _number(tokens: Tokens, at: int) -> tuple[int, bool, int]:
    """How many an item is said to be, whether it is said, and where the words end that say it; an age says it not."""
    number, start, named = 1, at, False
    while at < len(tokens) and at - start < 3 and (many := tokens[at][0].number) is not None:
        number, named, at = (many, True, at + 1) if many >= 0 else (number, named, at + 1)
    if named and at < len(tokens) and (old := _AGE.match(tokens[at][0].text)):
        return 1, True, min(at + 1 + (old[0] == "-"), len(tokens))
    return number, named, at


def _ends(tokens: Tokens, at: int) -> bool:
    """Whether "meine beiden" has no other word behind it that it counts."""
    return at >= len(tokens) or tokens[at][0].joins or not tokens[at][0].text[0].isalpha()


def _times(number: int, size: int, word: str) -> int:
    """How many "zwei Eltern" or "zwei Ehepaare" are."""
    if size < 0:
        return size
    return max(number, size) if word.endswith(("eltern", "parents")) and number else number * size


def _ages(tokens: Tokens, at: int) -> int:
    """How many ages stand in brackets: "die Kinder (4 und 7)"; 0 where other things do."""
    inside = list(takewhile(lambda word: word != ")", (word.text for word, *_ in tokens[at + 1 : at + 12])))
    if at >= len(tokens) or tokens[at][0].text != "(" or not all(w.isdigit() or w in _BETWEEN for w in inside):
        return 0
    return sum(word.isdigit() for word in inside)


def _aged(tokens: Tokens, at: int) -> int:
    """Behind "(12)", the age that stands after a comma, or "aus Eritrea"."""
    words = [token[0] for token in tokens[at : at + 10]]
    if len(words) > 2 and words[0].text in ("aus", "from", "im") and words[2].joins:
        at, words = at + 2, words[2:]  # "mein Bruder im Rollstuhl,"
    if len(words) > 1 and words[0].text == "mit" and (ailing := _ailment(words[1:4])):
        at, words = at + 1 + ailing, words[1 + ailing :]
    if (ONE.match(tokens[at - 1][0].text) or tokens[at - 1][0].small) and _is_name(tokens, at):
        at, words = at + 1, words[1:]
    if words and words[0].text == "(":
        closed = next((n for n, word in enumerate(words) if word.text == ")"), None)
        return at + closed + 1 if closed else at
    number = 1 if words and words[0].text in (",", "von") else 0
    while len(words) > number and words[number].text.isdigit():
        behind = words[number + 1] if len(words) > number + 1 else None
        if behind is not None and behind.text in _OF_AGE:
            number += 1
            behind = words[number + 1] if len(words) > number + 1 else None
        if behind is not None and not behind.joins and behind.text[0].isalpha():
            break
        at, words, number = at + number + 1, words[number + 1 :], 1
        if not behind or not behind.joins:
            break
    return at


def _ailment(words: Sequence[Word]) -> int:
    """How many words say what somebody lives with: "Behinderung", "Rett-Syndrom"."""
    if words[0].text in ("behinderung", "handicap", "rollstuhl", "rollator", "demenz", "autismus", "trisomie"):
        return 1
    return 3 if [word.text for word in words[1:]] == ["-", "syndrom"] else 0


def _is_name(tokens: Tokens, at: int) -> bool:
    """Whether a word behind "Oma" is her name: with an age behind it, or no verb, most of which end in t, and the row
    goes on."""
    if at + 2 >= len(tokens):
        return False
    word, then, next_ = (token[0] for token in tokens[at : at + 3])
    if word.number is not None or word.size is not None or word.joins or word.text in SELF or not word.text.isalpha():
        return False
    if then.text == "(":
        return True
    more = then.joins and (then.text != "," or next_.owner or next_.text in SELF or next_.size == 1)
    return more and len(word.text) > 2 and not word.text.endswith(("t", "en", "war"))


def _is_one_of_them(tokens: Tokens, at: int, joined: bool) -> bool:
    """Whether an "ich" belongs to the row, rather than beginning what is said next."""
    then = tokens[at + 1][0] if at + 1 < len(tokens) else None
    if not joined:
        return then is not None and (then.joins or then.text == "(")
    if tokens[at - 1][0].text != "," and tokens[at][0].text in ("mich", "mir"):
        return True
    if tokens[at - 1][0].text != ",":
        return tokens[at][0].text != "ich" or then is None or then.text not in _ALONE_VERB
    return then is None or then.joins or not (then.text[0].isalpha() or len(then.text) > 2)
