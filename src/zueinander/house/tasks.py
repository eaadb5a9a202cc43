"""Steps that look after the house itself."""

from __future__ import annotations

from procrastinate.contrib.django import app

from zueinander.listings.demo import answer_for_everybody
from zueinander.shared.heartbeat import beat


@app.periodic(cron="* * * * * */20")  # the sixth field is seconds
@app.task(name="house.alive", queueing_lock="house.alive", pass_context=False)
def alive(timestamp: int) -> None:
    """The worker's sign of life goes through the queue itself, so that it proves the queue."""
    beat("worker")


@app.periodic(cron="* * * * * */10")
@app.task(name="house.demonstration", queueing_lock="house.demonstration", pass_context=False)
def demonstration(timestamp: int) -> None:
    answer_for_everybody()
