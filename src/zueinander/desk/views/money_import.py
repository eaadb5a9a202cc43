"""Statements: uploaded, read or refused with line and reason, mapped by hand, and their doubts compared."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zueinander.banks.model import Refusal, StatementFile
from zueinander.banks.wizard import Preview, check, layout_from, preview
from zueinander.desk.forms_money import UploadForm, uploaded
from zueinander.desk.views.common import refused, volunteer
from zueinander.desk.views.money import form_page
from zueinander.giving.actions.imports import map_columns, receive, refuse, settle_doubt, take_in_soon
from zueinander.giving.actions.posting import post_waiting
from zueinander.giving.models import BankAccount, Entering, StatementEntry, Taking
from zueinander.giving.models import StatementFile as FileRow
from zueinander.shared.access import Door, door
from zueinander.shared.lifecycle import ForbiddenStep

ROLE_NAMES = {
    "booked": gettext_lazy("Buchungstag"), "valuta": gettext_lazy("Wertstellung"), "amount": gettext_lazy("Betrag"),
    "debit": gettext_lazy("Soll (ging hinaus)"), "credit": gettext_lazy("Haben (kam herein)"),
    "sign": gettext_lazy("Vorzeichen (S/H)"), "currency": gettext_lazy("Währung"),
    "counterparty": gettext_lazy("Name der anderen Seite"), "payer": gettext_lazy("Wer zahlt"),
    "payee": gettext_lazy("Wer bekommt"), "iban": gettext_lazy("IBAN der anderen Seite"),
    "reference": gettext_lazy("Kundenreferenz"), "text": gettext_lazy("Verwendungszweck"),
    "bank_ref": gettext_lazy("Nummer der Bank"), "status": gettext_lazy("Status"), "balance": gettext_lazy("Saldo"),
    "account": gettext_lazy("Unser Konto"), "fee": gettext_lazy("Gebühr"),
}  # fmt: skip
DATES = ("", "dd.mm.yyyy", "dd.mm.yy", "yyyy-mm-dd", "dd/mm/yyyy", "mm/dd/yyyy", "dd-mm-yyyy", "yyyymmdd")
BOOKED_AT_ONCE = 300
"""Entries booked before the page answers; the worker books the rest."""


@door(Door.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(BankAccount, pk=pk)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content, name = uploaded(form, "statement")
        try:
            row = receive(account=account, data=content, name=name, by=volunteer(request))
        except Refusal as reason:
            form.add_error("statement", str(reason))
        else:
            take_in_soon(row, by=volunteer(request))
            post_waiting(BOOKED_AT_ONCE)
            return redirect("desk:statement", row.pk)
    back = reverse("desk:bank", args=[account.pk])
    return form_page(request, form, _("Auszug einlesen"), back, button=_("Einlesen"), upload=True, note=str(account))


@door(Door.COORDINATOR)
@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(FileRow.objects.select_related("account", "by"), pk=pk)
    entries = row.entries.order_by("booked", "pk")
    return render(request, "desk/money/file.html", {
        "file": row, "entries": entries[:200], "more": max(0, entries.count() - 200), "spans": row.spans.all(),
        "doubted": entries.filter(state=Entering.DOUBTED).count(),
        "unbooked": entries.filter(state=Entering.STORED).count(),
    })  # fmt: skip


@door(Door.COORDINATOR)
@require_POST
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Yes or no to a file whose balance is contradicted, or that nobody wants to map."""
    row = get_object_or_404(FileRow, pk=pk)
    try:
        if step == "ja" and row.state == Taking.ASKED:
            take_in_soon(row, confirmed=True, by=volunteer(request))
            post_waiting(BOOKED_AT_ONCE)
        elif step == "nein":
            refuse(row, by=volunteer(request))
        else:
            raise Http404
    except ForbiddenStep:
        refused(request)
    return redirect("desk:statement", row.pk)


