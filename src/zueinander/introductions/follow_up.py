"""The day after: did you meet, was it good, did something feel wrong."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from zueinander.introductions.models import Answer, FollowUp, NotMet
from zueinander.introductions.queries import other_side
from zueinander.introductions.rules import clean
from zueinander.introductions.telling import tell
from zueinander.journal.actions import name_of, record
from zueinander.matching.actions import release
from zueinander.matching.models import Matching
from zueinander.people.actions import raise_attention
from zueinander.people.models import Attention, PersonalLink

LOOK_WITHIN = timedelta(hours=2)


class BadAnswer(ValueError):  # noqa: N818
    """The answers do not go together; the message names the field."""


def ask_how_it_was(limit: int = 200) -> int:
    """Asks those whose occasion together is over; the match then ends. Returns how many people were asked."""
    due = FollowUp.objects.filter(asked_at=None, due_at__lte=timezone.now(), introduction__closed_at=None)
    asked = 0
    for pk in due.order_by("due_at").values_list("pk", flat=True)[:limit]:
        with transaction.atomic():
            row = FollowUp.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=pk, asked_at=None).first()
            if row:
                _ask(row)
                asked += 1
    return asked


def _ask(row: FollowUp) -> None:
    introduction = row.introduction
    match, other = introduction.match, other_side(introduction, row.person)
    own = match.seek if other.pk == match.offer_id else match.offer
    row.asked_at = timezone.now()
    row.save(update_fields=["asked_at"])
    tell("how_was_it", match, own, use=PersonalLink.Use.FOLLOW_UP, subject=row)
    if match.state == Matching.INTRODUCED:
        release(match, to=Matching.ENDED, reason="over", search_on=False)
    record("asked_how_it_was", row, introduction, match)


@transaction.atomic
def answer_follow_up(
    follow_up: FollowUp,
    *,
    met: str,
    good: str = "",
    felt_wrong: bool = False,
    not_met: str = "",
    text: str = "",
    actor: str = "",
) -> FollowUp:
    """Keeps the answers; a later answer replaces an earlier one. Raises `BadAnswer`.

    `not_met` says why it did not take place and belongs to a no, `good` to a yes. What felt wrong is urgent.
    """
    if met not in (Answer.YES, Answer.NO):
        raise BadAnswer("met")
    if met == Answer.NO and not_met not in [v for v in NotMet.values if v]:
        raise BadAnswer("not_met")
    row = FollowUp.objects.select_for_update(no_key=True).get(pk=follow_up.pk)
    row.met, row.felt_wrong, row.text, row.answered_at = met, felt_wrong, clean(text), timezone.now()
    row.good = good if met == Answer.YES and good in Answer.values else ""
    row.not_met = not_met if met == Answer.NO else ""
    row.save()
    record("told_how_it_was", row, row.introduction, actor=actor or name_of(row.person), met=met, felt_wrong=felt_wrong)
    if felt_wrong:
        due = timezone.now() + LOOK_WITHIN
        raise_attention(kind=Attention.Kind.REPORT, subject=row, person=row.person, deadline=due, urgent=True)
    follow_up.refresh_from_db()
    return row
