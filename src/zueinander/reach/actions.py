"""Every write about figures and the press."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from zueinander.campaigns.models import Campaign
from zueinander.journal.actions import name_of, record
from zueinander.people.models import Volunteer
from zueinander.reach.models import ASKING, Asking, Coverage, Observation, PressContact, PressRequest


class Contradicts(ValueError):  # noqa: N818  a word, as `Refused` is one
    """The same source said something else about the same moment: correct the earlier figure instead."""


@transaction.atomic
def note(
    *,
    campaign: Campaign,
    measure: str,
    value: int,
    at: datetime,
    source: str,
    subject: str = "",
    span: int = 0,
    source_url: str = "",
    by: Volunteer | None = None,
) -> Observation:
    """A figure as seen. Noted again it is the same row; another value raises `Contradicts` and changes nothing."""
    row, _ = Observation.objects.get_or_create(
        campaign=campaign, measure=measure, subject=subject, at=at, source=source, corrects=None,
        defaults={"value": value, "span": span, "source_url": source_url, "noted_by": by},
    )  # fmt: skip
    if newest(row).value != value:
        raise Contradicts(f"{source}: {newest(row).value}")
    return row


def newest(row: Observation) -> Observation:
    """The observation that stands today in the place of this one."""
    while True:
        later = Observation.objects.filter(corrects=row).first()
        if later is None:
            return row
        row = later


@transaction.atomic
def correct(row: Observation, *, value: int, by: Volunteer) -> Observation:
    """A new row that stands for the wrong one, which stays visible."""
    row = newest(Observation.objects.select_for_update(no_key=True).get(pk=row.pk))
    if row.value == value:
        return row
    again = Observation.objects.create(
        campaign=row.campaign, measure=row.measure, subject=row.subject, value=value, at=row.at, span=row.span,
        source=row.source, source_url=row.source_url, corrects=row, noted_by=by,
    )  # fmt: skip
    record("observation_corrected", again, actor=name_of(by), before=row.value, after=value)
    return again


@transaction.atomic
def cover(
    *, campaign: Campaign, outlet: str, title: str, published_on: date, kind: str, url: str, quote: str, by: Volunteer
) -> Coverage:
    """A piece in the media; the same address is one piece, whose words are then the new ones."""
    words = {"outlet": outlet, "title": title, "published_on": published_on, "kind": kind, "quote": quote}
    if url:
        row, made = Coverage.objects.update_or_create(campaign=campaign, url=url, defaults=words)
    else:
        row, made = Coverage.objects.create(campaign=campaign, **words), True
    record("coverage_noted" if made else "coverage_changed", row, actor=name_of(by))
    return row


@transaction.atomic
def keep_copy(row: Coverage, *, text: str) -> None:
    """The page as it was, for our own eyes; a second copy does not replace the first."""
    if row.copied_at is None:
        row.copy, row.copied_at = text, timezone.now()
        row.save(update_fields=["copy", "copied_at"])


@transaction.atomic
def ask(
    *,
    campaign: Campaign,
    contact: PressContact,
    question: str,
    asked_at: datetime,
    answer_by: datetime | None,
    by: Volunteer,
) -> PressRequest:
    row = PressRequest.objects.create(
        campaign=campaign, contact=contact, question=question, asked_at=asked_at, answer_by=answer_by
    )
    record("press_asked", row, actor=name_of(by))
    return row


@transaction.atomic
def answer(row: PressRequest, *, text: str, by: Volunteer) -> None:
    ASKING.move(row, Asking.ANSWERED, answer=text, answered_at=timezone.now(), answered_by=by)
    record("press_answered", row, actor=name_of(by))


@transaction.atomic
def decline(row: PressRequest, *, by: Volunteer) -> None:
    ASKING.move(row, Asking.DECLINED, answered_at=timezone.now(), answered_by=by)
    record("press_declined", row, actor=name_of(by))
