"""The worker's sign of life goes through the queue itself, so that it proves the queue."""

from __future__ import annotations

from procrastinate.contrib.django import app

from zueinander.shared.heartbeat import beat


@app.periodic(cron="*/20 * * * * *")
@app.task(queueing_lock="house.alive", pass_context=False)
def alive(timestamp: int) -> None:
    beat("worker")
