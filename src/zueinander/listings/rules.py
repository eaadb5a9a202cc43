"""From what was understood to a listing's fields. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MAX_PARTY = 12
CONDITIONS = ("dog", "kids", "wheelchair", "non-smoker", "vegetarian", "alcohol-free")
"""What can be hard: seekers need it, hosts accept it. The questions ask for exactly these."""
_SAME = {"no-stairs": "wheelchair", "vegan": "vegetarian"}
INTERESTS = frozenset(
    ("boardgames", "games", "cards", "rpg", "food", "baking", "music", "crafts", "walks", "sport",
     "films", "books", "nature", "talk", "faith", "quiet")
)  # fmt: skip
_OCCASION_DAYS = {"christmas-days": ("12-25", "12-26")}
_BARE_DAY = re.compile(r"\D{0,12}?(\d{1,2})\.?", re.IGNORECASE)
_MENTION = re.compile(r"(?<![\w.])@[\w.-]+(?:@[\w.-]+)?|[#＃]\w+|https?://\S+")
_DOGS = re.compile(r"\b(?:hunde[ns]?|dogs)\b", re.IGNORECASE)
_NO_DOGS = re.compile(r"\b(?:keine|ohne|no|leider nicht für) (?:hunde|dogs)\b", re.IGNORECASE)
_LINK_WANTED = re.compile(r"\blink\b|\bmeine seite\b|\bzugang\b")


@dataclass(frozen=True, slots=True)
class Draft:
    """A listing as far as it was understood. `dates`: occasion ids with seats; coordinates rounded to two decimals."""

    side: str
    place: str
    country: str
    lat: float | None
    lon: float | None
    party: int
    needs: tuple[str, ...]
    accepts: tuple[str, ...]
    interests: tuple[str, ...]
    languages: tuple[str, ...]
    household_wish: str
    dates: tuple[tuple[int, int], ...]


def sides(intent: str) -> tuple[str, ...]:
    return {"seek": ("seek",), "offer": ("offer",), "both": ("seek", "offer")}.get(intent, ())


def draft(found: Mapping[str, Any], side: str, occasions: Sequence[tuple[int, str]], text: str = "") -> Draft:
    """`occasions`: id and "MM-DD" of the campaign's dates."""
    spot = best_place(found.get("places") or ())
    said = [_SAME.get(tag, tag) for tag in found.get("needs") or ()]
    if side == "offer" and _DOGS.search(text) and not _NO_DOGS.search(text):
        said.append("dog")
    hard = tuple(dict.fromkeys(tag for tag in said if tag in CONDITIONS))
    seats = found.get("seats") if side == "offer" else found.get("people")
    party = min(MAX_PARTY, max(1, seats or found.get("people") or 1))
    return Draft(
        side=side,
        place=str(spot.get("name", ""))[:120],
        country=str(spot.get("country", ""))[:2],
        lat=coarse(spot.get("lat")),
        lon=coarse(spot.get("lon")),
        party=party,
        needs=hard if side == "seek" else (),
        accepts=hard if side == "offer" else (),
        interests=tuple(tag for tag in said if tag in INTERESTS),
        languages=tuple(tag.partition(":")[2][:5] for tag in said if tag.startswith("language:")),
        household_wish="women" if "women" in said else "",
        dates=tuple((key, party) for key in days(found.get("when") or (), occasions)),
    )


def coarse(degrees: float | None) -> float | None:
    """Two decimals, about a kilometre: where a town is, not where somebody lives."""
    return None if degrees is None else round(float(degrees), 2)


def best_place(places: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Where the person is or where it happens, rather than a place only mentioned; with coordinates before without."""
    rank = {"here": 0, "event": 1}
    ordered = sorted(places, key=lambda p: (p.get("lat") is None, rank.get(p.get("role", "here"), 2)))
    return ordered[0] if ordered else {}


def days(when: Iterable[Mapping[str, Any]], occasions: Sequence[tuple[int, str]]) -> list[int]:
    """Ids of the campaign's occasions that were spoken of, in the order of speaking."""
    ids = {key: pk for pk, key in occasions}
    spoken: list[str] = []
    for said in when:
        spoken += _OCCASION_DAYS.get(said.get("occasion") or "", ())
        bare = _BARE_DAY.fullmatch(str(said.get("text", "")).strip())
        if bare:  # "am 24." names no month: in a season it is the campaign's day of that number
            spoken += [key for _, key in occasions if int(key[-2:]) == int(bare[1])]
        elif said.get("date"):
            spoken.append(str(said["date"])[-5:])
    return list(dict.fromkeys(ids[key] for key in spoken if key in ids))


def shown(text: str, contacts: Iterable[Mapping[str, Any]]) -> str:
    """The text as another person may read it: without phone, address and the like, without mentions and hashtags."""
    for contact in sorted(contacts, key=lambda c: -int(c["start"])):
        mark = "" if contact.get("kind") == "handle" else "…"
        text = f"{text[: contact['start']]}{mark}{text[contact['end'] :]}"
    return re.sub(r"[ \t]{2,}", " ", _MENTION.sub("", text)).strip()


def asks_for_link(text: str) -> bool:
    """Whether a short message asks for the personal link again."""
    return len(text.split()) <= 25 and bool(_LINK_WANTED.search(text.casefold()))


def wants_a_reply(basis: str, intent: str) -> bool:
    """Whether a text that is no wish needs a human: all that was said to us, but no spam, no public thanks."""
    if basis in ("direct", "form", "pasted", "reply"):
        return intent != "spam"
    return basis == "mention" and intent in ("other", "crisis")
