"""How often a story's pages are fetched: a number an hour, without cookies and without knowing who. Pure.

Written to small files that `reach` adds up. A process that is killed loses what it counted within the last minute;
programs that fetch pages count as well as people do. Where another web server serves the files, its log tells.
"""

from __future__ import annotations

import json
import os
import threading
import time
import uuid
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from zueinander.reach.rules.weblog import campaign_of

EVERY_S = 60.0


class Visits:
    """Counts in memory; `write` puts what came since the last time into a file of its own, whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._counts: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()

    def count(self, path: str) -> None:
        if slug := campaign_of(path):
            hour = time.strftime("%Y-%m-%dT%H:00:00+00:00", time.gmtime())
            with self._lock:
                self._counts[hour, slug] += 1

    def write(self) -> None:
        with self._lock:
            counts, self._counts = self._counts, Counter()
        if not counts:
            return
        rows = [{"hour": hour, "campaign": slug, "visits": n} for (hour, slug), n in sorted(counts.items())]
        name = f"{datetime.now(UTC):%Y%m%d%H%M%S}-{uuid.uuid4().hex}"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = self._folder / f"{name}.part"
            draft.write_text(json.dumps(rows))
            os.replace(draft, self._folder / f"{name}.json")
        except OSError:  # a full disk must not stop the pages; the next file takes these along
            with self._lock:
                self._counts.update(counts)

    def start(self) -> None:
        def keep_writing() -> None:
            while True:
                time.sleep(EVERY_S)
                self.write()

        threading.Thread(target=keep_writing, daemon=True, name="visits").start()
