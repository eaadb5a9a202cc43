"""Finds the places a text speaks of."""

from __future__ import annotations

import re
from functools import lru_cache, partial

from .fold import Folded
from .names import Begins, Names
from .place_choice import ALONE, choose, land, role, within
from .place_codes import Code, Hit, Postcodes
from .place_context import CODES, in_full, place_context, something_else, within_land
from .place_tags import tag_name
from .place_words import (
    ADJ,
    AGED,
    AREA,
    ARTICLE,
    CANTON,
    CANTONS,
    COULD_BE_LAND,
    DAYS,
    FOOTBALL,
    GAME,
    PEOPLE,
    PLATE,
    PREP,
    SHORT,
    STATE,
    STATES,
    SURE_PLATE,
    SWISS,
    TAG,
    TOWN_CODE,
    TRAIN,
    WEAK_PREP,
    WOMEN,
)
from .places import Gazetteer, Place
from .reading import PlaceMention

_CODE = re.compile(r"[A-ZÄÖÜ]+")
_CANTONAL = ("kanton", "kt")
_TOWN = 50_000  # people; of smaller places a word like "Lehrerin" is no inhabitant
_BEFORE_WHO = 2  # the group of PEOPLE for "Kölner Familie"
_CAPITAL = re.compile("[A-ZÄÖÜ][a-zäöüß]")


_JOINTS = frozenset([" oder ", " und ", " & ", " u. ", " bzw. ", " oder in ", " und in "])
"""What stands between two places of which the second is one because the first is."""


