"""How many people were reached: never one number, always a range with the method beside it.

Views are not people: the same person sees several posts. From below, the most that any one post was seen; from above,
all views added up, as if nobody had seen two. In between, as if each person saw each post by chance and independently:
with `public` people who use these networks, of whom post i reaches v_i, public * (1 - prod(1 - v_i / public)) are
reached at least once (the formula of Sainsbury for the reach of several media).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import expm1, log1p


@dataclass(frozen=True, slots=True)
class Reached:
    """People reached at least once: surely `least`, at most `most`, and `likely` if posts are seen independently."""

    least: int
    likely: int
    most: int


def reached(views: Iterable[int], *, public: int) -> Reached:
    """`views` of each post; `public`: how many people could have seen them at all (more than any post was seen)."""
    seen = sorted((v for v in views if v > 0), reverse=True)
    if not seen:
        return Reached(0, 0, 0)
    if public < seen[0]:
        raise ValueError(f"A post was seen {seen[0]} times, by more than the {public} people there are.")
    most = min(sum(seen), public)
    if seen[0] == public:
        return Reached(public, public, public)
    likely = -public * expm1(sum(log1p(-v / public) for v in seen))
    return Reached(seen[0], min(most, round(likely)), most)
