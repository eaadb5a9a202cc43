"""The gazetteer: every place name and postcode the reader knows, and the search a form field needs.

Attribution: contains data of GeoNames (www.geonames.org), CC BY 4.0.
"""

from __future__ import annotations

import gc
import gzip
import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .fold import fold
from .spellings import misspelt, shortened, swiss

DATA = Path(__file__).parent / "data"
_CITY = 90_000  # people; of larger places the misspelt names are known as well
_SPACE, _SIGN = re.compile(r"[^\w]+"), re.compile(r"[^\w]")
_TITLE = re.compile(
    r"(?:Universitäts- und Hansestadt|Hansestadt|Ostseebad|Nordseebad|Seebad|Kurort|Heilbad|Lutherstadt) "
)
_PARTS = frozenset(
    [
        "südstadt",
        "nordstadt",
        "oststadt",
        "weststadt",
        "altstadt",
        "innenstadt",
        "neustadt",
        "süd",
        "nord",
        "stadtkern",
        "hauptbahnhof",
        "bürgerpark",
        "gartenstadt",
        "mitte",
        "stadtmitte",
        "zentrum",
        "nordbahnhof",
        "weinberg",
        "hauptfriedhof",
        "werdervorstadt",
        "ganz",
        "siedlung",
        "gern",
    ]
)
"""Parts that many towns have: alone they name no place."""


class Place(NamedTuple):
    """One place. level is city, region or postcode; state is the short form of the German state or the canton.

    rank: 3 known to everybody, 2 a municipality, 1 a hamlet or a part of a place (believed only where the sentence
    speaks of a place).
    """

    name: str
    country: str
    level: str
    lat: float | None
    lon: float | None
    population: int
    state: str = ""
    rank: int = 2


def key(text: str) -> str:
    """The spelling under which a name is found: folded, every sign a space."""
    return _spaced(fold(text), _SPACE)


def _spaced(low: str, signs: re.Pattern[str]) -> str:
    return low if low.isalnum() else signs.sub(" ", low).strip()


