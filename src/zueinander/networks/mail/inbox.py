"""A mailbox read by number (UID), without marking or changing anything in it."""

from __future__ import annotations

import imaplib
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import orjson

from zueinander.networks.mail.reading import read_mail
from zueinander.networks.port import Batch, Clock, Event, Refused

MAX_MAIL = 400_000
"""Bytes of a mail that are fetched: text comes before attachments, and a text is much shorter."""
_FIRST_LOOK = timedelta(days=14)
_TOGETHER = 20
_GAP = "Das Postfach wurde neu nummeriert. Wir lesen die letzten 14 Tage noch einmal."


class Inbox:
    """The cursor is JSON: `validity` of the numbers and the last `uid`. One of these lives through many connections."""

    def __init__(self, ours: str, folder: str, cursor: str | None, clock: Clock) -> None:
        self._ours, self._folder, self._clock = ours, folder, clock
        try:
            state = orjson.loads(cursor or "{}")
            self._validity, self._uid = str(state.get("validity", "")), int(state.get("uid", 0))
        except (ValueError, AttributeError, TypeError):
            raise Refused("not a cursor of a mailbox") from None
        self._gap = ""

    def open(self, server: imaplib.IMAP4) -> None:
        _checked(server.select(f'"{self._folder}"', readonly=True))
        found = server.response("UIDVALIDITY")[1]
        validity = (found[0] or b"").decode("ascii", "replace") if found and isinstance(found[0], bytes) else ""
        if self._validity and validity != self._validity:
            self._uid, self._gap = 0, _GAP
        self._validity = validity

    def round(self, server: imaplib.IMAP4) -> Iterator[Batch]:
        """What is new, in order; an empty batch if nothing is."""
        _checked(server.noop())
        uids = self._new(server)
        for start in range(0, len(uids), _TOGETHER):
            some = uids[start : start + _TOGETHER]
            events = [event for uid in some if (event := self._fetch(server, uid)) is not None]
            self._uid = some[-1]
            yield self._batch(events)
        if not uids:
            yield self._batch([])

    def _new(self, server: imaplib.IMAP4) -> list[int]:
        if self._uid:
            criteria = f"UID {self._uid + 1}:*"
        else:
            since = self._clock.now() - _FIRST_LOOK
            month = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")[
                since.month - 1
            ]
            criteria = f"SINCE {since.day:02d}-{month}-{since.year}"
        data = _checked(server.uid("SEARCH", criteria))
        numbers = (data[0] or b"").split() if data else []
        # "n:*" always has the newest mail in it, even when its number is smaller
        return sorted(int(number) for number in numbers if int(number) > self._uid)

    def _fetch(self, server: imaplib.IMAP4, uid: int) -> Event | None:
        data = _checked(server.uid("FETCH", str(uid), f"(RFC822.SIZE BODY.PEEK[]<0.{MAX_MAIL}>)"))
        for piece in data:
            if isinstance(piece, tuple) and len(piece) == 2:
                size = re.search(rb"RFC822\.SIZE (\d+)", piece[0])
                cut = size is not None and int(size[1]) > MAX_MAIL
                return read_mail(piece[1], self._ours, self._clock.now(), cut=cut)
        return None  # deleted in the meantime

    def _batch(self, events: list[Event]) -> Batch:
        gap, self._gap = self._gap, ""
        cursor = orjson.dumps({"validity": self._validity, "uid": self._uid}).decode()
        return Batch(tuple(events), cursor, self._clock.now(), gap)


def _checked(answer: tuple[str, Any]) -> list[Any]:
    kind, data = answer
    if kind != "OK":
        raise imaplib.IMAP4.error(f"the mailbox said {kind}")
    return list(data)
