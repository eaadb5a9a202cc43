"""What would help: more kilometres, more hosts in a town, other weights. How many more would find company?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .instance import Ident, Instance
from .parse import more_hosts
from .scoring import score
from .season import Assignment, assign
from .subset import all_hosts
from .weights import Weights


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A season as it is and as it would be. `gained` and `lost` are seekers who would have, or lose, company."""

    matched_before: int
    matched_after: int
    value_before: float
    value_after: float
    hard_before: int
    hard_after: int
    gained: list[Ident]
    lost: list[Ident]

    @property
    def more(self) -> int:
        """How many more seekers would have company."""
        return self.matched_after - self.matched_before


def whatif(
    instance: Instance,
    *,
    extra_km: float = 0.0,
    hosts: list[dict[str, Any]] | None = None,
    copies: int = 1,
    weights: Weights | None = None,
    before: Assignment | None = None,
    seed: int = 0,
) -> WhatIf:
    """Solve the season again with everybody travelling `extra_km` more, with `copies` of each of `hosts` added (as in
    an instance file), or with other weights, all together. `before` spares solving it as it is.

    The value is told in today's weights, so that both can be compared. Raises InstanceError for a bad host.
    """
    now = assign(instance, seed=seed) if before is None else before
    changed = replace(
        instance,
        weights=weights or instance.weights,
        seekers=replace(instance.seekers, radius_km=instance.seekers.radius_km + extra_km),
    )
    if hosts:
        found = [{**host, "id": f"{host.get('id', 'new')} {n}"} for n in range(copies) for host in hosts]
        changed = replace(changed, hosts=all_hosts(instance.hosts, more_hosts(found, instance)))
    then = assign(changed, seed=seed)
    same_scale = replace(changed, weights=instance.weights)
    hard, ids = instance.seekers.hard, instance.seekers.ids
    return WhatIf(
        matched_before=len(now.seeker),
        matched_after=len(then.seeker),
        value_before=float(score(instance, now.seeker, now.host, now.occasion).sum()),
        value_after=float(score(same_scale, then.seeker, then.host, then.occasion).sum()),
        hard_before=int(hard[now.seeker].sum()),
        hard_after=int(hard[then.seeker].sum()),
        gained=[ids[int(row)] for row in np.setdiff1d(then.seeker, now.seeker)],
        lost=[ids[int(row)] for row in np.setdiff1d(now.seeker, then.seeker)],
    )
