"""Background steps of this room."""

from __future__ import annotations

from procrastinate.contrib.django import app

from zueinander.people.forgetting_in_time import forget_in_time


@app.periodic(cron="*/10 * * * *")
@app.task(name="people.forget", queueing_lock="people.forget", lock="people.forget", pass_context=False)
def forget(timestamp: int = 0) -> None:
    forget_in_time()
