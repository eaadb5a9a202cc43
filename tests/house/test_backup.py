"""A backup comes back whole, is unreadable without the key, and does not bring back who was erased."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from tests.journeys.installation import Installation
from zueinander.house.backup import BackupError, decrypt, encrypt
from zueinander.shared.database import stop_embedded

KEY = bytes(range(32))


def sealed(plain: bytes) -> bytes:
    target = io.BytesIO()
    encrypt(io.BytesIO(plain), target, KEY)
    return target.getvalue()


@pytest.mark.parametrize("size", [0, 1, 65535, 65536, 65537, 300_000])
def test_what_went_in_comes_out(size: int) -> None:
    plain = os.urandom(size)
    assert b"".join(decrypt(io.BytesIO(sealed(plain)), KEY)) == plain


def test_cut_short_changed_or_with_another_key_it_is_refused() -> None:
    whole = sealed(os.urandom(200_000))
    changed = bytearray(whole)
    changed[100_000] ^= 1
    cut = whole[: 20 + 7 + 2 * (4 + 65536 + 16)]
    for data, key in ((bytes(changed), KEY), (cut, KEY), (whole, KEY[::-1]), (b"something else", KEY)):
        with pytest.raises(BackupError):
            list(decrypt(io.BytesIO(data), key))


def installed(data: Path, keys: Path) -> Installation:
    made = Installation(data)
    made.environment["ZUEINANDER_KEYS"] = str(keys)
    return made


MAKE = """
from zueinander.people.actions import meet
for name in ("Katinka", "Ole"):
    print(meet(network="mail", native_id=f"{name}@example.org", visible_name=name).person_id)
"""
QUEUE = """
from zueinander.networks.actions import queue_send
from zueinander.networks.models import Account
wir = Account.objects.create(network="mail", name="wir")
queue_send(account=wir, person=None, handle=None, kind="public", about="t", text="Hallo", idempotency_key="k")
"""
NAMES = """
from zueinander.people.models import Handle
print(sorted(h.visible_name for h in Handle.objects.all()))
"""
SENDS = """
from datetime import timedelta
from zueinander.networks.actions import deliver_waiting, reclaim_trying
from zueinander.networks.models import Send
print(deliver_waiting(), reclaim_trying(timedelta(0)), Send.objects.get().state)
"""


def test_into_an_empty_database_and_the_erased_stay_erased(tmp_path: Path) -> None:
    keys, file = tmp_path / "keys", tmp_path / "backup"
    old, new = installed(tmp_path / "old", keys), installed(tmp_path / "new", keys)
    try:
        old.run("migrate")
        katinka, _ = old.script(MAKE).split()
        old.script(QUEUE)
        old.run("backup", str(file))
        assert b"Katinka" not in file.read_bytes()
        old.run("forget", katinka)

        with pytest.raises(AssertionError, match="not empty"):
            old.run("restore", str(file))
        new.data.mkdir()
        (new.data / "erased").write_bytes((old.data / "erased").read_bytes())
        assert "Restored. 1 " in new.run("restore", str(file))
        assert new.script(NAMES).strip() == "['Ole']"
        assert new.script(SENDS).split()[:2] == ["0", "1"]  # it may have gone out since: nobody is written to twice
    finally:
        for one in (old, new):
            stop_embedded(one.data)
