"""What would help: how many more would find company if people travelled further, with more hosts, or weighed anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from zueinander.campaigns.models import Campaign
from zueinander.matching import solving
from zueinander.matching.models import Question
from zueinander.matching.solver import from_json, whatif
from zueinander.matching.solver.weights import parse_weights
from zueinander.shared.nudge import nudge

ANSWER = "matching.what_if"  # name of the task
GENEROUS = ("dog", "kids", "wheelchair", "non-smoker", "vegetarian", "alcohol-free")
MOST_TRIES = 3
_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NewHosts:
    """Hosts that are not there yet: `count` of them in one place, with `seats` each on every occasion to come."""

    place: str
    lat: float
    lon: float
    count: int
    seats: int


@dataclass(frozen=True, slots=True)
class Change:
    """What would be otherwise: further ways for all who seek, new hosts, other weights."""

    extra_km: float = 0
    hosts: NewHosts | None = None
    weights: Mapping[str, float] | None = None

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> Change:
        hosts = asked["hosts"]
        return cls(asked["extra_km"], NewHosts(**hosts) if hosts else None, asked["weights"])


@dataclass(frozen=True, slots=True)
class Effect:
    """A campaign as it is and as it would be. `gained` and `lost`: how many would have, or lose, company."""

    seekers: int
    matched_before: int = 0
    matched_after: int = 0
    hard_before: int = 0
    hard_after: int = 0
    value_before: float = 0.0
    value_after: float = 0.0
    gained: int = 0
    lost: int = 0


@transaction.atomic
def ask(campaign: Campaign, change: Change) -> Question:
    """Puts the question to a background step. Raises `InstanceError` for a weight that cannot be."""
    parse_weights(dict(change.weights or {}))
    Question.objects.filter(at__lt=timezone.now() - _KEPT).delete()
    row = Question.objects.create(campaign=campaign, asked=asdict(change))
    nudge(ANSWER)
    return row


def unanswered() -> QuerySet[Question]:
    return Question.objects.filter(answer__isnull=True, tries__lt=MOST_TRIES)


def answer_waiting() -> int:
    """Answers what was asked, the oldest first; returns how many. A step that dies leaves its question waiting, and one
    that dies of it every time is given up."""
    answered = 0
    for row in unanswered().select_related("campaign").order_by("pk"):
        if unanswered().filter(pk=row.pk).update(tries=F("tries") + 1):
            found = effect_of(row.campaign, Change.of(row.asked))
            answered += Question.objects.filter(pk=row.pk).update(answer=asdict(found))
    return answered


def effect_of(campaign: Campaign, change: Change) -> Effect:
    """Solves the season twice, as it is and as it would be. Changes nothing; takes seconds for a large season."""
    table = solving.lay(campaign)
    if not table.seeks:
        return Effect(0)
    wanted = {day for seeker in table.instance["seekers"] for day in seeker["occasions"]}
    told = whatif(
        from_json(table.instance),
        extra_km=change.extra_km,
        hosts=[_host(change.hosts, sorted(wanted))] if change.hosts else None,
        copies=change.hosts.count if change.hosts else 1,
        weights=None if change.weights is None else parse_weights(dict(change.weights)),
    )
    return Effect(
        len(table.seeks), told.matched_before, told.matched_after, told.hard_before, told.hard_after,
        told.value_before, told.value_after, len(told.gained), len(told.lost),
    )  # fmt: skip


def _host(given: NewHosts, days: list[str]) -> dict[str, object]:
    return {
        "id": "neu", "lat": given.lat, "lon": given.lon, "seats": dict.fromkeys(days, given.seats),
        "accepts": dict.fromkeys(GENEROUS, True),
    }  # fmt: skip
