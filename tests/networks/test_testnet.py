"""The networks of our own: they say what is missing, fail at once when they die, and name no registry."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pytest

import testnet.serving as serving


def test_a_missing_prerequisite_is_loud_and_in_ci_a_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    serving.need(True, "nothing", "")
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception):
        serving.need(False, "redis-server", "apt-get install redis-server")
    assert capsys.readouterr().err == "MISSING: redis-server. apt-get install redis-server\n"
    monkeypatch.setenv("CI", "1")
    with pytest.raises(pytest.fail.Exception):
        serving.need(False, "redis-server", "apt-get install redis-server")


def test_a_server_that_dies_fails_at_once_with_its_last_words(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "print('kein Platz'); raise SystemExit(3)"]
    with (
        pytest.raises(serving.DidNotStart, match="kein Platz"),
        serving.process(command, tmp_path / "log", lambda: False, seconds=3600),
    ):
        pass


def test_a_server_is_stopped_even_while_paused_and_with_all_it_started(tmp_path: Path) -> None:
    code = "import subprocess, sys, time; subprocess.Popen(['sleep', '600']); print('da', flush=True); time.sleep(600)"
    log = tmp_path / "log"
    with serving.process([sys.executable, "-c", code], log, lambda: b"da" in log.read_bytes()) as child:
        group = child.pid
    assert child.returncode is not None
    until = time.monotonic() + 20
    while (running := _running(group)) and time.monotonic() < until:  # killed, but perhaps not yet gone
        time.sleep(0.05)
    assert running == []


def _running(group: int) -> list[Path]:
    return [one for one in Path("/proc").iterdir() if one.name.isdecimal() and _group(one) == group]


def _group(process: Path) -> int:
    try:
        state, _, group = (process / "stat").read_text().rpartition(")")[2].split()[:3]
        return -1 if state == "Z" else int(group)
    except (OSError, ValueError):
        return -1


def test_the_lock_file_is_complete_and_names_no_registry() -> None:
    lock = json.loads((Path(serving.__file__).parent / "bluesky" / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert not any("resolved" in entry for entry in packages.values())
