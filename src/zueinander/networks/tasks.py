"""Background steps of this room."""

from __future__ import annotations

from procrastinate.contrib.django import app

from zueinander.networks.delivering import deliver_waiting, reclaim_trying
from zueinander.shared.nudge import nudge

BATCH = 50


@app.periodic(cron="* * * * *")
@app.task(name="networks.deliver", queueing_lock="networks.deliver", pass_context=False)
def deliver(timestamp: int = 0) -> None:
    """Says what waits; comes back at once while there is more."""
    if deliver_waiting(BATCH) == BATCH:
        nudge("networks.deliver")


@app.periodic(cron="* * * * *")
@app.task(name="networks.reclaim", queueing_lock="networks.reclaim", pass_context=False)
def reclaim(timestamp: int = 0) -> None:
    reclaim_trying()
