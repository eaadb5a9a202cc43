"""A story from the desk's action to the reader, with all processes: there, counted, gone with the family's no."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.journeys.installation import Installation

pytestmark = pytest.mark.journey
WAIT_S = 60.0
STORY = """
from tests.giving import world
from tests.story.conftest import ACTOR, TEXTS, add_fact
from zueinander.story import actions
bo, campaign = world.coordinator(), world.campaign()
made = actions.save_story(campaign, texts={"title": "x"}, goal_cents=10_000, actor=ACTOR)
name = add_fact(made, "vater", "Balduin", instead="ein Vater")
add_fact(made, "diagnose", "Schlaganfall", instead="es ist ernst")
actions.agree(name, given_by="Mutter", how="Mail", covers_child=False, by=bo)
actions.publish_story(actions.save_story(campaign, texts=TEXTS, goal_cents=10_000, actor=ACTOR), actor=ACTOR)
"""
GIFT = """
from tests.giving.test_assigning import gift
gift(2500)
"""
NO = """
from zueinander.story import actions
from zueinander.story.models import Fact
actions.withdraw(Fact.objects.get(key="vater"), by="family")
"""


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path / "var")
    made.data.mkdir()
    try:
        yield made
    finally:
        made.end()


def until(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + WAIT_S
    while time.monotonic() < deadline:
        if holds():
            return
        time.sleep(0.2)
    raise AssertionError(what)


def test_from_the_action_to_the_reader_and_back(installation: Installation) -> None:
    installation.up()
    installation.wait_alive()
    page = f"{installation.address}/fuer/buch-fuer-kim/"
    assert httpx.get(page).status_code == 404
    installation.script(STORY)
    until(lambda: all("Ein Buch für Balduin" in text for text in _texts(page)), "the page is published")
    installation.script(GIFT)
    until(lambda: httpx.get(f"{page}zahlen.json").json()["received"] == 2_500, "the gift is counted")
    installation.script(NO)
    until(lambda: not any("Balduin" in text for text in _texts(page)), "a withdrawn fact is gone")
    for pid in installation.parts("web"):
        os.kill(pid, signal.SIGSTOP)
    assert httpx.get(page, timeout=10).status_code == 200, "the application sleeps, the page is there"
    for pid in installation.parts("web"):
        os.kill(pid, signal.SIGCONT)
    assert installation.process is not None
    files = installation.parts("files")
    assert files
    os.kill(installation.process.pid, signal.SIGKILL)
    until(lambda: not any(os.path.exists(f"/proc/{pid}/exe") and _runs(pid) for pid in files), "children die with it")


def _texts(page: str) -> list[str]:
    """The page over many connections: each process that serves it reads the tree by itself, within half a second."""
    return [httpx.get(page).text for _ in range(20)]


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
