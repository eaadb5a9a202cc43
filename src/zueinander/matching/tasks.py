"""Background steps of matching."""

from __future__ import annotations

from datetime import timedelta
from threading import Lock

from django.utils import timezone
from procrastinate.contrib.django import app

from zueinander.campaigns.models import Campaign
from zueinander.matching import actions, experience, sharing, whatif
from zueinander.matching.models import Run
from zueinander.matching.seen import seen_by

_AT_LEAST_EVERY = timedelta(minutes=15)  # who waits how long changes by itself
_AT_IT = Lock()


def is_due(campaign: Campaign) -> bool:
    """Whether anything the matcher looks at has changed since the last run; otherwise it would propose the same."""
    last = Run.objects.filter(campaign=campaign).order_by("-id").first()
    if last is None or timezone.now() - last.at > _AT_LEAST_EVERY:
        return True
    return last.seen != seen_by(campaign)


def propose_where_due() -> int:
    """Runs the matcher for each campaign that looks different from its last run, a large one in parts; returns for how
    many."""
    actions.rest_minors()
    experience.learn_from_what_is_over()
    sharing.apply_solved()
    campaigns = [campaign for campaign in actions.campaigns_to_match() if not sharing.is_under_way(campaign)]
    due = [campaign for campaign in campaigns if is_due(campaign)]
    for campaign in due:
        if sharing.is_large(campaign):
            sharing.cut(campaign)
        else:
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


def solve_parts() -> None:
    """Until none is left, one at a time in this process: the others' steps go on beside it."""
    if not _AT_IT.acquire(blocking=False):
        return
    try:
        while sharing.solve_one():
            pass
    finally:
        _AT_IT.release()


@app.task(name=sharing.SOLVE, queueing_lock=sharing.SOLVE, pass_context=False)
def solve_part() -> None:
    solve_parts()


@app.periodic(cron="* * * * *")
@app.task(name="matching.take_up", queueing_lock="matching.take_up", pass_context=False)
def take_up(timestamp: int) -> None:
    solve_parts()
