"""A payment provider on this machine, as strict as Mollie's public OpenAPI description (API v2, as of November 2026).

Only what we use of it: "Create payment", "Get payment", "Get primary balance", "List balance transactions", "Get
settlement". Field names, states and errors as described there; what is not described is refused. Around it a small
world: people pay or do not, banks take money back, the balance is paid out. The world is the tests' truth.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.utils import timezone

TOKEN, PROFILE = "access_Wvwu7egPcJLLJ9Kb7J632x8w", "pfl_QkEhN94Ba"
FIELDS = {
    "amount", "description", "redirectUrl", "cancelUrl", "webhookUrl", "locale", "method", "metadata", "profileId",
    "testmode", "sequenceType",
}  # fmt: skip
LOCALES = {"de_DE", "de_AT", "de_CH", "en_GB", "en_US"}


class Wrong(Exception):  # noqa: N818
    def __init__(self, status: int, detail: str, where: str = "") -> None:
        super().__init__(detail)
        self.status, self.where = status, where


def euros(cents: int) -> dict[str, str]:
    return {"currency": "EUR", "value": f"{Decimal(cents) / 100:.2f}"}


@dataclass
class World:
    """What really happened, in cents. `calls`: what Mollie would tell us, in the order it happened."""

    address: str = ""
    mode: str = "test"
    payments: dict[str, dict[str, Any]] = field(default_factory=dict)
    answered: dict[str, tuple[bytes, dict[str, Any]]] = field(default_factory=dict)
    moves: list[dict[str, Any]] = field(default_factory=list)
    settlements: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: list[tuple[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    broken: int = 0
    flat: bool = True
    clock: datetime | None = None
    received: int = 0
    gone_back: int = 0
    fees: int = 0
    out: int = 0

    @property
    def balance(self) -> int:
        return self.received - self.gone_back - self.fees - self.out

    def _now(self) -> str:
        self.clock = max(self.clock + timedelta(seconds=1), timezone.now()) if self.clock else timezone.now()
        return (self.clock + timedelta(seconds=1)).replace(microsecond=0).isoformat()

    def _state(self, number: str, state: str) -> None:
        self.payments[number]["status"] = state
        self._call(number)

    def _call(self, number: str) -> None:
        if url := self.payments[number].get("webhookUrl"):
            self.calls.append((url, number))

    def _move(self, word: str, gross: int, fee: int, context: dict[str, str]) -> None:
        kind = "".join([word.split("-")[0], *(part.title() for part in word.split("-")[1:])])
        self.moves.append({
            "resource": "balance-transaction", "id": f"baltr_{len(self.moves) + 1:018d}", "type": word,
            "resultAmount": euros(gross - fee), "initialAmount": euros(gross),
            **({"deductions": euros(-fee)} if fee else {}), "createdAt": self._now(),
            "context": context if self.flat else {kind: context},
        })  # fmt: skip
        self.fees += fee

    # -- what people and banks do -------------------------------------------------------------------------------------

    def pays(self, number: str, *, fee: int = 29) -> None:
        assert self.payments[number]["status"] in ("open", "pending", "expired")
        cents = self.cents(number)
        self.received += cents
        self._move("payment", cents, fee, {"paymentId": number})
        self._state(number, "paid")

    def waits(self, number: str) -> None:
        self._state(number, "pending")

    def gives_up(self, number: str, state: str = "canceled") -> None:
        self._state(number, state)

    def goes_back(self, number: str, cents: int, *, word: str = "refund", fee: int = 25) -> None:
        self.gone_back += cents
        self._move(word, -cents, fee, {"paymentId": number, f"{word}Id": f"re_{len(self.moves):06d}"})
        self._call(number)

    def comes_again(self, number: str, cents: int, *, word: str = "chargeback-reversal") -> None:
        self.gone_back -= cents
        self._move(word, cents, 0, {"paymentId": number})
        self._call(number)

    def something(self, word: str, cents: int) -> None:
        """A movement that belongs to no payment."""
        if cents < 0:
            self.fees -= cents
        else:
            self.received += cents
        self._move(word, cents, 0, {})

    def pays_out(self) -> tuple[str, int]:
        """The whole balance goes to our bank: the reference in its statement, and the amount."""
        number, cents = f"stl_{len(self.settlements) + 1:08d}", self.balance
        reference = f"1234567.2611.{len(self.settlements) + 1:02d}"
        self._move("outgoing-transfer", -cents, 0, {"settlementId": number, "transferId": f"trf_{number[4:]}"})
        self.out += cents
        self.settlements[number] = {
            "resource": "settlement", "id": number, "reference": reference, "status": "paidout",
            "amount": euros(cents), "balanceId": "bal_gVMhHKqSSRYJyPsuoPNFH", "createdAt": self._now(), "_links": {},
        }  # fmt: skip
        return reference, cents

    def returns_payout(self, number: str) -> None:
        cents = self._cents(self.settlements[number]["amount"])
        self.out -= cents
        self._move("returned-transfer", cents, 0, {"settlementId": number})

    def cents(self, number: str) -> int:
        return self._cents(self.payments[number]["amount"])

    @staticmethod
    def _cents(amount: dict[str, str]) -> int:
        return int(Decimal(amount["value"]) * 100)

    # -- what the interface answers -----------------------------------------------------------------------------------

    def create(self, body: bytes, key: str) -> dict[str, Any]:
        """The same key within the hour is answered as the first time; with another body it is a mistake."""
        if not key:
            raise Wrong(400, "no idempotency key")
        if key in self.answered:
            if self.answered[key][0] != body:
                raise Wrong(409, "this idempotency key was used with another body")
            return self.answered[key][1]
        data = json.loads(body)
        self._check(data)
        number = f"tr_{len(self.payments) + 1:010d}"
        payment = {
            "resource": "payment", "id": number, "mode": self.mode, "status": "open", "createdAt": self._now(),
            "amount": data["amount"], "description": data["description"], "sequenceType": "oneoff", "method": None,
            "profileId": PROFILE, "redirectUrl": data["redirectUrl"], "metadata": data.get("metadata"),
            **({"webhookUrl": data["webhookUrl"]} if "webhookUrl" in data else {}),
            "_links": {
                "self": {"href": f"{self.address}/v2/payments/{number}", "type": "application/hal+json"},
                "checkout": {"href": f"{self.address}/checkout/{number}", "type": "text/html"},
            },
        }  # fmt: skip
        self.payments[number] = payment
        self.answered[key] = (body, json.loads(json.dumps(payment)))
        return payment

    def _check(self, data: dict[str, Any]) -> None:
        for name in set(data) - FIELDS:
            raise Wrong(422, f"the parameter {name} does not exist", name)
        amount = data.get("amount") or {}
        if amount.get("currency") != "EUR" or not re.fullmatch(r"\d{1,6}\.\d{2}", str(amount.get("value"))):
            raise Wrong(422, "The amount is invalid", "amount")
        if not 1 <= len(str(data.get("description") or "")) <= 255:
            raise Wrong(422, "The description is invalid", "description")
        for name in ("redirectUrl", *(["webhookUrl"] if "webhookUrl" in data else [])):
            if urlsplit(str(data.get(name))).scheme not in ("http", "https"):
                raise Wrong(422, "The URL is invalid", name)
        if data.get("profileId") != PROFILE or data.get("locale", "de_DE") not in LOCALES:
            raise Wrong(422, "The profile or locale is invalid", "profileId")
        if len(json.dumps(data.get("metadata"))) > 1024:
            raise Wrong(422, "The metadata is too large", "metadata")
        self._in_our_mode(data.get("testmode"))

    def _in_our_mode(self, testmode: object) -> None:
        if (testmode in (True, "true")) is not (self.mode == "test"):
            raise Wrong(404, "No object exists in this mode")

    def read(self, path: str, query: dict[str, str]) -> dict[str, Any]:
        self._in_our_mode(query.pop("testmode", None))
        found = re.fullmatch(r"/v2/(payments|settlements|balances)/(\w+)(/transactions)?", path)
        if not found:
            raise Wrong(404, "There is nothing here")
        things, number, more = found.groups()
        if things == "balances":
            return self._transactions(query) if more else self._balance()
        kept: dict[str, dict[str, Any]] = self.payments if things == "payments" else self.settlements
        if number not in kept:
            raise Wrong(404, f"No {things[:-1]} exists with token {number}.")
        return kept[number]

    def _balance(self) -> dict[str, Any]:
        return {
            "resource": "balance", "id": "bal_gVMhHKqSSRYJyPsuoPNFH", "mode": self.mode, "currency": "EUR",
            "status": "active", "availableAmount": euros(self.balance), "pendingAmount": euros(0), "_links": {},
        }  # fmt: skip

    def _transactions(self, query: dict[str, str]) -> dict[str, Any]:
        """The newest first, by pages; small ones, so that paging is met often."""
        limit = int(query.pop("limit", "50"))
        first = query.pop("from", "")
        if query or not 1 <= limit <= 250:
            raise Wrong(400, "The limit or a parameter is invalid")
        newest = self.moves[::-1]
        start = next((n for n, one in enumerate(newest) if one["id"] == first), 0)
        page, rest = newest[start : start + 7], newest[start + 7 : start + 8]
        mode = "&testmode=true" if self.mode == "test" else ""
        path = f"{self.address}/v2/balances/bal_gVMhHKqSSRYJyPsuoPNFH/transactions"
        next_page = {"href": f"{path}?from={rest[0]['id']}&limit={limit}{mode}", "type": "hal"} if rest else None
        return {"count": len(page), "_embedded": {"balance_transactions": page}, "_links": {"next": next_page}}


class Server(ThreadingHTTPServer):
    daemon_threads = True
    world: World


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one packet an answer
    server: Server

    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        place = urlsplit(self.path)
        if place.path.startswith("/checkout/"):
            self._checkout(*place.path.split("/")[2:])
            return
        query = {name: values[0] for name, values in parse_qs(place.query).items()}
        self._answer(200, lambda: self.server.world.read(place.path, query))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        key = self.headers.get("Idempotency-Key", "") if self.path == "/v2/payments" else ""
        self._answer(201, lambda: self.server.world.create(body, key))

    def _checkout(self, number: str, done: str = "") -> None:
        """The page on which people pay, with the button that leads back."""
        world = self.server.world
        if done:
            world.pays(number)
        page = f'<!doctype html><h1>Mollie</h1><a href="/checkout/{number}/x">Pay</a>'
        where = {"Location": world.payments[number]["redirectUrl"]} if done else {}
        self._send(303 if done else 200, b"" if done else page.encode(), {"Content-Type": "text/html", **where})

    def _answer(self, status: int, made: Any) -> None:
        world = self.server.world
        world.asked.append(f"{self.command} {urlsplit(self.path).path}")
        try:
            if self.headers.get("Authorization") != f"Bearer {TOKEN}":
                raise Wrong(401, "Missing authentication, or failed to authenticate")
            if world.broken:
                world.broken -= 1
                raise Wrong(503, "The service is temporarily unavailable")
            found = made()
        except Wrong as wrong:
            status = wrong.status
            found = {"status": status, "title": "Error", "detail": str(wrong), "_links": {}}
            found |= {"field": wrong.where} if wrong.where else {}
        self._send(status, json.dumps(found).encode(), {"Content-Type": "application/hal+json"})

    def _send(self, status: int, data: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)
        self.wfile.flush()


@contextmanager
def running() -> Iterator[World]:
    """The provider behind real HTTP on a free port of this machine."""
    server = Server(("127.0.0.1", 0), Handler)
    server.world = World(address=f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.world
    finally:
        server.shutdown()
        server.server_close()
