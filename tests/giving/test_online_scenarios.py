"""Calls doubled, mixed up, late and lost, and a kill between any two steps: the book ends as the truth to the cent.

What really happened is the provider's and the bank's (`tests.giving.mollie`); we hear of it by its own library over
HTTP, or not at all. ZUEINANDER_ONLINE_SCENARIOS says how many stories are played.
"""

from __future__ import annotations

import os
import random
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.banks.make import Truth, camt
from tests.giving.mollie import World
from tests.giving.world import account, campaign, coordinator
from zueinander.giving.actions.imports import receive, take_in
from zueinander.giving.actions.online import begin_payment, open_online, take_notice, to_checkout
from zueinander.giving.actions.online_arriving import settle_transfers
from zueinander.giving.actions.online_round import go_round
from zueinander.giving.actions.posting import post_all
from zueinander.giving.faults import faults
from zueinander.giving.models import Entered, Gift, Giving, Leaving, Movement, Paying, Payment, Transfer
from zueinander.giving.online.connecting import provider as connected
from zueinander.giving.online.port import Trouble
from zueinander.giving.queries import money_of

SCENARIOS = int(os.environ.get("ZUEINANDER_ONLINE_SCENARIOS", "16"))
STEPS = 40


class Killed(BaseException):
    """As kill -9: nothing catches it, open transactions are undone, what was committed stays."""


