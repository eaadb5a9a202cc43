"""Background steps of this room."""

from __future__ import annotations

from procrastinate.contrib.django import app

from zueinander.shared.nudge import nudge
from zueinander.understanding.actions import read_waiting

BATCH = 200


@app.periodic(cron="* * * * *")
@app.task(name="understanding.read", queueing_lock="understanding.read", pass_context=False)
def read(timestamp: int = 0) -> None:
    """Reads what waits; comes back at once while there is more."""
    if read_waiting(BATCH) == BATCH:
        nudge("understanding.read")
