"""A Mastodon server of our own: mastodon_mock on loopback, with accounts made on demand.

with mastodon_server(folder) as server:
    us = server.account("verein")
    somebody = server.account("ada")
    somebody.status_post("Hallo @verein #KeinerBleibtAllein")   # Mastodon.py, as a stranger's app would
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen
from typing import Any

import httpx
from mastodon import Mastodon

from testnet.serving import answers, free_ports, process

OURS = "verein"


@dataclass
class MastodonServer:
    """`base_url` for settings; `child` to stop and continue it (SIGSTOP, SIGCONT)."""

    base_url: str
    child: Popen[bytes]
    _tokens: dict[str, str] = field(default_factory=dict)

    def token(self, username: str) -> str:
        """A token of that account, which is made when it does not exist yet."""
        if username not in self._tokens:
            answer = httpx.post(f"{self.base_url}/api/v1/_mock/dev_user", json={"username": username}, timeout=30)
            answer.raise_for_status()
            self._tokens[username] = answer.json()["access_token"]
        return self._tokens[username]

    def account(self, username: str) -> Mastodon:
        """Somebody's app, logged in."""
        return Mastodon(
            access_token=self.token(username),
            api_base_url=self.base_url,
            ratelimit_method="throw",
            version_check_mode="none",
            request_timeout=30,
        )

    def fault(self, path: str, effect: str, *, count: int | None = None, **more: Any) -> None:
        """Makes the server misbehave: status, ratelimit, latency, malformed, timeout; `count` times or for ever."""
        rule = {"match": {"path": path}, "effect": {"type": effect, **more}, "count": count}
        httpx.post(f"{self.base_url}/api/v1/_mock/faults", json=rule, timeout=30).raise_for_status()

    def heal(self) -> None:
        httpx.delete(f"{self.base_url}/api/v1/_mock/faults", timeout=30).raise_for_status()


@contextlib.contextmanager
def mastodon_server(folder: Path) -> Iterator[MastodonServer]:
    """Ready in about two seconds; everything is forgotten at the end."""
    (port,) = free_ports(1)
    command = [sys.executable, "-m", "mastodon_mock", "serve", "--in-memory", "--port", str(port)]
    log = folder / "mastodon.log"
    with process([*command, "--log-level", "warning"], log, lambda: answers(port), cwd=folder) as child:
        yield MastodonServer(f"http://127.0.0.1:{port}", child)
