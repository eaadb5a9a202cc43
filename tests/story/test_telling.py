"""What is told: Markdown without harm, updates that are corrected where everybody sees it, and on time."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.story.conftest import ACTOR, TEXTS, add_fact, add_update, everything
from zueinander.campaigns.models import Campaign
from zueinander.shared.lifecycle import ForbiddenStep
from zueinander.site.story import publisher
from zueinander.story import actions, rules
from zueinander.story.models import Story, Writing
from zueinander.story.sharing import NETWORKS, count, share_texts
from zueinander.story.telling import BadText


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>", "[x](javascript:alert(1))", '<img src="https://anderswo.example/pixel.gif">',
        "![Pixel](https://anderswo.example/pixel.gif)", "<svg onload=alert(1)>", "<a href='data:text/html,x'>x</a>",
        '<style>body{display:none}</style>', "[x](vbscript:alert(1))",
    ],
)  # fmt: skip
def test_markdown_can_neither_run_anything_nor_fetch_from_elsewhere(hostile: str) -> None:
    made = rules.html(hostile, {})
    lowered = made.lower().replace("&lt;", "")
    assert not any(bad in lowered for bad in ("<script", "<img", "<svg", "<style", 'href="javascript', "onmouseover="))
    assert 'href="data:' not in lowered


def test_a_fact_cannot_bring_markup_along() -> None:
    assert rules.html("Für [[wer]].", {"wer": "**K** <b>x</b> [l](https://x.example)"}) == (
        "<p>Für **K** &lt;b&gt;x&lt;/b&gt; [l](https://x.example).</p>\n"
    )


def test_what_stands_instead_of_a_fact_begins_a_sentence_with_a_capital() -> None:
    facts = {"wer": "ein Vater"}
    assert rules.fill("[[wer]] liest. [[wer]] lacht, sagt [[wer]].", facts) == (
        "Ein Vater liest. Ein Vater lacht, sagt ein Vater."
    )
    assert rules.html("- [[wer]]\n- und [[wer]]", facts).count("Ein Vater") == 1


def test_headings_of_a_text_stay_below_those_of_the_page() -> None:
    assert rules.html("# Groß\n\n## Kleiner") == "<h3>Groß</h3>\n<h3>Kleiner</h3>\n"


def test_a_fact_written_openly_is_refused_because_no_withdrawal_would_reach_it(story: Story) -> None:
    with pytest.raises(BadText, match=r"\[\[vater\]\]"):
        actions.write_update(story, title="Neues von Balduin", text="x", actor=ACTOR)
    with pytest.raises(BadText, match="Balduin"):
        actions.save_story(story.campaign, texts={"need": "Miete für BALDUIN"}, goal_cents=None, actor=ACTOR)
    with pytest.raises(BadText, match="gibt es nicht"):
        actions.write_update(story, title="[[unbekannt]]", text="x", actor=ACTOR)
    assert actions.write_update(story, title="Balduinstraße", text="Kein Name.", actor=ACTOR)


def test_a_fact_that_stands_in_an_old_text_must_leave_it_first(story: Story) -> None:
    add_update(story, "Besuch", "Wir waren bei Wilhelmine.")
    with pytest.raises(BadText):
        add_fact(story, "tante", "Wilhelmine")


def test_a_story_is_not_published_while_it_hides_who_organises_it(campaign: Campaign, data: Path) -> None:
    made = actions.save_story(campaign, texts={"title": "Hilfe", "appeal": "Bitte."}, goal_cents=None, actor=ACTOR)
    with pytest.raises(BadText, match="wie das Geld ankommt, wer das organisiert"):
        actions.publish_story(made, actor=ACTOR)
    assert publisher.publish(made) is None
    assert not (data / "public" / "current").exists()


def test_drafts_are_nowhere_and_scheduled_updates_come_when_it_is_time(story: Story, data: Path) -> None:
    actions.write_update(story, title="Nur ein Entwurf", text="geheim", actor=ACTOR)
    later = actions.write_update(story, title="Für morgen", text="bald", actor=ACTOR)
    moment = timezone.now() + timedelta(days=1)
    actions.schedule(later, at=moment, actor=ACTOR)
    assert actions.publish_due() == 0
    publisher.publish(story)
    assert "Für morgen" not in everything(data)
    assert actions.publish_due(moment + timedelta(seconds=1)) == 1
    assert actions.publish_due(moment + timedelta(seconds=1)) == 0
    publisher.publish(story)
    seen = everything(data)
    assert "Für morgen" in seen
    assert "Nur ein Entwurf" not in seen
    assert "geheim" not in seen


def test_a_correction_shows_what_stood_there_before_and_why(story: Story, data: Path) -> None:
    add_update(story, "Viel geschafft", "Es sind 900 Bücher.")
    update = story.updates.get()
    with pytest.raises(BadText):
        actions.correct_update(update, title="Viel geschafft", text="Es sind 800.", reason=" ", actor=ACTOR)
    actions.correct_update(update, title="Viel geschafft", text="Es sind 800.", reason="verzählt", actor=ACTOR)
    with pytest.raises(ForbiddenStep):
        actions.write_update(story, title="heimlich", text="anders", actor=ACTOR, update=update)
    publisher.publish(story)
    page = (data / "public/current/fuer/buch-fuer-balduin/neues/1/index.html").read_text()
    assert "Es sind 800." in page
    assert "Es sind 900 Bücher." in page
    assert "verzählt" in page
    assert "berichtigt am" in (data / "public/current/fuer/buch-fuer-balduin/index.html").read_text()


def test_what_is_retracted_leaves_its_place_but_none_of_its_words(story: Story, data: Path) -> None:
    add_update(story, "Zu viel gesagt", "Das hätten wir nicht schreiben sollen.")
    update = story.updates.get()
    actions.correct_update(update, title="Zu viel gesagt", text="Anders.", reason="unklar", actor=ACTOR)
    publisher.publish(story)
    actions.retract(update, reason="Die Familie möchte das nicht.", actor=ACTOR)
    publisher.publish_now(story.pk)
    seen = everything(data)
    assert "Zu viel gesagt" not in seen
    assert "hätten wir nicht" not in seen
    assert "Die Familie möchte das nicht." in seen
    assert story.updates.get().state == Writing.RETRACTED


def test_the_closing_page_thanks_and_gives_the_account_and_takes_no_more_money(story: Story, data: Path) -> None:
    with pytest.raises(BadText):
        actions.close_story(story, thanks="", surplus="", actor=ACTOR)
    actions.close_story(story, thanks="Danke euch allen.", surplus="Alles Weitere geht zurück.", actor=ACTOR)
    publisher.publish(story)
    page = (data / "public/current/fuer/buch-fuer-balduin/index.html").read_text()
    for words in ("Danke euch allen.", "Alles Weitere geht zurück.", "Abrechnung", "abgeschlossen"):
        assert words in page
    assert "IBAN" not in page
    assert not (data / "public/current/fuer/buch-fuer-balduin/plakat.pdf").exists()


def test_a_story_that_ends_leaves_no_file(story: Story, data: Path) -> None:
    publisher.publish(story)
    actions.take_offline(story, actor=ACTOR)
    publisher.publish_now(story.pk)
    left = [p for p in (data / "public").rglob("*") if p.is_file() and p.name != "lock"]
    assert left == []
    assert story.publications.count() == 1


def test_texts_for_sharing_keep_the_rules_of_each_network() -> None:
    url = "https://hilfe.example.org/f/abcde/"
    found = share_texts(title="Ein Buch für Balduin", words="Ein Satz über das Buch. " * 60, url=url, hashtags=["Buch"])
    assert [network.name for network, _ in found] == [network.name for network in NETWORKS]
    for network, text in found:
        assert count(network, text, url) <= network.length, network.name
        assert ("#Buch" in text) is network.tags
        assert (url in text) is (network.link != 0)
        assert text.startswith("Ein Buch für Balduin")


def test_length_is_counted_as_the_network_does() -> None:
    by_name = {network.name: network for network in NETWORKS}
    url = "https://hilfe.example.org/eine/sehr/lange/adresse/die/nirgends/endet/"
    assert count(by_name["Mastodon"], f"Hallo {url}", url) == 6 + 23
    assert count(by_name["Bluesky"], f"Hallo {url}", url) == 6 + len(url)
    assert count(by_name["Bluesky"], "👨‍👩‍👧", url) == 1


def test_texts_without_places_are_unchanged() -> None:
    assert rules.fill(TEXTS["need"], {}) == TEXTS["need"]
