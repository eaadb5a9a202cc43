"""The published page under wrk, one run for all: nginx alone, nginx and Caddy as shipped, our own server.

    python -m bench.page [seconds] [rounds]

Needs nginx and wrk (apt-get install nginx wrk); Caddy is measured where it is installed. All serve the very same
compressed bytes of an invented page on this machine, one after the other in each round, so that other work on it slows
all alike. Prints a table for docs/performance/page.md.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from zueinander.site.story import tree

ROOT = Path(__file__).parents[1]
PAGE = "/fuer/ein-buch/"
PLAIN = """
worker_processes 2; pid {folder}/plain.pid; error_log stderr;
events {{ worker_connections 1024; }}
http {{ include /etc/nginx/mime.types; access_log off; sendfile on; tcp_nopush on; gzip_static on;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{port}; root {public}/current; }} }}
"""
SHIPPED = """
worker_processes 2; pid {folder}/shipped.pid; error_log stderr;
events {{ worker_connections 1024; }}
http {{ include /etc/nginx/mime.types; sendfile on; tcp_nopush on;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  {server} }}
"""


@dataclass(frozen=True, slots=True)
class Measured:
    per_second: float
    p99_ms: float


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def sample(public: Path) -> None:
    """A page of the usual size: words of our own documentation, 18 kB."""
    words = re.sub(r"[^\w\s.,]", "", (ROOT / "docs" / "matching.md").read_text())
    html = "<!doctype html><html lang=de><title>Ein Buch</title><main><p>" + "<p>".join(
        (words * 3)[:18_000].splitlines()
    )
    with tree.locked(public):
        tree.replace(public, prefixes=(PAGE[1:],), files={f"{PAGE[1:]}index.html": html.encode()})


@contextmanager
def running(command: list[str], environment: dict[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def shipped_server(public: Path, port: int) -> str:
    """The server block of deploy/nginx.conf, on another port and folder, without TLS."""
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    text = text.replace("/var/log/nginx", str(public.parent)).replace("listen 80;", f"listen 127.0.0.1:{port};")
    return text.replace("/var/lib/zueinander/public", str(public))


def caddy(folder: Path, port: int) -> tuple[list[str], dict[str, str]]:
    command = ["caddy", "run", "--config", str(ROOT / "deploy" / "Caddyfile"), "--adapter", "caddyfile"]
    more = {"SITE_NAME": f"http://127.0.0.1:{port}", "PUBLISHED": str(folder / "public"), "HOME": str(folder)}
    return command, {**os.environ, **more}


def measure(port: int, seconds: int) -> Measured:
    out = subprocess.run(
        ["wrk", "-t1", "-c64", f"-d{seconds}s", "--latency", "-H", "Accept-Encoding: gzip",
         f"http://127.0.0.1:{port}{PAGE}"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "Non-2xx" not in out, out
    number, unit = re.findall(r"99%\s+([\d.]+)(us|ms|s)\b", out)[0]
    rate = float(re.findall(r"Requests/sec:\s+([\d.]+)", out)[0])
    return Measured(rate, float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit])


def same_bytes(ports: list[int]) -> int:
    bodies = set()
    for port in ports:
        for _ in range(300):
            try:
                with httpx.stream("GET", f"http://127.0.0.1:{port}{PAGE}", headers={"accept-encoding": "gzip"}) as got:
                    assert got.headers["content-encoding"] == "gzip"
                    bodies.add(b"".join(got.iter_raw()))
                break
            except httpx.HTTPError:
                time.sleep(0.1)
    assert len(bodies) == 1, "all send the same bytes"
    return len(bodies.pop())


def main(seconds: int = 8, rounds: int = 5) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)
        public = folder / "public"
        sample(public)
        ports = {"nginx alone": free_port(), "nginx, shipped configuration": free_port(), "our own server": free_port()}
        plain, shipped, own = ports.values()
        for file, text in (
            ("plain.conf", PLAIN.format(folder=folder, port=plain, public=public)),
            ("shipped.conf", SHIPPED.format(folder=folder, server=shipped_server(public, shipped))),
        ):
            (folder / file).write_text(text)
            stack.enter_context(running(["nginx", "-c", str(folder / file), "-g", "daemon off;"]))
        if shutil.which("caddy"):
            ports["Caddy, shipped configuration"] = free_port()
            stack.enter_context(running(*caddy(folder, ports["Caddy, shipped configuration"])))
        environment = {**os.environ, "ZUEINANDER_DATA": str(folder), "PORT": str(own), "APPLICATION": ""}
        stack.enter_context(running([sys.executable, "-m", "zueinander.house.cli", "files"], environment))
        size = same_bytes(list(ports.values()))
        results: dict[str, list[Measured]] = {one: [] for one in ports}
        for _ in range(rounds):
            for one, port in ports.items():
                results[one].append(measure(port, seconds))
    report(results, size)


def report(results: dict[str, list[Measured]], size: int) -> None:
    base = results["nginx alone"]
    print(f"{size} bytes a page (gzip), 64 connections, wrk with one thread, {len(base)} rounds\n")
    print("| server | requests/s (median) | p99 ms (median) | ratio of each round to nginx alone | median ratio |")
    print("|---|---|---|---|---|")
    for name, found in results.items():
        ratios = [one.per_second / other.per_second for one, other in zip(found, base, strict=True)]
        per_second = statistics.median(one.per_second for one in found)
        p99 = statistics.median(one.p99_ms for one in found)
        each = " ".join(f"{ratio:.2f}" for ratio in ratios)
        print(f"| {name} | {per_second:,.0f} | {p99:.1f} | {each} | {statistics.median(ratios):.2f} |")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
