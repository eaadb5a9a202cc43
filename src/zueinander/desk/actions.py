"""What a volunteer does at the desk beyond a single room: take a case, put it down, note what they did."""

from __future__ import annotations

from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone

from zueinander.introductions.models import Report
from zueinander.journal.actions import name_of, record
from zueinander.listings.actions import withdraw
from zueinander.listings.models import Standing
from zueinander.people.actions import clear_attention
from zueinander.people.models import AgeBand, Attention, Person, Volunteer

CLAIM = timedelta(minutes=15)
ANY = models.Q()


def _busy(by: Volunteer) -> models.Q:
    """Lines that somebody else has in hand now."""
    return models.Q(cleared_at=None, claimed_until__gt=timezone.now()) & ~models.Q(claimed_by=by)


def _free_for(by: Volunteer) -> models.Q:
    """A person is one case: whoever has one line about them has them all."""
    same_person = Attention.objects.filter(_busy(by), person=models.OuterRef("person")).exclude(claimed_by=None)
    return (
        models.Q(claimed_by=None) | models.Q(claimed_by=by) | models.Q(claimed_until__lt=timezone.now())
    ) & ~models.Q(models.Exists(same_person))


def holder(cases: models.Q, *, by: Volunteer) -> Volunteer | None:
    """Who else has one of these lines in hand; None when nobody has."""
    row = Attention.objects.filter(cases, _busy(by)).exclude(claimed_by=None).select_related("claimed_by").first()
    return row.claimed_by if row else None


@transaction.atomic
def claim(*, by: Volunteer, pk: int | None = None, after: int | None = None, among: models.Q = ANY) -> Attention | None:
    """Takes the named line, or the next one that nobody else has, for a quarter of an hour.

    Two volunteers asking at the same time get lines of two different people. `after`: not this one again, if there is
    another. `among`: only of these. None: there is nothing left, or somebody else has it. A volunteer holds one line at
    a time.
    """
    passed: list[int] = []
    while True:
        rows = Attention.objects.filter(_free_for(by), among, cleared_at=None).exclude(pk__in=passed)
        rows = rows.order_by("-urgent", "deadline", "id")
        seen = rows.filter(pk=pk).first() if pk else _after(rows, after)
        if seen is None:
            return None
        _lock_case(seen)
        line = rows.select_for_update(no_key=True, skip_locked=True, of=("self",)).filter(pk=seen.pk).first()
        if line is not None:
            _hold(line, by)
            return line
        passed.append(seen.pk)


def _lock_case(line: Attention) -> None:
    """Until the transaction ends nobody else takes a line about the same person; whoever waited looks anew."""
    if line.person_id:
        Person.objects.select_for_update(no_key=True).filter(pk=line.person_id).first()


def _hold(line: Attention, by: Volunteer) -> None:
    Attention.objects.filter(claimed_by=by).exclude(pk=line.pk).update(claimed_by=None, claimed_until=None)
    line.claimed_by, line.claimed_until = by, timezone.now() + CLAIM
    line.save(update_fields=["claimed_by", "claimed_until"])


@transaction.atomic
def take_over(attention: Attention, *, by: Volunteer) -> Volunteer | None:
    """Takes a case from somebody who has it in hand, openly: the journal says from whom. Returns who that was."""
    _lock_case(attention)
    row = Attention.objects.select_for_update(no_key=True).get(pk=attention.pk)
    same = models.Q(pk=row.pk) | (models.Q(person=row.person_id) if row.person_id else models.Q())
    before = holder(same, by=by)
    if row.cleared_at is not None:
        return None
    Attention.objects.filter(same, _busy(by)).update(claimed_by=None, claimed_until=None)
    row.refresh_from_db()
    _hold(row, by)
    if before:
        record("taken_over", row, *([row.person] if row.person else []), actor=name_of(by), had=name_of(before))
    return before


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
def note_age(person: Person, *, band: str, by: Volunteer) -> None:
    """How old somebody is, as a volunteer learnt it. Under 18 they are never matched, and what they wished for ends."""
    person.age_band = AgeBand(band)
    person.save(update_fields=["age_band"])
    record("noted_age", person, actor=name_of(by), band=band)
    if not person.is_minor:
        return
    for listing in person.listings.all():
        clear_attention(subject=listing, kinds=[Attention.Kind.PROPOSAL], by=by)
        if listing.state in (Standing.OPEN, Standing.DRAFT, Standing.PAUSED):
            withdraw(listing, actor=name_of(by))


@transaction.atomic
def settle_report(report: Report, *, by: Volunteer) -> None:
    """Somebody of the team has looked after it; again is harmless."""
    if Report.objects.filter(pk=report.pk, settled_at=None).update(settled_at=timezone.now(), settled_by=by):
        record("settled", report, report.by, actor=name_of(by))
        clear_attention(subject=report, kinds=[Attention.Kind.REPORT], by=by)
