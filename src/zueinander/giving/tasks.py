"""Background steps of giving: files are taken in, entries booked, due changes of an IBAN carried out."""

from __future__ import annotations

from procrastinate.contrib.django import app

from zueinander.giving.actions.accounts import carry_out_due
from zueinander.giving.actions.imports import POST, TAKE_IN, take_in_waiting
from zueinander.giving.actions.online import LOOK
from zueinander.giving.actions.online_arriving import settle_transfers
from zueinander.giving.actions.online_round import go_round
from zueinander.giving.actions.posting import post_all


@app.task(name=TAKE_IN, queueing_lock=TAKE_IN, lock=TAKE_IN, pass_context=False)
def take_in() -> None:
    take_in_waiting()
    post_all()
    settle_transfers()


@app.task(name=POST, queueing_lock=POST, lock=TAKE_IN, pass_context=False)
def post() -> None:
    post_all()
    settle_transfers()


@app.periodic(cron="* * * * *")
@app.task(name=LOOK, queueing_lock=LOOK, lock=LOOK, pass_context=False)
def online(timestamp: int = 0) -> None:
    go_round()


@app.periodic(cron="* * * * *")
@app.task(name="giving.sweep", queueing_lock="giving.sweep", lock=TAKE_IN, pass_context=False)
def sweep(timestamp: int) -> None:
    take_in_waiting()
    post_all()
    carry_out_due()
