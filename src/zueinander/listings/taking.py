"""From readings to draft listings, and the one automatic answer."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from zueinander.campaigns.models import Campaign
from zueinander.intake.models import Post
from zueinander.journal.actions import record
from zueinander.listings.confirming import rest, start
from zueinander.listings.forms import answers_of
from zueinander.listings.models import STANDING, Listing, ListingDate, Standing
from zueinander.listings.rules import Draft, asks_for_link, draft, shown, sides, wants_a_reply
from zueinander.listings.welcome import greet, send_link
from zueinander.networks import registry
from zueinander.people.actions import raise_attention
from zueinander.people.models import Attention, Person
from zueinander.understanding.models import Reading

log = logging.getLogger(__name__)


def take_up_waiting(limit: int = 500) -> int:
    """Makes drafts of up to `limit` new readings and answers where the gate allows; returns how many were taken up.
    Run twice it changes nothing; two at a time share the work."""
    drop_deleted()
    taken = 0
    while taken < limit and _take_one(Reading.objects.all()):
        taken += 1
    return taken


@transaction.atomic
def drop_deleted() -> int:
    """Drafts nobody confirmed go with the post they came from. What somebody confirmed on their own page stays."""
    gone = Listing.objects.filter(post__deleted_at__isnull=False, confirmed_at=None)
    count = gone.count()
    for row in gone:
        record("deleted at the source", row)
    gone.delete()
    return count


def take_up(reading: Reading) -> bool:
    """This one at once, for somebody who waits to see what becomes of it; False when it was taken up already."""
    return _take_one(Reading.objects.filter(pk=reading.pk))


@transaction.atomic
def _take_one(among: QuerySet[Reading]) -> bool:
    reading = (
        among.select_for_update(no_key=True, skip_locked=True, of=("self",))
        .select_related("post__handle__person", "post__campaign")
        .filter(listed_at=None, post__deleted_at=None)
        .order_by("at")
        .first()
    )
    if reading is None:
        return False
    try:
        with transaction.atomic():
            _take_up(reading)
    except Exception:  # one text nobody foresaw must not hold up all others
        log.exception("reading %s could not be taken up", reading.pk)
        _hand_over(reading.post, Attention.Kind.UNSURE)
    Reading.objects.filter(pk=reading.pk).update(listed_at=timezone.now())
    return True


def _take_up(reading: Reading) -> None:
    post = reading.post
    person = _whole(post.handle.person) if post.handle else None
    if person is None:
        return
    if person.stopped_at is not None:
        rest(person, "stop")
    elif post.basis == "form" and post.extra.get("side"):
        _take_form(post, person)
    elif reading.minor or person.is_minor:
        rest(person, "under 18")
        _hand_over(post, Attention.Kind.BY_HAND)
    elif reading.danger == "acute":
        _drop_drafts(post, keep=())
    else:
        _take_wish(reading, post, person)


def _whole(person: Person) -> Person:
    while person.merged_into is not None:
        person = person.merged_into
    return person


def _take_wish(reading: Reading, post: Post, person: Person) -> None:
    wished = sides(reading.intent) if post.campaign else ()
    _drop_drafts(post, keep=wished)
    rows = [_standing(reading, post, person, post.campaign, side) for side in wished if post.campaign]
    if reading.danger != "none":
        return  # a human looks first; the drafts are there for them
    if rows:
        greet(rows[0], post, person)
    elif post.basis == "direct" and asks_for_link(post.text) and person.listings.exists():
        send_link(person, post)
    elif wants_a_reply(post.basis, reading.intent):
        wish = reading.found.get("places") and reading.found.get("when")  # place and day: most likely a wish, misread
        _hand_over(post, Attention.Kind.UNSURE if wish else Attention.Kind.BY_HAND)


def _take_form(post: Post, person: Person) -> None:
    """The form's answers are the person's own: nothing is guessed, and consent was given there."""
    campaign = post.campaign
    if campaign is None:
        _hand_over(post, Attention.Kind.BY_HAND)
        return
    row = start(
        person=person, campaign=campaign, answers=answers_of(post, person, campaign), actor=f"person:{person.pk}"
    )  # fmt: skip
    if person.is_minor or row.state == Standing.WITHDRAWN:
        _hand_over(post, Attention.Kind.BY_HAND)
        return
    Listing.objects.filter(pk=row.pk, post=None).update(post=post)
    greet(row, post, person)


def _drop_drafts(post: Post, keep: tuple[str, ...]) -> None:
    """An edit or a correction may make something else of a text: drafts of it that no longer hold go."""
    for row in post.listings.filter(state=Standing.DRAFT).exclude(side__in=keep):
        STANDING.move(row, Standing.WITHDRAWN)
        record("withdrawn", row, row.person)


def _standing(reading: Reading, post: Post, person: Person, campaign: Campaign, side: str) -> Listing:
    """The person's one listing of this side: made, or, while it is a draft, brought up to what was said last."""
    row = Listing.objects.exclude(state=Standing.WITHDRAWN).filter(person=person, campaign=campaign, side=side).first()
    if row is not None and (row.state != Standing.DRAFT or _said_later(row, post)):
        if row.post_id == post.pk and reading.corrected_at is None:
            _hand_over(post, Attention.Kind.UNSURE)  # they changed their words after confirming: a human compares
        return row
    occasions = [(o.pk, o.key) for o in campaign.occasions.all()]
    words = "" if reading.corrected_at else post.text
    made = draft(reading.found, side, occasions, words)
    values = _values(made, shown(post.text, reading.found.get("contact") or ()))
    if row is None:
        row = Listing.objects.create(person=person, campaign=campaign, side=side, post=post, **values)
        record("drafted", row, person, side=side)
    else:
        Listing.objects.filter(pk=row.pk).update(**_merged(row, values), post=post)
        row.refresh_from_db()
    if made.dates:
        row.dates.all().delete()
        ListingDate.objects.bulk_create(
            ListingDate(listing=row, occasion_id=pk, seats=seats, preference=rank)
            for rank, (pk, seats) in enumerate(made.dates)
        )
    return row


def _said_later(row: Listing, post: Post) -> bool:
    """Whether the listing comes from newer words than these."""
    then, now = row.post.posted_at if row.post else None, post.posted_at
    return then is not None and now is not None and then > now


def _values(made: Draft, text: str) -> dict[str, Any]:
    return {
        "place": made.place, "country": made.country, "lat": made.lat, "lon": made.lon, "party": made.party,
        "needs": list(made.needs), "accepts": list(made.accepts), "interests": list(made.interests),
        "languages": list(made.languages), "household_wish": made.household_wish, "text": text,
    }  # fmt: skip


def _merged(row: Listing, values: dict[str, Any]) -> dict[str, Any]:
    """A later message completes an earlier one: where it names no place, the known one stays."""
    if not values["place"]:
        for name in ("place", "country", "lat", "lon"):
            values.pop(name)
    return values


def _hand_over(post: Post, kind: str) -> None:
    within = registry.network(post.network).rules.answer_within
    raise_attention(
        kind=kind, subject=post, person=post.handle.person if post.handle else None,
        deadline=(post.posted_at or post.arrived_at) + within,
    )  # fmt: skip
