"""Nobody alone, and nobody at once, can change where the money goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from zueinander.giving.rules.protection import (
    DELAY,
    TRANSITIONS,
    Change,
    ChangeError,
    State,
    approve,
    carry_out,
    withdraw,
)

NOON = datetime(2015, 3, 5, 12, tzinfo=UTC)
WISH = Change(State.PROPOSED, "ada", NOON)


def test_two_people_and_a_day_make_a_change() -> None:
    approved = approve(WISH, by="bruno", at=NOON + timedelta(hours=1))
    done = carry_out(approved, at=NOON + timedelta(hours=25))
    assert done.state == State.DONE


def test_the_proposer_alone_changes_nothing() -> None:
    with pytest.raises(ChangeError):
        approve(WISH, by="ada", at=NOON + DELAY)
    with pytest.raises(ChangeError):
        carry_out(WISH, at=NOON + 10 * DELAY)


def test_a_second_too_early_is_too_early() -> None:
    approved = approve(WISH, by="bruno", at=NOON)
    with pytest.raises(ChangeError):
        carry_out(approved, at=NOON + DELAY - timedelta(seconds=1))
    assert carry_out(approved, at=NOON + DELAY).state == State.DONE


def test_a_change_can_be_stopped_until_it_is_done() -> None:
    approved = approve(WISH, by="bruno", at=NOON)
    for stopped in (withdraw(WISH), withdraw(approved)):
        with pytest.raises(ChangeError):
            carry_out(stopped, at=NOON + 2 * DELAY)
    with pytest.raises(ChangeError):
        withdraw(carry_out(approved, at=NOON + DELAY))


def test_a_yes_is_given_once_and_after_the_wish() -> None:
    approved = approve(WISH, by="bruno", at=NOON)
    with pytest.raises(ChangeError):
        approve(approved, by="cem", at=NOON)
    with pytest.raises(ChangeError):
        approve(WISH, by="bruno", at=NOON - timedelta(seconds=1))


def test_the_lifecycle_knows_every_state() -> None:
    assert set(TRANSITIONS) == set(State)
    assert all(target in TRANSITIONS for targets in TRANSITIONS.values() for target in targets)
