"""Giving online: a form, the provider's own page, what we know of it afterwards, and the provider's calls."""

from __future__ import annotations

import logging
import re
import uuid
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zueinander.giving.actions.online import NotOnline, begin_payment, take_notice, to_checkout
from zueinander.giving.models import Giving, OnlineAccount, Payment
from zueinander.giving.online.connecting import provider as connected
from zueinander.giving.online.port import Provider, Trouble
from zueinander.giving.queries import wording_of
from zueinander.shared.access import Door, door
from zueinander.shared.money import AmountError, parse_amount
from zueinander.site.models import allowed
from zueinander.site.views.joining import network_address

PER_HOUR = 20
LEAST, MOST = 100, 1_000_000
NUMBER = re.compile(r"\w{4,60}", re.ASCII)
log = logging.getLogger(__name__)


class GiveForm(forms.Form):
    """`key` goes with the form: sent twice it is one payment."""

    amount = forms.CharField(
        label=_("Wie viel Euro möchtest du geben?"), max_length=20, help_text=_("Zum Beispiel 20 oder 12,50."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short", "autocomplete": "transaction-amount"}),
    )  # fmt: skip
    named = forms.ChoiceField(
        label=_("Darf dein Name öffentlich stehen?"), initial="nein", widget=forms.RadioSelect,
        choices=[("nein", _("Nein, ohne Namen")), ("ja", _("Ja, so wie ich ihn hier schreibe"))],
    )  # fmt: skip
    name = forms.CharField(
        label=_("Name, wie er dort stehen soll"), max_length=120, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput)
    use_required_attribute = False

    def clean_amount(self) -> int:
        try:
            cents = parse_amount(self.cleaned_data["amount"].replace("€", ""), decimal=",", currency="EUR").units
        except AmountError:
            raise ValidationError(_("Diesen Betrag verstehen wir nicht. Schreib ihn so: 12,50")) from None
        if not LEAST <= cents <= MOST:
            raise ValidationError(_("Online gehen 1 bis 10.000 Euro. Für mehr nimm bitte eine Überweisung."))
        return cents

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        if given.get("named") == "ja" and not given.get("name", "").strip():
            self.add_error("name", _("Schreib den Namen dazu, oder wähle „ohne Namen“."))
        return given


@door(Door.ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, slug: str) -> HttpResponse:
    """The payment is a row before the provider is asked; then the browser goes to the provider's page."""
    theirs = connected()
    if theirs is None:
        raise Http404
    rows = OnlineAccount.objects.select_related("campaign")
    account = get_object_or_404(rows, campaign__slug=slug, closed_at=None, provider=theirs.name)
    form = GiveForm(request.POST or None, initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        if not allowed(form="give", address=network_address(request), per_hour=PER_HOUR):
            return _leading(render(request, "site/too_many.html", status=429), theirs)
        answer = _begun(request, account, form, theirs)
        if answer is not None:
            return _leading(answer, theirs)
    page = {"form": form, "account": account, "wording": wording_of(account.campaign)}
    return _leading(render(request, "site/give.html", page, status=422 if form.errors else 200), theirs)


def _leading(response: HttpResponse, theirs: Provider) -> HttpResponse:
    """Only this page's form may lead to the provider."""
    response.leads_to = theirs.places  # type: ignore[attr-defined]
    return response


def _begun(request: HttpRequest, account: OnlineAccount, form: GiveForm, theirs: Provider) -> HttpResponse | None:
    """The way to the provider; None when it cannot be reached, said in the form with everything still in it."""
    data = form.cleaned_data
    named = data["named"] == "ja"
    try:
        row = begin_payment(
            account=account, key=data["key"], cents=data["amount"], name=data["name"].strip(), anonymous=not named,
            lang=(get_language() or "de")[:2],
        )  # fmt: skip
        return HttpResponseRedirect(to_checkout(row, theirs))
    except NotOnline:
        return HttpResponseRedirect(f"/zahlung/{data['key']}/")
    except Trouble as trouble:
        log.warning("the payment provider cannot be asked: %s", trouble)
        form.add_error(None, _("Der Zahlungsanbieter antwortet gerade nicht. Es ist nichts abgebucht. Versuch es "
                               "in ein paar Minuten noch einmal, oder überweise auf das Konto."))  # fmt: skip
        return None


@door(Door.ANYONE)
@require_safe
def payment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What we know of a payment, and what we do not know yet. Looking changes nothing."""
    row = get_object_or_404(Payment.objects.select_related("account__campaign", "reference"), pk=pk)
    back = row.gifts.exclude(state__in=[Giving.KEPT, Giving.VOIDED]).exists()
    page = {"payment": row, "campaign": row.account.campaign, "gone_back": back}
    return render(request, "site/payment.html", page)


@door(Door.ANYONE)
@csrf_exempt
@require_POST
def notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The provider says that something happened to a payment, and not what: we ask it then. Told twice, asked once."""
    row = get_object_or_404(Payment, pk=pk)
    said = request.POST.get("id", "")
    if not NUMBER.fullmatch(said) or row.number not in ("", said):
        raise Http404
    take_notice(row, said)
    return HttpResponse(status=200)
