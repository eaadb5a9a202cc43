"""Mail servers that refuse, hang or break off, and mails that are too large or come twice."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import orjson
import pytest

from testnet.mail import MailServer
from tests.networks.hearing import listening, tools
from tests.networks.stages import MailStage, fresh
from zueinander.networks import registry
from zueinander.networks.form import FormAdapter
from zueinander.networks.port import Address, Outgoing, Refused, Unclear


@pytest.fixture
def stage(mail_server: MailServer) -> MailStage:
    return MailStage(mail_server)


def outgoing(to: str, **more: Any) -> Outgoing:
    return Outgoing(fresh("key"), Address(f"mailto:{to}", to), "Schön, dass du schreibst.", "direct", **more)


def test_an_automatic_mail_says_so_in_its_head(stage: MailStage) -> None:
    adapter: Any = stage.adapter()
    sent = adapter.send(
        outgoing(stage.person.address, automatic=True, in_reply_to="frage-1@example.org#abc", subject="Für\r\ndich")
    )
    stage.answers(1)
    (mail,) = stage.server.inbox(stage.their_name)
    assert mail["Message-ID"] == f"<{sent.native_id}>"
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["In-Reply-To"] == "<frage-1@example.org>"
    assert mail["Subject"] == "Für dich"
    assert "Bcc" not in mail


def test_an_address_the_server_does_not_take_is_refused(stage: MailStage) -> None:
    adapter: Any = stage.adapter()
    for address in ("weg@outside.example", "kein", "a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example"):
        with pytest.raises(Refused) as refused:
            adapter.send(outgoing(address))
        assert refused.value.retry_after is None


def test_a_hanging_server_is_given_up_before_anything_was_sent(mail_server: MailServer) -> None:
    stage = MailStage(mail_server, timeout="1")
    adapter: Any = stage.adapter()
    os.killpg(mail_server.smtp_group, signal.SIGSTOP)
    try:
        with pytest.raises(Refused) as refused:
            adapter.send(outgoing(stage.person.address))
    finally:
        os.killpg(mail_server.smtp_group, signal.SIGCONT)
    assert refused.value.retry_after is not None
    assert adapter.send(outgoing(stage.person.address)).native_id


def test_a_hanging_mailbox_is_waited_for(mail_server: MailServer) -> None:
    stage = MailStage(mail_server, timeout="1")
    with listening(stage.adapter()) as ear:
        ear.until(lambda ear: bool(ear.batches))
        os.killpg(mail_server.imap_group, signal.SIGSTOP)
        try:
            time.sleep(2.5)
            assert ear.died is None
        finally:
            os.killpg(mail_server.imap_group, signal.SIGCONT)
        stage.say(words := f"Wieder da {fresh()}")
        ear.hears(words)


def test_one_mail_delivered_twice_is_one(stage: MailStage) -> None:
    sender, to = f"{stage.their_name}@example.org", f"{stage.our_name}@example.org"
    for _ in range(2):
        stage.server.deliver(sender, to, "Ich suche", Message_ID="<zweimal@example.org>")
    with listening(stage.adapter()) as ear:
        ear.until(lambda ear: len(ear.posted) == 2)
    assert len({(post.native_id, post.version) for post in ear.posted}) == 1


def test_ten_megabytes_are_cut(stage: MailStage) -> None:
    sender, to = f"{stage.their_name}@example.org", f"{stage.our_name}@example.org"
    head = f"From: {sender}\r\nTo: {to}\r\nSubject: Lang\r\nMessage-ID: <{fresh()}@example.org>\r\n\r\n"
    stage.server.deliver_raw(sender, to, (head + "Ich suche Gesellschaft.\r\n" * 400_000).encode())
    stage.say(words := f"danach {fresh()}")
    with listening(stage.adapter()) as ear:
        long = ear.hears("Ich suche Gesellschaft.")
        ear.hears(words)
    assert "cut" in long.notes
    assert len(long.text) <= 20_000


def test_a_mailbox_that_was_numbered_anew_is_read_again(stage: MailStage) -> None:
    stage.say(words := f"Noch da {fresh()}")
    with listening(stage.adapter()) as ear:
        ear.hears(words)
    state = orjson.loads(ear.cursor or "")
    with listening(stage.adapter(), orjson.dumps(state | {"validity": "1", "uid": 999}).decode()) as second:
        second.hears(words)
    assert any(batch.gap for batch in second.batches)


def test_a_wrong_password_ends_the_listening_with_a_clear_word(stage: MailStage) -> None:
    from zueinander.networks.port import Connection

    wrong = Connection("mail", stage.connection.settings, {"password": "falsch"})
    with listening(registry.make(wrong, tools())) as ear:
        while ear.died is None:
            time.sleep(0.05)
    assert isinstance(ear.died, Refused)


@pytest.fixture
def breaking_off() -> Iterator[int]:
    """An SMTP server that takes a mail and hangs up without a word."""
    listener = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        connection, _ = listener.accept()
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"220 hallo\r\n")
            for line in lines:
                if line.upper().startswith(b"DATA"):
                    connection.sendall(b"354 los\r\n")
                elif line == b".\r\n":
                    return
                elif line.upper().startswith((b"EHLO", b"MAIL", b"RCPT")):
                    connection.sendall(b"250 ja\r\n")

    thread = threading.Thread(target=answer)
    thread.start()
    yield listener.getsockname()[1]
    thread.join()
    listener.close()


def test_a_server_that_hangs_up_after_the_mail_leaves_it_unclear(mail_server: MailServer, breaking_off: int) -> None:
    adapter: Any = MailStage(mail_server, smtp_port=str(breaking_off)).adapter()
    with pytest.raises(Unclear):
        adapter.send(outgoing("ada@example.org"))


def test_a_busy_server_names_a_later_time(mail_server: MailServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    adapter: Any = MailStage(mail_server, smtp_port=str(port)).adapter()
    with pytest.raises(Refused) as refused:
        adapter.send(outgoing("ada@example.org"))
    assert refused.value.retry_after is not None
    assert refused.value.retry_after >= timedelta(seconds=30)


def test_the_form_answers_by_mail_or_says_why_not(stage: MailStage) -> None:
    without = FormAdapter(tools())
    connected: Any = registry.make(type(stage.connection)("form", stage.connection.settings), tools())
    with pytest.raises(Refused):
        without.send(outgoing(stage.person.address))
    with pytest.raises(Refused):
        connected.send(Outgoing(fresh("key"), Address("form:abc"), "Hallo", "direct"))
    assert connected.send(outgoing(stage.person.address)).native_id
    assert len(stage.answers(1)) == 1
