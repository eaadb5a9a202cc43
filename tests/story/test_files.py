"""The process on the public port: published bytes from memory, the newest whole tree, and the rest passed on."""

from __future__ import annotations

import gzip
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingMixIn, UnixStreamServer

import brotli
import httpx
import pytest

from zueinander.site.files import memory
from zueinander.site.story import tree

PAGE = "fuer/x/index.html"


@pytest.mark.parametrize(
    ("accepted", "sent"),
    [
        ("", ""), ("gzip", "gzip"), ("gzip, deflate, br, zstd", "br"), ("br;q=0, gzip", "gzip"), ("identity", ""),
        ("gzip;q=0", ""), ("*", "br"), ("gzip;q=1.0, br;q=0.5", "gzip"), ("br;q=unsinn, gzip", "br"), ("*;q=0", ""),
    ],
)  # fmt: skip
def test_the_variant_is_one_the_reader_accepts(accepted: str, sent: str) -> None:
    assert memory.encoding(accepted) == sent


def test_the_newest_tree_is_read_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = memory.Watched(tmp_path)
    assert watched.look() is False
    publish(tmp_path, b"one")
    assert watched.look() is True
    assert watched.look() is False
    before = watched.shelf
    publish(tmp_path, b"two")
    monkeypatch.setattr(memory, "read", lambda *a, **k: (_ for _ in ()).throw(FileNotFoundError("taken away")))
    assert watched.look() is False
    assert watched.shelf is before
    monkeypatch.undo()
    assert watched.look() is True
    assert watched.shelf["/fuer/x/"].by[""].body == b"two"


def publish(root: Path, text: bytes, **more: bytes) -> None:
    with tree.locked(root):
        tree.replace(root, prefixes=("fuer/x/",), files={PAGE: text, **{f"fuer/x/{k}": v for k, v in more.items()}})


class _Behind(BaseHTTPRequestHandler):
    """The application's place: counts, and says back what it was asked."""

    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, str, dict[str, str], bytes]] = []

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        _Behind.asked.append((self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        said = gzip.compress(b"from the application")
        self.send_response(201)
        for name, value in (
            ("Content-Encoding", "gzip"),
            ("Set-Cookie", "a=1"),
            ("Set-Cookie", "b=2"),
            ("X-Own", "yes"),
        ):
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(said)

    do_GET = do_POST = do_HEAD = _answer  # noqa: N815  the names of http.server

    def log_message(self, *args: object) -> None:
        pass


class _Server(ThreadingMixIn, UnixStreamServer):
    daemon_threads = True

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        return super().get_request()[0], ("", 0)


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    data = tmp_path_factory.mktemp("f")
    publish(data / "public", b"<p>first</p>" * 50, **{"karte-0123456789ab.png": b"PNG", "widget/index.html": b"w"})
    behind = _Server(str(data / "s"), _Behind)
    threading.Thread(target=behind.serve_forever, daemon=True).start()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("ZUEINANDER", "DJANGO", "PYTEST"))}
    environment |= {"ZUEINANDER_DATA": str(data), "PORT": str(port), "APPLICATION": str(data / "s")}
    process = subprocess.Popen([sys.executable, "-m", "zueinander.house.cli", "files"], env=environment)
    address = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            httpx.get(f"{address}/fuer/x/")
            break
        except httpx.HTTPError:
            time.sleep(0.1)
    yield address, data / "public"
    process.terminate()
    process.wait(20)
    behind.shutdown()


def test_each_reader_gets_the_bytes_that_were_published(front: tuple[str, Path]) -> None:
    address, public = front
    expected = (public / "current" / PAGE).read_bytes()
    for wish, decode in (("identity", bytes), ("gzip", gzip.decompress), ("br", brotli.decompress)):
        with httpx.stream("GET", f"{address}/fuer/x/", headers={"accept-encoding": wish}) as answer:
            raw = b"".join(answer.iter_raw())
        assert decode(raw) == expected
        assert answer.headers.get("content-encoding", "identity") == wish
        assert answer.headers["vary"] == "Accept-Encoding"
        etag = answer.headers["etag"]
        assert not etag.startswith("W/")
        again = httpx.get(f"{address}/fuer/x/", headers={"accept-encoding": wish, "if-none-match": etag})
        assert (again.status_code, again.content) == (304, b"")
        head = httpx.head(f"{address}/fuer/x/", headers={"accept-encoding": wish})
        assert (head.status_code, head.headers["content-length"]) == (200, str(len(raw)))


