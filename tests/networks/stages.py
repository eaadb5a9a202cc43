"""One stage for each network, on which the same play is performed: somebody writes, we listen and answer."""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest

from testnet.bluesky import BlueskyNetwork
from testnet.mail import PASSWORD, MailServer
from testnet.mastodon import MastodonServer
from tests.networks.hearing import PATIENCE, KeptSession, RealClock, tools
from zueinander.networks import registry
from zueinander.networks.form import Answers, FormAdapter
from zueinander.networks.manual import ManualAdapter, Paste
from zueinander.networks.port import Adapter, Address, Batch, Connection, Posted


class Stage(Protocol):
    """`adapter` makes a new one, as after a restart. `say` writes something that concerns us and asks for an answer.

    `live`: what is said while an adapter listens reaches it.
    """

    live: bool

    def adapter(self) -> Adapter: ...

    def say(self, text: str) -> None: ...


class Erasing(Protocol):
    def erase(self, text: str) -> None:
        """The author deletes what they said with this text."""


class Answered(Protocol):
    @property
    def person(self) -> Address: ...

    def answers(self, expected: int) -> list[str]:
        """What arrived at the person, waited for until `expected` are there."""
        ...


def fresh(prefix: str = "t") -> str:
    return prefix + secrets.token_hex(4)


class BlueskyStage:
    live = True

    def __init__(self, network: BlueskyNetwork, wire: str = "jetstream", **settings: str) -> None:
        self.network, self.tag, self.session = network, fresh("tag"), KeptSession()
        self.us, self.somebody = network.account(), network.account()
        self._uris: dict[str, str] = {}
        given = {
            "handle": self.us.handle,
            "server": network.pds,
            "wire": wire,
            "stream_url": network.jetstream if wire == "jetstream" else network.firehose,
            "plc": network.plc,
            "chat_did": network.chat_did,
            "messages_every": "0.3",
            "notifications_every": "0.5",
            "from_beginning": "1",
        }
        self.connection = Connection("bluesky", given | settings, {"app_password": self.us.password}, (self.tag,))

    def adapter(self) -> Adapter:
        return registry.make(self.connection, tools(self.session))

    def say(self, text: str) -> None:
        said = self.somebody.post(f"@{self.us.handle} {text} #{self.tag}", mentions={f"@{self.us.handle}": self.us.did})
        self._uris[text] = said["uri"]

    def whisper(self, text: str) -> None:
        self.somebody.message(self.us.did, text)

    def mutter(self, text: str) -> None:
        """Under the hashtag, not to us."""
        self._uris[text] = self.somebody.post(f"{text} #{self.tag}")["uri"]

    def erase(self, text: str) -> None:
        self.somebody.delete(self._uris[text])

    @property
    def person(self) -> Address:
        return Address(self.somebody.did, f"@{self.somebody.handle}")

    def answers(self, expected: int) -> list[str]:
        return self.somebody.messages(self.us.did)

    def parent_of(self, ours: str) -> str:
        """What a public answer of ours hangs below."""
        name, collection, rkey = "com.atproto.repo.getRecord", "app.bsky.feed.post", ours.rpartition("/")[2]
        record = self.us.call("GET", name, repo=self.us.did, collection=collection, rkey=rkey)["value"]
        return str(record["reply"]["parent"]["uri"])

    def answer_back(self, ours: str, text: str) -> None:
        """Below our answer, without a word that we look for."""
        name, collection, rkey = "com.atproto.repo.getRecord", "app.bsky.feed.post", ours.rpartition("/")[2]
        found = self.us.call("GET", name, repo=self.us.did, collection=collection, rkey=rkey)
        parent = {"uri": found["uri"], "cid": found["cid"]}
        self.somebody.post(text, reply={"root": found["value"]["reply"]["root"], "parent": parent})

    def public_posts(self) -> list[str]:
        name, collection = "com.atproto.repo.listRecords", "app.bsky.feed.post"
        records = self.us.call("GET", name, repo=self.us.did, collection=collection)["records"]
        return [record["value"]["text"] for record in records]


class MastodonStage:
    live = True

    def __init__(self, server: MastodonServer, **settings: str) -> None:
        self.server, self.tag = server, fresh("tag")
        self.our_name, self.their_name = fresh("verein"), fresh("person")
        self.us, self.somebody = server.account(self.our_name), server.account(self.their_name)
        self._ids: dict[str, Any] = {}
        given = {"server": server.base_url, "poll_seconds": "0.2"} | settings
        self.connection = Connection("mastodon", given, {"token": server.token(self.our_name)}, (self.tag,))

    def adapter(self) -> Adapter:
        return registry.make(self.connection, tools(timeout=5))

    def _post(self, said: str, text: str, **more: Any) -> None:
        self._ids[said] = self.somebody.status_post(text, **more)["id"]

    def say(self, text: str) -> None:
        self._post(text, f"@{self.our_name} {text} #{self.tag}")

    def whisper(self, text: str) -> None:
        self._post(text, f"@{self.our_name} {text}", visibility="direct")

    def mutter(self, text: str) -> None:
        self._post(text, f"{text} #{self.tag}")

    def edit(self, text: str, new: str) -> None:
        self.somebody.status_update(self._ids[text], f"@{self.our_name} {new} #{self.tag}")

    def erase(self, text: str) -> None:
        self.somebody.status_delete(self._ids[text])

    @property
    def person(self) -> Address:
        return Address("", f"@{self.their_name}")

    def answers(self, expected: int) -> list[str]:
        notes = self.somebody.notifications(types=["mention"])
        return [note["status"]["content"] for note in notes if note["account"]["username"] == self.our_name]

    def parent_of(self, ours: str) -> str:
        host = ours.partition("@")[2]
        return f"{self.us.status(ours.partition('@')[0])['in_reply_to_id']}@{host}"

    def answer_back(self, ours: str, text: str) -> None:
        self._post(text, f"@{self.our_name} {text}", in_reply_to_id=ours.partition("@")[0])

    def public_posts(self) -> list[str]:
        return [status["content"] for status in self.us.account_statuses(self.us.me()["id"])]


