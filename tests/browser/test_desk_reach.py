"""Reach and press on the desk, looked at in a real browser."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from tests.browser.looking import Watched
from tests.browser.test_desk_pages import PASSWORD, sign_in
from tests.desk.conftest import World, make_world, member
from zueinander.people.models import Role, Volunteer
from zueinander.reach import actions
from zueinander.reach.models import Measure, PressContact, Rise
from zueinander.reach.outside import Why

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RANKS = (60570, 4100, 180, 12, 1)


def fill(world: World, by: Volunteer) -> int:
    """A campaign of which much is known; returns an observation's id."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    of = world.campaign
    for day, rank in enumerate(RANKS):
        row = actions.note(
            campaign=of, measure=Measure.RANK, subject="978-3-16-148410-0, Laden am Markt", value=rank,
            at=now - timedelta(days=5 - day), source="Laden am Markt", source_url="https://laden.example/buch",
        )  # fmt: skip
    for hour in range(60):
        actions.note(
            campaign=of, measure=Measure.USES, subject="bluesky", value=(hour * 7) % 31, span=60, source="zueinander",
            at=now - timedelta(hours=60 - hour),
        )  # fmt: skip
    for source, value in (("Tagblatt", 10000), ("Radio am Fluss", 12500)):
        actions.note(campaign=of, measure=Measure.SHARES, subject="erster Beitrag", value=value, at=now, source=source)
    actions.note(campaign=of, measure=Measure.VIEWS, subject="a", value=4000, at=now, source="unser Konto")
    actions.note(campaign=of, measure=Measure.VIEWS, subject="b", value=2500, at=now, source="unser Konto")
    Rise.objects.create(
        campaign=of, network="bluesky", hour=now - timedelta(hours=2), uses=90, expected=11.4, probability=1e-9
    )
    actions.cover(
        campaign=of, outlet="Tagblatt", title="Noch ein Platz am Tisch", published_on=now.date(), kind="print",
        url="https://tagblatt.example/1", quote="", by=by,
    )  # fmt: skip
    missing = actions.cover(campaign=of, url="https://radio.example/2", kind="radio", by=by)
    actions.refuse_copy(missing, Why.CLOSED)
    actions.want_copy(actions.cover(campaign=of, url="https://blatt.example/3", kind="online", by=by))
    contact = PressContact.objects.create(outlet="Radio am Fluss", name="Uta Beispiel", reach_at="uta@radio.example")
    actions.ask(campaign=of, contact=contact, question="Wie viele?", asked_at=now, answer_by=now, by=by)
    return row.pk


def test_reach_and_press_are_accessible(page: Page, live_server: Any, transactional_db: None) -> None:
    world, bo = make_world(), member("Bo", Role.COORDINATOR)
    bo.set_password(PASSWORD)
    bo.save()
    watched = Watched(page, live_server.url)
    sign_in(watched, bo)
    watched.look(reverse("desk:reach"))
    row, pk = fill(world, bo), world.campaign.pk
    watched.look(reverse("desk:reach_of", args=[pk]))
    for name in ("reach_note", "reach_cover", "reach_press"):
        watched.look(reverse(f"desk:{name}", args=[pk]))
    watched.look(reverse("desk:reach_correct", args=[row]))
    for piece in world.campaign.coverage.all():
        watched.look(reverse("desk:reach_piece", args=[piece.pk]))
    asked = world.campaign.press_requests.get()
    watched.look(reverse("desk:reach_answer", args=[asked.pk]))
    actions.answer(asked, text="215 Menschen.", by=bo)
    watched.look(reverse("desk:reach_answer", args=[asked.pk]))
