"""What this room holds about givers. Bookkeeping stays, without the person; amounts and days are not about anybody."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from zueinander.giving.models import Entering, Gift, Leaving, Paying, PaymentReference, Receipt, Refund, StatementEntry
from zueinander.shared.config import config
from zueinander.shared.forgetting import Held, Kept

KEEP_RECEIPTS = timedelta(days=366 * 11)
"""The double of an official receipt must be kept for ten years after its year; the law stands before erasure here."""


def _without_name(rows: QuerySet[Any]) -> None:
    rows.model._default_manager.filter(pk__in=list(rows.values_list("pk", flat=True))).update(name="", anonymous=True)


def empty_entries(rows: QuerySet[Any]) -> None:
    """The entry stays with day and amount; its key still knows it when the statement comes again."""
    StatementEntry.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(
        counterparty="", iban="", reference="", text="", bank_ref="", erased_at=timezone.now()
    )


def _empty_refunds(rows: QuerySet[Any]) -> None:
    Refund.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(iban="", reason="")


def _empty_old_receipts(rows: QuerySet[Any]) -> None:
    old = rows.filter(issued_on__lt=timezone.localdate() - KEEP_RECEIPTS).values_list("pk", flat=True)
    Receipt.objects.filter(pk__in=list(old)).update(name="", address="", pdf=b"", cancel_reason="")


def _still_owed(since: datetime) -> Q:
    return Q(state=Leaving.OWED)


def _given_lately(since: datetime) -> Q:
    """Givers are kept longer than those who look for company: their yearly receipt comes in the year after."""
    longer = timedelta(days=config().keep_giver_days - config().keep_at_most_days)
    return Q(assigned_at__gte=since - longer)


def _settled_long_ago(moment: datetime) -> QuerySet[StatementEntry]:
    done = [Entering.ASSIGNED, Entering.SAME]
    return StatementEntry.objects.filter(state__in=done, file__taken_at__lt=moment, erased_at=None)


def _forget_who(rows: QuerySet[StatementEntry]) -> None:
    """The texts of the entries, and the names of their gifts that nobody shows."""
    Gift.objects.filter(entry__in=rows, anonymous=True).update(name="")
    empty_entries(rows)


def _never_paid(moment: datetime) -> QuerySet[PaymentReference]:
    """Names somebody typed for a gift online that never came."""
    over = [Paying.FAILED, Paying.CANCELLED, Paying.EXPIRED]
    return PaymentReference.objects.filter(payment__state__in=over, anonymous=False, issued_at__lt=moment)


HOLDS = (
    Held(Refund, "gift__giver", erase=_empty_refunds, needed=_still_owed),
    Held(PaymentReference, "gifts__giver", erase=_without_name),
    Held(Gift, "giver", erase=_without_name, needed=_given_lately),
    Held(StatementEntry, "giver", erase=empty_entries),
    Held(Receipt, "giver", erase=_empty_old_receipts),
)
KEEPS = (
    Kept("bank entries", lambda settings: settings.keep_giver_days, _settled_long_ago, _forget_who),
    Kept("names of gifts that never came", lambda settings: settings.keep_message_days, _never_paid, _without_name),
)