def test_pages_let_nothing_else_in_and_only_the_widget_may_be_framed(front: tuple[str, Path]) -> None:
    address, _ = front
    page, widget = (httpx.get(f"{address}/fuer/x/{name}").headers for name in ("", "widget/"))
    assert page["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert page["content-security-policy"].endswith("frame-ancestors 'none'")
    assert widget["content-security-policy"].endswith("frame-ancestors *")
    assert page["x-content-type-options"] == "nosniff"
    assert "immutable" in httpx.get(f"{address}/fuer/x/karte-0123456789ab.png").headers["cache-control"]
    assert page["cache-control"] == "public, max-age=5"


def test_what_is_not_published_is_not_asked_of_the_application(front: tuple[str, Path]) -> None:
    address, _ = front
    before = len(_Behind.asked)
    assert httpx.get(f"{address}/fuer/nirgends/").status_code == 404
    assert httpx.get(f"{address}/fuer/x").headers["location"] == "/fuer/x/"
    assert httpx.post(f"{address}/fuer/x/").status_code == 405
    assert len([a for a in _Behind.asked[before:] if a[1].startswith("/fuer")]) == 0


def test_everything_else_is_passed_on_as_it_came(front: tuple[str, Path]) -> None:
    address, _ = front
    answer = httpx.post(
        f"{address}/l/%C3%A4%25b?q=%20x&y", content=b"\x00" * 70_000,
        headers={
            "x-forwarded-for": "6.6.6.6", "x-zueinander-from": "6.6.6.6", "host": "hilfe.example.org", "cookie": "s=1",
        },
    )  # fmt: skip
    assert (answer.status_code, answer.text, answer.headers["x-own"]) == (201, "from the application", "yes")
    assert answer.headers.get_list("set-cookie") == ["a=1", "b=2"]
    method, path, headers, body = _Behind.asked[-1]
    assert (method, path, len(body)) == ("POST", "/l/%C3%A4%25b?q=%20x&y", 70_000)
    assert headers["host"] == "hilfe.example.org"
    assert headers["cookie"] == "s=1"
    assert headers["x-zueinander-from"] == "127.0.0.1"
    assert "x-forwarded-for" not in headers


def test_a_thousand_link_previews_do_not_touch_the_application(front: tuple[str, Path]) -> None:
    """What networks' servers fetch for a preview: the page, then its card."""
    address, _ = front
    before = len(_Behind.asked)
    with httpx.Client(limits=httpx.Limits(max_connections=50), timeout=60) as client, ThreadPoolExecutor(25) as pool:
        paths = ["/fuer/x/", "/fuer/x/karte-0123456789ab.png"] * 500
        codes = list(pool.map(lambda path: client.get(address + path).status_code, paths))
    assert codes == [200] * 1000
    assert len(_Behind.asked) == before


def test_a_new_publication_is_seen_soon_and_a_reader_never_gets_half_of_it(front: tuple[str, Path]) -> None:
    address, public = front
    texts = [f"<p>{number}</p>".encode() * 3000 for number in range(6)]
    met = set()
    with httpx.Client() as client:
        for text in texts:
            publish(public, text, **{"other/index.html": text})
            deadline = time.monotonic() + 10
            while time.monotonic() < deadline:
                page, other = (client.get(f"{address}/fuer/x/{name}") for name in ("", "other/"))
                if page.status_code == other.status_code == 200 and page.content == text:
                    met.add(text)
                    break
                assert page.content == b"<p>first</p>" * 50 or page.content in texts
    assert met == set(texts)
