"""Does a hashtag rise beyond expectation? Decided for one hour from the hours before it.

Method: the counts of comparable hours (same hour of the day, give or take one, on each of the fourteen days before: two
of each weekday) give a mean and an overdispersion, as in the surveillance of infectious diseases: Farrington, Andrews,
Beale, Catchpole (1996), doi:10.2307/2983331, with the negative binomial threshold and the down-weighting of earlier
bursts of Noufaily et al. (2013), doi:10.1002/sim.5595. An hour is a rise when so many uses or more would come with a
probability below `ALPHA`. The hours just before are left out: they hide a wave that grows over some hours.
What it finds in recorded series: docs/reach.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean, median

from scipy.stats import nbinom, poisson

ALPHA = 0.0005
"""A false alarm about every 80 days of hourly looks, for one hashtag in one network."""
DAYS = 14
FEWEST = 5
"""Fewer uses in an hour are never a rise."""
HISTORY = 2 * 24
"""Hours of history without which nothing is said: a hashtag that is hours old has no expectation yet."""
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`expected` uses of this hour, and the probability of at least as many as there were, were nothing new."""

    uses: int
    expected: float
    probability: float

    @property
    def rises(self) -> bool:
        return self.uses >= FEWEST and self.uses > self.expected and self.probability < ALPHA


def judge(counts: Mapping[datetime, int], hour: datetime, *, since: datetime) -> Verdict | None:
    """The verdict on `hour`, whose count is in `counts`. Hours since `since` that are missing had no use.

    None while there is too little history to expect anything.
    """
    if hour - since < HISTORY * HOUR:
        return None
    before = _tamed(_comparable(counts, hour, since))
    mean = max(fmean(before), 0.2)
    spread = sum((n - mean) ** 2 for n in before) / max(len(before) - 1, 1)
    uses = counts.get(hour, 0)
    return Verdict(uses, mean, _tail(uses, mean, dispersion=max(1.0, spread / mean)))


def _comparable(counts: Mapping[datetime, int], hour: datetime, since: datetime) -> list[int]:
    """The same time of day on the days before."""
    hours = [hour - HOUR * (24 * day + shift) for day in range(1, DAYS + 1) for shift in (-1, 0, 1)]
    return [counts.get(h, 0) for h in hours if h >= since]


def _tamed(before: Sequence[int]) -> list[float]:
    """Earlier bursts must not hide the next: what lies far over the middle counts as the edge of the usual."""
    middle = median(before)
    edge = middle + 4 * max(median(abs(n - middle) for n in before) * 1.4826, middle**0.5, 1.0)
    return [min(float(n), edge) for n in before]


def _tail(uses: int, mean: float, dispersion: float) -> float:
    """P(X >= uses); variance = dispersion * mean."""
    if dispersion <= 1.0 + 1e-9:
        return float(poisson.sf(uses - 1, mean))
    return float(nbinom.sf(uses - 1, mean / (dispersion - 1), 1 / dispersion))
