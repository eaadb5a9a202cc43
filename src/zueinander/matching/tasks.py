"""Background steps of matching."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from zueinander.campaigns.models import Campaign
from zueinander.journal.models import Entry
from zueinander.matching import actions, experience, whatif
from zueinander.matching.models import Run

_AT_LEAST_EVERY = timedelta(minutes=15)
_OVERLAP = timedelta(seconds=5)  # an entry's time is when its transaction wrote it, not when it became visible
_OWN = ("proposed", "lapsed")


def is_due(campaign: Campaign) -> bool:
    """Whether anything happened since the last run; a run that sees the same rows would propose the same."""
    last = Run.objects.filter(campaign=campaign).order_by("-id").first()
    if last is None or timezone.now() - last.at > _AT_LEAST_EVERY:
        return True
    return Entry.objects.filter(at__gt=last.at - _OVERLAP).exclude(verb__in=_OWN).exists()


def propose_where_due() -> int:
    """Runs the matcher for each campaign in which something happened; returns for how many."""
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
