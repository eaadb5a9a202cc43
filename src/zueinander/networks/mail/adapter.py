"""Mail: SMTP out, IMAP in; see README.md for what it can and cannot."""

from __future__ import annotations

import contextlib
import hashlib
import imaplib
import smtplib
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr

from zueinander.networks.mail.inbox import Inbox
from zueinander.networks.mail.reading import NETWORK, OWN_PREFIX, message_id
from zueinander.networks.port import BadSettings, Batch, Connection, Outgoing, Refused, Rules, Sent, Tools, Unclear
from zueinander.networks.texts import graphemes, is_loopback, line, mail_address
from zueinander.networks.web import Backoff

RULES = Rules(
    automatic=frozenset({"direct", "reply", "form", "opt_in"}),
    answer_window=None,
    answer_within=timedelta(hours=24),
    max_length=20_000,
    count=graphemes,
    counted_in="graphemes",
    disclosure="Diese Nachricht kommt automatisch.",
)
_SECURITY = ("tls", "starttls", "none")
_SOON = timedelta(minutes=1)
_LATER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Server:
    """`security` "none" is possible on this machine only."""

    host: str
    port: int
    security: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Without `imap` nothing is received. `timeout`: seconds after which a silent server is given up."""

    smtp: Server
    imap: Server | None
    user: str
    password: str
    address: str
    name: str
    unsubscribe: str = ""
    folder: str = "INBOX"
    poll_seconds: float = 20.0
    timeout: float = 30.0

    @classmethod
    def of(cls, connection: Connection) -> Settings:
        given = connection.settings
        address = mail_address(given.get("address", ""))
        if not address or not address.isascii():
            raise BadSettings("address", "Das ist keine Mailadresse.")
        unsubscribe = given.get("unsubscribe", "").strip()
        if unsubscribe and (
            not unsubscribe.startswith(("https://", "mailto:")) or line(unsubscribe, 500) != unsubscribe
        ):
            raise BadSettings("unsubscribe", "Die Adresse zum Abmelden muss mit https:// oder mailto: beginnen.")
        try:
            poll, timeout = float(given.get("poll_seconds") or 20), float(given.get("timeout") or 30)
        except ValueError:
            raise BadSettings("poll_seconds", "Das muss eine Zahl von Sekunden sein.") from None
        return cls(
            smtp=_server(
                given.get("smtp_host", ""), given.get("smtp_port", ""), given.get("smtp_security", ""), "smtp", 465
            ),
            imap=_server(given["imap_host"], given.get("imap_port", ""), given.get("imap_security", ""), "imap", 993)
            if given.get("imap_host")
            else None,
            user=given.get("user", "") or "",
            password=connection.secrets.get("password", ""),
            address=address,
            name=line(given.get("name", "")),
            unsubscribe=unsubscribe,
            folder=given.get("folder") or "INBOX",
            poll_seconds=max(0.05, poll),
            timeout=max(0.5, timeout),
        )


def _server(host: str, port: str, security: str, which: str, usual: int) -> Server:
    security = security or "tls"
    if not host.strip() or line(host.strip(), 253) != host.strip() or " " in host.strip():
        raise BadSettings(f"{which}_host", "Das ist keine Serveradresse.")
    if security not in _SECURITY:
        raise BadSettings(f"{which}_security", "Möglich sind tls, starttls und none.")
    if security == "none" and not is_loopback(host.strip()):
        raise BadSettings(f"{which}_security", "Ohne Verschlüsselung geht es nur auf diesem Rechner.")
    try:
        number = int(port or usual)
    except ValueError:
        number = 0
    if not 0 < number < 65536:
        raise BadSettings(f"{which}_port", "Das ist kein Port.")
    return Server(host.strip(), number, security)


class MailAdapter:
    network = NETWORK
    rules = RULES
    idempotent = False
    """A mail server takes the same mail twice; many readers hide the second, since its Message-ID is the same."""

    def __init__(self, settings: Settings, tools: Tools) -> None:
        self._settings, self._clock = settings, tools.clock

    # -- out ----------------------------------------------------------------------------------------------------------

    def send(self, outgoing: Outgoing) -> Sent:
        """`Sent` means our mail server has it; that it came back is told later (`Undelivered`)."""
        if outgoing.to is None or not (to := mail_address(outgoing.to.address or _bare(outgoing.to.native_id))):
            raise Refused("no mail address")
        if not self.rules.fits(outgoing.text):
            raise Refused("text empty or too long")
        message = self._compose(outgoing, to)
        with self._smtp() as server:
            self._before_data(server, to)
            try:
                code, answer = server.data(message.as_bytes(policy=SMTP.clone(max_line_length=78)))
            except smtplib.SMTPDataError as error:
                raise _refusal(error.smtp_code, error.smtp_error) from error
            except (OSError, smtplib.SMTPException) as error:
                raise Unclear(f"connection lost while sending: {type(error).__name__}") from error
        if code != 250:
            raise _refusal(code, answer)
        return Sent(message_id(message["Message-ID"]))

    def _compose(self, outgoing: Outgoing, to: str) -> EmailMessage:
        ours = self._settings
        message = EmailMessage()
        message["From"] = formataddr((ours.name, ours.address))
        message["To"] = to
        message["Subject"] = line(outgoing.subject, 200) or "Nachricht für dich"
        message["Date"] = format_datetime(self._clock.now())
        drawn = hashlib.sha256(outgoing.idempotency_key.encode()).hexdigest()[:32]
        message["Message-ID"] = f"<{OWN_PREFIX}{drawn}@{ours.address.rpartition('@')[2]}>"
        if answered := message_id(f"<{outgoing.in_reply_to.partition('#')[0]}>"):
            message["In-Reply-To"] = message["References"] = f"<{answered}>"
        if outgoing.automatic:
            message["Auto-Submitted"] = "auto-replied" if outgoing.in_reply_to else "auto-generated"
            message["X-Auto-Response-Suppress"] = "All"
        if outgoing.unsubscribe:
            message["List-Unsubscribe"] = f"<{outgoing.unsubscribe}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        elif ours.unsubscribe:
            message["List-Unsubscribe"] = f"<{ours.unsubscribe}>"
        message["Content-Language"] = outgoing.lang if outgoing.lang.isalpha() else "de"
        message.set_content(outgoing.text, cte="quoted-printable")
        return message

    @contextlib.contextmanager
    def _smtp(self) -> Iterator[smtplib.SMTP]:
        ours, timeout = self._settings.smtp, self._settings.timeout
        name = self._settings.address.rpartition("@")[2]
        server: smtplib.SMTP | None = None
        try:
            if ours.security == "tls":
                context = ssl.create_default_context()
                server = smtplib.SMTP_SSL(ours.host, ours.port, name, timeout=timeout, context=context)
            else:
                server = smtplib.SMTP(ours.host, ours.port, name, timeout=timeout)
            if ours.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            server.ehlo_or_helo_if_needed()
            if self._settings.user and server.has_extn("auth"):  # a server in the house may ask for no login
                server.login(self._settings.user, self._settings.password)
        except smtplib.SMTPAuthenticationError as error:
            _close(server)
            raise Refused("the mail server does not accept our password") from error
        except (OSError, smtplib.SMTPException) as error:
            _close(server)
            raise Refused(f"no connection to the mail server: {type(error).__name__}", _SOON, all_wait=True) from error
        try:
            yield server
        finally:
            _close(server)

    def _before_data(self, server: smtplib.SMTP, to: str) -> None:
        """Up to here nothing was sent, so every failure is a clear no."""
        try:
            server.ehlo_or_helo_if_needed()
            options = ["SMTPUTF8"] if not to.isascii() else []
            for code, answer in (server.mail(self._settings.address, options), server.rcpt(to)):
                if code not in (250, 251):
                    raise _refusal(code, answer)
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            raise Refused(f"the mail server broke off: {type(error).__name__}", _SOON) from error

    # -- in -----------------------------------------------------------------------------------------------------------

    def listen(self, cursor: str | None, stop: threading.Event) -> Iterator[Batch]:
        if self._settings.imap is None:  # only for sending: nothing can come, and nothing is wrong
            stop.wait()
            return
        inbox = Inbox(self._settings.address, self._settings.folder, cursor, self._clock)
        backoff = Backoff(stop, first=min(1.0, self._settings.poll_seconds))
        while not stop.is_set():
            try:
                with self._imap(self._settings.imap) as server:
                    inbox.open(server)
                    while not stop.is_set():
                        yield from inbox.round(server)
                        backoff.reset()
                        if stop.wait(self._settings.poll_seconds):
                            return
            except (OSError, imaplib.IMAP4.error, EOFError):
                if backoff.pause():
                    return

    @contextlib.contextmanager
    def _imap(self, ours: Server) -> Iterator[imaplib.IMAP4]:
        timeout = self._settings.timeout
        if ours.security == "tls":
            context = ssl.create_default_context()
            server: imaplib.IMAP4 = imaplib.IMAP4_SSL(ours.host, ours.port, ssl_context=context, timeout=timeout)
        else:
            server = imaplib.IMAP4(ours.host, ours.port, timeout=timeout)
        try:
            if ours.security == "starttls":
                server.starttls(ssl.create_default_context())
            self._log_in(server)
            yield server
        finally:
            with contextlib.suppress(OSError, imaplib.IMAP4.error):
                server.shutdown()

    def _log_in(self, server: imaplib.IMAP4) -> None:
        try:
            server.login(self._settings.user, self._settings.password)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            if "UNAVAILABLE" in str(error):
                raise
            raise Refused("the mailbox does not accept our password") from error


def _bare(native_id: str) -> str:
    return native_id.removeprefix("mailto:")


def _close(server: smtplib.SMTP | None) -> None:
    if server is not None:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            server.close()


def _refusal(code: int, answer: bytes | str) -> Refused:
    said = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return Refused(f"SMTP {code}: {line(said, 200)}", None if code >= 500 else _LATER)


def make(connection: Connection, tools: Tools) -> MailAdapter:
    return MailAdapter(Settings.of(connection), tools)
