"""Whoever serves the published pages, nginx, Caddy or our own process, the reader gets the same."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import brotli
import httpx
import pytest

from zueinander.site.story import tree

DEPLOY = Path(__file__).parents[2] / "deploy"
FILES = {
    "fuer/x/index.html": "<!doctype html><p>Die Bücherseite</p>".encode() * 40,
    "fuer/x/en/index.html": b"<!doctype html><p>The page in English</p>" * 40,
    "fuer/x/widget/index.html": b"<!doctype html><p>widget</p>" * 40,
    "fuer/x/stil-0123456789ab.css": b"body { margin: 0 }" * 40,
    "fuer/x/stand-0123456789ab.js": b"const a = 1;" * 40,
    "fuer/x/karte-0123456789ab.png": b"PNG",
    "fuer/x/bild/abc.webp": b"RIFF",
    "fuer/x/plakat.pdf": b"%PDF-1.7",
    "fuer/x/atom.xml": b"<feed/>" * 40,
    "fuer/x/zahlen.json": b"{}" * 40,
    "fuer/x/rechnung/kassenbuch.csv": "nummer,tag\n1,für".encode() * 40,
}
TYPES = {
    "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
    "png": "image/png", "webp": "image/webp", "pdf": "application/pdf", "xml": "application/atom+xml; charset=utf-8",
    "json": "application/json", "csv": "text/csv; charset=utf-8",
}  # fmt: skip
NGINX = """
{user} pid {folder}/nginx.pid; error_log stderr; worker_processes 2;
events {{ worker_connections 512; }}
http {{
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  {server}
}}
"""


@dataclass
class Behind:
    """The application's place: notes what reaches it."""

    port: int
    asked: list[tuple[str, str, dict[str, str], int]] = field(default_factory=list)


@pytest.fixture(scope="module")
def behind() -> Iterator[Behind]:
    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            found.asked.append((self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, len(body)))
            self.send_response(201)
            self.send_header("Set-Cookie", "a=1")
            self.end_headers()
            self.wfile.write(b"from the application")

        do_GET = do_POST = _answer  # noqa: N815  the names of http.server

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Behind(server.server_address[1])
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield found
    server.shutdown()


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("published") / "public"
    with tree.locked(root):
        tree.replace(root, prefixes=("fuer/x/",), files=FILES)
    return root


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


Start = Callable[[Path, Path, int, Behind], tuple[list[str], dict[str, str]]]


