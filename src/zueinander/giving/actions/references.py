"""Payment references: one for everybody of a campaign, and personal ones."""

from __future__ import annotations

from django.db import transaction

from zueinander.campaigns.models import Campaign
from zueinander.giving.models import PaymentReference
from zueinander.giving.rules.references import generate
from zueinander.journal.actions import record


def _free_code() -> str:
    return generate(lambda code: PaymentReference.objects.filter(code=code).exists())


def common_reference(campaign: Campaign) -> PaymentReference:
    """The campaign's own reference, as it stands in its GiroCode; made the first time."""
    row, _ = PaymentReference.objects.get_or_create(
        campaign=campaign, personal=False, defaults={"code": _free_code(), "anonymous": True}
    )
    return row


@transaction.atomic
def issue(*, campaign: Campaign, name: str = "", anonymous: bool = True) -> PaymentReference:
    """A personal reference. What is given under it is anonymous, or named `name`. Show it only after the commit."""
    row = PaymentReference.objects.create(
        code=_free_code(), campaign=campaign, personal=True, anonymous=anonymous or not name, name=name[:120]
    )
    record("reference_issued", row, campaign)
    return row
