"""A whole installation of its own: data folder, embedded database, processes. For journeys only."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import psycopg

SETUP = "from zueinander.house.cli import _django; _django()\n"
CONSOLE = (
    SETUP
    + """
import contextlib, io, json, sys, traceback
from django.db import close_old_connections, connection
for line in sys.stdin:
    said, wrong = io.StringIO(), ""
    try:
        close_old_connections()
        with contextlib.redirect_stdout(said):
            exec(json.loads(line), {})
    except BaseException:
        wrong = traceback.format_exc()
    connection.close()
    print(json.dumps([said.getvalue(), wrong]), flush=True)
"""
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Installation:
    def __init__(self, data: Path) -> None:
        self.data, self.port = data, free_port()
        drop = ("ZUEINANDER", "DATABASE", "PYTEST", "DJANGO")
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(drop)}
        self.environment |= {"ZUEINANDER_DATA": str(data), "PORT": str(self.port), "ZUEINANDER_WEB_WORKERS": "1"}
        self.process: subprocess.Popen[str] | None = None
        self._url = ""
        self._console: subprocess.Popen[str] | None = None

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def run(self, *words: str) -> str:
        """Output of one command of ``zueinander``; an error fails the test."""
        return self._python("-m", "zueinander.house.cli", *words)

    def script(self, text: str, before: str = "") -> str:
        """Output of Python inside the installation; `before` runs first, in a process of its own with the rest."""
        if before:
            return self._python("-c", before + SETUP + text)
        if self._console is None or self._console.poll() is not None:
            self._console = subprocess.Popen(
                [sys.executable, "-c", CONSOLE], env=self.environment, text=True, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )  # fmt: skip
        assert self._console.stdin is not None
        assert self._console.stdout is not None
        print(json.dumps(text), file=self._console.stdin, flush=True)
        said, wrong = json.loads(self._console.stdout.readline())
        assert not wrong, wrong
        return str(said)

    def _python(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words], env=self.environment, capture_output=True, text=True, timeout=600
        )
        assert done.returncode == 0, done.stderr[-4000:]
        return done.stdout

    def up(self) -> None:
        self.log = open(self.data / "up.log", "a")  # noqa: SIM115  held while the processes run
        self.process = subprocess.Popen(
            [sys.executable, "-m", "zueinander.house.cli", "up"],
            env=self.environment, stdout=self.log, stderr=self.log, text=True,
        )  # fmt: skip

    def wait_alive(self, seconds: float = 600) -> dict[str, bool]:
        """The answer of /healthz once every part is alive; fails with the log when that takes too long."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            assert self.process is not None
            assert self.process.poll() is None, self.log_end()
            try:
                answer = httpx.get(f"{self.address}/healthz", timeout=5)
                if answer.status_code == 200:
                    return dict(answer.json())
            except httpx.HTTPError:
                pass
            time.sleep(0.3)
        raise AssertionError(self.log_end())

    def parts(self, part: str) -> list[int]:
        """Living processes of "files", "web", "work" or "listen"; of the web also those that gunicorn started."""
        assert self.process is not None
        mark = b"zueinander.house.wsgi" if part == "web" else f"zueinander.house.cli\0{part}\0".encode()
        return [pid for pid in _below(self.process.pid) if mark in _command(pid)]

    def kill(self, part: str) -> None:
        """Ends a part the hard way; it is started again by itself."""
        for pid in self.parts(part):
            os.kill(pid, signal.SIGKILL)

    def database(self) -> psycopg.Connection[tuple[Any, ...]]:
        """A connection of the test's own, each statement for itself."""
        if not self._url:
            self._url = self.script("import os\nprint(os.environ['ZUEINANDER_EMBEDDED_URL'])").strip()
        return psycopg.connect(self._url, autocommit=True)

    def log_text(self) -> str:
        return (self.data / "up.log").read_text(errors="replace")

    def log_end(self) -> str:
        return self.log_text()[-4000:]

    def end(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.process.kill()
        stop = "from zueinander.shared.database import stop_embedded\nfrom zueinander.shared.config import config\n"
        if self._console:
            self._console.communicate()
        self._python("-c", SETUP + stop + "stop_embedded(config().data)")


def _below(pid: int) -> list[int]:
    """Process ids below this one, all generations."""
    found, todo = list[int](), [pid]
    while todo:
        one = todo.pop()
        try:
            children = Path(f"/proc/{one}/task/{one}/children").read_text().split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        todo += map(int, children)
        found += map(int, children)
    return found


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""
