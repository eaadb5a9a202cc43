"""Measure the matcher: `python -m bench.matcher NAME`, CPU seconds of one process, all parameters printed.

season2019, large, parties, pairs: a season run with its certificate (parties and pairs take --listings).
baselines: the stable matching (also the greedy one, as both sides rank by score) and first come, first served, on 2019,
on 100,000 seekers with 365,000 hosts and on a season with seats short (--listings).
hard: hard-to-place seekers in a season with too few seats. candidates: one listing among many.
running: arrivals, changes, farewells.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from typing import Any

import numpy as np

from bench.matcher_rules import first_come, stable
from bench.matcher_seasons import Season, draw, pairs, parameters, scaled, scarce, season_2019
from zueinander.matching.solver import Running, Weights
from zueinander.matching.solver.candidates import Index
from zueinander.matching.solver.instance import Instance
from zueinander.matching.solver.kernels.lists import cheapest
from zueinander.matching.solver.kernels.search import ranked
from zueinander.matching.solver.problem import open_market, prepare
from zueinander.matching.solver.rounds import GAP, lay_open
from zueinander.matching.solver.scoring import score
from zueinander.matching.solver.season import EPSILON, Assignment, assign
from zueinander.matching.solver.subset import part, take_seekers

PAIR_WEIGHTS = Weights(
    closeness=0.55, closeness_km=15, interests=0.45, preference=0, waiting=0, languages=0, household=0,
    company=0, hard_to_place=0, detour_factor=1.0,
)  # fmt: skip


def cpu() -> float:
    return time.process_time()


def tell(**values: Any) -> None:
    values["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(values, default=float), flush=True)


def value_of(instance: Instance, found: Assignment) -> float:
    return float(score(instance, found.seeker, found.host, found.occasion).sum())


def run(name: str, season: Season, options: argparse.Namespace, weights: Weights | None = None) -> None:
    seed, limits = options.seed, {"epsilon": options.epsilon, "gap": options.gap}
    print(json.dumps({"season": name, "seed": seed, **limits, **parameters(season)}), flush=True)
    instance = drawn_apart(season, seed, weights)
    start = cpu()
    found = assign(instance, exact=False, **limits)
    seconds = cpu() - start
    value, limit = value_of(instance, found), found.certificate
    aims = instance.weights.company * len(found.seeker)
    aims += instance.weights.hard_to_place * float(instance.seekers.hard[found.seeker].sum())
    tell(
        season=name, matched=len(found.seeker), matched_bound=limit.matched,
        matched_share=len(found.seeker) / max(1, limit.matched), value=value, value_bound=limit.value,
        value_gap=1 - value / limit.value, all_aims_share=(value + aims) / (limit.value + aims), cpu_s=seconds,
    )  # fmt: skip


def drawn_apart(season: Season, seed: int, weights: Weights | None) -> Instance:
    """Draw in another process, so that the memory the gazetteer takes is not counted."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(draw, season, seed, weights=weights).result()


def baselines(name: str, season: Season, options: argparse.Namespace) -> None:
    """Whom other rules leave alone. They go by the score alone, as people do; pairs are those of one season."""
    print(json.dumps({"season": name, "seed": options.seed, **parameters(season)}), flush=True)
    instance = drawn_apart(season, options.seed, None)
    start = cpu()
    found = assign(instance, exact=False, epsilon=options.epsilon, gap=options.gap)
    ours = {"matched": len(found.seeker), "value": value_of(instance, found), "cpu_s": cpu() - start}
    problem = prepare(replace(instance, weights=replace(instance.weights, company=0.0, hard_to_place=0.0)))
    sweep = lay_open(problem, options.seed)
    least = cheapest(sweep.walk, problem.seeking, problem.slots, sweep.blocks, problem.terms)
    possible = int((least == 0).sum())
    tell(rule="this matcher", alone_though_possible=possible - len(found.seeker), **ours)
    queue = np.random.default_rng(options.seed).permutation(problem.open)
    rules = {"first come": partial(first_come, problem, queue), "stable": partial(stable, problem)}
    for rule, made in rules.items():
        start = cpu()
        at = made()
        i = np.flatnonzero(at >= 0)
        host, occ = problem.slots.host[at[i]].astype(np.int64), problem.slots.occ[at[i]].astype(np.int64)
        value, seconds = float(score(instance, i, host, occ).sum()), cpu() - start
        tell(rule=rule, alone_though_possible=possible - len(i), matched=len(i), value=value, cpu_s=seconds)


def compare(options: argparse.Namespace) -> None:
    baselines("2019", season_2019(), options)
    baselines("100k x 365k", scaled(100_000, 365_000), options)
    baselines(f"{options.listings} with parties, seats short", scarce(options.listings), options)


def hard(season: Season, seed: int) -> None:
    """The bonus for the hard to place: what it brings and what it costs."""
    print(json.dumps({"seed": seed, **parameters(season)}))
    base = draw(season, seed)
    problem = prepare(base)
    market = open_market(problem, candidates=1)
    can = [
        int(i) for i in problem.open
        if len(ranked(int(i), 1, problem.seeking, problem.slots, problem.tree, market, problem.terms)[0])
    ]  # fmt: skip
    feasible = np.zeros(len(base.seekers), dtype=np.bool_)
    feasible[can] = True
    plain = 0.0
    for bonus in (0.0, 0.25, 0.5, 1.0, 2.0):
        instance = replace(base, weights=replace(base.weights, hard_to_place=bonus))
        found = assign(instance, exact=False)
        value = value_of(instance, found)
        plain = plain or value
        wanted = base.seekers.hard & feasible
        rate = base.seekers.hard[found.seeker].sum() / wanted.sum()
        tell(bonus=bonus, matched=len(found.seeker), hard_rate=rate, value=value, value_cost=1 - value / plain)


