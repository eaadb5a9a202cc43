"""Who may be proposed to whom, who must not meet, and what a volunteer sees beside a proposal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
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
    rows = rows.filter(_household(listing), needs__contained_by=listing.accepts, accepts__contains=listing.needs)
    if not seeking:
        rows = rows.filter(within_own_radius(listing.lat, listing.lon, detour))
    widest = listing.radius_km if seeking else _widest(listing.campaign)
    near = nearest(rows.filter(_with_seats(listing)), lat=listing.lat, lon=listing.lon, within_km=widest / detour)
    return near.select_related(None).prefetch_related(None)


def _widest(campaign: Campaign) -> int:
    """How far anybody who seeks would go, in kilometres."""
    seeks = Listing.objects.filter(campaign=campaign, side=Direction.SEEK, state=Standing.OPEN)
    return seeks.order_by("-radius_km").values_list("radius_km", flat=True).first() or 0


def listings_with(keys: Iterable[UUID]) -> QuerySet[Listing]:
    """With all the matcher looks at, in a steady order."""
    rows = Listing.objects.filter(pk__in=keys).select_related("person").prefetch_related("dates__occasion")
    return rows.defer("text").order_by("id")


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
    dates = [d for d in listing.dates.all() if not d.occasion.is_over(today)]
    if listing.side == Direction.OFFER:
        dates = [d for d in dates if d.taken < d.seats]
    waited = timezone.now() - (listing.confirmed_at or listing.created_at)
    return Side(
        id=str(listing.pk), lat=listing.lat or 0.0, lon=listing.lon or 0.0, radius_km=listing.radius_km,
        party=listing.party, dates=[Offered(occasion_name(d.occasion), _free(listing, d)) for d in dates],
        needs=listing.needs, accepts=listing.accepts, interests=listing.interests, languages=listing.languages,
        household_wish=listing.household_wish, household_is=listing.household_is, age_band=listing.person.age_band,
        waiting_days=waited.total_seconds() / 86_400, place=listing.place,
    )  # fmt: skip


def _free(listing: Listing, day: ListingDate) -> int:
    return day.seats - day.taken if listing.side == Direction.OFFER else listing.party


def forbidden_pairs(seeks: Iterable[Listing], offers: Iterable[Listing]) -> set[tuple[UUID, UUID]]:
    """(seek, offer) never to be proposed: blocked people, the same person, pairs somebody has decided before."""
    by_person: dict[UUID, list[Listing]] = defaultdict(list)
    for listing in [*seeks, *offers]:
        by_person[listing.person_id].append(listing)
    people = list(by_person)
    apart = list(
        Block.objects.filter(Q(first__in=people) & Q(second__in=people)).values_list("first_id", "second_id")
    ) + [(p, p) for p in people]
    found = {
        (a.pk, b.pk)
        for one, two in apart
        for left, right in ((one, two), (two, one))
        for a in by_person[left]
        for b in by_person[right]
        if a.side == Direction.SEEK and b.side == Direction.OFFER
    }
    decided = Match.objects.filter(seek__in=[s.pk for s in seeks]).exclude(
        state__in=[Matching.PROPOSED, Matching.LAPSED]
    )
    return found | set(decided.values_list("seek_id", "offer_id"))


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
