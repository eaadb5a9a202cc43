"""Whatever people do, in any order and at the same moment: no hard rule is broken and no seat is given twice."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from typing import Any

import pytest

from tests import pairs
from tests.matching_stage.test_deciding import at_once
from tests.matching_stage.test_proposing import drawn
from zueinander.campaigns.models import Campaign
from zueinander.house.checks import invariants
from zueinander.introductions.actions import part_those_who_must_not_meet
from zueinander.listings import actions as listings
from zueinander.listings.models import Listing, Standing
from zueinander.matching import actions
from zueinander.matching.models import LIVE, Match, Matching
from zueinander.people.actions import are_blocked, block, stop
from zueinander.shared.geo import distance_km
from zueinander.shared.lifecycle import ForbiddenStep

WALKS, STEPS = int(os.environ.get("MATCHING_WALKS", "2")), 25
REFUSALS = (actions.NoSeat, actions.NotTogether, ForbiddenStep)


def broken_rules(match: Match) -> list[str]:
    """What a proposal of the machine must never get wrong, read from the rows themselves."""
    seek, offer, wish = match.seek, match.offer, match.seek.household_wish
    is_alone = seek.household_is == "women" and seek.party == 1 and offer.household_wish == "single"
    place, day = offer.dates.filter(occasion=match.occasion).first(), seek.dates.filter(occasion=match.occasion)
    km = 1.3 * distance_km(seek.lat or 0, seek.lon or 0, offer.lat or 0, offer.lon or 0)
    rules = {
        "occasion": day.exists() and place is not None,
        "seats": place is not None and place.seats - place.taken >= seek.party,
        "distance": km <= seek.radius_km + 1e-6,
        "needs of the guest": set(seek.needs) <= set(offer.accepts),
        "needs of the host": set(offer.needs) <= set(seek.accepts),
        "wish of the guest": wish in ("", offer.household_is),
        "wish of the host": offer.household_wish in ("", seek.household_is) or is_alone,
        "adults": not (seek.person.is_minor or offer.person.is_minor),
        "blocks": not are_blocked(seek.person, offer.person),
        "open": (seek.state, offer.state) == ("open", "open"),
        "stopped": not (seek.person.stopped_at or offer.person.stopped_at),
        "decided": not Match.objects.filter(seek=seek, offer=offer).exclude(state__in=["proposed", "lapsed"]).exists(),
    }
    return [name for name, kept in rules.items() if not kept]


class Walk:
    """What may happen, drawn at random."""

    def __init__(self, seed: int) -> None:
        self.rng, self.campaign, self.by = random.Random(seed), pairs.campaign(), pairs.volunteer()
        self.people = 0
        for _ in range(30):
            self.somebody_comes()

    def pick(self, rows: Any) -> Any:
        found = list(rows.order_by("pk"))
        return self.rng.choice(found) if found else None

    def open_listing(self, side: str) -> Any:
        return self.pick(Listing.objects.filter(campaign=self.campaign, side=side, state=Standing.OPEN))

    def somebody_comes(self) -> None:
        self.people += 1
        made = drawn(self.campaign, self.rng, self.rng.choice(["seek", "offer"]), self.people)
        made.dates.update(taken=0)

    def calls(self) -> list[Callable[[], object]]:
        """Things that two or more people do at the same moment; several may want the same seats."""
        return [call for call in (self.one() for _ in range(self.rng.choice([1, 3, 5]))) if call]

    def one(self) -> Callable[[], object] | None:
        seek, offer = self.open_listing("seek"), self.open_listing("offer")
        match = self.pick(Match.objects.filter(state=Matching.PROPOSED))
        live = self.pick(Match.objects.filter(state__in=LIVE))
        day = self.rng.choice(list(self.campaign.occasions.all()))
        can: list[Callable[[], object]] = [lambda: actions.propose(Campaign.objects.get(pk=self.campaign.pk))]
        if match:
            can += [lambda: actions.approve(Match.objects.get(pk=match.pk), by=self.by)] * 6
            can += [lambda: actions.reject(Match.objects.get(pk=match.pk), by=self.by, reason="no")]
            can += [lambda: block(one=match.seek.person, other=match.offer.person, actor="machine")] * 2
        if seek and offer:
            can += [lambda: actions.pin(seek=seek, offer=offer, occasion=day, by=self.by)]
            can += [lambda: actions.forbid(seek=seek, offer=offer, occasion=day, by=self.by)]
            can += [lambda: listings.pause(Listing.objects.get(pk=offer.pk), actor="machine")]
            can += [lambda: listings.withdraw(Listing.objects.get(pk=seek.pk), actor="machine")]
            can += [lambda: stop(person=seek.person, actor="machine")]
            can += [lambda: Listing.objects.filter(pk=seek.pk).update(needs=["wheelchair"], radius_km=10)]
        if live:
            can += [lambda: actions.release(Match.objects.get(pk=live.pk))] * 2
        return self.rng.choice(can)


def look(walk: Walk) -> int:
    """A quiet moment: those who must not meet are parted, the machine proposes, and everything holds."""
    part_those_who_must_not_meet()
    actions.propose(walk.campaign)
    standing = Match.objects.filter(state=Matching.PROPOSED, by_hand=False).select_related("seek", "offer")
    for match in standing:
        assert broken_rules(match) == [], match
    given: dict[tuple[Any, Any], int] = {}
    for match in Match.objects.filter(state__in=[*LIVE, Matching.PROPOSED], by_hand=False).exclude(seek__state="done"):
        given[match.offer_id, match.occasion_id] = given.get((match.offer_id, match.occasion_id), 0) + match.party
    for (offer, occasion), people in given.items():
        assert people <= Listing.objects.get(pk=offer).dates.get(occasion=occasion).seats
    assert invariants() == []
    return len(standing)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(WALKS))
def test_whatever_happens_at_the_same_moment(seed: int) -> None:
    walk, proposed, approved = Walk(seed), 0, 0
    for _ in range(STEPS):
        walk.somebody_comes()
        walk.somebody_comes()
        proposed += look(walk)
        told = at_once(*walk.calls())
        assert not [x for x in told if isinstance(x, Exception) and not isinstance(x, REFUSALS)], told
        approved += sum(isinstance(x, Match) and x.state == Matching.APPROVED for x in told)
    assert proposed > 25
    assert approved > 5
