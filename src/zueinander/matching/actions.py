"""Every write about matches: proposing, deciding, giving seats and giving them back."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import datetime, time
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils import timezone

from zueinander.campaigns.models import Campaign, Occasion
from zueinander.journal.actions import MACHINE, name_of, record
from zueinander.listings.models import STANDING, Listing, ListingDate, Standing
from zueinander.listings.models import Side as Direction
from zueinander.matching import experience, solving
from zueinander.matching.models import LIVE, MATCHING, Alone, Match, Matching, Run, Weighing
from zueinander.matching.queries import why_not_together
from zueinander.matching.rules import decision_deadline
from zueinander.matching.seen import seen_by
from zueinander.matching.solver import Result
from zueinander.matching.solver.result import Pair
from zueinander.matching.solver.weights import parse_weights
from zueinander.people.actions import clear_attention, raise_attention
from zueinander.people.models import AgeBand, Attention, Volunteer
from zueinander.shared.nudge import nudge

PROPOSE, ASK = "matching.propose", "introductions.step"  # names of tasks


class NoSeat(Exception):  # noqa: N818
    """The seat, or one of the two people, is not free any more; nothing was changed."""


class NotTogether(Exception):  # noqa: N818
    """These two must not be put together (blocked, under age, stopped, withdrawn, past); nothing was changed."""


def propose(campaign: Campaign) -> Run:
    """One run of the matcher. Afterwards the campaign's open proposals are those of this run and those set by hand.

    Solving happens outside of any transaction; what changed meanwhile is found when a volunteer approves, and by the
    next run, as what this one saw is noted before it looks.
    """
    seen, table = seen_by(campaign), solving.lay(campaign)
    solved = solving.best_for_all(table)
    sure = experience.sure_seekers(campaign, table, solved.found)
    return write_down(campaign, table, solved, sure, seen)


@transaction.atomic
def write_down(
    campaign: Campaign, table: solving.Table, solved: solving.Solved, sure: Container[str] | None, seen: str
) -> Run:
    """Proposes what a run has found; other open proposals lapse. `sure`: `experience.sure_seekers`."""
    result, verdicts = solved.result, experience.verdicts(table, solved, sure)
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    kept = _write_pairs(table, result, verdicts)
    stale = Match.objects.filter(campaign=campaign, state=Matching.PROPOSED).exclude(pk__in=kept)
    for match in stale.filter(Q(by_hand=False) | ~Q(seek__state=Standing.OPEN) | ~Q(offer__state=Standing.OPEN)):
        _lapse(match)
    run = Run.objects.create(
        campaign=campaign, seekers=len(table.seeks), hosts=len(table.offers), matched=result.matched,
        matched_bound=result.matched_bound, gap=result.gap, hard=int(result.hard_to_place["seekers"]),
        bonus=result.bonus and result.bonus.as_json(), seen=seen,
    )  # fmt: skip
    _note_alone(run, result)
    return run


def _note_alone(run: Run, result: Result) -> None:
    """Only the last run's reasons stay."""
    Alone.objects.filter(listing__campaign=run.campaign).delete()
    there = set(Listing.objects.filter(pk__in=[u.seeker for u in result.unmatched]).values_list("pk", flat=True))
    Alone.objects.bulk_create(
        Alone(run=run, listing_id=UUID(str(u.seeker)), code=u.code[:20], reason=u.reason)
        for u in result.unmatched
        if UUID(str(u.seeker)) in there
    )


def _write_pairs(table: solving.Table, result: Result, verdicts: Mapping[str, str]) -> list[UUID]:
    seeks, offers = {str(s.pk): s for s in table.seeks}, {str(o.pk): o for o in table.offers}
    kept = []
    for pair in result.pairs:
        seek, offer = seeks[str(pair.seeker)], offers[str(pair.host)]
        verdict = verdicts.get(str(pair.seeker), "")
        km = solving.travel_km(seek, offer, table.instance["weights"])
        match = _write_pair(seek, offer, table.occasions[pair.occasion], pair, verdict, km)
        if match:
            kept.append(match.pk)
    return kept


