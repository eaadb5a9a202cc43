"""A seeker's and a host's listing put together, with reasons."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zueinander.campaigns.models import Campaign, Occasion
from zueinander.listings.models import Listing
from zueinander.people.models import Volunteer
from zueinander.shared.classes import Data
from zueinander.shared.lifecycle import Lifecycle


class Matching(models.TextChoices):
    PROPOSED = "proposed", _("vorgeschlagen")
    LAPSED = "lapsed", _("überholt")
    REJECTED = "rejected", _("passt nicht")
    APPROVED = "approved", _("beide gefragt")
    DECLINED = "declined", _("abgesagt")
    EXPIRED = "expired", _("ohne Antwort")
    INTRODUCED = "introduced", _("bekannt gemacht")
    ENDED = "ended", _("beendet")


MATCHING = Lifecycle(
    "Match",
    Matching,
    Matching.PROPOSED,
    {
        Matching.PROPOSED: [Matching.LAPSED, Matching.REJECTED, Matching.APPROVED],
        Matching.LAPSED: [Matching.PROPOSED],
        Matching.REJECTED: [],
        Matching.APPROVED: [Matching.DECLINED, Matching.EXPIRED, Matching.INTRODUCED],
        Matching.DECLINED: [],
        Matching.EXPIRED: [],
        Matching.INTRODUCED: [Matching.ENDED],
        Matching.ENDED: [],
    },
)
LIVE = (Matching.APPROVED, Matching.INTRODUCED)


class Run(models.Model):
    """One run of the matcher over a campaign, with its certificate. `bonus`: what serving the hard to place first
    brought and cost (`solver.result.Bonus`), None when nobody was hard to place; `seen`: `seen.seen_by`."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="runs")
    at = models.DateTimeField(auto_now_add=True)
    seekers = models.PositiveIntegerField()
    hosts = models.PositiveIntegerField()
    matched = models.PositiveIntegerField()
    matched_bound = models.PositiveIntegerField()
    gap = models.FloatField()
    hard = models.PositiveIntegerField(default=0)
    bonus = models.JSONField(null=True, blank=True)
    seen = models.CharField(max_length=32, default="", blank=True)

    CLASSES = {
        "at": Data.TECHNICAL, "seekers": Data.TECHNICAL, "hosts": Data.TECHNICAL, "matched": Data.TECHNICAL,
        "matched_bound": Data.TECHNICAL, "gap": Data.TECHNICAL, "hard": Data.TECHNICAL, "bonus": Data.TECHNICAL,
        "seen": Data.TECHNICAL,
    }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.campaign} {self.at:%d.%m. %H:%M}"


class SharedRun(models.Model):
    """A run over a large season whose regions are solved apart; there until its parts are joined and a `Run` is made
    of them. `seen`: `seen.seen_by` when it was cut."""

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, related_name="shared_run")
    at = models.DateTimeField(auto_now_add=True)
    seen = models.CharField(max_length=32)

    ABOUT_NOBODY = True
    CLASSES = {"at": Data.TECHNICAL, "seen": Data.TECHNICAL}

    def __str__(self) -> str:
        return f"shared run of {self.campaign}"


class Solving(models.TextChoices):
    WAITING = "waiting"
    SOLVED = "solved"
    FAILED = "failed"


SOLVING = Lifecycle(
    "Part of a run", Solving, Solving.WAITING,
    {Solving.WAITING: [Solving.SOLVED, Solving.FAILED], Solving.SOLVED: [], Solving.FAILED: []},
)  # fmt: skip