class PlaceFinder:
    """Looks every word up among the names; each hit is then believed or not from its surroundings."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._names = Names(gazetteer)
        self.begins = self._names.begins
        self._codes = Postcodes(gazetteer)
        self._stems: dict[str, str] = {}
        for name, found in gazetteer.by_key.items():
            if " " not in name and any(p.population >= 8_000 for p in found):
                self._stems.setdefault(_stem(name), name)
        self._tagged = lru_cache(maxsize=5_000)(partial(tag_name, gazetteer.by_key))

    def find(self, folded: Folded, lang: str | None = None, begins: Begins | None = None) -> list[PlaceMention]:
        """Mentions in order of the text, none overlapping another. begins: where names may begin, if that is known."""
        low, raw = folded.low, folded.raw
        cased = _CAPITAL.search(raw, 1) is not None  # the first letter is often the telephone's
        hits: list[Hit] = []
        for start, end, name, before in self._names.find(folded, cased, begins):
            joined = bool(hits) and low[hits[-1][1] : start] in _JOINTS
            hit = self._check(folded, start, end, name, before, cased, joined)
            if hit:
                hits.append(hit)
        self._adjectives(low, hits)
        codes = self._codes.find(low, hits)
        if "#" in low:
            self._tags(folded, hits)
        if not cased:
            self._town_codes(low, hits)
        if SHORT.search(raw) and not raw.isupper():
            self._plates(folded, hits)
        if not hits and not codes:
            return []
        return self._resolve(folded, hits, codes, lang)

    def _check(
        self, folded: Folded, start: int, end: int, name: str, before: list[str], cased: bool, joined: bool
    ) -> Hit | None:
        low, word = folded.low, before[-1]
        if something_else(low, start, word, name):
            return None
        if word not in PREP and (GAME.match(low, end) or FOOTBALL.search(low)):
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
        inside = within_land(low, end, found)
        sure = inside or joined or place_context(low, start, end, before)
        if name == "au" and word not in PREP and not low[end:].startswith((" (", " zh", " sg", " tg", " fl")):
            return None
        if unsure:
            believed = (
                capital
                and sure
                and (
                    inside
                    or (word in PREP and (rank == 3 or word not in WEAK_PREP))
                    or (word.isdigit() and len(word) in CODES)
                    or (written and rank == 3)
                )
            )
        elif rank == 3:
            believed = capital or sure or len(name) > 6
        elif rank == 2:
            believed = sure or cased
        else:
            believed = cased and sure and word not in WEAK_PREP
        return (start, end, found, sure) if believed else None

    def _adjectives(self, low: str, hits: list[Hit]) -> None:
        for pattern in (ADJ, PEOPLE, WOMEN, AGED):
            for match in pattern.finditer(low):
                which = match.lastindex or 1
                name = self._stems.get(_stem(match[which])) or self._stems.get(_stem(match[which] + "e"))
                if not name or name in self.gazetteer.ambiguous:
                    continue
                found = self.gazetteer.by_key[name]
                if pattern not in (WOMEN, AGED) or max(p.population for p in found) >= _TOWN:
                    led = pattern is ADJ or which == _BEFORE_WHO
                    end = low.index(" ", match.end(which)) if led else match.end()
                    hits.append((match.start(which), end, found, True))

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

    def _lands(self, folded: Folded, hits: list[Hit], could: bool) -> None:
        """Short forms of cantons, if there could be any, and states."""
        for match in CANTON.finditer(folded.raw) if could else ():
            place = self.gazetteer.best(CANTONS.get(match[1], ""), "CH")
            if place and (match[0][0] in "Kk" or match[1] not in self.gazetteer.plates):
                self._plate(folded, match.start(1), match.end(1), place._replace(level="region"), hits)
        for match in STATE.finditer(folded.raw):
            if place := self.gazetteer.best(STATES[match[1]], "DE"):
                self._plate(folded, match.start(1), match.end(1), place, hits)

    def _plates(self, folded: Folded, hits: list[Hit]) -> None:
        could = COULD_BE_LAND.heard(folded.low)
        self._lands(folded, hits, could)
        raw, frequent, rare = folded.raw, self.gazetteer.plates, self.gazetteer.rare_plates
        for match in SURE_PLATE.finditer(raw) if could else ():
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
            if (
                TRAIN.match(raw, match.start(1))
                or alone
                or DAYS.issuperset(c[0] for c in codes)
                or not all(c[0] in frequent for c in codes)
            ):
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
        entries: list[Hit] = [*hits, *((s, e, p, True) for s, e, p in codes)] if codes else hits
        anchors: list[Place] = []
        home = "DE"
        if max([len(entry[2]) for entry in entries]) > 1:
            anchors = [c[2][0] for c in codes if len(c[2]) == 1]
            anchors += [h[2][0] for h in sorted(hits, key=_order) if len(h[2]) == 1]
            home = _home(folded.low, lang)
        out: list[PlaceMention] = []
        reached, here = -1, False  # who names only where they come from is still there
        for start, end, found, _sure in sorted(entries, key=_order):
            if start < reached or _part_of_the_one_before(folded.low, start, reached, found, out):
                continue
            reached = end
            place, confidence = found[0], ALONE
            if len(found) > 1:
                place, confidence = choose(within(found, land(folded.low, end)), anchors, home)
            before = folded.flat[max(0, start - 40) : start + 1].split()
            area = place.level == "city" and bool(before) and before[-1] in AREA
            first, last = folded.span(start, end)
            what = role(before)
            here = here or what == "here"
            out.append(
                PlaceMention(
                    folded.raw[first:last],
                    first,
                    last,
                    in_full(folded.raw[first:last], place.name),
                    place.country,
                    "region" if area else place.level,
                    place.lat,
                    place.lon,
                    confidence,
                    what,
                )
            )
        return out if here else [one._replace(role="here") if one.role == "origin" else one for one in out]


def _part_of_the_one_before(low: str, start: int, reached: int, found: list[Place], out: list[PlaceMention]) -> bool:
    """ "Greifswald-Schönwalde": behind a town and a hyphen stands its district, not the village of that name; in
    brackets the land it lies in, "Landau (Pfalz)", "Wil (SG)"."""
    if start == reached + 2 and low[reached:start] == " (":
        within_it = land(low, reached)
        short = within_it is not None and within_it[0] == out[-1].country
        if short or any(place.level == "region" for place in found):
            return True
    return start == reached + 1 and low[reached] == "-" and max(place.population for place in found) < _TOWN


def _home(low: str, lang: str | None) -> str:
    """The country of which somebody speaks who names none."""
    swiss = lang in ("gsw", "de-CH") or (lang is None and bool(SWISS.search(low)))
    return "CH" if swiss else "AT" if lang == "de-AT" else "DE"


def _order(hit: Hit) -> tuple[int, int]:
    return hit[0], -hit[1]


def _stem(name: str) -> str:
    for tail in ("en", "er", "e", "n"):
        if name.endswith(tail) and len(name) - len(tail) >= 3:
            return name[: -len(tail)]
    return name
