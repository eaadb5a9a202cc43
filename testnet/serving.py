"""Starting a real server for a test and stopping exactly it again; asking for what it needs."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest


class DidNotStart(AssertionError):  # noqa: N818
    """A server died or stayed silent; the message has the end of its log."""


def free_ports(count: int) -> list[int]:
    """Ports of this machine nobody uses right now."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=0.5):
        return True
    return False


def wait_until(ready: Callable[[], bool], alive: Callable[[], bool], log: Path, seconds: float) -> None:
    """Returns as soon as `ready`; fails at once when the process is dead, and after `seconds`."""
    until = time.monotonic() + seconds
    while not ready():
        if not alive():
            raise DidNotStart(f"the server died:\n{_tail(log)}")
        if time.monotonic() > until:
            raise DidNotStart(f"the server was not ready after {seconds:.0f} s:\n{_tail(log)}")
        time.sleep(0.05)


def _tail(log: Path) -> str:
    return log.read_text("utf-8", "replace")[-3000:] if log.exists() else "(no log)"


@contextlib.contextmanager
def process(
    command: Sequence[str | Path],
    log: Path,
    ready: Callable[[], bool],
    *,
    seconds: float = 30.0,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    grace: float = 10.0,
) -> Iterator[subprocess.Popen[bytes]]:
    """A child in a session of its own, stopped with all it started; paused processes (SIGSTOP) are woken first."""
    with log.open("ab") as out:
        child = subprocess.Popen(
            [str(part) for part in command],
            stdout=out,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **(env or {})},
            cwd=cwd,
            start_new_session=True,
        )
    try:
        wait_until(ready, lambda: child.poll() is None, log, seconds)
        yield child
    finally:
        stop(child, grace)


def stop(child: subprocess.Popen[bytes], grace: float = 10.0) -> None:
    for sign in (signal.SIGCONT, signal.SIGTERM):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, sign)
    try:
        child.wait(grace)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait(grace)


def need(found: bool, what: str, how: str) -> None:
    """Skips loudly when a prerequisite is missing; with CI set that is a failure."""
    if found:
        return
    message = f"MISSING: {what}. {how}"
    if os.environ.get("CI"):
        pytest.fail(message, pytrace=False)
    print(message, file=sys.stderr)
    pytest.skip(message)
