"""Finds the places a text speaks of."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache, partial

from .fold import Folded
from .names import Begins, Names
from .place_choice import ALONE, choose, land, role, within
from .place_tags import tag_name
from .place_words import (
    ADJ,
    AREA,
    ARTICLE,
    CANTON,
    CANTONS,
    CLUB,
    CODE,
    DAYS,
    DIGIT,
    GAME,
    PEOPLE,
    PERSON,
    PLATE,
    PREFIX,
    PREP,
    SHORT,
    SURE_PLATE,
    SWISS,
    TAG,
    TOWN_CODE,
    WEAK_PREP,
    WOMEN,
    XCODE,
)
from .places import Gazetteer, Place
from .reading import PlaceMention

Hit = tuple[int, int, list[Place], bool]
Code = tuple[int, int, list[Place]]
_NEAR = re.compile(r"(?:und|u\.?|\+|&|/) (?:umgebung|umland|umkreis|drumherum)|\(?\d{4,5}\b|umgebung|umland")
_NEAR_SIGNS = frozenset("u+&/(")
_SAYS_CODE = re.compile(r"(?:plz|postleitzahl|raum|aus|in|wohne)[ :]+$")
_CODE = re.compile(r"[A-ZÄÖÜ]+")
_ZH = re.compile(r"\b(?:zh|be|sg|tg|gr|bl|vs|zg|sz|kanton|kt)\b")  # short forms of cantons
_CANTONAL = ("kanton", "kt")
_TOWN = 50_000  # people; of smaller places a word like "Lehrerin" is no inhabitant
_CAPITAL = re.compile("[A-ZÄÖÜ][a-zäöüß]")


class PlaceFinder:
    """Looks every word up among the names; each hit is then believed or not from its surroundings."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._names = Names(gazetteer)
        self.begins = self._names.begins
        self._stems: dict[str, str] = {}
        for name, found in gazetteer.by_key.items():
            if max(p.population for p in found) >= 8_000 and " " not in name:
                self._stems.setdefault(_stem(name), name)
        self._tagged = lru_cache(maxsize=5_000)(partial(tag_name, gazetteer.by_key))

    def find(self, folded: Folded, lang: str | None = None, begins: Begins | None = None) -> list[PlaceMention]:
        """Mentions in order of the text, none overlapping another. begins: where names may begin, if that is known."""
        low, raw = folded.low, folded.raw
        cased = _CAPITAL.search(raw, 1) is not None  # the first letter is often the telephone's
        hits: list[Hit] = []
        for start, end, name, before in self._names.find(folded, cased, begins):
            hit = self._check(folded, start, end, name, before, cased)
            if hit:
                hits.append(hit)
        self._adjectives(low, hits)
        codes = self._codes(folded, hits)
        if "#" in low:
            self._tags(folded, hits)
        if not cased:
            self._town_codes(low, hits)
        if SHORT.search(raw) and not raw.isupper():
            self._plates(folded, hits)
        if not hits and not codes:
            return []
        return self._resolve(folded, hits, codes, lang)

    def _check(self, folded: Folded, start: int, end: int, name: str, before: list[str], cased: bool) -> Hit | None:
        low, word = folded.low, before[-1]
        if word in PERSON or word in CLUB or (start and low[start - 1] == "@") or GAME.match(low, end):
            return None
        written = folded.raw[folded.at(start)].isupper()
        capital = written or not cased
        rank, unsure = self._names.rank(name)
        if not capital and rank < 3:
            return None
        if word in ARTICLE and (rank < 3 or unsure) and before[0] not in PREP:
            return None
        found = self.gazetteer.by_key[name]
        if word in _CANTONAL:
            found = [p for p in found if p.country == "CH"] or found
        inside = _within_land(low[end : end + 20], found)
        sure = inside or _place_context(low, start, end, before)
        if name == "au" and word not in PREP and not low[end:].startswith((" (", " zh", " sg", " tg", " fl")):
            return None
        if unsure:
            believed = capital and sure and (inside or word in PREP or word.isdigit() or (written and rank == 3))
        elif rank == 3:
            believed = capital or sure or len(name) > 6
        elif rank == 2:
            believed = sure or cased
        else:
            believed = cased and sure and word not in WEAK_PREP
        return (start, end, found, sure) if believed else None

    def _adjectives(self, low: str, hits: list[Hit]) -> None:
        for pattern in (ADJ, PEOPLE, WOMEN):
            for match in pattern.finditer(low):
                which = match.lastindex or 1
                name = self._stems.get(_stem(match[which])) or self._stems.get(_stem(match[which] + "e"))
                if not name or name in self.gazetteer.ambiguous:
                    continue
                found = self.gazetteer.by_key[name]
                if pattern is not WOMEN or max(p.population for p in found) >= _TOWN:
                    end = match.end() if pattern in (PEOPLE, WOMEN) and which == 1 else low.index(" ", match.end(which))
                    hits.append((match.start(which), end, found, True))

    def _codes(self, folded: Folded, hits: list[Hit]) -> list[Code]:
        low = folded.low
        codes: list[Code] = []
        if not DIGIT.search(low):
            return codes
        for match in CODE.finditer(low):
            near = [p for h in hits if 0 <= h[0] - match.end() < 4 or 0 <= match.start() - h[1] < 4 for p in h[2]]
            if places := self._code_places(match, near, low):
                codes.append((match.start(2), match.end(2), places))
        for pattern in (PREFIX, XCODE):
            for match in pattern.finditer(low):
                short = pattern is XCODE and len(match[0]) == 4 and len(match[1]) < 3
                place = self._masked(match[1], low) if short else self.gazetteer.postcode(match[1], ("DE",))
                if place and not any(s < match.end(1) and match.start(1) < e for s, e, _ in codes):
                    codes.append((match.start(1), match.end(1), [place]))
        return codes

    def _masked(self, digits: str, low: str) -> Place | None:
        """ "8xxx": four signs are a postcode of Austria or Switzerland."""
        first, then = ("CH", "AT") if SWISS.search(low) or _ZH.search(low) else ("AT", "CH")
        return self.gazetteer.prefixes.get((first, digits)) or self.gazetteer.prefixes.get((then, digits))

    def _code_places(self, match: re.Match[str], near: list[Place], low: str) -> list[Place]:
        code, land = match[2], (match[1] or "").upper()
        if len(code) == 5:
            place = self.gazetteer.postcode(code, ("DE",)) if land in ("", "D") else None
            return [place] if place else []
        lands = {"A": ("AT",), "CH": ("CH",), "D": ()}.get(land, ("AT", "CH", "LI"))
        for place in sorted(near, key=lambda p: -p.population):
            if place.country in lands and place.level == "city":
                known = self.gazetteer.codes.get((place.country, code))
                return [(known or place)._replace(level="postcode", name=place.name)]
        if not (land or _told(match, low)) or (1900 <= int(code) <= 2030 and not land):
            return []
        codes = self.gazetteer.codes
        exact = [p for country in lands if (p := codes.get((country, code)))]
        return exact or [p for country in lands if (p := self.gazetteer.postcode(code, (country,)))]

    def _town_codes(self, low: str, hits: list[Hit]) -> None:
        """Number plates of a text without capitals: "jmd aus ka"."""
        plates = self.gazetteer.plates
        found = ((match, plates.get(match[1].upper())) for match in TOWN_CODE.finditer(low))
        hits.extend((match.start(1), match.end(1), [place], True) for match, place in found if place)

    def _tags(self, folded: Folded, hits: list[Hit]) -> None:
        for match in TAG.finditer(folded.raw):
            found = self._tagged(match[1])
            if found:
                head = match[1].lower().replace("ß", "ss").startswith(found)
                start = match.start(1) if head else match.end() - len(found)
                low_at = start + folded.raw[:start].count("ß")
                hits.append((low_at, low_at + len(found), self.gazetteer.by_key[found], True))

    def _plates(self, folded: Folded, hits: list[Hit]) -> None:
        raw, frequent, rare = folded.raw, self.gazetteer.plates, self.gazetteer.rare_plates
        for match in CANTON.finditer(raw):
            place = self.gazetteer.best(CANTONS.get(match[1], ""), "CH")
            if place and (match[0][0] in "Kk" or match[1] not in frequent):
                self._plate(folded, match.start(1), match.end(1), place._replace(level="region"), hits)
        for match in SURE_PLATE.finditer(raw):
            for code in _CODE.finditer(raw, match.start(match.lastindex or 1), match.end(match.lastindex or 1)):
                place = frequent.get(code[0]) or rare.get(code[0])
                if place:
                    self._plate(folded, code.start(), code.end(), place, hits)
        for match in PLATE.finditer(raw):
            codes = list(_CODE.finditer(raw, match.start(1), match.end(1)))
            led = raw[match.start() : match.start() + 1] not in (",", "(") and match.start() < match.start(1)
            alone = (
                len(codes) == 1
                and not led
                and match.start() == match.start(1)
                and raw[match.end() : match.end() + 1] != ","
            )
            if alone or DAYS.issuperset(c[0] for c in codes) or not all(c[0] in frequent for c in codes):
                continue
            for code in codes:
                self._plate(folded, code.start(), code.end(), frequent[code[0]], hits)

    @staticmethod
    def _plate(folded: Folded, start: int, end: int, place: Place, hits: list[Hit]) -> None:
        shift = folded.raw[:start].count("ß")
        if not any(h[0] == start + shift for h in hits):
            hits.append((start + shift, end + shift, [place], True))

    def _resolve(
        self, folded: Folded, hits: list[Hit],
        codes: list[Code], lang: str | None,
    ) -> list[PlaceMention]:  # fmt: skip
        anchors = [c[2][0] for c in codes if len(c[2]) == 1] + [
            h[2][0] for h in sorted(hits, key=_order) if len(h[2]) == 1
        ]
        swiss = lang in ("gsw", "de-CH") or (lang is None and bool(SWISS.search(folded.low)))
        home = "CH" if swiss else "AT" if lang == "de-AT" else "DE"
        out: list[PlaceMention] = []
        reached = -1
        entries: list[Hit] = [*hits, *((s, e, p, True) for s, e, p in codes)]
        for start, end, found, _sure in sorted(entries, key=_order):
            if start < reached:
                continue
            reached = end
            place, confidence = found[0], ALONE
            if len(found) > 1:
                place, confidence = choose(within(found, land(folded.low[end : end + 20])), anchors, home)
            before = folded.flat[max(0, start - 40) : start + 1].split()
            area = place.level == "city" and bool(before) and before[-1] in AREA
            first, last = folded.span(start, end)
            out.append(
                PlaceMention(
                    folded.raw[first:last],
                    first,
                    last,
                    place.name,
                    place.country,
                    "region" if area else place.level,
                    place.lat,
                    place.lon,
                    confidence,
                    role(before),
                )
            )
        if all(mention.role != "here" for mention in out):  # who names only where they come from is still there
            out = [replace(mention, role="here") if mention.role == "origin" else mention for mention in out]
        return out