def _write_pair(seek: Listing, offer: Listing, occasion: Occasion, pair: Pair, verdict: str, km: float) -> Match | None:
    match, made = Match.objects.get_or_create(
        seek=seek, offer=offer, occasion=occasion, defaults={"campaign_id": seek.campaign_id, "party": seek.party}
    )
    if not made and match.state not in (Matching.PROPOSED, Matching.LAPSED):
        return None  # somebody decided while we were reckoning
    if match.state == Matching.LAPSED:
        MATCHING.move(match, Matching.PROPOSED)
        made = True
    match.party, match.score, match.terms, match.reasons = seek.party, pair.score, pair.terms, pair.reasons
    match.distance_km, match.verdict = round(km, 1), verdict
    match.save(update_fields=["party", "score", "terms", "reasons", "distance_km", "verdict"])
    if made:
        record("proposed", match, seek, offer)
    _want_decision(match)
    return match


def _want_decision(match: Match) -> None:
    starts = timezone.make_aware(datetime.combine(match.occasion.on, time(12)))
    due = decision_deadline(timezone.now(), starts)
    raise_attention(kind=Attention.Kind.PROPOSAL, subject=match, person=match.seek.person, deadline=due)


def _lapse(match: Match) -> None:
    MATCHING.move(match, Matching.LAPSED)
    record("lapsed", match, match.seek, match.offer)
    clear_attention(subject=match, kinds=[Attention.Kind.PROPOSAL])


@transaction.atomic
def pin(*, seek: Listing, offer: Listing, occasion: Occasion, by: Volunteer) -> Match:
    """A volunteer puts two listings together; the machine keeps it. Raises `NotTogether` for a pair decided before."""
    _may_be_together(seek, offer, occasion)
    match, _ = Match.objects.get_or_create(
        seek=seek, offer=offer, occasion=occasion, defaults={"campaign": seek.campaign, "party": seek.party}
    )
    if match.state == Matching.LAPSED:
        MATCHING.move(match, Matching.PROPOSED)
    if match.state != Matching.PROPOSED:
        raise NotTogether("Somebody has decided about these two before.")
    match.by_hand, match.party = True, seek.party
    match.distance_km = round(solving.travel_km(seek, offer, solving.weights_of(seek.campaign)), 1)
    match.save(update_fields=["by_hand", "party", "distance_km"])
    record("set_by_hand", match, seek, offer, actor=name_of(by))
    _want_decision(match)
    nudge(PROPOSE)
    return match


@transaction.atomic
def approve(match: Match, *, by: Volunteer) -> Match:
    """The volunteer's yes: takes the seats, so that nobody else gets them, and both people will be asked.

    Raises `NoSeat` when the seats or one side are taken, `NotTogether` when the two must not meet, `ForbiddenStep` when
    the proposal was decided or lapsed before. Two approvals at the same moment: one wins, the other raises.
    """
    rows = Listing.objects.select_for_update(no_key=True).filter(pk__in=[match.seek_id, match.offer_id]).order_by("pk")
    by_id = {row.pk: row for row in rows}
    seek, offer = by_id[match.seek_id], by_id[match.offer_id]
    match.refresh_from_db()
    if match.state == Matching.PROPOSED:  # of a decided one, moving says what is wrong
        _may_be_together(seek, offer, match.occasion)
        if Match.objects.filter(seek=seek, state__in=LIVE).exists():
            raise NoSeat("Somebody else is already being asked for this person.")
    MATCHING.move(match, Matching.APPROVED, decided_at=timezone.now(), decided_by=by, party=seek.party)
    for listing in (seek, offer):
        _take(listing, match)
    for other in Match.objects.filter(seek=seek, state=Matching.PROPOSED).exclude(pk=match.pk):
        _lapse(other)
    record("approved", match, seek, offer, actor=name_of(by))
    clear_attention(subject=match, kinds=[Attention.Kind.PROPOSAL], by=by)
    nudge(ASK)
    nudge(PROPOSE)
    return match


def _take(listing: Listing, match: Match) -> None:
    """One statement, so that nobody can come between looking and taking."""
    days = ListingDate.objects.filter(listing=listing, occasion=match.occasion_id)
    if listing.pk == match.seek_id:
        got = days.filter(taken=0).update(taken=match.party, seats=Greatest("seats", match.party))
    else:
        got = days.filter(taken__lte=F("seats") - match.party).update(taken=F("taken") + match.party)
    if not got:
        raise NoSeat("The seats are taken.")


def _may_be_together(seek: Listing, offer: Listing, occasion: Occasion) -> None:
    reason = why_not_together(seek, offer)
    if reason is None and occasion.is_over(timezone.localdate()):
        reason = "past"
    if reason is None and not (seek.state == offer.state == Standing.OPEN):
        reason = "listing"
    if reason:
        raise NotTogether(reason)


