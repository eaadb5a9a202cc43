"""Finds the places a text speaks of."""

from __future__ import annotations

import re
from dataclasses import replace

import ahocorasick_rs

from .fold import Folded
from .place_choice import choose, land, role, within
from .place_words import (
    ADJ,
    AREA,
    CAMEL,
    CANTON,
    CANTONS,
    CODE,
    DAYS,
    DIGIT,
    PEOPLE,
    PERSON,
    PLATE,
    PREFIX,
    PREP,
    SIGNS,
    SURE_PLATE,
    SWISS,
    TAG,
    WEAK_PREP,
    WOMEN,
    XCODE,
)
from .places import Gazetteer, Place
from .reading import PlaceMention

_CODE = re.compile(r"[A-ZÄÖÜ]+")
_ZH = re.compile(r"\b(?:zh|be|sg|tg|gr|bl|vs|zg|sz|kanton|kt)\b")  # short forms of cantons
_TOWN = 50_000  # people; of smaller places a word like "Lehrerin" is no inhabitant


class PlaceFinder:
    """One automaton over all names; each hit is then believed or not from its surroundings."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        names = [k for k in gazetteer.by_key if len(k) > 1 and not k.isdigit()]
        loose = list(gazetteer.loose)
        self._names = names + [gazetteer.loose[k] for k in loose]
        self._auto = ahocorasick_rs.AhoCorasick(
            [" " + k for k in names + loose], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        )
        self._stems: dict[str, str] = {}
        for name, found in gazetteer.by_key.items():
            if max(p.population for p in found) >= 8_000 and " " not in name:
                self._stems.setdefault(_stem(name), name)

    def find(self, folded: Folded, lang: str | None = None) -> list[PlaceMention]:
        """Mentions in order of the text, none overlapping another."""
        low, raw = folded.low, folded.raw
        flat = " " + low.translate(SIGNS) + " "
        cased = not (raw.islower() or raw.isupper())
        hits: list[tuple[int, int, list[Place], bool]] = []
        for which, start, end in self._auto.find_matches_as_indexes(flat):
            hit = self._check(folded, flat, start, end, self._names[which], cased)
            if hit:
                hits.append(hit)
        self._adjectives(low, hits)
        codes = self._codes(folded, hits)
        if "#" in low:
            self._tags(folded, hits)
        if cased:
            self._plates(folded, hits)
        if not hits and not codes:
            return []
        return self._resolve(folded, flat, hits, codes, lang)

    def _check(
        self, folded: Folded, flat: str, start: int, end: int, name: str, cased: bool
    ) -> tuple[int, int, list[Place], bool] | None:
        found = self.gazetteer.by_key[name]
        if flat[end] != " ":
            if flat[end] == "s" and flat[end + 1] == " " and name[-1] not in "sxz" and len(name) > 3:
                pass  # Churs, Berlins
            else:
                shorter = self._shorter(flat, start, end, name)
                if shorter is None:
                    return None
                name, end = shorter
                found = self.gazetteer.by_key[name]
        begin, stop = start, end - 1  # flat is one longer than low
        low = folded.low
        if begin and low[begin - 1] == "@":
            return None
        capital = folded.raw[folded.at(begin)].isupper() or not cased
        here = land(low[stop : stop + 20])
        sure = self._place_context(low, flat, begin, stop) or (
            here is not None and any(p.country == here[0] for p in found)
        )
        if not self._believed(found, name, capital, cased, sure, low, flat, begin, stop):
            return None
        return begin, stop, found, sure

    def _shorter(self, flat: str, start: int, end: int, name: str) -> tuple[str, int] | None:
        """A longer name may end inside a word ("halle an|ders"): try what stands before its last word."""
        while " " in name:
            name = name.rsplit(" ", 1)[0]
            end = start + 1 + len(name)
            if name in self.gazetteer.by_key and flat[end] == " ":
                return name, end
        return None

    def _believed(
        self,
        found: list[Place],
        name: str,
        capital: bool,
        cased: bool,
        sure: bool,
        low: str,
        flat: str,
        begin: int,
        stop: int,
    ) -> bool:
        before = flat[max(0, begin - 24) : begin + 1].split()
        word = before[-1] if before else ""
        if word in PERSON:
            return False
        rank = max(p.rank for p in found)
        if name == "au" and word not in PREP and not (low[stop:].startswith((" (", " zh", " sg", " tg", " fl"))):
            return False
        if name in self.gazetteer.ambiguous or (len(name) < 4 and rank < 3):
            return capital and sure and (cased or word in PREP)
        if rank == 3:
            return capital or sure or len(name) > 6
        if rank == 2:
            return capital and (sure or cased)
        return capital and cased and sure and word not in WEAK_PREP

    def _place_context(self, low: str, flat: str, begin: int, stop: int) -> bool:
        before = flat[max(0, begin - 30) : begin + 1].split()
        word = before[-1] if before else ""
        sign = low[:begin].rstrip(" ")[-1:]
        if word in PREP and (not sign or sign.isalnum() or sign in ":("):
            return True
        if word.isdigit() and len(word) in (4, 5) and sign.isalnum():
            return True
        if word in ("der", "die", "das") and len(before) > 1 and before[-2] in ("nähe", "in", "aus", "bei", "raum"):
            return True
        after = low[stop : stop + 18].lstrip(" ")
        if re.match(r"(?:und|u\.?|\+|&|/) (?:umgebung|umland|umkreis|drumherum)|\(?\d{4,5}\b|umgebung|umland", after):
            return True
        opens = not sign or sign in ".!?\n|:·•,;-(/#" or not sign.isascii()
        closes = not after or after[0] in ".!?\n|:·•,;)/" or not after[0].isascii()
        hashed = begin > 0 and low[begin - 1] == "#"
        return (opens and closes) or hashed

    def _adjectives(self, low: str, hits: list[tuple[int, int, list[Place], bool]]) -> None:
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

    def _codes(self, folded: Folded, hits: list[tuple[int, int, list[Place], bool]]) -> list[tuple[int, int, Place]]:
        low = folded.low
        codes: list[tuple[int, int, Place]] = []
        if not DIGIT.search(low):
            return codes
        for match in CODE.finditer(low):
            near = [p for h in hits if 0 <= h[0] - match.end() < 4 or 0 <= match.start() - h[1] < 4 for p in h[2]]
            place = self._code_place(match, near, low)
            if place:
                codes.append((match.start(2), match.end(2), place))
        for pattern in (PREFIX, XCODE):
            for match in pattern.finditer(low):
                short = pattern is XCODE and len(match[0]) == 4 and len(match[1]) < 3
                place = self._masked(match[1], low) if short else self.gazetteer.postcode(match[1], ("DE",))
                if place and not any(s < match.end(1) and match.start(1) < e for s, e, _ in codes):
                    codes.append((match.start(1), match.end(1), place))
        return codes

    def _masked(self, digits: str, low: str) -> Place | None:
        """ "8xxx": four signs are a postcode of Austria or Switzerland."""
        first, then = ("CH", "AT") if SWISS.search(low) or _ZH.search(low) else ("AT", "CH")
        return self.gazetteer.prefixes.get((first, digits)) or self.gazetteer.prefixes.get((then, digits))

    def _code_place(self, match: re.Match[str], near: list[Place], low: str) -> Place | None:
        code, land = match[2], (match[1] or "").upper()
        if len(code) == 5:
            return self.gazetteer.postcode(code, ("DE",)) if land in ("", "D") else None
        lands = {"A": ("AT",), "CH": ("CH",), "D": ()}.get(land, ("AT", "CH", "LI"))
        for place in sorted(near, key=lambda p: -p.population):
            if place.country in lands and place.level == "city":
                known = self.gazetteer.codes.get((place.country, code))
                return (known or place)._replace(level="postcode", name=place.name)
        told = land or re.search(
            r"(?:plz|postleitzahl|raum|aus|in)[ :]+$", low[max(0, match.start() - 16) : match.start()]
        )
        if not told or (1900 <= int(code) <= 2030 and not land):
            return None
        swiss = bool(SWISS.search(low))
        return self.gazetteer.postcode(code, ("CH", "AT") if swiss and len(lands) > 1 else lands)

    def _tags(self, folded: Folded, hits: list[tuple[int, int, list[Place], bool]]) -> None:
        for match in TAG.finditer(folded.raw):
            parts = CAMEL.split(match[1])
            last = parts[-1].lower().replace("ß", "ss") if len(parts) > 1 else ""
            tail = match[1].lower().replace("ß", "ss")
            found = self._tag_name(last, tail)
            if found:
                end = match.end() - (match.start() * 0)
                start = end - len(found)
                low_at = start + folded.raw[:start].count("ß")
                hits.append((low_at, low_at + len(found), self.gazetteer.by_key[found], True))

    def _tag_name(self, last: str, tail: str) -> str | None:
        if len(last) > 2 and max((p.rank for p in self.gazetteer.by_key.get(last, ())), default=0) == 3:
            return last
        match = re.search(
            r"(?:allein(?:e)?in|einsamin|weihnachtenin|silvesterin|hilfein|feiernin|essenin|heiligabendin|leutein|freundein)(\w{3,})$",
            tail,
        )
        if match and match[1] in self.gazetteer.by_key:
            return match[1]
        match = re.match(
            r"(?:keinerbleibtallein|kba|nachbarschaftshilfe|hilf|coronahilfe|nettwerk)(?:in)?(\w{4,})$", tail
        )
        return match[1] if match and match[1] in self.gazetteer.by_key else None

    def _plates(self, folded: Folded, hits: list[tuple[int, int, list[Place], bool]]) -> None:
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
    def _plate(
        folded: Folded, start: int, end: int, place: Place, hits: list[tuple[int, int, list[Place], bool]]
    ) -> None:
        shift = folded.raw[:start].count("ß")
        if not any(h[0] == start + shift for h in hits):
            hits.append((start + shift, end + shift, [place], True))

    def _resolve(
        self, folded: Folded, flat: str, hits: list[tuple[int, int, list[Place], bool]],
        codes: list[tuple[int, int, Place]], lang: str | None,
    ) -> list[PlaceMention]:  # fmt: skip
        hits.sort(key=lambda h: (h[0], -h[1]))
        anchors = [c[2] for c in codes] + [h[2][0] for h in hits if len(h[2]) == 1]
        swiss = lang in ("gsw", "de-CH") or (lang is None and bool(SWISS.search(folded.low)))
        home = "CH" if swiss else "AT" if lang == "de-AT" else "DE"
        out: list[PlaceMention] = []
        reached = -1
        entries: list[tuple[int, int, list[Place], bool]] = [*hits, *((s, e, [p], True) for s, e, p in codes)]
        for start, end, found, _sure in sorted(entries, key=lambda h: (h[0], -h[1])):
            if start < reached:
                continue
            reached = end
            place, confidence = choose(within(found, land(folded.low[end : end + 20])), anchors, home)
            before = flat[max(0, start - 40) : start + 1].split()
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


def _stem(name: str) -> str:
    for tail in ("en", "er", "e", "n"):
        if name.endswith(tail) and len(name) - len(tail) >= 3:
            return name[: -len(tail)]
    return name
