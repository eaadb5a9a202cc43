"""From the documented JSON to columns. Every complaint names its place, as in `hosts[12].seats["12-24"]`."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from .errors import InstanceError
from .instance import U64, Hosts, Ident, Instance, Seekers, Vocabulary
from .weights import Weights, parse_weights

Row = dict[str, Any]
_TOP = {"seekers", "hosts", "forbidden", "pinned", "proposed", "weights"}
_MISSING = object()
_SPARE_BIT = 63
MAX_INTERESTS = 512


def load(path: Path) -> Instance:
    """Read and check an instance file."""
    return parse_bytes(path.read_bytes())


def parse_bytes(data: bytes) -> Instance:
    """JSON text to instance. NaN and Infinity, which JSON does not know, are reported at their field."""
    try:
        raw = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        try:
            raw = json.loads(data)
        except (ValueError, RecursionError):
            raise InstanceError(f"line {error.lineno}, column {error.colno}", f"not JSON ({error.msg})") from error
    return from_json(raw)


def from_json(raw: object, *, growing: bool = False) -> Instance:
    """Check everything, then fill the columns; raises InstanceError naming the first place that is wrong.

    `growing` keeps every name in use, not only those that both sides know: listings that come later may need it.
    """
    if not isinstance(raw, dict):
        raise InstanceError("instance", "must be an object")
    _known_fields("instance", raw, _TOP)
    weights = parse_weights(raw.get("weights", {}))
    seekers = _rows("seekers", raw.get("seekers", []), _SEEKER_FIELDS)
    hosts = _rows("hosts", raw.get("hosts", []), _HOST_FIELDS)
    vocabulary = _whole_vocabulary(seekers, hosts) if growing else _vocabulary(seekers, hosts)
    instance = Instance(
        seekers=_seekers(seekers, vocabulary, weights),
        hosts=_hosts(hosts, vocabulary),
        vocabulary=vocabulary,
        weights=weights,
    )
    rows_of = ({row["id"]: n for n, row in enumerate(seekers)}, {row["id"]: n for n, row in enumerate(hosts)})
    occasions = {name: n for n, name in enumerate(vocabulary.occasions)}
    instance.forbidden = [(s, h) for s, h, _ in _pairs(raw, "forbidden", rows_of, None)]
    instance.pinned = _pairs(raw, "pinned", rows_of, occasions)
    instance.proposed = _pairs(raw, "proposed", rows_of, occasions)
    return instance


def one_seeker(row: Row, vocabulary: Vocabulary, weights: Weights) -> Seekers:
    """One seeker, written as in an instance file, as columns of length one; occasions nobody offers count as -1."""
    checked = _row("seeker", row, _SEEKER_FIELDS)
    return _seekers([checked], vocabulary, weights)


def hosts_only(rows: object, weights: object) -> Instance:
    """An instance without seekers whose vocabulary knows every name the hosts use."""
    hosts = _rows("hosts", rows, _HOST_FIELDS)
    vocabulary, settings = _whole_vocabulary([], hosts), parse_weights(weights)
    return Instance(_seekers([], vocabulary, settings), _hosts(hosts, vocabulary), vocabulary, settings)


def more_hosts(rows: object, instance: Instance) -> Hosts:
    """Further hosts in an instance's vocabulary; occasions that no listing of it names are an error."""
    hosts = _rows("hosts", rows, _HOST_FIELDS)
    for n, row in enumerate(hosts):
        for name in row["seats"]:
            if name not in instance.vocabulary.occasions:
                raise InstanceError(f'hosts[{n}].seats["{name}"]', "nobody asks for this occasion")
    made = _hosts(hosts, instance.vocabulary)
    words = instance.hosts.interests.shape[1]
    made.interests = np.pad(made.interests, ((0, 0), (0, words - made.interests.shape[1])))
    return made


def _whole_vocabulary(seekers: list[Row], hosts: list[Row]) -> Vocabulary:
    asked = [{"names": (*row["needs"], *row["conditions"])} for row in seekers]
    granted = [{"names": row["accepts"]} for row in hosts]
    required = [{"names": row["requires"]} for row in hosts]
    had = [{"names": row["traits"]} for row in seekers]
    return Vocabulary(
        occasions=sorted({o for row in seekers for o in row["occasions"]} | {o for row in hosts for o in row["seats"]}),
        conditions=_limited("conditions", _all([*granted, *asked], "names"), _SPARE_BIT),
        traits=_limited("requires", _all([*required, *had], "names"), _SPARE_BIT),
        interests=_all([*seekers, *hosts], "interests")[:MAX_INTERESTS],
        languages=_limited("languages", _all([*seekers, *hosts], "languages"), 64),
        households=sorted({row["household"] for row in (*seekers, *hosts)} - {None}),
    )


