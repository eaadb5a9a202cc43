"""The book: editions, shops, proceeds per copy, and sales by report or by hand."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zueinander.banks.model import Refusal
from zueinander.campaigns.models import Campaign
from zueinander.desk.forms_money import EditionForm, RateForm, ReportForm, SaleForm, ShopForm, uploaded
from zueinander.desk.views.common import refused, volunteer
from zueinander.desk.views.money import form_page
from zueinander.giving.actions.layouts import keep_layout, read_known
from zueinander.giving.actions.selling import (
    BadProduct,
    add_edition,
    add_shop,
    advance,
    drop_shop,
    set_rate,
    take_sales,
)
from zueinander.giving.catalogues import NotAnIsbn, look_up
from zueinander.giving.models import SELLING, Channel, Edition, Sale, SalesLayout, Selling, ShopLink
from zueinander.giving.queries import products_of
from zueinander.giving.rules.sales import Sold, read_kdp, read_sales
from zueinander.shared.access import Door, door
from zueinander.shared.lifecycle import ForbiddenStep
from zueinander.shared.money import Money


@door(Door.COORDINATOR)
@require_safe
def book(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign, pk=pk)
    editions = Edition.objects.filter(product__campaign=campaign, active=True).select_related("product")
    public = products_of(campaign)
    sales = Sale.objects.filter(channel__edition__product__campaign=campaign, superseded_at=None)
    return render(request, "desk/money/book.html", {
        "campaign": campaign, "rows": list(zip(editions.prefetch_related("channels", "shops"), public, strict=True)),
        "sales": [(sale, SELLING.steps[sale.state]) for sale in
                  sales.select_related("channel__edition__product", "report").order_by("-last", "-pk")[:100]],
    })  # fmt: skip


def _back(campaign: int) -> str:
    return reverse("desk:book", args=[campaign])


@door(Door.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def new_edition(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign, pk=pk)
    form = EditionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not form.cleaned_data["title"]:
        form = _looked_up(request, form)
    elif request.method == "POST" and form.is_valid():
        try:
            add_edition(campaign=campaign, by=volunteer(request), **form.cleaned_data)
        except BadProduct as wrong:
            form.add_error("isbn", str(wrong))
        else:
            messages.success(request, _("Gespeichert."))
            return redirect(_back(campaign.pk))
    return form_page(request, form, _("Neue Ausgabe"), _back(campaign.pk))


def _looked_up(request: HttpRequest, form: EditionForm) -> EditionForm:
    """The form with what a catalogue knows of the ISBN in it, to be looked at before it is saved."""
    try:
        found = look_up(form.cleaned_data["isbn"])
    except NotAnIsbn:
        form.add_error("isbn", _("Das ist keine ISBN: Eine Ziffer stimmt nicht. Oder schreib den Titel selbst dazu."))
        return form
    if found is None:
        form.add_error("title", _("Kein Verzeichnis, das wir erreichen, kennt diese ISBN. Schreib den Titel selbst."))
        return form
    messages.success(request, _("Gefunden bei: %s. Sieh es dir an und speichere.") % found.source)
    known = {"title": found.title[:200], "author": found.author[:200], "isbn": found.isbn}
    return EditionForm(initial={**{name: form.data.get(name) for name in form.fields}, **known})


@door(Door.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def shop(request: HttpRequest, pk: int) -> HttpResponse:
    edition = get_object_or_404(Edition.objects.select_related("product"), pk=pk)
    form = ShopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        add_shop(edition, by=volunteer(request), **form.cleaned_data)
        messages.success(request, _("Gespeichert."))
        return redirect(_back(edition.product.campaign_id))
    return form_page(request, form, _("Wo es das Buch gibt"), _back(edition.product.campaign_id), note=str(edition))


@door(Door.COORDINATOR)
@require_POST
def shop_gone(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(ShopLink.objects.select_related("edition__product"), pk=pk)
    campaign = row.edition.product.campaign_id
    drop_shop(row, by=volunteer(request))
    return redirect(_back(campaign))


def _channel(pk: int) -> Channel:
    return get_object_or_404(Channel.objects.select_related("edition__product__campaign"), pk=pk)


@door(Door.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, pk: int) -> HttpResponse:
    channel = _channel(pk)
    form = RateForm(request.POST or None)
    campaign = channel.edition.product.campaign_id
    if request.method == "POST" and form.is_valid():
        try:
            set_rate(channel, by=volunteer(request), **form.cleaned_data)
        except BadProduct as wrong:
            form.add_error("until", str(wrong))
        else:
            messages.success(request, _("Gespeichert. Frühere Sätze bleiben an ihren Tagen."))
            return redirect(_back(campaign))
    return form_page(request, form, _("Erlös je Exemplar"), _back(campaign), note=str(channel))


@door(Door.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def by_hand(request: HttpRequest, pk: int) -> HttpResponse:
    channel = _channel(pk)
    form = SaleForm(request.POST or None)
    campaign = channel.edition.product.campaign
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        royalty = None if data["royalty"] is None else Money(data["royalty"], channel.edition.currency)
        row = Sold(data["first"], data["last"], "", "", channel.name, data["copies"], royalty, 0)
        if _taken(request, form, "first", campaign, [row], data, edition=channel.edition):
            return redirect(_back(campaign.pk))
    return form_page(request, form, _("Verkauf eintragen"), _back(campaign.pk), note=str(channel))


@door(Door.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """KDP's XLSX as it is, or any table once its columns are named."""
    campaign = get_object_or_404(Campaign, pk=pk)
    form = ReportForm(request.POST or None, request.FILES or None)
    editions = Edition.objects.filter(product__campaign=campaign, active=True).select_related("product")
    form.fields["edition"].choices = [("", "–"), *((row.pk, str(row)) for row in editions)]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        data, (content, _name) = form.cleaned_data, uploaded(form, "report")
        edition = editions.filter(pk=data["edition"]).first() if data["edition"] else None
        try:
            rows, known = _rows(content, form, campaign)
        except Refusal as wrong:
            form.add_error("report", str(wrong))
        else:
            digest = hashlib.sha256(content).hexdigest()
            edition = edition or (known.edition if known else None)
            if _taken(request, form, "report", campaign, rows, data, edition=edition, digest=digest):
                if form.columns:
                    keep_layout(campaign, content, form.mapping, edition=edition, source=data["source"])
                return redirect(_back(campaign.pk))
    lead = _(
        "Für einen Bericht von KDP genügt die Datei. Für andere Tabellen nenne einmal die Spalten, von links gezählt; "
        "die nächste Tabelle mit derselben Kopfzeile geht von selbst."
    )
    return form_page(
        request, form, _("Verkaufsbericht"), _back(campaign.pk), lead=lead, button=_("Einlesen"), upload=True
    )


