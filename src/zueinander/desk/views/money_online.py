"""Giving online as coordinators see it: open or not, what lies at the provider, and what a human must decide there."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zueinander.campaigns.models import Campaign
from zueinander.desk.views.common import refused, volunteer
from zueinander.desk.views.money import in_person
from zueinander.giving.actions.online import NotOnline, close_online, open_online
from zueinander.giving.actions.online_book import Unclear, settle_move
from zueinander.giving.models import WAITING, Entered, Leaving, Movement, OnlineAccount, Payment, Transfer
from zueinander.giving.online.connecting import switched_on
from zueinander.giving.queries import money_of
from zueinander.shared.access import Door, door
from zueinander.shared.lifecycle import ForbiddenStep
from zueinander.shared.nudge import nudge

PURPOSES = {"kosten": "costs", "anderes": "other", "gabe": "gift", "nochmal": "again"}


@door(Door.COORDINATOR)
@require_safe
def online(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign, pk=pk)
    account = OnlineAccount.objects.filter(campaign=campaign).select_related("by").first()
    payments = Payment.objects.filter(account__campaign=campaign)
    return render(request, "desk/money/online.html", {
        "campaign": campaign, "account": account, "on": switched_on(), "money": money_of(campaign),
        "asked": Movement.objects.filter(account__campaign=campaign, state=Entered.ASKED).select_related("payment"),
        "transfers": Transfer.objects.filter(account__campaign=campaign).order_by("-at")[:30],
        "open": Transfer.objects.filter(account__campaign=campaign, state=Leaving.OWED).exists(),
        "waiting": payments.filter(state__in=WAITING).count(),
        "doubted": payments.exclude(doubt="").select_related("reference"),
    })  # fmt: skip


@door(Door.COORDINATOR)
@in_person
@require_POST
def switched(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    campaign = get_object_or_404(Campaign, pk=pk)
    if step not in ("auf", "zu") or not switched_on():
        raise Http404
    try:
        if step == "auf":
            open_online(campaign=campaign, by=volunteer(request))
        else:
            close_online(get_object_or_404(OnlineAccount, campaign=campaign), by=volunteer(request))
    except NotOnline as wrong:
        messages.error(request, str(wrong))
    else:
        nudge("site.publish")
        messages.success(request, _("Gespeichert. Die Seite sagt es in ein paar Sekunden auch."))
    return redirect("desk:online", campaign.pk)


@door(Door.COORDINATOR)
@require_POST
def settled(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """What a movement is that nobody foresaw."""
    if step not in PURPOSES:
        raise Http404
    row = get_object_or_404(Movement.objects.select_related("account__campaign", "payment__reference"), pk=pk)
    try:
        settle_move(row, purpose=PURPOSES[step], by=volunteer(request))
    except Unclear as wrong:
        messages.error(request, str(wrong))
    except ForbiddenStep:
        refused(request)
    else:
        messages.success(request, _("Gebucht."))
    return redirect("desk:online", row.account.campaign_id)