class Gazetteer:
    """Names and postcodes in memory. `extra` are files made by `postcodes.convert`, later ones win."""

    def __init__(self, extra: Iterable[Path] = ()) -> None:
        collecting = gc.isenabled()
        gc.disable()  # a hundred thousand small objects that all stay: nothing to collect, and it would take a second
        try:
            self._load(extra)
        finally:
            if collecting:
                gc.enable()

    def _load(self, extra: Iterable[Path]) -> None:
        self.by_key: dict[str, list[Place]] = {}
        self.codes: dict[tuple[str, str], Place] = {}
        self.prefixes: dict[tuple[str, str], Place] = {}
        self.plates: dict[str, Place] = {}
        self.rare_plates: dict[str, Place] = {}  # believed only where nothing else can be meant
        self.loose: dict[str, str] = {}  # spelling with its signs as spaces ("st  gallen") -> key
        self.ambiguous = frozenset(" ".join(_lines("ambiguous.txt")).split())
        renamed = self._towns()
        self._usual = {(c, n): usual for c, n, usual in (line.split("|") for line in _lines("renamed.txt"))}
        self._built(gzip.decompress((DATA / "gazetteer.txt.gz").read_bytes()).decode(), renamed)
        self._regions()
        self._districts()
        for path in extra:
            self._built(gzip.decompress(path.read_bytes()).decode(), renamed, supplied=True)
        self._short_codes()
        self._spellings()
        self._sorted: list[tuple[str, str]] | None = None

    def _add(self, place: Place, *names: str) -> None:
        for name in names:
            low = fold(name)
            if known := _spaced(low, _SPACE):
                places = self.by_key.setdefault(known, [])
                if place not in places:
                    places.append(place)
                if (loose := _spaced(low, _SIGN)) != known:
                    self.loose[loose] = known

    def _towns(self) -> dict[tuple[str, str], Place]:
        renamed = {}
        for line in _lines("towns.txt"):
            name, country, lat, lon, people, others = line.split("|")
            place = Place(name, country, "city", float(lat), float(lon), int(people), "", 3)
            names = [name, *filter(None, others.split(","))]
            self._add(place, *names)
            for other in names:
                renamed[key(other), country] = place
        return renamed

    def _built(self, text: str, renamed: dict[tuple[str, str], Place], supplied: bool = False) -> None:
        head, _, tail = text.partition("#postcodes\n")
        for line in head.splitlines():
            name, country, state, lat, lon, people, others = line.split("|")
            if name.lower() in _PARTS or " / " in name or " (Kreis" in name:
                continue
            usual = self._usual.get((country, name)) or _TITLE.sub("", name)
            if usual != name:
                name, others = usual, f"{others},{name}"
            size = int(people)
            main = renamed.get((key(name), country))
            if main and _near(main, float(lat), float(lon)):
                continue
            rank = 3 if size >= 15_000 else 2 if size >= 1_500 and not supplied else 1
            place = Place(name, country, "city", float(lat), float(lon), size, state, rank)
            if supplied and any(_near(p, place.lat or 0, place.lon or 0) for p in self.by_key.get(key(name), ())):
                continue
            self._add(place, name, *filter(None, others.split(",")))
        for line in tail.splitlines():
            code, name, lat, lon, *land = line.split("|")
            country = land[0] if land else "DE"
            name = self._usual.get((country, name)) or _TITLE.sub("", name)
            main = renamed.get((key(name), country))
            place = Place(main.name if main else name, country, "postcode", float(lat), float(lon), 0, "", 3)
            self.codes[country, code] = place

    def _regions(self) -> None:
        for line in _lines("regions.txt"):
            name, country, lat, lon, others = line.split("|")
            if others != "@city":
                place = Place(name, country, "region", float(lat), float(lon), 200_000, "", 3)
                self._add(place, name, *(o for o in others.split(",") if o and len(o) > 2))

    def _districts(self) -> None:
        for line in _lines("districts.txt"):
            town, rest = line.split("|")
            country, names = rest.split(":")
            parent = self.best(town, country)
            for name in names.split(","):
                bare = name.split(" (")[0]
                full = bare if bare.startswith(town) else f"{town}-{bare}"
                near = [p for p in self.by_key.get(key(bare), ()) if p.country == country and _near(p, *_spot(parent))]
                lat, lon = _spot(near[0] if near else parent)
                place = Place(
                    full, country, "city", lat, lon, 5_000 if "(" in name else 40_000, "", 1 if "(" in name else 3
                )
                others = [p for p in self.by_key.get(key(bare), []) if p not in near]
                self.by_key[key(bare)] = [place, *others] if "(" not in name else [*others, place]
                self._add(place, full, f"{town} {bare}", *swiss(key(bare), country))

    def _short_codes(self) -> None:
        for line in _lines("plz2.txt"):
            country, rest = line.split(" ", 1)
            for entry in rest.split(","):
                digits, town = entry.split(" ", 1)
                place = self.best(town, country)
                if place:
                    self.prefixes[country, digits] = place._replace(level="postcode")
        for line in _lines("plz4.txt"):
            country, rest = line.split(" ", 1)
            for entry in rest.split(","):
                code, town = entry.split(" ", 1)
                near = self.prefixes.get((country, code[:2]))
                found = self._nearest(town, country, near)
                if found:
                    self.codes.setdefault((country, code), found._replace(level="postcode"))
        for line in _lines("plates.txt"):
            known = self.rare_plates if line.startswith("=") else self.plates
            for entry in line.removeprefix("=").split(","):
                plate, town = entry.split(" ", 1)
                if place := self.best(town, "DE") or self.best(town):
                    known.setdefault(plate, place)

    def _nearest(self, town: str, country: str, near: Place | None) -> Place | None:
        """The town of that name which lies nearest to another, as some names are those of three villages."""
        found = [p for p in self.by_key.get(key(town), ()) if p.country == country and p.level == "city"]
        lat, lon = _spot(near)
        return min(found, key=lambda p: abs((p.lat or 0) - lat) + abs((p.lon or 0) - lon), default=None)

    def _spellings(self) -> None:
        more: list[tuple[str, list[Place]]] = []
        for name, found in self.by_key.items():
            if name.startswith(("sankt ", "st ")):
                rest = name.split(" ", 1)[1]
                more += [("sankt " + rest, found), ("st " + rest, found)]
                self.loose["st  " + rest] = "st " + rest
            if found[0].level == "city" and found[0].population >= 1_500 and key(found[0].name) == name:
                more += [
                    (short, found) for short in shortened(name, found[0].name, found[0].country) if self._unknown(short)
                ]
            plain = name.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
            if plain != name:
                bare = name.translate({228: "a", 246: "o", 252: "u"})
                more += [(plain, found)] + ([(bare, found)] if found[0].rank == 3 and len(bare) > 5 else [])
            if found[0].population >= _CITY and len(name) > 6 and found[0].level == "city":
                wrong = (w for w in misspelt(name) if w not in self.by_key and w not in self.ambiguous)
                more += [(w, found[:1]) for w in wrong]
        for name, found in more:
            known = self.by_key.setdefault(name, [])
            known += [p for p in found if p not in known]

    def _unknown(self, short: str) -> bool:
        return len(short) >= 5 and short not in self.by_key and short not in self.ambiguous

    def best(self, name: str, country: str | None = None) -> Place | None:
        """The most populous place of that name."""
        found = [p for p in self.by_key.get(key(name), ()) if country in (None, p.country)]
        return max(found, key=lambda p: p.population, default=None)

    def postcode(self, code: str, countries: Iterable[str] = ("DE", "AT", "CH", "LI")) -> Place | None:
        """The place of a postcode or of its first digits, in the first country that has it."""
        for country in countries:
            digits = 5 if country == "DE" else 4
            place = self.codes.get((country, code)) if len(code) == digits else None
            if place is None and (len(code) == digits or (len(code) < digits and (country == "DE" or len(code) == 4))):
                place = self.prefixes.get((country, code[:2]))
            if place is not None:
                return place
        return None

    def lookup(self, text: str, country: str | None = None, limit: int = 10) -> list[Place]:
        """Candidates for what somebody typed into a form, best first: a postcode, a name, or the start of either."""
        wanted = key(text)
        if not wanted:
            return []
        if wanted.isdigit():
            return self._by_digits(wanted, country, limit)
        digits = re.match(r"(\d{4,5}) ", wanted)
        found = list(self.by_key.get(wanted.split(" ", 1)[1] if digits else wanted, ()))
        if self._sorted is None:
            self._sorted = sorted((k, k) for k in self.by_key)
        at = bisect_left(self._sorted, (wanted, ""))
        starts: list[Place] = []
        while at < len(self._sorted) and self._sorted[at][0].startswith(wanted) and len(starts) < 2_000:
            starts += self.by_key[self._sorted[at][0]]
            at += 1
        found.sort(key=lambda p: -p.population)
        found += sorted(starts, key=lambda p: -p.population)
        return [p for p in dict.fromkeys(found) if country in (None, p.country)][:limit]

    def _by_digits(self, code: str, country: str | None, limit: int) -> list[Place]:
        lands = (country,) if country else ("DE", "AT", "CH", "LI")
        exact = [p for land in lands if (p := self.postcode(code, (land,)))]
        starts = [p for (land, c), p in self.codes.items() if land in lands and c.startswith(code)][: limit * 20]
        return list(dict.fromkeys([*exact, *starts]))[:limit]


def _near(place: Place, lat: float, lon: float) -> bool:
    return place.lat is not None and place.lon is not None and abs(place.lat - lat) < 0.2 and abs(place.lon - lon) < 0.3


def _spot(place: Place | None) -> tuple[float, float]:
    return (place.lat or 0.0, place.lon or 0.0) if place else (0.0, 0.0)


def _lines(name: str) -> list[str]:
    text = (DATA / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def shipped() -> Gazetteer:
    """The gazetteer as it ships, loaded once per process."""
    return Gazetteer()


def lookup(text: str, country: str | None = None, *, limit: int = 10) -> list[Place]:
    """`Gazetteer.lookup` on the shipped gazetteer."""
    return shipped().lookup(text, country, limit)
