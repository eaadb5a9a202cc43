"""The provider's payouts in our bank's statements: only exact reference and amount book; what is near is proposed."""

from __future__ import annotations

import re
from datetime import timedelta

from django.utils import timezone

from zueinander.giving.actions.assigning import Part, assign_locked
from zueinander.giving.actions.ledger import the_book
from zueinander.giving.models import Entering, Leaving, StatementEntry, Transfer
from zueinander.giving.rules.matching import Kind
from zueinander.journal.actions import MACHINE
from zueinander.shared.lifecycle import ForbiddenStep


def says(text: str, reference: str) -> bool:
    """Whether the reference stands in the text as it is, or with blanks in it as banks cut their lines; a longer number
    that contains it is another one."""
    found = re.compile(rf"(?<!\d)(?<!\d\.){re.escape(reference)}(?!\d|\.\d)", re.ASCII)
    return bool(reference) and any(found.search(one) for one in (text, re.sub(r"\s+", "", text)))


def settle_transfers() -> int:
    """Finds money on its way from the provider among the entries that wait; returns how many were found.

    Whether the statement or the provider was heard first makes no difference.
    """
    done = 0
    for transfer in Transfer.objects.filter(state=Leaving.OWED).exclude(reference="").select_related("account"):
        near, exact = [], []
        for entry in _waiting_since(transfer):
            named = says(f"{entry.reference} {entry.text}", transfer.reference)
            if named and entry.units == transfer.cents:
                exact.append(entry)
            elif named or (entry.units == transfer.cents and _from_them(entry, transfer)):
                near.append(entry)
        if len(exact) == 1:
            done += _settle(exact[0], transfer)
        else:
            _propose([*exact, *near], transfer)
    return done


def _waiting_since(transfer: Transfer) -> list[StatementEntry]:
    rows = StatementEntry.objects.filter(
        state=Entering.POSTED, units__gt=0, currency=transfer.account.currency, returned=False,
        booked__gte=timezone.localdate(transfer.at) - timedelta(days=1),
    )  # fmt: skip
    return list(rows.select_related("account").order_by("booked", "pk"))


def _from_them(entry: StatementEntry, transfer: Transfer) -> bool:
    return transfer.account.provider.lower() in f"{entry.counterparty} {entry.text}".lower()


def _settle(entry: StatementEntry, transfer: Transfer) -> bool:
    with the_book():
        try:
            part = Part("transfer", entry.units, transfer.account.campaign, subject=transfer)
            assign_locked(entry, [part], by=MACHINE)
        except ForbiddenStep:
            return False
    return True


def _propose(entries: list[StatementEntry], transfer: Transfer) -> None:
    key = f"transfer:{transfer.pk}"
    for entry in entries:
        if key not in entry.proposals:
            StatementEntry.objects.filter(pk=entry.pk, state=Entering.POSTED).update(
                kind=Kind.EXPECTED, proposals=[*entry.proposals, key]
            )
