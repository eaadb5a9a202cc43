"""From the documented JSON to columns. Every complaint names its place, as in `hosts[12].seats["12-24"]`."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import orjson

from .columns import host_columns, seeker_columns, vocabulary_of, whole_vocabulary
from .errors import InstanceError
from .fields import HOST_FIELDS, SEEKER_FIELDS, Row, ident, known_fields, one_row, rows_of_kind
from .instance import Hosts, Ident, Instance, Seekers, Vocabulary
from .weights import Weights, parse_weights

_TOP = {"seekers", "hosts", "forbidden", "pinned", "proposed", "weights"}


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
    known_fields("instance", raw, _TOP)
    weights = parse_weights(raw.get("weights", {}))
    seekers = rows_of_kind("seekers", raw.get("seekers", []), SEEKER_FIELDS)
    hosts = rows_of_kind("hosts", raw.get("hosts", []), HOST_FIELDS)
    vocabulary = whole_vocabulary(seekers, hosts) if growing else vocabulary_of(seekers, hosts)
    instance = Instance(
        seekers=seeker_columns(seekers, vocabulary, weights),
        hosts=host_columns(hosts, vocabulary),
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
    checked = one_row("seeker", row, SEEKER_FIELDS)
    return seeker_columns([checked], vocabulary, weights)


def hosts_only(rows: object, weights: object) -> Instance:
    """An instance without seekers whose vocabulary knows every name the hosts use."""
    hosts = rows_of_kind("hosts", rows, HOST_FIELDS)
    vocabulary, settings = whole_vocabulary([], hosts), parse_weights(weights)
    return Instance(seeker_columns([], vocabulary, settings), host_columns(hosts, vocabulary), vocabulary, settings)


def more_hosts(rows: object, instance: Instance) -> Hosts:
    """Further hosts in an instance's vocabulary; occasions that no listing of it names are an error."""
    hosts = rows_of_kind("hosts", rows, HOST_FIELDS)
    for n, row in enumerate(hosts):
        for name in row["seats"]:
            if name not in instance.vocabulary.occasions:
                raise InstanceError(f'hosts[{n}].seats["{name}"]', "nobody asks for this occasion")
    made = host_columns(hosts, instance.vocabulary)
    words = instance.hosts.interests.shape[1]
    made.interests = np.pad(made.interests, ((0, 0), (0, words - made.interests.shape[1])))
    return made


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
        row = known.get(ident(f"{place}[{side}]", entry[side]))
        if row is None:
            raise InstanceError(f"{place}[{side}]", f"there is no {kind} {entry[side]!r}")
        found.append(row)
    if occasions is None:
        return (found[0], found[1], -1)
    if not isinstance(entry[2], str) or entry[2] not in occasions:
        raise InstanceError(f"{place}[2]", f"there is no occasion {entry[2]!r}")
    return (found[0], found[1], occasions[entry[2]])
