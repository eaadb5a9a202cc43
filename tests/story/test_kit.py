"""What goes on paper and into other people's pages: codes that can be read, dated figures, nothing from elsewhere."""

from __future__ import annotations

import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from pyzbar import pyzbar
from weasyprint.urls import FatalURLFetchingError

from tests.story.conftest import ACTOR, add_update, photo
from zueinander.giving.actions.accounts import open_account
from zueinander.giving.queries import accounts_of
from zueinander.people.models import Volunteer
from zueinander.site.story import kit, publisher
from zueinander.story import actions
from zueinander.story.models import Story

HOLDER = "Ole Müßig-Größe Sonderkonto Bücher"


@pytest.fixture
def folder(story: Story, bo: Volunteer, data: Path) -> Path:
    """Published, with an account, two updates and a picture for the press."""
    open_account(campaign=story.campaign, holder=HOLDER, iban="DE89370400440532013000", by=bo)
    picture = actions.add_picture(
        story, data=photo(900), alt="Das Buch", credit="Ole Beispiel", shows_child=False, actor=ACTOR, for_press=True,
        licence="frei für Berichte",
    )  # fmt: skip
    actions.agree(picture, given_by="Mutter", how="Mail", covers_child=False, by=bo)
    add_update(story, "Der erste Tag", "Wir fangen an & hoffen <3.")
    add_update(story, "Der zweite Tag von [[vater]]")
    publisher.publish(story)
    return data / "public/current/fuer/buch-fuer-balduin"


def at_150_dpi(path: Path) -> list[Image.Image]:
    return [page.render(scale=150 / 72).to_pil() for page in pypdfium2.PdfDocument(path)]


def words(path: Path) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))


def test_both_codes_of_the_poster_are_read_from_150_dpi(folder: Path, story: Story) -> None:
    [page] = at_150_dpi(folder / "plakat.pdf")
    account = accounts_of(story.campaign)[0]
    expected = {account.giro_payload, f"http://localhost:8000/f/{story.code}/"}
    assert {found.data.decode() for found in pyzbar.decode(page)} == expected
    assert {found.text for found in zxingcpp.read_barcodes(page)} == expected
    assert HOLDER in account.giro_payload
    assert "DE89 3704 0044 0532 0130 00" in words(folder / "plakat.pdf")


def test_the_press_kit_has_dated_figures_facts_that_were_agreed_to_and_cleared_pictures(folder: Path) -> None:
    text = " ".join(words(folder / "presse.pdf").split())
    for part in ("Zahlen vom", "Balduin", "Das Buch. Bild: Ole Beispiel, frei für Berichte", "0,00 €", "Der erste Tag"):
        assert part in text
    assert "Schlaganfall" not in text
    assert "Spendenquittung" not in text
    assert (folder / "presse.pdf").stat().st_size < 600_000


def test_paper_fetches_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim")
    for url in (secret.as_uri(), "http://127.0.0.1:9/pixel.png"):
        with pytest.raises(FatalURLFetchingError):
            kit.pdf(f'<img src="{url}"><link rel="attachment" href="{url}">')


def test_making_paper_fills_no_log(caplog: pytest.LogCaptureFixture) -> None:
    assert kit.pdf("<h1>Große Überschrift</h1>").startswith(b"%PDF")
    assert [record.message for record in caplog.records] == []


def test_the_card_is_light_and_has_the_size_networks_want(folder: Path) -> None:
    [card] = folder.glob("karte-*.png")
    with Image.open(card) as opened:
        assert opened.size == (1200, 630)
    assert card.stat().st_size <= 100_000
    page = (folder / "index.html").read_text()
    assert f'<meta property="og:image" content="http://localhost:8000/fuer/buch-fuer-balduin/{card.name}">' in page


def test_feeds_name_the_same_updates_in_the_same_order(folder: Path) -> None:
    atom = ET.fromstring((folder / "atom.xml").read_bytes())
    space = {"a": "http://www.w3.org/2005/Atom"}
    titles = [entry.findtext("a:title", namespaces=space) for entry in atom.findall("a:entry", space)]
    feed = json.loads((folder / "feed.json").read_text())
    assert titles == [item["title"] for item in feed["items"]] == ["Der zweite Tag von Balduin", "Der erste Tag"]
    assert feed["items"][1]["content_html"] == "<p>Wir fangen an &amp; hoffen &lt;3.</p>\n"
    assert atom.findtext("a:entry/a:content", namespaces=space, default="").startswith("<p>")
    assert feed["version"] == "https://jsonfeed.org/version/1.1"


def test_oembed_gives_the_widget_without_a_script(folder: Path) -> None:
    embed = json.loads((folder / "oembed.json").read_text())
    assert (embed["version"], embed["type"]) == ("1.0", "rich")
    assert embed["html"].startswith('<iframe src="http://localhost:8000/fuer/buch-fuer-balduin/widget/"')
    assert "<script" not in embed["html"] + (folder / "widget/index.html").read_text()
    assert 'type="application/json+oembed"' in (folder / "index.html").read_text()


def test_the_short_link_leads_on_and_shows_the_same_card(folder: Path, story: Story) -> None:
    page = (folder.parents[1] / "f" / story.code / "index.html").read_text()
    assert '<meta http-equiv="refresh" content="0; url=http://localhost:8000/fuer/buch-fuer-balduin/">' in page
    assert "og:image" in page


def test_the_first_page_is_light(folder: Path, story: Story, data: Path) -> None:
    """What a reader loads at first, compressed, without the share card."""
    for number in range(38):
        add_update(story, f"Tag {number}", "Heute haben wir viel erlebt und schreiben davon. " * 20)
    publisher.publish(story)
    here = data / "public/current/fuer/buch-fuer-balduin"
    assert Image.open(io.BytesIO(next((here / "bild").glob("*.webp")).read_bytes())).width <= 760
    parts = [here / "index.html.gz", *here.glob("*.css.gz"), *here.glob("*.js.gz"), *(here / "bild").glob("*")]
    assert len(parts) == 4
    assert sum(part.stat().st_size for part in parts) <= 60_000


def test_every_publication_stays_on_record_with_its_figures(folder: Path, story: Story) -> None:
    assert publisher.publish(story) is None, "nothing changed, nothing is published"
    add_update(story, "Noch einer")
    row = publisher.publish(story)
    assert row is not None
    page = (folder.parents[3] / "public/current/fuer/buch-fuer-balduin/chronik/index.html").read_text()
    kept = list(story.publications.all())
    assert len(kept) == 2
    for one in kept:
        assert one.digest in page
        assert one.live_at is not None
        assert one.figures["received"] == 0
