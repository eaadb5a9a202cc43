"""Background steps of this room."""

from __future__ import annotations

from procrastinate.contrib.django import app

from zueinander.listings.taking import take_up_waiting
from zueinander.shared.nudge import nudge

BATCH = 200


@app.periodic(cron="* * * * *")
@app.task(name="listings.take_up", queueing_lock="listings.take_up", pass_context=False)
def take_up(timestamp: int = 0) -> None:
    """Takes up what was read; comes back at once while there is more."""
    if take_up_waiting(BATCH) == BATCH:
        nudge("listings.take_up")
