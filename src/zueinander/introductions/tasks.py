"""Background steps of introductions."""

from __future__ import annotations

from procrastinate.contrib.django import app

from zueinander.introductions import actions


def all_steps() -> None:
    """What waits, oldest stage first; each step is safe to run twice."""
    actions.part_those_who_must_not_meet()
    actions.ask_approved()
    actions.remind()
    actions.expire_silent()
    actions.ask_how_it_was()


@app.periodic(cron="* * * * *")
@app.task(name="introductions.step", queueing_lock="introductions.step", lock="introductions.step", pass_context=False)
def step(timestamp: int = 0) -> None:
    all_steps()
