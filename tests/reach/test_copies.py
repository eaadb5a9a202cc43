"""A copy of a page is fetched from outside only, within bounds; why not is said, and somebody may upload it."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests import flowing
from zueinander.journal.models import Entry
from zueinander.reach import actions
from zueinander.reach.copying import copy_waiting
from zueinander.reach.models import Coverage
from zueinander.reach.outside import MOST, Address, NotFetched, Outside, Page, Why, fetch, is_public
from zueinander.reach.queries import copy_of

PIECE = """<!doctype html><html><head><meta charset="utf-8"><title>Ein Platz am Tisch | Tagblatt</title>
<meta property="og:site_name" content="Tagblatt am Bach"><meta property="og:title" content="Ein Platz  am Tisch">
<meta property="article:published_time" content="2026-12-19T23:30:00Z"></head><body>Schön.</body></html>"""


class Site(ThreadingHTTPServer):
    """A web server on 127.0.0.1. `pages`: path to what is said there; `asked`: the paths in order."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages: dict[str, Callable[[Handler], None]] = {}
        self.asked: list[str] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Somebody hung up, which is what they should do here."""


class Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        page = self.server.pages.get(self.path)
        if page is None:
            self.say(b"", status=404)
        else:
            page(self)

    def say(self, body: bytes, *, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"content-type": "text/html; charset=utf-8", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


class Here(Outside):
    """As outside, but 127.0.0.1 counts as a public address."""

    def allows(self, address: Address, port: int) -> bool:
        return str(address) == "127.0.0.1" or super().allows(address, port)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()


def got(url: str, seconds: float = 5) -> Page:
    return fetch(url, agent="zueinander/1", network=Here(), seconds=seconds)


def refused(url: str, network: Outside | None = None, seconds: float = 5) -> Why:
    with pytest.raises(NotFetched) as answer:
        fetch(url, agent="zueinander/1", network=network or Here(), seconds=seconds)
    return answer.value.why


def moved(to: str) -> Callable[[Handler], None]:
    return lambda handler: handler.say(b"", status=302, location=to)


def test_a_page_comes_as_it_is_through_redirects(site: Site) -> None:
    site.pages = {"/alt": moved("/neu?a=b%20c#unten"), "/neu?a=b%20c": lambda h: h.say(PIECE.encode())}
    page = got(site.at("/alt"))
    assert (page.body, page.type) == (PIECE.encode(), "text/html; charset=utf-8")
    assert site.asked == ["/robots.txt", "/alt", "/neu?a=b%20c"]


@pytest.mark.parametrize(
    "name", ["127.0.0.1", "localhost", "[::1]", "127.1", "2130706433", "0.0.0.0", "[::ffff:127.0.0.1]"]
)
def test_nothing_of_our_own_machine_is_fetched(site: Site, name: str) -> None:
    assert refused(f"http://{name}:{site.port}/", Outside()) in (Why.INSIDE, Why.NO_ANSWER)
    assert site.asked == []


@pytest.mark.parametrize(
    "inside", ["http://127.0.0.2:{}/", "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/"]
)
def test_a_redirect_inside_is_not_followed(site: Site, inside: str) -> None:
    site.pages = {"/": moved(inside.format(site.port))}
    assert refused(site.at("/")) == Why.INSIDE
    assert site.asked == ["/robots.txt", "/"]


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "ftp://127.0.0.1/", "http://a:b@127.0.0.1/", "http://[kaputt", "gopher://x"]
)
def test_what_is_no_address_of_the_web_is_refused(site: Site, to: str) -> None:
    site.pages = {"/": moved(to)}
    assert refused(site.at("/")) == Why.ADDRESS
    assert refused(to) == Why.ADDRESS


def certificate(folder: Path, address: str) -> Path:
    """Key and certificate in one file, signed by itself, for this address."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "hier")])
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]), False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
    pem = serialization.Encoding.PEM
    path = folder / f"{address}.pem"
    path.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.sign(key, hashes.SHA256()).public_bytes(pem)
    )
    return path


def test_an_encrypted_page_comes_only_from_whom_it_says(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, others = certificate(tmp_path, "127.0.0.1"), certificate(tmp_path, "192.0.2.1")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(ours)
    site.socket = context.wrap_socket(site.socket, server_side=True)
    site.pages = {"/": lambda h: h.say(b"vertraulich")}
    url = site.at("/").replace("http:", "https:")
    monkeypatch.setenv("SSL_CERT_FILE", str(ours))
    assert got(url).body == b"vertraulich"
    context.load_cert_chain(others)
    monkeypatch.setenv("SSL_CERT_FILE", str(others))
    assert refused(url) == Why.NO_ANSWER


def test_the_next_address_of_a_name_is_tried(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    there = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, site.port)) for ip in ("127.0.0.9", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: there)
    monkeypatch.setattr(Here, "allows", lambda *_: True)
    site.pages = {"/": lambda h: h.say(b"da")}
    assert got(f"http://tagblatt.example:{site.port}/").body == b"da"


def test_a_name_that_also_means_somebody_inside_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, site.port)) for ip in ("127.0.0.1", "192.168.1.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    assert refused(f"http://tagblatt.example:{site.port}/") == Why.INSIDE
    assert site.asked == []


@pytest.mark.parametrize(
    ("address", "public"),
    [("9.9.9.9", True), ("2620:fe::fe", True), ("10.1.2.3", False), ("100.64.0.1", False), ("192.0.2.1", False),
     ("224.0.0.1", False), ("255.255.255.255", False), ("fd00::1", False), ("fe80::1", False), ("::", False),
     ("::ffff:10.0.0.1", False), ("64:ff9b::a00:1", False), ("2002:0a00:0001::1", False),
     ("2001:0:0:0:0:0:f5ff:fffe", False)],
)  # fmt: skip
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) == public


