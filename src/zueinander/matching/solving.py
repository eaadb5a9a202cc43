"""From rows to the matcher and back: one instance of a campaign as it stands now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.utils import timezone

from zueinander.campaigns.models import Campaign, Occasion
from zueinander.listings.models import Listing
from zueinander.listings.models import Side as Direction
from zueinander.listings.places import outward
from zueinander.listings.towns import people_in
from zueinander.listings.words import LANGUAGE, german, german_household
from zueinander.matching.models import Match, Matching, Weighing
from zueinander.matching.queries import (
    forbidden_pairs,
    matchable,
    occasion_name,
    reachable,
    side_of,
    sides_of,
    waiting_seekers,
)
from zueinander.matching.rules import host_row, pin_fits, seeker_row
from zueinander.matching.solver import Result, Weights, assign, from_json
from zueinander.matching.solver.instance import Instance
from zueinander.matching.solver.problem import prepare
from zueinander.matching.solver.ranking import ranked_pairs
from zueinander.matching.solver.season import Assignment, bonus_of, describe
from zueinander.shared.geo import distance_km

LOOKED_AT = 120


@dataclass(frozen=True, slots=True)
class Table:
    """Everything one run looks at, read once."""

    seeks: Sequence[Listing]
    offers: Sequence[Listing]
    occasions: dict[str, Occasion]
    instance: dict[str, Any]


def lay(campaign: Campaign, *, only: Sequence[UUID] | None = None) -> Table:
    """The campaign as an instance: free seats, hard rules, pairs ruled out, pairs set by hand, standing proposals.

    `only`: of these listings alone.
    """
    today = timezone.localdate()
    occasions = {occasion_name(o): o for o in campaign.occasions.all() if not o.is_over(today)}
    seeks, offers = (
        list(rows if only is None else rows.filter(pk__in=only))
        for rows in (waiting_seekers(campaign), matchable(campaign, Direction.OFFER))
    )
    seekers = {s.pk: seeker(s, today) for s in seeks}
    hosts = {o.pk: host(o, today) for o in offers}
    barred = forbidden_pairs(seeks, offers)
    standing = Match.objects.filter(campaign=campaign, state=Matching.PROPOSED).select_related("occasion")
    standing = standing if only is None else standing.filter(seek__in=only)
    pinned, proposed, left = list[list[str]](), list[list[str]](), dict[tuple[str, str], int]()
    for match in standing.order_by("created_at"):
        guest, table, day = seekers.get(match.seek_id), hosts.get(match.offer_id), occasion_name(match.occasion)
        if guest is None or table is None or day not in table["seats"] or (match.seek_id, match.offer_id) in barred:
            continue
        entry = [guest["id"], table["id"], day]
        if not match.by_hand:
            proposed.append(entry)
        elif guest["id"] not in {p[0] for p in pinned} and pin_fits(guest, table, day, left):
            pinned.append(entry)
    instance = {
        "seekers": list(seekers.values()), "hosts": list(hosts.values()), "pinned": pinned, "proposed": proposed,
        "forbidden": sorted([str(s), str(o)] for s, o in barred if s in seekers and o in hosts),
        "weights": weights_of(campaign),
    }  # fmt: skip
    return Table(seeks, offers, occasions, instance)


def seeker(listing: Listing, today: date) -> dict[str, Any]:
    """A row of an instance, with how many people live there, where that is known: villages are hard to place."""
    row = _in_words(seeker_row(side_of(listing, today)))
    people = people_in(listing.place, listing.country, listing.lat or 0.0, listing.lon or 0.0)
    return row if people is None else {**row, "population": people}


def host(listing: Listing, today: date) -> dict[str, Any]:
    """A row of an instance."""
    return _in_words(host_row(side_of(listing, today)))


def _in_words(row: dict[str, Any]) -> dict[str, Any]:
    """What reasons name is named as people read it; both sides alike, so that the same things still meet."""
    tongues = [german(f"{LANGUAGE}{code}") for code in row["languages"]]
    household = row["household"] and german_household(row["household"])
    return {**row, "interests": [german(t) for t in row["interests"]], "languages": tongues, "household": household}


@dataclass(frozen=True, slots=True)
class Solved:
    """Who sits where, as the matcher counts them and in words."""

    instance: Instance
    found: Assignment
    result: Result


def best_for_all(table: Table) -> Solved:
    """Same rows, same result."""
    instance = from_json(table.instance)
    found = assign(instance)
    result = describe(prepare(instance), found, "de")
    result.bonus = bonus_of(instance, found)
    return Solved(instance, found, result)


def weights_of(campaign: Campaign) -> dict[str, float]:
    """What this campaign weighs otherwise than by default."""
    row = Weighing.objects.filter(campaign=campaign).first()
    return dict(row.values) if row else {}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A listing on the other side that keeps every hard rule, with the reasons in German."""

    listing: Listing
    occasion: Occasion
    score: float
    km: float
    terms: dict[str, float]
    reasons: list[str]


def ranked_for(listing: Listing, limit: int) -> list[Candidate]:
    """The best on the other side for one listing, best first, out of the `LOOKED_AT` nearest that may fit."""
    prefetch_related_objects([listing], "dates__occasion")
    today, weights = timezone.localdate(), weights_of(listing.campaign)
    with outward():
        keys = list(reachable(listing, detour_of(weights)).values_list("pk", flat=True)[:LOOKED_AT])
    near, seeking = sides_of(keys, today), listing.side == Direction.SEEK
    whose = [row for row, _ in near]
    barred = {pk for pair in forbidden_pairs(*(([listing], whose) if seeking else (whose, [listing]))) for pk in pair}
    others = [_in_words((host_row if seeking else seeker_row)(side)) for row, side in near if row.pk not in barred]
    mine = _in_words((seeker_row if seeking else host_row)(side_of(listing, today)))
    seekers, hosts = ([mine], others) if seeking else (others, [mine])
    instance = from_json({"seekers": seekers, "hosts": hosts, "weights": weights})
    found = [(UUID(str(one.host if seeking else one.seeker)), one) for one in ranked_pairs(instance, limit)]
    shown = Listing.objects.select_related("person").defer("text").in_bulk([who for who, _ in found])
    occasions = {occasion_name(day.occasion): day.occasion for day in listing.dates.all()}
    return [
        Candidate(shown[who], occasions[one.occasion], one.score, one.km, one.terms, one.reasons) for who, one in found
    ]


def detour_of(weights: Mapping[str, float]) -> float:
    """Kilometres on the road to one as the crow flies."""
    return weights.get("detour_factor", Weights().detour_factor)


def travel_km(seek: Listing, offer: Listing, weights: Mapping[str, float]) -> float:
    """Kilometres on the road, as the matcher counts them; 0 when a place is unknown."""
    if None in (seek.lat, seek.lon, offer.lat, offer.lon):
        return 0.0
    return detour_of(weights) * distance_km(seek.lat or 0, seek.lon or 0, offer.lat or 0, offer.lon or 0)
