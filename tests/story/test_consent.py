"""The family rules over what is said and shown about them, at once and everywhere."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from tests.story.conftest import ACTOR, add_fact, add_update, everything, photo
from zueinander.people.models import Volunteer
from zueinander.site.story import publisher
from zueinander.story import actions
from zueinander.story.consent import family_link, story_of_family
from zueinander.story.models import Picture, Story
from zueinander.story.pictures import BadPicture, reencode
from zueinander.story.telling import BadText


def add_picture(story: Story, *, child: bool = False, press: bool = False) -> Picture:
    return actions.add_picture(
        story, data=photo(600), alt="Das Buch auf dem Tisch", credit="Ole Beispiel", shows_child=child, actor=ACTOR,
        for_press=press,
    )  # fmt: skip


def agree(thing: object, bo: Volunteer, *, child: bool = False) -> None:
    actions.agree(thing, given_by="Mutter", how="schriftlich", covers_child=child, by=bo)  # type: ignore[arg-type]


def files(data: Path, pattern: str) -> list[Path]:
    return sorted((data / "public").rglob(pattern))


def test_only_what_was_agreed_to_is_said(story: Story, data: Path) -> None:
    publisher.publish(story)
    seen = everything(data)
    assert "Balduin" in seen
    assert "Schlaganfall" not in seen
    assert "Es ist ernst" in seen


def test_a_withdrawn_fact_is_gone_from_every_page_feed_and_older_version(
    story: Story, data: Path, django_capture_on_commit_callbacks: object
) -> None:
    add_update(story, "Gruß von [[vater]]", "[[vater]] lächelt.")
    update = story.updates.get()
    actions.correct_update(update, title="Gruß von [[vater]]", text="[[vater]] lacht.", reason="genauer", actor=ACTOR)
    publisher.publish(story)
    assert everything(data).count("Balduin") > 20
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert actions.withdraw(story.facts.get(key="vater"), by="family")
    seen = (
        everything(data).replace("#BuchFuerBalduin", "").replace("BuchFuerBalduin", "").replace("Buch für Balduin", "")
    )
    assert "Balduin" not in seen
    assert "Gruß von ein Vater" in seen
    assert len(list((data / "public" / "releases").iterdir())) == 1


def test_words_of_a_picture_that_is_there_must_not_say_a_new_fact_openly(story: Story) -> None:
    picture = add_picture(story)
    with pytest.raises(BadText, match="tisch"):
        add_fact(story, "tisch", "auf dem Tisch")
    actions.withdraw(picture, by="family")
    assert add_fact(story, "tisch", "auf dem Tisch"), "of a deleted picture nothing is said any more"


def test_other_words_are_not_what_was_agreed_to(story: Story, data: Path, bo: Volunteer) -> None:
    add_fact(story, "vater", "Balduin Muster", instead="ein Vater")
    publisher.publish(story)
    assert "Muster" not in everything(data)
    agree(story.facts.get(key="vater"), bo)
    publisher.publish(story)
    assert "Balduin Muster" in everything(data)


def test_of_a_child_nothing_is_said_without_a_yes_that_names_the_child(story: Story, data: Path, bo: Volunteer) -> None:
    child = add_fact(story, "kind", "Tilda", instead="das älteste Kind", child=True)
    add_update(story, "Schule", "[[kind]] geht wieder zur Schule.")
    picture = add_picture(story, child=True)
    for thing in (child, picture):
        agree(thing, bo)
    publisher.publish(story)
    assert "Tilda" not in everything(data)
    assert files(data, "*.webp") == []
    for thing in (child, picture):
        agree(thing, bo, child=True)
    publisher.publish(story)
    assert "Tilda" in everything(data)
    assert len(files(data, "*.webp")) == 1


def test_a_picture_is_taken_for_one_of_a_child_unless_somebody_says_otherwise() -> None:
    assert Picture._meta.get_field("shows_child").default is True


def test_a_withdrawn_picture_leaves_no_copy_anywhere(
    story: Story, data: Path, bo: Volunteer, django_capture_on_commit_callbacks: object
) -> None:
    picture = add_picture(story, press=True)
    publisher.publish(story)
    assert files(data, "*.webp") == []
    agree(picture, bo)
    publisher.publish(story)
    shown = files(data, "*.webp")
    assert len(shown) == 1
    cached = {path.name for path in (data / "public" / "cache").rglob("*") if path.is_file()}
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.withdraw(picture, by="family")
    assert files(data, "*.webp") == []
    assert bytes(Picture.objects.get().image) == b""
    left = {path.name for path in (data / "public" / "cache").rglob("*") if path.is_file()}
    assert cached - left, "what was made from it is gone"
    assert "Das Buch auf dem Tisch" not in everything(data)
    with pytest.raises(BadText, match="gelöscht"):
        agree(Picture.objects.get(), bo)
    row = picture.agreements.get()
    assert (row.given_by, row.how, row.recorded_by, row.withdrawn_by) == ("Mutter", "schriftlich", bo, "family")
    assert row.withdrawn_at is not None


def test_pages_are_taken_away_when_they_cannot_be_written_without_what_was_withdrawn(
    story: Story, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher.publish(story)
    fact = story.facts.get(key="vater")
    actions.withdraw(fact, by="family")

    def breaks(page: object) -> dict[str, bytes]:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(publisher, "PARTS", (breaks,))
    with pytest.raises(RuntimeError):
        publisher.publish_now(story.pk)
    assert files(data, "*.html") == []


def test_a_picture_keeps_its_pixels_and_nothing_else() -> None:
    original = photo(2400)
    assert b"KOMMENTAR-DER-KAMERA" in original
    made = reencode(original)
    with Image.open(io.BytesIO(made.data)) as opened:
        assert opened.size == (made.width, made.height) == (1600, 1200)
        assert len(opened.getexif()) == 0
        assert {"exif", "xmp", "icc_profile"}.isdisjoint(opened.info)
    assert b"Geheimkamera" not in made.data
    assert b"KOMMENTAR" not in made.data
    assert b"EXIF" not in made.data


def test_a_picture_taken_sideways_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.new("RGB", (400, 200), "red").save(out, "JPEG", exif=exif)
    made = reencode(out.getvalue())
    assert (made.width, made.height) == (200, 400)


def bomb() -> bytes:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"GIF89a....", b"<svg xmlns='http://www.w3.org/2000/svg'/>", photo(300)[:300], bomb()],
    ids=["nothing", "gif", "svg", "cut off", "bomb"],
)
def test_what_is_no_picture_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(BadPicture, match="Bild"):
        reencode(data)


def test_the_family_has_a_link_of_its_own_and_the_newest_counts(story: Story) -> None:
    first = family_link(story, actor=ACTOR)
    assert story_of_family(first) == story
    second = family_link(story, actor=ACTOR)
    assert story_of_family(first) is None
    assert story_of_family(second) == story
    assert story_of_family("") is None
