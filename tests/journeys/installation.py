"""A whole installation of its own: data folder, embedded database, processes. For journeys only."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

SETUP = "from zueinander.house.cli import _django; _django()\n"


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

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def run(self, *words: str) -> str:
        """Output of one command of ``zueinander``; an error fails the test."""
        return self._python("-m", "zueinander.house.cli", *words)

    def script(self, text: str) -> str:
        """Output of Python inside the installation."""
        return self._python("-c", SETUP + text)

    def _python(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words], env=self.environment, capture_output=True, text=True, timeout=180
        )
        assert done.returncode == 0, done.stderr[-4000:]
        return done.stdout

    def up(self) -> None:
        self.log = open(self.data / "up.log", "a")  # noqa: SIM115  held while the processes run
        self.process = subprocess.Popen(
            [sys.executable, "-m", "zueinander.house.cli", "up"],
            env=self.environment, stdout=self.log, stderr=self.log, text=True,
        )  # fmt: skip

    def wait_alive(self, seconds: float = 90) -> dict[str, bool]:
        """The answer of /healthz once every part is alive; fails with the log when that takes too long."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            assert self.process is not None
            assert self.process.poll() is None, (self.data / "up.log").read_text()[-4000:]
            try:
                answer = httpx.get(f"{self.address}/healthz", timeout=5)
                if answer.status_code == 200:
                    return dict(answer.json())
            except httpx.HTTPError:
                pass
            time.sleep(0.3)
        raise AssertionError((self.data / "up.log").read_text()[-4000:])

    def children(self) -> list[int]:
        """Process ids below ours, the database's not among them."""
        assert self.process is not None
        found, todo = [], [self.process.pid]
        while todo:
            pid = todo.pop()
            try:
                below = [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
            except FileNotFoundError:
                continue
            todo += below
            found += below
        return [p for p in found if b"zueinander" in _command(p)]

    def end(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.process.kill()
        stop = "from zueinander.shared.database import stop_embedded\nfrom zueinander.shared.config import config\n"
        self.script(stop + "stop_embedded(config().data)")


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:
        return b""
