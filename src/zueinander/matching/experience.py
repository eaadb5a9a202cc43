"""Which proposals can be decided today and which are better left open for a day: what seasons teach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from zueinander.campaigns.models import Campaign, Occasion
from zueinander.listings.models import Listing, Standing
from zueinander.listings.models import Side as Direction
from zueinander.matching import solving
from zueinander.matching.models import Learnt, Verdict
from zueinander.matching.queries import occasion_name
from zueinander.matching.rules import no_time_to_wait
from zueinander.matching.solver import Experience, decide, from_json, learn
from zueinander.people.models import AgeBand

ENOUGH = 40  # seekers, and hosts, from which on a season teaches anything
AS_IF_WAITED = 7.0  # days: how long somebody had waited when they found company is not known
EARLIER_MARGIN = -0.2
SO_FAR_MARGIN = -0.5
"""How much more than expected a pair has to be worth; more where only this season can be learnt from, which knows less
of who is yet to come. What it brings is measured by `bench.matcher_arrival`."""


@dataclass(frozen=True, slots=True)
class Known:
    """What can be judged by, and with which margin."""

    experience: Experience
    margin: float


def known(campaign: Campaign) -> Known | None:
    """The newest season that is over, else this one as far as it has come; None while there is too little of it."""
    row = Learnt.objects.exclude(campaign=campaign).filter(experience__isnull=False).order_by("-at").first()
    if row is not None and row.experience is not None:
        return Known(Experience.from_json(row.experience), EARLIER_MARGIN)
    season = _whole(campaign)
    return Known(learn(from_json(season)), SO_FAR_MARGIN) if season else None


def verdicts(campaign: Campaign, table: solving.Table, solved: solving.Solved) -> dict[str, str]:
    """By seeker, whether the proposed pair is to be decided today. What a volunteer set by hand is sure."""
    instance, found, judged, sure = solved.instance, solved.found, known(campaign), set[int]()
    if judged:
        sure = {pair.seeker for pair in decide(instance, judged.experience, margin=judged.margin, proposal=found)}
    said, today = dict[str, str](), timezone.localdate()
    for n, (row, day) in enumerate(zip(found.seeker.tolist(), found.occasion.tolist(), strict=True)):
        on = table.occasions[instance.vocabulary.occasions[day]].on
        said[str(instance.seekers.ids[row])] = _verdict(today, on, n < found.pinned or row in sure, judged is not None)
    return said


def _verdict(today: date, on: date, sure: bool, judged: bool) -> str:
    if no_time_to_wait(today, on):
        return Verdict.SOON
    if sure:
        return Verdict.SAFE
    return Verdict.OPEN if judged else ""


def learn_from_what_is_over() -> int:
    """Remembers each season once its last day is over and before its listings are forgotten; returns how many."""
    learnt = 0
    there = Occasion.objects.filter(campaign=OuterRef("pk"))
    over = Campaign.objects.filter(Exists(there), learnt=None).exclude(
        Exists(there.filter(on__gte=timezone.localdate()))
    )
    for campaign in over:
        season = _whole(campaign)
        experience = learn(from_json(season)).as_json() if season else None
        with transaction.atomic():
            _, made = Learnt.objects.get_or_create(campaign=campaign, defaults={"experience": experience})
            learnt += made
    return learnt


def _whole(campaign: Campaign) -> dict[str, Any] | None:
    """Everybody who took part, with all their seats, as if nobody had found anybody yet; None when they are too few."""
    part = Listing.objects.filter(campaign=campaign, lat__isnull=False, lon__isnull=False)
    part = part.filter(state__in=[Standing.OPEN, Standing.DONE, Standing.PAUSED], confirmed_at__isnull=False)
    part = part.exclude(person__age_band=AgeBand.UNDER_18).select_related("person").prefetch_related("dates__occasion")
    sides = {side: list(part.filter(side=side).defer("text").order_by("id")) for side in Direction.values}
    if min(len(rows) for rows in sides.values()) < ENOUGH:
        return None
    begin = min(occasion.on for occasion in campaign.occasions.all())
    seekers = [{**solving.seeker(one, begin), "waiting_days": AS_IF_WAITED} for one in sides[Direction.SEEK]]
    hosts = [{**solving.host(one, begin), "seats": _all_seats(one)} for one in sides[Direction.OFFER]]
    return {"seekers": seekers, "hosts": hosts, "weights": solving.weights_of(campaign)}


def _all_seats(host: Listing) -> dict[str, int]:
    return {occasion_name(day.occasion): day.seats for day in host.dates.all()}
