"""Background steps of this room."""

from __future__ import annotations

from procrastinate.contrib.django import app

from zueinander.reach.actions import COPY
from zueinander.reach.copying import copy_waiting
from zueinander.reach.counting import count_uses
from zueinander.reach.measuring import measure_posts
from zueinander.reach.visits import take_log, take_visits


@app.periodic(cron="12 * * * *")
@app.task(name="reach.count", queueing_lock="reach.count", pass_context=False)
def count(timestamp: int = 0) -> None:
    count_uses()
    take_visits()
    take_log()


@app.periodic(cron="40 */6 * * *")
@app.task(name="reach.measure", queueing_lock="reach.measure", pass_context=False)
def measure(timestamp: int = 0) -> None:
    measure_posts()


@app.periodic(cron="* * * * *")
@app.task(name=COPY, queueing_lock=COPY, lock=COPY, pass_context=False)
def copy(timestamp: int = 0) -> None:
    copy_waiting()
