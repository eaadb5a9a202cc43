"""A backup comes back whole, is unreadable without the key, and does not bring back who was erased."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from zueinander.house.backup import BackupError, decrypt, encrypt

KEY = bytes(range(32))
PROGRAM = [sys.executable, "-m", "zueinander.house.cli"]


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


def run(data: Path, keys: Path, *words: str, script: str = "") -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("ZUEINANDER", "DATABASE", "PYTEST"))}
    environment |= {"ZUEINANDER_DATA": str(data), "ZUEINANDER_KEYS": str(keys)}
    command = [sys.executable, "-c", script] if script else [*PROGRAM, *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)


SETUP = "from zueinander.house.cli import _django; _django();"
MAKE = (
    SETUP
    + """
from zueinander.people.actions import meet
for name in ("Katinka", "Ole"):
    print(meet(network="mail", native_id=f"{name}@example.org", visible_name=name).person_id)
"""
)
NAMES = (
    SETUP
    + """
from zueinander.people.models import Handle
print(sorted(h.visible_name for h in Handle.objects.all()))
"""
)


def test_into_an_empty_database_and_the_erased_stay_erased(tmp_path: Path) -> None:
    old, new, keys, file = tmp_path / "old", tmp_path / "new", tmp_path / "keys", tmp_path / "backup"
    try:
        assert run(old, keys, "migrate").returncode == 0
        katinka, _ = run(old, keys, script=MAKE).stdout.split()
        assert run(old, keys, "backup", str(file)).returncode == 0
        assert b"Katinka" not in file.read_bytes()
        assert run(old, keys, "forget", katinka).returncode == 0

        assert "not empty" in run(old, keys, "restore", str(file)).stderr
        new.mkdir()
        (new / "erased").write_bytes((old / "erased").read_bytes())
        assert "Restored. 1 " in run(new, keys, "restore", str(file)).stdout
        assert run(new, keys, script=NAMES).stdout.strip() == "['Ole']"
    finally:
        for folder in (old, new):
            run(folder, keys, script=SETUP + "from zueinander.shared.database import *; "
                "from zueinander.shared.config import config; stop_embedded(config().data)")  # fmt: skip
