"""The listeners never die on one account's trouble, and lose nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError

from tests.flowing import NOW, make_account, said
from zueinander.intake.actions import store
from zueinander.intake.models import Post
from zueinander.networks import listening
from zueinander.networks.actions import connect
from zueinander.networks.models import Account
from zueinander.networks.port import BadSettings, Batch, Refused
from zueinander.shared.heartbeat import beats

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_S = 30.0


class Source:
    """Delivers three posts, one a batch, from behind its cursor; then stays silent."""

    texts = ("eins", "zwei", "drei")

    def __init__(self, account: Account) -> None:
        self.who = account.name

    def listen(self, cursor: str | None, stop: threading.Event) -> Iterator[Batch]:
        for n in range(int(cursor or 0), len(self.texts)):
            post = said(self.texts[n], native_id=f"{self.who}-{n}", who=self.who)
            yield Batch((post,), str(n + 1), NOW, gap="Es fehlt ein Stück." if self.who == "lücke" else "")
        stop.wait()


@pytest.fixture
def ears(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Starts the listeners; `make` gives each account its adapter."""
    stop, threads = threading.Event(), list[threading.Thread]()
    monkeypatch.setattr(listening, "LOOK_EVERY_S", 0.05)
    monkeypatch.setattr(listening, "_FIRST_PAUSE_S", 0.05)
    monkeypatch.setattr(listening, "_REFUSED_PAUSE_S", 0.05)

    def start(make: Callable[[Account], Any] = Source, keep: listening.Store = store) -> None:
        monkeypatch.setattr(listening, "adapter_for", make)
        threads.append(threading.Thread(target=listening.listen, args=(keep, stop)))
        threads[-1].start()

    yield start
    stop.set()
    for thread in threads:
        thread.join(PATIENCE_S)
        assert not thread.is_alive()


def wait_for(ready: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not ready():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


def heard(name: str) -> Callable[[], bool]:
    return lambda: Account.objects.get(name=name).cursor == "3"


def test_all_accounts_are_heard_and_new_ones_too(ears: Callable[..., None]) -> None:
    make_account(name="a")
    ears()
    wait_for(heard("a"))
    make_account(name="b")
    wait_for(heard("b"))
    assert Post.objects.count() == 6
    assert "listener" in beats()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (RuntimeError("wörtlich: Ada sucht Anschluss"), "wir versuchen es weiter"),
        (InterfaceError("the connection is closed"), "Es geht nichts verloren"),
        (Refused("wrong password"), "Stimmt der Zugang noch?"),
        (BadSettings("server", "Server fehlt."), "Server fehlt."),
    ],
)
def test_one_accounts_trouble_is_told_and_stays_its_own(ears: Callable[..., None], error: Exception, told: str) -> None:
    make_account(name="krank")
    make_account(name="gesund")

    def make(account: Account) -> Source:
        if account.name == "krank":
            raise error
        return Source(account)

    ears(make)
    wait_for(heard("gesund"))
    wait_for(lambda: bool(Account.objects.get(name="krank").trouble))
    assert told in Account.objects.get(name="krank").trouble
    assert "Ada" not in Account.objects.get(name="krank").trouble
    assert Account.objects.get(name="gesund").trouble == ""


def test_an_account_recovers_when_its_trouble_is_over(ears: Callable[..., None]) -> None:
    make_account(name="a")
    tries: list[int] = []

    def make(account: Account) -> Source:
        tries.append(1)
        if len(tries) < 3:
            raise RuntimeError("not yet")
        return Source(account)

    ears(make)
    wait_for(heard("a"))
    assert Account.objects.get().trouble == ""


def test_a_full_disk_loses_nothing(ears: Callable[..., None]) -> None:
    make_account(name="a")
    failures: list[str] = []

    def full_at_first(account: Account, batch: Batch) -> int:
        if batch.cursor == "2" and len(failures) < 2:
            failures.append(Account.objects.get(pk=account.pk).cursor)
            raise OperationalError("could not extend file: No space left on device")
        return store(account, batch)

    ears(keep=full_at_first)
    wait_for(heard("a"))
    assert failures == ["1", "1"]
    assert sorted(post.text for post in Post.objects.all()) == ["drei", "eins", "zwei"]


def test_what_a_source_cannot_have_seen_is_told(ears: Callable[..., None]) -> None:
    make_account(name="lücke")
    ears()
    wait_for(heard("lücke"))
    assert Account.objects.get().gap == "Es fehlt ein Stück."


def test_an_account_that_is_switched_off_is_heard_no_more(ears: Callable[..., None]) -> None:
    make_account(name="a")
    running: list[threading.Event] = []

    class Watched(Source):
        def listen(self, cursor: str | None, stop: threading.Event) -> Iterator[Batch]:
            running.append(stop)
            return super().listen(cursor, stop)

    ears(Watched)
    wait_for(heard("a"))
    Account.objects.update(active=False)
    wait_for(running[0].is_set)


def test_connecting_anew_changes_what_is_listened_to(ears: Callable[..., None]) -> None:
    day = {"day": "heiligabend-naht", "speed": "0"}
    account = connect(network="replay", name="a", settings=day, hashtags=["#KeinerBleibtAllein"])
    assert account.hashtags == ["KeinerBleibtAllein"]
    made: list[dict[str, str]] = []

    def make(row: Account) -> Source:
        made.append(dict(row.settings))
        return Source(row)

    ears(make)
    wait_for(heard("a"))
    connect(network="replay", name="a", settings={**day, "speed": "60"})
    wait_for(lambda: made[-1]["speed"] == "60")


def test_a_gap_is_settled_by_connecting_anew_and_comes_back_when_it_is_still_true(ears: Callable[..., None]) -> None:
    class Again(Source):
        def listen(self, cursor: str | None, stop: threading.Event) -> Iterator[Batch]:
            yield Batch((), cursor or "", NOW, gap="Es fehlt noch immer.")
            stop.wait()

    sources = iter((Source, Again))
    day = {"day": "heiligabend-naht", "speed": "0"}
    connect(network="replay", name="lücke", settings=day)
    ears(lambda account: next(sources)(account))
    wait_for(heard("lücke"))
    assert Account.objects.get().gap == "Es fehlt ein Stück."
    assert connect(network="replay", name="lücke", settings=day).gap == ""
    wait_for(lambda: Account.objects.get().gap == "Es fehlt noch immer.")


def test_settings_that_cannot_work_are_refused_in_words() -> None:
    with pytest.raises(BadSettings) as caught:
        connect(network="replay", name="a", settings={"day": "gibt-es-nicht"})
    assert caught.value.field_name == "day"
    assert not Account.objects.exists()
