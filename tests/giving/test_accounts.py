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
from zueinander.journal.models import Entry
from zueinander.networks.models import Account, Send
from zueinander.people.models import Role, Volunteer
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


def mails() -> dict[str, list[Send]]:
    found: dict[str, list[Send]] = {}
    for row in Send.objects.select_related("handle").order_by("created_at"):
        assert row.handle is not None
        found.setdefault(row.handle.address, []).append(row)
    return found


def test_whoever_answers_for_the_money_hears_of_a_change_at_once_and_when_it_counts() -> None:
    Account.objects.create(network="mail", name="post@example.org")
    Volunteer.objects.create_user("vera@example.org", role=Role.VOLUNTEER)
    gone = coordinator("Gone")
    Volunteer.objects.filter(pk=gone.pk).update(is_active=False)
    bo, cem = coordinator("Bo"), coordinator("Cem")
    change = propose_change(account(), holder="Käthe Groß", iban=OTHER, by=bo)
    assert set(mails()) == {"bo@example.org", "cem@example.org"}
    first = mails()["cem@example.org"][0]
    assert "Jemand möchte die IBAN ändern" in first.subject_line
    for word in ("DE02 1203 0000 0000 2020 51", "DE89 3704 0044 0532 0130 00", "Bo", "Ein Buch für Kim"):
        assert word in first.text
    approve_change(change, by=cem)
    carry_out_due(timezone.now() + timedelta(hours=25))
    carry_out_due(timezone.now() + timedelta(hours=26))
    assert [len(rows) for rows in mails().values()] == [3, 3]
    last = mails()["bo@example.org"][-1]
    assert last.subject_line == "Die IBAN ist geändert"
    assert "Bisher: Käthe Groß DE89 3704" in last.text
    assert "Cem" in last.text


def test_a_further_account_is_told_of_like_a_change_and_without_mail_the_journal_says_so() -> None:
    account()
    open_account(campaign=campaign(), holder="Käthe Groß", iban=OTHER, by=coordinator())
    assert not Send.objects.exists()
    assert Entry.objects.filter(verb="iban_change_unsaid").count() == 1
