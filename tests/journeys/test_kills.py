"""Whatever is killed whenever: nothing is lost, nothing doubled, nobody written to twice."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.installation import SETUP, Installation
from zueinander.networks.replay import script

KILLS = 50
PREPARE = """
from zueinander.intake import demo
from zueinander.networks.models import Account
from zueinander.people.models import Volunteer, Role
demo.start()
Account.objects.update(settings={"day": "heiligabend-naht", "speed": "1500"})
Volunteer.objects.create_user("kim@example.org", "ein langes Kennwort", role=Role.VOLUNTEER)
"""
DECIDE = (
    SETUP
    + """
import time
from zueinander.introductions import actions as introductions
from zueinander.introductions.models import Ask
from zueinander.listings.models import Listing, Standing, STANDING
from zueinander.matching import actions as matching
from zueinander.matching.models import Match, Matching
from zueinander.people.models import Volunteer
by = Volunteer.objects.get()
while True:
    for listing in Listing.objects.filter(state=Standing.DRAFT, lat__isnull=False)[:20]:
        STANDING.move(listing, Standing.OPEN)
    for match in Match.objects.filter(state=Matching.PROPOSED)[:5]:
        try:
            matching.approve(match, by=by)
        except Exception as error:
            print(error, flush=True)
    for ask in Ask.objects.filter(answer="")[:5]:
        try:
            introductions.answer(ask, yes=True, actor="person:test")
        except Exception as error:
            print(error, flush=True)
    time.sleep(0.2)
"""
)
COUNT = """
import json
from django.db.models import Count
from zueinander.house.checks import invariants
from zueinander.intake.models import Post
from zueinander.introductions.models import Introduction
from zueinander.networks.models import Send
from zueinander.understanding.models import Reading
print(json.dumps({
    "posts": Post.objects.count(),
    "there": Post.objects.filter(deleted_at=None).count(),
    "unread": Post.objects.filter(deleted_at=None, read_at=None).count(),
    "unlisted": Reading.objects.filter(listed_at=None).count(),
    "waiting": Send.objects.filter(state__in=["queued", "trying"]).count(),
    "introductions": Introduction.objects.count(),
    "twice": list(Send.objects.exclude(interaction="").filter(automatic=True).values("interaction")
                  .annotate(n=Count("id")).filter(n__gt=1).values_list("interaction", flat=True)),
    "broken": invariants(),
}))
"""


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path / "var")
    made.data.mkdir()
    try:
        yield made
    finally:
        made.end()


def expected_posts() -> int:
    """How many different things the played day brings, counted from the script itself."""
    lines = [json.loads(line) for line in script.bundled("heiligabend-naht").splitlines() if line.strip()]
    return len({line.get("id") or line["deletes"] for line in lines if "id" in line or "deletes" in line})


@pytest.mark.journey
def test_fifty_kills(installation: Installation) -> None:
    installation.run("migrate")
    installation.script(PREPARE)
    installation.up()
    installation.wait_alive()
    chance = random.Random(20261221)
    decider = subprocess.Popen([sys.executable, "-c", DECIDE], env=installation.environment)
    try:
        killed = 0
        while killed < KILLS:
            time.sleep(chance.uniform(0.3, 1.5))
            if children := installation.children():
                try:
                    os.kill(chance.choice(children), signal.SIGKILL)
                    killed += 1
                except ProcessLookupError:
                    continue
            if decider.poll() is not None or chance.random() < 0.1:
                decider.kill()
                decider.wait()
                decider = subprocess.Popen([sys.executable, "-c", DECIDE], env=installation.environment)
        found = settled(installation)
    finally:
        decider.kill()
        decider.wait()
    assert found["posts"] == expected_posts()
    assert found["unread"] == found["unlisted"] == found["waiting"] == 0
    assert found["twice"] == []
    assert found["broken"] == []
    assert found["introductions"] > 0


def settled(installation: Installation) -> dict[str, Any]:
    """The figures once everything that waits has been worked off."""
    found: dict[str, Any] = {}
    for _ in range(60):
        found = json.loads(installation.script(COUNT))
        if found["posts"] == expected_posts() and found["unread"] == found["unlisted"] == found["waiting"] == 0:
            return found
        time.sleep(3)
    return found
