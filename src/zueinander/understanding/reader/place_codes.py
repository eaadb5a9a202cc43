"""Postcodes in a text, whole ones and their first digits."""

from __future__ import annotations

import re

from .place_words import AROUND_CODE, CODE, PREFIX, SWISS, XCODE
from .places import Gazetteer, Place

Hit = tuple[int, int, list[Place], bool]
"""Start and end of a name, the places of that name, whether the words around it speak of a place."""
Code = tuple[int, int, list[Place]]
_SAYS_CODE = re.compile(r"\b(?:plz|postleitzahl|raum|aus|in|wohne)[ :]+$")
_ZH = re.compile(r"\b(?:zh|be|sg|tg|gr|bl|vs|zg|sz|kanton|kt)\b")  # short forms of cantons


class Postcodes:
    """Finds the postcodes of a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def find(self, low: str, hits: list[Hit]) -> list[Code]:
        codes: list[Code] = []
        for match in CODE.finditer(low):
            near = [p for h in hits if 0 <= h[0] - match.end() < 4 or 0 <= match.start() - h[1] < 4 for p in h[2]]
            if places := self._code_places(match, near, low):
                codes.append((match.start(2), match.end(2), places))
        for pattern in (PREFIX, XCODE, AROUND_CODE):
            for match in pattern.finditer(low):
                short = pattern is XCODE and len(match[0]) == 4 and len(match[1]) < 3
                place = self._masked(match[1], low) if short else self.gazetteer.postcode(match[1], ("DE",))
                if place and not any(s < match.end(1) and match.start(1) < e for s, e, _ in codes):
                    codes.append((match.start(1), match.end(1), [place]))
        return codes

    def _masked(self, digits: str, low: str) -> Place | None:
        """ "8xxx": four signs are a postcode of Austria or Switzerland."""
        first, then = ("CH", "AT") if SWISS.search(low) or _ZH.search(low) else ("AT", "CH")
        return self.gazetteer.prefixes.get((first, digits)) or self.gazetteer.prefixes.get((then, digits))

    def _code_places(self, match: re.Match[str], near: list[Place], low: str) -> list[Place]:
        code, land = match[2], (match[1] or "").upper()
        if len(code) == 5:
            place = self.gazetteer.postcode(code, ("DE",)) if land in ("", "D") else None
            return [place] if place else []
        lands = {"A": ("AT",), "CH": ("CH",), "D": ()}.get(land, ("AT", "CH", "LI"))
        for place in sorted(near, key=lambda p: -p.population):
            if place.country in lands and place.level == "city":
                known = self.gazetteer.codes.get((place.country, code))
                return [(known or place)._replace(level="postcode", name=place.name)]
        if not (land or _told(match, low)) or (1900 <= int(code) <= 2030 and not land):
            return []
        codes = self.gazetteer.codes
        exact = [p for country in lands if (p := codes.get((country, code)))]
        return exact or [p for country in lands if (p := self.gazetteer.postcode(code, (country,)))]


def _told(match: re.Match[str], low: str) -> bool:
    """Whether the words before four digits say that they are a postcode, or whether the text begins with them alone."""
    start = match.start()
    if _SAYS_CODE.search(low[max(0, start - 16) : start]):
        return True
    return not low[:start].strip() and low[match.end() : match.end() + 1] in (",", ":", "")
