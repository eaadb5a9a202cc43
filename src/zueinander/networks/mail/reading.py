"""A mail as an event: what the person wrote, without quotes and signature; bounces and automatic replies recognised.

Sources: RFC 3834 (Auto-Submitted), RFC 3464 (delivery status), RFC 3676 (signature separator).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from zueinander.networks.html import to_text
from zueinander.networks.port import Author, Malformed, Posted, Undelivered
from zueinander.networks.texts import MAX_ID, clean, excerpt, hashtags_in, line, not_after

NETWORK = "mail"
OWN_PREFIX = "z."
"""Begins the Message-ID of everything we send."""
_MESSAGE_ID = re.compile(r"<([^<>\s@]{1,250}@[^<>\s@]{1,250})>")
_MAX_PARTS = 100


def read_mail(raw: bytes, ours: str, now: datetime, *, cut: bool = False) -> Posted | Undelivered | Malformed | None:
    """None for our own mail. Never raises: what is no mail is `Malformed`. `cut`: only the beginning was fetched."""
    try:
        message = message_from_bytes(raw, policy=policy.compat32)
        name, address = _sender(message)
        if not address:
            raise ValueError("no sender")
        if address.casefold() == ours.casefold():
            return None
        return _bounce(message, address) or _posted(message, name, address, now, cut)
    except (ValueError, LookupError, TypeError, AttributeError, MessageError, RecursionError) as error:
        return Malformed(NETWORK, f"mail: {type(error).__name__}: {error}"[:100], excerpt(raw[:1000]))


def message_id(raw: object) -> str:
    """The first well-formed Message-ID in a header, without brackets, or an empty string."""
    found = _MESSAGE_ID.search(str(raw or "")[:4000])
    return found[1] if found and clean(found[1], MAX_ID).text == found[1] else ""


def _header(message: Message, name: str) -> str:
    value = message.get(name)
    if value is None:
        return ""
    try:
        return line(str(make_header(decode_header(str(value)[:4000]))), 1000)
    except (ValueError, LookupError, MessageError):
        return line(str(value), 1000)


def _sender(message: Message) -> tuple[str, str]:
    """Never Reply-To: with it somebody could have the answers to another person sent to themselves."""
    for name, address in getaddresses([str(message.get("from") or "")[:4000]]):
        tidy = address.strip()
        if re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", tidy) and clean(tidy, 254).text == tidy:
            return _decoded(name), _lower_domain(tidy)
    return "", ""


def _decoded(name: str) -> str:
    try:
        return line(str(make_header(decode_header(name))))
    except (ValueError, LookupError, MessageError):
        return line(name)


def _lower_domain(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.lower()}"


def _posted(message: Message, name: str, address: str, now: datetime, cut: bool) -> Posted:
    cleaned = clean(without_quotes(_body(message)))
    written = message_id(message.get("message-id"))
    content = hashlib.sha256(f"{address}\n{cleaned.text}".encode()).hexdigest()[:16]
    # somebody could use the Message-ID of another's mail: the content belongs to the name
    native_id = f"{written or 'none'}#{content}"
    parent = message_id(message.get("in-reply-to"))
    root = message_id(message.get("references")) or parent or written
    subject = _header(message, "subject")
    return Posted(
        network=NETWORK,
        native_id=native_id,
        uri=f"mid:{written}" if written else native_id,
        version="1",
        author=Author(f"mailto:{address.casefold()}", name or address.partition("@")[0], address),
        text=cleaned.text or subject,
        posted_at=_sent_at(message, now),
        channel="direct",
        reply_to_us=parent.startswith(OWN_PREFIX),
        hashtags=hashtags_in(f"{subject} {cleaned.text}"),
        thread_id=root or native_id,
        in_reply_to=parent,
        no_republish=True,
        subject=subject,
        automatic=is_automatic(message),
        notes=tuple(dict.fromkeys((*cleaned.notes, *(("cut",) if cut else ())))),
    )


def _sent_at(message: Message, now: datetime) -> datetime:
    try:
        return not_after(parsedate_to_datetime(str(message.get("date"))), now)
    except (ValueError, TypeError, OverflowError):
        return now


def is_automatic(message: Message) -> bool:
    """Out-of-office notes, lists and newsletters: never answered by a machine."""
    if _header(message, "auto-submitted").casefold() not in ("", "no"):
        return True
    if _header(message, "precedence").casefold() in ("bulk", "junk", "list", "auto_reply"):
        return True
    return any(message.get(name) for name in ("x-autoreply", "x-autorespond", "list-id", "x-auto-response-suppress"))


# -- bounces --------------------------------------------------------------------------------


def _bounce(message: Message, address: str) -> Undelivered | None:
    is_report = message.get_content_type() == "multipart/report"
    daemon = address.partition("@")[0].casefold() in ("mailer-daemon", "postmaster", "mail-daemon")
    if not is_report and not daemon:
        return None
    fields = "\n".join(
        _text_of(part) for part in _parts(message) if part.get_content_type() == "message/delivery-status"
    )
    if is_report and not fields:
        return None  # a report about something else, e.g. a read receipt
    status = _field(fields, "Status")
    to = _field(fields, "Final-Recipient").rpartition(";")[2].strip() or _field(fields, "Original-Recipient")
    reason = _field(fields, "Diagnostic-Code") or status or _header(message, "subject")
    permanent = _field(fields, "Action").casefold() == "failed" or status.startswith("5")
    return Undelivered(NETWORK, _returned(message), line(to, 254), permanent, line(reason, 300))


def _returned(message: Message) -> str:
    """The Message-ID of our mail that came back."""
    for part in _parts(message):
        if part.get_content_type() in ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers"):
            inner = part.get_payload()
            first = inner[0] if isinstance(inner, list) and inner else None
            wanted = first.get("message-id") if isinstance(first, Message) else None
            text = str(wanted or _text_of(part))
            found = message_id(text if wanted else _field(text, "Message-ID"))
            if found:
                return found
    return message_id(message.get("in-reply-to"))


def _field(text: str, name: str) -> str:
    found = re.search(rf"^{name}:[ \t]*(.*(?:\n[ \t]+.*)*)", text, re.IGNORECASE | re.MULTILINE)
    return " ".join(found[1].split()) if found else ""


# -- the text --------------------------------------------------------------------------------


def _parts(message: Message) -> Iterator[Message]:
    for count, part in enumerate(message.walk()):
        if count >= _MAX_PARTS:
            return
        yield part


def _body(message: Message) -> str:
    """The first plain text part that is no attachment, else the first HTML part as text."""
    plain, html = "", ""
    for part in _parts(message):
        if part.is_multipart() or "attachment" in str(part.get("content-disposition", "")).casefold():
            continue
        kind = part.get_content_type()
        if kind == "text/plain" and not plain:
            plain = _text_of(part)
        elif kind == "text/html" and not html:
            html = to_text(_text_of(part))
    return plain if plain.strip() else html


def _text_of(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        inner = part.get_payload()
        return "\n\n".join(str(one) for one in inner[:10]) if isinstance(inner, list) else str(inner or "")
    for charset in (part.get_content_charset() or "utf-8", "utf-8", "cp1252"):
        try:
            return payload.decode(charset)
        except (LookupError, UnicodeDecodeError):
            continue
    return payload.decode("latin-1")


_CUT = re.compile(
    r"^[ \t]*(?:-{2,} ?(?:Ursprüngliche Nachricht|Original(?:nachricht| Message)|Weitergeleitete Nachricht) ?-{2,}"
    r"|_{20,}[ \t]*\n(?=(?:Von|From):)"
    r"|(?:Von|From):.*\n(?:.*\n){0,2}?(?:Gesendet|Sent|Datum|Date):.*)",
    re.MULTILINE | re.IGNORECASE,
)
_ATTRIBUTION = re.compile(
    r"^(?:(?:Am|On|Le|Den)\b[^\n]{0,300}(?:\n[^\n]{0,200})??(?:schrieb|wrote|a écrit|geschrieben)[^\n]{0,200}:"
    r"|[^\n]{1,200} (?:schrieb|wrote)(?: am [^\n]{1,100})?:)[ \t]*\n(?=\s*(?:>|\Z))",
    re.MULTILINE,
)
_SIGNATURE = re.compile(r"^-- ?$.*", re.MULTILINE | re.DOTALL)
_DEVICE = re.compile(
    r"^(?:Gesendet (?:von|mit)|Von meinem|Sent (?:from|with)|Diese Nachricht wurde von meinem).{0,80}\s*\Z",
    re.MULTILINE,
)


def without_quotes(text: str) -> str:
    """What was newly written. Text between quoted lines stays; if nothing would be left, everything stays."""
    short = text.replace("\r\n", "\n").replace("\r", "\n")[:200_000]
    kept = _ATTRIBUTION.sub("", short + "\n")
    if found := _CUT.search(kept):
        kept = kept[: found.start()]
    kept = "\n".join(one for one in kept.split("\n") if not one.lstrip().startswith(">"))
    kept = _SIGNATURE.sub("", kept)
    kept = _DEVICE.sub("", kept.rstrip()).strip()
    kept = re.sub(r"\n{3,}", "\n\n", kept)
    return kept or short.strip()
