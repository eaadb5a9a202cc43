"""Everybody who answers for the money hears by mail when it is to go elsewhere: at once, again with the second person's
yes, and when it counts. Whoever has taken over one account of the team cannot do it unheard."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from zueinander.giving.models import Changing, IbanChange
from zueinander.giving.models.accounts import in_fours
from zueinander.giving.rules.protection import DELAY
from zueinander.journal.actions import name_of, record
from zueinander.networks.actions import queue_send, turned_to_us
from zueinander.networks.models import Account
from zueinander.people.actions import meet
from zueinander.people.models import Role, Volunteer
from zueinander.shared.config import config


def warn_team(change: IbanChange) -> int:
    """One mail for each coordinator and for the organisation's own address, as rows that go out after the commit.

    Called again for the same state of the change nobody gets a second one. Returns how many there are; without a mail
    account of ours that is nobody, which the journal says.
    """
    account = Account.objects.filter(network="mail", active=True).order_by("pk").first()
    if account is None:
        record("iban_change_unsaid", change, change.account)
        return 0
    with translation.override(settings.LANGUAGE_CODE):
        subject, text = _subject(change), _text(change)
    return sum(_queue(account, change, address, subject, text) for address in _addresses())


def _addresses() -> Iterator[str]:
    rows = Volunteer.objects.filter(is_active=True, role=Role.COORDINATOR).order_by("pk")
    found = {address.strip().lower(): None for address in (*rows.values_list("email", flat=True), config().contact)}
    yield from filter(None, found)


def _queue(account: Account, change: IbanChange, address: str, subject: str, text: str) -> bool:
    handle = meet(network="mail", native_id=address, address=address)
    turned_to_us(handle=handle, account=account, channel="form", native_id="", at=timezone.now())
    sent = queue_send(
        account=account, person=handle.person, handle=handle, kind="direct", about=name_of(change), text=text,
        idempotency_key=f"iban:{change.pk}:{change.state}:{handle.key[:40]}", automatic=True, subject_line=subject,
    )  # fmt: skip
    return sent is not None


def _subject(change: IbanChange) -> str:
    words = {
        Changing.PROPOSED: _("Jemand möchte die IBAN ändern"),
        Changing.APPROVED: _("Die IBAN ändert sich in einem Tag"),
        Changing.DONE: _("Die IBAN ist geändert"),
    }
    return words[Changing(change.state)]


def _text(change: IbanChange) -> str:
    account = change.account
    what = _("Aktion: %(campaign)s\nBisher: %(old)s\nNeu: %(new)s\nVorgeschlagen von: %(by)s") % {
        "campaign": account.campaign, "by": change.proposed_by,
        "old": f"{account.holder} {in_fours(account.iban)}".strip() if account.iban else _("ein weiteres Konto"),
        "new": f"{change.holder} {change.spaced}",
    }  # fmt: skip
    address = config().address + reverse("desk:bank", args=[account.pk])
    return "\n\n".join([f"{_subject(change)}.", what, _next(change), address])


def _next(change: IbanChange) -> str:
    if change.state == Changing.PROPOSED:
        return _("Sie gilt erst, wenn eine zweite Person zustimmt und danach ein Tag vergangen ist. Weißt du nichts "
                 "davon, nimm sie dort zurück und frag nach, wer das war.")  # fmt: skip
    if change.state == Changing.APPROVED and change.approved_at:
        due = timezone.localtime(change.approved_at + DELAY)
        return _("Zugestimmt hat: %(by)s. Sie gilt ab %(due)s. Bis dahin kann sie jeder aus der Koordination dort "
                 "zurücknehmen.") % {"by": change.approved_by, "due": f"{due:%d.%m.%Y, %H:%M}"}  # fmt: skip
    return _("Zugestimmt hat: %(by)s. Die neue steht jetzt auf der Seite, auf Plakaten und im GiroCode. Stimmt sie "
             "nicht, ändere sie sofort wieder und sag es der Bank.") % {"by": change.approved_by}  # fmt: skip
