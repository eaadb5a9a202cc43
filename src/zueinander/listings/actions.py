"""Every write about listings."""

from __future__ import annotations

from zueinander.listings.confirming import Answers, confirm, consent, pause, resume, start, withdraw
from zueinander.listings.taking import take_up, take_up_waiting

__all__ = ["Answers", "confirm", "consent", "pause", "resume", "start", "take_up", "take_up_waiting", "withdraw"]
