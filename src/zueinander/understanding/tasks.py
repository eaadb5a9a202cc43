"""Background steps of this room."""

from __future__ import annotations

from procrastinate.contrib.django import app

from zueinander.shared.nudge import nudge
from zueinander.understanding.actions import read_waiting
from zueinander.understanding.learning import learn as train_anew
from zueinander.understanding.opinion import ask_waiting

BATCH = 200


@app.periodic(cron="* * * * *")
@app.task(name="understanding.read", queueing_lock="understanding.read", pass_context=False)
def read(timestamp: int = 0) -> None:
    """Reads what waits; comes back at once while there is more."""
    if read_waiting(BATCH) == BATCH:
        nudge("understanding.read")


@app.periodic(cron="43 3 * * *")
@app.task(name="understanding.learn", queueing_lock="understanding.learn", pass_context=False)
def learn(timestamp: int = 0) -> None:
    """A minute of computing, and only when the corrections are others than the day before."""
    train_anew()


@app.periodic(cron="*/5 * * * *")
@app.task(name="understanding.opinion", queueing_lock="understanding.opinion", pass_context=False)
def opinion(timestamp: int = 0) -> None:
    """Does nothing unless the operator set an address to ask."""
    ask_waiting()
