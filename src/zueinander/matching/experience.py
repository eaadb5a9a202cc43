"""Which proposals can be decided today and which are better left open for a day: what seasons teach."""

from __future__ import annotations

from collections.abc import Container, Sequence
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
from zueinander.matching.rules import no_time_to_wait, share_come, share_passed, still_to_come
from zueinander.matching.solver import Experience, Outlook, decide, from_json, learn
from zueinander.matching.solver.season import Assignment
from zueinander.people.models import AgeBand

ENOUGH = 40  # seekers, and hosts, from which on a season teaches anything
AS_IF_WAITED = 7.0  # days: how long somebody had waited when they found company is not known
OF_EARLIER, OF_THIS = 0.7, 0.3  # whom those who are still to come are like: an earlier season's people, or this one's
_STEPS = 100  # as many figures say when a season's listings came


@dataclass(frozen=True, slots=True)
class _Season:
    """Everybody who took part so far, and the last day of all."""

    campaign: Campaign
    seeks: Sequence[Listing]
    offers: Sequence[Listing]
    end: date

    def is_enough(self) -> bool:
        return min(len(self.seeks), len(self.offers)) >= ENOUGH

    def experience(self) -> Experience:
        """With all their seats, as if nobody had found anybody yet."""
        begin = min(occasion.on for occasion in self.campaign.occasions.all())
        seekers = [{**solving.seeker(one, begin), "waiting_days": AS_IF_WAITED} for one in self.seeks]
        hosts = [{**solving.host(one, begin), "seats": _all_seats(one)} for one in self.offers]
        raw = {"seekers": seekers, "hosts": hosts, "weights": solving.weights_of(self.campaign)}
        return learn(from_json(raw, growing=True))

    def days_before(self, listings: Sequence[Listing]) -> list[int]:
        """For some of these listings, spread evenly, how many days before the end they came."""
        came = sorted((self.end - timezone.localdate(one.confirmed_at or one.created_at)).days for one in listings)
        return came[:: -(-len(came) // _STEPS)] if came else []


def outlook(campaign: Campaign) -> Outlook | None:
    """How this season may go on, by the newest one that is over and by itself; None while too little is known."""
    row = Learnt.objects.exclude(campaign=campaign).filter(experience__has_key="season").order_by("-at").first()
    earlier, season = row.experience if row and row.experience else None, _season(campaign)
    like = [(Experience.from_json(earlier["season"]), OF_EARLIER)] if earlier else []
    like += [(season.experience(), OF_THIS)] if season and season.is_enough() else []
    if season is None or not like:
        return None
    today, coming = timezone.localdate(), list[int]()
    for side, listings in (("seekers", season.seeks), ("hosts", season.offers)):
        if earlier:
            share, before = share_come(earlier["came"][side], (season.end - today).days), int(earlier[side])
        else:
            share, before = share_passed(max(season.days_before(listings)), (season.end - today).days), 0
        coming.append(still_to_come(len(listings), share, before))
    return Outlook(coming[0], coming[1], like)


def sure_seekers(campaign: Campaign, table: solving.Table, found: Assignment) -> set[str] | None:
    """Whose proposed pair can be decided today; None where nothing is known to judge by."""
    judged = outlook(campaign)
    if judged is None:
        return None
    every_word = from_json(table.instance, growing=True)  # those to come may share what nobody shares today
    return {str(every_word.seekers.ids[pair.seeker]) for pair in decide(every_word, judged, proposal=found)}


def verdicts(table: solving.Table, solved: solving.Solved, sure: Container[str] | None) -> dict[str, str]:
    """By seeker, whether the proposed pair is to be decided today. What a volunteer set by hand is sure."""
    instance, found = solved.instance, solved.found
    said, today = dict[str, str](), timezone.localdate()
    for n, (row, day) in enumerate(zip(found.seeker.tolist(), found.occasion.tolist(), strict=True)):
        on, who = table.occasions[instance.vocabulary.occasions[day]].on, str(instance.seekers.ids[row])
        said[who] = _verdict(today, on, n < found.pinned or who in (sure or ()), sure is not None)
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
        season = _season(campaign)
        experience = _kept(season) if season and season.is_enough() else None
        with transaction.atomic():
            _, made = Learnt.objects.get_or_create(campaign=campaign, defaults={"experience": experience})
            learnt += made
    return learnt


def _kept(season: _Season) -> dict[str, Any]:
    came = {"seekers": season.days_before(season.seeks), "hosts": season.days_before(season.offers)}
    kept = {"season": season.experience().as_json(), "came": came}
    return {**kept, "seekers": len(season.seeks), "hosts": len(season.offers)}


def _season(campaign: Campaign) -> _Season | None:
    """None for a campaign without a day."""
    days = [occasion.on for occasion in campaign.occasions.all()]
    part = Listing.objects.filter(campaign=campaign, lat__isnull=False, lon__isnull=False)
    part = part.filter(state__in=[Standing.OPEN, Standing.DONE, Standing.PAUSED], confirmed_at__isnull=False)
    part = part.exclude(person__age_band=AgeBand.UNDER_18).select_related("person").prefetch_related("dates__occasion")
    seeks, offers = (
        list(part.filter(side=side).defer("text").order_by("id")) for side in (Direction.SEEK, Direction.OFFER)
    )
    return _Season(campaign, seeks, offers, max(days)) if days else None


def _all_seats(host: Listing) -> dict[str, int]:
    return {occasion_name(day.occasion): day.seats for day in host.dates.all()}