class MailStage:
    live = True

    def __init__(self, server: MailServer, **settings: str) -> None:
        self.server, self.our_name, self.their_name = server, fresh("verein"), fresh("person")
        given = server.settings(self.our_name) | {"timeout": "5"} | settings
        self.connection = Connection("mail", given, {"password": PASSWORD})

    def adapter(self) -> Adapter:
        return registry.make(self.connection, tools())

    def say(self, text: str) -> None:
        sender, to = f"{self.their_name}@example.org", f"{self.our_name}@example.org"
        self.server.deliver(sender, to, text, Message_ID=f"<{fresh()}@example.org>")

    whisper = say

    @property
    def person(self) -> Address:
        return Address(f"mailto:{self.their_name}@example.org", f"{self.their_name}@example.org")

    def answers(self, expected: int) -> list[str]:
        until = time.monotonic() + PATIENCE
        while True:
            found = [str(mail.get_content()) for mail in self.server.inbox(self.their_name)]
            if len(found) >= expected or time.monotonic() > until:
                return found
            time.sleep(0.1)


class _Taken:
    """Form and paste are handed in one by one; here they are listened to like the others."""

    def __init__(self, adapter: FormAdapter | ManualAdapter, given: list[Any]) -> None:
        self._adapter, self._given = adapter, given
        self.network, self.rules, self.idempotent = adapter.network, adapter.rules, adapter.idempotent

    def listen(self, cursor: str | None, stop: threading.Event) -> Iterator[Batch]:
        done = int(cursor or 0)
        yield Batch((), str(done), RealClock().now())
        while not stop.wait(0.02):
            for one in self._given[done:]:
                done += 1
                posted: Posted = self._adapter.take(one)
                yield Batch((posted,), str(done), RealClock().now())


class FormStage:
    live = True

    def __init__(self) -> None:
        self._given: list[Answers] = []
        self.connection = Connection("form", {})

    def adapter(self) -> Adapter:
        return _Taken(FormAdapter(tools()), self._given)

    def say(self, text: str) -> None:
        self._given.append(Answers(fresh(), text, "Ada", "ada@example.org"))

    whisper = say


class ManualStage:
    live = True

    def __init__(self) -> None:
        self._given: list[Paste] = []
        self.connection = Connection("manual", {})

    def adapter(self) -> Adapter:
        return _Taken(ManualAdapter(tools()), self._given)

    def say(self, text: str) -> None:
        self._given.append(Paste(text, f"https://www.instagram.com/p/{fresh()}/", "Ada"))


class ReplayStage:
    """A day that grows: what is said is appended to the file before the adapter is made."""

    live = False

    def __init__(self, folder: Path) -> None:
        self._file = folder / f"{fresh('day')}.jsonl"
        self._file.write_text('{"day": "probe", "invented": true}\n')
        self._ids: dict[str, str] = {}
        self.connection = Connection("replay", {"day": str(self._file)})

    def adapter(self) -> Adapter:
        return registry.make(self.connection, tools())

    def _line(self, **content: Any) -> None:
        with self._file.open("a") as file:
            file.write(json.dumps({"at": "10:00", **content}) + "\n")

    def say(self, text: str) -> None:
        self._ids[text] = fresh("p")
        self._line(id=self._ids[text], author="ada", name="Ada", text=text, to_us=True)

    def whisper(self, text: str) -> None:
        self._line(id=fresh("p"), author="ada", name="Ada", text=text, channel="direct")

    def mutter(self, text: str) -> None:
        self._line(id=fresh("p"), author="ada", name="Ada", text=text)

    def edit(self, text: str, new: str) -> None:
        self._line(id=self._ids[text], version="2", author="ada", name="Ada", text=new, to_us=True)

    def erase(self, text: str) -> None:
        self._line(deletes=self._ids[text])


def build(name: str, request: pytest.FixtureRequest) -> Stage:
    if name.startswith("bluesky"):
        network = request.getfixturevalue("bluesky_network")
        return BlueskyStage(network, name.partition("-")[2])
    if name == "mastodon":
        return MastodonStage(request.getfixturevalue("mastodon_server"))
    if name == "mail":
        return MailStage(request.getfixturevalue("mail_server"))
    if name == "replay":
        return ReplayStage(request.getfixturevalue("tmp_path"))
    return FormStage() if name == "form" else ManualStage()
