"""Mastodon, and servers that speak its API."""

from __future__ import annotations

from zueinander.networks.mastodon.adapter import RULES, MastodonAdapter, Settings, make
from zueinander.networks.registry import Field, Network

NETWORK = Network(
    key="mastodon",
    label="Mastodon",
    fields=(
        Field("server", "Server", "Adresse eures Servers, zum Beispiel https://social.example.org"),
        Field(
            "token",
            "Zugangstoken",
            "Zu finden unter Einstellungen, Entwicklung, Neue Anwendung. Sie braucht die Rechte read und write.",
            secret=True,
        ),
        Field("poll_seconds", "Nachsehen alle (Sekunden)", required=False, default="15"),
    ),
    make=make,
    rules=RULES,
    can_see="Beiträge unter dem Hashtag, die bei eurem Server ankommen, Erwähnungen und private Nachrichten.",
    cannot_see="Beiträge von Servern, die mit eurem nicht verbunden sind. Gelöschtes oft erst beim Nachsehen.",
)

__all__ = ["NETWORK", "MastodonAdapter", "Settings"]
