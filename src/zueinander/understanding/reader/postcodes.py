# ruff: noqa: E501
"""Takes a postcode file that the operator supplies and turns it into an addition to the gazetteer.

The form is the CSV arrangement of GeoNames' postal code data: country_code, zipcode, place, state, state_code, province,
province_code, community, community_code, latitude, longitude (header line, UTF-8), or GeoNames' own file without a header (its name ends in .txt). GeoNames data are CC BY 4.0; whoever
loads them shows "GeoNames" on the page about sources.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

GEONAMES = (
    "country_code", "zipcode", "place", "state", "state_code", "province", "province_code", "community",
    "community_code", "latitude", "longitude", "accuracy",
)  # fmt: skip
"""Columns of the files of download.geonames.org/export/zip, which have no header."""
NEEDED = ("country_code", "zipcode", "place", "latitude", "longitude")


class BadPostcodeFile(ValueError):  # noqa: N818 - named as a person would say it
    """The file is not in the expected form; the message names line and reason."""


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        if path.suffix == ".txt":
            table = csv.DictReader(lines, GEONAMES, delimiter="\t", quoting=csv.QUOTE_NONE)
        else:
            table = csv.DictReader(lines)
        missing = [name for name in NEEDED if name not in (table.fieldnames or ())]
        if missing:
            raise BadPostcodeFile(f"{path.name}, line 1: no column {', '.join(missing)}")
        for number, row in enumerate(table, 2):
            try:
                float(row["latitude"]), float(row["longitude"])
            except (TypeError, ValueError):
                raise BadPostcodeFile(f"{path.name}, line {number}: latitude and longitude are not numbers") from None
            yield row


def convert(sources: list[Path], target: Path) -> tuple[int, int]:
    """Writes the addition to `target` and returns how many places and postcodes it holds; repeating changes nothing.

    A village that belongs to a municipality of another name is written "Municipality-Village".
    """
    spots: dict[tuple[str, str, str], list[tuple[float, float]]] = defaultdict(list)
    codes: dict[tuple[str, str], tuple[str, float, float]] = {}
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for source in sources:
        for row in _rows(source):
            country, code, place = row["country_code"].strip(), row["zipcode"].strip(), _clean(row["place"])
            where = float(row["latitude"]), float(row["longitude"])
            town = _town(row, country, place)
            if any(sign in place for sign in "|0123456789") or _is_firm(place):
                codes.setdefault((country, code), (town, *where))
                continue
            votes[country, code][town] += 1 + 2 * (place == town)
            known = codes.get((country, code))
            if known is None or votes[country, code][town] > votes[country, code][known[0]]:
                codes[country, code] = (town, *where)
            name = place if place == town or place.startswith(town) or town.startswith(place) else f"{town}-{place}"
            spots[name, place, country].append(where)
    lines = []
    for (name, place, country), where_all in sorted(spots.items()):
        lat, lon = (sum(w[i] for w in where_all) / len(where_all) for i in (0, 1))
        alias = place if place != name else ""
        lines.append(f"{name}|{country}||{lat:.4f}|{lon:.4f}|0|{alias}")
    lines.append("#postcodes")
    lines += [f"{code}|{n}|{lat:.3f}|{lon:.3f}|{land}" for (land, code), (n, lat, lon) in sorted(codes.items())]
    target.parent.mkdir(parents=True, exist_ok=True)
    with gzip.GzipFile(target, "wb", 6, mtime=0) as out:
        out.write("\n".join(lines).encode())
    return len(spots), len(codes)


def installed() -> list[Path]:
    """The file that `main` wrote for this installation, if it did."""
    path = _target()
    return [path] if path.exists() else []


def _target() -> Path:
    return Path(os.environ.get("ZUEINANDER_DATA") or "var") / "postcodes.gz"


def main(argv: list[str] | None = None) -> int:
    """`zueinander postcodes`: turns the files into one compact file of the installation. 2: a file is not as it should
    be, and nothing was changed."""
    parser = argparse.ArgumentParser(
        prog="zueinander postcodes",
        description="Lädt Postleitzahlen (GeoNames, .txt oder .csv) für diese Installation.",
    )
    parser.add_argument("source", nargs="+", type=Path, help="Datei je Land, etwa AT.txt")
    parser.add_argument("-o", "--output", type=Path, default=_target(), help="Zieldatei")
    args = parser.parse_args(argv)
    try:
        places, codes = convert(args.source, args.output)
    except (BadPostcodeFile, OSError, UnicodeDecodeError) as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2
    sys.stdout.write(f"{places} Orte, {codes} Postleitzahlen: {args.output}\n")
    return 0


def _town(row: dict[str, str], country: str, place: str) -> str:
    """The municipality: in Germany the place itself (its community column names authorities), in Vienna the city."""
    community = _clean((row.get("community") or "").split(",")[0])
    if country == "DE" or not community:
        return place
    return _clean(row.get("state") or place) if community.startswith("Gemeindebezirk") else community


def _clean(name: str) -> str:
    return name.strip().replace("|", " ").replace(",", " ")


def _is_firm(name: str) -> bool:
    return any(word in name for word in ("GmbH", " AG", "Bank", "versicher", "Postfach", "e.V.", "KG"))
