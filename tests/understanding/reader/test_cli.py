"""`zueinander read`: one line out for each line in, and nothing lost; the optional second opinion."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

from zueinander.understanding.reader import Reader, cli
from zueinander.understanding.reader.adapter import SecondOpinion


def test_every_line_is_answered_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(
        '{"id": 1, "text": "Suche Gesellschaft in Kiel", "posted_at": "2026-12-20T10:00:00Z"}\nkein json\n'
        '\n{"id": 2}\n{"id": 3, "text": ""}\n[1]\n{"id": 4, "text": "Noch ein Platz frei in Kiel"}\n',
        encoding="utf-8",
    )
    assert cli.main([str(source), "-o", str(target)]) == 1
    rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [r.get("id") for r in rows] == [1, None, None, 3, None, 4]
    assert [r.get("line") for r in rows] == [None, 2, 4, 5, 6, None]
    assert rows[0]["intent"] == "seek"
    assert "line 2" in capsys.readouterr().err


def test_all_well_is_zero_and_a_missing_file_two(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": "a", "text": "Hallo zusammen"}\n', encoding="utf-8")
    assert cli.main([str(source), "-o", str(tmp_path / "out")]) == 0
    assert cli.main([str(tmp_path / "none")]) == 2


@pytest.mark.parametrize("content", [b"", b"no model", None])
def test_what_is_no_model_is_said_and_nothing_is_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None
) -> None:
    model, target = tmp_path / "model.npz", tmp_path / "out"
    target.write_text("readings of yesterday", encoding="utf-8")
    if content is None:
        np.savez(model, names=np.zeros(1))  # of a version that knew less
    else:
        model.write_bytes(content)
    assert cli.main([str(tmp_path / "in.jsonl"), "-o", str(target), "--model", str(model)]) == 2
    assert "kein Modell" in capsys.readouterr().err
    assert target.read_text(encoding="utf-8") == "readings of yesterday"


class _Model(BaseHTTPRequestHandler):
    seen: list[dict[str, Any]] = []
    answer = '{"intent": "offer"}'

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.seen.append({"path": self.path, "body": body, "key": self.headers.get("Authorization")})
        out = json.dumps({"choices": [{"message": {"content": self.answer}}]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(out)))
        self.end_headers()
        self.wfile.write(out)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def opinion() -> Iterator[SecondOpinion]:
    _Model.seen, _Model.answer = [], '{"intent": "offer"}'
    server = HTTPServer(("127.0.0.1", 0), _Model)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    client = httpx.Client(base_url=f"http://127.0.0.1:{server.server_port}/v1/", headers={"Authorization": "Bearer k"})
    yield SecondOpinion(client, "klein", below=1.1)
    client.close()
    server.shutdown()
    server.server_close()


def test_only_a_masked_text_leaves_and_the_answer_is_taken(reader: Reader, opinion: SecondOpinion) -> None:
    text = "Hm, vielleicht ja, ruf 0171 2345678 an oder anna@beispiel.de"
    before = reader.read(text)
    after = opinion.ask(text, before)
    assert after.intent == "offer"
    sent = _Model.seen[0]
    assert sent["path"] == "/v1/chat/completions"
    assert sent["body"]["model"] == "klein"
    assert "2345678" not in json.dumps(sent)
    assert "anna@" not in json.dumps(sent)


def test_danger_and_minors_never_leave(reader: Reader, opinion: SecondOpinion) -> None:
    for text in ("Ich will nicht mehr leben", "Ich bin 15 und allein"):
        reading = reader.read(text)
        assert opinion.ask(text, reading) == reading
    assert _Model.seen == []


@pytest.mark.parametrize("answer", ["quatsch", '{"intent": "crisis"}', '{"intent": "tanzen"}', "{}"])
def test_nonsense_leaves_the_readers_own_answer(reader: Reader, opinion: SecondOpinion, answer: str) -> None:
    _Model.answer = answer
    reading = reader.read("Hm, vielleicht ja")
    assert opinion.ask("Hm, vielleicht ja", reading) == reading
