"""A post or message somebody pasted: from the desk, a share sheet or a bookmarklet.

Carries a whole season without any platform's permission. Nothing can be sent from here: a human answers in the
network's own app, and the desk records that they did.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from zueinander.networks.manual.links import recognise
from zueinander.networks.port import Author, Channel, Connection, Posted, Rules, Tools
from zueinander.networks.texts import clean, graphemes, hashtags_in, line, not_after

RULES = Rules(
    automatic=frozenset(),
    answer_window=None,
    answer_within=timedelta(hours=24),
    max_length=10_000,
    count=graphemes,
    counted_in="graphemes",
    disclosure="",
)


class Unusable(ValueError):  # noqa: N818  said to a person, not a fault
    """A paste that cannot be taken; `message` is German and says what is needed."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Paste:
    """`link` may be empty for a private message; then `seen_in` (a network's name) and `author` should be known."""

    text: str
    link: str = ""
    author: str = ""
    seen_in: str = ""
    channel: Channel = "public"
    posted_at: datetime | None = None


class ManualAdapter:
    network = "manual"
    rules = RULES
    idempotent = True

    def __init__(self, tools: Tools) -> None:
        self._clock = tools.clock

    def take(self, paste: Paste) -> Posted:
        """The same link (or, without one, the same words of the same person) pasted again is the same post."""
        cleaned = clean(paste.text)
        if not cleaned.text:
            raise Unusable("Der Text fehlt noch.")
        found = recognise(paste.link) if paste.link.strip() else None
        if paste.link.strip() and found is None:
            raise Unusable("Diesen Link können wir nicht lesen. Kopiere ihn noch einmal ganz, oder lass ihn weg.")
        seen_in = found.network if found else (line(paste.seen_in, 40).lower() or "unbekannt")
        author = line(paste.author) or (found.author if found else "")
        native_id = found.native_id if found else _name_of_words(seen_in, author, cleaned.text)
        now = self._clock.now()
        return Posted(
            network=self.network,
            native_id=native_id,
            uri=found.url if found else "",
            version=hashlib.sha256(cleaned.text.encode()).hexdigest()[:16],
            author=_author(seen_in, author, native_id),
            text=cleaned.text,
            posted_at=not_after(paste.posted_at, now) if paste.posted_at else now,
            channel=paste.channel,
            hashtags=hashtags_in(cleaned.text),
            url=found.url if found else "",
            thread_id=native_id,
            no_republish=paste.channel == "direct",
            notes=cleaned.notes,
            extra={"pasted": "yes", "seen_in": seen_in},
        )


def _name_of_words(seen_in: str, author: str, text: str) -> str:
    words = " ".join(text.casefold().split())
    return "words:" + hashlib.sha256(f"{seen_in}\n{author.casefold()}\n{words}".encode()).hexdigest()[:32]


def _author(seen_in: str, author: str, native_id: str) -> Author:
    """Nobody is taken for somebody else: without a name every paste has its own unknown author."""
    key = "_".join(author.casefold().lstrip("@").split()) or f"unknown_{native_id}"
    return Author(f"{seen_in}:{key}", author or "unbekannt", author)


def make(connection: Connection, tools: Tools) -> ManualAdapter:
    return ManualAdapter(tools)
