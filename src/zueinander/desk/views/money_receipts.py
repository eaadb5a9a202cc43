"""Receipts of a recognised body; for private gifts there are none."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zueinander.campaigns.models import Campaign
from zueinander.desk.forms_money import BasisForm, ReasonForm, ReceiptForm
from zueinander.desk.receipts import draw
from zueinander.desk.views.common import volunteer
from zueinander.desk.views.money import form_page
from zueinander.giving.actions.receipts import NoReceipt, cancel_receipt, issue_receipt, set_basis
from zueinander.giving.models import Basis, Gift, Giving, Receipt
from zueinander.giving.queries import wording_of
from zueinander.shared.access import Door, door


@door(Door.COORDINATOR)
@require_safe
def receipts(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign, pk=pk)
    return render(request, "desk/money/receipts.html", {
        "campaign": campaign, "wording": wording_of(campaign), "receipts": campaign.receipts.all()[:200],
        "form": ReasonForm(),
    })  # fmt: skip


@door(Door.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def basis(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign, pk=pk)
    row = Basis.objects.filter(campaign=campaign).first()
    names = list(BasisForm.base_fields)
    form = BasisForm(request.POST or None, initial={name: getattr(row, name) for name in names} if row else None)
    if request.method == "POST" and form.is_valid():
        try:
            set_basis(campaign, by=volunteer(request), **form.cleaned_data)
        except NoReceipt as wrong:
            form.add_error("wording", str(wrong))
        else:
            messages.success(request, _("Gespeichert."))
            return redirect("desk:receipts", campaign.pk)
    lead = _("Geld für eine Familie ist eine Schenkung. Eine Spende ist es nur an eine anerkannte Körperschaft.")
    return form_page(request, form, _("Rechtsform"), reverse("desk:receipts", args=[campaign.pk]), lead=lead)


@door(Door.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    gift = get_object_or_404(Gift.objects.select_related("campaign"), pk=pk)
    form = ReceiptForm(request.POST or None, initial={"name": gift.name})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        chosen = [gift]
        if data["yearly"] and gift.giver_id:
            mine = Gift.objects.filter(campaign=gift.campaign, giver=gift.giver, on__year=gift.on.year)
            chosen = list(mine.filter(state=Giving.KEPT).exclude(receipt_lines__standing=True)) or chosen
        try:
            row = issue_receipt(chosen, draw=draw, by=volunteer(request), **data)
        except NoReceipt as wrong:
            form.add_error("name", str(wrong))
        else:
            messages.success(request, _("Ausgestellt: Nummer %s.") % row.label)
            return redirect("desk:receipts", gift.campaign_id)
    return form_page(
        request, form, _("Zuwendungsbestätigung"), reverse("desk:gift", args=[gift.pk]), button=_("Ausstellen")
    )


@door(Door.COORDINATOR)
@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Receipt, pk=pk)
    answer = HttpResponse(bytes(row.pdf), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="bestaetigung-{row.label}.pdf"'
    return answer


@door(Door.COORDINATOR)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Receipt, pk=pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Bitte sag kurz, warum."))
        return redirect("desk:receipts", row.campaign_id)
    try:
        cancel_receipt(row, reason=form.cleaned_data["reason"], by=volunteer(request))
    except NoReceipt as wrong:
        messages.error(request, str(wrong))
    return redirect("desk:receipts", row.campaign_id)
