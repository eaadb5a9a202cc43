"""Invented people in real networks who write to us, and what those networks say reached them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from testnet.bluesky import BlueskyAccount, BlueskyNetwork
from testnet.mail import MailServer
from testnet.mastodon import MastodonServer
from tests.journeys.visitor import Visitor
from tests.networks.stages import BlueskyStage, MailStage, MastodonStage

_FIRST = "Anna Bea Cleo Dana Emma Fina Gesa Hanna Ida Jule Karla Lotte Mara Nele Oda"
_SECOND = "Lena Rike Marie Sophie Luise Grete Mia Lotta Paula Frida Tilda Ruth Berta Carla"
NAMES = [f"{first}-{second}" for second, first in product(_SECOND.split(), _FIRST.split())]
PLACES = ("Worms", "Mannheim", "Speyer", "Heidelberg", "Frankenthal")
LINK = re.compile(r"http://localhost:\d+/l/[\w-]+")
Heard = dict[str, list[str]]


@dataclass
class Somebody:
    """`name` is theirs alone and stands in everything they write."""

    name: str
    seeks: bool
    place: str
    seen: set[str] = field(default_factory=set)

    def new_links(self, texts: list[str]) -> list[str]:
        return list(dict.fromkeys(link for text in texts for link in LINK.findall(text) if link not in self.seen))

    def wish(self) -> str:
        if self.seeks:
            return f"Suche Gesellschaft für Heiligabend in {self.place}, bin 34. Liebe Grüße, {self.name}"
        return f"Wir haben an Heiligabend einen Platz am Tisch in {self.place} frei. Liebe Grüße, {self.name}"


class Crowd:
    """`writings`: each writes one thing when called. `names`: who stands in each of them."""

    def __init__(self, stages: list[Any], address: str, campaign: str) -> None:
        self._names = iter(NAMES)
        self.mastodon, self.bluesky, self.mail = stages
        self.address, self.campaign = address, campaign
        self.people: list[Somebody] = []
        self.writings: list[tuple[str, Callable[[], object]]] = []
        self._bluesky: dict[str, BlueskyAccount] = {}
        self.written: list[str] = []
        self._usernames: dict[str, str] = {}
        self._mailboxes: dict[str, str] = {}

    def _new(self) -> Somebody:
        number = len(self.people)
        made = Somebody(next(self._names), number % 2 == 0, PLACES[number // 2 % len(PLACES)])
        self.people.append(made)
        return made

    def on_mastodon(self, count: int) -> None:
        """Half of them openly, half in private."""
        stage: MastodonStage = self.mastodon
        server: MastodonServer = stage.server
        for number in range(count):
            who = self._new()
            username = f"{stage.their_name}{number}"
            self._usernames[username] = who.name
            app, text = server.account(username), f"@{stage.our_name} {who.wish()}"
            private = number % 4 < 2
            self.writings.append((who.name, _once(app.status_post, text, "direct" if private else "public")))

    def by_mail(self, count: int) -> None:
        stage: MailStage = self.mail
        server: MailServer = stage.server
        for number in range(count):
            box = f"{stage.their_name}{number}"
            who = self._new()
            self._mailboxes[box] = who.name
            to = f"{stage.our_name}@example.org"
            writing = _mail(server, f"{box}@example.org", to, who.wish())
            self.writings.append((who.name, writing))

    def by_form(self, count: int) -> None:
        """Without any account, in a browser without script."""
        stage: MailStage = self.mail
        for number in range(count):
            box = f"{stage.their_name}form{number}"
            who = self._new()
            self._mailboxes[box] = who.name
            self.writings.append((who.name, _form(self, who, f"{box}@example.org", f"198.51.100.{number}")))

    def on_bluesky(self, count: int) -> None:
        """Each writes openly and then in private."""
        stage: BlueskyStage = self.bluesky
        network: BlueskyNetwork = stage.network
        for _ in range(count):
            account = network.account()
            who = self._new()
            self._bluesky[who.name] = account
            us = f"@{stage.us.handle}"
            self.writings += [
                (who.name, _post(account, f"{us} {who.wish()} #{stage.tag}", {us: stage.us.did})),
                (who.name, _message(account, stage.us.did, f"Danke euch und bis bald. {who.name}")),
            ]

    # -- what the networks hold -----------------------------------------------------------------------------------

    def heard(self, names: set[str] | None = None) -> Heard:
        """Everything of ours that each network, asked itself, holds for them (None: for everybody)."""
        found: Heard = defaultdict(list, self._heard_on_mastodon())
        for box, name in self._mailboxes.items():
            if names is None or name in names:
                found[name] += [str(mail.get_content()) for mail in self.mail.server.inbox(box)]
        for name, account in self._bluesky.items():
            if names is None or name in names:
                said = account.messages(self.bluesky.us.did)
                found[name] += [text for text in said if f"bis bald. {name}" not in text]
        return {name: texts for name, texts in found.items() if names is None or name in names}

    def _heard_on_mastodon(self) -> Heard:
        us, found = self.mastodon.us, defaultdict[str, list[str]](list)
        me = us.me()["id"]
        page = us.account_statuses(me, limit=40)
        while page:
            for status in page:
                for mention in status["mentions"]:
                    if mention["username"] in self._usernames:
                        found[self._usernames[mention["username"]]].append(status["content"])
            page = us.account_statuses(me, limit=40, max_id=page[-1]["id"])
        return dict(found)


def _once(post: Callable[..., object], text: str, visibility: str) -> Callable[[], object]:
    return lambda: post(text, visibility=visibility)


def _mail(server: MailServer, sender: str, to: str, text: str) -> Callable[[], object]:
    return lambda: server.deliver(sender, to, text, Message_ID=f"<{sender}>")


def _post(account: BlueskyAccount, text: str, mentions: dict[str, str]) -> Callable[[], object]:
    return lambda: account.post(text, mentions=mentions)


def _message(account: BlueskyAccount, to: str, text: str) -> Callable[[], object]:
    return lambda: account.message(to, text)


def _form(crowd: Crowd, who: Somebody, mail: str, address: str) -> Callable[[], object]:
    answers: dict[str, dict[str, Any]] = {
        "side": {"side": "seek" if who.seeks else "offer"}, "age_band": {"age_band": "30-44"},
        "first_name": {"first_name": who.name}, "place": {"place": who.place}, "occasions": {"occasions": ["12-24"]},
        "party": {"party": "1"}, "household": {"household": ""}, "text": {"text": f"Liebe Grüße, {who.name}"},
        "mail": {"mail": mail}, "match": {"match": True, "share": True},
    }  # fmt: skip

    def fill() -> None:
        visitor = Visitor(address).open(f"{crowd.address}/mitmachen/{crowd.campaign}/")
        while not visitor.url.endswith("/danke/"):
            asked = next(name for name in answers if visitor.has(name))
            visitor.send(answers[asked])

    return fill
