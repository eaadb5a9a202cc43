"""Our accounts in the networks: connect them, see how they are."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zueinander.desk import figures
from zueinander.desk.forms import AccountForm
from zueinander.networks.actions import connect
from zueinander.networks.models import Account
from zueinander.networks.port import BadSettings
from zueinander.networks.registry import KEYS, network, networks
from zueinander.shared.access import Door, door


@door(Door.COORDINATOR)
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    known = networks()
    rows = [(a, known.get(a.network)) for a in Account.objects.order_by("network", "name")]
    return render(
        request,
        "desk/accounts.html",
        {"rows": rows, "networks": known.values(), "malformed": figures.malformed_by_network()},
    )


@door(Door.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def connecting(request: HttpRequest, key: str) -> HttpResponse:
    if key not in KEYS:
        raise Http404
    chosen = network(key)
    form = AccountForm(chosen, request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            connect(
                network=key, name=data["name"], settings=form.answers(False), secrets=form.answers(True),
                hashtags=data["hashtags"],
            )  # fmt: skip
        except BadSettings as wrong:
            named = f"f_{wrong.field_name}"
            form.add_error(named if named in form.fields else None, wrong.message)
        else:
            messages.success(request, _("Verbunden. Ob etwas ankommt, steht gleich in der Übersicht."))
            return redirect("desk:accounts")
    return render(
        request,
        "desk/form.html",
        {
            "form": form,
            "heading": chosen.label,
            "back": "desk:accounts",
            "lead": chosen.can_see,
            "note": chosen.cannot_see,
        },
    )
