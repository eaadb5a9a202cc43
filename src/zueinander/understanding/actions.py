"""Every write about what we understood."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from zueinander.intake.models import Post
from zueinander.journal.actions import name_of, record
from zueinander.networks import registry
from zueinander.people.actions import clear_attention, raise_attention
from zueinander.people.models import AgeBand, Attention, Person, Volunteer
from zueinander.shared.nudge import nudge
from zueinander.understanding.learning import reader
from zueinander.understanding.models import Reading
from zueinander.understanding.reader import Reading as Understood
from zueinander.understanding.rules import (
    DANGERS,
    SOON,
    UNSURE_BELOW,
    WISHES,
    band_of,
    corrected,
    found_by,
    is_minor,
    own_band,
    unreadable,
)


@transaction.atomic
def read_waiting(limit: int = 500) -> int:
    """Reads up to `limit` posts that nobody has read, the oldest first, and drops readings of what was deleted; returns
    how many were read. Run twice it changes nothing; two at a time share the work."""
    Reading.objects.filter(post__deleted_at__isnull=False).delete()
    posts = list(
        Post.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
        .select_related("handle__person", "reading")
        .filter(read_at=None, deleted_at=None)
        .order_by("arrived_at")[:limit]
    )
    items = [
        {"text": p.text, "posted_at": p.written_at, "lang": p.lang, "channel": p.channel, "network": p.network}
        for p in posts
    ]
    for post, understood in zip(posts, reader().read_batch(items), strict=True):
        _keep(post, understood)
    Post.objects.filter(pk__in=[post.pk for post in posts]).update(read_at=timezone.now())
    if posts:
        nudge("listings.take_up")
    return len(posts)


def _keep(post: Post, understood: Understood | Exception) -> None:
    if isinstance(understood, Understood):
        found = found_by(understood)
        values: dict[str, Any] = {
            "intent": understood.intent, "danger": understood.danger, "confidence": understood.confidence,
            "minor": is_minor(found), "reader": understood.version[:40],
        }  # fmt: skip
    else:
        found = unreadable(str(understood))
        values = {
            "intent": "other",
            "danger": "none",
            "confidence": 0.0,
            "minor": False,
            "reader": reader().version[:40],
        }
    before = getattr(post, "reading", None)
    was_corrected = before is not None and before.corrected_at is not None
    reading, _ = Reading.objects.update_or_create(
        post=post,
        defaults={**values, "found": found, "corrected_by": None, "corrected_at": None, "listed_at": None},
    )
    record("read", post, intent=reading.intent, danger=reading.danger, minor=reading.minor)
    _watch(post, reading)
    if _unsure(post, reading) or was_corrected:
        _raise(post, Attention.Kind.UNSURE)


def _watch(post: Post, reading: Reading) -> None:
    """Danger goes to a human before anything else happens; an age that was said is kept."""
    person = post.handle.person if post.handle else None
    if reading.danger != "none":
        raise_attention(
            kind=Attention.Kind.DANGER, subject=post, person=person, urgent=True,
            deadline=timezone.now() + SOON[reading.danger],
        )  # fmt: skip
    if person is None:
        return
    band = AgeBand.UNDER_18 if reading.minor else own_band(reading.found)
    if band and (person.age_band == AgeBand.UNKNOWN or band == AgeBand.UNDER_18):
        Person.objects.filter(pk=person.pk).exclude(age_band=band).update(age_band=band)


def _unsure(post: Post, reading: Reading) -> bool:
    """A human looks where it matters: a wish we are not sure of, or words to us that could not be read."""
    if reading.confidence >= UNSURE_BELOW or reading.danger != "none":
        return False
    return reading.intent in WISHES or "refused" in reading.found


def _raise(post: Post, kind: str) -> None:
    within = registry.network(post.network).rules.answer_within
    raise_attention(
        kind=kind, subject=post, person=post.handle.person if post.handle else None,
        deadline=(post.posted_at or post.arrived_at) + within,
    )  # fmt: skip


@transaction.atomic
def correct(reading: Reading, *, by: Volunteer, **changes: Any) -> Reading:
    """A volunteer's better understanding (see `rules.corrected` for the fields); listings takes the reading up again.
    Raises `rules.WrongCorrection`."""
    row = (
        Reading.objects.select_for_update(no_key=True, of=("self",))
        .select_related("post__handle__person")
        .get(pk=reading.pk)
    )
    was_minor = row.minor
    row.found = corrected({"intent": row.intent, "danger": row.danger, **row.found}, changes)
    row.intent, row.danger = row.found["intent"], row.found["danger"]
    row.minor = is_minor(row.found)
    row.corrected_by, row.corrected_at, row.listed_at = by, timezone.now(), None
    if "intent" in changes:
        row.confidence = 1.0
    row.save()
    record("corrected", row.post, row, actor=name_of(by), fields=sorted(changes))
    _settle_age(row, was_minor, changes)
    _settle_attention(row, by)
    nudge("listings.take_up")
    reading.refresh_from_db()
    return reading


def _settle_age(row: Reading, was_minor: bool, changes: dict[str, Any]) -> None:
    person = row.post.handle.person if row.post.handle else None
    if person is None or not {"age", "minor"} & set(changes):
        return
    age = row.found.get("age")
    if row.minor:
        person.age_band = AgeBand.UNDER_18
    elif "age" in changes and isinstance(age, int):
        person.age_band = band_of(age)
    elif was_minor or not person.age_band:
        person.age_band = own_band(row.found)
    person.save(update_fields=["age_band"])


def _settle_attention(row: Reading, by: Volunteer) -> None:
    clear_attention(subject=row.post, kinds=[Attention.Kind.UNSURE], by=by)
    if row.danger == DANGERS[0]:
        clear_attention(subject=row.post, kinds=[Attention.Kind.DANGER], by=by)
    else:
        _watch(row.post, row)
