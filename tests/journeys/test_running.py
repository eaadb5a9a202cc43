"""`make run` as a newcomer treats it: started twice, killed, ended with Ctrl-C, started again."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.journeys.installation import Installation

PATIENCE_S = 180.0
PAIR = """
from zueinander.campaigns.models import Campaign, Occasion
from zueinander.introductions.models import Introduction
from zueinander.listings.models import Listing, ListingDate
from zueinander.matching.models import Match
from zueinander.people.models import Person, Volunteer
from datetime import date, timedelta
day = date.today() + timedelta(days=20)
campaign = Campaign.objects.create(slug="k", name="K", hashtags=["K"], season_start=day, season_end=day)
occasion = Occasion.objects.create(campaign=campaign, on=day, name="Heiligabend")
seek, offer = [Listing.objects.create(person=Person.objects.create(), campaign=campaign, side=side, state="paused")
               for side in ("seek", "offer")]
for one in (seek, offer):
    ListingDate.objects.create(listing=one, occasion=occasion, seats=1)
Match.objects.create(campaign=campaign, seek=seek, offer=offer, occasion=occasion, party=1, state="rejected",
                     decided_by=Volunteer.objects.create_user("v@example.org"))
"""
BREAK = """
from zueinander.introductions.models import Introduction
from zueinander.matching.models import Match
Introduction.objects.create(match=Match.objects.get())
"""


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path / "var")
    made.data.mkdir()
    try:
        yield made
    finally:
        made.end()


def ended(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def another_start(installation: Installation, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "zueinander.house.cli", "up"],
        env=installation.environment | environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False,
    )  # fmt: skip


@pytest.mark.journey
def test_started_twice_killed_ended_and_started_again(installation: Installation, tmp_path: Path) -> None:
    installation.up()
    alive = installation.wait_alive()
    assert all(alive[part] for part in ("web", "database", "worker", "listener"))
    assert "einladung" in installation.log_text()

    second = another_start(installation)
    assert second.returncode != 0
    assert "already runs" in second.stderr
    assert "Traceback" not in second.stderr
    assert httpx.get(f"{installation.address}/healthz", timeout=30).status_code == 200

    elsewhere = another_start(installation, ZUEINANDER_DATA=str(tmp_path / "other"))
    assert elsewhere.returncode != 0
    assert "Set PORT to another number" in elsewhere.stderr
    assert "Traceback" not in elsewhere.stderr

    kept = str(installation.script("from zueinander.people.actions import invite\nprint(invite())"))
    children = [pid for part in ("files", "web", "work", "listen") for pid in installation.parts(part)]
    assert installation.process is not None
    installation.process.kill()
    installation.process.wait()
    installation.up()
    installation.wait_alive()
    assert all(map(ended, children)), "nobody of the killed group goes on beside the new one"
    found = installation.script(
        f"from zueinander.people.actions import standing_invitation\nprint(standing_invitation({kept.strip()!r}))"
    )
    assert found.strip() != "None", "what was there before the kill is there after it"

    children = [pid for part in ("files", "web", "work", "listen") for pid in installation.parts(part)]
    installation.process.send_signal(signal.SIGINT)
    assert installation.process.wait(60) == 0
    assert all(map(ended, children))
    assert "Traceback" not in installation.log_text()
    assert not (installation.data / "postgres" / "postmaster.pid").exists(), "the database was stopped in order"
    installation.up()
    installation.wait_alive()


@pytest.mark.journey
def test_check_is_silent_until_somebody_breaks_something_by_hand(installation: Installation) -> None:
    installation.run("migrate")
    installation.script(PAIR)
    assert installation.run("check").strip() == "Everything holds."
    installation.script(BREAK)
    check = subprocess.run(
        [sys.executable, "-m", "zueinander.house.cli", "check"],
        env=installation.environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False,
    )  # fmt: skip
    assert check.returncode == 1
    assert "no volunteer said yes" in check.stdout
    assert "not both people said yes" in check.stdout


@pytest.mark.journey
def test_settings_that_are_unsafe_or_nonsense_refuse_to_start(installation: Installation) -> None:
    for given, says in (
        ({"ZUEINANDER_PRODUCTION": "1"}, "ZUEINANDER_CONTACT"),
        ({"PORT": "siebzig"}, "PORT"),
        ({"DATABASE_URL": "mysql://localhost/x"}, "postgresql://"),
    ):
        refused = another_start(installation, **given)
        assert refused.returncode != 0
        assert says in refused.stderr
        assert "Traceback" not in refused.stderr
