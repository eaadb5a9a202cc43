"""Every write about figures and the press."""

from __future__ import annotations

import base64
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from zueinander.campaigns.models import Campaign
from zueinander.journal.actions import MACHINE, name_of, record
from zueinander.people.actions import clear_attention, raise_attention
from zueinander.people.models import Attention, Volunteer
from zueinander.reach.models import ASKING, Asking, Coverage, Observation, PressContact, PressRequest
from zueinander.reach.outside import Why
from zueinander.shared.nudge import nudge

COPY = "reach.copy"
ANSWER_WITHIN = timedelta(days=2)
"""Without a deadline of theirs a question stands in the queue as due then."""


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
    stands = newest(row).value
    if stands != value:
        raise Contradicts(f"{source}: {stands}")
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
    *,
    campaign: Campaign,
    url: str,
    kind: str,
    by: Volunteer,
    outlet: str = "",
    title: str = "",
    published_on: date | None = None,
    quote: str = "",
    public: bool = True,
    row: Coverage | None = None,
) -> Coverage:
    """A piece in the media; the same address is one piece, of which words that are given replace those there were.

    Public only once outlet, title and day are known. `row`: a piece that is noted already.
    """
    same = Coverage.objects.select_for_update(no_key=True).filter(campaign=campaign)
    known = same.filter(pk=row.pk) if row else same.filter(url=url).exclude(url="")
    row = known.first()
    made = row is None
    row = row or Coverage(campaign=campaign)
    row.url, row.kind, row.quote = url, kind, quote
    row.outlet, row.title, row.published_on = outlet or row.outlet, title or row.title, published_on or row.published_on
    row.public = public and row.whole
    row.save()
    record("coverage_noted" if made else "coverage_changed", row, actor=name_of(by))
    return row


@transaction.atomic
def want_copy(row: Coverage) -> None:
    """Has the page fetched in the background, unless we have it."""
    if row.url and row.copied_at is None:
        row.copy_wanted_at, row.copy_refused = timezone.now(), ""
        row.save(update_fields=["copy_wanted_at", "copy_refused"])
        nudge(COPY)


@transaction.atomic
def keep_copy(row: Coverage, *, body: bytes, type: str = "", by: Volunteer | None = None) -> None:
    """The page as it was, for our own eyes; a second copy does not replace the first."""
    row = Coverage.objects.select_for_update(no_key=True).get(pk=row.pk)
    row.copy_wanted_at, row.copy_refused = None, ""
    if row.copied_at is None:
        row.copy, row.copy_type, row.copied_at = base64.b64encode(body).decode(), type[:100], timezone.now()
        record("coverage_copied", row, actor=name_of(by) if by else MACHINE)
    row.save(update_fields=["copy", "copy_type", "copied_at", "copy_wanted_at", "copy_refused"])


@transaction.atomic
def refuse_copy(row: Coverage, why: Why) -> None:
    """It could not be fetched; somebody may upload it, or try again."""
    Coverage.objects.filter(pk=row.pk, copied_at=None).update(copy_wanted_at=None, copy_refused=str(why))
    record("coverage_not_copied", row, why=str(why))


@transaction.atomic
def fill_in(row: Coverage, *, outlet: str, title: str, published_on: date | None) -> None:
    """What the page says of itself, where nobody has said it yet."""
    row = Coverage.objects.select_for_update(no_key=True).get(pk=row.pk)
    row.outlet, row.title = row.outlet or outlet[:120], row.title or title[:300]
    row.published_on = row.published_on or published_on
    row.save(update_fields=["outlet", "title", "published_on"])


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
    """What somebody of the press asked; a line in the queue reminds of it until it is answered or declined."""
    row = PressRequest.objects.create(
        campaign=campaign, contact=contact, question=question, asked_at=asked_at, answer_by=answer_by
    )
    record("press_asked", row, actor=name_of(by))
    _remind(row)
    return row


def _remind(row: PressRequest) -> None:
    deadline = row.answer_by or timezone.now() + ANSWER_WITHIN
    raise_attention(kind=Attention.Kind.PRESS, subject=row, deadline=deadline)


@transaction.atomic
def answer(row: PressRequest, *, text: str, by: Volunteer) -> None:
    ASKING.move(row, Asking.ANSWERED, answer=text, answered_at=timezone.now(), answered_by=by)
    clear_attention(subject=row, by=by)
    record("press_answered", row, actor=name_of(by))


@transaction.atomic
def decline(row: PressRequest, *, by: Volunteer) -> None:
    ASKING.move(row, Asking.DECLINED, answered_at=timezone.now(), answered_by=by)
    clear_attention(subject=row, by=by)
    record("press_declined", row, actor=name_of(by))


@transaction.atomic
def ask_again(row: PressRequest, *, by: Volunteer) -> None:
    """They came back to it: open once more, what we said stays to be read."""
    ASKING.move(row, Asking.OPEN, answered_at=None, answered_by=None)
    record("press_reopened", row, actor=name_of(by))
    _remind(row)
