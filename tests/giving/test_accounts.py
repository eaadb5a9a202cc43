"""Where people pay in: checked, changed by two people after a day, and said in public when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.banks.make import OWN, camt
from tests.giving.world import account, campaign, coordinator
from zueinander.giving.actions.accounts import (
    BadAccount,
    approve_change,
    carry_out_due,
    open_account,
    propose_change,
    withdraw_change,
)
from zueinander.giving.actions.imports import receive
from zueinander.giving.models import BankAccount
from zueinander.giving.queries import accounts_of
from zueinander.giving.rules.protection import ChangeError
from zueinander.shared.lifecycle import ForbiddenStep

pytestmark = pytest.mark.django_db
OTHER = "DE02120300000000202051"


def test_the_first_account_is_public_at_once_with_holder_and_girocode() -> None:
    open_account(campaign=campaign(), holder="Käthe Groß", iban="DE89 3704 0044 0532 0130 00", by=coordinator())
    (shown,) = accounts_of(campaign())
    assert (shown.holder, shown.iban, shown.spaced) == ("Käthe Groß", OWN, "DE89 3704 0044 0532 0130 00")
    assert shown.changed_at is not None
    lines = shown.giro_payload.split("\n")
    assert lines[5:7] == ["Käthe Groß", OWN]
    assert shown.reference in lines[-1]
    assert shown.girocode(cents=500).payload().split("\n")[7] == "EUR5.00"


@pytest.mark.parametrize(
    ("holder", "iban"), [("Käthe", "DE89370400440532013001"), ("", OWN), (" Käthe", OWN), ("K\nEUR5", OWN)]
)
def test_what_a_bank_would_refuse_is_refused(holder: str, iban: str) -> None:
    with pytest.raises(BadAccount):
        open_account(campaign=campaign(), holder=holder, iban=iban, by=coordinator())


def test_a_second_account_waits_like_a_change() -> None:
    account()
    open_account(campaign=campaign(), holder="Käthe Groß", iban=OTHER, by=coordinator())
    assert [shown.iban for shown in accounts_of(campaign())] == [OWN]


def test_a_change_needs_two_people_and_a_day_and_shows_its_date() -> None:
    change = propose_change(account(), holder="Käthe Groß", iban=OTHER, by=coordinator())
    assert accounts_of(campaign())[0].change_pending
    with pytest.raises(ChangeError):
        approve_change(change, by=coordinator())
    approve_change(change, by=coordinator("Cem"))
    now = timezone.now()
    assert carry_out_due(now + timedelta(hours=23)) == 0
    assert accounts_of(campaign())[0].iban == OWN
    later = now + timedelta(hours=25)
    assert carry_out_due(later) == 1
    assert carry_out_due(later) == 0
    (shown,) = accounts_of(campaign())
    assert (shown.iban, shown.changed_at) == (OTHER, later)


def test_anybody_may_stop_a_change_until_it_is_done() -> None:
    change = propose_change(account(), holder="Käthe Groß", iban=OTHER, by=coordinator())
    approve_change(change, by=coordinator("Cem"))
    withdraw_change(change, by=coordinator("Dilek"))
    assert carry_out_due(timezone.now() + timedelta(days=3)) == 0
    with pytest.raises(ForbiddenStep):
        withdraw_change(change, by=coordinator())


def test_only_one_change_stands_at_a_time() -> None:
    propose_change(account(), holder="Käthe Groß", iban=OTHER, by=coordinator())
    with pytest.raises(BadAccount):
        propose_change(account(), holder="Käthe", iban=OTHER, by=coordinator())


def test_an_account_whose_book_has_begun_is_kept_and_a_new_one_follows() -> None:
    old = account()
    receive(account=old, data=camt([]))
    change = propose_change(old, holder="Käthe Groß", iban=OTHER, by=coordinator())
    approve_change(change, by=coordinator("Cem"))
    carry_out_due(timezone.now() + timedelta(days=2))
    assert [shown.iban for shown in accounts_of(campaign())] == [OTHER]
    assert set(BankAccount.objects.values_list("iban", flat=True)) == {OWN, OTHER}
