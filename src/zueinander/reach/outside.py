"""Fetches one page that somebody named, and nothing that lies behind our own door. Knows no Django.

The address is checked where the connection is made: each name is resolved once, each of its addresses must be a public
one, and the connection goes to that very address, so that neither a redirect nor a second answer of the name server
leads inside. Robots are respected (RFC 9309, as far as `urllib.robotparser` knows it): who does not want to be fetched
is copied by hand.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import quote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpcore

MOST = 5_000_000
"""Bytes of a page, as for a file that is uploaded."""
ROBOTS_MOST = 500_000
"""Bytes of robots.txt that are read (RFC 9309 asks for 500 KiB at least; longer ones are read so far)."""
SECONDS = 20.0
"""For everything together: name, connection, redirects, page."""
REDIRECTS = 5
NAT64 = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Why(StrEnum):
    """Why there is no copy."""

    ADDRESS = "address"
    INSIDE = "inside"
    ROBOTS = "robots"
    LARGE = "large"
    SLOW = "slow"
    NO_ANSWER = "no_answer"
    GONE = "gone"
    CLOSED = "closed"
    BROKEN = "broken"
    ROUNDABOUT = "roundabout"


class NotFetched(Exception):  # noqa: N818  a word, as `Refused` is one
    def __init__(self, why: Why) -> None:
        super().__init__(str(why))
        self.why = why


@dataclass(frozen=True, slots=True)
class Page:
    """`url`: where it was in the end. `type`: as the server called it, in small letters, with its parameters."""

    url: str
    type: str
    body: bytes


class Outside(httpcore.NetworkBackend):
    """Connects to public addresses on the usual ports only. Raises `NotFetched` for every other."""

    def __init__(self) -> None:
        self._real = httpcore.SyncBackend()
        self.until = 0.0

    def allows(self, address: Address, port: int) -> bool:
        return port in (80, 443) and is_public(address)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = _resolved(host, port)
        if not all(self.allows(address, port) for address in addresses):
            raise NotFetched(Why.INSIDE)
        for address in addresses:
            try:
                stream = self._real.connect_tcp(str(address), port, timeout, local_address, socket_options)
                return _Timed(stream, self.until)
            except httpcore.ConnectError:  # many have an address of IPv6 that leads nowhere
                continue
        raise NotFetched(Why.NO_ANSWER)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        raise NotFetched(Why.INSIDE)


class _Timed(httpcore.NetworkStream):
    """A connection that ends at a moment, however little by little the other side talks."""

    def __init__(self, stream: httpcore.NetworkStream, until: float) -> None:
        self._stream, self._until = stream, until

    def _left(self) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, self._left()), self._until)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def is_public(address: Address) -> bool:
    """Neither private nor of this machine, also not when an IPv4 address hides in one of IPv6."""
    if isinstance(address, ipaddress.IPv6Address):
        hidden = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
        if address in NAT64:
            hidden = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if hidden:
            return is_public(hidden)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _resolved(host: str, port: int) -> list[Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotFetched(Why.NO_ANSWER) from None
    return list(dict.fromkeys(ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found))


def fetch(url: str, *, agent: str, network: Outside | None = None, seconds: float = SECONDS) -> Page:
    """The page, through at most five redirects, within `seconds` and what names need. Raises `NotFetched`."""
    network = network or Outside()
    network.until = time.monotonic() + seconds
    with httpcore.ConnectionPool(ssl_context=ssl.create_default_context(), network_backend=network) as pool:
        asking, url = _Asking(pool, agent, network.until), _checked(url)
        for _ in range(REDIRECTS + 1):
            asking.ask_robots(url)
            answer = asking.get(url, MOST)
            if answer.leads_to is None:
                return Page(url, answer.type, answer.body)
            url = answer.leads_to
    raise NotFetched(Why.ROUNDABOUT)


@dataclass(frozen=True, slots=True)
class _Answer:
    type: str
    body: bytes
    leads_to: str | None = None


class _Asking:
    """The requests of one fetch, against one clock."""

    def __init__(self, pool: httpcore.ConnectionPool, agent: str, until: float) -> None:
        self._pool, self._agent, self._until = pool, agent, until
        self._rules: dict[str, RobotFileParser] = {}

    def ask_robots(self, url: str) -> None:
        """Raises `NotFetched` when the site does not want it; a site without rules wants everything."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = self._robots_of(site)
        if not self._rules[site].can_fetch(self._agent, url):
            raise NotFetched(Why.ROBOTS)

    def _robots_of(self, site: str) -> RobotFileParser:
        rules, url = RobotFileParser(), f"{site}/robots.txt"
        rules.parse([])
        for _ in range(REDIRECTS):
            try:
                answer = self.get(url, ROBOTS_MOST, cut=True)
            except NotFetched as refused:
                if refused.why in (Why.GONE, Why.CLOSED):
                    return rules
                raise
            if answer.leads_to is None:
                rules.parse(answer.body.decode("utf-8", "replace").splitlines())
                return rules
            url = answer.leads_to
        return rules

    def get(self, url: str, most: int, *, cut: bool = False) -> _Answer:
        """One answer, of which no more than `most` bytes are read: `cut` there, or refused."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise NotFetched(Why.SLOW)
        asked = [("host", urlsplit(url).netloc), ("user-agent", self._agent), ("accept", "*/*")]
        asked.append(("accept-encoding", "identity"))
        limits = {"timeout": {"connect": left, "pool": left}}
        try:
            with self._pool.stream("GET", url, headers=asked, extensions=limits) as answer:
                return self._read(url, answer, most, cut=cut)
        except httpcore.TimeoutException:
            raise NotFetched(Why.SLOW) from None
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError):
            raise NotFetched(Why.NO_ANSWER) from None

    def _read(self, url: str, answer: httpcore.Response, most: int, *, cut: bool) -> _Answer:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
        if answer.status in (301, 302, 303, 307, 308) and headers.get("location"):
            return _Answer("", b"", _checked(headers["location"], seen_at=url))
        _check(answer.status, headers)
        body = b""
        for part in answer.iter_stream():
            body += part
            if len(body) > most:
                if cut:
                    break
                raise NotFetched(Why.LARGE)
        return _Answer(headers.get("content-type", "").lower(), body[:most])


def _check(status: int, headers: Mapping[str, str]) -> None:
    if status in (404, 410):
        raise NotFetched(Why.GONE)
    if 400 <= status < 500:
        raise NotFetched(Why.CLOSED)
    if status != 200 or headers.get("content-encoding", "identity") != "identity":
        raise NotFetched(Why.BROKEN)


def _checked(url: str, *, seen_at: str = "") -> str:
    """The address in ASCII, without what lies behind "#". Raises `NotFetched` when it is none of the web."""
    try:
        parts = urlsplit(urljoin(seen_at, url))
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except (ValueError, UnicodeError):
        raise NotFetched(Why.ADDRESS) from None
    if parts.scheme not in ("http", "https") or not host or parts.username is not None or parts.password is not None:
        raise NotFetched(Why.ADDRESS)
    place = f"[{host}]" if ":" in host else host
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return f"{parts.scheme}://{place}{f':{port}' if port else ''}{path}{f'?{query}' if query else ''}"
