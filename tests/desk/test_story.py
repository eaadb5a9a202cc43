"""The organiser's pages: a story from the first sentence to the closing, without anybody's name before their yes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.desk.conftest import at_desk
from tests.story.conftest import TEXTS, campaign, data, photo
from zueinander.campaigns.models import Campaign
from zueinander.people.models import Volunteer
from zueinander.site.story import publisher
from zueinander.story.models import Story

__all__ = ["campaign", "data"]


@pytest.fixture
def desk(bo: Volunteer) -> Client:
    return at_desk(bo)


def say(desk: Client, campaign: Campaign, path: str, given: dict[str, Any] | None = None) -> str:
    """What the page says after the form was sent."""
    return desk.post(
        f"/schreibtisch/aktionen/{campaign.pk}/geschichte/{path}", given or {}, follow=True
    ).content.decode()


def test_a_story_from_the_first_sentence_to_the_closing(desk: Client, campaign: Campaign, data: object) -> None:
    bare = {**{name: text.replace("[[vater]]", "ihn").replace("[[diagnose]]", "ernst") for name, text in TEXTS.items()}}
    assert "Gespeichert." in say(desk, campaign, "", {**bare, "goal": "12.000"})
    story = Story.objects.get()
    assert story.goal_cents == 1_200_000
    assert "nicht als Betrag" in say(desk, campaign, "", {**bare, "goal": "12.0x0"})
    fact = {"key": "vater", "label": "Name", "text": "Balduin", "instead": "ein Vater"}
    assert "Gespeichert." in say(desk, campaign, "zustimmung/angabe/", fact)
    refused = say(desk, campaign, "neues/schreiben/", {"title": "Balduin lacht", "text": "x", "act": "publish"})
    assert "[[vater]]" in refused
    assert "Balduin lacht" in refused, "what was written is not lost"
    seen = say(desk, campaign, "neues/schreiben/", {"title": "Neu", "text": "[[vater]] **lacht**", "act": "preview"})
    assert "Ein Vater <strong>lacht</strong>" in seen
    assert not story.updates.exists()
    assert "Veröffentlicht." in say(
        desk, campaign, "neues/schreiben/", {"title": "Neu", "text": "[[vater]] **lacht**", "act": "publish"}
    )
    pk = story.facts.get().pk
    given = {"given_by": "Mutter", "how": "am Telefon"}
    assert "ist zu sehen" in say(desk, campaign, f"zustimmung/fact/{pk}/ja/", given)
    assert "geht jetzt hinaus" in say(desk, campaign, "zustand/", {"zustand": "published"})
    publisher.publish(story)
    preview = desk.get(f"/schreibtisch/aktionen/{campaign.pk}/geschichte/ansehen/").content.decode()
    assert "Balduin <strong>lacht</strong>" in preview
    corrected = {"title": "Neu", "text": "[[vater]] schläft", "reason": "genauer"}
    assert "Berichtigt." in say(desk, campaign, "neues/1/", corrected)
    kit = desk.get(f"/schreibtisch/aktionen/{campaign.pk}/geschichte/weitersagen/").content.decode()
    assert story.publications.get().digest[:12] in kit
    assert "Mastodon" in kit
    assert "nirgends mehr" in say(desk, campaign, "neues/1/zurueck/", {"reason": "zu früh"})
    assert "ein Dank" in say(desk, campaign, "zustand/", {"zustand": "closed"})
    closing = {"zustand": "closed", "thanks": "Danke.", "surplus": "Zurück."}
    assert "Abgeschlossen." in say(desk, campaign, "zustand/", closing)
    assert "vom Netz." in say(desk, campaign, "zustand/", {"zustand": "offline"})


def test_a_picture_comes_with_its_yes_and_goes_with_its_no(desk: Client, campaign: Campaign, data: object) -> None:
    say(desk, campaign, "", TEXTS | {"title": "Hilfe", "subtitle": "", "appeal": "Bitte."})
    upload = {"image": SimpleUploadedFile("a.jpg", photo(500)), "alt": "Das Buch", "credit": "Ole", "shows_child": "on"}
    assert "Hochgeladen." in say(desk, campaign, "zustimmung/bild/", upload)
    story = Story.objects.get()
    pk = story.pictures.get().pk
    address = f"/schreibtisch/aktionen/{campaign.pk}/geschichte/zustimmung/bild/{pk}.webp"
    assert desk.get(address).content[:4] == b"RIFF"
    assert Client().get(address).status_code == 302
    given = {"given_by": "Mutter", "how": "Mail"}
    assert "nennt das Kind nicht" in say(desk, campaign, f"zustimmung/picture/{pk}/ja/", given)
    assert "ist zu sehen" in say(desk, campaign, f"zustimmung/picture/{pk}/ja/", given | {"covers_child": "on"})
    assert "gelöscht" in say(desk, campaign, f"zustimmung/picture/{pk}/nein/")
    assert desk.get(address).status_code == 404
    bad = {"image": SimpleUploadedFile("a.jpg", b"kein Bild"), "alt": "x", "credit": "y"}
    assert "JPEG, PNG und WebP" in say(desk, campaign, "zustimmung/bild/", bad)


def test_the_family_gets_its_link_once(desk: Client, campaign: Campaign, data: object) -> None:
    say(desk, campaign, "", {"title": "Hilfe"})
    found = re.search(r"/familie/[\w-]{43}/", say(desk, campaign, "zustimmung/link/"))
    assert found is not None
    assert Client().get(found[0]).status_code == 200
    assert found[0] not in desk.get(f"/schreibtisch/aktionen/{campaign.pk}/geschichte/zustimmung/").content.decode()


def test_mails_need_an_account_to_go_out(desk: Client, campaign: Campaign, data: object) -> None:
    say(desk, campaign, "", {"title": "Hilfe"})
    assert "kein Mailkonto" in say(desk, campaign, "post/", {"subject": "Neues", "text": "Hallo"})
