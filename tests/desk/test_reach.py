"""The team notes what it sees, corrects it visibly, and is told what rises."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.desk.conftest import World, at_desk
from zueinander.people.actions import raise_attention
from zueinander.people.models import Attention, Volunteer
from zueinander.reach import actions
from zueinander.reach.models import Coverage, Observation, PressContact, PressRequest, Rise
from zueinander.reach.outside import Why

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


PIECE = {"outlet": "Tagblatt", "title": "Ein Platz am Tisch", "kind": "print", "published_on": "2026-11-20"}


def test_a_piece_is_kept_for_our_own_eyes(desk: Client, world: World) -> None:
    copy = SimpleUploadedFile("seite.html", b"<script>alert(1)</script>", content_type="text/html")
    desk.post(reverse("desk:reach_cover", args=[world.campaign.pk]), {**PIECE, "public": "on", "copy": copy})
    row = Coverage.objects.get()
    assert row.public
    assert b"alert" not in bytes(row.copy.encode())
    answer = desk.get(reverse("desk:reach_copy", args=[row.pk]))
    assert answer.content == b"<script>alert(1)</script>"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="kopie-{row.pk}.html"'


def test_an_address_is_enough_and_what_was_read_is_public_after_a_look(desk: Client, world: World) -> None:
    address = reverse("desk:reach_cover", args=[world.campaign.pk])
    given = {"kind": "online", "url": "https://tagblatt.example/1", "public": "on"}
    there = desk.post(address, given, follow=True).content.decode()
    assert "Die Kopie wird gerade geholt" in there
    row = Coverage.objects.get()
    assert row.copy_wanted_at is not None
    actions.fill_in(row, outlet="Tagblatt", title="Ein Platz am Tisch", published_on=date(2026, 11, 20))
    actions.keep_copy(row, body=b"<p>So war es.</p>", type="text/html")
    page = reverse("desk:reach_piece", args=[row.pk])
    told = desk.get(page).content.decode()
    assert 'value="Ein Platz am Tisch"' in told
    assert "Sieh es durch" in told
    assert not Coverage.objects.get().public
    desk.post(page, {**PIECE, "title": "Ein Platz am großen Tisch", "public": "on"})
    row.refresh_from_db()
    assert (row.public, row.title, row.url) == (True, "Ein Platz am großen Tisch", "https://tagblatt.example/1")
    desk.post(page, PIECE)
    row.refresh_from_db()
    assert not row.public


def test_without_address_words_are_needed(desk: Client, world: World) -> None:
    page = desk.post(reverse("desk:reach_cover", args=[world.campaign.pk]), {"kind": "print"}).content.decode()
    assert page.count("Ohne Adresse brauchen wir das.") == 6
    assert not Coverage.objects.exists()


def test_a_refused_copy_says_why_is_uploaded_or_asked_for_again(desk: Client, world: World, bo: Volunteer) -> None:
    row = actions.cover(campaign=world.campaign, url="https://tagblatt.example/1", kind="online", by=bo)
    actions.refuse_copy(row, Why.CLOSED)
    page = reverse("desk:reach_piece", args=[row.pk])
    assert "lässt uns nicht hinein" in desk.get(page).content.decode()
    assert "lässt uns nicht hinein" in desk.get(reverse("desk:reach_of", args=[world.campaign.pk])).content.decode()
    desk.post(page, {**PIECE})
    row.refresh_from_db()
    assert row.copy_wanted_at is None
    desk.post(reverse("desk:reach_fetch", args=[row.pk]))
    row.refresh_from_db()
    assert (row.copy_refused, row.copy_wanted_at is None) == ("", False)
    desk.post(page, {**PIECE, "copy": SimpleUploadedFile("seite.pdf", b"%PDF", content_type="application/pdf")})
    row.refresh_from_db()
    assert (row.copy_type, row.copy_wanted_at) == ("application/pdf", None)


def test_a_question_of_the_press_reminds_until_it_is_answered(desk: Client, world: World) -> None:
    by = timezone.localtime() + timedelta(hours=5)
    given = {
        "outlet": "Radio", "name": "Uta", "reach_at": "uta@radio.example", "question": "Wie viele sind es?",
        "asked_at": f"{timezone.localtime():%Y-%m-%dT%H:%M}", "answer_by": f"{by:%Y-%m-%dT%H:%M}",
    }  # fmt: skip
    address = reverse("desk:reach_press", args=[world.campaign.pk])
    desk.post(address, given)
    row = PressRequest.objects.get()
    line = Attention.objects.get(kind=Attention.Kind.PRESS)
    assert line.deadline == row.answer_by
    there = desk.get(reverse("desk:case", args=[line.pk]), follow=True).content.decode()
    assert "Wie viele sind es?" in there
    assert "uta@radio.example" in there
    page = reverse("desk:reach_answer", args=[row.pk])
    desk.post(page, {"answer": "Es sind 215."})
    row.refresh_from_db()
    line.refresh_from_db()
    assert (row.state, row.answer, line.cleared_at is None) == ("answered", "Es sind 215.", False)
    told = desk.get(page).content.decode()
    assert "Es sind 215." in told
    assert str(row.answered_by) in told
    desk.post(page, {"again": "1"})
    assert Attention.objects.filter(kind=Attention.Kind.PRESS, cleared_at=None).count() == 1
    desk.post(page, {"decline": "1"})
    assert not Attention.objects.filter(kind=Attention.Kind.PRESS, cleared_at=None).exists()
    desk.post(address, {**given, "contact": row.contact_id, "outlet": "", "name": "", "reach_at": ""})
    assert PressRequest.objects.filter(contact=row.contact).count() == 2


def test_who_is_new_has_a_name_and_the_press_is_for_coordinators(
    desk: Client, world: World, ada: Volunteer, bo: Volunteer
) -> None:
    address = reverse("desk:reach_press", args=[world.campaign.pk])
    at = f"{timezone.localtime():%Y-%m-%dT%H:%M}"
    page = desk.post(address, {"question": "Wie viele?", "asked_at": at}).content.decode()
    assert "Bei jemand Neuem brauchen wir das." in page
    contact = PressContact.objects.create(outlet="Radio", name="Uta", reach_at="uta@radio.example")
    desk.post(address, {"question": "Wie viele?", "asked_at": at, "contact": contact.pk})
    line = Attention.objects.get(kind=Attention.Kind.PRESS)
    other = at_desk(ada)
    assert "Uta" not in other.get(reverse("desk:reach_of", args=[world.campaign.pk])).content.decode()
    assert other.get(reverse("desk:reach_answer", args=[PressRequest.objects.get().pk])).status_code == 403
    for client, holder in ((other, None), (desk, bo)):
        client.post(reverse("desk:next"), {"art": "press"})
        line.refresh_from_db()
        assert line.claimed_by == holder


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