def test_ten_megabytes_are_not_taken(site: Site) -> None:
    def endless(handler: Handler) -> None:
        handler.say(b"")
        for _ in range(160):
            handler.wfile.write(bytes(65536))

    site.pages = {"/": endless, "/genau": lambda h: h.say(bytes(MOST))}
    assert refused(site.at("/")) == Why.LARGE
    assert len(got(site.at("/genau")).body) == MOST


def silent(handler: Handler) -> None:
    time.sleep(3)


def dripping_head(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(30):
        handler.wfile.write(f"x-{number}: 1\r\n".encode())
        time.sleep(0.1)


def dripping_body(handler: Handler) -> None:
    handler.say(b"")
    for _ in range(30):
        handler.wfile.write(b"x")
        time.sleep(0.1)


@pytest.mark.parametrize("page", [silent, dripping_head, dripping_body])
def test_a_page_that_hangs_or_drips_is_given_up(site: Site, page: Callable[[Handler], None]) -> None:
    site.pages = {"/": page}
    assert refused(site.at("/"), seconds=0.5) == Why.SLOW


@pytest.mark.parametrize(
    ("status", "why"), [(404, Why.GONE), (410, Why.GONE), (402, Why.CLOSED), (403, Why.CLOSED), (500, Why.BROKEN)]
)
def test_errors_are_told_apart(site: Site, status: int, why: Why) -> None:
    site.pages = {"/": lambda h: h.say(b"nein", status=status)}
    assert refused(site.at("/")) == why


def test_what_goes_round_or_is_not_there_ends(site: Site) -> None:
    site.pages = {"/": moved("/")}
    assert refused(site.at("/")) == Why.ROUNDABOUT
    assert refused("http://127.0.0.1:9/") == Why.NO_ANSWER
    site.pages = {"/": lambda h: h.say(b"\x1f\x8b", content_encoding="gzip")}
    assert refused(site.at("/")) == Why.BROKEN


def test_who_does_not_want_to_be_fetched_is_left_alone(site: Site) -> None:
    site.pages = {
        "/robots.txt": lambda h: h.say(b"User-agent: zueinander\nDisallow: /privat/\n"),
        "/privat/1": lambda h: h.say(b"geheim"), "/offen/1": lambda h: h.say(b"offen"),
        "/offen/2": moved("/privat/1"),
    }  # fmt: skip
    assert refused(site.at("/privat/1")) == refused(site.at("/offen/2")) == Why.ROBOTS
    assert "/privat/1" not in site.asked
    assert got(site.at("/offen/1")).body == b"offen"
    site.pages["/robots.txt"] = lambda h: h.say(b"", status=503)
    assert refused(site.at("/offen/1")) == Why.BROKEN


def noted(url: str, **words: object) -> Coverage:
    given = {"outlet": "", "title": "", "published_on": None, "kind": "online", "quote": "", **words}
    row = actions.cover(campaign=flowing.make_campaign(), url=url, by=flowing.make_volunteer(), **given)  # type: ignore[arg-type]
    actions.want_copy(row)
    return row


@pytest.mark.django_db
def test_a_wanted_copy_is_kept_sealed_and_says_what_nobody_had_said(site: Site) -> None:
    site.pages = {"/1": lambda h: h.say(PIECE.encode())}
    noted(site.at("/1"), outlet="Das Tagblatt")
    assert (copy_waiting(Here()), copy_waiting(Here())) == (1, 0)
    row = Coverage.objects.get()
    assert copy_of(row) == (PIECE.encode(), "html")
    assert (row.outlet, row.title, row.published_on) == ("Das Tagblatt", "Ein Platz am Tisch", date(2026, 12, 20))
    assert (row.public, row.copy_wanted_at, row.copy_refused) == (False, None, "")
    assert Entry.objects.filter(verb="coverage_copied").count() == 1


@pytest.mark.django_db
def test_a_refused_copy_says_why_and_can_be_uploaded(site: Site) -> None:
    row = noted(site.at("/weg"))
    assert copy_waiting(Here()) == 0
    row.refresh_from_db()
    assert (row.copy_refused, row.get_copy_refused_display()) == ("gone", "Die Seite gibt es dort nicht mehr.")
    assert copy_waiting(Here()) == 0
    assert site.asked.count("/weg") == 1
    actions.keep_copy(row, body=b"%PDF", type="application/pdf", by=flowing.make_volunteer())
    row.refresh_from_db()
    assert (copy_of(row), row.copy_refused) == ((b"%PDF", "pdf"), "")


@pytest.mark.django_db
def test_a_page_nobody_foresaw_does_not_hold_up_the_next(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.pages = {
        "/1": lambda h: h.say(b"<p>eins"),
        "/2": lambda h: h.say(b"\xff\xfe\x00 %PDF", content_type="text/html"),
    }
    campaign, by = flowing.make_campaign(), flowing.make_volunteer()
    for number in (1, 2):
        row = actions.cover(campaign=campaign, url=site.at(f"/{number}"), kind="online", by=by)
        actions.want_copy(row)
    real = actions.fill_in

    def breaks(row: Coverage, **words: object) -> None:
        if row.url.endswith("/1"):
            raise RuntimeError("unforeseen")
        real(row, **words)  # type: ignore[arg-type]

    monkeypatch.setattr("zueinander.reach.copying.fill_in", breaks)
    assert copy_waiting(Here()) == 1
    assert {row.copy_refused for row in Coverage.objects.all()} == {"broken", ""}
