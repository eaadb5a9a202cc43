"""Two people, two networks, one volunteer: from a post on Bluesky to two people who have each other.

Everything is real: processes, PostgreSQL, Bluesky's server code, a Mastodon-API server, mail servers, a browser. Only
time is moved by hand, where the story waits for days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from testnet.bluesky import BlueskyNetwork
from testnet.mail import MailServer
from testnet.mastodon import MastodonServer
from tests.browser.conftest import ARGS, CHROMIUM
from tests.journeys import beginning, moving
from tests.journeys.installation import Installation
from tests.journeys.story import Story
from tests.networks.stages import BlueskyStage, MailStage, MastodonStage

PASTED = "https://www.instagram.com/p/CkPaste1/"


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
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield chromium
        chromium.close()


@pytest.fixture
def story(
    installation: Installation,
    browser: Browser,
    bluesky_network: BlueskyNetwork,
    mastodon_server: MastodonServer,
    mail_server: MailServer,
) -> Story:
    stages: list[Any] = [BlueskyStage(bluesky_network), MastodonStage(mastodon_server), MailStage(mail_server)]
    installation.run("migrate")
    beginning.connect(installation, stages)
    installation.up()
    installation.wait_alive()
    return Story(installation, browser, *stages)


@pytest.mark.journey
@pytest.mark.browser
def test_from_a_post_to_two_people_who_have_each_other(story: Story) -> None:
    a_campaign_is_made(story)
    each_arrives_once_and_is_answered_as_the_rules_allow(story)
    deleted_at_the_source_is_deleted_here(story)
    stop_is_final(story)
    one_click_corrects_a_reading(story)
    a_no_and_a_silence_bring_the_next_proposal(story)
    two_pairs_have_each_other(story)
    report_and_block(story)
    the_day_after(story)
    the_case_can_be_read_as_a_history(story)
    assert story.installation.run("check").strip() == "Everything holds."


def a_campaign_is_made(story: Story) -> None:
    link = re.search(r"http://\S+/einladung/\S+", story.installation.log_text())
    assert link
    story.team.sign_up(link[0])
    story.slug = story.team.create_campaign("#KeinerBleibtAllein", [story.bluesky.tag, story.mastodon.tag])
    occasions = story.figures()["occasions"]
    assert [day[5:] for day in occasions] == ["12-24", "12-25", "12-26", "12-31"]


def each_arrives_once_and_is_answered_as_the_rules_allow(story: Story) -> None:
    """Whatever is delivered twice or edited, and across a listener that is killed while they write."""
    story.wait_for_posts(0)
    story.anna_writes_on_bluesky()
    story.installation.kill("listen")
    story.bert_writes_on_mastodon()
    story.fritz_only_uses_the_hashtag()
    story.emil_writes_a_mail_that_is_delivered_twice()
    story.clara_fills_in_the_form()
    story.dora_writes_and_changes_her_mind()
    for _ in range(2):
        story.team.paste(PASTED, "Suche Gesellschaft für Silvester in Ulm, bin 51.", "Ingo")
    story.wait_for_posts(7)
    story.anna.answer_questions("Worms")
    story.bert.answer_questions("Mannheim")
    story.emil.answer_questions("Worms", "60-74")
    for somebody in (story.anna, story.bert, story.emil):
        answers = [text for text in somebody.texts() if "/l/" in text]
        assert len(answers) == 1, f"one automatic answer for {somebody.name}"
        assert "utomatisch" in answers[0], "it says that a machine wrote it"
    assert story.said_to_fritz() == [], "a hashtag alone is no reason for a machine to write"
    assert story.bluesky.public_posts() == []
    by_hand = story.team.open_case("Von Hand antworten", "Speyer").locator("main").inner_text()
    assert "Suche" in by_hand or "suche" in by_hand
    story.installation.kill("listen")
    story.wait_for_posts(7)


def deleted_at_the_source_is_deleted_here(story: Story) -> None:
    story.fritz.delete(story.fritz_said)
    story.wait_for_deleted(1)
    story.dora_deletes()
    moving.looked_at_again(story.installation)
    story.wait_for_deleted(2)
    page = story.team.text("/schreibtisch/")
    assert "Speyer" not in page
    found = story.figures()
    assert not [text for text in found["texts"] if "Kiel" in text or "Speyer" in text]


def stop_is_final(story: Story) -> None:
    gerda = story.gerda_writes_on_mastodon()
    story.until(lambda: len(gerda()) == 1, "Gerda's answer")
    story.gerda_says("Stop")
    story.wait_for_posts(7 + 2)
    story.gerda_says("Suche doch Gesellschaft an Heiligabend in Trier")
    story.wait_for_posts(7 + 3)
    story.quiet()
    assert len(gerda()) == 1, "nobody writes to Gerda again"


def one_click_corrects_a_reading(story: Story) -> None:
    story.mail_from(
        "hanne", "Ihr Lieben, so still wie voriges Jahr soll der Heiligabend in Trier nicht wieder werden. Hanne"
    )
    case = story.team.open_case("hanne")
    before = story.figures()["seeking"]
    key = case.locator("button[name=intent][value=seek]").first.get_attribute("data-key")
    case.keyboard.press(str(key))
    case.get_by_text("von Hand berichtigt").first.wait_for()
    story.until(lambda: story.figures()["seeking"] == before + 1, "the wish that the correction made")


def a_no_and_a_silence_bring_the_next_proposal(story: Story) -> None:
    shown = story.team.say_yes() + story.team.say_yes()
    assert "Anna" in shown
    assert "Worauf achten" in shown
    assert "km" in shown
    first = story.partners()
    told = story.anna.answer(yes=False)
    assert first["Anna"] in told
    assert "Heiligabend" in told
    story.clara.answer(yes=True)
    moving.deadlines_have_passed(story.installation)
    story.until(lambda: not story.partners(), "both freed")
    story.team.say_yes()
    story.team.say_yes()
    second = story.partners()
    assert set(second) == {"Anna", "Clara"}
    assert all(second[who] != first[who] for who in second), "the next proposal is somebody else"


def two_pairs_have_each_other(story: Story) -> None:
    """Both yes; each hears of it, and of the other's words, in their own network or by mail."""
    for who in (story.anna, story.clara, story.bert, story.emil):
        who.answer(yes=True)
    story.until(lambda: story.figures()["introductions"] == 2, "two introductions")
    for seeker, host in story.pairs():
        for person, words in ((seeker, f"Hallo, ich freue mich. {seeker.name}"), (host, f"Komm um sechs. {host.name}")):
            page = person.follow("/meins/gespraech/", "the introduction")
            assert "Bevor ihr euch trefft" in page.content()
            shown = person.write(words)
            assert "@example.org" not in shown
        for person in (seeker, host):
            story.until(lambda who=person: "hat dir geschrieben" in who.newest(), "word of it, in the own network")  # type: ignore[misc]
    assert story.figures()["messages"] == 4


