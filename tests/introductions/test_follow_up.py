"""The day after, both are asked how it was."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests import pairs
from zueinander.house.checks import invariants
from zueinander.introductions import actions
from zueinander.introductions.follow_up import BadAnswer
from zueinander.introductions.models import FollowUp, Introduction, NotMet
from zueinander.introductions.rules import follow_up_due
from zueinander.networks.models import Send
from zueinander.people.models import Attention


def test_the_day_after_at_eleven() -> None:
    zone = ZoneInfo("Europe/Berlin")
    assert follow_up_due(date(2026, 12, 31), zone) == datetime(2027, 1, 1, 11, tzinfo=zone)


def asked() -> Introduction:
    intro = pairs.introduction()
    assert actions.ask_how_it_was() == 0
    FollowUp.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    assert (actions.ask_how_it_was(), actions.ask_how_it_was()) == (2, 0)
    return intro


@pytest.mark.django_db
def test_both_are_asked_once_and_the_match_is_over() -> None:
    intro = asked()
    for person in (intro.match.seek.person, intro.match.offer.person):
        assert len([s for s in Send.objects.filter(person=person) if "Wie war" in s.subject_line]) == 1
    intro.match.refresh_from_db()
    intro.match.seek.refresh_from_db()
    assert (intro.match.state, intro.match.seek.state) == ("ended", "done")
    assert actions.part_those_who_must_not_meet() == 0
    assert actions.write(intro, author=intro.match.seek.person, text="Schön war es", token="t")
    assert invariants() == []


@pytest.mark.django_db
def test_answers_are_kept_and_may_be_changed() -> None:
    row = asked().follow_ups.first()
    assert row is not None
    actions.answer_follow_up(row, met="yes", good="yes", not_met="ill", text="Schön")
    assert (row.met, row.good, row.not_met, row.text) == ("yes", "yes", "", "Schön")
    actions.answer_follow_up(row, met="no", good="yes", not_met="they_cancelled")
    assert (row.met, row.good, row.not_met) == ("no", "", "they_cancelled")
    assert row.answered_at
    assert not Attention.objects.filter(kind="report").exists()


@pytest.mark.django_db
def test_that_it_did_not_take_place_needs_one_of_the_reasons() -> None:
    row = asked().follow_ups.first()
    assert row is not None
    for met, not_met in (("no", ""), ("no", "weather"), ("", ""), ("maybe", "")):
        with pytest.raises(BadAnswer):
            actions.answer_follow_up(row, met=met, not_met=not_met)
    for reason in NotMet.values[1:]:
        assert actions.answer_follow_up(row, met="no", not_met=reason).not_met == reason


@pytest.mark.django_db
def test_what_felt_wrong_reaches_a_human_at_once() -> None:
    row = asked().follow_ups.first()
    assert row is not None
    actions.answer_follow_up(row, met="yes", good="no", felt_wrong=True, text="Er wollte Geld")
    line = Attention.objects.get(kind="report", cleared_at=None)
    assert (line.urgent, line.subject, line.person) == (True, f"followup:{row.pk}", row.person)


@pytest.mark.django_db
def test_nobody_is_asked_about_what_was_ended() -> None:
    intro = pairs.introduction()
    actions.block_other(intro, by=intro.match.seek.person)
    FollowUp.objects.update(due_at=timezone.now() - timedelta(days=1))
    assert actions.ask_how_it_was() == 0
