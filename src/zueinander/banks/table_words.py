"""The vocabulary of column names and the profiles of known banks, loaded once from their data files."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from zueinander.banks.model import Status
from zueinander.banks.table import DateForm, Fee, key
from zueinander.banks.table_values import CODES

_CURRENCY_IN_NAME = re.compile(r"[\s_(\[/]+(?:in\s+)?([A-Z]{3}|€|£|\$|¤)[\s)\]]*$")


@dataclass(frozen=True, slots=True)
class Profile:
    """A known bank's table; see profiles.toml."""

    name: str
    header: frozenset[str]
    decimal: str
    dates: DateForm | Literal[""]
    fee: Fee
    columns: dict[str, str]


def named_currency(name: str) -> str:
    """The currency a column name carries ("Betrag (EUR)", "Umsatz in EUR"), or ""."""
    found = _CURRENCY_IN_NAME.search(name) if len(name) <= 80 else None
    if not found:
        return ""
    code = {"€": "EUR", "£": "GBP"}.get(found[1], found[1])
    return code if code in CODES else ""


def bare(name: str) -> str:
    """The key of a column name without the currency in it."""
    return key(_CURRENCY_IN_NAME.sub("", name) if named_currency(name) or "¤" in name else name)


@cache
def roles() -> dict[str, list[tuple[str, int]]]:
    """Key of a column name to every role it can play, each with its rank (0 is the role's best name)."""
    found: dict[str, list[tuple[str, int]]] = {}
    for role, names in _vocabulary()["columns"].items():
        for rank, name in enumerate(names):
            known = found.setdefault(bare(name), [])
            if role not in [other for other, _ in known]:
                known.append((role, rank))
    return found


@cache
def sign_words() -> dict[str, int]:
    """Casefolded words of a sign column to 1 (came in) or -1."""
    words = _vocabulary()["signs"]
    return {word.casefold(): sign for name, sign in (("credit", 1), ("debit", -1)) for word in words[name]}


@cache
def status_words() -> dict[str, Status]:
    """Casefolded words of a status column to the entry status."""
    return {word.casefold(): cast(Status, code) for code, words in _vocabulary()["statuses"].items() for word in words}


@cache
def row_words(kind: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _vocabulary()["rows"][kind])


@cache
def profiles() -> tuple[Profile, ...]:
    """All known banks, the most demanding header first."""
    loaded = tomllib.loads(_data("profiles.toml"))["profile"]
    made = [
        Profile(
            name=one["name"],
            header=frozenset(key(name) for name in one["header"]),
            decimal=one.get("decimal", ""),
            dates=one.get("dates", ""),
            fee=one.get("fee", ""),
            columns={role: key(name) for role, name in one.get("columns", {}).items()},
        )
        for one in loaded
    ]
    return tuple(sorted(made, key=lambda profile: -len(profile.header)))


@cache
def _vocabulary() -> dict[str, dict[str, list[str]]]:
    return cast(dict[str, dict[str, list[str]]], tomllib.loads(_data("vocabulary.toml")))


def _data(name: str) -> str:
    return files("zueinander.banks").joinpath(name).read_text(encoding="utf-8")
