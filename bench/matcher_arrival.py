"""Deciding on arrival: `python -m bench.matcher_arrival [--listings N]`, all parameters printed.

Listings of an invented season come over --days days. Every evening `decide` says which pairs are sure; they are fixed.
The rest is decided on the last day. Compared with deciding all at the end.

on arrival: a pair is decided on the evening of the day on which the later of the two came, or on the last day.
any evening: it may be decided on a later evening as well, as at a desk.
other: learnt from another draw with other rates and other towns; so far: from nothing but this season as far as it has
come. --expected is how many are thought to be still to come, 1 for as many as there are.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bench.matcher import cpu, tell
from bench.matcher_seasons import Season, Towns, draw, parameters, scaled, scarce, towns
from zueinander.matching.solver.arrival import decide
from zueinander.matching.solver.experience import Experience, learn
from zueinander.matching.solver.imagined import Outlook
from zueinander.matching.solver.instance import I64, Instance
from zueinander.matching.solver.scoring import score
from zueinander.matching.solver.season import Assignment, assign
from zueinander.matching.solver.subset import part

Pairs = list[tuple[int, int, int]]
OF_EARLIER = 0.7  # the share of those still to come who are drawn from an earlier season, as at the desk


def shifted(season: Season) -> Season:
    """The season learnt from: shorter ways, other needs, fewer hosts than the one it is used for."""
    return replace(
        season,
        hosts={o: round(0.85 * n) for o, n in season.hosts.items()},
        radius_km={10: 0.20, 25: 0.35, 50: 0.30, 100: 0.15},
        party={1: 0.65, 2: 0.20, 3: 0.08, 4: 0.04, 5: 0.02, 6: 0.01},
        needs={"wheelchair": (0.04, 0.12), "allergy": (0.06, 0.35), "dog": (0.08, 0.55), "kids": (0.12, 0.65),
               "smoke_free": (0.25, 0.75)},
    )  # fmt: skip


def other_towns(places: Towns, seed: int) -> Towns:
    """Half of all towns, drawn by lot, count nine times as much as the others, beside their population."""
    chosen = np.random.default_rng(seed).random(len(places.people)) < 0.5
    return replace(places, people=np.where(chosen, places.people * 3, places.people / 3))


@dataclass(frozen=True)
class Course:
    """A season as it comes in: the day of every seeker and of every host, and what earlier ones taught."""

    whole: Instance
    seekers: I64
    hosts: I64
    days: int
    earlier: Experience | None
    at_once: bool
    expected: float

    def evenings(self) -> Iterator[tuple[int, I64, I64]]:
        """All but the last: seekers here, slots here."""
        for day in range(self.days - 1):
            slots = np.flatnonzero(self.hosts[self.whole.hosts.slot_host] <= day)
            yield day, np.flatnonzero(self.seekers <= day), slots

    def outlook(self, day: int, today: Instance) -> Outlook:
        """How many come per day is known, or wrongly believed to be known."""
        rest = self.expected * (self.days - 1 - day) / (day + 1)
        like = [(learn(today), 1.0 - (OF_EARLIER if self.earlier else 0.0))]
        like += [(self.earlier, OF_EARLIER)] if self.earlier else []
        return Outlook(round(len(today.seekers) * rest), round(len(today.hosts) * rest), like)


def decided_early(course: Course, at_most: float) -> Pairs:
    """What is decided before the last day: rows of the season."""
    fixed: Pairs = []
    for day, seekers, slots in course.evenings():
        today, hosts = part(replace(course.whole, pinned=fixed), seekers, slots)
        found = assign(today, exact=False)
        if course.at_once:
            came = np.maximum(course.seekers[seekers[found.seeker]], course.hosts[hosts[found.host]])
            found = only(found, (came == day) & (np.arange(len(came)) >= found.pinned))
        sure = decide(today, course.outlook(day, today), at_most=at_most, proposal=found, seed=day)
        fixed += [(int(seekers[p.seeker]), int(hosts[p.host]), p.occasion) for p in sure]
    assert len({s for s, _, _ in fixed}) == len(fixed)
    return fixed


def only(found: Assignment, rows: np.ndarray) -> Assignment:
    return replace(
        found, seeker=found.seeker[rows], host=found.host[rows], occasion=found.occasion[rows], pinned=0
    )  # fmt: skip


def worth(instance: Instance, found: Assignment) -> tuple[float, float]:
    """Score alone, and with company and hard-to-place counted."""
    value = float(score(instance, found.seeker, found.host, found.occasion).sum())
    w, hard = instance.weights, float(instance.seekers.hard[found.seeker].sum())
    return value, value + w.company * len(found.seeker) + w.hard_to_place * hard


def run(name: str, season: Season, options: argparse.Namespace, at_mosts: Sequence[float]) -> None:
    print(json.dumps({"season": name, "learnt from": parameters(shifted(season)), "used on": parameters(season)}))
    for seed in range(options.seed, options.seed + options.seeds):
        places = towns()
        whole = draw(season, seed, places=places)
        earlier = learn(draw(shifted(season), seed + 100, places=other_towns(places, seed)))
        rng = np.random.default_rng(seed)
        came = [rng.integers(0, options.days, len(side)) for side in (whole.seekers, whole.hosts)]
        at_end = assign(whole, exact=False)
        best, best_all = worth(whole, at_end)
        for learnt, at_once in ((learnt, at_once) for learnt in ("other", "so far") for at_once in (True, False)):
            course = Course(
                whole, came[0], came[1], options.days, earlier if learnt == "other" else None, at_once, options.expected
            )
            for at_most in at_mosts:
                start = cpu()
                fixed = decided_early(course, at_most)
                seconds = cpu() - start
                found = assign(replace(whole, pinned=fixed), exact=False)
                value, value_all = worth(whole, found)
                tell(
                    season=name, seed=seed, learnt=learnt, when="on arrival" if at_once else "any evening",
                    at_most=at_most, decided_early=round(len(fixed) / len(found.seeker), 3),
                    value_share=round(value / best, 4), all_aims_share=round(value_all / best_all, 4),
                    matched=len(found.seeker), matched_at_end=len(at_end.seeker), cpu_s=round(seconds, 1),
                )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listings", type=int, default=6_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--days", type=int, default=10)
    parser.add_argument("--expected", type=float, default=1.0)
    parser.add_argument("--at-most", type=float, nargs="+", default=[0.01, 0.04])
    options = parser.parse_args()
    n = options.listings
    run("seats short", scarce(n), options, options.at_most)
    run("nine hosts for one seeker", scaled(n // 10, n - n // 10), options, options.at_most)


if __name__ == "__main__":
    main()
