"""Passing a request on to the application over its Unix socket."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx

if TYPE_CHECKING:
    from granian._granian import RSGIHTTPProtocol as HTTPProtocol
    from granian.rsgi import Scope

LARGEST = 64 * 1024 * 1024
CAME_FROM = "x-zueinander-from"
_OF_ONE_CONNECTION = {
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer",
    "transfer-encoding", "upgrade", "expect",
}  # fmt: skip
_OF_A_PROXY = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-port", "forwarded", "x-real-ip"}
_AGAIN_S = (0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 2.0)  # while the application starts again, nothing has been sent yet
_AWAY = (
    "<!doctype html><meta charset=utf-8><title>Gleich wieder da</title><p>Einen Moment bitte, wir starten gerade neu."
)


class TooLarge(Exception):  # noqa: N818
    pass


class Application:
    """`trust_proxy`: somebody in front of us has set X-Forwarded-* themselves; from anybody else these are dropped."""

    def __init__(self, socket: str, *, trust_proxy: bool) -> None:
        limits = httpx.Limits(max_connections=64, max_keepalive_connections=0)  # gunicorn's threads close them anyway
        self._client = httpx.AsyncClient(
            transport=httpx.AsyncHTTPTransport(uds=socket, limits=limits), timeout=httpx.Timeout(75, connect=5)
        )
        self._dropped = {*_OF_ONE_CONNECTION, CAME_FROM, *(() if trust_proxy else _OF_A_PROXY)}

    async def answer(self, scope: Scope, proto: HTTPProtocol) -> None:
        try:
            body = await _body(proto)
        except TooLarge:
            return proto.response_str(413, [("content-type", "text/plain; charset=utf-8")], "Das ist zu groß für uns.")
        try:
            response = await self._ask(scope, body)
            data = b"".join([part async for part in response.aiter_raw()])
        except httpx.HTTPError:
            return proto.response_str(503, [("content-type", "text/html; charset=utf-8"), ("retry-after", "3")], _AWAY)
        headers = list(_kept(response.headers.multi_items(), {*_OF_ONE_CONNECTION, "content-length"}))
        if scope.method == "HEAD" or response.status_code in (204, 304):
            length = response.headers.get("content-length")
            more = [("content-length", length)] if length and scope.method == "HEAD" else []
            return proto.response_empty(response.status_code, headers + more)
        return proto.response_bytes(response.status_code, headers, data)

    async def _ask(self, scope: Scope, body: bytes) -> httpx.Response:
        query = f"?{scope.query_string}" if scope.query_string else ""
        headers = [
            *_kept(scope.headers.items(), self._dropped),
            (CAME_FROM, scope.client.rpartition(":")[0].strip("[]")),
        ]
        request = httpx.Request(scope.method, f"http://app{_quoted(scope.path)}{query}", headers=headers, content=body)
        for pause in (*_AGAIN_S, None):
            try:
                return await self._client.send(request, stream=True)
            except httpx.ConnectError:
                if pause is None:
                    raise
                await asyncio.sleep(pause)
        raise AssertionError("unreachable")


def _kept(headers: Iterable[tuple[str, str]], dropped: set[str]) -> Iterable[tuple[str, str]]:
    return ((name, value) for name, value in headers if name.lower() not in dropped)


def _quoted(path: str) -> str:
    return quote(path, safe="/:@!$&'()*+,;=~-._")


async def _body(proto: HTTPProtocol) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in proto:
        size += len(part)
        if size > LARGEST:
            raise TooLarge
        parts.append(part)
    return b"".join(parts)
