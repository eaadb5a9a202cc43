"""The consent gate: what may be said to whom. Pure; whoever asks gathers the facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from zueinander.networks.port import Rules

MAX_ATTEMPTS = 8
"""Tries after which a message the network keeps putting off counts as refused."""

NO_ACCOUNT = "no account of ours reaches them"
STOPPED = "they said stop"
GONE = "their account is gone"
DANGER = "a human looks first: somebody may be in danger"
MINOR = "under 18: only a human writes"
NO_BASIS = "they never turned to us"
TOO_LATE = "the network's time to answer is over"
TOO_LONG = "empty or too long for the network"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known when something is about to be said.

    `turned_to_us_at`: when the person last wrote to us (None: never; a hashtag alone is not writing to us).
    """

    kind: str
    text: str
    automatic: bool
    to_somebody: bool
    stopped: bool
    gone: bool
    in_danger: bool
    minor: bool
    turned_to_us_at: datetime | None


def refusal(facts: Facts, rules: Rules, now: datetime) -> str:
    """Why this may not be said, or "" when it may. The reasons are the constants above."""
    if facts.to_somebody and (why := _about_the_person(facts, rules, now)):
        return why
    return "" if _fits(facts, rules) else TOO_LONG


def _about_the_person(facts: Facts, rules: Rules, now: datetime) -> str:
    for holds, why in ((facts.stopped, STOPPED), (facts.gone, GONE)):
        if holds:
            return why
    if facts.automatic and (facts.in_danger or facts.minor):
        return DANGER if facts.in_danger else MINOR
    if facts.turned_to_us_at is None:
        return NO_BASIS if facts.automatic or (facts.kind == "direct" and not rules.may_write_first) else ""
    if rules.answer_window is not None and now - facts.turned_to_us_at > rules.answer_window:
        return TOO_LATE
    return ""


def _fits(facts: Facts, rules: Rules) -> bool:
    """Private messages may be longer than posts in some networks; there the adapter itself knows."""
    return rules.fits(facts.text) if facts.kind != "direct" else bool(facts.text.strip())


def marked(text: str, rules: Rules) -> str:
    """The text with the network's words that a machine wrote it."""
    if not rules.disclosure or rules.disclosure in text:
        return text
    return f"{rules.disclosure} {text}" if rules.disclosure.endswith(":") else f"{text}\n\n{rules.disclosure}"


def pause_after(attempts: int) -> timedelta:
    """How long to wait before trying again what may safely be repeated: 30 s, doubling, at most an hour."""
    return min(timedelta(seconds=30 * 2 ** min(attempts, 10)), timedelta(hours=1))
