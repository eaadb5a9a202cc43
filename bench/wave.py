"""A thousand link previews in a minute, as networks' servers fetch them, against the process on the public port.

    python -m bench.wave [seconds] [previews]

Each preview is the page and then its card, on a connection of its own, from one of the programs below at a random
moment of the minute. No process of the application runs: a socket in its place counts who knocks. Prints lines for
docs/performance/page.md.
"""

from __future__ import annotations

import asyncio
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

from bench.page import PAGE, free_port, running, sample
from zueinander.site.story import tree

AGENTS = (
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "WhatsApp/2.23.20.0",
    "Twitterbot/1.0",
    "TelegramBot (like TwitterBot)",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)",
    "Mastodon/4.4.1 (http.rb/5.3.1; +https://mastodon.example/)",
    "Iframely/1.3.1 (+https://iframely.com/docs/about)",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
)
CARD = f"{PAGE}karte-0123456789ab.png"


def with_card(public: Path) -> None:
    """The page of `bench.page`, and beside it a card of the usual weight."""
    sample(public)
    shown = tree.current(public)
    assert shown is not None
    page = (shown / PAGE[1:] / "index.html").read_bytes()
    with tree.locked(public):
        files = {f"{PAGE[1:]}index.html": page, CARD[1:]: random.Random(1).randbytes(15_000)}
        tree.replace(public, prefixes=(PAGE[1:],), files=files)


async def preview(port: int, at: float, agent: str) -> list[float]:
    """Milliseconds for the page, with its connection, and for the card."""
    await asyncio.sleep(at)
    took, begun = [], time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for path in (PAGE, CARD):
        asked = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: {agent}\r\nAccept-Encoding: gzip\r\n\r\n"
        writer.write(asked.encode())
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        assert head.startswith(b"http/1.1 200"), (agent, path, head)
        await reader.readexactly(int(head.partition(b"content-length:")[2].partition(b"\r\n")[0]))
        took.append((time.perf_counter() - begun) * 1000)
        begun = time.perf_counter()
    writer.close()
    return took


async def wave(port: int, seconds: float, previews: int) -> list[float]:
    chance = random.Random(0)
    asked = [preview(port, chance.uniform(0, seconds), chance.choice(AGENTS)) for _ in range(previews)]
    return [took for one in await asyncio.gather(*asked) for took in one]


def cpu_seconds(process: int) -> float:
    """Of a process and its children, in user and kernel."""
    tree_of = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True, check=False)
    ticks = 0
    for pid in [str(process), *tree_of.stdout.split()]:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def knocks(listener: socket.socket) -> int:
    """How many connections wait at the application's socket, which nobody has accepted."""
    listener.setblocking(False)
    count = 0
    while True:
        try:
            listener.accept()[0].close()
        except BlockingIOError:
            return count
        count += 1


def main(seconds: float = 60, previews: int = 1000) -> None:
    with tempfile.TemporaryDirectory(prefix="wave-") as name, socket.socket(socket.AF_UNIX) as application:
        folder, port = Path(name), free_port()
        with_card(folder / "public")
        application.bind(str(folder / "web"))
        application.listen(4096)
        environment = {**os.environ, "ZUEINANDER_DATA": name, "PORT": str(port), "APPLICATION": str(folder / "web")}
        with running([sys.executable, "-m", "zueinander.house.cli", "files"], environment) as process:
            wait_for(port)
            before = cpu_seconds(process.pid)
            took = asyncio.run(wave(port, seconds, previews))
            used = cpu_seconds(process.pid) - before
        last = statistics.quantiles(took, n=100)[98]
        print(f"{previews} previews ({len(took)} requests) in {seconds:.0f} s, {len(AGENTS)} user agents")
        print(f"CPU of the process and its workers: {used:.2f} s, {100 * used / seconds:.2f} % of one core")
        print(f"answered in {statistics.median(took):.1f} ms (median), {last:.1f} ms (p99), {max(took):.1f} ms at most")
        print(f"requests at the application: {knocks(application)}")


def wait_for(port: int) -> None:
    for _ in range(300):
        try:
            httpx.get(f"http://127.0.0.1:{port}{PAGE}").raise_for_status()
            return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise AssertionError("the page does not come up")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
