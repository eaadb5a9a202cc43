"""Gifts and how they are named, refunds, payouts with their evidence, and the book."""

from __future__ import annotations

import csv
import io

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zueinander.campaigns.models import Campaign
from zueinander.desk.forms_money import EvidenceForm, GiftForm, PayoutForm, PeriodForm, RefundForm, uploaded
from zueinander.desk.views.common import actor, refused, volunteer
from zueinander.giving.actions.assigning import set_anonymous
from zueinander.giving.actions.leaving import (
    NotOrdered,
    attach_evidence,
    drop_payout,
    drop_refund,
    order_payout,
    owe_refund,
)
from zueinander.giving.actions.ledger import close_period, closed_until
from zueinander.giving.models import Gift, Payout, Refund
from zueinander.giving.queries import ledger_rows, money_of, wording_of
from zueinander.giving.rules.ledger import LedgerError
from zueinander.shared.access import Door, door
from zueinander.shared.lifecycle import ForbiddenStep
from zueinander.shared.money import Money


@door(Door.COORDINATOR)
@require_safe
def gifts(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign, pk=pk)
    rows = Gift.objects.filter(campaign=campaign).order_by("-on", "-pk")
    page = Paginator(rows, 100).get_page(request.GET.get("seite"))
    return render(request, "desk/money/gifts.html", {"campaign": campaign, "page": page})


@door(Door.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def gift(request: HttpRequest, pk: int) -> HttpResponse:
    """One gift: how it is named, and giving it back."""
    row = get_object_or_404(Gift.objects.select_related("campaign", "entry", "reference", "giver"), pk=pk)
    naming = GiftForm(initial={"named": not row.anonymous, "name": row.name}, prefix="name")
    refunding = RefundForm(prefix="rueck")
    if request.method == "POST" and "benennen" in request.POST:
        naming = GiftForm(request.POST, prefix="name")
        if naming.is_valid():
            data = naming.cleaned_data
            set_anonymous(row, anonymous=not data["named"], name=data["name"], by=actor(request))
            messages.success(request, _("Gespeichert."))
            return redirect("desk:gift", row.pk)
    elif request.method == "POST":
        refunding = RefundForm(request.POST, prefix="rueck")
        if refunding.is_valid() and _refunded(request, row, refunding):
            return redirect("desk:gift", row.pk)
    return render(request, "desk/money/gift.html", {
        "gift": row, "naming": naming, "refunding": refunding, "refunds": row.refunds.all(),
        "receipts": row.receipt_lines.select_related("receipt"),
        "receiptable": wording_of(row.campaign) == "recognised_body",
    })  # fmt: skip


def _refunded(request: HttpRequest, row: Gift, form: RefundForm) -> bool:
    data = form.cleaned_data
    try:
        owe_refund(row, reason=data["reason"], iban=data["iban"], by=volunteer(request))
    except NotOrdered as wrong:
        form.add_error("reason", str(wrong))
        return False
    except ForbiddenStep:
        refused(request)
    else:
        messages.success(request, _("Vermerkt. Jetzt muss es jemand überweisen; der nächste Auszug schließt es ab."))
    return True


@door(Door.COORDINATOR)
@require_POST
def refund_dropped(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Refund, pk=pk)
    try:
        drop_refund(row, by=volunteer(request))
    except ForbiddenStep:
        refused(request)
    return redirect("desk:gift", row.gift_id)


@door(Door.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def payouts(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign, pk=pk)
    form = PayoutForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            order_payout(campaign=campaign, by=volunteer(request), **form.cleaned_data)
        except NotOrdered as wrong:
            form.add_error("cents", str(wrong))
        else:
            messages.success(request, _("Vermerkt. Überweisen muss ein Mensch; der nächste Auszug schließt es ab."))
            return redirect("desk:payouts", campaign.pk)
    rows = Payout.objects.filter(campaign=campaign).select_related("entry").order_by("-ordered_on", "-pk")
    refunds = Refund.objects.filter(gift__campaign=campaign).select_related("gift", "entry").order_by("state", "-pk")
    return render(request, "desk/money/payouts.html", {
        "campaign": campaign, "form": form, "payouts": rows, "refunds": refunds[:100], "money": money_of(campaign),
        "evidence": EvidenceForm(),
    }, status=422 if form.errors else 200)  # fmt: skip


@door(Door.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """GET downloads what lies sealed; POST lays it there."""
    row = get_object_or_404(Payout, pk=pk)
    if request.method != "POST":
        if not row.evidence_at:
            return redirect("desk:payouts", row.campaign_id)
        answer = HttpResponse(bytes(row.evidence), content_type="application/octet-stream")
        ending = row.evidence_name.rpartition(".")[2].lower()
        safe = ending if ending in ("pdf", "png", "jpg", "jpeg") else "bin"
        answer["Content-Disposition"] = f'attachment; filename="beleg-{row.pk}.{safe}"'
        return answer
    form = EvidenceForm(request.POST, request.FILES)
    content, name = uploaded(form, "evidence") if form.is_valid() else (b"", "")
    try:
        attach_evidence(row, content=content, name=name, by=volunteer(request))
    except NotOrdered as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(request, _("Der Beleg liegt verschlüsselt bei uns."))
    return redirect("desk:payouts", row.campaign_id)


@door(Door.COORDINATOR)
@require_POST
def payout_dropped(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Payout, pk=pk)
    try:
        drop_payout(row, by=volunteer(request))
    except ForbiddenStep:
        refused(request)
    return redirect("desk:payouts", row.campaign_id)


@door(Door.COORDINATOR)
@require_safe
def ledger(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign, pk=pk)
    page = Paginator(list(ledger_rows(campaign))[::-1], 100).get_page(request.GET.get("seite"))
    return render(request, "desk/money/ledger.html", {
        "campaign": campaign, "page": page, "closed": closed_until(), "form": PeriodForm(),
    })  # fmt: skip


@door(Door.COORDINATOR)
@require_safe
def ledger_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole book of a campaign, as it may be shown to anybody."""
    campaign = get_object_or_404(Campaign, pk=pk)
    out = io.StringIO()
    table = csv.writer(out, delimiter=";")
    table.writerow(["Nummer", "Tag", "Konto", "Text", "Betrag", "Quelle"])
    for row in ledger_rows(campaign):
        amount = Money(row.cents, "EUR").plain().replace(".", ",")
        table.writerow([row.number, f"{row.on:%d.%m.%Y}", row.account, row.text_without_names, amount, row.source])
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="kassenbuch-{campaign.slug}.csv"'
    return answer


@door(Door.COORDINATOR)
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    form = PeriodForm(request.POST)
    campaign = request.POST.get("aktion", "")
    if form.is_valid():
        try:
            close_period(until=form.cleaned_data["until"], by=volunteer(request))
        except LedgerError as wrong:
            messages.error(request, _("Das geht nicht: %s.") % wrong)
        else:
            messages.success(
                request, _("Abgeschlossen. Was jetzt noch zu berichtigen ist, wird mit heutigem Tag gebucht.")
            )
    else:
        messages.error(request, _("Bitte nenne einen Tag."))
    return redirect("desk:ledger", int(campaign)) if campaign.isdecimal() else redirect("desk:money")
