"""What this room holds about givers. Bookkeeping stays, without the person; amounts and days are not about anybody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from zueinander.giving.models import Gift, PaymentReference, Receipt, Refund, StatementEntry
from zueinander.shared.forgetting import Held

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


HOLDS = (
    Held(Refund, "gift__giver", erase=_empty_refunds),
    Held(PaymentReference, "gifts__giver", erase=_without_name),
    Held(Gift, "giver", erase=_without_name),
    Held(StatementEntry, "giver", erase=empty_entries),
    Held(Receipt, "giver", erase=_empty_old_receipts),
)
