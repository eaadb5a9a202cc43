"""The published page in a browser: accessible in every width and colour, complete without scripts, by itself."""

from __future__ import annotations

import functools
import http.server
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.story.conftest import ACTOR, add_update, bo, campaign, data, photo, story
from zueinander.giving.actions import selling
from zueinander.giving.actions.accounts import open_account
from zueinander.people.models import Volunteer
from zueinander.reach import actions as reach
from zueinander.reach.models import Measure
from zueinander.shared.config import config
from zueinander.site.files.memory import CSP
from zueinander.site.story import publisher
from zueinander.story import actions
from zueinander.story.models import Story

__all__ = ["bo", "campaign", "data", "story"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db]
LOOKS: list[tuple[int, Literal["light", "dark"]]] = [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}


class _Files(http.server.SimpleHTTPRequestHandler):
    """The files as they lie there, with the policy that goes with them; no application."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", CSP + "'none'")
        super().end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def served(story: Story, bo: Volunteer, data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    handler = functools.partial(_Files, directory=str(data / "public" / "current"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    address = f"http://127.0.0.1:{server.server_address[1]}"
    monkeypatch.setattr(config(), "base_url", address)
    open_account(campaign=story.campaign, holder="Ole Müßig", iban="DE89370400440532013000", by=bo)
    picture = actions.add_picture(
        story, data=photo(800), alt="Das Buch", credit="Ole", shows_child=False, actor=ACTOR
    )  # fmt: skip
    actions.agree(picture, given_by="Mutter", how="Mail", covers_child=False, by=bo)
    for day in range(8):
        add_update(
            story, f"Tag {day} mit [[vater]]", "Ein Satz.\n\n- einer\n- noch einer\n\n| a | b |\n|---|---|\n| 1 | 2 |"
        )
    first = story.updates.get(number=1)
    actions.correct_update(first, title="Tag 0", text="Anders.", reason="verzählt", actor=ACTOR)
    sell_and_measure(story, bo)
    publisher.publish(story)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"{address}/fuer/buch-fuer-balduin/"
    server.shutdown()


def sell_and_measure(story: Story, bo: Volunteer) -> None:
    of, now = story.campaign, timezone.now()
    edition = selling.add_edition(campaign=of, title="Ein Roman", name="E-Book", by=bo)
    selling.set_rate(edition.channels.get(), cents=282, first=now.date(), source="Vertrag", by=bo)
    for number, rank in enumerate((60570, 311, 1)):
        reach.note(
            campaign=of, measure=Measure.RANK, value=rank, at=now - timedelta(days=3 - number), source="Laden am Markt"
        )
    for source, value in (("Tagblatt", 10_000), ("Radio am Fluss", 12_500)):
        reach.note(campaign=of, measure=Measure.SHARES, value=value, at=now, source=source, subject="erster Beitrag")
    reach.note(campaign=of, measure=Measure.VIEWS, value=4000, at=now, source="unser Konto", subject="a")
    reach.cover(
        campaign=of, outlet="Tagblatt", title="Ein Buch geht herum", published_on=now.date(), kind="print",
        url="https://tagblatt.example/1", quote="Alle reden davon.", by=bo,
    )  # fmt: skip


def look_at(page: Page, address: str) -> None:
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{address} scrolls sideways by {wide} px at {width}"
        found = Axe().run(page, options=RULES)
        assert not found.response["violations"], f"{address} {width} {scheme}\n{found.generate_report()}"
        assert page.locator("h1").count() == 1


def test_every_page_is_accessible_and_asks_nobody_else(page: Page, served: str, story: Story) -> None:
    home = served.split("/fuer/")[0]
    asked: list[str] = []
    refused: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    pages = ("", "neues/", "neues/1/", "chronik/", "widget/", "rechnung/", "weit/")
    for name in (*pages, "en/", "en/neues/1/", "en/rechnung/"):
        look_at(page, served + name)
    assert not [url for url in asked if not url.startswith((home, "data:"))]
    assert not refused
    assert not page.context.cookies()


def test_the_closing_page_is_accessible(page: Page, served: str, story: Story) -> None:
    actions.close_story(story, thanks="Danke euch allen.", surplus="Zurück an euch.", actor=ACTOR)
    publisher.publish(story)
    look_at(page, served)
    assert page.get_by_text("Danke euch allen.").is_visible()


def test_without_scripts_everything_is_there_and_with_them_the_counters_renew(
    chromium: Browser, served: str, data: Path
) -> None:
    bare = chromium.new_context(java_script_enabled=False, locale="de-DE")
    page = bare.new_page()
    page.goto(served)
    assert page.get_by_text("DE89 3704 0044 0532 0130 00").is_visible()
    assert page.locator("[data-cents=received]").inner_text() == "0,00\u00a0€"
    bare.close()
    context = chromium.new_context(locale="de-DE")
    page = context.new_page()
    page.clock.install()
    page.goto(served)
    figures = data / "public/current/fuer/buch-fuer-balduin/zahlen.json"
    found = json.loads(figures.read_text()) | {"received": 123_456, "gifts": 7}
    figures.write_text(json.dumps(found))
    page.clock.fast_forward(9_500)
    expect(page.locator("[data-count=gifts]")).to_have_text("7")
    expect(page.locator("[data-cents=received]")).to_have_text("1.234,56\u00a0€")
    page.goto(f"{served}en/")
    page.clock.fast_forward(9_500)
    expect(page.locator("[data-cents=received]")).to_have_text("€1,234.56")
    context.close()
