"""Money at a glance, and our bank accounts: opened, changed by two people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zueinander.campaigns.models import Campaign
from zueinander.desk.forms_money import AccountForm
from zueinander.desk.views.common import refused, volunteer
from zueinander.giving.actions.accounts import (
    BadAccount,
    approve_change,
    open_account,
    propose_change,
    withdraw_change,
)
from zueinander.giving.faults import proven
from zueinander.giving.models import (
    BankAccount,
    Entered,
    Entering,
    IbanChange,
    Leaving,
    OnlineAccount,
    Payout,
    Refund,
    StatementEntry,
)
from zueinander.giving.online.connecting import switched_on
from zueinander.giving.queries import accounts_of, money_of
from zueinander.giving.rules.protection import ChangeError
from zueinander.shared.access import Door, door
from zueinander.shared.lifecycle import ForbiddenStep

View = TypeVar("View", bound=Callable[..., HttpResponse])
in_person = cast(Callable[[View], View], reauthentication_required)
"""Whoever wants to change where the money goes says their password again."""


def form_page(request: HttpRequest, form: Any, heading: str, back: str, **more: Any) -> HttpResponse:
    """A form of the money pages; `back`: where the way back leads."""
    status = 422 if form.errors else 200
    page = {"form": form, "heading": heading, "back": back, **more}
    return render(request, "desk/money/form.html", page, status=status)


@door(Door.COORDINATOR)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    campaigns = Campaign.objects.prefetch_related("bank_accounts").order_by("-season_end", "name")
    with_money = [row for row in campaigns if row.bank_accounts.all()]
    entries = StatementEntry.objects.all()
    return render(
        request,
        "desk/money/overview.html",
        {
            "rows": [(row, money_of(row), [(a, proven(a)) for a in row.bank_accounts.all()]) for row in with_money],
            "others": [row for row in campaigns if not row.bank_accounts.all()],
            "changes": standing_changes(),
            "doubts": entries.filter(state=Entering.DOUBTED).count(),
            "waiting": entries.filter(state=Entering.POSTED).count(),
            "refunds": Refund.objects.filter(state=Leaving.OWED).count(),
            "payouts": Payout.objects.filter(state=Leaving.OWED).count(),
            "online": switched_on(),
            "asked": _asked_online(),
        },
    )


def _asked_online() -> list[Campaign]:
    """Campaigns for which something at the provider wants a human: a movement, a payment, or no answer at all."""
    wanted = (
        Q(movements__state=Entered.ASKED) | ~Q(payments__doubt="") & Q(payments__isnull=False) | ~Q(trouble="")
    )  # fmt: skip
    accounts = OnlineAccount.objects.filter(wanted).values("campaign")
    return list(Campaign.objects.filter(pk__in=accounts).order_by("name"))


def standing_changes() -> Any:
    rows = IbanChange.objects.filter(state__in=["proposed", "approved"])
    return rows.select_related("account__campaign", "proposed_by", "approved_by")


@door(Door.COORDINATOR)
@in_person
@require_http_methods(["GET", "HEAD", "POST"])
def new_account(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign, pk=pk)
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = open_account(campaign=campaign, by=volunteer(request), **form.cleaned_data)
        except BadAccount as wrong:
            form.add_error("iban", str(wrong))
        else:
            if row.iban:
                messages.success(request, _("Das Konto steht jetzt auf der Seite."))
            else:
                messages.success(request, _("Vermerkt. Jetzt braucht es das Ja einer zweiten Person und einen Tag."))
            return redirect("desk:bank", row.pk)
    heading = _("Konto für %s") % campaign
    return form_page(request, form, heading, reverse("desk:money"))


@door(Door.COORDINATOR)
@require_safe
def account(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(BankAccount.objects.select_related("campaign"), pk=pk)
    public = next((one for one in accounts_of(row.campaign) if one.iban == row.iban), None)
    return render(
        request,
        "desk/money/account.html",
        {
            "account": row, "public": public, "proof": proven(row), "files": row.files.all()[:60],
            "changes": row.changes.select_related("proposed_by", "approved_by"),
        },
    )  # fmt: skip


@door(Door.COORDINATOR)
@in_person
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(BankAccount, pk=pk)
    form = AccountForm(request.POST or None, initial={"holder": row.holder, "iban": row.iban})
    if request.method == "POST" and form.is_valid():
        try:
            propose_change(row, by=volunteer(request), **form.cleaned_data)
        except BadAccount as wrong:
            form.add_error("iban", str(wrong))
        else:
            messages.success(request, _("Vorgeschlagen. Eine zweite Person muss zustimmen, dann dauert es einen Tag."))
            return redirect("desk:bank", row.pk)
    lead = _("Diese Zeile tauschen Betrüger. Darum braucht jede Änderung zwei Menschen und einen Tag.")
    return form_page(request, form, _("Konto ändern"), reverse("desk:bank", args=[row.pk]), lead=lead)


STEPS = {"ja": approve_change, "nein": withdraw_change}


@door(Door.COORDINATOR)
@in_person
@require_POST
def change_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    if step not in STEPS:
        raise Http404
    row = get_object_or_404(IbanChange, pk=pk)
    try:
        STEPS[step](row, by=volunteer(request))
    except ChangeError as wrong:
        messages.error(request, _("Das geht nicht: %s.") % wrong)
    except ForbiddenStep:
        refused(request)
    return redirect("desk:bank", row.account_id)
