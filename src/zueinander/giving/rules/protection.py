"""Changing where the money goes: two people and a day's delay, because that line is what a fraudster would swap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

DELAY = timedelta(hours=24)
"""Between the second person's yes and the change; long enough for everybody to see the alert."""


class ChangeError(ValueError):
    """The step is not allowed; says why."""


class State(StrEnum):
    """Where a change stands. The value is stored; never rename one."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    DONE = "done"
    WITHDRAWN = "withdrawn"


TRANSITIONS: dict[State, frozenset[State]] = {
    State.PROPOSED: frozenset({State.APPROVED, State.WITHDRAWN}),
    State.APPROVED: frozenset({State.DONE, State.WITHDRAWN}),
    State.DONE: frozenset(),
    State.WITHDRAWN: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Change:
    """A wish to change holder or IBAN; people are named by any stable key."""

    state: State
    proposed_by: str
    proposed_at: datetime
    approved_by: str = ""
    approved_at: datetime | None = None

    @property
    def due_at(self) -> datetime | None:
        """When an approved change may take effect."""
        return self.approved_at + DELAY if self.approved_at else None


def approve(change: Change, *, by: str, at: datetime) -> Change:
    """The change with a second person's yes. Raises ChangeError for the proposer's own or a closed change."""
    _allowed(change, State.APPROVED)
    if by == change.proposed_by:
        raise ChangeError("die Zustimmung muss von einer zweiten Person kommen")
    if at < change.proposed_at:
        raise ChangeError("die Zustimmung liegt vor dem Vorschlag")
    return Change(State.APPROVED, change.proposed_by, change.proposed_at, by, at)


def carry_out(change: Change, *, at: datetime) -> Change:
    """The change done. Raises ChangeError before the delay is over."""
    _allowed(change, State.DONE)
    if change.due_at is None or at < change.due_at:
        raise ChangeError("der Tag Wartezeit ist noch nicht vorbei")
    return Change(State.DONE, change.proposed_by, change.proposed_at, change.approved_by, change.approved_at)


def withdraw(change: Change) -> Change:
    """The change stopped; anybody of the team may, until it is done."""
    _allowed(change, State.WITHDRAWN)
    return Change(State.WITHDRAWN, change.proposed_by, change.proposed_at, change.approved_by, change.approved_at)


def _allowed(change: Change, target: State) -> None:
    if target not in TRANSITIONS[change.state]:
        raise ChangeError(f"von {change.state} führt kein Weg zu {target}")
