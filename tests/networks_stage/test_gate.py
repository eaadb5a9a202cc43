"""The consent gate: what may be said to whom, decided before anything is written down, and again before it is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from zueinander.networks import registry
from zueinander.networks.rules import (
    DANGER,
    GONE,
    MINOR,
    NO_BASIS,
    STOPPED,
    TOO_LATE,
    TOO_LONG,
    Facts,
    marked,
    pause_after,
    refusal,
)

NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)
RULES = registry.network("bluesky").rules
FINE = Facts(
    kind="direct",
    text="Danke",
    automatic=True,
    to_somebody=True,
    stopped=False,
    gone=False,
    in_danger=False,
    minor=False,
    turned_to_us_at=NOW - timedelta(hours=1),
)


def test_who_turned_to_us_may_be_answered() -> None:
    assert refusal(FINE, RULES, NOW) == ""


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (replace(FINE, stopped=True), STOPPED),
        (replace(FINE, stopped=True, automatic=False), STOPPED),
        (replace(FINE, gone=True, automatic=False), GONE),
        (replace(FINE, in_danger=True), DANGER),
        (replace(FINE, minor=True), MINOR),
        (replace(FINE, turned_to_us_at=None), NO_BASIS),
        (replace(FINE, turned_to_us_at=None, automatic=False), NO_BASIS),
        (replace(FINE, turned_to_us_at=None, kind="reply"), NO_BASIS),
        (replace(FINE, kind="reply", text="x" * 301), TOO_LONG),
        (replace(FINE, text=" "), TOO_LONG),
    ],
)
def test_what_may_not_be_said(facts: Facts, why: str) -> None:
    assert refusal(facts, RULES, NOW) == why


@pytest.mark.parametrize(
    "facts",
    [
        replace(FINE, in_danger=True, automatic=False),
        replace(FINE, minor=True, automatic=False),
        replace(FINE, turned_to_us_at=None, kind="reply", automatic=False),
        replace(FINE, to_somebody=False, kind="public", turned_to_us_at=None, automatic=False),
    ],
)
def test_what_only_a_human_may_say(facts: Facts) -> None:
    assert refusal(facts, RULES, NOW) == ""


def test_a_networks_time_to_answer_ends() -> None:
    day = replace(RULES, answer_window=timedelta(hours=24))
    assert refusal(replace(FINE, turned_to_us_at=NOW - timedelta(hours=25)), day, NOW) == TOO_LATE
    assert refusal(replace(FINE, turned_to_us_at=NOW - timedelta(hours=23)), day, NOW) == ""


@pytest.mark.parametrize("network", ["bluesky", "mastodon", "mail", "form", "replay"])
def test_every_automatic_text_says_that_it_is_one(network: str) -> None:
    rules = registry.network(network).rules
    once = marked("Danke, deine Nachricht ist da.", rules)
    assert rules.disclosure in once
    assert marked(once, rules) == once


def test_waiting_grows_and_ends() -> None:
    assert pause_after(1) < pause_after(2) < pause_after(5) <= pause_after(50) == timedelta(hours=1)