class Killing:
    """Runs a piece of work and kills it before or after its n-th statement to the database or question to Mollie."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.left, self.kills = chance, -1, 0

    def __call__(self, work: Callable[[], Any]) -> Any:
        """What the work returns, or None when it was killed."""
        self.left = self.chance.randrange(160) if self.chance.random() < 0.5 else -1
        try:
            with connection.execute_wrapper(self._statement):
                return work()
        except Killed:
            self.kills += 1
            return None
        finally:
            self.left = -1

    def point(self) -> None:
        self.left -= self.left >= 0
        if self.left == 0:
            self.left = -1
            raise Killed

    def _statement(self, execute: Any, sql: str, *more: Any) -> Any:
        given = (sql, *more)
        if sql.startswith("ROLLBACK"):  # what a kill leaves behind is rolled back by the database itself
            return execute(*given)
        self.point()
        found = execute(*given)
        self.point()
        return found


@dataclass
class Story:
    """Who gives, what Mollie and the bank do, and what we hear of it, all by the same chance."""

    world: World
    chance: random.Random
    at_checkout: list[Payment] = field(default_factory=list)
    forms: list[tuple[uuid.UUID, int, bool]] = field(default_factory=list)
    kept: dict[str, list[int]] = field(default_factory=dict)
    gone: list[tuple[str, int]] = field(default_factory=list)
    told: list[Truth] = field(default_factory=list)
    owing: list[tuple[str, str, int]] = field(default_factory=list)
    over: bool = False

    def __post_init__(self) -> None:
        self.work = Killing(self.chance)
        self.account = open_online(campaign=campaign(), by=coordinator())

    def step(self) -> None:
        self.chance.choice(
            [self.gives, self.gives, self.gives, self.pays, self.pays, self.pays, self.waits, self.calls, self.calls,
             self.round, self.round, self.goes_back, self.comes_again, self.pays_out, self.bank_says]
        )()  # fmt: skip

    # -- people -------------------------------------------------------------------------------------------------------

    def gives(self) -> None:
        """A new form, or an old one sent again."""
        if not self.forms or self.chance.random() < 0.7:
            self.forms.append((uuid.UUID(int=self.chance.getrandbits(128), version=4),
                               self.chance.choice([500, 2500, 2500, 9999]), self.chance.random() < 0.5))  # fmt: skip
        key, cents, anonymous = self.chance.choice(self.forms)

        def work() -> Payment:
            row = begin_payment(account=self.account, key=key, cents=cents, name="Ada", anonymous=anonymous)
            theirs = connected()
            assert theirs is not None
            if row.state in (Paying.BEGUN, Paying.OPEN):
                self.work.point()
                with suppress(Trouble):
                    to_checkout(row, theirs)
                self.work.point()
            return row

        row = self.work(work)
        if row is not None and row.number and row not in self.at_checkout:
            self.at_checkout.append(row)

    def _open(self) -> list[str]:
        numbers = [row.number for row in self.at_checkout]
        return [one for one in numbers if self.world.payments[one]["status"] in ("open", "pending", "expired")]

    def pays(self) -> None:
        if numbers := self._open():
            number = self.chance.choice(numbers)
            self.world.pays(number, fee=self.chance.choice([0, 29, 54]))
            self.kept[number] = [self.world.cents(number)]

    def waits(self) -> None:
        if numbers := [one for one in self._open() if self.world.payments[one]["status"] == "open"]:
            self.world.gives_up(self.chance.choice(numbers), self.chance.choice(["pending", "expired", "failed"]))

    # -- provider and banks -------------------------------------------------------------------------------------------

    def goes_back(self) -> None:
        numbers = [number for number, parts in self.kept.items() if parts]
        if numbers:
            number = self.chance.choice(numbers)
            cents = self.kept[number].pop()
            part = cents if self.chance.random() < 0.6 else self.chance.randrange(1, cents)
            self.kept[number] += [cents - part] if cents > part else []
            self.world.goes_back(number, part, word=self.chance.choice(["refund", "chargeback"]))
            self.gone.append((number, part))

    def comes_again(self) -> None:
        if self.gone:
            number, cents = self.gone.pop(self.chance.randrange(len(self.gone)))
            self.world.comes_again(number, cents)
            self.kept[number].append(cents)

    def pays_out(self) -> None:
        if self.world.balance > 0:
            self.owing.append((f"stl_{len(self.world.settlements) + 1:08d}", *self.world.pays_out()))

    def bank_says(self) -> None:
        """A day's statement with one payout, an old one again, or the payout comes back before the bank has it."""
        if self.owing and self.chance.random() < 0.15 and not self.over:
            self.world.returns_payout(self.owing.pop()[0])
            return
        if self.owing:
            _number, reference, cents = self.owing.pop(0)
            day = timezone.localdate() + timedelta(days=len(self.told))
            self.told.append(Truth(len(self.told), day, cents, "Mollie", "NL13DEUT0265262461", f"Mollie {reference}"))
        if self.told:
            one = self.chance.choice([self.told[-1], *self.told])
            opening = sum(before.cents for before in self.told if before.day < one.day)
            self.work(lambda: self._import(camt([one], opening=opening)))

    @staticmethod
    def _import(data: bytes) -> None:
        take_in(receive(account=account(), data=data))
        post_all()
        settle_transfers()

    # -- what we hear -------------------------------------------------------------------------------------------------

    def calls(self) -> None:
        """One call of Mollie's, any of them: once, twice, later, or never."""
        if not self.world.calls:
            return
        place = self.chance.randrange(len(self.world.calls))
        url, number = self.world.calls[place]
        if self.chance.random() < 0.7:
            row = Payment.objects.get(pk=url.rstrip("/").split("/")[-2])
            self.work(lambda: take_notice(row, number))
        if self.chance.random() < 0.7:
            del self.world.calls[place]

    def round(self) -> None:
        if self.chance.random() < 0.2:
            self.world.broken = self.chance.randrange(3)
        later = timezone.now() + timedelta(minutes=self.chance.choice([0, 2, 20, 1500]))
        self.work(lambda: go_round(later))

    # -- the end ------------------------------------------------------------------------------------------------------

    def ends(self) -> None:
        """Nobody calls any more, the bank says everything once more, and the worker goes its rounds undisturbed."""
        self.world.calls.clear()
        self.world.broken, self.over = 0, True
        while self.owing:
            self.bank_says()
        for one in self.told:
            self._import(camt([one], opening=sum(before.cents for before in self.told if before.day < one.day)))
        for days in (2, 4):
            go_round(timezone.now() + timedelta(days=days))

    def holds(self) -> None:
        world, money = self.world, money_of(campaign())
        arrived = sum(one.cents for one in self.told)
        assert (money.received, money.returned, money.fees) == (world.received, world.gone_back, world.fees)
        assert (money.at_provider, world.out) == (world.balance, arrived)
        assert (money.held, money.waiting, money.on_its_way) == (arrived, 0, money.at_provider)
        assert not Movement.objects.exclude(state=Entered.BOOKED).exists()
        assert not Transfer.objects.filter(state=Leaving.OWED).exists()
        names = {"canceled": "cancelled"}
        for row in Payment.objects.exclude(number=""):
            state = world.payments[row.number]["status"]
            assert row.state == names.get(state, state)
        assert Payment.objects.count() <= len(self.forms)
        assert len(world.payments) <= Payment.objects.count(), "one payment is asked for once"
        kept = sorted(Gift.objects.filter(state=Giving.KEPT).values_list("cents", flat=True))
        assert sum(kept) == sum(sum(parts) for parts in self.kept.values())
        assert faults() == []


@pytest.mark.django_db
def test_the_book_is_the_truth_whatever_was_heard_and_whenever_we_died(provider: World) -> None:
    kills = payments = 0
    for seed in range(SCENARIOS):
        provider.__dict__.update(World(address=provider.address).__dict__, flat=bool(seed % 2))
        with transaction.atomic():
            account()
            story = Story(provider, random.Random(seed))
            for _ in range(STEPS):
                story.step()
            story.ends()
            try:
                story.holds()
            except AssertionError as wrong:
                raise AssertionError(f"story {seed}") from wrong
            kills += story.work.kills
            payments += sum(one["status"] == "paid" for one in provider.payments.values())
            transaction.set_rollback(True)
    print(f"{SCENARIOS} stories, {payments} payments paid, {kills} kills")
    assert kills > SCENARIOS, "it is killed often"
    assert payments > SCENARIOS
