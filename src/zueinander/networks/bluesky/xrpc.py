"""Our account at its PDS: one login kept and refreshed, calls proxied to AppView and chat.

createSession is limited to 30 in five minutes and 300 a day, so a login is kept in the session store for as long as it
can be refreshed.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import orjson

from zueinander.networks import web
from zueinander.networks.port import BadSettings, Tools


class Session:
    """Safe to share between threads. All calls raise `web.Trouble`."""

    def __init__(self, server: str, identifier: str, password: str, chat_did: str, tools: Tools) -> None:
        self._server, self._identifier, self._password = server, identifier, password
        self._chat = f"{chat_did}#bsky_chat"
        self._tools = tools
        self._lock = threading.RLock()
        self._login: dict[str, str] = self._kept()

    def _kept(self) -> dict[str, str]:
        try:
            kept = orjson.loads(self._tools.session.load() or "{}")
            if kept["server"] == self._server and kept["identifier"] == self._identifier:
                return {str(key): str(value) for key, value in kept.items()}
        except (ValueError, KeyError, TypeError):
            pass
        return {}

    @property
    def did(self) -> str:
        return self.logged_in()["did"]

    @property
    def handle(self) -> str:
        return self.logged_in().get("handle", "")

    def logged_in(self) -> dict[str, str]:
        with self._lock:
            if not self._login:
                body = {"identifier": self._identifier, "password": self._password}
                self._keep(self._bare("createSession", json=body))
            return self._login

    def get(self, name: str, params: web.Params = (), *, chat: bool = False) -> Any:
        return self._call("GET", name, params=params, chat=chat)

    def post(self, name: str, body: Mapping[str, Any], *, chat: bool = False) -> Any:
        return self._call("POST", name, json=body, chat=chat)

    def _call(self, method: str, name: str, *, params: web.Params = (), json: object = None, chat: bool = False) -> Any:
        for attempt in (1, 2):
            login = self.logged_in()
            headers = {"authorization": f"Bearer {login['access']}"} | ({"atproto-proxy": self._chat} if chat else {})
            try:
                url = f"{login['pds']}/xrpc/{name}"
                now = self._tools.clock.now()
                return web.call(self._tools.http, method, url, params=params, headers=headers, json=json, now=now)
            except web.Trouble as trouble:
                if attempt == 1 and _is_stale(trouble):
                    self._renew(login["access"])
                    continue
                raise
        raise AssertionError("unreachable")

    def _renew(self, stale: str) -> None:
        """Refreshes the login, or logs in anew when it cannot be refreshed; another thread may have done so already."""
        with self._lock:
            if self._login.get("access") != stale:
                return
            refresh, self._login = self._login.get("refresh", ""), {}
            try:
                self._keep(self._bare("refreshSession", token=refresh))
            except web.Trouble as trouble:
                if trouble.status not in (400, 401):
                    raise
                self.logged_in()

    def _bare(self, name: str, *, json: object = None, token: str = "") -> Any:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        url = f"{self._server}/xrpc/com.atproto.server.{name}"
        return web.call(self._tools.http, "POST", url, headers=headers, json=json, now=self._tools.clock.now())

    def _keep(self, answer: Any) -> None:
        try:
            login = {"did": answer["did"], "access": answer["accessJwt"], "refresh": answer["refreshJwt"]}
            login |= {"handle": str(answer.get("handle", "")), "pds": _pds_of(answer.get("didDoc")) or self._server}
        except (KeyError, TypeError, AttributeError) as error:
            raise web.Trouble("unreadable answer to the login") from error
        self._login = login | {"server": self._server, "identifier": self._identifier}
        self._tools.session.save(orjson.dumps(self._login).decode())


def _is_stale(trouble: web.Trouble) -> bool:
    worn_out = any(word in trouble.reason for word in ("ExpiredToken", "could not be verified"))
    return trouble.status == 401 or (trouble.status == 400 and worn_out)


def _pds_of(document: object) -> str:
    """Where the account really lives; accounts move, so the address typed in is only where the login begins."""
    services = document.get("service") if isinstance(document, Mapping) else None
    for service in services if isinstance(services, list) else ():
        if isinstance(service, Mapping) and str(service.get("id", "")).endswith("#atproto_pds"):
            try:
                return web.base_url("server", str(service.get("serviceEndpoint")))
            except BadSettings:
                return ""
    return ""


def split_uri(uri: str) -> tuple[str, str, str]:
    """DID, collection and record key of an at:// address; ValueError if it is none."""
    parts = urlsplit(uri)
    pieces = uri.removeprefix("at://").split("/")
    if parts.scheme != "at" or len(pieces) != 3 or not all(pieces):
        raise ValueError(f"no at:// address: {uri[:80]}")
    return pieces[0], pieces[1], pieces[2]
