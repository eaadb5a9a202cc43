"""Giving online, with the provider's own library over HTTP: one payment is one gift, to the cent, whatever is heard."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.banks.make import Truth, camt
from tests.giving.mollie import World
from tests.giving.world import account, campaign, coordinator
from zueinander.giving.actions.assigning import Part, assign, assign_as_gifts, unassign
from zueinander.giving.actions.imports import receive, take_in
from zueinander.giving.actions.leaving import owe_refund
from zueinander.giving.actions.online import NotOnline, begin_payment, close_online, open_online, to_checkout
from zueinander.giving.actions.online_arriving import says, settle_transfers
from zueinander.giving.actions.online_book import settle_move
from zueinander.giving.actions.online_round import go_round
from zueinander.giving.actions.posting import post_all
from zueinander.giving.faults import faults
from zueinander.giving.models import (
    BankAccount,
    Entered,
    Gift,
    Giving,
    Leaving,
    Movement,
    OnlineAccount,
    Paying,
    Payment,
    PaymentReference,
    StatementEntry,
    Transfer,
)
from zueinander.giving.online.connecting import provider as connected
from zueinander.giving.queries import gifts_of, ledger_rows, money_of, online_of
from zueinander.people.forgetting_in_time import forget_in_time

pytestmark = pytest.mark.django_db


def opened() -> OnlineAccount:
    account()
    return OnlineAccount.objects.first() or open_online(campaign=campaign(), by=coordinator())


def given(world: World, cents: int = 2500, **more: object) -> Payment:
    """Somebody has filled in the form and was sent to the provider."""
    row = begin_payment(account=opened(), key=uuid.uuid4(), cents=cents, **more)  # type: ignore[arg-type]
    theirs = connected()
    assert theirs is not None
    assert to_checkout(row, theirs) == f"{world.address}/checkout/{row.number}"
    return row


def tell(world: World) -> None:
    """The provider calls us about everything it has not called about yet."""
    for url, number in world.calls:
        answer = Client().post("/" + url.split("/", 3)[3], {"id": number})
        assert answer.status_code == 200
    world.calls.clear()


def later() -> None:
    """The next day nobody has called."""
    go_round(timezone.now() + timedelta(days=1))


def statement(*lines: tuple[int, str, str]) -> None:
    day = timezone.localdate()
    told = [Truth(n, day, cents, name, "NL13DEUT0265262461", text) for n, (cents, name, text) in enumerate(lines)]
    take_in(receive(account=account(), data=camt(told)))
    post_all()
    settle_transfers()


def test_who_pays_has_given_and_the_money_lies_at_the_provider(provider: World) -> None:
    row = given(provider, 2500, name="Familie Ahornblatt", anonymous=False)
    assert row.state == Paying.OPEN
    assert money_of(campaign()).received == 0
    provider.pays(row.number, fee=54)
    tell(provider)
    go_round()
    row.refresh_from_db()
    money = money_of(campaign())
    assert row.state == Paying.PAID
    assert (money.received, money.fees, money.at_provider, money.held, money.gifts) == (2500, 54, 2446, 0, 1)
    assert money.on_its_way == money.at_provider
    assert [(one.cents, one.name) for one in gifts_of(campaign())] == [(2500, "Familie Ahornblatt")]
    assert {one.source for one in ledger_rows(campaign())} == {"Zahlungsanbieter"}
    assert faults() == []


def test_nobody_is_named_who_did_not_wish_it(provider: World) -> None:
    row = given(provider, 1000, name="Ada", anonymous=True)
    provider.pays(row.number)
    later()
    assert [one.name for one in gifts_of(campaign())] == [""]
    assert Gift.objects.get().name == ""
    assert "Ada" not in str(provider.payments)


@pytest.mark.parametrize("flat", [True, False])
def test_the_payout_reaches_our_account_when_the_statement_shows_its_reference(provider: World, flat: bool) -> None:
    provider.flat = flat
    for cents in (2500, 5000, 1200):
        provider.pays(given(provider, cents).number)
    later()
    reference, cents = provider.pays_out()
    assert cents == 8700 - 3 * 29
    later()
    assert money_of(campaign()).at_provider == cents
    statement((cents, "Stichting Mollie Payments", f"Mollie {reference[:9]} {reference[9:]} Auszahlung"))
    money = money_of(campaign())
    assert (money.at_provider, money.held, money.received, money.fees, money.waiting) == (0, cents, 8700, 87, 0)
    assert Transfer.objects.get().state == Leaving.SEEN
    assert Gift.objects.count() == 3
    assert faults() == []


def test_a_statement_may_be_there_before_the_provider_was_asked(provider: World) -> None:
    provider.pays(given(provider).number)
    reference, cents = provider.pays_out()
    statement((cents, "Mollie", reference))
    assert money_of(campaign()).waiting == cents
    later()
    assert (money_of(campaign()).waiting, money_of(campaign()).held) == (0, cents)
    assert faults() == []


@pytest.mark.parametrize("text", ["Mollie Auszahlung", "1234567.2611.011", "91234567.2611.01", "11.1234567.2611.01"])
def test_what_only_resembles_a_payout_is_a_humans_to_decide(provider: World, text: str) -> None:
    provider.pays(given(provider).number)
    _reference, cents = provider.pays_out()
    later()
    statement((cents, "Mollie", text))
    entry = StatementEntry.objects.get()
    transfer = Transfer.objects.get()
    assert transfer.state == Leaving.OWED
    assert entry.proposals == [f"transfer:{transfer.pk}"]
    assert assign_as_gifts([entry], campaign=campaign(), by=coordinator()) == 0
    assign(entry, [Part("transfer", cents, campaign(), subject=transfer)], by=coordinator())
    assert money_of(campaign()).at_provider == 0
    unassign(StatementEntry.objects.get(), by=coordinator())
    assert money_of(campaign()).at_provider == cents
    assert Transfer.objects.get().state == Leaving.OWED
    assert faults() == []


def test_the_right_reference_with_another_amount_books_nothing(provider: World) -> None:
    provider.pays(given(provider).number)
    reference, cents = provider.pays_out()
    later()
    statement((cents - 1, "Mollie", reference), (cents, "Ada", "Alles Gute"))
    assert Transfer.objects.get().state == Leaving.OWED
    assert StatementEntry.objects.filter(proposals__len=1).get().units == cents - 1


def test_a_reference_is_read_through_the_cuts_of_a_bank() -> None:
    assert says("SVWZ+1234567.26\n11.01 Mollie", "1234567.2611.01")
    assert not says("SVWZ+1234567.2611.01.2", "1234567.2611.01")
    assert not says("", "")


def test_a_refund_closes_what_we_owed(provider: World) -> None:
    row = given(provider, 3000)
    provider.pays(row.number)
    later()
    owe_refund(Gift.objects.get(), reason="doppelt gegeben", by=coordinator())
    assert money_of(campaign()).returned == 3000
    provider.goes_back(row.number, 3000)
    tell(provider)
    go_round()
    assert Gift.objects.get().state == Giving.REFUNDED
    money = money_of(campaign())
    assert (money.received, money.returned, money.fees) == (3000, 3000, 54)
    assert money.at_provider == provider.balance == -54
    provider.comes_again(row.number, 3000, word="returned-refund")
    later()
    assert Gift.objects.get().state == Giving.REFUND_OWED
    assert faults() == []


def test_a_chargeback_takes_the_gift_back_and_its_reversal_brings_it_again(provider: World) -> None:
    row = given(provider, 3000)
    provider.pays(row.number)
    provider.goes_back(row.number, 3000, word="chargeback")
    later()
    assert Gift.objects.get().state == Giving.RETURNED
    assert (money_of(campaign()).gifts, money_of(campaign()).returned) == (0, 3000)
    provider.comes_again(row.number, 3000)
    later()
    assert (money_of(campaign()).gifts, money_of(campaign()).returned) == (1, 0)
    assert money_of(campaign()).at_provider == provider.balance
    assert faults() == []


def test_what_went_back_in_part_leaves_the_rest_a_gift(provider: World) -> None:
    row = given(provider, 5000, name="Gül", anonymous=False)
    provider.pays(row.number)
    later()
    provider.goes_back(row.number, 2000)
    later()
    assert [(one.cents, one.name) for one in gifts_of(campaign())] == [(3000, "Gül")]
    money = money_of(campaign())
    assert (money.received, money.returned, money.at_provider) == (5000, 2000, provider.balance)
    assert faults() == []


def test_a_payment_the_provider_never_called_about_is_found(provider: World) -> None:
    row = given(provider)
    provider.pays(row.number)
    provider.calls.clear()
    go_round(timezone.now() + timedelta(minutes=2))
    row.refresh_from_db()
    assert row.state == Paying.PAID


def test_who_gave_up_may_still_pay(provider: World) -> None:
    row = given(provider)
    provider.gives_up(row.number, "expired")
    tell(provider)
    go_round()
    row.refresh_from_db()
    assert row.state == Paying.EXPIRED
    provider.pays(row.number)
    tell(provider)
    go_round()
    assert money_of(campaign()).received == 2500


def test_the_name_for_a_gift_that_never_came_is_forgotten(provider: World) -> None:
    row, paid = (given(provider, 1000, name="Ada", anonymous=False) for _ in range(2))
    provider.gives_up(row.number, "expired")
    provider.pays(paid.number)
    later()
    forget_in_time()
    assert PaymentReference.objects.filter(anonymous=False).count() == 2
    PaymentReference.objects.update(issued_at=timezone.now() - timedelta(days=31))
    forget_in_time()
    row.reference.refresh_from_db()
    assert (row.reference.name, row.reference.anonymous) == ("", True)
    assert [one.name for one in gifts_of(campaign())] == ["Ada"]


def test_the_same_form_sent_twice_is_one_payment(provider: World) -> None:
    key = uuid.uuid4()
    rows = [begin_payment(account=opened(), key=key, cents=1000) for _ in range(2)]
    theirs = connected()
    assert theirs is not None
    addresses = {to_checkout(row, theirs) for row in rows}
    assert len(addresses) == len(provider.payments) == Payment.objects.count() == 1


def test_killed_after_asking_the_same_question_makes_no_second_payment(provider: World) -> None:
    row = given(provider)
    Payment.objects.update(number="", checkout="", state=Paying.BEGUN)
    row.refresh_from_db()
    theirs = connected()
    assert theirs is not None
    to_checkout(row, theirs)
    assert set(provider.payments) == {row.number}


def test_a_call_that_lies_changes_nothing(provider: World) -> None:
    row, other = given(provider, 1000), given(provider, 9900)
    provider.pays(other.number)
    provider.calls.clear()
    assert Client().post(f"/zahlung/{row.pk}/meldung/", {"id": other.number}).status_code == 404
    assert Client().post(f"/zahlung/{uuid.uuid4()}/meldung/", {"id": row.number}).status_code == 404
    assert Client().post(f"/zahlung/{row.pk}/meldung/", {"id": "tr_x' or 1"}).status_code == 404
    assert Client().get(f"/zahlung/{row.pk}/meldung/").status_code == 405
    assert Client().post(f"/zahlung/{row.pk}/meldung/", {"id": row.number}).status_code == 200
    go_round()
    row.refresh_from_db()
    assert row.state == Paying.OPEN


@pytest.mark.parametrize(
    ("change", "word"),
    [({"amount": {"currency": "EUR", "value": "2500.00"}}, "Betrag"), ({"metadata": {"key": "x"}}, "andere Zahlung"),
     ({"mode": "live"}, "echtes Geld")],
)  # fmt: skip
def test_what_the_provider_says_otherwise_is_not_booked(provider: World, change: dict[str, object], word: str) -> None:
    row = given(provider)
    provider.pays(row.number)
    provider.payments[row.number] |= change
    provider.moves.clear()
    later()
    row.refresh_from_db()
    assert word in row.doubt
    assert money_of(campaign()).received == 0


@pytest.mark.parametrize("value", ["9.7", "9,71", "9.715", "", None, "1e3"])
def test_an_amount_that_is_none_stops_everything_and_says_so(provider: World, value: object) -> None:
    provider.pays(given(provider).number)
    later()
    provider.pays(given(provider, 1000).number)
    provider.moves[-1]["resultAmount"] = {"currency": "EUR", "value": value}
    later()
    row = OnlineAccount.objects.get()
    assert row.trouble
    assert Movement.objects.count() == 1
    assert faults() == []


def test_a_provider_that_is_away_costs_nothing_but_time(provider: World) -> None:
    row = given(provider)
    provider.pays(row.number)
    provider.broken = 50
    tell(provider)
    go_round()
    assert "503" in OnlineAccount.objects.get().trouble or "temporarily" in OnlineAccount.objects.get().trouble
    provider.broken = 0
    go_round()
    assert OnlineAccount.objects.get().trouble == ""
    assert money_of(campaign()).received == 2500


def test_what_nobody_foresaw_waits_for_a_human(provider: World) -> None:
    provider.pays(given(provider).number)
    provider.something("balance-correction", -300)
    provider.something("payment", 700)
    provider.something("invoice-compensation", -40)
    later()
    strange, unknown = Movement.objects.filter(state=Entered.ASKED)
    assert money_of(campaign()).at_provider == 2500 - 29 - 40
    settle_move(strange, purpose="costs", by=coordinator())
    settle_move(unknown, purpose="gift", by=coordinator())
    money = money_of(campaign())
    assert (money.at_provider, money.fees, money.received) == (provider.balance, 29 + 40 + 300, 3200)
    assert faults() == []


def test_a_payout_that_came_back_is_at_the_provider_again(provider: World) -> None:
    provider.pays(given(provider).number)
    provider.pays_out()
    later()
    provider.returns_payout("stl_00000001")
    later()
    assert Transfer.objects.get().state == Leaving.DROPPED
    assert money_of(campaign()).at_provider == provider.balance == 2500 - 29
    assert faults() == []


def test_online_is_open_for_one_campaign_at_a_time(provider: World) -> None:
    first = opened()
    other = campaign("noch-ein-buch")
    BankAccount.objects.create(campaign=other, holder="Käthe", iban="DE02120300000000202051")
    with pytest.raises(NotOnline):
        open_online(campaign=other, by=coordinator())
    row = given(provider)
    close_online(first, by=coordinator())
    with pytest.raises(NotOnline):
        begin_payment(account=OnlineAccount.objects.get(), key=uuid.uuid4(), cents=1000)
    with pytest.raises(NotOnline):
        open_online(campaign=other, by=coordinator())
    provider.pays(row.number)
    later()
    assert money_of(campaign()).received == 2500, "what was begun is followed to its end"
    with pytest.raises(NotOnline):
        open_online(campaign=other, by=coordinator())
    reference, cents = provider.pays_out()
    later()
    statement((cents, "Mollie", reference))
    assert open_online(campaign=other, by=coordinator()).campaign == other
    provider.goes_back(row.number, 2500, word="chargeback", fee=0)
    later()
    assert money_of(campaign()).at_provider == -2500, "a loss is the campaign's whose gift it was"
    assert online_of(other) == "Mollie"
    assert faults() == []


def test_without_a_key_nobody_can_give_online() -> None:
    opened()
    assert online_of(campaign()) == ""
    assert connected() is None
    go_round()
    assert Client().get(f"/geben/{campaign().slug}/").status_code == 404
