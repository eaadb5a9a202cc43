"""Mail: for everybody who is in no network, and for whoever gave us an address."""

from __future__ import annotations

from zueinander.networks.mail.adapter import RULES, MailAdapter, Settings, make
from zueinander.networks.registry import Field, Network

_SECURITY = (("tls", "TLS"), ("starttls", "STARTTLS"), ("none", "unverschlüsselt (nur auf diesem Rechner)"))

NETWORK = Network(
    key="mail",
    label="Mail",
    fields=(
        Field("address", "Unsere Mailadresse", "Damit schreiben wir, dorthin wird geantwortet."),
        Field("name", "Name des Absenders", required=False),
        Field("smtp_host", "Server für den Versand"),
        Field("smtp_port", "Port für den Versand", required=False, default="465"),
        Field("smtp_security", "Verschlüsselung beim Versand", required=False, default="tls", choices=_SECURITY),
        Field("imap_host", "Server des Postfachs", "Leer lassen, wenn nur verschickt wird.", required=False),
        Field("imap_port", "Port des Postfachs", required=False, default="993"),
        Field("imap_security", "Verschlüsselung beim Postfach", required=False, default="tls", choices=_SECURITY),
        Field("folder", "Ordner", required=False, default="INBOX"),
        Field("user", "Benutzername", required=False),
        Field("password", "Passwort", secret=True, required=False),
        Field("unsubscribe", "Adresse zum Abmelden", "https://… oder mailto:…", required=False),
    ),
    make=make,
    rules=RULES,
    can_see="Was an unsere Adresse geschrieben wird, auch unzustellbare Mails und Abwesenheitsnotizen.",
    cannot_see="Ob eine Mail gelesen wurde. Mails lassen sich nicht zurückholen.",
)

__all__ = ["NETWORK", "MailAdapter", "Settings"]
