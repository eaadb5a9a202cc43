"""One listing of an instance file, field by field. Every complaint names its place."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

from .errors import InstanceError
from .instance import Ident

Row = dict[str, Any]
_MISSING = object()


def known_fields(place: str, row: Row, known: Iterable[str]) -> None:
    unknown = next((name for name in row if name not in known), None)
    if unknown is not None:
        raise InstanceError(f"{place}.{unknown}", "unknown field")


def ident(place: str, value: object) -> Ident:
    if isinstance(value, bool) or not isinstance(value, (str, int)) or value == "":
        raise InstanceError(place, "must be a string or a whole number")
    return value


def _number(low: float, high: float) -> Callable[[str, object], float]:
    def check(place: str, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise InstanceError(place, "must be a number")
        number = float(value) if abs(value) < 1e300 or isinstance(value, float) else math.inf
        if not math.isfinite(number):
            raise InstanceError(place, f"must be a finite number, not {number}")
        if not low <= number <= high:
            raise InstanceError(
                place,
                f"must not be negative, is {value}" if high == math.inf else f"{value} is outside {low:g} to {high:g}",
            )
        return number

    return check


def _whole(low: int, high: int) -> Callable[[str, object], int]:
    def check(place: str, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise InstanceError(place, "must be a whole number")
        if value < low:
            raise InstanceError(place, "must not be negative" if low == 0 else f"must be at least {low}, is {value}")
        if value > high:
            raise InstanceError(place, f"must be at most {high}, is {value}")
        return value

    return check


def _names(place: str, value: object) -> list[str]:
    if not isinstance(value, list):
        raise InstanceError(place, "must be a list of names")
    for n, name in enumerate(value):
        if not isinstance(name, str):
            raise InstanceError(f"{place}[{n}]", "must be a name")
    if len(set(value)) != len(value):
        raise InstanceError(place, "names something twice")
    return value


def _optional_name(place: str, value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise InstanceError(place, "must be a name")
    return value


def _age(place: str, value: object) -> int:
    return -1 if value is None else _whole(0, 130)(place, value)


def _ages(place: str, value: object) -> tuple[int, int]:
    if value is None:
        return (-1, 999)
    if not isinstance(value, list) or len(value) != 2:
        raise InstanceError(place, "must be [youngest, oldest]")
    low, high = (_whole(0, 130)(f"{place}[{n}]", value[n]) for n in (0, 1))
    if low > high:
        raise InstanceError(place, f"youngest {low} is above oldest {high}")
    return (low, high)


def _population(place: str, value: object) -> float:
    return math.inf if value is None else _number(0, math.inf)(place, value)


def _seats(place: str, value: object) -> dict[str, int]:
    if not isinstance(value, dict):
        raise InstanceError(place, "must be an object from occasion to seats")
    return {name: _whole(0, 100_000)(f'{place}["{name}"]', seats) for name, seats in value.items()}


def _accepts(place: str, value: object) -> list[str]:
    if not isinstance(value, dict):
        raise InstanceError(place, "must be an object from condition to true or false")
    for name, verdict in value.items():
        if not isinstance(verdict, bool):
            raise InstanceError(f'{place}["{name}"]', "must be true or false")
    return [name for name, verdict in value.items() if verdict]


Field = tuple[Callable[[str, Any], Any], object]
_LAT, _LON = _number(-90, 90), _number(-180, 180)
SEEKER_FIELDS: dict[str, Field] = {
    "id": (ident, _MISSING),
    "lat": (_LAT, _MISSING),
    "lon": (_LON, _MISSING),
    "party": (_whole(1, 100_000), 1),
    "radius_km": (_number(0, math.inf), _MISSING),
    "occasions": (_names, ()),
    "needs": (_names, ()),
    "conditions": (_names, ()),
    "age": (_age, -1),
    "interests": (_names, ()),
    "languages": (_names, ()),
    "household": (_optional_name, None),
    "traits": (_names, ()),
    "waiting_days": (_number(0, math.inf), 0.0),
    "population": (_population, math.inf),
    "place": (_optional_name, None),
}
HOST_FIELDS: dict[str, Field] = {
    "id": (ident, _MISSING),
    "lat": (_LAT, _MISSING),
    "lon": (_LON, _MISSING),
    "seats": (_seats, _MISSING),
    "accepts": (_accepts, ()),
    "interests": (_names, ()),
    "languages": (_names, ()),
    "household": (_optional_name, None),
    "requires": (_names, ()),
    "ages": (_ages, (-1, 999)),
    "place": (_optional_name, None),
}


def rows_of_kind(kind: str, raw: object, known: dict[str, Field]) -> list[Row]:
    if not isinstance(raw, list):
        raise InstanceError(kind, "must be a list")
    seen: dict[Ident, int] = {}
    rows: list[Row] = []
    for n, given in enumerate(raw):
        row = one_row(f"{kind}[{n}]", given, known)
        first = seen.setdefault(row["id"], n)
        if first != n:
            raise InstanceError(f"{kind}[{n}].id", f"{row['id']!r} is already used by {kind}[{first}]")
        rows.append(row)
    return rows


def one_row(place: str, given: object, known: dict[str, Field]) -> Row:
    if not isinstance(given, dict):
        raise InstanceError(place, "must be an object")
    known_fields(place, given, known)
    row: Row = {}
    for name, (check, default) in known.items():
        if name in given:
            row[name] = check(f"{place}.{name}", given[name])
        elif default is _MISSING:
            raise InstanceError(f"{place}.{name}", "is missing")
        else:
            row[name] = default
    return row