@transaction.atomic
def reject(match: Match, *, by: Volunteer, reason: str) -> Match:
    """The volunteer's no: these two are never proposed again. Raises `ForbiddenStep` when it was decided before."""
    MATCHING.move(match, Matching.REJECTED, decided_at=timezone.now(), decided_by=by, reject_reason=reason[:30])
    record("rejected", match, match.seek, match.offer, actor=name_of(by), reason=reason[:30])
    clear_attention(subject=match, kinds=[Attention.Kind.PROPOSAL], by=by)
    nudge(PROPOSE)
    return match


@transaction.atomic
def forbid(*, seek: Listing, offer: Listing, occasion: Occasion, by: Volunteer) -> Match:
    """A volunteer's never for two listings, whatever the machine thinks of them. Raises `NotTogether` for a pair
    decided before."""
    match, _ = Match.objects.get_or_create(
        seek=seek, offer=offer, occasion=occasion, defaults={"campaign": seek.campaign, "party": seek.party}
    )
    if match.state == Matching.LAPSED:
        MATCHING.move(match, Matching.PROPOSED)
    if match.state != Matching.PROPOSED:
        raise NotTogether("Somebody has decided about these two before.")
    return reject(match, by=by, reason="other")


@transaction.atomic
def weigh(campaign: Campaign, *, values: Mapping[str, float], by: Volunteer) -> Weighing:
    """What counts how much from the next run on. Raises `InstanceError` naming a weight that cannot be."""
    parse_weights(dict(values))
    row, _ = Weighing.objects.update_or_create(campaign=campaign, defaults={"values": dict(values)})
    record("weighed", campaign, actor=name_of(by), values=dict(values))
    nudge(PROPOSE)
    return row


@transaction.atomic
def release(
    match: Match, *, to: str = Matching.DECLINED, actor: str = MACHINE, reason: str = "", search_on: bool = True
) -> Match:
    """Ends a live match and gives its seats back in the same transaction; both may be proposed to others again.

    Raises `ForbiddenStep` when it is not live any more, so that no seat is given back twice.
    """
    MATCHING.move(match, to)
    for listing in (match.seek, match.offer):
        ListingDate.objects.filter(listing=listing, occasion=match.occasion_id).update(taken=F("taken") - match.party)
        if search_on:
            Listing.objects.filter(pk=listing.pk, state=Standing.DONE).update(state=Standing.OPEN)
    record("released", match, match.seek, match.offer, actor=actor, to=str(to), reason=reason)
    nudge(PROPOSE)
    return match


@transaction.atomic
def settle(match: Match, *, actor: str) -> Match:
    """Both said yes. The seeker has company; a host is done when no seat is left on any date to come."""
    MATCHING.move(match, Matching.INTRODUCED)
    STANDING.move(match.seek, Standing.DONE)
    left = match.offer.dates.filter(taken__lt=F("seats"), occasion__on__gte=timezone.localdate())
    if match.offer.state != Standing.DONE and not left.exists():
        STANDING.move(match.offer, Standing.DONE)
    record("settled", match, match.seek, match.offer, actor=actor)
    nudge(PROPOSE)
    return match


def candidates_for(listing: Listing, *, limit: int = 10) -> list[solving.Candidate]:
    """Who else would fit, best first, whatever the whole proposal says; for a volunteer who looks further."""
    return solving.ranked_for(listing, limit)


def rest_minors() -> int:
    """Open listings of people who turned out to be under 18 rest until a human has looked."""
    rested = 0
    for listing in Listing.objects.filter(state=Standing.OPEN, person__age_band=AgeBand.UNDER_18):
        with transaction.atomic():
            if Listing.objects.filter(pk=listing.pk, state=Standing.OPEN).update(state=Standing.PAUSED):
                record("rested_minor", listing)
                rested += 1
    return rested


def campaigns_to_match() -> list[Campaign]:
    """Running campaigns in which somebody seeks or a proposal stands that may have to lapse."""
    seeking = Listing.objects.filter(side=Direction.SEEK, state=Standing.OPEN).values("campaign_id")
    standing = Match.objects.filter(state=Matching.PROPOSED).values("campaign_id")
    return list(Campaign.objects.running().filter(Q(pk__in=seeking) | Q(pk__in=standing)))