def _told(match: re.Match[str], low: str) -> bool:
    """Whether the words before four digits say that they are a postcode, or whether the text begins with them alone."""
    start = match.start()
    if _SAYS_CODE.search(low[max(0, start - 16) : start]):
        return True
    return not low[:start].strip() and low[match.end() : match.end() + 1] in (",", ":", "")


def _order(hit: Hit) -> tuple[int, int]:
    return hit[0], -hit[1]


def _within_land(after: str, found: list[Place]) -> bool:
    """Whether the country of one of them stands behind the name."""
    here = land(after)
    return here is not None and any(place.country == here[0] for place in found)


def _place_context(low: str, begin: int, stop: int, before: list[str]) -> bool:
    """Whether the words and signs around a name speak of a place."""
    word = before[-1]
    at = begin - 1
    while at >= 0 and low[at] == " ":
        at -= 1
    sign = low[at] if at >= 0 else ""
    if word in PREP and (not sign or sign.isalnum() or sign in ":("):
        return True
    if word.isdigit() and len(word) in (4, 5) and sign.isalnum():
        return True
    if word in ("der", "die", "das") and before[0] in ("nähe", "in", "aus", "bei", "raum"):
        return True
    after = low[stop : stop + 18].lstrip(" ")
    first = after[:1]
    if (first in _NEAR_SIGNS or first.isdigit()) and _NEAR.match(after):
        return True
    opens = not sign or sign in ".!?\n|:·•,;-(/#" or not sign.isascii()
    closes = not after or first in ".!?\n|:·•,;)/" or not first.isascii()
    return (opens and closes) or (begin > 0 and low[begin - 1] == "#")


def _stem(name: str) -> str:
    for tail in ("en", "er", "e", "n"):
        if name.endswith(tail) and len(name) - len(tail) >= 3:
            return name[: -len(tail)]
    return name
