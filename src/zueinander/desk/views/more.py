"""Pasting a post, calls, figures."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zueinander.campaigns.models import Campaign
from zueinander.desk import figures
from zueinander.desk.forms import PasteForm
from zueinander.desk.views.common import volunteer
from zueinander.intake.actions import paste
from zueinander.networks.manual import Unusable
from zueinander.shared.access import Door, door


@door(Door.VOLUNTEER)
@require_http_methods(["GET", "HEAD", "POST"])
def pasting(request: HttpRequest) -> HttpResponse:
    form = PasteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            paste(**form.cleaned_data, by=volunteer(request))
        except Unusable as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, _("Danke, der Beitrag ist da. Er wird gleich gelesen."))
            return redirect("desk:paste")
    lead = _("Für alles, was wir nicht selbst sehen: Instagram, Facebook, eine Nachricht auf dem Telefon.")
    return render(
        request, "desk/form.html", {"form": form, "heading": _("Beitrag einfügen"), "back": "desk:queue", "lead": lead}
    )


@door(Door.COORDINATOR)
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    rows = [figures.of(c) for c in Campaign.objects.order_by("-season_end", "name")]
    return render(request, "desk/figures.html", {"rows": rows})
