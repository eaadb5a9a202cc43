"""The proposal as it is handed on: pairs with reasons, honest reasons for those without, and the certificate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

import orjson

from .instance import Ident

Language = Literal["de", "en"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A seeker and a host put together for one occasion. `score` is the sum of `terms`."""

    seeker: Ident
    host: Ident
    occasion: str
    score: float
    terms: dict[str, float]
    reasons: list[str]

    def as_json(self) -> dict[str, Any]:
        return {
            "seeker": self.seeker,
            "host": self.host,
            "occasion": self.occasion,
            "score": self.score,
            "terms": self.terms,
            "reasons": self.reasons,
        }


@dataclass(frozen=True, slots=True)
class Nearest:
    """The table that comes closest to fitting without doing so; `misses` names the hard rules it breaks."""

    host: Ident
    occasion: str
    km: float
    misses: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {"host": self.host, "occasion": self.occasion, "km": self.km, "misses": list(self.misses)}


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A seeker without company; `code` is the reason for programs, `reason` the sentence for people."""

    seeker: Ident
    code: str
    reason: str
    nearest: Nearest | None

    def as_json(self) -> dict[str, Any]:
        near = None if self.nearest is None else self.nearest.as_json()
        return {"seeker": self.seeker, "code": self.code, "reason": self.reason, "nearest": near}


@dataclass(frozen=True, slots=True)
class Bonus:
    """What it brings and costs to serve the hard to place first: the season solved with that weight and without it.

    Both are fresh proposals, pending ones left aside. `hard_*`: hard-to-place seekers with company, `matched_*`: all.
    """

    weight: float
    hard_with: int
    hard_without: int
    matched_with: int
    matched_without: int
    value_with: float
    value_without: float

    @property
    def price(self) -> float:
        """Share of the value given up. Large seasons are solved to within `gap`; then it may fall just below 0."""
        return (self.value_without - self.value_with) / self.value_without if self.value_without > 0 else 0.0

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "price": self.price}


def summed(weight: float, bonuses: Iterable[Bonus]) -> Bonus:
    """Of regions, for all of them together."""
    rows, names = list(bonuses), [one.name for one in fields(Bonus) if one.name != "weight"]
    return Bonus(weight, *(sum(getattr(row, name) for row in rows) for name in names))


@dataclass(slots=True)
class Result:
    """One season's proposal. `gap` is the share of `value_bound` that is not proven to be out of reach.

    `matched_bound` and `value_bound` hold for every assignment that keeps all rules and pins (value: among those that
    place as many seekers, and as many hard-to-place ones, as this one).
    """

    pairs: list[Pair]
    unmatched: list[Unmatched]
    matched_bound: int
    matched: int
    value: float
    value_bound: float
    gap: float
    proof: str
    hard_to_place: dict[str, float] = field(default_factory=dict)
    bonus: Bonus | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "pairs": [pair.as_json() for pair in self.pairs],
            "unmatched": [seeker.as_json() for seeker in self.unmatched],
            "matched_bound": self.matched_bound,
            "matched": self.matched,
            "value": self.value,
            "value_bound": self.value_bound,
            "gap": self.gap,
            "proof": self.proof,
            "hard_to_place": self.hard_to_place,
            "bonus": None if self.bonus is None else self.bonus.as_json(),
        }

    def to_bytes(self) -> bytes:
        return orjson.dumps(self.as_json(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)

    def write(self, path: Path) -> None:
        path.write_bytes(self.to_bytes())