def nginx(folder: Path, public: Path, port: int, behind: Behind) -> tuple[list[str], dict[str, str]]:
    """The server as shipped, but on another port, for another folder and another application."""
    text = (DEPLOY / "nginx.conf").read_text()
    for shipped, here in (
        ("listen 80;", f"listen 127.0.0.1:{port};"), ("/var/lib/zueinander/public", str(public)),
        ("127.0.0.1:8000", f"127.0.0.1:{behind.port}"), ("/var/log/nginx", str(folder)),
    ):  # fmt: skip
        assert shipped in text
        text = text.replace(shipped, here)
    user = "user root;" if os.getuid() == 0 else ""  # or its workers could not enter the folders of the tests
    (folder / "nginx.conf").write_text(NGINX.format(user=user, folder=folder, server=text))
    return [needed("nginx"), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"], {}


def caddy(folder: Path, public: Path, port: int, behind: Behind) -> tuple[list[str], dict[str, str]]:
    """With the settings it takes from its environment; the port of its administration is closed."""
    (folder / "Caddyfile").write_text("{\n\tadmin off\n}\n" + (DEPLOY / "Caddyfile").read_text())
    settings = {"SITE_NAME": f"http://:{port}", "PUBLISHED": str(public), "HOME": str(folder)}
    command = [needed("caddy"), "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    return command, {**settings, "UPSTREAM": f"127.0.0.1:{behind.port}"}


def ours(folder: Path, public: Path, port: int, behind: Behind) -> tuple[list[str], dict[str, str]]:
    settings = {"ZUEINANDER_DATA": str(public.parent), "PORT": str(port), "APPLICATION": ""}
    return [sys.executable, "-m", "zueinander.house.cli", "files"], settings


def needed(program: str) -> str:
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin:/sbin")
    if found is None and not os.environ.get("CI"):
        warnings.warn(f"Tests of {program} skipped: apt-get install {program}", stacklevel=1)
        pytest.skip(f"{program} is missing: apt-get install {program}")
    assert found is not None, f"{program} is missing"
    return found


@pytest.fixture(scope="module", params=[nginx, caddy, ours], ids=["nginx", "Caddy", "our own"])
def address(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, public: Path, behind: Behind
) -> Iterator[str]:
    start: Start = request.param
    port = free_port()
    command, settings = start(tmp_path_factory.mktemp("server"), public, port, behind)
    process = subprocess.Popen(command, env={**os.environ, **settings})
    there = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            httpx.get(f"{there}/fuer/x/")
            break
        except httpx.HTTPError:
            time.sleep(0.1)
    yield there
    process.terminate()
    process.wait(20)


def fetch(url: str, **headers: str) -> tuple[httpx.Response, bytes]:
    """The answer and its bytes as they came over the wire."""
    sent = {"accept-encoding": "identity", **{name.replace("_", "-"): value for name, value in headers.items()}}
    with httpx.stream("GET", url, headers=sent) as answer:
        return answer, b"".join(answer.iter_raw())


def public_address(name: str) -> str:
    return "/" + name.removesuffix("index.html")


@pytest.mark.parametrize("name", FILES)
def test_every_file_comes_as_it_was_published_with_its_type(address: str, name: str) -> None:
    answer, body = fetch(address + public_address(name))
    assert (answer.status_code, body) == (200, FILES[name])
    expected = TYPES[name.rsplit(".", 1)[1]]
    assert answer.headers["content-type"].lower() in (expected, f"{expected}; charset=utf-8")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["permissions-policy"].startswith("camera=(), microphone=()")
    assert ("immutable" in answer.headers["cache-control"]) is bool(re.search(r"-[0-9a-f]{12}\.", name))
    assert (answer.headers.get("access-control-allow-origin") == "*") is name.endswith((".json", ".xml"))
    assert "set-cookie" not in answer.headers


def test_only_the_widget_may_be_framed_and_nothing_comes_from_elsewhere(address: str) -> None:
    for name, frames in (("", "'none'"), ("en/", "'none'"), ("widget/", "*")):
        policy = fetch(f"{address}/fuer/x/{name}")[0].headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;")
        assert policy.endswith(f"frame-ancestors {frames}")


def test_the_compressed_bytes_are_those_that_were_published(address: str, public: Path) -> None:
    path = public / "current/fuer/x/index.html.gz"
    answer, body = fetch(f"{address}/fuer/x/", accept_encoding="gzip")
    assert (answer.headers["content-encoding"], body) == ("gzip", path.read_bytes())
    assert gzip.decompress(body) == FILES["fuer/x/index.html"]
    assert answer.headers["vary"] == "Accept-Encoding"
    answer, body = fetch(f"{address}/fuer/x/", accept_encoding="gzip, br")
    kinds: dict[str, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress}
    assert kinds[answer.headers["content-encoding"]](body) == FILES["fuer/x/index.html"]


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_who_has_it_already_is_told_so_and_who_has_an_older_one_gets_it(address: str, encoding: str) -> None:
    url = f"{address}/fuer/x/"
    etag = fetch(url, accept_encoding=encoding)[0].headers["etag"]
    again, body = fetch(url, accept_encoding=encoding, if_none_match=etag)
    assert (again.status_code, body) == (304, b"")
    other, body = fetch(url, accept_encoding=encoding, if_none_match='"another"')
    assert other.status_code == 200
    assert body


def test_what_is_not_published_is_not_asked_of_the_application(address: str, behind: Behind) -> None:
    before = len(behind.asked)
    for path in ("/fuer/nirgends/", "/f/abcde/"):
        answer, body = fetch(address + path)
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert "Diese Seite gibt es nicht mehr." in body.decode()
    gone, _ = fetch(f"{address}/fuer/x")
    assert gone.status_code in (301, 308)
    assert gone.headers["location"] == "/fuer/x/" or gone.headers["location"] == "x/"
    assert httpx.post(f"{address}/fuer/x/").status_code == 405
    assert len(behind.asked) == before


def test_a_thousand_link_previews_do_not_touch_the_application(address: str, behind: Behind) -> None:
    before = len(behind.asked)
    with httpx.Client(limits=httpx.Limits(max_connections=50), timeout=60) as client, ThreadPoolExecutor(25) as pool:
        paths = ["/fuer/x/", "/fuer/x/karte-0123456789ab.png"] * 500
        assert set(pool.map(lambda path: client.get(address + path).status_code, paths)) == {200}
    assert len(behind.asked) == before


@pytest.mark.parametrize("address", [nginx, caddy], ids=["nginx", "Caddy"], indirect=True)
def test_everything_else_reaches_the_application_with_the_true_address(address: str, behind: Behind) -> None:
    answer = httpx.post(
        f"{address}/l/%C3%A4b?q=%20x", content=b"x" * 70_000,
        headers={"x-forwarded-for": "6.6.6.6", "x-forwarded-proto": "https", "host": "hilfe.example.org"},
    )  # fmt: skip
    assert (answer.status_code, answer.text, answer.headers["set-cookie"]) == (201, "from the application", "a=1")
    method, path, headers, size = behind.asked[-1]
    assert (method, path, size) == ("POST", "/l/%C3%A4b?q=%20x", 70_000)
    assert headers["host"] == "hilfe.example.org"
    assert headers["x-forwarded-for"] == "127.0.0.1", "what a stranger claims is not passed on"
    assert headers["x-forwarded-proto"] == "http"


@pytest.mark.parametrize("address", [nginx], ids=["nginx"], indirect=True)
def test_one_address_cannot_flood_the_application_and_pages_have_no_limit(address: str, behind: Behind) -> None:
    with httpx.Client(timeout=60) as client, ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda _: client.get(f"{address}/hilfe/").status_code, range(400)))
        pages = list(pool.map(lambda _: client.get(f"{address}/fuer/x/").status_code, range(400)))
    assert set(codes) == {201, 429}
    assert codes.count(201) >= 200, "a page with all its parts is no flood"
    assert set(pages) == {200}