def report_and_block(story: Story) -> None:
    seeker, host = next(pair for pair in story.pairs() if pair[0] is story.clara)
    page = seeker.follow("/meins/gespraech/", "the host's message")
    page.locator(".theirs a", has_text="Melden").first.click()
    page.locator("[name=text]").fill("Das fühlt sich nicht gut an.")
    page.locator("[name=block]").check()
    page.get_by_role("button", name="Melden").click()
    page.get_by_text("Dieses Gespräch ist zu Ende").wait_for()
    story.team.open_case("Meldung")
    assert "Das fühlt sich nicht gut an." in story.team.text("/schreibtisch/meldungen/")
    host.page.reload()
    assert "Dieses Gespräch ist zu Ende" in host.page.content()


def the_day_after(story: Story) -> None:
    moving.the_day_after(story.installation)
    seeker, host = next(pair for pair in story.pairs() if pair[0] is story.anna)
    page = seeker.follow("/meins/wie-war-es/", "the question how it was")
    page.locator("[name=met][value=no]").check()
    page.locator("form.questions button").last.click()
    page.locator("#errors").wait_for()  # a no has a reason
    page.locator("[name=not_met][value=ill]").check()
    page.locator("form.questions button").last.click()
    page.get_by_text("Danke, dass du uns geantwortet hast").wait_for()
    page = host.follow("/meins/wie-war-es/", "the question how it was")
    page.locator("[name=met][value=yes]").check()
    page.locator("[name=good][value=yes]").check()
    page.locator("form.questions button").last.click()
    page.get_by_text("Danke, dass du uns geantwortet hast").wait_for()
    assert sorted(story.figures()["follow_ups"]) == [["no", "", "ill"], ["yes", "yes", ""]]


def the_case_can_be_read_as_a_history(story: Story) -> None:
    history = story.team.text(f"/schreibtisch/person/{story.figures()['anna']}/").partition("Verlauf")[2]
    assert len(re.findall(r"\d+\.\d+\. \d\d:\d\d", history)) >= 8, history
    assert "kim" in history.lower()