def _all(rows: list[Row], name: str) -> list[str]:
    """Every name in use, the most frequent first."""
    count: dict[str, int] = {}
    for row in rows:
        for value in row[name]:
            count[value] = count.get(value, 0) + 1
    return sorted(count, key=lambda value: (-count[value], value))


def _known_fields(place: str, row: Row, known: Iterable[str]) -> None:
    unknown = next((name for name in row if name not in known), None)
    if unknown is not None:
        raise InstanceError(f"{place}.{unknown}", "unknown field")


def _ident(place: str, value: object) -> Ident:
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
_SEEKER_FIELDS: dict[str, Field] = {
    "id": (_ident, _MISSING),
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
_HOST_FIELDS: dict[str, Field] = {
    "id": (_ident, _MISSING),
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


def _rows(kind: str, raw: object, known: dict[str, Field]) -> list[Row]:
    if not isinstance(raw, list):
        raise InstanceError(kind, "must be a list")
    seen: dict[Ident, int] = {}
    rows: list[Row] = []
    for n, given in enumerate(raw):
        row = _row(f"{kind}[{n}]", given, known)
        first = seen.setdefault(row["id"], n)
        if first != n:
            raise InstanceError(f"{kind}[{n}].id", f"{row['id']!r} is already used by {kind}[{first}]")
        rows.append(row)
    return rows


def _row(place: str, given: object, known: dict[str, Field]) -> Row:
    if not isinstance(given, dict):
        raise InstanceError(place, "must be an object")
    _known_fields(place, given, known)
    row: Row = {}
    for name, (check, default) in known.items():
        if name in given:
            row[name] = check(f"{place}.{name}", given[name])
        elif default is _MISSING:
            raise InstanceError(f"{place}.{name}", "is missing")
        else:
            row[name] = default
    return row


def _vocabulary(seekers: list[Row], hosts: list[Row]) -> Vocabulary:
    occasions = {o for row in seekers for o in row["occasions"]} | {o for row in hosts for o in row["seats"]}
    asked = {c for row in seekers for c in (*row["needs"], *row["conditions"])}
    granted = {c for row in hosts for c in row["accepts"]}
    required = {t for row in hosts for t in row["requires"]}
    return Vocabulary(
        occasions=sorted(occasions),
        conditions=_limited("conditions", sorted(asked & granted), _SPARE_BIT),
        traits=_limited("requires", sorted(required), _SPARE_BIT),
        interests=_shared(seekers, hosts, "interests")[:MAX_INTERESTS],
        languages=_limited("languages", _shared(seekers, hosts, "languages"), 64),
        households=sorted({row["household"] for row in (*seekers, *hosts)} - {None}),
    )


def _shared(seekers: list[Row], hosts: list[Row], name: str) -> list[str]:
    """Names that appear on both sides, the most frequent first; others can never be shared."""
    counts: list[dict[str, int]] = [{}, {}]
    for side, rows in zip(counts, (seekers, hosts), strict=True):
        for row in rows:
            for value in row[name]:
                side[value] = side.get(value, 0) + 1
    common = counts[0].keys() & counts[1].keys()
    return sorted(common, key=lambda value: (-counts[0][value] - counts[1][value], value))


def _limited(place: str, names: list[str], limit: int) -> list[str]:
    if len(names) > limit:
        raise InstanceError(place, f"{len(names)} different names are in use, at most {limit} are possible")
    return names


def _masks(lists: Iterable[Iterable[str]], names: list[str], spare: bool) -> U64:
    bit = {name: 1 << n for n, name in enumerate(names)}
    other = 1 << _SPARE_BIT if spare else 0
    return np.array([_mask(given, bit, other) for given in lists], dtype=np.uint64)


def _mask(given: Iterable[str], bit: dict[str, int], other: int) -> int:
    mask = 0
    for name in given:
        mask |= bit.get(name, other)
    return mask


def _words(rows: list[Row], names: list[str]) -> U64:
    """Interest bits, 64 per word, one row per listing."""
    words = max(1, (len(names) + 63) // 64)
    bit = {name: (n // 64, 1 << (n % 64)) for n, name in enumerate(names)}
    out = np.zeros((len(rows), words), dtype=np.uint64)
    for n, row in enumerate(rows):
        for name in row["interests"]:
            if name in bit:
                word, value = bit[name]
                out[n, word] |= np.uint64(value)
    return out


def _column(rows: list[Row], name: str, kind: Any) -> Any:
    return np.array([row[name] for row in rows], dtype=kind)


def _codes(rows: list[Row], name: str, names: list[str]) -> Any:
    code = {value: n for n, value in enumerate(names)}
    return np.array([code.get(row[name], -1) for row in rows], dtype=np.int32)


def _is_hard(row: Row, weights: Weights) -> bool:
    asked = (*row["needs"], *row["conditions"])
    return (
        row["party"] >= weights.hard_party
        or row["population"] < weights.hard_population
        or any(name in weights.hard_needs for name in asked)
    )


def _seekers(rows: list[Row], vocabulary: Vocabulary, weights: Weights) -> Seekers:
    code = {name: n for n, name in enumerate(vocabulary.occasions)}
    pointers = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row["occasions"]) for row in rows], out=pointers[1:])
    asked = [(*row["needs"], *row["conditions"]) for row in rows]
    return Seekers(
        ids=[row["id"] for row in rows],
        lat=_column(rows, "lat", np.float64),
        lon=_column(rows, "lon", np.float64),
        party=_column(rows, "party", np.int32),
        radius_km=_column(rows, "radius_km", np.float64),
        occ_ptr=pointers,
        occ=np.array([code.get(o, -1) for row in rows for o in row["occasions"]], dtype=np.int32),
        needs=_masks(asked, vocabulary.conditions, spare=True),
        traits=_masks((row["traits"] for row in rows), vocabulary.traits, spare=False),
        age=_column(rows, "age", np.int32),
        interests=_words(rows, vocabulary.interests),
        interest_count=np.array([len(row["interests"]) for row in rows], dtype=np.int32),
        languages=_masks((row["languages"] for row in rows), vocabulary.languages, spare=False),
        household=_codes(rows, "household", vocabulary.households),
        waiting_days=_column(rows, "waiting_days", np.float64),
        hard=np.array([_is_hard(row, weights) for row in rows], dtype=np.bool_),
        places=[row["place"] for row in rows],
        need_names=asked,
    )


def _hosts(rows: list[Row], vocabulary: Vocabulary) -> Hosts:
    code = {name: n for n, name in enumerate(vocabulary.occasions)}
    slots = [(n, code[o], seats) for n, row in enumerate(rows) for o, seats in row["seats"].items() if seats > 0]
    columns = np.array(slots, dtype=np.int32).reshape(-1, 3)
    return Hosts(
        ids=[row["id"] for row in rows],
        lat=_column(rows, "lat", np.float64),
        lon=_column(rows, "lon", np.float64),
        slot_host=columns[:, 0].copy(),
        slot_occ=columns[:, 1].copy(),
        slot_seats=columns[:, 2].copy(),
        accepts=_masks((row["accepts"] for row in rows), vocabulary.conditions, spare=False),
        requires=_masks((row["requires"] for row in rows), vocabulary.traits, spare=True),
        age_min=np.array([row["ages"][0] for row in rows], dtype=np.int32),
        age_max=np.array([row["ages"][1] for row in rows], dtype=np.int32),
        interests=_words(rows, vocabulary.interests),
        interest_count=np.array([len(row["interests"]) for row in rows], dtype=np.int32),
        languages=_masks((row["languages"] for row in rows), vocabulary.languages, spare=False),
        household=_codes(rows, "household", vocabulary.households),
        places=[row["place"] for row in rows],
    )


def _pairs(
    raw: Row, name: str, rows_of: tuple[dict[Ident, int], dict[Ident, int]], occasions: dict[str, int] | None
) -> list[tuple[int, int, int]]:
    given = raw.get(name, [])
    if not isinstance(given, list):
        raise InstanceError(name, "must be a list")
    return [_pair(f"{name}[{n}]", entry, rows_of, occasions) for n, entry in enumerate(given)]


def _pair(
    place: str, entry: object, rows_of: tuple[dict[Ident, int], dict[Ident, int]], occasions: dict[str, int] | None
) -> tuple[int, int, int]:
    shape = "[seeker, host]" if occasions is None else "[seeker, host, occasion]"
    if not isinstance(entry, list) or len(entry) != (2 if occasions is None else 3):
        raise InstanceError(place, f"must be {shape}")
    found = []
    for side, (kind, known) in enumerate(zip(("seeker", "host"), rows_of, strict=True)):
        row = known.get(_ident(f"{place}[{side}]", entry[side]))
        if row is None:
            raise InstanceError(f"{place}[{side}]", f"there is no {kind} {entry[side]!r}")
        found.append(row)
    if occasions is None:
        return (found[0], found[1], -1)
    if not isinstance(entry[2], str) or entry[2] not in occasions:
        raise InstanceError(f"{place}[2]", f"there is no occasion {entry[2]!r}")
    return (found[0], found[1], occasions[entry[2]])
