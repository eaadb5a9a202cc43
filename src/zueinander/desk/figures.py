"""Figures for the team: each from a query over records, none kept by hand."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from zueinander.campaigns.models import Campaign
from zueinander.intake.models import Malformed, Post
from zueinander.introductions.models import Answer, FollowUp, Introduction
from zueinander.listings.models import Listing, Side, Standing
from zueinander.matching.models import Match, Matching


@dataclass(frozen=True)
class Row:
    """A campaign's figures. `people` wrote something that became a listing; `met` counts introductions, not people."""

    campaign: Campaign
    posts: int
    people: int
    seeks: int
    offers: int
    waiting: int
    proposals: int
    introductions: int
    met: int


def of(campaign: Campaign) -> Row:
    standing = Listing.objects.filter(campaign=campaign).exclude(state=Standing.WITHDRAWN)
    met = FollowUp.objects.filter(introduction__match__campaign=campaign, met=Answer.YES)
    return Row(
        campaign=campaign,
        posts=Post.objects.filter(campaign=campaign, deleted_at=None).count(),
        people=standing.values("person").distinct().count(),
        seeks=standing.filter(side=Side.SEEK).count(),
        offers=standing.filter(side=Side.OFFER).count(),
        waiting=standing.filter(side=Side.SEEK, state=Standing.OPEN).count(),
        proposals=Match.objects.filter(campaign=campaign, state=Matching.PROPOSED).count(),
        introductions=Introduction.objects.filter(match__campaign=campaign).count(),
        met=met.values("introduction").distinct().count(),
    )


def malformed_by_network() -> dict[str, int]:
    return dict(Malformed.objects.values_list("network").annotate(n=Count("pk")))
