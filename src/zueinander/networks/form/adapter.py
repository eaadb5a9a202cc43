"""The public form as a source. Answers go out by mail, if the person gave an address and mail is connected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from zueinander.networks.port import Author, Connection, Converses, Outgoing, Posted, Refused, Rules, Sent, Tools
from zueinander.networks.texts import clean, graphemes, hashtags_in, identifier, line, mail_address

RULES = Rules(
    automatic=frozenset({"form", "opt_in"}),
    answer_window=None,
    answer_within=timedelta(hours=24),
    max_length=20_000,
    count=graphemes,
    counted_in="graphemes",
    disclosure="Diese Nachricht kommt automatisch.",
)


@dataclass(frozen=True, slots=True)
class Answers:
    """What the form asked. `token` is drawn when the form is shown: sending one form twice is one message."""

    token: str
    text: str
    first_name: str = ""
    mail: str = ""
    lang: str = "de"
    extra: Mapping[str, str] = field(default_factory=dict)


class FormAdapter:
    network = "form"
    rules = RULES

    def __init__(self, tools: Tools, mail: Converses | None = None) -> None:
        self._clock = tools.clock
        self._mail = mail
        self.idempotent = bool(getattr(mail, "idempotent", False))

    def take(self, answers: Answers) -> Posted:
        """ValueError for a missing token or text; a wrong mail address is taken as none (the form asked already)."""
        token = identifier(answers.token)
        cleaned = clean(answers.text)
        if not cleaned.text:
            raise ValueError("empty text")
        mail = mail_address(answers.mail)
        return Posted(
            network=self.network,
            native_id=f"form:{token}",
            uri=f"form:{token}",
            version="1",
            author=Author(f"mailto:{mail.casefold()}" if mail else f"form:{token}", line(answers.first_name), mail),
            text=cleaned.text,
            posted_at=self._clock.now(),
            channel="direct",
            hashtags=hashtags_in(cleaned.text),
            lang=line(answers.lang, 20),
            thread_id=f"form:{token}",
            no_republish=True,
            notes=cleaned.notes,
            extra={line(key, 40): line(value, 500) for key, value in answers.extra.items()},
        )

    def send(self, outgoing: Outgoing) -> Sent:
        """By mail to `to.address`. `Refused` where there is none: the person sees the answer on their own page."""
        if outgoing.to is None or not mail_address(outgoing.to.address):
            raise Refused("no mail address given")
        if self._mail is None:
            raise Refused("no mail account connected")
        return self._mail.send(outgoing)


def make(connection: Connection, tools: Tools) -> FormAdapter:
    """With the fields of the network "mail" filled in, answers go out by it."""
    if not connection.settings.get("smtp_host"):
        return FormAdapter(tools)
    from zueinander.networks.mail import MailAdapter, Settings  # the mail libraries only where mail is used

    return FormAdapter(tools, MailAdapter(Settings.of(connection), tools))
