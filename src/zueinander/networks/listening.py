"""The listeners: one thread for each active account, kept alive whatever a single network does."""

from __future__ import annotations

import json
import logging
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import Error as DatabaseTrouble
from django.db import close_old_connections, connection

from zueinander.journal.queries import history
from zueinander.networks.connecting import adapter_for
from zueinander.networks.models import Account
from zueinander.networks.port import BadSettings, Batch, Listens, Refused
from zueinander.shared.heartbeat import beat

log = logging.getLogger(__name__)

Store = Callable[[Account, Batch], int]
"""Stores a batch's events and its cursor in one transaction."""

LOOK_EVERY_S = 2.0
_FIRST_PAUSE_S, _LONGEST_PAUSE_S, _REFUSED_PAUSE_S = 1.0, 60.0, 300.0


@dataclass
class Ear:
    """One account's thread. `connected` tells when it was connected anew and must be listened to afresh."""

    account_id: int
    connected: str
    store: Store
    stop: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    def start(self) -> None:
        self.thread = threading.Thread(target=self._run, name=f"ear-{self.account_id}", daemon=True)
        self.thread.start()

    def _run(self) -> None:
        pause = _FIRST_PAUSE_S
        try:
            while not self.stop.is_set():
                heard, pause = self._listen(pause)
                if not heard:
                    return
                self.stop.wait(pause)
                pause = min(2 * pause, _LONGEST_PAUSE_S)
        finally:
            connection.close()

    def _listen(self, pause: float) -> tuple[bool, float]:
        """Listens until something goes wrong; whether to listen again, and after how many seconds."""
        try:
            close_old_connections()
            account = Account.objects.get(pk=self.account_id)
            adapter = adapter_for(account)
            if not isinstance(adapter, Listens):
                return False, pause
            batches = adapter.listen(account.cursor or None, self.stop)
            for batch in batches:
                self.store(account, batch)  # when this fails, the batch comes again from the stored cursor
                pause = _FIRST_PAUSE_S
            return not self.stop.is_set(), pause
        except Account.DoesNotExist:
            return False, pause
        except Refused as refused:
            note_trouble(
                self.account_id, f"Das Netz lässt uns nicht herein. Stimmt der Zugang noch? ({refused.reason})"
            )
            return True, (refused.retry_after.total_seconds() if refused.retry_after else _REFUSED_PAUSE_S)
        except BadSettings as bad:
            note_trouble(self.account_id, bad.message)
            return True, _REFUSED_PAUSE_S
        except DatabaseTrouble as error:
            log.warning("account %s: what arrived could not be stored, it will come again: %s", self.account_id, error)
            connection.close()
            note_trouble(self.account_id, "Eintreffendes lässt sich gerade nicht speichern. Es geht nichts verloren.")
            return True, pause
        except Exception as error:
            log.exception("account %s: listening broke", self.account_id)
            note_trouble(
                self.account_id, f"Etwas ist schiefgegangen, wir versuchen es weiter. ({type(error).__name__})"
            )
            return True, pause


def note_trouble(account_id: int, words: str) -> None:
    """Written down for the desk, so in German and without anybody's words; when even that cannot be stored, the log has
    it."""
    try:
        Account.objects.filter(pk=account_id).update(trouble=words[:500])
    except DatabaseTrouble:
        log.warning("account %s: trouble could not be noted: %s", account_id, words[:200])
        connection.close()


class Listeners:
    """All ears. `look` is called every few seconds: new accounts get one, changed ones a new one, removed ones none."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.ears: dict[int, Ear] = {}
        self.stopping: list[Ear] = []

    def look(self) -> None:
        wanted = {account.pk: _connected(account) for account in Account.objects.filter(active=True)}
        for account_id, ear in list(self.ears.items()):
            if wanted.get(account_id) != ear.connected:
                ear.stop.set()
                self.stopping.append(self.ears.pop(account_id))
        self.stopping = [ear for ear in self.stopping if ear.thread and ear.thread.is_alive()]
        busy = {ear.account_id for ear in self.stopping}
        for account_id, connected in wanted.items():
            if account_id not in self.ears and account_id not in busy:
                self.ears[account_id] = Ear(account_id, connected, self.store)
                self.ears[account_id].start()

    def end(self, patience_s: float = 10.0) -> None:
        for ear in self.ears.values():
            ear.stop.set()
        for ear in [*self.ears.values(), *self.stopping]:
            if ear.thread:
                ear.thread.join(patience_s)


def _connected(account: Account) -> str:
    """Changes whenever the account is connected anew, also with the same settings."""
    last = history(account).filter(verb="connected").last()
    return json.dumps([account.settings, account.secrets, account.hashtags, last and last.pk], sort_keys=True)


def listen(store: Store, stop: threading.Event | None = None) -> None:
    """Listens until `stop` is set (None: until a signal), and shows the sign of life "listener"."""
    stop = stop or _until_signal()
    listeners = Listeners(store)
    while not stop.is_set():
        try:
            close_old_connections()
            beat("listener")
            listeners.look()
        except DatabaseTrouble as error:
            log.warning("the database cannot be reached: %s", error)
            connection.close()
        stop.wait(LOOK_EVERY_S)
    listeners.end()
    connection.close()


def _until_signal() -> threading.Event:
    stop = threading.Event()
    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, lambda *_: stop.set())
    return stop
