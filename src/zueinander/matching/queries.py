"""Who may be proposed to whom, who must not meet, and what a volunteer sees beside a proposal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from zueinander.campaigns.models import Campaign, Occasion
from zueinander.listings.models import Listing, ListingDate, Standing
from zueinander.listings.models import Side as Direction
from zueinander.listings.places import nearest, within_own_radius
from zueinander.matching.models import LIVE, Match, Matching
from zueinander.matching.rules import Offered, Side
from zueinander.people.actions import are_blocked
from zueinander.people.models import AgeBand, Block, Consent, Person, Purpose

LONG_WAY = 60  # kilometres after which somebody should ask how they get home
_SEEN = (
    "pk", "person_id", "side", "lat", "lon", "radius_km", "party", "needs", "accepts", "interests", "languages",
    "household_wish", "household_is", "confirmed_at", "created_at", "place", "person__age_band",
)  # fmt: skip


class Belonging(Protocol):
    """A listing, or what there is of it."""

    @property
    def pk(self) -> UUID: ...
    @property
    def person_id(self) -> UUID: ...
    @property
    def side(self) -> str: ...


def matchable(campaign: Campaign, side: str) -> QuerySet[Listing]:
    """Open listings whose person may be proposed: of age, still with us, consenting, with a place."""
    consent = Consent.objects.filter(person=OuterRef("person"), purpose=Purpose.MATCH, withdrawn_at=None)
    return (
        Listing.objects.filter(
            Exists(consent), campaign=campaign, side=side, state=Standing.OPEN, lat__isnull=False, lon__isnull=False,
            person__stopped_at=None, person__merged_into=None,
        )
        .exclude(person__age_band=AgeBand.UNDER_18)
        .select_related("person")
        .prefetch_related("dates__occasion")
        .order_by("id")
    )  # fmt: skip


def waiting_seekers(campaign: Campaign) -> QuerySet[Listing]:
    """Seekers who may be proposed and have nobody yet."""
    live = Match.objects.filter(seek=OuterRef("pk"), state__in=LIVE)
    return matchable(campaign, Direction.SEEK).filter(~Exists(live))


def reachable(listing: Listing, detour: float) -> QuerySet[Listing]:
    """Listings on the other side that may fit, the nearest first: all that fit, and some whose rules the matcher has to
    look at more closely; none for a listing without a place. Quick as long as only their keys are asked for.

    `detour`: kilometres on the road to one as the crow flies.
    """
    if listing.lat is None or listing.lon is None:
        return Listing.objects.none()
    seeking = listing.side == Direction.SEEK
    rows = matchable(listing.campaign, Direction.OFFER) if seeking else waiting_seekers(listing.campaign)
    rows = rows.filter(_household(listing), needs__contained_by=listing.accepts)
    if listing.needs:
        rows = rows.filter(accepts__contains=listing.needs)
    if not seeking:
        rows = rows.filter(within_own_radius(listing.lat, listing.lon, detour))
    widest = listing.radius_km if seeking else _widest(listing.campaign)
    near = nearest(rows.filter(_with_seats(listing)), lat=listing.lat, lon=listing.lon, within_km=widest / detour)
    return near.select_related(None).prefetch_related(None)


def _widest(campaign: Campaign) -> int:
    """How far anybody who seeks would go, in kilometres."""
    seeks = Listing.objects.filter(campaign=campaign, side=Direction.SEEK, state=Standing.OPEN)
    return seeks.order_by("-radius_km").values_list("radius_km", flat=True).first() or 0


def _household(listing: Listing) -> Q:
    """Who we are is what they wish, and the other way round; a woman who comes alone is somebody alone, too."""
    seeking = listing.side == Direction.SEEK
    alone = seeking and listing.household_is == "women" and listing.party == 1
    fits = Q(household_wish__in=["", listing.household_is, *(["single"] if alone else [])])
    if not listing.household_wish:
        return fits
    theirs = Q(household_is=listing.household_wish)
    if not seeking and listing.household_wish == "single":
        theirs |= Q(household_is="women", party=1)
    return fits & theirs


def _with_seats(listing: Listing) -> Q:
    """That there is a day both have, with room for the whole party."""
    days = [d for d in listing.dates.all() if not d.occasion.is_over(timezone.localdate())]
    there = ListingDate.objects.filter(listing=OuterRef("pk"))
    if listing.side == Direction.SEEK:
        wanted = [d.occasion_id for d in days]
        return Q(Exists(there.filter(occasion__in=wanted, seats__gte=F("taken") + listing.party)))
    told = Q(pk=None)
    for day in days:
        told |= Q(Exists(there.filter(occasion=day.occasion_id)), party__lte=day.seats - day.taken)
    return told


def occasion_name(occasion: Occasion) -> str:
    """How the matcher names it: "2026-12-24"."""
    return occasion.on.isoformat()


def side_of(listing: Listing, today: date) -> Side:
    """A listing as the matcher sees it; past dates and, for hosts, full ones are left out."""
    dates = [(day.occasion.on, day.seats, day.taken) for day in listing.dates.all()]
    return _side(listing, listing.person.age_band, dates, today)


def sides_of(keys: Iterable[UUID], today: date) -> list[tuple[Belonging, Side]]:
    """The same of many listings at once, in a steady order, without making objects of rows that nobody will look at:
    each with whose it is."""
    dates = defaultdict[UUID, list[tuple[date, int, int]]](list)
    days = ListingDate.objects.filter(listing__in=keys).order_by("preference", "occasion__on")
    for key, on, seats, taken in days.values_list("listing_id", "occasion__on", "seats", "taken"):
        dates[key].append((on, seats, taken))
    rows = Listing.objects.filter(pk__in=keys).order_by("id").values_list(*_SEEN, named=True)
    return [(row, _side(row, row.person__age_band, dates[row.pk], today)) for row in rows]


def _side(row: Any, age_band: str, dates: Iterable[tuple[date, int, int]], today: date) -> Side:
    offers = row.side == Direction.OFFER
    waited = timezone.now() - (row.confirmed_at or row.created_at)
    return Side(
        id=str(row.pk), lat=row.lat or 0.0, lon=row.lon or 0.0, radius_km=row.radius_km, party=row.party,
        dates=[
            Offered(on.isoformat(), seats - taken if offers else row.party)
            for on, seats, taken in dates
            if on >= today and (taken < seats or not offers)
        ],
        needs=row.needs, accepts=row.accepts, interests=row.interests, languages=row.languages,
        household_wish=row.household_wish, household_is=row.household_is, age_band=age_band,
        waiting_days=waited.total_seconds() / 86_400, place=row.place,
    )  # fmt: skip


def forbidden_pairs(seeks: Iterable[Belonging], offers: Iterable[Belonging]) -> set[tuple[UUID, UUID]]:
    """(seek, offer) never to be proposed: blocked people, the same person, pairs somebody has decided before."""
    wishes, tables = _by_person(seeks), _by_person(offers)
    side, few = min(("seek", wishes), ("offer", tables), key=lambda one: len(one[1]))
    blocks = Block.objects.filter(Q(first__in=few) | Q(second__in=few)).values_list("first_id", "second_id")
    apart = {pair for one, other in blocks for pair in ((one, other), (other, one))} | {(one, one) for one in few}
    found = {(s, o) for one, other in apart for s in wishes.get(one, ()) for o in tables.get(other, ())}
    decided = Match.objects.exclude(state__in=[Matching.PROPOSED, Matching.LAPSED])
    decided = decided.filter(**{f"{side}__in": [key for keys in few.values() for key in keys]})
    return found | set(decided.values_list("seek_id", "offer_id"))


def _by_person(listings: Iterable[Belonging]) -> dict[UUID, list[UUID]]:
    found = defaultdict[UUID, list[UUID]](list)
    for listing in listings:
        found[listing.person_id].append(listing.pk)
    return found


def watch_outs(match: Match, named: Callable[[str], str] = str) -> list[str]:
    """What a volunteer should look at before saying yes: sentences, none when there is nothing.

    `named`: a need in words."""
    told = [
        _("Beim {side} ist kein Alter angegeben. Frag vor der Zusage nach.").format(side=listing.get_side_display())
        for listing in (match.seek, match.offer)
        if not listing.person.age_band
    ]
    missing = [need for need in match.seek.needs if need not in match.offer.accepts]
    if missing:
        told.append(
            _("Gebraucht, aber nicht zugesagt: {names}.").format(names=", ".join(named(need) for need in missing))
        )
    if match.distance_km > match.seek.radius_km:
        told.append(_("Der Weg ist weiter als gewünscht."))
    elif match.distance_km > LONG_WAY:
        far = _("Der Weg ist weit: {km} km. Kommt die Person an dem Tag hin und zurück?")
        told.append(far.format(km=round(match.distance_km)))
    if match.seek.household_wish and match.seek.household_wish != match.offer.household_is:
        told.append(_("Gewünscht ist: {wish}.").format(wish=match.seek.get_household_wish_display()))
    if match.offer.household_wish and match.offer.household_wish != match.seek.household_is:
        told.append(_("Der Haushalt wünscht sich: {wish}.").format(wish=match.offer.get_household_wish_display()))
    return told


def why_not_together(seek: Listing, offer: Listing) -> str | None:
    """What keeps two people apart for good: same, minor, stopped, merged or blocked; None when nothing does."""
    one, other = Person.objects.get(pk=seek.person_id), Person.objects.get(pk=offer.person_id)
    for reason, holds in (
        ("same", one.pk == other.pk),
        ("minor", one.is_minor or other.is_minor),
        ("stopped", bool(one.stopped_at or other.stopped_at)),
        ("merged", bool(one.merged_into_id or other.merged_into_id)),
        ("blocked", one.pk != other.pk and are_blocked(one, other)),
    ):
        if holds:
            return reason
    return None


def must_part() -> list[tuple[Match, str]]:
    """Live matches that something ended meanwhile (withdrawn, stopped, blocked, under age), each with the reason."""
    found = []
    live = Match.objects.filter(_doubtful(), state__in=LIVE, occasion__on__gte=timezone.localdate())
    for match in live.select_related("seek", "offer"):
        gone = Standing.WITHDRAWN in (match.seek.state, match.offer.state)
        unsure = match.state == Matching.APPROVED and Standing.PAUSED in (match.seek.state, match.offer.state)
        reason = "listing" if gone or unsure else why_not_together(match.seek, match.offer)
        if reason:
            found.append((match, reason))
    return found


def _doubtful() -> Q:
    """The few of all live matches that are worth a look, found by the database."""
    one, other = OuterRef("seek__person"), OuterRef("offer__person")
    found = Q(Exists(Block.objects.filter(Q(first=one, second=other) | Q(first=other, second=one))))
    found |= Q(seek__person=F("offer__person"))
    for side in ("seek", "offer"):
        found |= Q(**{f"{side}__state__in": [Standing.WITHDRAWN, Standing.PAUSED]})
        found |= Q(**{f"{side}__person__age_band": AgeBand.UNDER_18})
        found |= Q(**{f"{side}__person__stopped_at__isnull": False})
        found |= Q(**{f"{side}__person__merged_into__isnull": False})
    return found
