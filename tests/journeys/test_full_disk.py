"""A disk that takes no more while we store: nothing is half there, and all of it comes later.

The kernel refuses for real: the database may write no file larger than one segment of its own log.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.installation import Installation

FULL = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (16 * 2**20, 16 * 2**20))
"""
ANEW = "# a process of its own, which starts the database if it does not run\n"
STORE = """
import json, os
from datetime import UTC, datetime
from django.db import DatabaseError
from zueinander.intake.actions import store
from zueinander.intake.models import Post
from zueinander.journal.models import Entry
from zueinander.networks.listening import note_trouble
from zueinander.networks.models import Account
from zueinander.networks.port import Author, Batch, Posted
from zueinander.people.models import Person
now = datetime(2026, 12, 20, 12, tzinfo=UTC)
def said(n):
    return Posted(network="replay", native_id=f"p{n}", uri=f"p{n}", version="1", author=Author(f"a{n}", f"a{n}", "@a"),
                  text=os.urandom(400_000).hex(), posted_at=now, mentions_us=True, hashtags=(), thread_id=f"p{n}")
account, _ = Account.objects.get_or_create(network="replay", name="wir", defaults={"cursor": "bisher"})
batch, why = Batch(tuple(map(said, range(40))), "weiter", now), ""
for _ in range(2):
    try:
        store(account, batch)
    except DatabaseError as error:
        why = str(error)
        note_trouble(account.pk, "Gerade nicht.")
account.refresh_from_db()
print(json.dumps({"why": why, "cursor": account.cursor, "trouble": account.trouble, "posts": Post.objects.count(),
                  "people": Person.objects.count(), "entries": Entry.objects.filter(verb="arrived").count()}))
"""
STOP = """
from zueinander.shared.config import config
from zueinander.shared.database import stop_embedded
stop_embedded(config().data)
"""


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path / "var")
    made.data.mkdir()
    try:
        yield made
    finally:
        made.end()


def stored(installation: Installation, before: str = "") -> dict[str, Any]:
    return dict(json.loads(installation.script(STORE, before=before or ANEW)))


@pytest.mark.journey
def test_what_could_not_be_stored_comes_again_and_is_there_once(installation: Installation) -> None:
    installation.run("migrate")
    installation.script(STOP, before=ANEW)
    refused = stored(installation, before=FULL)
    assert "could not" in refused.pop("why")
    assert refused == {"cursor": "bisher", "trouble": "Gerade nicht.", "posts": 0, "people": 0, "entries": 0}
    installation.script(STOP, before=ANEW)
    there = {"why": "", "cursor": "weiter", "trouble": "", "posts": 40, "people": 40, "entries": 40}
    assert stored(installation) == there
    assert stored(installation) == there
