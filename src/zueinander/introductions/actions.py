"""Asking both, introducing them, ending it."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from django.utils import timezone

from zueinander.introductions.conversing import Refused, block_other, report, write
from zueinander.introductions.follow_up import answer_follow_up, ask_how_it_was
from zueinander.introductions.models import Answer, Ask, FollowUp, Introduction
from zueinander.introductions.queries import other_side, silent_too_often, unasked
from zueinander.introductions.rules import answer_deadline, both_yes, follow_up_due, reminder_due
from zueinander.introductions.telling import tell
from zueinander.journal.actions import MACHINE, name_of, record
from zueinander.listings.actions import pause
from zueinander.listings.models import Listing, Standing
from zueinander.matching.actions import release, settle
from zueinander.matching.models import LIVE, Match, Matching
from zueinander.matching.queries import must_part, why_not_together
from zueinander.people.actions import clear_attention
from zueinander.people.models import Attention, PersonalLink, Volunteer
from zueinander.shared.lifecycle import ForbiddenStep

__all__ = [
    "Refused", "TooLate", "answer", "answer_follow_up", "ask_approved", "ask_how_it_was", "block_other",
    "expire_silent", "other_side", "part", "part_those_who_must_not_meet", "remind", "report", "write",
]  # fmt: skip
OWN, ANSWER, TALK = PersonalLink.Use.OWN_PAGE, PersonalLink.Use.ANSWER, PersonalLink.Use.CONVERSATION


class TooLate(Exception):  # noqa: N818
    """The proposal does not wait for an answer any more; nothing was changed."""


def ask_approved(limit: int = 200) -> int:
    """Asks both sides of approved matches, each once; returns how many matches."""
    asked = 0
    for pk in unasked().values_list("pk", flat=True)[:limit]:
        with transaction.atomic():
            row = (
                Match.objects.select_for_update(no_key=True, skip_locked=True)
                .filter(pk=pk, state=Matching.APPROVED)
                .first()
            )
            if row and row.asks.count() < 2:
                _ask_both(row)
                asked += 1
    return asked


def _ask_both(match: Match) -> None:
    deadline = answer_deadline(timezone.now(), match.occasion.on, timezone.get_current_timezone())
    for listing in (match.seek, match.offer):
        ask, _ = Ask.objects.get_or_create(match=match, listing=listing, defaults={"deadline": deadline})
        tell("ask", match, listing, use=ANSWER, subject=ask, deadline=ask.deadline)
    record("asked", match, match.seek, match.offer)


@transaction.atomic
def answer(ask: Ask, *, yes: bool, actor: str = "") -> Introduction | None:
    """One side's yes or no; the introduction once both said yes. The same answer again is harmless, and a yes may
    still become a no until then. Raises `TooLate` when the proposal was declined, expired or taken back."""
    match = Match.objects.select_for_update(no_key=True).get(pk=ask.match_id)
    ask.refresh_from_db()
    given = Answer.YES if yes else Answer.NO
    actor = actor or name_of(ask.listing.person)
    if match.state == Matching.INTRODUCED and yes:
        return Introduction.objects.get(match=match)
    if match.state == Matching.DECLINED and ask.answer == given == Answer.NO:
        return None
    if match.state != Matching.APPROVED:
        raise TooLate
    if ask.answer != given:
        ask.answer, ask.answered_at = given, timezone.now()
        ask.save(update_fields=["answer", "answered_at"])
        record("answered", ask, match, match.seek, match.offer, actor=actor, yes=yes)
        clear_attention(subject=ask, kinds=[Attention.Kind.BY_HAND])
    if not yes:
        _let_go(match, ask.listing, actor=actor)
        return None
    if not both_yes(match.asks.values_list("answer", flat=True)):
        return None
    return _introduce(match, actor=actor)


def _let_go(match: Match, unwilling: Listing, *, actor: str) -> None:
    """The other side hears that nothing comes of it, not why."""
    release(match, to=Matching.DECLINED, actor=actor, reason="no")
    other = match.offer if unwilling.pk == match.seek_id else match.seek
    tell("not_this_time", match, other, use=OWN, subject=None)


def _introduce(match: Match, *, actor: str) -> Introduction | None:
    """A host may be done already: their other places are given, and this one is kept for the two."""
    seek, offer = match.seek, match.offer
    there = seek.state == Standing.OPEN and offer.state in (Standing.OPEN, Standing.DONE)
    reason = why_not_together(seek, offer) or ("" if there else "listing")
    if reason:
        _part(match, reason)
        return None
    settle(match, actor=actor)
    introduction = Introduction.objects.create(match=match)
    due = follow_up_due(match.occasion.on, timezone.get_current_timezone())
    for listing in (match.seek, match.offer):
        FollowUp.objects.create(introduction=introduction, person=listing.person, due_at=due)
        tell("introduced", match, listing, use=TALK, subject=introduction)
    record("introduced", introduction, match, match.seek, match.offer, actor=actor)
    return introduction


def remind(limit: int = 200) -> int:
    """Whoever has not answered hears from us once more before the deadline; returns how many."""
    now, reminded = timezone.now(), 0
    waiting = Ask.objects.filter(match__state=Matching.APPROVED, answer="", reminded_at=None, deadline__gt=now)
    for pk, asked, deadline in waiting.values_list("pk", "asked_at", "deadline")[:limit]:
        if reminder_due(asked, deadline) > now:
            continue
        with transaction.atomic():
            ask = (
                Ask.objects.select_for_update(no_key=True, skip_locked=True)
                .filter(pk=pk, answer="", reminded_at=None)
                .first()
            )
            if ask:
                ask.reminded_at = now
                ask.save(update_fields=["reminded_at"])
                tell("remind", ask.match, ask.listing, use=ANSWER, subject=ask, deadline=ask.deadline)
                reminded += 1
    return reminded


def expire_silent(limit: int = 200) -> int:
    """Silence past the deadline frees both sides; each hears what happens next. Returns how many matches."""
    late = Match.objects.filter(state=Matching.APPROVED, asks__answer="", asks__deadline__lte=timezone.now())
    freed = 0
    for pk in late.values_list("pk", flat=True).distinct()[:limit]:
        with transaction.atomic():
            match = (
                Match.objects.select_for_update(no_key=True, skip_locked=True)
                .filter(pk=pk, state=Matching.APPROVED)
                .first()
            )
            if match:
                _free_silent(match)
                freed += 1
    return freed


def _free_silent(match: Match) -> None:
    """Whoever is silent again and again rests, so that nobody counts on them in vain; they can come back any time."""
    release(match, to=Matching.EXPIRED, reason="silence")
    for ask in match.asks.select_related("listing__person"):
        clear_attention(subject=ask, kinds=[Attention.Kind.BY_HAND])
        if ask.answer:
            tell("not_this_time", match, ask.listing, use=OWN, subject=None)
        elif silent_too_often(ask.listing):
            with suppress(ForbiddenStep):
                pause(ask.listing, actor=MACHINE)
            tell("resting", match, ask.listing, use=OWN, subject=None)
        else:
            tell("no_answer", match, ask.listing, use=OWN, subject=None)


def part_those_who_must_not_meet() -> int:
    """Ends live matches that something made impossible meanwhile: seats go back, and whoever counted on it hears so.

    Returns how many; again is harmless.
    """
    parted = 0
    for match, reason in must_part():
        with transaction.atomic():
            row = Match.objects.select_for_update(skip_locked=True).filter(pk=match.pk, state=match.state).first()
            if row:
                _part(row, reason)
                parted += 1
    return parted


@transaction.atomic
def part(match: Match, *, by: Volunteer) -> None:
    """A volunteer lets two people go who were asked or introduced; seats go back, and both hear so.

    Raises `ForbiddenStep` when there is nothing to end any more.
    """
    row = Match.objects.select_for_update(no_key=True).get(pk=match.pk)
    if row.state not in LIVE:
        raise ForbiddenStep("Nothing to end here.")
    _part(row, "team", actor=name_of(by))
    match.refresh_from_db()


def _part(match: Match, reason: str, actor: str = MACHINE) -> None:
    introduction = Introduction.objects.filter(match=match, closed_at=None).first()
    to = Matching.ENDED if match.state == Matching.INTRODUCED else Matching.DECLINED
    release(match, to=to, actor=actor, reason=reason)
    if introduction:
        introduction.closed_at, introduction.close_reason = timezone.now(), reason
        introduction.save(update_fields=["closed_at", "close_reason"])
        record("closed", introduction, match, actor=actor, reason=reason)
    for ask in match.asks.select_related("listing__person"):
        clear_attention(subject=ask, kinds=[Attention.Kind.BY_HAND])
        if introduction or ask.listing.state == Standing.OPEN:
            tell("over" if introduction else "not_this_time", match, ask.listing, use=OWN, subject=None)
