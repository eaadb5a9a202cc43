"""Deciding on arrival: `python -m bench.matcher_arrival [--listings N]`, all parameters printed.

Listings of an invented season come over --days days. Every evening `decide` says which pairs are sure; they are fixed.
The rest is decided on the last day. Learnt from another draw with other rates; compared with deciding all at the end.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace

import numpy as np

from bench.matcher import drawn_apart, tell
from bench.matcher_seasons import Season, parameters, scaled, scarce
from zueinander.matching.solver.arrival import Experience, decide, learn
from zueinander.matching.solver.instance import I64, Instance
from zueinander.matching.solver.scoring import score
from zueinander.matching.solver.season import assign
from zueinander.matching.solver.subset import part

Pairs = list[tuple[int, int, int]]


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


def evening(instance: Instance, here: tuple[I64, I64], fixed: Pairs, experience: Experience, margin: float) -> Pairs:
    """What is decided on one evening: rows of the season."""
    seekers, slots = here
    taken = {s for s, _, _ in fixed}
    today, hosts = part(replace(instance, pinned=fixed), seekers, slots)
    sure = decide(today, experience, margin=margin)
    found = [(int(seekers[p.seeker]), int(hosts[p.host]), p.occasion) for p in sure]
    assert not taken & {s for s, _, _ in found}
    return found


def season_by_days(instance: Instance, experience: Experience, margin: float, seed: int, days: int) -> Pairs:
    rng = np.random.default_rng(seed)
    day_of_seeker = rng.integers(0, days, len(instance.seekers))
    day_of_host = rng.integers(0, days, len(instance.hosts))
    fixed: Pairs = []
    for day in range(days - 1):
        here = np.flatnonzero(day_of_seeker <= day), np.flatnonzero(day_of_host[instance.hosts.slot_host] <= day)
        fixed += evening(instance, here, fixed, experience, margin)
    return fixed


def worth(instance: Instance, seekers: I64, hosts: I64, occasions: I64) -> tuple[float, float]:
    """Score alone, and with company and hard-to-place counted."""
    value = float(score(instance, seekers, hosts, occasions).sum())
    w = instance.weights
    return value, value + w.company * len(seekers) + w.hard_to_place * float(instance.seekers.hard[seekers].sum())


def run(name: str, season: Season, seed: int, margins: list[float], days: int) -> None:
    print(json.dumps({"season": name, "learnt from": parameters(shifted(season)), "used on": parameters(season)}))
    experience = learn(drawn_apart(shifted(season), seed + 100, None))
    instance = drawn_apart(season, seed, None)
    end = assign(instance, exact=False)
    best, best_all = worth(instance, end.seeker, end.host, end.occasion)
    for margin in margins:
        fixed = season_by_days(instance, experience, margin, seed, days)
        found = assign(replace(instance, pinned=fixed), exact=False)
        value, value_all = worth(instance, found.seeker, found.host, found.occasion)
        tell(
            season=name, margin=margin, decided_on_arrival=len(fixed) / len(found.seeker), value_share=value / best,
            all_aims_share=value_all / best_all, matched=len(found.seeker), matched_at_end=len(end.seeker),
        )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listings", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--margins", type=float, nargs="+", default=[-0.2, -0.1, 0.0])
    options = parser.parse_args()
    n, more = options.listings, (options.seed, options.margins, options.days)
    run("seats short", scarce(n), *more)
    run("nine hosts for one seeker", scaled(n // 10, n - n // 10), *more)


if __name__ == "__main__":
    main()