def candidates(hosts: int, seed: int) -> None:
    season = replace(scaled(2000, hosts))
    instance = draw(season, seed)
    start = cpu()
    index = Index(instance)
    built = cpu() - start
    times = []
    for i in range(len(instance.seekers)):
        row = as_json(instance, i)
        start = cpu()
        index.candidates(row, 20)
        times.append(1000 * (cpu() - start))
    p50, p95, p99 = np.percentile(times[50:], [50, 95, 99])
    tell(hosts=hosts, built_s=built, p50_ms=p50, p95_ms=p95, p99_ms=p99, worst_ms=max(times[50:]))


def as_json(instance: Instance, i: int, **other: Any) -> dict[str, Any]:
    """A seeker as in an instance file."""
    s, names = instance.seekers, instance.vocabulary
    return {
        "id": i, "lat": s.lat[i].item(), "lon": s.lon[i].item(), "party": s.party[i].item(),
        "radius_km": s.radius_km[i].item(), "age": s.age[i].item(), "waiting_days": s.waiting_days[i].item(),
        "occasions": [names.occasions[o] for o in s.occ[s.occ_ptr[i] : s.occ_ptr[i + 1]]],
        "needs": [name for b, name in enumerate(names.conditions) if int(s.needs[i]) >> b & 1],
        "interests": [name for b, name in enumerate(names.interests) if int(s.interests[i, 0]) >> b & 1],
        "languages": [name for b, name in enumerate(names.languages) if int(s.languages[i]) >> b & 1],
        "household": names.households[s.household[i]] if s.household[i] >= 0 else None, **other,
    }  # fmt: skip


def running(season: Season, seed: int, each: int = 1000) -> None:
    """Seekers arrive, wish otherwise, leave; hosts leave. After each kind the state is compared with a fresh run."""
    print(json.dumps({"seed": seed, "each": each, **parameters(season)}))
    instance, rng = draw(season, seed), np.random.default_rng(seed)
    n = len(instance.seekers)
    first = n - each
    live = Running(replace(instance, seekers=take_seekers(instance.seekers, np.arange(first))), spare=2 * each + 10)
    here, hosts = list(range(n)), set(range(len(instance.hosts)))
    rows = {i: as_json(instance, i) for i in range(n)}
    step(live, "arrive", [rows[i] for i in range(first, n)], live.arrive, hosts)
    changed = [int(i) for i in rng.choice(n, each, replace=False)]
    new = [{**rows[i], "radius_km": float(rng.choice([10, 25, 50, 100])), "party": rng.integers(1, 4).item()}
           for i in changed]  # fmt: skip
    step(live, "change", new, live.change, hosts)
    step(live, "seekers leave", [int(i) for i in rng.choice(here, each, replace=False)], live.leave, hosts)
    used = sorted({int(h) for _, h, _ in live.rows()})
    gone = [int(h) for h in rng.choice(used, min(each, len(used)) // 2, replace=False)]
    step(live, "hosts with guests leave", gone, live.leave_host, hosts, gone)


def both_running(listings: int, seed: int) -> None:
    for season in (season_2019(), scarce(min(listings, 18_000))):
        running(season, seed)


def step(
    live: Running, kind: str, what: list[Any], do: Callable[[Any], Any], hosts: set[int], gone: Iterable[int] = ()
) -> None:
    """Do it to each of `what`, then compare with a fresh run over the listings that are left."""
    times = []
    for one in what:
        start = cpu()
        do(one)
        times.append(1000 * (cpu() - start))
    hosts.difference_update(gone)
    slots = np.flatnonzero(np.isin(live.instance.hosts.slot_host, sorted(hosts)))
    now, _ = part(live.instance, live.open_rows(), slots)
    fresh = assign(now, exact=False)
    rows = np.array(live.rows(), dtype=np.int64)
    value = float(score(live.instance, rows[:, 0], rows[:, 1], rows[:, 2]).sum())
    p50, p99 = np.percentile(times[20:], [50, 99])
    tell(
        kind=kind, times=len(what), p50_ms=p50, p99_ms=p99, worst_ms=max(times[20:]), matched=len(rows),
        matched_fresh=len(fresh.seeker), value_share=value / value_of(now, fresh),
    )  # fmt: skip


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = ["season2019", "large", "parties", "pairs", "baselines", "hard", "candidates", "running"]
    parser.add_argument("name", choices=names)
    parser.add_argument("--listings", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epsilon", type=float, default=EPSILON)
    parser.add_argument("--gap", type=float, default=GAP)
    options = parser.parse_args(argv)
    assign(drawn_apart(scaled(300, 2000), 0, None), exact=False)
    n, seed = options.listings, options.seed
    {
        "season2019": lambda: run("2019", season_2019(), options),
        "large": lambda: run("100k x 365k", scaled(100_000, 365_000), options),
        "parties": lambda: run(f"{n} with parties", scarce(n), options),
        "pairs": lambda: run(f"{n} one to one", pairs(n), options, PAIR_WEIGHTS),
        "baselines": lambda: compare(options),
        "hard": lambda: hard(scarce(min(n, 30_000)), seed),
        "candidates": lambda: candidates(n, seed),
        "running": lambda: both_running(n, seed),
    }[options.name]()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
