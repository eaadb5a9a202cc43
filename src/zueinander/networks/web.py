"""HTTP as adapters need it: bounded, impatient, and clear about whether something happened."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
import orjson

from zueinander.networks.port import BadSettings, Refused, Unclear
from zueinander.networks.texts import clean, excerpt, is_loopback

MAX_ANSWER = 20_000_000
"""Bytes of one answer that are read: a page of 40 posts, each far over what any network allows."""
MAX_SECONDS = 60.0
"""A server that drips its answer is given up after this."""
MAX_PAUSE = timedelta(hours=1)

Params = Sequence[tuple[str, str]]


class Trouble(Exception):  # noqa: N818  one word for all ways in which a call can fail
    """A call failed. `status` 0: no answer; `happened` False: the server certainly did nothing."""

    def __init__(self, reason: str, *, status: int = 0, happened: bool = True, pause: timedelta | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.happened = happened
        self.pause = pause

    def for_sender(self) -> Refused | Unclear:
        """The same said in the words of the port, about something that should have been sent."""
        if self.status == 429 or (self.status == 0 and not self.happened):
            return Refused(self.reason, self.pause or timedelta(seconds=30), all_wait=True)
        if 400 <= self.status < 500 and self.status != 408:
            return Refused(self.reason)
        return Unclear(self.reason)


def base_url(field_name: str, given: str, *, schemes: tuple[str, str] = ("https", "http")) -> str:
    """A server's address without trailing slash; the second, unencrypted scheme only for this machine."""
    url = given.strip().rstrip("/")
    if "://" not in url:
        url = f"{schemes[0]}://{url}"
    try:
        parts = urlsplit(url)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        parts, port_is_fine = urlsplit(""), False
    if not port_is_fine or not parts.hostname or clean(url).text != url or parts.username or " " in url:
        raise BadSettings(field_name, "Das ist keine Serveradresse.")
    if parts.scheme == schemes[1] and not is_loopback(parts.hostname):
        raise BadSettings(field_name, f"Ohne Verschlüsselung geht es nur auf diesem Rechner. Nimm {schemes[0]}://.")
    if parts.scheme not in schemes:
        raise BadSettings(field_name, f"Die Adresse muss mit {schemes[0]}:// beginnen.")
    return url


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long the server asks us to stay away: Retry-After (seconds or date) or X-RateLimit-Reset/RateLimit-Reset."""
    wish = headers.get("retry-after") or headers.get("x-ratelimit-reset") or headers.get("ratelimit-reset")
    if not wish:
        return None
    pause = _as_pause(wish.strip(), now)
    return None if pause is None else max(timedelta(0), min(pause, MAX_PAUSE))


def _as_pause(wish: str, now: datetime) -> timedelta | None:
    try:
        if wish.isdecimal():
            number = int(wish[:12])
            if number >= 10**11:
                return MAX_PAUSE
            return timedelta(seconds=number) if number < 10**8 else datetime.fromtimestamp(number, UTC) - now
        moment = datetime.fromisoformat(wish) if wish[:1].isdecimal() else parsedate_to_datetime(wish)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
    except (ValueError, OverflowError, OSError):
        return None


def call(
    client: httpx.Client,
    method: str,
    url: str,
    *,
    params: Params = (),
    headers: Mapping[str, str] | None = None,
    json: object = None,
    form: Mapping[str, str] | None = None,
    now: datetime,
) -> Any:
    """The parsed JSON answer (None for an empty one); every failure is `Trouble`. The body is `json` or `form`."""
    content, sent = None, dict(headers or {})
    if form is not None:
        content, sent["content-type"] = urlencode(form).encode(), "application/x-www-form-urlencoded"
    elif json is not None:
        content, sent["content-type"] = orjson.dumps(json), "application/json"
    try:
        with client.stream(method, url, params=list(params), headers=sent, content=content) as answer:
            body = _read(answer)
            status, received = answer.status_code, answer.headers
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise Trouble(f"no connection: {type(error).__name__}", happened=False) from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise Trouble(f"connection lost: {type(error).__name__}") from error
    if status >= 300:
        raise Trouble(f"HTTP {status}: {excerpt(body)}", status=status, pause=retry_after(received, now))
    try:
        return orjson.loads(body) if body.strip() else None
    except ValueError as error:
        raise Trouble(f"unreadable answer: {excerpt(body)}", status=0) from error


def _read(answer: httpx.Response) -> bytes:
    until, parts, size = time.monotonic() + MAX_SECONDS, [], 0
    for part in answer.iter_bytes():
        size += len(part)
        if size > MAX_ANSWER:
            raise Trouble("answer too large")
        if time.monotonic() > until:
            raise Trouble("answer too slow")
        parts.append(part)
    return b"".join(parts)


class Backoff:
    """Growing pauses between attempts, with a little chance in them so that many listeners do not come back at once."""

    def __init__(self, stop: threading.Event, first: float = 1.0, most: float = 120.0) -> None:
        self._stop, self._first, self._most = stop, first, most
        self._next = first

    def pause(self, asked: timedelta | None = None) -> bool:
        """Waits (at least as long as `asked`); True when it is time to stop."""
        return self._stop.wait(self.seconds(asked))

    def seconds(self, asked: timedelta | None = None) -> float:
        """How long the next pause is (at least as long as `asked`); the one after it is longer."""
        seconds = self._next * random.uniform(0.7, 1.3)
        self._next = min(self._next * 2, self._most)
        return max(seconds, asked.total_seconds() if asked else 0.0)

    def reset(self) -> None:
        self._next = self._first
