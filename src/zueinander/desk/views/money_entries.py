"""What money was for: the entries that wait, one by one or many after one look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zueinander.campaigns.models import Campaign
from zueinander.desk.forms_money import EuroField
from zueinander.desk.views.common import refused, volunteer
from zueinander.giving.actions.assigning import NotAssigned, Part, assign, assign_as_gifts, unassign
from zueinander.giving.actions.posting import tell_foreign
from zueinander.giving.models import (
    Entering,
    Gift,
    Giving,
    Leaving,
    PaymentReference,
    Payout,
    Refund,
    StatementEntry,
    Transfer,
)
from zueinander.giving.rules.ledger import LedgerError
from zueinander.shared.access import Door, door
from zueinander.shared.lifecycle import ForbiddenStep

MOST = 100


@door(Door.COORDINATOR)
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Entries without a purpose, the oldest first; plain incoming money can be ticked off together."""
    rows = StatementEntry.objects.filter(state=Entering.POSTED).select_related("account__campaign")
    page = Paginator(rows.order_by("booked", "pk"), MOST).get_page(request.GET.get("seite"))
    listed = [(row, row.units > 0 and not row.returned and row.currency == row.account.currency) for row in page]
    return render(request, "desk/money/entries.html", {"page": page, "rows": listed, "campaigns": _campaigns()})


def _campaigns() -> QuerySet[Campaign]:
    return Campaign.objects.filter(bank_accounts__isnull=False).distinct().order_by("name")


@door(Door.COORDINATOR)
@require_POST
def many(request: HttpRequest) -> HttpResponse:
    campaign = get_object_or_404(Campaign, pk=request.POST.get("aktion") or 0)
    keys = [int(key) for key in request.POST.getlist("buchung") if key.isdecimal()]
    done = assign_as_gifts(
        list(StatementEntry.objects.filter(pk__in=keys[:MOST])), campaign=campaign, by=volunteer(request)
    )
    messages.success(request, ngettext("%d Gabe gebucht.", "%d Gaben gebucht.", done) % done)
    return redirect("desk:entries")


@door(Door.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(StatementEntry.objects.select_related("account__campaign", "file"), pk=pk)
    if request.method == "POST":
        try:
            _decide(request, row)
        except (NotAssigned, LedgerError) as wrong:
            messages.error(request, str(wrong))
            return redirect("desk:entry", row.pk)
        except ForbiddenStep:
            refused(request)
            return redirect("desk:entry", row.pk)
        messages.success(request, _("Gebucht."))
        following = StatementEntry.objects.filter(state=Entering.POSTED).exclude(pk=row.pk).first()
        return redirect("desk:entry", following.pk) if following else redirect("desk:entries")
    return render(request, "desk/money/entry.html", {
        "entry": row, "campaigns": _campaigns(), "options": _options(row), "bookings": row.bookings.order_by("number"),
        "gifts": row.gifts.select_related("campaign"),
    })  # fmt: skip


def _options(row: StatementEntry) -> list[tuple[str, str]]:
    """What the entry may settle, as value and label: references for money in, open matters for money out."""
    if row.state != Entering.POSTED:
        return []
    if row.cents > 0:
        arriving = Transfer.objects.filter(state=Leaving.OWED, cents=row.cents).exclude(reference="")
        label = _("Auszahlung von %(provider)s, Kennwort %(code)s")
        there = [(f"transfer:{one.pk}", label % {"provider": one.account.provider, "code": one.reference})
                 for one in arriving.select_related("account")]  # fmt: skip
        codes = PaymentReference.objects.filter(code__in=row.proposals).select_related("campaign")
        label = _("%(code)s für %(campaign)s")
        return there + [(f"reference:{one.pk}", label % {"code": one, "campaign": one.campaign}) for one in codes]
    due: Sequence[Refund | Payout] = [
        *Refund.objects.filter(state=Leaving.OWED, cents=-row.cents).select_related("gift"),
        *Payout.objects.filter(state=Leaving.OWED, cents=-row.cents),
    ]
    names = {"refund": _("Erstattung, zugesagt am %s"), "payout": _("Auszahlung, angewiesen am %s")}
    found = [(f"{one._meta.model_name}:{one.pk}", names[str(one._meta.model_name)] % f"{one.at:%d.%m.%Y}")
             for one in due]  # fmt: skip
    gifts = Gift.objects.filter(state=Giving.KEPT, cents=-row.cents, on__lte=row.booked, payment=None)
    gifts = gifts.select_related("entry").order_by("-on")
    alike = sorted(gifts[:200], key=lambda gift: not (gift.entry and gift.entry.iban == row.iban))
    label = _("Zurückgeholt: Gabe vom %(day)s von %(name)s")
    return found + [(f"returned:{gift.pk}", label % {"day": f"{gift.on:%d.%m.%Y}", "name": gift.name or "–"})
                    for gift in alike[:8]]  # fmt: skip


def _decide(request: HttpRequest, row: StatementEntry) -> None:
    """The button that was pressed, as parts of the entry."""
    by, choice = volunteer(request), request.POST.get("wahl", "")
    if choice == "foreign":
        cents = EuroField().clean(request.POST.get("betrag"))
        tell_foreign(row, cents=(cents or 0) * (1 if row.units > 0 else -1), by=by)
        return
    campaign = get_object_or_404(Campaign, pk=request.POST.get("aktion") or row.account.campaign_id)
    assign(row, _parts(row, choice, campaign, request.POST.get("teile", "")), by=by)


def _parts(row: StatementEntry, choice: str, campaign: Campaign, typed: str) -> list[Part]:
    kind, _colon, key = choice.partition(":")
    if kind == "batch":
        return [Part("gift", cents, campaign) for cents in row.parts]
    if kind == "split":
        return [Part("gift", cents, campaign) for cents in _amounts(typed)]
    if kind in ("gift", "costs", "other"):
        return [Part(kind, row.cents, campaign)]  # type: ignore[arg-type]  # checked in the line above
    subject = _subject(kind, key)
    if isinstance(subject, PaymentReference):
        return [Part("gift", row.cents, subject.campaign, reference=subject)]
    holder = {"refund": "gift", "transfer": "account"}.get(kind)
    whose = (getattr(subject, holder) if holder else subject).campaign
    return [Part(kind, row.cents, whose, subject=subject)]  # type: ignore[arg-type]  # `_subject` knows its kinds


def _subject(kind: str, key: str) -> Any:
    models = {
        "reference": PaymentReference, "refund": Refund, "payout": Payout, "returned": Gift, "transfer": Transfer,
    }  # fmt: skip
    if kind not in models or not key.isdecimal():
        raise NotAssigned(_("Bitte wähle, wofür das Geld ist."))
    return get_object_or_404(models[kind], pk=int(key))


def _amounts(typed: str) -> list[int]:
    return [cents for part in typed.replace("+", " ").split() if (cents := EuroField().clean(part))]


@door(Door.COORDINATOR)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(StatementEntry, pk=pk)
    try:
        unassign(row, by=volunteer(request))
    except NotAssigned as wrong:
        messages.error(request, str(wrong))
    except ForbiddenStep:
        refused(request)
    else:
        messages.success(request, _("Die Zuordnung ist aufgehoben. Das Kassenbuch zeigt beides."))
    return redirect("desk:entry", row.pk)