@door(Door.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """The wizard: each column gets its meaning, the result is looked at, then it is taken in and remembered."""
    row = get_object_or_404(FileRow, pk=pk)
    if row.state != Taking.MAPPING:
        return redirect("desk:statement", row.pk)
    data = bytes(row.content)
    try:
        seen = preview(data)
    except Refusal as reason:
        messages.error(request, str(reason))
        return redirect("desk:statement", row.pk)
    chosen, read, wrong = _chosen(request, seen), None, ""
    if request.method == "POST":
        try:
            layout = _layout(request, data, _header(request, seen), chosen)
            read = check(data, layout)
            if "nehmen" in request.POST:
                map_columns(row, layout, by=volunteer(request))
                post_waiting(BOOKED_AT_ONCE)
                return redirect("desk:statement", row.pk)
        except Refusal as reason:
            wrong = str(reason)
    return render(request, "desk/money/columns.html", _wizard(request, row, seen, chosen, read, wrong))


def _chosen(request: HttpRequest, seen: Preview) -> dict[int, str]:
    if request.method != "POST":
        return dict(seen.roles)
    width = max((len(one.cells) for one in seen.rows), default=0)
    found = {number: request.POST.get(f"rolle{number}", "") for number in range(width)}
    return {number: role for number, role in found.items() if role}


def _header(request: HttpRequest, seen: Preview) -> int:
    """The row of the column names, from 0 (-1: none): as given, as detected, or the first one if no figure is in it."""
    typed = request.POST.get("kopf", "")
    if typed.isdecimal():
        return int(typed) - 1
    if seen.header < 0 and seen.rows and not any(char.isdigit() for char in "".join(seen.rows[0].cells)):
        return 0
    return seen.header


def _layout(request: HttpRequest, data: bytes, header: int, roles: dict[int, str]) -> Any:
    return layout_from(
        data, name=(request.POST.get("name") or "Tabelle")[:60], roles=roles, header=header,
        decimal=request.POST.get("decimal", ""), dates=request.POST.get("dates", ""),
        currency="EUR" if request.POST.get("euro") else "",
        unsigned="credit" if request.POST.get("unsigned") else "",
    )  # fmt: skip


def _wizard(
    request: HttpRequest, row: FileRow, seen: Preview, chosen: dict[int, str], read: StatementFile | None, wrong: str
) -> dict[str, Any]:
    width = max((len(one.cells) for one in seen.rows), default=0)
    header = _header(request, seen)
    heads = seen.rows[header].cells if 0 <= header < len(seen.rows) else ()
    body = seen.rows[header + 1 :][:6]
    return {
        "file": row, "wrong": wrong or (row.reason if request.method != "POST" else ""), "dates": DATES,
        "columns": [
            (n, heads[n] if n < len(heads) else "", [one.at(n)[:60] for one in body][:3], chosen.get(n, ""))
            for n in range(width)
        ],
        "header": header + 1, "roles": ROLE_NAMES,
        "read": [e for s in read.statements for e in s.entries][:8] if read else None,
        "total": sum(len(s.entries) for s in read.statements) if read else 0, "given": request.POST,
    }  # fmt: skip


@door(Door.COORDINATOR)
@require_safe
def doubts(request: HttpRequest) -> HttpResponse:
    rows = StatementEntry.objects.filter(state=Entering.DOUBTED).select_related("account", "file")[:50]
    wanted = {pk for row in rows for pk in row.resembles}
    known = StatementEntry.objects.select_related("file").in_bulk(wanted)
    pairs = [(row, [known[pk] for pk in row.resembles if pk in known]) for row in rows]
    return render(request, "desk/money/doubts.html", {"pairs": pairs})


@door(Door.COORDINATOR)
@require_POST
def settled(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    if step not in ("neu", "schon-da"):
        raise Http404
    try:
        settle_doubt(get_object_or_404(StatementEntry, pk=pk), same=step == "schon-da", by=volunteer(request))
        post_waiting(BOOKED_AT_ONCE)
    except ForbiddenStep:
        refused(request)
    return redirect("desk:doubts")
