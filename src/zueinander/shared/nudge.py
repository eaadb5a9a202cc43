"""Waking the next step: a task deferred once the rows it will find are written."""

from __future__ import annotations

import logging

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

log = logging.getLogger(__name__)


def nudge(task: str) -> None:
    """Defers the task of this name after the commit, unless it waits already.

    Never fails: each step also sweeps by itself every minute.
    """

    def defer() -> None:
        try:
            app.configure_task(task, queueing_lock=task).defer()
        except AlreadyEnqueued:
            pass
        except Exception:  # the rows are the truth; a nudge that is lost costs a minute
            log.warning("could not wake %s", task, exc_info=True)

    transaction.on_commit(defer)
