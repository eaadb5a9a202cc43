"""What people say about their own listings: confirm, change, pause, end."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from zueinander.campaigns.models import Campaign, Occasion
from zueinander.journal.actions import name_of, record
from zueinander.listings.models import STANDING, Listing, ListingDate, Standing
from zueinander.listings.rules import MAX_PARTY, coarse
from zueinander.people.actions import clear_attention, give_consent, has_consented
from zueinander.people.models import AgeBand, Attention, Person, Purpose
from zueinander.shared.lifecycle import ForbiddenStep
from zueinander.shared.nudge import nudge


@dataclass(frozen=True)
class Answers:
    """What a person says about their own listing. `dates`: occasion ids with seats (a party, or places)."""

    first_name: str
    side: str
    place: str
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    radius_km: int = 40
    dates: list[tuple[int, int]] = field(default_factory=list)
    party: int = 1
    needs: list[str] = field(default_factory=list)
    accepts: list[str] = field(default_factory=list)
    household_wish: str = ""
    household_is: str = ""
    age_band: str = ""
    text: str = ""
    purposes: list[str] = field(default_factory=list)


@transaction.atomic
def confirm(listing: Listing, *, answers: Answers, actor: str) -> Listing:
    """A person's own answers: a draft becomes open, an open one changes. Again with the same answers changes nothing.

    Under 18 the listing ends and nobody is ever proposed; whoever once said so stays so until a human knows better.
    Without consent to be matched it stays as it is, not open. Answers for the other side end a listing that somebody
    may count on; then the one of the other side is returned.
    """
    row = (
        Listing.objects.select_for_update(no_key=True, of=("self",))
        .select_related("person", "campaign")
        .get(pk=listing.pk)
    )
    person = row.person
    if answers.side != row.side and not _may_turn(row):
        return _other_side(row, answers, actor)
    person.first_name = answers.first_name[:60]
    if not person.is_minor:
        person.age_band = answers.age_band or person.age_band
    person.save(update_fields=["first_name", "age_band"])
    give_consent(person=person, purposes=answers.purposes)
    if person.age_band == AgeBand.UNDER_18:
        rest(person, "under 18")
    elif row.state != Standing.WITHDRAWN:
        _fill(row, answers)
        if Purpose.MATCH in answers.purposes and row.state == Standing.DRAFT:
            STANDING.move(row, Standing.OPEN, confirmed_at=timezone.now())
            record("opened", row, person, actor=actor)
        elif Purpose.MATCH not in answers.purposes and row.state == Standing.OPEN:
            STANDING.move(row, Standing.PAUSED)
            record("paused", row, person, actor=actor)
        else:
            record("changed", row, person, actor=actor)
        _settle_attention(row)
        nudge("matching.propose")
    listing.refresh_from_db()
    return listing


def _may_turn(row: Listing) -> bool:
    """A draft is turned round in place, unless they have one of the other side as well."""
    others = row.person.listings.filter(campaign=row.campaign_id).exclude(pk=row.pk)
    return row.state == Standing.DRAFT and not others.exclude(state=Standing.WITHDRAWN).exists()


def _other_side(row: Listing, answers: Answers, actor: str) -> Listing:
    if row.state != Standing.WITHDRAWN:
        withdraw(row, actor=actor)
    _settle_attention(row)
    return start(person=row.person, campaign=row.campaign, answers=answers, actor=actor)


def _fill(row: Listing, answers: Answers) -> None:
    row.side, row.place, row.country = answers.side, answers.place[:120], answers.country[:2]
    row.lat, row.lon, row.radius_km = coarse(answers.lat), coarse(answers.lon), max(1, min(answers.radius_km, 1000))
    row.party = max(1, min(answers.party, MAX_PARTY))
    row.needs, row.accepts = list(answers.needs), list(answers.accepts)
    row.household_wish, row.household_is, row.text = answers.household_wish, answers.household_is, answers.text
    row.save()
    _fill_dates(row, answers.dates)


def _fill_dates(row: Listing, dates: list[tuple[int, int]]) -> None:
    """Exactly these dates stand afterwards; seats already given are never taken back."""
    allowed = set(Occasion.objects.filter(campaign=row.campaign_id).values_list("pk", flat=True))
    wanted = {pk: (seats, rank) for rank, (pk, seats) in enumerate(dates) if pk in allowed}
    standing = {date.occasion_id: date for date in row.dates.select_for_update(no_key=True)}
    for pk, date in standing.items():
        seats, rank = wanted.get(pk, (0, date.preference))
        if pk not in wanted and not date.taken:
            date.delete()
            continue
        date.seats, date.preference = max(min(seats, MAX_PARTY), date.taken), rank
        date.save(update_fields=["seats", "preference"])
    ListingDate.objects.bulk_create(
        ListingDate(listing=row, occasion_id=pk, seats=max(1, min(seats, MAX_PARTY)), preference=rank)
        for pk, (seats, rank) in wanted.items()
        if pk not in standing
    )


def _settle_attention(row: Listing) -> None:
    """The person has spoken for themselves: nobody needs to guess or to write any more."""
    if row.post is not None:
        clear_attention(subject=row.post, kinds=[Attention.Kind.UNSURE, Attention.Kind.BY_HAND])


@transaction.atomic
def start(*, person: Person, campaign: Campaign, answers: Answers, actor: str) -> Listing:
    """A listing from answers alone; the person's standing one of that side, when there is one, is changed instead."""
    listing, made = Listing.objects.exclude(state=Standing.WITHDRAWN).get_or_create(
        person=person, campaign=campaign, side=answers.side, defaults={"state": Standing.DRAFT}
    )
    if made:
        record("drafted", listing, person, actor=actor, side=listing.side)
    return confirm(listing, answers=answers, actor=actor)


def rest(person: Person, why: str) -> None:
    """Nobody under 18 and nobody who said stop is matched: drafts end, open listings rest until a human has looked."""
    for row in person.listings.select_for_update(no_key=True).filter(state__in=[Standing.DRAFT, Standing.OPEN]):
        STANDING.move(row, Standing.WITHDRAWN if row.confirmed_at is None else Standing.PAUSED)
        record("rested", row, person, why=why)


@transaction.atomic
def _step(listing: Listing, target: str, verb: str, actor: str) -> Listing:
    STANDING.move(listing, target)
    record(verb, listing, listing.person, actor=actor)
    nudge("matching.propose")
    return listing


def pause(listing: Listing, *, actor: str) -> Listing:
    """Not proposed to anybody for now. Raises `ForbiddenStep` when it is not open."""
    return _step(listing, Standing.PAUSED, "paused", actor)


@transaction.atomic
def resume(listing: Listing, *, actor: str) -> Listing:
    """Open again. Raises `ForbiddenStep`, also for somebody under 18 and without their consent to be matched."""
    if listing.person.is_minor or not has_consented(listing.person, Purpose.MATCH):
        raise ForbiddenStep("Nobody is matched under 18 or without their yes.")
    return _step(listing, Standing.OPEN, "resumed", actor)


@transaction.atomic
def consent(*, person: Person, purposes: list[str]) -> None:
    """What they allow from now on. Without a yes to be matched nobody is looked for: what is open rests."""
    give_consent(person=person, purposes=purposes)
    if Purpose.MATCH not in purposes:
        for row in person.listings.filter(state=Standing.OPEN):
            pause(row, actor=name_of(person))


def withdraw(listing: Listing, *, actor: str) -> Listing:
    """Ended for good; a new one may be started. Raises `ForbiddenStep` when it was withdrawn before."""
    return _step(listing, Standing.WITHDRAWN, "withdrawn", actor)
