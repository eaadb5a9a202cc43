"""Every page of a story is there in English too, at an address of its own; what is only German says so."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from django.test import Client
from django.utils import translation

from tests.giving import world
from tests.giving.test_assigning import gift
from tests.story.conftest import ACTOR, add_fact, add_update
from tests.story.test_newsletter import ADDRESS, mail
from zueinander.giving.actions.accounts import open_account
from zueinander.networks.models import Account, Send
from zueinander.people.models import Volunteer
from zueinander.site.story import publisher
from zueinander.story import actions
from zueinander.story.models import Story
from zueinander.story.telling import BadText

__all__ = ["mail"]
HOME = "http://localhost:8000/fuer/buch-fuer-balduin/"
ENGLISH = {
    "title": "A book for [[vater]]",
    "appeal": "[[vater]] is in hospital after [[diagnose]].\n\nHe has written **a novel**.",
}  # fmt: skip


@pytest.fixture
def pages(data: Path) -> Path:
    return data / "public/current/fuer/buch-fuer-balduin"


def save(story: Story, english: dict[str, str]) -> Story:
    texts: dict[str, str] = {}
    return actions.save_story(story.campaign, texts=texts, english=english, goal_cents=story.goal_cents, actor=ACTOR)


def words(html: str) -> str:
    return re.sub(r"<[^>]+>", " ", html.partition("<main")[2])


def test_each_page_has_its_english_one_and_both_know_of_each_other(story: Story, pages: Path) -> None:
    add_update(story, "Der erste Tag")
    publisher.publish(story)
    german = {p.relative_to(pages).as_posix() for p in pages.rglob("*.html")} - {
        p.relative_to(pages).as_posix() for p in (pages / "en").rglob("*.html")
    }
    assert german == {p.relative_to(pages / "en").as_posix() for p in (pages / "en").rglob("*.html")}
    for name in german - {"widget/index.html"}:
        path = name.removesuffix("index.html")
        for lang, folder in (("de", ""), ("en", "en/")):
            text = (pages / folder / name).read_text()
            assert f'<html lang="{lang}">' in text
            assert f'<link rel="canonical" href="{HOME}{folder}{path}">' in text
            for code, address in (("de", HOME), ("en", f"{HOME}en/"), ("x-default", HOME)):
                assert f'<link rel="alternate" hreflang="{code}" href="{address}{path}">' in text
        assert f'href="{HOME}en/{path}" lang="en" hreflang="en">English</a>' in (pages / name).read_text()
        assert f'href="{HOME}{path}" lang="de" hreflang="de">Deutsch</a>' in (pages / "en" / name).read_text()


def test_the_frame_is_english_and_german_words_are_marked_as_german(story: Story, pages: Path, bo: Volunteer) -> None:
    open_account(campaign=story.campaign, holder="Ole Müßig", iban="DE89370400440532013000", by=bo)
    add_update(story, "Der erste Tag", "Es geht voran.")
    publisher.publish(story)
    page = (pages / "en/index.html").read_text()
    said = " ".join(words(page).split())
    for phrase in ("How to help", "Your bank compares the name.", "of €10,000.00 are here", "Payee", "in German only"):
        assert phrase in said
    assert '<h1 lang="de">Ein Buch für Balduin</h1>' in page
    assert '<div lang="de"><p>Balduin liegt im Krankenhaus' in page
    assert '<div class="text" lang="de"><p>Es geht voran.' in page
    assert "Some of what the people behind this appeal write is here in German only." in page
    own = re.sub(r'<(\w+)[^>]* lang="de"[^>]*>.*?</\1>', "", page.partition("<body")[2], flags=re.S)
    left = set(re.findall(r"\b(?:der|die|das|und|ist|nicht|wird|von|Familie|Konto|Uhr)\b", words(own)))
    assert not left, f"German words outside what is marked as German: {left}"


def test_an_english_text_takes_the_place_of_the_german_one(story: Story, pages: Path) -> None:
    add_fact(story, "diagnose", "Schlaganfall", instead="es ist ernst")
    actions.save_fact(
        story, key="diagnose", label="d", text="Schlaganfall", instead="es ist ernst", about_child=False, actor=ACTOR,
        text_en="a stroke", instead_en="a bad turn",
    )  # fmt: skip
    save(story, ENGLISH)
    publisher.publish(story)
    page = (pages / "en/index.html").read_text()
    assert "<h1>A book for Balduin</h1>" in page
    assert "<p>Balduin is in hospital after a bad turn.</p>" in page
    assert "Krankenhaus" not in page
    german = (pages / "index.html").read_text()
    assert "in hospital" not in german
    assert "<h1>Ein Buch für Balduin</h1>" in german


def test_consent_rules_over_the_english_words_as_well(
    story: Story, pages: Path, bo: Volunteer, django_capture_on_commit_callbacks: object
) -> None:
    fact = actions.save_fact(
        story, key="diagnose", label="d", text="Schlaganfall", instead="es ist ernst", about_child=False, actor=ACTOR,
        text_en="a stroke", instead_en="a bad turn",
    )  # fmt: skip
    with pytest.raises(BadText, match="diagnose"):
        save(story, {"appeal": "He has had a stroke."})
    save(story, ENGLISH)
    actions.agree(fact, given_by="Mutter", how="Mail", covers_child=False, by=bo)
    publisher.publish(story)
    assert "a stroke" in (pages / "en/index.html").read_text()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.withdraw(fact, by="family")
    everywhere = "".join(p.read_text() for p in pages.rglob("*") if p.suffix in (".html", ".xml", ".json"))
    assert "a stroke" not in everywhere
    assert "a bad turn" in everywhere
    actions.agree(fact, given_by="Mutter", how="Mail", covers_child=False, by=bo)
    actions.save_fact(
        story, key="diagnose", label="d", text="Schlaganfall", instead="", about_child=False, actor=ACTOR,
        text_en="a severe stroke",
    )  # fmt: skip
    assert not fact.agreements.filter(withdrawn_at=None).exists(), "other English words are not what was agreed to"


def test_an_update_is_translated_later_without_a_correction_and_corrected_visibly_after_that(
    story: Story, pages: Path
) -> None:
    add_update(story, "Neuer Tag", "Es geht voran.")
    update = story.updates.get()
    german = {"title": update.title, "text": update.text, "actor": ACTOR}
    with pytest.raises(BadText, match="englische Überschrift"):
        actions.correct_update(update, **german, reason="", english={"title": "", "text": "Things go well."})
    english = {"title": "A new day", "text": "Things go well."}
    actions.correct_update(update, **german, reason="", english=english)
    assert not update.corrections.exists()
    publisher.publish(story)
    page = (pages / "en/neues/1/index.html").read_text()
    assert "<h1>A new day</h1>" in page
    assert "in German only" not in page
    with pytest.raises(BadText, match="warum"):
        actions.correct_update(update, **german, reason="", english={**english, "text": "Things go very well."})
    actions.correct_update(update, **german, reason="Zahl", english={**english, "text": "Things go very well."})
    publisher.publish(story)
    page = (pages / "en/neues/1/index.html").read_text()
    assert "Things go very well." in page
    assert "<p>Things go well.</p>" in page, "what stood there before stays readable"
    assert "Corrected:" in page


def test_what_is_retracted_leaves_no_english_word_either(story: Story, pages: Path) -> None:
    english = {"title": "Too much said", "text": "We should not have written that."}
    update = actions.write_update(story, title="Zu viel", text="x", english=english, actor=ACTOR)
    actions.publish_update(update, actor=ACTOR)
    publisher.publish(story)
    assert "Too much said" in (pages / "en/index.html").read_text()
    actions.retract(update, reason="zu früh", actor=ACTOR)
    publisher.publish_now(story.pk)
    everywhere = "".join(p.read_text() for p in pages.rglob("*") if p.suffix in (".html", ".xml", ".json"))
    assert "should not have" not in everywhere
    assert "Too much" not in everywhere
    assert "We have taken this update back" in (pages / "en/neues/1/index.html").read_text()


def test_feeds_and_embedding_speak_the_language_of_their_page(story: Story, pages: Path) -> None:
    save(story, ENGLISH)
    add_update(story, "Der erste Tag")
    publisher.publish(story)
    atom = ET.fromstring((pages / "en/atom.xml").read_bytes())
    assert atom.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert atom.findtext("{http://www.w3.org/2005/Atom}title") == "A book for Balduin"
    [entry] = atom.findall("{http://www.w3.org/2005/Atom}entry")
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "de", "nobody has translated it"
    assert json.loads((pages / "en/feed.json").read_text())["language"] == "en"
    embed = json.loads((pages / "en/oembed.json").read_text())
    assert f'src="{HOME}en/widget/"' in embed["html"]
    assert "Help</a>" in (pages / "en/widget/index.html").read_text()
    assert f'href="{HOME}en/atom.xml"' in (pages / "en/index.html").read_text()
    card = embed["thumbnail_url"].rsplit("/", 1)[1]
    assert (pages / card).is_file()
    assert card not in (pages / "index.html").read_text(), "the German page has a card with German words"


def text_of(path: Path) -> str:
    return " ".join("\n".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(path)).split())


def test_paper_is_english_where_the_appeal_is_and_the_account_always(story: Story, pages: Path) -> None:
    publisher.publish(story)
    assert "The open account" in text_of(pages / "en/rechnung/rechnung.pdf")
    assert not (pages / "en/presse.pdf").exists()
    assert f'href="{HOME}presse.pdf"' in (pages / "en/index.html").read_text()
    save(story, ENGLISH)
    publisher.publish(story)
    press = text_of(pages / "en/presse.pdf")
    assert "Press kit, figures of" in press
    assert "€0.00" in press
    assert "The whole story" in text_of(pages / "en/plakat.pdf")


@pytest.mark.django_db
def test_the_figures_are_the_same_in_both_languages(data: Path) -> None:
    campaign = world.campaign()
    made = actions.save_story(
        campaign, texts={"title": "Hilfe", "appeal": "Bitte.", "way": "Direkt.", "organiser": "Ole."},
        goal_cents=500_000, actor=ACTOR,
    )  # fmt: skip
    gift(123_456)
    actions.publish_story(made, actor=ACTOR)
    publisher.publish(made)
    pages = data / "public/current/fuer" / campaign.slug
    assert "1.234,56\u00a0€" in (pages / "index.html").read_text()
    assert "€1,234.56" in (pages / "en/index.html").read_text()
    books = (pages / "en/rechnung/index.html").read_text()
    assert 'id="erhalten">€1,234.56<' in books
    assert "Received, in one gift" in books
    german, english = (
        list(csv.reader((pages / folder / "rechnung/kassenbuch.csv").read_text().splitlines())) for folder in ("", "en")
    )
    assert english[0] == ["number", "date", "account", "text", "cents", "source"]
    assert [(row[0], row[1], row[4]) for row in german[1:]] == [(row[0], row[1], row[4]) for row in english[1:]]
    assert {row[2] for row in english[1:]} <= {"Bank account", "For the family", "Received, purpose open"}
    assert len(english) > 2
    assert "Content changed" in (pages / "en/chronik/index.html").read_text()


def test_the_closing_page_is_english_and_old_english_thanks_do_not_stay(story: Story, pages: Path) -> None:
    save(story, {"title": "A book", "surplus": "More goes to the clinic."})
    actions.close_story(
        story, thanks="Danke.", surplus="Zurück.", actor=ACTOR, english={"thanks": "Thank you all.", "surplus": ""}
    )
    publisher.publish(story)
    page = (pages / "en/index.html").read_text()
    for phrase in ("Thank you all.", "The collection has been closed since", "Final account", "What it was about"):
        assert phrase in page
    assert "<h1>A book</h1>" in page
    assert "More goes to the clinic." not in page
    assert '<div lang="de"><p>Zurück.</p>' in page


def test_who_subscribes_on_the_english_page_is_written_to_in_english(
    story: Story, pages: Path, mail: Account, bo: Volunteer
) -> None:
    save(story, ENGLISH)
    publisher.publish(story)
    address = "/newsletter/buch-fuer-balduin/?sprache=en"
    assert address in (pages / "en/index.html").read_text()
    client = Client(headers={"accept-language": "de"})
    assert "Updates by mail" in client.get(address).content.decode()
    assert "Updates by mail" not in client.get(address.partition("?")[0]).content.decode()
    client.post(address, {"mail": ADDRESS})
    asked = Send.objects.get()
    assert "Somebody entered this mail address for updates on “A book for Balduin”." in asked.text
    link = re.search(r"(/newsletter/ja/\S+)", asked.text)
    assert link is not None
    assert 'href="/fuer/buch-fuer-balduin/en/"' in client.post(link[1]).content.decode()
    actions.order_issue(story, subject="Neues", text="Hallo", by=bo)
    with translation.override("de"):
        assert actions.send_issues() == 1
    sent = Send.objects.exclude(pk=asked.pk).get()
    assert f"More: {HOME}en/\nNo more mails: " in sent.text
    leave = re.search(r"(/newsletter/ab/\S+)", sent.text)
    assert leave is not None
    assert "You get no more mails" in client.post(leave[1]).content.decode()
