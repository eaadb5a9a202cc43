"""Two people, two networks, one volunteer: from a post on Bluesky to two people who have each other.

Everything is real: processes, PostgreSQL, Bluesky's server code, a Mastodon-API server, a mail server, a browser.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from testnet.bluesky import BlueskyNetwork
from testnet.mail import MailServer
from testnet.mastodon import MastodonServer
from tests.journeys.installation import Installation
from tests.networks.stages import BlueskyStage, MailStage, MastodonStage

PREPARE = """
import json
from datetime import date
from django.utils import timezone
from zueinander.campaigns.models import Campaign, Occasion
from zueinander.networks.actions import connect
from zueinander.people.models import Role, Volunteer
given = json.loads({given!r})
year = timezone.localdate().year
campaign = Campaign.objects.create(
    slug="kba", name="#KeinerBleibtAllein", hashtags=[a["tags"][0] for a in given if a["tags"]],
    countries=["DE", "AT", "CH"], season_start=date(year, 11, 1), season_end=date(year, 12, 31), state="open")
for day, name in ((24, "Heiligabend"), (25, "1. Weihnachtstag"), (26, "2. Weihnachtstag"), (31, "Silvester")):
    Occasion.objects.create(campaign=campaign, on=date(year, 12, day), name=name)
for one in given:
    campaign.accounts.add(connect(network=one["network"], name="Verein", settings=one["settings"],
                                  secrets=one["secrets"], hashtags=one["tags"]))
Volunteer.objects.create_user("kim@example.org", "ein langes Kennwort", role=Role.VOLUNTEER, name="Kim")
"""
FIGURES = """
import json
from zueinander.house.checks import invariants
from zueinander.intake.models import Post
from zueinander.introductions.models import Introduction, Message
from zueinander.people.models import Attention
print(json.dumps({"deleted": Post.objects.exclude(deleted_at=None).count(),
  "by_hand": Attention.objects.filter(kind__in=["by_hand", "unsure"], cleared_at=None).count(),
  "introductions": Introduction.objects.count(), "messages": Message.objects.count(), "broken": invariants()}))
"""
LINK = re.compile(r"http://localhost:\d+/l/[\w-]+")
PATIENCE_S = 120.0


def until(found: Callable[[], object], what: str, seconds: float = PATIENCE_S) -> object:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if value := found():
            return value
        time.sleep(0.5)
    raise AssertionError(f"waited {seconds} s for {what}")


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path / "var")
    made.data.mkdir()
    try:
        yield made
    finally:
        made.end()


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()


def links_in(texts: list[str]) -> list[str]:
    return [link for text in texts for link in LINK.findall(text)]


def newest_link(texts: Callable[[], list[str]], seen: set[str], what: str) -> str:
    """The next personal link that arrives, in the person's own network."""
    fresh = until(lambda: [link for link in links_in(texts()) if link not in seen], what)
    assert isinstance(fresh, list)
    seen.update(fresh)
    return str(fresh[-1])


class Somebody:
    """One of the two: their network tells what reached them, their browser has no account with us."""

    def __init__(self, context: BrowserContext, texts: Callable[[], list[str]]) -> None:
        self.page: Page = context.new_page()
        self.texts, self.seen = texts, set[str]()

    def follow(self, what: str) -> Page:
        self.page.goto(newest_link(self.texts, self.seen, what))
        assert "/l/" not in self.page.url, "the token stays in the address"
        return self.page


@pytest.mark.journey
@pytest.mark.browser
def test_from_a_post_to_two_people_who_have_each_other(
    installation: Installation,
    browser: Browser,
    bluesky_network: BlueskyNetwork,
    mastodon_server: MastodonServer,
    mail_server: MailServer,
) -> None:
    bluesky, mastodon, mail = BlueskyStage(bluesky_network), MastodonStage(mastodon_server), MailStage(mail_server)
    given = [
        {"network": s.connection.network, "settings": dict(s.connection.settings), "tags": list(s.connection.hashtags),
         "secrets": dict(s.connection.secrets)}
        for s in (bluesky, mastodon, mail)
    ]  # fmt: skip
    installation.run("migrate")
    installation.script(PREPARE.format(given=json.dumps(given)))
    installation.up()
    installation.wait_alive()

    bluesky.say("suche Anschluss für Heiligabend, bin 34, in Worms, mit Hund")
    mastodon.whisper("Wir haben am 24. zwei Plätze am Tisch in Mannheim frei, Hunde sind willkommen.")
    third = bluesky_network.account()
    muttered = third.post(f"Heiligabend allein, suche nette Runde in Speyer #{bluesky.tag}")["uri"]

    anna = Somebody(browser.new_context(locale="de-DE"), lambda: bluesky.answers(1))
    bert = Somebody(browser.new_context(locale="de-DE"), lambda: mastodon.answers(1))
    answer_questions(anna.follow("Anna's answer on Bluesky"), "Anna", "Worms")
    answer_questions(bert.follow("Bert's answer on Mastodon"), "Bert", "Mannheim")

    volunteer_says_yes(browser.new_context(locale="de-DE").new_page(), installation.address)
    for person in (anna, bert):
        page = person.follow("the question whether they want to meet")
        page.get_by_role("button", name=re.compile("^Ja")).click()
    for person, words in ((anna, "Hallo Bert, ich freue mich."), (bert, "Schön, komm um sechs.")):
        page = person.follow("the introduction")
        assert "Sicher" in page.content() or "öffentlich" in page.content()
        page.get_by_role("textbox").first.fill(words)
        page.get_by_role("button", name="Schicken").click()
        assert words in page.content()

    found = json.loads(installation.script(FIGURES))
    assert (found["introductions"], found["messages"], found["broken"]) == (1, 2, [])
    assert found["by_hand"] == 1, "the one who only used the hashtag waits for a human"
    third.delete(muttered)
    until(lambda: json.loads(installation.script(FIGURES))["deleted"] == 1, "the deletion")


def answer_questions(page: Page, name: str, place: str) -> None:
    """The page of questions, prefilled from what was understood."""
    assert page.locator("[name=place]").input_value() == place
    page.locator("[name=first_name]").fill(name)
    page.locator("[name=age_band][value='30-44']").check()
    for purpose in ("match", "share"):
        page.locator(f"[name={purpose}]").check()
    page.locator("form.questions button").last.click()
    page.wait_for_load_state()
    assert not page.locator(".error-summary").count(), page.content()


def volunteer_says_yes(page: Page, address: str) -> None:
    page.goto(f"{address}/konto/login/")
    page.locator("[name=login]").fill("kim@example.org")
    page.locator("[name=password]").fill("ein langes Kennwort")
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/schreibtisch/**")

    def proposal() -> bool:
        page.goto(f"{address}/schreibtisch/")
        return page.get_by_text("Vorschlag").count() > 0

    until(proposal, "the proposal on the desk")
    page.get_by_text("Vorschlag").first.click()
    page.locator("button[data-key=y]").wait_for()
    page.wait_for_load_state("networkidle")
    with page.expect_navigation():
        page.keyboard.press("y")
