"""Pictures inside a text: where the writer put them, only with the family's yes, and gone at once with their no."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from tests.desk.conftest import at_desk
from tests.story.conftest import ACTOR, TEXTS, add_update, everything, photo
from tests.story.test_consent import add_picture, agree, files
from zueinander.people.models import Volunteer
from zueinander.site.story import publisher
from zueinander.story import actions, rules
from zueinander.story.models import Picture, Story
from zueinander.story.telling import BadText

BEFORE, AFTER = "Wir haben angefangen.", "Morgen geht es weiter."


@pytest.fixture
def picture(story: Story, bo: Volunteer) -> Picture:
    made = add_picture(story)
    agree(made, bo)
    return made


def page_of(data: Path, name: str = "") -> str:
    return (data / f"public/current/fuer/buch-fuer-balduin/{name}index.html").read_text()


def test_a_picture_stands_where_it_was_put_with_its_size_and_its_words(
    story: Story, data: Path, picture: Picture
) -> None:
    text = f"{TEXTS['appeal']}\n\n![Bild {picture.pk}]\n\n{AFTER}"
    actions.save_story(story.campaign, texts={"appeal": text}, goal_cents=None, actor=ACTOR)
    publisher.publish(story)
    page = page_of(data)
    [found] = re.findall(r"</p>\n<figure><img ([^>]*)><figcaption[^>]*>Bild: Ole Beispiel</figcaption></figure>", page)
    [file] = files(data, "*.webp")
    assert f"/bild/{file.name}" in found
    assert 'alt="Das Buch auf dem Tisch"' in found
    assert f'width="{picture.width}" height="{picture.height}" loading="lazy"' in found
    assert page.index("einen Roman") < page.index("<figure") < page.index(AFTER)
    assert page.count("<img") == 1, "it does not stand a second time above or below the story"


def test_a_picture_stands_in_an_update_and_in_the_feeds(story: Story, data: Path, picture: Picture) -> None:
    add_update(story, "Tag eins", f"{BEFORE}\n![Bild {picture.pk}]\n{AFTER}")
    publisher.publish(story)
    for name in ("atom.xml", "feed.json", "index.html", "neues/1/index.html", "en/neues/1/index.html"):
        text = (data / "public/current/fuer/buch-fuer-balduin" / name).read_text()
        assert "/bild/" in text, name
        assert "![Bild" not in text


def test_without_a_yes_and_after_a_no_the_text_is_whole_and_the_picture_gone(
    story: Story, data: Path, bo: Volunteer, django_capture_on_commit_callbacks: object
) -> None:
    picture = add_picture(story)
    add_update(story, "Tag eins", f"{BEFORE}\n\n![Bild {picture.pk}]\n\n{AFTER}")
    publisher.publish(story)
    assert files(data, "*.webp") == []
    agree(picture, bo)
    publisher.publish(story)
    assert len(files(data, "*.webp")) == 1
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.withdraw(picture, by="family")
    assert files(data, "*.webp") == []
    seen = everything(data)
    assert "/bild/" not in seen
    assert "![Bild" not in seen
    assert "Das Buch auf dem Tisch" not in seen
    assert f"<p>{BEFORE}</p>\n<p>{AFTER}</p>" in page_of(data, "neues/1/")
    update = story.updates.get()
    actions.correct_update(update, title=update.title, text=update.text + " Bald.", reason="mehr", actor=ACTOR)


def test_a_picture_of_a_draft_is_not_published_before_the_draft(story: Story, data: Path, bo: Volunteer) -> None:
    draft = actions.write_update(story, title="Morgen", text="Bald.", actor=ACTOR)
    picture = actions.add_picture(
        story, data=photo(300), alt="Bald", credit="Ole", shows_child=False, actor=ACTOR, update=draft,
    )  # fmt: skip
    agree(picture, bo)
    actions.write_update(story, title="Morgen", text=f"Bald.\n\n![Bild {picture.pk}]", actor=ACTOR, update=draft)
    publisher.publish(story)
    assert files(data, "*.webp") == []
    actions.publish_update(draft, actor=ACTOR)
    publisher.publish(story)
    assert len(files(data, "*.webp")) == 1
    actions.retract(draft, reason="", actor=ACTOR)
    publisher.publish(story)
    assert files(data, "*.webp") == []


def test_a_picture_that_is_not_of_this_story_or_stands_within_a_sentence_is_refused(
    story: Story, picture: Picture
) -> None:
    with pytest.raises(BadText, match="gibt es nicht"):
        actions.write_update(story, title="x", text=f"![Bild {picture.pk + 1}]", actor=ACTOR)
    for text in (f"Schau: ![Bild {picture.pk}]", f"- ![Bild {picture.pk}]", "![Bild]", "![Bild vier]"):
        with pytest.raises(BadText, match="allein in einer Zeile"):
            actions.write_update(story, title="x", text=text, actor=ACTOR)


@pytest.mark.parametrize(
    "text",
    ["a\n![Bild 7]\nb", "![Bild 7]", "- a\n![Bild 7]\n- b", "```\n![Bild 7]\n```", "> a\n\n   ![bild 7]  \n\nb",
     "\ue0007\ue000", "# a\n![Bild 7]"],
)  # fmt: skip
def test_a_place_that_shows_nothing_leaves_nothing(text: str) -> None:
    made = rules.html(text, {}, {})
    assert "Bild 7" not in made
    assert "\ue000" not in made
    assert "<p></p>" not in made


def test_nothing_a_fact_says_can_place_a_picture() -> None:
    made = rules.html("[[wer]]", {"wer": "![Bild 7]"}, {7: "<figure></figure>"})
    assert "figure" not in made


def test_words_of_a_picture_cannot_bring_markup_along() -> None:
    made = rules.figure('x"', alt='"><script>', caption="<b>", size=(1, 2))
    assert "<script" not in made
    assert "<b>" not in made


def test_the_desk_offers_the_pictures_beside_the_text_and_shows_them_before(
    story: Story, bo: Volunteer, picture: Picture
) -> None:
    desk: Client = at_desk(bo)
    address = f"/schreibtisch/aktionen/{story.campaign.pk}/geschichte/"
    hidden = add_picture(story)
    for path in ("", "neues/schreiben/"):
        form = desk.get(address + path).content.decode()
        assert f'data-place="![Bild {picture.pk}]"' in form
        assert form.count("noch nicht zu sehen") == 1
    text = f"{BEFORE}\n\n![Bild {picture.pk}]\n\n![Bild {hidden.pk}]"
    seen = desk.post(f"{address}neues/schreiben/", {"title": "x", "text": text, "act": "preview"}).content.decode()
    shown = seen.partition('id="pv"')[2].partition("</section>")[0]
    assert f'src="{address}zustimmung/bild/{picture.pk}.webp"' in shown
    assert f"{hidden.pk}.webp" not in shown
