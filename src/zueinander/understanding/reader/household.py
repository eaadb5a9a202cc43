# ruff: noqa: E501 (a list of words cannot be cut well)
"""Parties that are told one by one: whether a row of people are those who ask."""

from __future__ import annotations

import re

from .in_a_row import Group, groups
from .persons import LOST

_GONE = re.compile(
    rf"[^.!?\n]{{0,30}}\b(?:{LOST}|nicht mehr|wohnen|leben in|weit weg|im himmel|haben abgesagt|pflegt)\b"
)
_DEAD = re.compile(
    rf"(?! (?:haben|hab|habe) [^.!?\n]*\bverloren)[^.!?\n]{{0,60}}\b(?:{LOST}|im himmel|haben abgesagt)\b"
)
_SOUGHT_BEFORE = re.compile(
    r"\b(?:such\w*|sueche\w*|gesucht:?|fehl\w*|brauch\w*|bruch\w*|wünsch\w*|lade|laden|nehmen?|hab|habe|kennen|andere[nr]?|nette|liebe|bei(?! uns)|von|vom|wie|statt|gegen|an|am|zu|zur|gab|verlassen)(?: [\wäöü]+){0,2}[ :]*\Z"
)
_SOUGHT_BEHIND = re.compile(r" ?(?:gesucht|willkommen|dürfen|können|könnten|dürften|oder|die (?:lust|zeit))\b")
_HELPED = re.compile(r"\bfür (?:\w+ )?\Z|\bbetreu\w* \Z|\bum \Z")
_WITH_MINE = re.compile(
    r"\b(?:ich|i|bin|sitze|lebe|wohne|ziehe|komme|stehe|hocke|gehe?|zieh|steh|schlafe?|moved|i'm|am|here|here's)\b(?: [\w.,äöü]+){0,6} (?:mit|with) \Z"
)
_THEY = re.compile(r"\b(?:sie|er), \Z")
_WITH_OURS = re.compile(r" [^.!?\n,]{3,30} mit \Z")
_TOGETHER = re.compile(
    r" (?:sind|stehen|sitzen|kommen|wohnen|leben|reisen|ziehen|stranden)(?: [^.!?\n, ]+){0,2} mit \Z"
)
_WE_ARE = re.compile(r"\bwir sind(?: nur| bloss)? \Z")
_BEGINS = re.compile(
    r"(?:^|[.!?:\n(-]|\bfamilie(?: aus (?:de[rm] )?[a-zäöü]+)?,|\bbei uns|\bdas sind|\bbestehend aus|\bwir,?|\bsind|\bmer|\bmir|\bmia|\bals|\bare|\bwe|\bnämlich)[ \"]*\Z"
)
_WISH = re.compile(
    r"[^.!?\n]{0,90}\b(?:such|suach|sueche|brauch|bräucht|würd|wurd|möcht|hätt|wünsch|freu|steh|sitz|sind|san|woll)"
)


def dead(low: str, end: int) -> bool:
    """Whether those who are named up to a place are no more or do not come."""
    return _DEAD.match(low, end) is not None


def _before(low: str, group: Group) -> str:
    """What stands before a row, as far as it says whose it is."""
    return low[max(0, group.start - 45) : group.start]


def _sought(low: str, group: Group) -> bool:
    """Whether those in a row are the ones looked for or invited."""
    return bool(_SOUGHT_BEFORE.search(_before(low, group)) or _SOUGHT_BEHIND.match(low, group.end))


def _besides(low: str, group: Group) -> int:
    """How many more a sentence names with those of a row: "mein Mann und ich sind mit unseren beiden Söhnen"."""
    for other in groups(low):
        between = low[group.end : other.start] if other.start > group.end else ""
        if (_WITH_OURS if other.ours else _TOGETHER).match(between):
            return other.total
    return 0


def told(low: str) -> int | None:
    """Size of the asking party where it is told one by one; None where it is not."""
    for group in groups(low):
        before = _before(low, group)
        if (group.ours or group.items > 1) and _WITH_MINE.search(before) and not _GONE.match(low, group.end):
            return group.total + 1
        if group.total < 2 or (_DEAD if group.own else _GONE).match(low, group.end):
            continue
        if group.own or _HELPED.search(before) or (group.items > 2 and _WE_ARE.search(before)):
            return group.total + (_besides(low, group) if group.own else 0)
        if group.ours and _THEY.search(before):
            return group.total + 1
        if _sought(low, group) or not _BEGINS.search(before):
            continue
        if _WISH.match(low, group.end) or (not group.ours and group.items > 1):
            return group.total
    return None


def perhaps(low: str) -> int | None:
    """The largest row of several, wherever it stands: of a wish it is likely the party."""
    sizes = [
        group.total
        for group in groups(low)
        if group.items > 1 < group.total and not (_GONE.match(low, group.end) or _sought(low, group))
    ]
    return max(sizes, default=None)


def spoken_for(low: str) -> int | None:
    """Of a wish that is somebody else's, the largest group it tells of: "zwei Schwestern aus meiner Gemeinde"."""
    sizes = [
        group.total + (_THEY.search(_before(low, group)) is not None)
        for group in groups(low)
        if not (_DEAD.match(low, group.end) or _sought(low, group))
    ]
    return max((size for size in sizes if size > 1), default=None)
