"""Official receipts of a recognised body: numbered without gaps, at most one standing per gift, cancellable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from zueinander.campaigns.models import Campaign
from zueinander.giving.models import Basis, Gift, Giving, Receipt, ReceiptLine, Wording
from zueinander.journal.actions import name_of, record
from zueinander.people.models import Volunteer

VALID_YEARS = {"exemption": 5, "statute": 3}
"""How old the tax office's notice may be: § 63 (5) AO."""
Draw = Callable[[Receipt, Sequence[Gift]], bytes]


class NoReceipt(ValueError):  # noqa: N818
    """A receipt cannot be issued; the sentence is for the person at the desk."""


@transaction.atomic
def set_basis(campaign: Campaign, *, by: Volunteer, **values: Any) -> Basis:
    """What the campaign's money is in law. A body needs all its data before it counts as one."""
    row, _ = Basis.objects.update_or_create(campaign=campaign, defaults=values)
    if row.wording == Wording.RECOGNISED_BODY and missing(row):
        raise NoReceipt(f"Für eine anerkannte Körperschaft fehlt noch: {', '.join(missing(row))}.")
    record("basis_set", row, campaign, actor=name_of(by), wording=row.wording)
    return row


def missing(basis: Basis) -> list[str]:
    """What the official pattern asks for and is not there yet, in German."""
    asked = {
        "Name": basis.body, "Anschrift": basis.address, "Finanzamt": basis.tax_office,
        "Steuernummer": basis.tax_number, "Art des Bescheids": basis.notice, "Datum des Bescheids": basis.notice_date,
        "Zwecke": basis.purposes, "Ort": basis.place, "wer unterschreibt": basis.signer,
    }  # fmt: skip
    return [name for name, value in asked.items() if not value]


def issue_receipt(
    gifts: Sequence[Gift], *, name: str, address: str, yearly: bool, draw: Draw, by: Volunteer
) -> Receipt:
    """The next receipt of the gifts' year, drawn and sealed. Raises `NoReceipt`; then no number is used up."""
    with transaction.atomic():
        campaign = Campaign.objects.select_for_update(no_key=True).get(pk=gifts[0].campaign_id)
        basis = _recognised(campaign)
        rows = list(Gift.objects.select_for_update().filter(pk__in=[gift.pk for gift in gifts]).order_by("on", "pk"))
        _check(rows, campaign, name, address, yearly)
        year, today = rows[0].on.year, timezone.localdate()
        if too_old(basis, today):
            raise NoReceipt("Der Bescheid des Finanzamts ist dafür zu alt.")
        last = Receipt.objects.filter(campaign=campaign, year=year).aggregate(last=Max("number"))["last"] or 0
        row = Receipt.objects.create(
            campaign=campaign, year=year, number=last + 1, yearly=yearly, giver=rows[0].giver, name=name,
            address=address, cents=sum(gift.cents for gift in rows), issued_on=today, issued_by=name_of(by),
        )  # fmt: skip
        ReceiptLine.objects.bulk_create(ReceiptLine(receipt=row, gift=gift) for gift in rows)
        row.pdf = draw(row, rows)
        row.save(update_fields=["pdf"])
        record("receipt_issued", row, campaign, actor=name_of(by))
        return row


def _recognised(campaign: Campaign) -> Basis:
    basis = Basis.objects.filter(campaign=campaign, wording=Wording.RECOGNISED_BODY).first()
    if basis is None:
        raise NoReceipt("Diese Aktion sammelt private Schenkungen. Dafür gibt es keine Bestätigung fürs Finanzamt.")
    return basis


def _check(rows: Sequence[Gift], campaign: Campaign, name: str, address: str, yearly: bool) -> None:
    if not name.strip() or not address.strip():
        raise NoReceipt("Name und Anschrift müssen auf der Bestätigung stehen.")
    if len(rows) != 1 and not yearly:
        raise NoReceipt("Mehrere Gaben kommen auf eine Sammelbestätigung.")
    if len({gift.on.year for gift in rows}) != 1 or len({gift.giver_id for gift in rows}) != 1:
        raise NoReceipt("Auf eine Bestätigung kommen Gaben eines Menschen aus einem Jahr.")
    if any(gift.state != Giving.KEPT or gift.campaign_id != campaign.pk or gift.currency != "EUR" for gift in rows):
        raise NoReceipt("Nur Gaben in Euro, die wir behalten haben, werden bestätigt.")
    if ReceiptLine.objects.filter(gift__in=rows, standing=True).exists():
        raise NoReceipt("Für eine der Gaben gibt es schon eine Bestätigung.")


def too_old(basis: Basis, today: date) -> bool:
    """Whether the notice no longer carries a receipt issued today."""
    issued = basis.notice_date
    if issued is None:
        return True
    years = VALID_YEARS.get(basis.notice, 0)
    return (today.year - issued.year, today.month, today.day) > (years, issued.month, issued.day)


@transaction.atomic
def cancel_receipt(receipt: Receipt, *, reason: str, by: Volunteer) -> Receipt:
    """Takes a receipt back: its number stays used, its gifts are free again. Raises `NoReceipt` next time."""
    done = Receipt.objects.filter(pk=receipt.pk, cancelled_at=None).update(
        cancelled_at=timezone.now(), cancelled_by=name_of(by), cancel_reason=reason
    )
    if not done:
        raise NoReceipt("Diese Bestätigung ist schon storniert.")
    receipt.lines.update(standing=False)
    record("receipt_cancelled", receipt, actor=name_of(by))
    receipt.refresh_from_db()
    return receipt
