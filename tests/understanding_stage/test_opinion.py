"""A second opinion: off by default; when on, only unsure and harmless texts leave, masked; only good answers count.

The server answers as the vendor's description of `POST /chat/completions` says and refuses what it does not allow:
unknown fields, missing ones, wrong types, no key.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import ValidationError

from tests.flowing import arrive, make_account, make_volunteer, said
from zueinander.shared.config import Config
from zueinander.understanding import opinion
from zueinander.understanding.actions import correct, read_waiting
from zueinander.understanding.models import Reading

pytestmark = pytest.mark.django_db
UNSURE = "Hm, vielleicht ja, ruf 0171 2345678 an oder anna@beispiel.de"
FIELDS = {"model", "messages", "temperature", "max_tokens", "max_completion_tokens", "response_format", "seed", "user"}
ROLES = {"system", "user", "assistant", "developer", "tool"}


def wrong(body: Any) -> str:
    """What the vendor would object to, or nothing."""
    if not isinstance(body, dict) or not isinstance(body.get("model"), str) or not body["model"]:
        return "you must provide a model parameter"
    if set(body) - FIELDS:
        return f"Unrecognized request argument supplied: {sorted(set(body) - FIELDS)}"
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages:
        return "[] is too short - 'messages'"
    for message in messages:
        if set(message) - {"role", "content", "name"} or message.get("role") not in ROLES:
            return "invalid message"
        if not isinstance(message.get("content"), str):
            return "invalid content"
    heat = body.get("temperature", 1)
    return "" if isinstance(heat, int | float) and 0 <= heat <= 2 else "temperature out of range"


class Vendor(BaseHTTPRequestHandler):
    seen: list[dict[str, Any]] = []
    content: str = '{"intent": "offer"}'
    status: int = 200

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path != "/v1/chat/completions":
            return self.say(
                404, {"error": {"message": f"Invalid URL (POST {self.path})", "type": "invalid_request_error"}}
            )
        if self.headers.get("Authorization") != "Bearer geheim":
            return self.say(401, {"error": {"message": "Incorrect API key provided", "type": "invalid_request_error"}})
        if self.headers.get("Content-Type") != "application/json" or wrong(body):
            return self.say(400, {"error": {"message": wrong(body), "type": "invalid_request_error"}})
        self.seen.append(body)
        if self.status != 200:
            return self.say(self.status, {"error": {"message": "Rate limit reached", "type": "requests"}})
        message = {"role": "assistant", "content": self.content, "refusal": None}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        usage = {"prompt_tokens": 90, "completion_tokens": 8, "total_tokens": 98}
        return self.say(200, {
            "id": "chatcmpl-1", "object": "chat.completion", "created": 1_797_000_000, "model": body["model"],
            "choices": [choice], "usage": usage,
        })  # fmt: skip

    def say(self, status: int, body: dict[str, Any]) -> None:
        out = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(out)))
        self.end_headers()
        self.wfile.write(out)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def vendor(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Vendor]]:
    Vendor.seen, Vendor.content, Vendor.status = [], '{"intent": "offer"}', 200
    server = HTTPServer(("127.0.0.1", 0), Vendor)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    chosen = SimpleNamespace(
        opinion_url=f"http://127.0.0.1:{server.server_port}/v1", opinion_key="geheim", opinion_model="klein",
        opinion_below=1.1,
    )  # fmt: skip
    monkeypatch.setattr(opinion, "config", lambda: chosen)
    yield Vendor
    server.shutdown()
    server.server_close()


def read(text: str) -> Reading:
    arrive(make_account(), said(text))
    read_waiting()
    return Reading.objects.get()


def test_it_is_off_by_default() -> None:
    read(UNSURE)
    assert Config().opinion_url == ""
    assert opinion.ask_waiting() == 0


def test_a_plain_address_over_the_net_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZUEINANDER_OPINION_URL", "http://modell.example/v1")
    with pytest.raises(ValidationError):
        Config()


def test_an_unsure_text_leaves_masked_and_the_answer_is_taken(vendor: type[Vendor]) -> None:
    before = read(UNSURE)
    assert before.intent != "offer"
    assert opinion.ask_waiting() == 1
    sent = json.dumps(vendor.seen)
    assert "2345678" not in sent
    assert "anna@" not in sent
    after = Reading.objects.get()
    assert (after.intent, after.found["intent"], after.found["opinion"]) == ("offer", "offer", "offer")
    assert after.listed_at is None
    assert after.confidence == before.confidence


def test_nobody_is_asked_twice(vendor: type[Vendor]) -> None:
    read(UNSURE)
    opinion.ask_waiting()
    opinion.ask_waiting()
    assert len(vendor.seen) == 1


@pytest.mark.parametrize(
    "text", ["Ich will nicht mehr leben", "Ich bin 15 und suche Gesellschaft", "Ich bin so einsam und weine"]
)
def test_danger_distress_and_minors_never_leave(vendor: type[Vendor], text: str) -> None:
    read(text)
    assert opinion.ask_waiting() == 0
    assert vendor.seen == []


def test_what_a_volunteer_judged_is_not_asked_about(vendor: type[Vendor]) -> None:
    correct(read(UNSURE), by=make_volunteer(), intent="comment")
    assert opinion.ask_waiting() == 0
    assert vendor.seen == []


@pytest.mark.parametrize("content", ["offer", '{"intent": "crisis"}', '{"intent": "tanzen"}', "[]", "null", ""])
def test_a_bad_answer_changes_nothing(vendor: type[Vendor], content: str) -> None:
    before = read(UNSURE)
    vendor.content = content
    assert opinion.ask_waiting() == 0
    assert Reading.objects.get().intent == before.intent


@pytest.mark.parametrize("status", [401, 429, 500])
def test_an_endpoint_in_trouble_changes_nothing(vendor: type[Vendor], status: int) -> None:
    before = read(UNSURE)
    vendor.status = status
    assert opinion.ask_waiting() == 0
    assert Reading.objects.get().intent == before.intent
