"""Bluesky, and other servers of the AT Protocol."""

from __future__ import annotations

from zueinander.networks.bluesky.adapter import RULES, BlueskyAdapter, Settings, make
from zueinander.networks.registry import Field, Network

NETWORK = Network(
    key="bluesky",
    label="Bluesky",
    fields=(
        Field("handle", "Name des Kontos", "Zum Beispiel verein.bsky.social"),
        Field(
            "app_password",
            "App-Passwort",
            "Einstellungen, Datenschutz, App-Passwörter. Bitte den Zugriff auf Direktnachrichten erlauben.",
            secret=True,
        ),
        Field("server", "Server", "Wo das Konto liegt.", default="https://bsky.social"),
        Field(
            "wire",
            "Datenstrom",
            required=False,
            default="jetstream",
            choices=(("jetstream", "Jetstream (sparsam)"), ("firehose", "Firehose (alles)")),
        ),
        Field(
            "stream_url",
            "Adresse des Datenstroms",
            required=False,
            default="wss://jetstream.us-east.bsky.network",
        ),
        Field("plc", "PLC-Verzeichnis", required=False, default="https://plc.directory"),
        Field(
            "from_beginning",
            "Beim ersten Mal",
            required=False,
            choices=(("", "ab jetzt, Älteres durch Suchen"), ("1", "alles, was der Datenstrom noch hat")),
        ),
        Field("chat_did", "DID des Nachrichtendienstes", required=False, default="did:web:api.bsky.chat"),
    ),
    make=make,
    rules=RULES,
    can_see="Alle öffentlichen Beiträge unter dem Hashtag, Erwähnungen, Antworten, Direktnachrichten und Löschungen.",
    cannot_see="Einzelne Beiträge, die Bluesky selbst sperrt, bemerken wir erst beim Nachsehen.",
    tells_deletions=True,
)

__all__ = ["NETWORK", "BlueskyAdapter", "Settings"]
