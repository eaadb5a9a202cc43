"""kill -9 in the middle of import and posting, 200 times: no booking of the bank is lost, none is there twice."""

from __future__ import annotations

import os
import random
import signal
import time
from datetime import date, timedelta

import pytest
from django.db import connections
from django.db.models import Sum

from tests.banks.make import Truth, camt
from tests.giving.world import account, campaign
from zueinander.giving.actions.imports import receive, take_in, take_in_waiting
from zueinander.giving.actions.posting import post_all
from zueinander.giving.actions.references import common_reference
from zueinander.giving.faults import faults
from zueinander.giving.models import Booking, Entering, Gift, Line, StatementEntry, StatementFile, Taking
from zueinander.giving.queries import money_of

KILLS = 200
FIRST = date(2015, 3, 2)


def day(number: int, code: str) -> list[Truth]:
    """What the bank books on one day: gifts with and without the reference, twins among them, and a fee."""
    chance = random.Random(number)
    made = []
    for place in range(3):
        purpose = f"Fuer Kim {code}" if chance.random() < 0.4 else "Alles Gute"
        name, iban = f"Ada {chance.randrange(40)}", f"DE{chance.randrange(10**20):020d}"
        one = Truth(place, FIRST + timedelta(days=number), chance.choice([500, 1000, 2500]), name, iban, purpose)
        made += [one, one] if chance.random() < 0.3 else [one]
    return [*made, Truth(9, FIRST + timedelta(days=number), -95, "Bank", "", "Entgelt")]


def statement(number: int, code: str, months: list[list[Truth]]) -> bytes:
    """Two days, of which the first was told by the statement before."""
    days = months[max(0, number - 1) : number + 1]
    before = 100_000 + sum(one.cents for told in months[: max(0, number - 1)] for one in told)
    return camt([one for told in days for one in told], opening=before)


def work(data: bytes) -> None:
    """What web and worker do: the upload, its reading, the booking, and whatever was left lying."""
    receive(account=account(), data=data)
    take_in_waiting()
    post_all()


def killed(data: bytes, after: float) -> bool:
    """Runs the work in a process of its own and kills it; says whether it was still at it."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            work(data)
        finally:
            os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
def test_two_hundred_kills_lose_and_double_nothing() -> None:
    account()
    code = common_reference(campaign()).code
    months = [day(number, code) for number in range(6 * KILLS)]
    chance, kills, uploads, length = random.Random(9), 0, 0, 0.2
    while kills < KILLS:
        assert uploads < len(months), "the work is over before it can be killed"
        hit = killed(statement(uploads, code, months), chance.uniform(0, length))
        length = min(2.0, length * 1.1) if hit else max(0.05, length * 0.85)
        kills += hit
        uploads += 1
    before = (StatementEntry.objects.count(), Booking.objects.count())
    assert min(before) > 0, "import and booking went on between the kills"
    take_in_waiting()
    post_all()
    # whatever was received is booked, without anybody uploading it again
    assert set(StatementFile.objects.values_list("state", flat=True)) == {Taking.TAKEN}
    assert not StatementEntry.objects.filter(state=Entering.STORED).exists()
    received = StatementFile.objects.count()
    assert uploads // 4 < received, "many uploads survive the kill"
    assert received < uploads, "some are killed before they are received"
    for number in range(uploads):
        take_in(receive(account=account(), data=statement(number, code, months)))
    post_all()
    truth = [one for told in months[:uploads] for one in told]
    booked = StatementEntry.objects.booked().order_by("booked", "pk").values_list("booked", "units")
    assert sorted(booked) == sorted((one.day, one.cents) for one in truth)
    assert Line.objects.filter(side="bank").aggregate(n=Sum("cents"))["n"] == sum(one.cents for one in truth)
    gifts = [one.cents for one in truth if code in one.purpose]
    assert (Gift.objects.count(), money_of(campaign()).received) == (len(gifts), sum(gifts))
    assert faults() == []
    print(f"{kills} kills in {uploads} uploads, {received} received; before the last step {before} entries, bookings")
