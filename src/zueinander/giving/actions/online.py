"""Giving online, from the wish to the money: our account at the provider, payments, and what is heard of them.

A payment is a row before the provider is asked. What the provider calls about is a row before it is looked at, and only
makes us ask: what counts is what the provider answers then, so that doubled, late, lost and mixed-up calls change
nothing. Nothing is asked of the provider inside a transaction.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from zueinander.campaigns.models import Campaign
from zueinander.giving.actions.ledger import About, book, owner, the_book
from zueinander.giving.actions.references import issue
from zueinander.giving.models import (
    PAYING,
    WAITING,
    BankAccount,
    BookingKind,
    Gift,
    Line,
    Notice,
    OnlineAccount,
    Paying,
    Payment,
)
from zueinander.giving.online.connecting import NAME
from zueinander.giving.online.port import Provider, State, Trouble, Unknown, Wish, Word
from zueinander.giving.rules import ledger as rules
from zueinander.giving.rules.ledger import Account, Side
from zueinander.journal.actions import name_of, record
from zueinander.people.models import Volunteer
from zueinander.shared.config import config
from zueinander.shared.lifecycle import ForbiddenStep
from zueinander.shared.money import Money
from zueinander.shared.nudge import nudge

LOOK = "giving.online"
MOST_NOTICES = 200
"""Calls about one payment that are kept; no provider has that much to say of one."""
MOST_TROUBLES = 3
GIVEN_UP = timedelta(days=1)
"""A payment that the provider never heard of cannot be paid; after a day it is over."""


class NotOnline(ValueError):  # noqa: N818
    """Giving online cannot be opened, closed or used like that; the sentence is for the person who tried."""


@transaction.atomic
def open_online(*, campaign: Campaign, by: Volunteer) -> OnlineAccount:
    """From now on people can give online for this campaign; for one at a time, as there is one account at the provider.

    Raises `NotOnline` while another campaign's money lies there, or when the campaign has no bank account in euros.
    """
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    if not BankAccount.objects.filter(campaign=campaign, currency="EUR").exclude(iban="").exists():
        raise NotOnline("Die Aktion braucht zuerst ein Bankkonto in Euro, auf das der Anbieter auszahlt.")
    for other in OnlineAccount.objects.exclude(campaign=campaign).select_related("campaign"):
        if other.closed_at is None or money_there(other.campaign) or _unfinished(other):
            raise NotOnline(f"Beim Anbieter liegt noch Geld für „{other.campaign}“, oder es kann noch welches kommen.")
    values = {"closed_at": None, "by": by}
    try:
        with transaction.atomic():
            row, _ = OnlineAccount.objects.update_or_create(campaign=campaign, provider=NAME, defaults=values)
    except IntegrityError:
        raise NotOnline("Online geben ist gerade für eine andere Aktion möglich.") from None
    record("online_opened", row, campaign, actor=name_of(by))
    return row


@transaction.atomic
def close_online(account: OnlineAccount, *, by: Volunteer) -> OnlineAccount:
    """No new payments. What was begun, and what lies at the provider, is followed to its end. Again is harmless."""
    if OnlineAccount.objects.filter(pk=account.pk, closed_at=None).update(closed_at=timezone.now()):
        record("online_closed", account, account.campaign, actor=name_of(by))
    account.refresh_from_db()
    return account


def money_there(campaign: Campaign) -> int:
    """What the book says lies at the provider for this campaign, in cents."""
    lines = Line.objects.filter(campaign=campaign, side=Side.PROVIDER)
    return sum(lines.values_list("cents", flat=True))


def _unfinished(account: OnlineAccount) -> bool:
    return account.payments.filter(state__in=WAITING).exists()


@transaction.atomic
def begin_payment(
    *, account: OnlineAccount, key: UUID, cents: int, name: str = "", anonymous: bool = True, lang: str = "de"
) -> Payment:
    """The payment as a row, with a reference of its own. The same key again is the same payment, whatever it says."""
    OnlineAccount.objects.select_for_update(no_key=True).get(pk=account.pk)
    standing = Payment.objects.filter(pk=key).first()
    if standing is not None:
        return standing
    if account.closed_at is not None:
        raise NotOnline("Online geben ist gerade nicht möglich. Das Konto steht auf der Seite.")
    reference = issue(campaign=account.campaign, name="" if anonymous else name, anonymous=anonymous)
    row = Payment.objects.create(
        pk=key, account=account, reference=reference, cents=cents, lang=lang, look_after=timezone.now() + GIVEN_UP
    )
    record("payment_begun", row, account.campaign)
    return row


def to_checkout(payment: Payment, provider: Provider) -> str:
    """The provider's page on which this payment is paid; asked for once, as far as we know. Raises `Trouble`.

    Killed after asking, the same question has the same answer: the row's key is the idempotency key.
    """
    if payment.state not in (Paying.BEGUN, Paying.OPEN):
        raise NotOnline("Diese Zahlung ist schon abgeschlossen.")
    if payment.checkout:
        return str(payment.checkout)
    made = provider.begin(_wish(payment, provider))
    rows = Payment.objects.filter(Q(number="") | Q(number=made.number), pk=payment.pk, state__in=WAITING)
    if not rows.update(number=made.number, checkout=made.url, look_after=timezone.now() + timedelta(minutes=1)):
        raise NotOnline("Diese Zahlung ist schon abgeschlossen.")
    payment.refresh_from_db()
    try:
        PAYING.move(payment, Paying.OPEN)
    except ForbiddenStep:  # pressed twice, or the provider's call was faster than its answer
        payment.refresh_from_db()
    return made.url


def _wish(payment: Payment, provider: Provider) -> Wish:
    here = config().address
    callable_from_there = here.startswith("https://") or not all(p.startswith("https://") for p in provider.places)
    return Wish(
        key=str(payment.pk),
        amount=Money(payment.cents, payment.account.currency),
        purpose=f"{payment.account.campaign.name[:100]} {payment.reference}",
        back=here + reverse("site:payment", args=[payment.pk]),
        notify=here + reverse("site:notice", args=[payment.pk]) if callable_from_there else "",
        lang=payment.lang,
    )


def take_notice(payment: Payment, said: str) -> bool:
    """Writes down that the provider called about this payment; False when that was too often to be true."""
    if payment.notices.count() >= MOST_NOTICES:
        return False
    Notice.objects.get_or_create(payment=payment, said=said, done_at=None)
    nudge(LOOK)
    return True


def look_at_payments(provider: Provider, now: datetime | None = None) -> int:
    """Asks about every payment whose time has come, or about which the provider called; returns how many.

    One that has no good answer stops no other; three of them are the provider's trouble. Raises the first `Trouble`.
    """
    at = now or timezone.now()
    due = Q(state__in=WAITING, look_after__lte=at) | Q(notices__done_at=None, notices__isnull=False)
    rows = Payment.objects.filter(due, account__provider=provider.name).distinct()
    troubles: list[Trouble] = []
    keys = list(rows.values_list("pk", flat=True))
    for key in keys:
        try:
            look_at_payment(Payment.objects.select_related("account__campaign", "reference").get(pk=key), provider, at)
        except Trouble as trouble:
            troubles.append(trouble)
            if len(troubles) == MOST_TROUBLES:
                break
    if troubles:
        raise troubles[0]
    return len(keys)


def look_at_payment(payment: Payment, provider: Provider, now: datetime) -> None:
    """What the provider says of it now; when it says nothing, it is asked again later, ever more seldom."""
    calls = list(payment.notices.filter(done_at=None))
    later = now + timedelta(minutes=min(2**payment.looks, 360))
    Payment.objects.filter(pk=payment.pk, state__in=WAITING).update(looks=payment.looks + 1, look_after=later)
    number = payment.number or next((call.said for call in calls), "")
    if not number:
        _over(payment)
        return
    with suppress(Unknown):
        take_word(payment, provider.payment(number), live=provider.live)
    Notice.objects.filter(pk__in=[call.pk for call in calls]).update(done_at=timezone.now())


def _over(payment: Payment) -> None:
    """Nobody was ever sent to the provider with it."""
    with suppress(ForbiddenStep):
        PAYING.move(payment, Paying.EXPIRED, look_after=None)


def take_word(payment: Payment, word: Word, *, live: bool) -> None:
    """The payment as the provider says it is. "Paid" makes the gift and books it, once; older words change nothing."""
    if doubt := _doubt(payment, word, live):
        if Payment.objects.filter(pk=payment.pk).exclude(doubt=doubt).update(doubt=doubt):
            record("payment_doubted", payment)
        return
    Payment.objects.filter(pk=payment.pk, number="").update(number=word.number)
    Payment.objects.filter(pk=payment.pk).exclude(doubt="").update(doubt="")
    try:
        if word.state is State.PAID:
            pay(payment)
        elif word.state != payment.state:
            over = word.state in (State.FAILED, State.CANCELLED, State.EXPIRED)
            PAYING.move(payment, word.state, **({"look_after": None, "checkout": ""} if over else {}))
    except ForbiddenStep:
        payment.refresh_from_db()


def _doubt(payment: Payment, word: Word, live: bool) -> str:
    if word.key != str(payment.pk) or payment.number not in ("", word.number):
        return "Der Anbieter nennt zu dieser Nummer eine andere Zahlung."
    if word.amount != Money(payment.cents, payment.account.currency):
        return f"Der Anbieter nennt einen anderen Betrag: {word.amount.german()}."
    if word.live is not live:
        return "Beim Anbieter ist es Spielgeld." if live else "Beim Anbieter ist es echtes Geld."
    return ""


def pay(payment: Payment) -> None:
    """It is paid: one gift, booked with the same commit. Raises `ForbiddenStep` when that was known already."""
    with the_book():
        PAYING.move(payment, Paying.PAID, paid_at=timezone.now(), look_after=None, checkout="")
        gift = new_gift(payment, payment.cents)
        cause = f"online:{payment.pk}"
        book(_given(payment, gift, cause), About(BookingKind.GIFT, cause, gift=gift))
        record("payment_paid", payment, payment.account.campaign)


def new_gift(payment: Payment, cents: int) -> Gift:
    reference = payment.reference
    return Gift.objects.create(
        campaign=payment.account.campaign, payment=payment, reference=reference,
        on=timezone.localdate(payment.paid_at), cents=cents, currency=payment.account.currency,
        anonymous=reference.anonymous, name="" if reference.anonymous else reference.name,
    )  # fmt: skip


def _given(payment: Payment, gift: Gift, cause: str) -> rules.Posting:
    whose = owner(campaign=payment.account.campaign)
    return rules.transfer(
        gift.on, Money(gift.cents, gift.currency), source=Account(Side.FUND, whose),
        target=Account(Side.PROVIDER, whose), cause=cause,
    )  # fmt: skip


__all__ = ["LOOK", "NotOnline", "Trouble", "begin_payment", "close_online", "look_at_payments", "money_there",
           "new_gift", "open_online", "pay", "take_notice", "take_word", "to_checkout"]  # fmt: skip
