"""What a volunteer does at the desk beyond a single room: take a case, put it down, note what they did."""

from __future__ import annotations

from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone

from zueinander.introductions.models import Report
from zueinander.journal.actions import name_of, record
from zueinander.people.actions import clear_attention
from zueinander.people.models import AgeBand, Attention, Person, Volunteer

CLAIM = timedelta(minutes=15)


def _free_for(by: Volunteer) -> models.Q:
    return models.Q(claimed_by=None) | models.Q(claimed_by=by) | models.Q(claimed_until__lt=timezone.now())


@transaction.atomic
def claim(*, by: Volunteer, pk: int | None = None, after: int | None = None) -> Attention | None:
    """Takes the named line, or the next one that nobody else has, for a quarter of an hour.

    Two volunteers asking at the same time get two different lines. `after`: not this one again, if there is another.
    None: there is nothing left, or somebody else has it. A volunteer holds one line at a time.
    """
    rows = Attention.objects.filter(_free_for(by), cleared_at=None).order_by("-urgent", "deadline", "id")
    rows = rows.select_for_update(no_key=True, skip_locked=True, of=("self",))
    found = rows.filter(pk=pk).first() if pk else _after(rows, after)
    if found is not None:
        Attention.objects.filter(claimed_by=by).exclude(pk=found.pk).update(claimed_by=None, claimed_until=None)
        found.claimed_by, found.claimed_until = by, timezone.now() + CLAIM
        found.save(update_fields=["claimed_by", "claimed_until"])
    return found


def _after(rows: models.QuerySet[Attention], pk: int | None) -> Attention | None:
    """The first line behind this one in the queue's order; from the start again when it was the last."""
    here = Attention.objects.filter(pk=pk).first() if pk else None
    if here is None:
        return rows.first()
    behind = models.Q(deadline__gt=here.deadline) | models.Q(deadline=here.deadline, pk__gt=here.pk)
    if here.urgent:
        behind = models.Q(urgent=True) & behind | models.Q(urgent=False)
    else:
        behind &= models.Q(urgent=False)
    return rows.filter(behind).first() or rows.exclude(pk=here.pk).first()


@transaction.atomic
def put_down(attention: Attention, *, by: Volunteer) -> None:
    """Gives a line back to the others."""
    Attention.objects.filter(pk=attention.pk, claimed_by=by).update(claimed_by=None, claimed_until=None)


def held_by_other(attention: Attention, by: Volunteer) -> bool:
    return bool(
        attention.claimed_by_id
        and attention.claimed_by_id != by.pk
        and attention.claimed_until
        and attention.claimed_until > timezone.now()
    )


@transaction.atomic
def answered_by_hand(attention: Attention, *, by: Volunteer) -> bool:
    """The volunteer has done what the line asked for; again is harmless."""
    done = Attention.objects.filter(pk=attention.pk, cleared_at=None).update(
        cleared_at=timezone.now(), cleared_by=by, claimed_until=None
    )
    if done:
        record("answered_by_hand", attention, *([attention.person] if attention.person else []), actor=name_of(by))
    return bool(done)


@transaction.atomic
def note_minor(person: Person, *, by: Volunteer) -> None:
    """This person is under 18: never matched. Lines about proposals for them are cleared."""
    person.age_band = AgeBand.UNDER_18
    person.save(update_fields=["age_band"])
    record("noted_minor", person, actor=name_of(by))
    for listing in person.listings.all():
        clear_attention(subject=listing, kinds=[Attention.Kind.PROPOSAL], by=by)


@transaction.atomic
def settle_report(report: Report, *, by: Volunteer) -> None:
    """Somebody of the team has looked after it; again is harmless."""
    if Report.objects.filter(pk=report.pk, settled_at=None).update(settled_at=timezone.now(), settled_by=by):
        record("settled", report, report.by, actor=name_of(by))
        clear_attention(subject=report, kinds=[Attention.Kind.REPORT], by=by)