def _rows(content: bytes, form: ReportForm, campaign: Campaign) -> tuple[list[Sold], SalesLayout | None]:
    """By the columns as given, else as KDP writes it, else as somebody said before."""
    if form.columns:
        return read_sales(content, form.mapping), None
    try:
        return read_kdp(content), None
    except Refusal as kdp:
        try:
            return read_known(campaign, content)
        except Refusal as unknown:
            raise (kdp if kdp.line > 1 else unknown) from None


def _taken(
    request: HttpRequest, form: Any, place: str, campaign: Campaign, rows: list[Sold], data: dict[str, Any], **more: Any
) -> bool:
    try:
        take_sales(
            campaign=campaign, rows=rows, state=data["state"], source=data["source"], by=volunteer(request), **more
        )
    except Refusal as wrong:
        form.add_error(place, str(wrong))
        return False
    messages.success(request, _("Aufgenommen. Erwarteter Erlös ist kein erhaltenes Geld und steht für sich."))
    return True


@door(Door.COORDINATOR)
@require_POST
def advanced(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    row = get_object_or_404(Sale.objects.select_related("channel__edition__product"), pk=pk)
    try:
        advance(row, to=step if step in Selling.values else "", by=volunteer(request))
    except ForbiddenStep:
        refused(request)
    return redirect(_back(row.channel.edition.product.campaign_id))
