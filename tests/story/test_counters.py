"""The figures of the page follow the book, without the application in the way of readers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.giving import world
from tests.giving.test_assigning import gift
from tests.story.conftest import ACTOR, TEXTS, add_fact, data
from zueinander.giving.queries import money_of
from zueinander.site.story import publisher
from zueinander.story import actions
from zueinander.story.models import Story

__all__ = ["data"]


@pytest.mark.django_db
def test_a_gift_is_on_the_page_after_the_next_look_and_only_then_something_is_written(data: Path) -> None:
    campaign = world.campaign()
    made = actions.save_story(campaign, texts={"title": "x"}, goal_cents=10_000, actor=ACTOR)
    for key in ("vater", "diagnose"):
        add_fact(made, key, f"Wort {key}")
    story = actions.save_story(campaign, texts=TEXTS, goal_cents=10_000, actor=ACTOR)
    actions.publish_story(story, actor=ACTOR)
    publisher.publish(story)
    folder = data / "public/current/fuer" / campaign.slug
    before = (folder / "neues/index.html").stat().st_ino
    assert publisher.refresh_counters() == 0
    gift(2_400)
    assert publisher.refresh_counters() == 1
    assert publisher.refresh_counters() == 0
    figures = json.loads((folder / "zahlen.json").read_text())
    assert (figures["received"], figures["gifts"]) == (2_400, 1)
    page = (folder / "index.html").read_text()
    assert 'data-cents="received">24,00\u00a0€' in page
    assert 'width="24"' in page
    assert (folder / "neues/index.html").stat().st_ino == before, "what did not change is the same file"
    kept = Story.objects.get().publications.all()
    said = [(row.figures["received"], row.reason) for row in kept]
    assert said == [
        (2_400, "Zahlen geändert"),
        (0, "Inhalt geändert"),
    ]
    assert money_of(campaign).received == 2_400
