"""Passing the story on: texts, paper, codes, the newsletter, and what was published when."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zueinander.desk.story_forms import IssueForm
from zueinander.desk.views.common import volunteer
from zueinander.desk.views.story import story_of
from zueinander.shared.access import Door, door
from zueinander.story.actions import order_issue
from zueinander.story.models import Reading
from zueinander.story.newsletter import NoMail, mail_account
from zueinander.story.queries import told
from zueinander.story.sharing import count, share_texts
from zueinander.story.telling import BadText


@door(Door.COORDINATOR)
@require_safe
def kit(request: HttpRequest, pk: int) -> HttpResponse:
    row = story_of(pk)
    shown = told(row)
    words = shown.subtitle or shown.words["appeal"]
    texts = [
        (network, text, count(network, text, shown.short_url))
        for network, text in share_texts(title=shown.title, words=words, url=shown.short_url, hashtags=shown.hashtags)
    ]
    context = {
        "campaign": row.campaign, "story": row, "here": "kit", "told": shown, "texts": texts,
        "publications": row.publications.filter(live_at__isnull=False)[:20],
    }  # fmt: skip
    return render(request, "desk/story/kit.html", context)


@door(Door.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def newsletter(request: HttpRequest, pk: int) -> HttpResponse:
    row = story_of(pk)
    form = IssueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            order_issue(row, **form.cleaned_data, by=volunteer(request))
        except BadText as wrong:
            form.add_error(None, str(wrong))
        except NoMail:
            form.add_error(None, _("Es ist kein Mailkonto verbunden. Unter „Konten“ geht das."))
        else:
            messages.success(request, _("Die Mail geht jetzt hinaus."))
            return redirect("desk:newsletter", pk)
    context = {
        "campaign": row.campaign, "story": row, "here": "newsletter", "form": form, "issues": row.issues.all()[:30],
        "readers": row.subscribers.filter(state=Reading.ACTIVE).count(), "mail": mail_account(),
    }  # fmt: skip
    return render(request, "desk/story/newsletter.html", context)
