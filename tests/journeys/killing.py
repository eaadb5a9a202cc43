"""Killing parts of an installation with -9, as far as possible in the middle of their work."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from contextlib import suppress
from datetime import datetime
from typing import Any

from tests.journeys.installation import Installation

PARTS = ("files", "web", "work", "listen")
_LOOKS = 250
_PATIENCE_S = 120.0
_IN_TRANSACTION = "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s AND xact_start IS NOT NULL"
_SAYING = "SELECT count(*) FROM networks_send WHERE state = 'trying' AND %s <> ''"


class Killer:
    """A part is frozen, looked at, and killed when it is in the middle of something; else it goes on for a moment.

    Since a frozen process cannot move, what is seen is what it is killed in.
    """

    def __init__(self, installation: Installation, chance: random.Random) -> None:
        self._installation, self._chance = installation, chance
        self._database = installation.database()
        self._to_come: list[str] = []
        self.killed: Counter[str] = Counter()
        self.in_the_middle: Counter[str] = Counter()
        self.worker_killed_at: datetime | None = None

    def kill_one(self) -> None:
        """Kills exactly one living process; each part has its turn."""
        if not self._to_come:
            self._to_come = self._chance.sample(PARTS, len(PARTS))
        part = self._to_come.pop()
        moment = self._chance.choice(("saying", "transaction")) if part == "work" else "transaction"
        for look in range(_LOOKS):
            pid = self._freeze(part)
            middle = part != "files" and self._in_the_middle(part, moment)  # files change nothing: any moment will do
            with suppress(ProcessLookupError):  # one that was just ending is gone by now, and was not killed
                if middle or part == "files" or look == _LOOKS - 1:
                    os.kill(pid, signal.SIGKILL)
                    break
                os.kill(pid, signal.SIGCONT)
            time.sleep(self._chance.uniform(0.0, 0.02))
        else:
            raise AssertionError(f"{part} was never found alive")
        self.killed[part] += 1
        self.in_the_middle[f"{part} {moment}"] += middle
        if part == "work":
            self.worker_killed_at = self._one("SELECT now() WHERE %s <> ''", "x")

    def _freeze(self, part: str) -> int:
        until = time.monotonic() + _PATIENCE_S
        while time.monotonic() < until:
            if living := self._installation.parts(part):
                with suppress(ProcessLookupError):
                    pid = self._chance.choice(living)
                    os.kill(pid, signal.SIGSTOP)
                    return pid
            time.sleep(0.05)
        raise AssertionError(f"{part} was not started again:\n{self._installation.log_end()}")

    def _in_the_middle(self, part: str, moment: str) -> bool:
        return bool(self._one(_SAYING if moment == "saying" else _IN_TRANSACTION, f"zueinander {part}"))

    def _one(self, sql: str, value: str) -> Any:
        row = self._database.execute(sql, [value]).fetchone()
        return row[0] if row else None
