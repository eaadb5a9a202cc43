"""Listening to an adapter from a test, as the listener process does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import httpx

from zueinander.networks.port import Batch, Event, Listens, Posted, Tools

PATIENCE = 40.0
"""Seconds after which something that should have come is missing; what comes sooner is not waited for."""


class RealClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class KeptSession:
    def __init__(self) -> None:
        self.kept = ""
        self.saved = 0

    def load(self) -> str:
        return self.kept

    def save(self, session: str) -> None:
        self.kept, self.saved = session, self.saved + 1


def tools(session: KeptSession | None = None, timeout: float = 20.0) -> Tools:
    return Tools(RealClock(), httpx.Client(timeout=timeout), session or KeptSession())


class Ear:
    """Batches in the order in which they came; what ended the listening in `died`."""

    def __init__(self, adapter: Listens, cursor: str | None) -> None:
        self.batches: list[Batch] = []
        self.died: BaseException | None = None
        self._cursor = cursor
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(adapter,), daemon=True)
        self._thread.start()

    def _run(self, adapter: Listens) -> None:
        try:
            for batch in adapter.listen(self._cursor, self._stop):
                self.batches.append(batch)
        except BaseException as error:
            self.died = error

    @property
    def events(self) -> list[Event]:
        return [event for batch in list(self.batches) for event in batch.events]

    @property
    def posted(self) -> list[Posted]:
        return [event for event in self.events if isinstance(event, Posted)]

    @property
    def cursor(self) -> str | None:
        return self.batches[-1].cursor if self.batches else self._cursor

    def until(self, ready: Callable[[Ear], bool]) -> Ear:
        """Waits until `ready`; says what was heard if that never happens."""
        until = time.monotonic() + PATIENCE
        while not ready(self):
            if self.died is not None:
                raise AssertionError(f"listening ended: {self.died!r}") from self.died
            assert time.monotonic() < until, f"not heard after {PATIENCE} s; heard: {self.events}"
            time.sleep(0.05)
        return self

    def hears(self, text: str) -> Posted:
        """The first post in which `text` occurs."""
        self.until(lambda ear: any(text in post.text for post in ear.posted))
        return next(post for post in self.posted if text in post.text)

    def close(self) -> None:
        """Ends the listening; a listener that does not end is an error."""
        self._stop.set()
        self._thread.join(timeout=PATIENCE)
        assert not self._thread.is_alive(), "the listener did not stop"


@contextmanager
def listening(adapter: object, cursor: str | None = None) -> Iterator[Ear]:
    assert isinstance(adapter, Listens)
    ear = Ear(adapter, cursor)
    try:
        yield ear
    finally:
        ear.close()
