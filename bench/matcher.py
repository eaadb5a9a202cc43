"""Measure the matcher: `python -m bench.matcher NAME`, CPU seconds of one process, all parameters printed.

season2019, large, parties, pairs: a season run with its certificate (parties and pairs take --listings).
baselines: greedy (also the stable matching, as both sides rank by score) and first come, first served, on 2019.
hard: hard-to-place seekers in a season with too few seats. candidates: one listing among many. running: arrivals.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from typing import Any

import numpy as np

from bench.matcher_seasons import Season, draw, pairs, parameters, scaled, scarce, season_2019
from zueinander.matching.solver import Running, Weights
from zueinander.matching.solver.candidates import Index
from zueinander.matching.solver.instance import I64, Instance
from zueinander.matching.solver.kernels.search import ranked
from zueinander.matching.solver.problem import Problem, open_market, prepare
from zueinander.matching.solver.scoring import score
from zueinander.matching.solver.season import EPSILON, Assignment, assign

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


def run(name: str, season: Season, seed: int, weights: Weights | None = None, epsilon: float = EPSILON) -> None:
    print(json.dumps({"season": name, "seed": seed, **parameters(season)}), flush=True)
    instance = drawn_apart(season, seed, weights)
    start = cpu()
    found = assign(instance, exact=False, epsilon=epsilon)
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


def lists(problem: Problem, k: int) -> list[tuple[int, I64]]:
    market = open_market(problem, candidates=1)
    return [
        (
            int(i),
            ranked(int(i), k, problem.seeking, problem.slots, problem.tree, market, problem.terms)[0].astype(np.int64),
        )
        for i in problem.open
    ]


def first_come(problem: Problem, order: list[tuple[int, I64]]) -> list[tuple[int, int]]:
    """Everybody in turn gets the best table that still has seats."""
    left, out = problem.seats.copy(), []
    for i, slots in order:
        size = problem.seeking.party[i]
        j = next((int(j) for j in slots if left[j] >= size), -1)
        if j >= 0:
            left[j] -= size
            out.append((i, j))
    return out


def greedy(problem: Problem, order: list[tuple[int, I64]]) -> list[tuple[int, int]]:
    """The best pair of all first, then the best of what is left: also the stable matching of this score."""
    who = np.concatenate([np.full(len(slots), i) for i, slots in order])
    slot = np.concatenate([slots for _, slots in order])
    host, occ = problem.slots.host[slot].astype(np.int64), problem.slots.occ[slot].astype(np.int64)
    left, placed = problem.seats.copy(), dict[int, int]()
    for e in np.argsort(-score(problem.instance, who, host, occ), kind="stable"):
        i, j = int(who[e]), int(slot[e])
        if i not in placed and left[j] >= problem.seeking.party[i]:
            placed[i] = j
            left[j] -= problem.seeking.party[i]
    return list(placed.items())


def baselines(season: Season, seed: int) -> None:
    print(json.dumps({"seed": seed, **parameters(season)}))
    instance = draw(season, seed)
    problem = prepare(instance)
    ours = assign(instance, exact=False)
    order = lists(problem, 400)
    rng = np.random.default_rng(seed)
    queue = [order[n] for n in rng.permutation(len(order))]
    with_host = sum(len(slots) > 0 for _, slots in order)
    rows = {"first come": first_come(problem, queue), "greedy = stable": greedy(problem, order)}
    for name, made in rows.items():
        i, j = (np.array(column, dtype=np.int64) for column in zip(*made, strict=True))
        host, occ = problem.slots.host[j].astype(np.int64), problem.slots.occ[j].astype(np.int64)
        value = float(score(instance, i, host, occ).sum())
        tell(rule=name, matched=len(made), alone_though_possible=with_host - len(made), value=value)
    tell(
        rule="this matcher", matched=len(ours.seeker), alone_though_possible=with_host - len(ours.seeker),
        value=value_of(instance, ours), matched_bound=ours.certificate.matched,
    )  # fmt: skip


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
    s, names = instance.seekers, instance.vocabulary
    times = []
    for i in range(len(s)):
        row = {
            "id": i, "lat": s.lat[i].item(), "lon": s.lon[i].item(), "party": s.party[i].item(),
            "radius_km": s.radius_km[i].item(), "age": s.age[i].item(), "waiting_days": s.waiting_days[i].item(),
            "occasions": [names.occasions[o] for o in s.occ[s.occ_ptr[i] : s.occ_ptr[i + 1]]],
            "needs": [name for b, name in enumerate(names.conditions) if int(s.needs[i]) >> b & 1],
            "interests": [name for b, name in enumerate(names.interests) if int(s.interests[i, 0]) >> b & 1],
        }  # fmt: skip
        start = cpu()
        index.candidates(row, 20)
        times.append(1000 * (cpu() - start))
    p50, p95, p99 = np.percentile(times[50:], [50, 95, 99])
    tell(hosts=hosts, built_s=built, p50_ms=p50, p95_ms=p95, p99_ms=p99, worst_ms=max(times[50:]))


def running(season: Season, seed: int, arrivals: int = 1000) -> None:
    """The last seekers arrive one by one; the end is compared with a fresh run over all."""
    instance = draw(season, seed)
    fresh = assign(instance, exact=False)
    s, names = instance.seekers, instance.vocabulary
    first = len(s) - arrivals
    from zueinander.matching.solver.subset import take_seekers

    live = Running(replace(instance, seekers=take_seekers(s, np.arange(first))), spare=arrivals + 10)
    times = []
    for i in range(first, len(s)):
        row = {
            "id": f"new{i}", "lat": s.lat[i].item(), "lon": s.lon[i].item(), "party": s.party[i].item(),
            "radius_km": s.radius_km[i].item(), "age": s.age[i].item(), "waiting_days": s.waiting_days[i].item(),
            "occasions": [names.occasions[o] for o in s.occ[s.occ_ptr[i] : s.occ_ptr[i + 1]]],
            "needs": [name for b, name in enumerate(names.conditions) if int(s.needs[i]) >> b & 1],
            "interests": [name for b, name in enumerate(names.interests) if int(s.interests[i, 0]) >> b & 1],
            "languages": [name for b, name in enumerate(names.languages) if int(s.languages[i]) >> b & 1],
            "household": names.households[s.household[i]] if s.household[i] >= 0 else None,
        }  # fmt: skip
        start = cpu()
        live.arrive(row)
        times.append(1000 * (cpu() - start))
    rows = np.array(live.rows(), dtype=np.int64)
    value = float(score(live.instance, rows[:, 0], rows[:, 1], rows[:, 2]).sum())
    p50, p99 = np.percentile(times[20:], [50, 99])
    tell(
        arrivals=arrivals, p50_ms=p50, p99_ms=p99, mean_ms=float(np.mean(times[20:])), matched=len(rows),
        matched_fresh=len(fresh.seeker), value_share=value / value_of(instance, fresh),
    )  # fmt: skip


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = ["season2019", "large", "parties", "pairs", "baselines", "hard", "candidates", "running"]
    parser.add_argument("name", choices=names)
    parser.add_argument("--listings", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epsilon", type=float, default=EPSILON)
    options = parser.parse_args(argv)
    assign(drawn_apart(scaled(300, 2000), 0, None), exact=False)
    n, seed, epsilon = options.listings, options.seed, options.epsilon
    {
        "season2019": lambda: run("2019", season_2019(), seed, epsilon=epsilon),
        "large": lambda: run("100k x 365k", scaled(100_000, 365_000), seed, epsilon=epsilon),
        "parties": lambda: run(f"{n} with parties", scarce(n), seed, epsilon=epsilon),
        "pairs": lambda: run(f"{n} one to one", pairs(n), seed, PAIR_WEIGHTS, epsilon=epsilon),
        "baselines": lambda: baselines(season_2019(), seed),
        "hard": lambda: hard(scarce(min(n, 30_000)), seed),
        "candidates": lambda: candidates(n, seed),
        "running": lambda: running(season_2019(), seed),
    }[options.name]()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
