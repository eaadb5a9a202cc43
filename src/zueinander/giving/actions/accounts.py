"""Opening bank accounts and changing where people pay in."""

from __future__ import annotations

from copy import copy
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from schwifty import IBAN

from zueinander.campaigns.models import Campaign
from zueinander.giving.actions.references import common_reference
from zueinander.giving.actions.warning import warn_team
from zueinander.giving.models import CHANGING, BankAccount, Changing, IbanChange
from zueinander.giving.rules import protection
from zueinander.giving.rules.girocode import GiroCode, GiroCodeError, checked_iban
from zueinander.journal.actions import MACHINE, name_of, record
from zueinander.people.models import Volunteer


class BadAccount(ValueError):  # noqa: N818
    """Holder, IBAN or currency cannot be used; the sentence is for the person who typed it."""


@transaction.atomic
def open_account(*, campaign: Campaign, holder: str, iban: str, currency: str = "EUR", by: Volunteer) -> BankAccount:
    """A campaign's account. The first one counts at once; a later one waits for a second person and a day.

    Raises `BadAccount` for an IBAN with wrong digits or one we know, a holder no bank has, or a second currency.
    """
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    plain = _usable(holder, iban)
    others = BankAccount.objects.filter(campaign=campaign)
    if others.exclude(currency=currency).exists():
        raise BadAccount("Alle Konten einer Aktion werden in derselben Währung geführt.")
    first = not others.exists()
    account = BankAccount.objects.create(
        campaign=campaign, holder=holder, currency=currency, iban=plain if first else "",
        bank=_bank(plain) if first else "", iban_changed_at=timezone.now() if first else None,
    )  # fmt: skip
    common_reference(campaign)
    record("account_opened", account, campaign, actor=name_of(by))
    if not first:
        propose_change(account, holder=holder, iban=plain, by=by)
    return account


@transaction.atomic
def propose_change(account: BankAccount, *, holder: str, iban: str, by: Volunteer) -> IbanChange:
    """A wish to change holder or IBAN, for a second person's yes. Raises `BadAccount`, also while another stands."""
    account = BankAccount.objects.select_for_update(no_key=True).get(pk=account.pk)
    if account.replaced_by_id:
        raise BadAccount("Dieses Konto ist schon abgelöst. Bitte ändere das neue.")
    plain = _usable(holder, iban, apart_from=account)
    if (holder, plain) == (account.holder, account.iban):
        raise BadAccount("Das ist das Konto, wie es schon dasteht.")
    if account.changes.filter(state__in=[Changing.PROPOSED, Changing.APPROVED]).exists():
        raise BadAccount("Es wartet schon eine Änderung. Bitte erst zustimmen oder zurückziehen.")
    change = IbanChange.objects.create(
        account=account, holder=holder, iban=plain, bank=_bank(plain), proposed_by=by, proposed_at=timezone.now()
    )
    record("iban_change_proposed", change, account, actor=name_of(by))
    warn_team(change)
    return change


@transaction.atomic
def approve_change(change: IbanChange, *, by: Volunteer) -> IbanChange:
    """The second person's yes; it takes effect a day later. Raises `protection.ChangeError` for the proposer's own."""
    protection.approve(_as_rule(change), by=str(by.pk), at=timezone.now())
    CHANGING.move(change, Changing.APPROVED, approved_by=by, approved_at=timezone.now())
    record("iban_change_approved", change, change.account, actor=name_of(by))
    warn_team(change)
    return change


@transaction.atomic
def withdraw_change(change: IbanChange, *, by: Volunteer) -> IbanChange:
    """Anybody of the team may stop it until it is done."""
    CHANGING.move(change, Changing.WITHDRAWN)
    record("iban_change_withdrawn", change, change.account, actor=name_of(by))
    return change


def carry_out_due(now: datetime | None = None) -> int:
    """Carries out approved changes whose day of delay is over; returns how many."""
    at = now or timezone.now()
    due = IbanChange.objects.filter(state=Changing.APPROVED, approved_at__lte=at - protection.DELAY)
    return sum(_carry_out(pk, at) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def _carry_out(pk: int, at: datetime) -> bool:
    change = IbanChange.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if change is None or change.state != Changing.APPROVED:
        return False
    protection.carry_out(_as_rule(change), at=at)
    account, before = change.account, copy(change.account)
    values = {"holder": change.holder, "iban": change.iban, "bank": change.bank, "iban_changed_at": at}
    if account.files.exists() and account.iban != change.iban:
        following = BankAccount.objects.create(campaign=account.campaign, currency=account.currency, **values)
        BankAccount.objects.filter(pk=account.pk).update(replaced_by=following)
    else:
        BankAccount.objects.filter(pk=account.pk).update(**values)
    CHANGING.move(change, Changing.DONE, done_at=at)
    record("iban_changed", change, account, actor=MACHINE)
    change.account = before
    warn_team(change)
    return True


def _as_rule(change: IbanChange) -> protection.Change:
    return protection.Change(
        protection.State(change.state), str(change.proposed_by_id), change.proposed_at,
        str(change.approved_by_id or ""), change.approved_at,
    )  # fmt: skip


def _usable(holder: str, iban: str, apart_from: BankAccount | None = None) -> str:
    """The IBAN without blanks when a GiroCode can be made of both and no other account has it."""
    try:
        plain = checked_iban(iban)
        GiroCode(holder, plain).payload()
    except GiroCodeError as error:
        raise BadAccount(f"{str(error)[:1].upper()}{str(error)[1:]}.") from None
    others = BankAccount.objects.filter(iban=plain).values_list("pk", flat=True)
    if set(others) - {apart_from.pk if apart_from else None}:
        raise BadAccount("Dieses Konto gibt es schon.")
    return plain


def _bank(iban: str) -> str:
    """The bank's name, where the bundled register knows it."""
    return str(IBAN(iban, allow_invalid=True).bank_name or "")[:120]
