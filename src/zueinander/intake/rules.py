"""Pure judgements about what arrives: is it "stop", is it newer, why may we react, which campaign is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta

_ADDRESSING = re.compile(r"[@#＃][\w.@-]+|https?://\S+")
_WORD = re.compile(r"[^\W\d_]+")
_FIRST = frozenset({"stop", "stopp", "stoppen", "abmelden", "abmeldung", "abbestellen", "unsubscribe", "aufhören"})
_POLITE = frozenset({"bitte", "please", "danke", "hallo", "hi", "liebe", "leute", "jetzt", "sofort", "endlich"})
_PHRASES = re.compile(
    r"\bkeine? (?:\w+ )?(?:nachrichten?|mails?|post) mehr\b"
    r"|\b(?:schreibt?|schreiben sie|kontaktiert|kontaktieren sie) (?:mir|mich) (?:bitte )?"
    r"(?:nicht|nie|nimmer) (?:mehr|wieder)\b"
    r"|\b(?:nicht|nie) mehr (?:an)?(?:schreiben|kontaktieren|melden)\b"
    r"|\blasst mich (?:bitte )?(?:endlich )?in ruhe\b"
    r"|\b(?:löscht|lösche|löschen sie) (?:bitte )?(?:alle )?meine daten\b"
    r"|\b(?:stop (?:messaging|writing|contacting)|leave me alone|do not contact me|don ?t (?:write|contact))\b"
)
_FEW_WORDS, _SHORT = 4, 25


def says_stop(text: str) -> bool:
    """Whether a message to us says that we shall not write any more. A longer text that only begins with the word, or
    tells of a bus stop, does not; a human reads it."""
    words = _WORD.findall(_ADDRESSING.sub(" ", text).casefold())
    if not words or len(words) > _SHORT:
        return False
    said = [word for word in words if word not in _POLITE]
    if said and said[0] in _FIRST and len(said) <= _FEW_WORDS:
        return True
    return bool(_PHRASES.search(" ".join(words)))


def is_news(version: str, stored: str, seen: Iterable[str]) -> bool:
    """Whether this version of a post is one to take: never seen, and not older where versions can be compared (times of
    an edit, numbers). "1" stands for never edited."""
    if version == stored or version in seen:
        return False
    if version.isdigit() and stored.isdigit():
        return int(version) > int(stored)
    if version == "1":
        return False
    return not (_DATED.match(version) and _DATED.match(stored)) or version > stored


_DATED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")

STRENGTH: Mapping[str, int] = {
    name: rank for rank, name in enumerate(("", "hashtag", "mention", "reply", "direct", "opt_in", "pasted", "form"))
}


def turned_to_us(basis: str) -> bool:
    """Whether the writer addressed us; a hashtag alone does not, and a pasted post was brought by somebody else."""
    return basis in ("mention", "reply", "direct", "form", "opt_in")


def campaign_for(
    hashtags: Iterable[str], running: Mapping[int, Iterable[str]], of_account: Iterable[int]
) -> int | None:
    """The running campaign a text belongs to: by hashtag (the account's own first), else the account's only one.

    An account without a campaign serves the only one there is.
    """
    said = {tag.casefold() for tag in hashtags}
    own = [key for key in of_account if key in running]
    for key in (*own, *running):
        if said & {tag.casefold() for tag in running[key]}:
            return key
    if own:
        return own[0] if len(own) == 1 else None
    return next(iter(running)) if len(running) == 1 else None


_LOOKS = ((timedelta(days=1), timedelta(hours=1)), (timedelta(days=7), timedelta(hours=6)),
          (timedelta(days=30), timedelta(days=1)))  # fmt: skip
_SELDOM = timedelta(days=7)


def look_again_after(age: timedelta, *, told: bool) -> timedelta:
    """How long a post of this age is believed to be still there: an hour on its first day, six hours in its first week,
    a day in its first month, then a week. `told`: its network reports deletions, so a look a week is enough."""
    return _SELDOM if told else next((every for until, every in _LOOKS if age < until), _SELDOM)
