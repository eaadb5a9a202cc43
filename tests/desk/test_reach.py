"""The team notes what it sees, corrects it visibly, and is told what rises."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.desk.conftest import World, at_desk
from zueinander.people.actions import raise_attention
from zueinander.people.models import Attention, Volunteer
from zueinander.reach.models import Coverage, Observation, PressRequest, Rise

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(world: World, bo: Volunteer) -> Client:
    return at_desk(bo)


def test_a_figure_is_noted_drawn_corrected_and_downloaded(desk: Client, world: World) -> None:
    campaign = world.campaign
    at = timezone.localtime() - timedelta(hours=2)
    given = {"measure": "rank", "subject": "=cmd()", "value": "60570", "at": f"{at:%Y-%m-%dT%H:%M}", "source": "Laden"}
    address = reverse("desk:reach_note", args=[campaign.pk])
    assert desk.post(address, given).status_code == 302
    refused = desk.post(address, {**given, "value": "180"})
    assert "60570" in refused.content.decode()
    row = Observation.objects.get()
    desk.post(reverse("desk:reach_correct", args=[row.pk]), {"value": "605"})
    page = desk.get(reverse("desk:reach_of", args=[campaign.pk])).content.decode()
    assert "<svg" in page
    assert "605</td>" in page.replace(' <span class="soft">berichtigt</span>', "")
    lines = desk.get(reverse("desk:reach_download", args=[campaign.pk, "rank"])).content.decode().splitlines()
    assert len(lines) == 3
    assert "'=cmd()" in lines[1]
    assert lines[1].endswith(",605")


def test_a_figure_of_tomorrow_is_refused(desk: Client, world: World) -> None:
    at = timezone.localtime() + timedelta(days=1)
    given = {"measure": "rank", "value": "1", "at": f"{at:%Y-%m-%dT%H:%M}", "source": "Laden"}
    page = desk.post(reverse("desk:reach_note", args=[world.campaign.pk]), given)
    assert "Zukunft" in page.content.decode()
    assert not Observation.objects.exists()


def test_a_piece_is_kept_for_our_own_eyes(desk: Client, world: World) -> None:
    copy = SimpleUploadedFile("seite.html", b"<script>alert(1)</script>")
    given = {"outlet": "Tagblatt", "title": "Ein Platz am Tisch", "kind": "print", "published_on": "2026-11-20"}
    desk.post(reverse("desk:reach_cover", args=[world.campaign.pk]), {**given, "copy": copy})
    row = Coverage.objects.get()
    answer = desk.get(reverse("desk:reach_copy", args=[row.pk]))
    assert answer.content == b"<script>alert(1)</script>"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_question_of_the_press_is_answered(desk: Client, world: World) -> None:
    given = {"outlet": "Radio", "name": "Uta", "reach_at": "uta@radio.example", "question": "Wie viele sind es?"}
    desk.post(reverse("desk:reach_press", args=[world.campaign.pk]), given)
    row = PressRequest.objects.get()
    desk.post(reverse("desk:reach_answer", args=[row.pk]), {"answer": "Es sind 215."})
    row.refresh_from_db()
    assert (row.state, row.answer) == ("answered", "Es sind 215.")
    assert desk.get(reverse("desk:reach_answer", args=[row.pk])).status_code == 404


def test_a_rise_stands_in_the_queue_until_somebody_has_seen_it(desk: Client, world: World) -> None:
    rise = Rise.objects.create(
        campaign=world.campaign, network="bluesky", hour=timezone.now(), uses=90, expected=4.2, probability=1e-9
    )
    line = raise_attention(kind=Attention.Kind.RISE, subject=rise, deadline=timezone.now() + timedelta(hours=2))
    there = desk.get(reverse("desk:case", args=[line.pk]), follow=True)
    assert "90 Beiträge in einer Stunde" in there.content.decode()
    desk.post(reverse("desk:rise_seen", args=[rise.pk]))
    line.refresh_from_db()
    assert line.cleared_at is not None
