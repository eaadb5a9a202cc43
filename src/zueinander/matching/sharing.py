"""A large season in parts: regions that cannot affect each other are rows that any worker takes, solves and puts back.

A part is held by the lock on its row: a worker that dies lets go of it, and any other takes it up again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from zueinander.campaigns.models import Campaign
from zueinander.listings.models import Side as Direction
from zueinander.matching import actions, experience, solving
from zueinander.matching.models import SOLVING, RunPart, SharedRun, Solving
from zueinander.matching.queries import matchable, waiting_seekers
from zueinander.matching.seen import seen_by
from zueinander.matching.solver import Instance, from_json
from zueinander.matching.solver.certificate import Certificate
from zueinander.matching.solver.problem import prepare
from zueinander.matching.solver.regions import assign_apart, split
from zueinander.matching.solver.result import Bonus, summed
from zueinander.matching.solver.season import describe, seat_again
from zueinander.shared.nudge import nudge

SOLVE = "matching.solve_part"  # name of the task
LARGE = 20_000  # listings; a season with more is solved in parts
BUNDLE, MOST_BUNDLES = 5_000, 16  # listings from which on a part takes no further region; about as many parts at most
MOST_TRIES = 3
_RESTS, _KEPT = timedelta(hours=1), timedelta(days=1)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """What a part hands back: pairs as keys of both listings and the day, the limits proven for them, a
    `solver.result.Bonus`, and whose pair is sure (`experience.sure_seekers`)."""

    pairs: list[tuple[str, str, str]]
    limits: dict[str, Any]
    bonus: dict[str, Any]
    sure: list[str] | None


def is_large(campaign: Campaign) -> bool:
    return waiting_seekers(campaign).count() + matchable(campaign, Direction.OFFER).count() > LARGE


def is_under_way(campaign: Campaign) -> bool:
    return SharedRun.objects.filter(campaign=campaign).exists()


def cut(campaign: Campaign) -> SharedRun:
    """Begins a run in parts; where one is under way already it is that one."""
    seen, table = seen_by(campaign), solving.lay(campaign)
    lots = list(_lots(from_json(table.instance)))
    with transaction.atomic():
        run, made = SharedRun.objects.get_or_create(campaign=campaign, defaults={"seen": seen})
        if made:
            RunPart.objects.bulk_create(RunPart(run=run, number=n, listings=keys) for n, keys in enumerate(lots))
            nudge(SOLVE if lots else actions.PROPOSE)
    return run


def _lots(instance: Instance) -> Iterator[list[str]]:
    """Keys of the listings of one or more regions each, so that there are few parts. A host may be in two of them, with
    different days."""
    keys, enough = dict[str, None](), max(BUNDLE, (len(instance.seekers) + len(instance.hosts)) // MOST_BUNDLES)
    for region in split(instance):
        sides = region.instance.seekers, region.instance.hosts
        keys |= dict.fromkeys(str(key) for side in sides for key in side.ids)
        if len(keys) >= enough:
            yield list(keys)
            keys = {}
    if keys:
        yield list(keys)


def _free() -> QuerySet[RunPart]:
    """Parts that wait and that no worker holds; whoever reads one holds it until the transaction ends."""
    rows = RunPart.objects.filter(state=Solving.WAITING).order_by("tries", "run", "number")
    return rows.select_for_update(no_key=True, skip_locked=True)


@transaction.atomic
def _next() -> RunPart | None:
    """The try is counted before it begins: a part that kills its workers is not tried for ever."""
    part = _free().filter(tries__lt=MOST_TRIES).first()
    if part is not None:
        part.tries += 1
        part.save(update_fields=["tries"])
        nudge(SOLVE)  # whoever else is free takes the next
    return part


def solve_one() -> bool:
    """Solves one part; False when none waits. A worker that dies lets go of its part, and another one takes it."""
    part = _next()
    if part is None:
        return False
    try:
        with transaction.atomic():
            if _free().filter(pk=part.pk).first() is not None:
                SOLVING.move(part, Solving.SOLVED, found=asdict(_solved(part)), error="")
    except Exception as error:  # another try may do
        log.warning("%s could not be solved: %s", part, type(error).__name__)
        RunPart.objects.filter(pk=part.pk).update(error=type(error).__name__[:60])
    if not RunPart.objects.filter(run=part.run_id, state=Solving.WAITING, tries__lt=MOST_TRIES).exists():
        nudge(actions.PROPOSE)
    return True


def _solved(part: RunPart) -> Found:
    """From the listings as they are now: whoever is gone is not in it."""
    campaign = part.run.campaign
    table = solving.lay(campaign, only=[UUID(key) for key in part.listings])
    instance = from_json(table.instance)
    found, bonus = assign_apart(instance)
    machine = slice(found.pinned, None)  # what is set by hand is read again when all is joined
    rows = zip(
        found.seeker[machine].tolist(), found.host[machine].tolist(), found.occasion[machine].tolist(), strict=True
    )
    seekers, hosts, days = instance.seekers.ids, instance.hosts.ids, instance.vocabulary.occasions
    pairs = [(str(seekers[s]), str(hosts[h]), days[o]) for s, h, o in rows]
    sure = experience.sure_seekers(campaign, table, found)
    return Found(pairs, asdict(found.certificate), asdict(bonus), None if sure is None else sorted(sure))


def apply_solved() -> int:
    """Joins what is solved in all its parts and proposes it; returns how many runs."""
    _give_up()
    unsolved = RunPart.objects.filter(run=OuterRef("pk")).exclude(state=Solving.SOLVED)
    return sum(_apply(run) for run in SharedRun.objects.filter(~Exists(unsolved)).select_related("campaign"))


@transaction.atomic
def _give_up() -> None:
    """Parts that failed every time; and later their runs, so that the season is cut anew."""
    for part in _free().filter(tries__gte=MOST_TRIES):
        SOLVING.move(part, Solving.FAILED)
        log.error("%s is given up after %s: %s", part, part.tries, part.error or "its workers died")
    now, failed = timezone.now(), RunPart.objects.filter(run=OuterRef("pk"), state=Solving.FAILED)
    SharedRun.objects.filter(Q(at__lt=now - _KEPT) | Q(Exists(failed), at__lt=now - _RESTS)).delete()


def _apply(run: SharedRun) -> bool:
    """Exactly once: with what it proposes the shared run goes. What was decided, withdrawn or blocked since it was cut
    is read again here, and pairs that cannot be any more are left out."""
    parts = [Found(**found) for found in run.parts.order_by("number").values_list("found", flat=True) if found]
    table = solving.lay(run.campaign)
    solved = _joined(from_json(table.instance), parts)
    judged = [part.sure for part in parts if part.sure is not None]
    sure = {who for some in judged for who in some} if judged else None
    with transaction.atomic():
        if not SharedRun.objects.select_for_update().filter(pk=run.pk).exists():
            return False
        actions.write_down(run.campaign, table, solved, sure, run.seen)
        run.delete()
    return True


def _joined(instance: Instance, parts: list[Found]) -> solving.Solved:
    """The limits are those of the season as it was cut: they add up."""
    seekers, hosts, days = (
        {str(name): n for n, name in enumerate(names)}
        for names in (instance.seekers.ids, instance.hosts.ids, instance.vocabulary.occasions)
    )
    pairs = [
        (seekers[s], hosts[h], days[o])
        for part in parts
        for s, h, o in part.pairs
        if s in seekers and h in hosts and o in days
    ]
    limits = Certificate(
        matched=sum(part.limits["matched"] for part in parts),
        value=sum(part.limits["value"] for part in parts),
        proof=" + ".join(sorted({part.limits["proof"] for part in parts})),
    )
    found = seat_again(instance, pairs, limits)
    result, weight = describe(prepare(instance), found, "de"), instance.weights.hard_to_place
    if weight and instance.seekers.hard.any():
        result.bonus = summed(weight, [Bonus(**part.bonus) for part in parts])
    return solving.Solved(instance, found, result)
