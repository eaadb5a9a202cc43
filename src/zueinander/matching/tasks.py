"""Background steps of matching."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from zueinander.campaigns.models import Campaign
from zueinander.matching import actions, experience, whatif
from zueinander.matching.models import Run
from zueinander.matching.seen import seen_by

_AT_LEAST_EVERY = timedelta(minutes=15)  # who waits how long changes by itself


def is_due(campaign: Campaign) -> bool:
    """Whether anything the matcher looks at has changed since the last run; otherwise it would propose the same."""
    last = Run.objects.filter(campaign=campaign).order_by("-id").first()
    if last is None or timezone.now() - last.at > _AT_LEAST_EVERY:
        return True
    return last.seen != seen_by(campaign)


def propose_where_due() -> int:
    """Runs the matcher for each campaign that looks different from its last run; returns for how many."""
    actions.rest_minors()
    experience.learn_from_what_is_over()
    due = [campaign for campaign in actions.campaigns_to_match() if is_due(campaign)]
    for campaign in due:
        actions.propose(campaign)
    return len(due)


@app.task(name=actions.PROPOSE, queueing_lock=actions.PROPOSE, lock=actions.PROPOSE, pass_context=False)
def propose() -> None:
    propose_where_due()


@app.task(name=whatif.ANSWER, queueing_lock=whatif.ANSWER, lock=whatif.ANSWER, pass_context=False)
def answer() -> None:
    whatif.answer_waiting()


@app.periodic(cron="* * * * *")
@app.task(name="matching.ask_again", queueing_lock="matching.ask_again", lock=whatif.ANSWER, pass_context=False)
def ask_again(timestamp: int) -> None:
    whatif.answer_waiting()


@app.periodic(cron="* * * * *")
@app.task(name="matching.sweep", queueing_lock="matching.sweep", lock=actions.PROPOSE, pass_context=False)
def sweep(timestamp: int) -> None:
    propose_where_due()