class RunPart(models.Model):
    """Regions of a shared run that one step solves: keys of their listings, and a `sharing.Found` once it is known.
    `error`: the kind of the last one, never its text."""

    run = models.ForeignKey(SharedRun, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    listings = models.JSONField()
    state = models.CharField(max_length=10, choices=Solving.choices, default=Solving.WAITING)
    found = models.JSONField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=60, default="", blank=True)

    ABOUT_NOBODY = True  # keys and figures, gone with the run
    CLASSES = {
        "number": Data.TECHNICAL, "listings": Data.TECHNICAL, "state": Data.TECHNICAL, "found": Data.TECHNICAL,
        "tries": Data.TECHNICAL, "error": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        constraints = [
            SOLVING.constraint("part_state"),
            models.UniqueConstraint(fields=["run", "number"], name="part_once"),
        ]

    def __str__(self) -> str:
        return f"part {self.number} of run {self.run_id}"


class Alone(models.Model):
    """A seeker whom the last run left without company, and why; the next run writes these rows anew."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="alone")
    listing = models.OneToOneField(Listing, on_delete=models.CASCADE, related_name="alone")
    code = models.CharField(max_length=20)
    reason = models.TextField()

    CLASSES = {"code": Data.COARSE, "reason": Data.COARSE}

    def __str__(self) -> str:
        return f"{self.listing_id}: {self.code}"


class Weighing(models.Model):
    """What counts how much in one campaign, by the names of `solver.Weights`; what is not named keeps its default."""

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, related_name="weighing")
    values = models.JSONField(default=dict)
    changed_at = models.DateTimeField(auto_now=True)

    ABOUT_NOBODY = True
    CLASSES = {"values": Data.TECHNICAL, "changed_at": Data.TECHNICAL}

    def __str__(self) -> str:
        return f"weights of {self.campaign}"


class Question(models.Model):
    """What if: asked at the desk, answered by a background step. `asked`: a `whatif.Change`; `answer`: the
    `whatif.Effect`, None until it is known."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="questions")
    at = models.DateTimeField(auto_now_add=True)
    asked = models.JSONField()
    answer = models.JSONField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    ABOUT_NOBODY = True
    CLASSES = {
        "at": Data.TECHNICAL, "asked": Data.TECHNICAL, "answer": Data.TECHNICAL, "tries": Data.TECHNICAL,
    }  # fmt: skip

    def __str__(self) -> str:
        return f"question {self.pk} of {self.campaign}"


class Learnt(models.Model):
    """What a season that is over taught: a `solver.Experience`, how many took part, and how many days before the end
    they came; None when they were too few. Figures only: they stay when its people are forgotten."""

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, related_name="learnt")
    at = models.DateTimeField(auto_now_add=True)
    experience = models.JSONField(null=True, blank=True)

    ABOUT_NOBODY = True
    CLASSES = {"at": Data.TECHNICAL, "experience": Data.TECHNICAL}

    def __str__(self) -> str:
        return f"learnt from {self.campaign}"


class Verdict(models.TextChoices):
    """Whether a proposal is to be decided today (see `experience.verdicts`); empty: nothing is known to judge by."""

    SAFE = "safe"
    OPEN = "open"
    SOON = "soon"


class Match(models.Model):
    """`terms`: what was scored, by name; `reasons`: the same in German sentences. `party` seats are held while live."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="matches")
    seek = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="as_seek")
    offer = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="as_offer")
    occasion = models.ForeignKey(Occasion, on_delete=models.CASCADE, related_name="+")
    party = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=Matching.choices, default=Matching.PROPOSED)
    score = models.FloatField(default=0)
    distance_km = models.FloatField(default=0)
    terms = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    verdict = models.CharField(max_length=15, choices=Verdict.choices, default="", blank=True)
    by_hand = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Volunteer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reject_reason = models.CharField(max_length=30, blank=True, default="")

    CLASSES = {
        "party": Data.COARSE, "state": Data.TECHNICAL, "score": Data.TECHNICAL, "distance_km": Data.TECHNICAL,
        "terms": Data.TECHNICAL, "reasons": Data.TECHNICAL, "verdict": Data.TECHNICAL,
        "by_hand": Data.TECHNICAL, "created_at": Data.TECHNICAL,
        "decided_at": Data.TECHNICAL, "reject_reason": Data.TECHNICAL,
    }  # fmt: skip

    class Meta:
        constraints = [
            MATCHING.constraint("match_state"),
            models.UniqueConstraint(fields=["seek", "offer", "occasion"], name="never_proposed_twice"),
            models.UniqueConstraint(
                fields=["seek"], condition=Q(state__in=["approved", "introduced"]), name="one_live_match"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "lapsed"]) | Q(decided_by__isnull=False), name="a_human_decided"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seek_id} – {self.offer_id} {self.state}"
